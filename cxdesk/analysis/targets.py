"""Did we reach our target? Met, missed, or too close to call, because a score is never known exactly (METHODS.md 5)."""

from __future__ import annotations

from enum import StrEnum

from cxdesk.analysis.measure import Measure, MeasureKind, Score, choice_name, headline_measure
from cxdesk.blocks.palette import Tone
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import SCORED, Role
from cxdesk.survey.selection import Between, OneOf, answer_name
from cxdesk.survey.target import Target
from cxdesk.text import Format, Label, Listed, Number, Text, say

MEASURES = {"nps": Role.RECOMMEND, "csat": Role.SATISFACTION, "ces": Role.EFFORT}
"""Measures that a target can name without the words of a question."""


class Verdict(StrEnum):
    """How a score stands against its target."""

    MET = "met"
    """The whole range lies on the good side of the target."""
    MISSED = "missed"
    """The whole range lies on the bad side."""
    OPEN = "open"
    """The target lies within the range."""
    UNKNOWN = "unknown"
    """There is no range to judge by."""


def verdict(rule: Measure, score: Score, target: Target) -> Verdict:
    """Compare the range of a score with a target: met if its lower end reaches it, missed if its upper end does not.

    Means of scales on which low is good are read the other way round.
    """
    if score.low is None or score.high is None:
        return Verdict.UNKNOWN
    if rule.kind is MeasureKind.MEAN and not rule.high_is_good:
        met, missed = score.high <= target.value, score.low > target.value
    else:
        met, missed = score.low >= target.value, score.high < target.value
    return Verdict.MET if met else Verdict.MISSED if missed else Verdict.OPEN


def target_of(rule: Measure, rules: Rules, by: Question | None = None, code: int = 0) -> Target | None:
    """The target of a measure for everybody, or for one answer to a segment question; None if there is none.

    A target that names the question goes before one that names the measure.
    """
    segment, option = ("", "") if by is None else (by.text, str(answer_name(by, code)))
    found = [target for target in rules.targets if _same(target.segment, segment) and _same(target.option, option)]
    named = [target for target in found if _same(target.measure, rule.question.text)]
    known = [target for target in found if _is_of(rule, target)]
    return next(iter((*named, *known)), None)


def target_of_sample(rule: Measure, sample: Sample, rules: Rules) -> Target | None:
    """The target for those whom a filter keeps: everybody's, one group's, or None if the filter is another one.

    Days do not matter: a target holds for every period.
    """
    others = [each for each in sample.selection.conditions if not isinstance(each, Between)]
    if not others:
        return target_of(rule, rules)
    only = others[0]
    if len(others) == 1 and isinstance(only, OneOf) and len(only.codes) == 1:
        by = sample.dataset.question(only.question)
        return target_of(rule, rules, by, only.codes[0])
    return None


def has_targets(rule: Measure, rules: Rules, by: Question) -> bool:
    """Whether any answer to a segment question has a target for this measure."""
    return any(target_of(rule, rules, by, code) is not None for code in range(by.size))


def target_text(rule: Measure, score: Score, target: Target) -> Text:
    """A target and its verdict, as a card says it: "Target +40: too close to call (+33 to +47)"."""
    wanted = Number(target.value, rule.format)
    reached = verdict(rule, score, target)
    if reached is Verdict.UNKNOWN:
        return say("Target {target}: too few answers to tell", target=wanted)
    return say(
        "Target {target}: {verdict} ({low} to {high})",
        target=wanted,
        verdict=verdict_name(reached),
        low=Number(score.low, rule.format),
        high=Number(score.high, rule.format),
    )


def verdict_name(reached: Verdict) -> Text:
    """A verdict in a word or two."""
    return {
        Verdict.MET: say("met"),
        Verdict.MISSED: say("missed"),
        Verdict.OPEN: say("too close to call"),
        Verdict.UNKNOWN: say("too few"),
    }[reached]


def verdict_tone(reached: Verdict) -> Tone:
    """Green for met, red for missed, grey for what is not known."""
    return {Verdict.MET: Tone.PROMOTER, Verdict.MISSED: Tone.DETRACTOR}.get(reached, Tone.FAINT)


def targets_items(dataset: Dataset, rules: Rules) -> list[tuple[Text, Text]]:
    """What the Notes sheet says about targets: how they are judged, and all of them."""
    if not rules.targets:
        return []
    listed = Listed(tuple(_named(dataset, rules, target) for target in rules.targets))
    how = say(
        "Met: the whole range reaches the target. Missed: the whole range stays below it (above it where low is good). "
        "Otherwise it is too close to call. {targets}",
        targets=listed,
    )
    return [(say("Targets"), how)]


def target_name(dataset: Dataset | None, measure: str) -> Label:
    """What a target's measure is called: NPS, CSAT, CES, or the question's own words."""
    role = MEASURES.get(measure)
    asked = dataset.with_role(role) if dataset is not None and role is not None else ()
    if asked:
        return choice_name(asked[0])
    return {"nps": say("NPS"), "csat": say("CSAT"), "ces": say("CES")}.get(measure, measure)


def target_rule(dataset: Dataset, rules: Rules, measure: str) -> Measure | None:
    """The rule of the question that a target speaks of; None if this survey does not ask it."""
    scored = dataset.with_role(*SCORED)
    for question in scored:
        if _same(question.text, measure):
            return headline_measure(question, rules)
    role = MEASURES.get(measure)
    candidates = (headline_measure(question, rules) for question in scored if question.role is role)
    return next((rule for rule in candidates if _fits(rule, measure)), None)


def value_format(measure: str, rule: Measure | None, value: float) -> Format:
    """How the value of a target is shown, with the rule where the survey asks the question."""
    if rule is not None:
        return rule.format
    known = {"nps": Format.SCORE, "csat": Format.PERCENT, "ces": Format.MEAN}
    return known.get(measure, Format.PERCENT if abs(value) <= 1 else Format.GENERAL)


def _named(dataset: Dataset, rules: Rules, target: Target) -> Text:
    rule = target_rule(dataset, rules, target.measure)
    shown = Number(target.value, value_format(target.measure, rule, target.value))
    name = target_name(dataset, target.measure)
    if not target.segment:
        return say("{measure} {target}", measure=name, target=shown)
    return say(
        "{measure} for {segment} {answer} {target}",
        measure=name,
        segment=target.segment,
        answer=target.option,
        target=shown,
    )


def _is_of(rule: Measure, target: Target) -> bool:
    return MEASURES.get(target.measure) is rule.question.role and _fits(rule, target.measure)


def _fits(rule: Measure, measure: str) -> bool:
    """Whether the rule is the one that the short name of a measure stands for."""
    kinds = {"nps": MeasureKind.NPS, "csat": MeasureKind.TOP, "ces": MeasureKind.MEAN}
    return kinds.get(measure) is rule.kind


def _same(one: str, other: str) -> bool:
    return one == other or " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
