"""The sentences of the comments page: its headline, its base line, and what its notes explain (UX.md 10)."""

from __future__ import annotations

from cxdesk.analysis.comments_values import CommentsResult, ThemeFound
from cxdesk.analysis.comments_words import ENOUGH_COMMENTS
from cxdesk.analysis.measure import Measure, MeasureKind, measure_name
from cxdesk.analysis.wording import confidence_text, distance_text, joined, weight_text
from cxdesk.blocks.table import Mark
from cxdesk.survey.base import BaseLevel, Rules
from cxdesk.survey.role import Role
from cxdesk.text import Format, Number, Text, say, say_n

_FEW_CODED = 0.05
"""Where fewer of the comments have a theme, the list does not fit them, and which theme comes first says nothing."""


def headline_of(result: CommentsResult) -> Text:
    """A theme that goes with lower and one with higher scores; or what is mentioned most; or that it is too little.

    Nothing is said about scores where no theme could be compared.
    """
    if result.wrote < result.rules.test_from:
        return say_n(
            "Only 1 comment: too few to compare. Read it below.",
            "Only {count} comments: too few to compare. Read them below.",
            result.wrote,
        )
    rule = result.rule
    first = result.themes[0] if result.themes else None
    if first is None or not first.people:
        return say("None of the comments speaks of a theme on the list.")
    if rule is not None and any(theme.mark is not Mark.UNTESTED for theme in result.themes):
        low, high = _extreme(result, Mark.BELOW), _extreme(result, Mark.ABOVE)
        if low is not None and high is not None:
            return _both(rule, low, high, result.rules)
        if low is not None:
            return _one(rule, low, result.rules)
        if high is not None:
            return _one(rule, high, result.rules)
        return say("No theme goes with clearly higher or lower scores.")
    coded = result.wrote - (0 if result.uncoded is None else result.uncoded.people)
    if coded < _FEW_CODED * result.wrote:
        return say_n(
            "The list of themes does not fit these comments: only 1 of {all} speaks of one.",
            "The list of themes does not fit these comments: only {count} of {all} speak of one.",
            coded,
            all=result.wrote,
        )
    return _most_mentioned(result, first)


def _most_mentioned(result: CommentsResult, first: ThemeFound) -> Text:
    """The theme in the first place, or those that may be in it: which of them is, these comments cannot say."""
    if sum(theme.people > 0 for theme in result.themes) == 1:
        return say(
            "The only theme mentioned is {theme}: {n} of {all} comments.",
            theme=first.name,
            n=first.people,
            all=result.wrote,
        )
    if len(result.leading) < 2:
        return say(
            "The theme mentioned most is {theme}: {n} of {all} comments.",
            theme=first.name,
            n=first.people,
            all=result.wrote,
        )
    second = result.themes[result.leading[1]]
    facts = {
        "theme": first.name,
        "n": first.people,
        "second": second.name,
        "second_n": second.people,
        "all": result.wrote,
    }
    if len(result.leading) == 2:
        return say("Mentioned most: {theme} or {second}, with {n} and {second_n} of {all} comments.", **facts)
    return say_n(
        "Which theme is mentioned most is too close to call: {theme} ({n}), {second} ({second_n}) or 1 more, of {all} "
        "comments.",
        "Which theme is mentioned most is too close to call: {theme} ({n}), {second} ({second_n}) or {count} more, of "
        "{all} comments.",
        len(result.leading) - 2,
        **facts,
    )


def base_line_of(result: CommentsResult) -> Text:
    """How many of how many wrote, on which question, how themes are found, and that writers may differ."""
    size = max(1, result.sample.size)
    parts = [
        say_n(
            "1 comment from {all} respondents ({share})",
            "{count} comments from {all} respondents ({share})",
            result.wrote,
            all=result.sample.size,
            share=Number(result.wrote / size, Format.PERCENT),
        )
    ]
    if result.columns > 1:
        parts.append(say("“{question}”", question=result.about))
    if result.sample.selection.conditions:
        parts.append(result.sample.selection.describe(result.sample.dataset.question))
    parts.append(say("people who write may differ from those who do not"))
    parts.append(say("themes are found by word lists on this computer; one comment can have several"))
    parts.append(weight_text(result.sample, None if result.everyone is None else result.everyone.base))
    return joined(parts)


def link_note(rules: Rules) -> Text:
    """The caveat that always stands beside scores of people who mention something."""
    return say(
        "Each theme is compared with everybody else who wrote; {level} level, adjusted for all themes. This is a link, "
        "not proof: it does not say that the theme moved the score.",
        level=confidence_text(rules),
    )


def method_items(result: CommentsResult) -> tuple[tuple[Text, Text], ...]:
    """What the Notes sheet says about themes, words and priorities."""
    themes = (
        say("The starter list of the program was used.")
        if result.starter
        else say("The list of themes was edited by hand.")
    )
    items = [
        (
            say("Themes"),
            say(
                "A comment has a theme if it holds one of the theme's words, in any writing. {themes} People are "
                "counted, not words. Comments that say only “none” or the like count as no comment ({silent}).",
                themes=themes,
                silent=result.silent,
            )
            if not result.empty
            else say(
                "A comment has a theme if it holds one of the theme's words, in any writing. {themes} People are "
                "counted, not words. Comments that say only “none” or the like count as no comment ({silent}). "
                "Cells in which the survey program marks a question as not answered hold no comment either ({empty}).",
                themes=themes,
                silent=result.silent,
                empty=result.empty,
            ),
        )
    ]
    if result.rule is not None:
        items.append(
            (
                say("What a theme moves"),
                say(
                    "The {measure} of all who wrote minus that of those who do not mention the theme: the share who "
                    "mention it times the difference between both. The range takes the share as it is.",
                    measure=measure_name(result.rule),
                ),
            )
        )
        items.append(
            (
                say("Words"),
                say(
                    "Words that at least 5 people used, by people: G² or, with small counts, Fisher's exact test, "
                    "Benjamini-Hochberg over all words at the {level} level; ordered by log odds with an informative "
                    "Dirichlet prior. Under {enough} comments they are only hints.",
                    level=confidence_text(result.rules),
                    enough=ENOUGH_COMMENTS,
                ),
            )
        )
        items.append((say("Priority"), priority_note()))
    return tuple(items)


def priority_note() -> Text:
    """How the columns of the priority table are made, in plain words."""
    return say(
        "Priority = impact × urgency × feasibility. Impact: by how much the whole would be higher without those who "
        "mention the theme, with its range; empty where they do not score lower, or where that could be chance. Themes "
        "whose ranges overlap may change places. Urgency: 1, plus 1 if the theme is clearly mentioned more than "
        "before, plus 1 if at least one in ten uses words that should not wait, such as fraud, injury or “never "
        "again”. Feasibility: what you choose, from 1 (hardly) to 5 (easily)."
    )


def value_text(rule: Measure, theme: ThemeFound, rules: Rules) -> Text:
    """A theme's score, with its range where the base is small."""
    score = theme.score
    if score is None or score.value is None:
        return say("too few")
    if rules.level(score.base) is BaseLevel.PLAIN or score.low is None or score.high is None:
        return say("{value}", value=Number(score.value, rule.format))
    return say(
        "about {value} (n = {n}; from {low} to {high})",
        value=Number(score.value, rule.format),
        n=score.base.n,
        low=Number(score.low, rule.format),
        high=Number(score.high, rule.format),
    )


def _extreme(result: CommentsResult, mark: Mark) -> ThemeFound | None:
    """Of the themes with a clearly lower (or higher) score the one that moves the whole most.

    The lowest score of all is often that of a few, which says less about what to work on.
    """
    found = [theme for theme in result.themes if theme.mark is mark and theme.drag is not None]
    return max(found, key=_weight, default=None)


def _weight(theme: ThemeFound) -> float:
    return 0.0 if theme.drag is None else abs(theme.drag.value)


def _both(rule: Measure, low: ThemeFound, high: ThemeFound, rules: Rules) -> Text:
    facts = {
        "low": low.name,
        "high": high.name,
        "below": value_text(rule, low, rules),
        "above": value_text(rule, high, rules),
    }
    if rule.is_net:
        return say("People who mention {low} score {below}; people who mention {high} score {above}.", **facts)
    if rule.kind is MeasureKind.MEAN:
        return say(
            "On average, people who mention {low} give {below}; people who mention {high} give {above}.", **facts
        )
    if rule.question.role is Role.SATISFACTION:
        return say(
            "Satisfied among people who mention {low}: {below}; among people who mention {high}: {above}.", **facts
        )
    return say(
        "Good scores among people who mention {low}: {below}; among people who mention {high}: {above}.", **facts
    )


def _one(rule: Measure, theme: ThemeFound, rules: Rules) -> Text:
    gap = 0.0 if theme.gap is None else theme.gap.value
    facts = {"theme": theme.name, "score": value_text(rule, theme, rules), "distance": distance_text(rule, gap)}
    if rule.is_net or rule.kind is MeasureKind.MEAN:
        if gap < 0:
            return say("People who mention {theme} score {score}, {distance} below the others who wrote.", **facts)
        return say("People who mention {theme} score {score}, {distance} above the others who wrote.", **facts)
    if gap < 0:
        return say(
            "Of people who mention {theme}, {score} gave a good score: {distance} below the others who wrote.", **facts
        )
    return say(
        "Of people who mention {theme}, {score} gave a good score: {distance} above the others who wrote.", **facts
    )
