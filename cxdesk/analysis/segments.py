"""Which groups differ? A measure by the answers to a segment question, each group against everyone else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from cxdesk.analysis.base import Analysis, Choice, Option
from cxdesk.analysis.cards import method_notes
from cxdesk.analysis.group_blocks import groups_table
from cxdesk.analysis.groups import Group, Split, segment_questions, split, splits_offered
from cxdesk.analysis.measure import (
    Measure,
    Score,
    headline_measure,
    measure_name,
    scores,
    without_value,
)
from cxdesk.analysis.scored import chosen_question, measure_choices, measures_of, scored_questions
from cxdesk.analysis.topics import Topic, topics, topics_chart
from cxdesk.analysis.wording import (
    confidence_text,
    distance_text,
    headline,
    is_clear,
    joined,
    score_sentence,
    weight_text,
)
from cxdesk.blocks.note import Empty
from cxdesk.blocks.section import Row, Section
from cxdesk.blocks.table import Mark
from cxdesk.job import Job
from cxdesk.survey.base import BaseLevel, Rules
from cxdesk.survey.counted import stacked
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.parting import Parting, by_answers
from cxdesk.survey.question import Question
from cxdesk.survey.role import Role
from cxdesk.survey.selection import Selection
from cxdesk.text import Number, Text, say, say_n

_ENOUGH_TO_JUDGE = 20_000
"""From so many answers on, every second, third, ... of them says as well how large the groups are."""


@dataclass(frozen=True, slots=True)
class SegmentsSpec:
    """``by`` and ``measure`` are question ids ("" is the first there is), ``order`` is how groups are sorted.

    ``focus`` is the key of the chosen row; "" is the group that stands out. ``small`` lists groups under the limit with
    their counts, still without a score.
    """

    by: str = ""
    measure: str = ""
    order: str = "file"
    focus: str = ""
    small: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class SegmentsResult:
    """``split`` is None if there is nothing to split. ``beside`` has scores for everyone and then for each group."""

    sample: Sample
    rules: Rules
    split: Split | None = None
    beside: tuple[Measure, tuple[Score, ...]] | None = None
    focus: Group | None = None
    topics: tuple[Topic, ...] = ()
    scored: bool = True


class Segments(Analysis[SegmentsSpec, SegmentsResult]):
    """A table of groups with their ranges and marks; a chosen row shows where that group differs."""

    key: ClassVar[str] = "segments"
    sheet: ClassVar[Text] = say("every split, with marks")

    def default(self, dataset: Dataset) -> SegmentsSpec:
        """The first segment question with groups that can be compared, and the best known measure."""
        by, measures = segment_questions(dataset), measures_of(dataset)
        return SegmentsSpec(by=next((each.id for each in by if _comparable(dataset, each, measures[:1])), ""))

    def options(self, dataset: Dataset, spec: SegmentsSpec) -> tuple[Option, ...]:
        """Split by, measure, and order of the groups."""
        return self.offered(dataset, spec, Selection())

    def offered(self, dataset: Dataset, spec: SegmentsSpec, selection: Selection) -> tuple[Option, ...]:
        """The same without splits that the filter leaves one group of."""
        by = splits_offered(dataset, selection)
        measures = measures_of(dataset)
        if not by or not measures:
            return ()
        orders = (
            Choice("file", say("Sort: file order")),
            Choice("high", say("Sort: highest first")),
            Choice("low", say("Sort: lowest first")),
            Choice("large", say("Sort: largest group first")),
        )
        return (
            Option("by", say("Split by"), tuple(Choice(question.id, question.text) for question in by)),
            Option("measure", say("Measure"), measure_choices(measures)),
            Option("order", say("Order"), orders, at_end=True),
        )

    def shows(self, sample: Sample, spec: SegmentsSpec, *, whole: bool) -> tuple[Parting, ...]:
        """The groups of the chosen split, in every question with a score; on the sheet those of all splits."""
        by = splits_offered(sample.dataset, sample.selection)
        chosen = chosen_question(by, spec.by)
        measures = tuple(question.id for question in scored_questions(sample.dataset))
        return tuple(by_answers(each, sample, measures) for each in by if whole or each is chosen)

    def compute(self, sample: Sample, rules: Rules, spec: SegmentsSpec, job: Job) -> SegmentsResult:
        """Measure each group, compare it with everyone else, and look into the chosen group."""
        by = chosen_question(splits_offered(sample.dataset, sample.selection), spec.by)
        asked = chosen_question(measures_of(sample.dataset), spec.measure)
        if by is None or asked is None:
            return SegmentsResult(sample, rules, scored=asked is not None)
        result = split(sample, by, headline_measure(asked, rules), rules, small=spec.small)
        job.check()
        # A group of another split was chosen before the filter left one group of it.
        focus = _focus(result, spec.focus if spec.by in {"", by.id} else "")
        others = tuple(q for q in scored_questions(sample.dataset) if q.id != asked.id and q.role is not Role.RECOMMEND)
        found = topics(sample, by, focus, others, rules) if focus is not None else ()
        return SegmentsResult(sample, rules, result, _beside(sample, by, asked, result, rules), focus, found)

    def present(self, spec: SegmentsSpec, result: SegmentsResult) -> Section:
        """The table of groups, and below it where the chosen group differs."""
        if result.split is None:
            return _nothing(result)
        ordered, beside = _sorted(result.split, result.beside, spec.order)
        table = replace(
            groups_table("groups", ordered, result.rules, beside),
            selected="" if result.focus is None else f"group{result.focus.code}",
        )
        rows = [Row((table,))]
        if result.focus is not None and result.topics:
            rows.append(Row((topics_chart(result.focus, result.topics),)))
        elif result.split.groups:
            hint = say("Click a row to see where this group differs")
            reason = say("The share satisfied with each rated topic is then compared with everyone else.")
            rows.append(Row((Empty(hint, reason),)))
        return Section(
            self.key,
            self.title,
            headline(result.sample, _headline(result.split, result.rules)),
            _base_line(result),
            tuple(rows),
            (*method_notes(result.split.rule, result.rules), _comparison_note(result.rules)),
        )


def _comparable(dataset: Dataset, by: Question, measures: Sequence[Question]) -> bool:
    """Whether at least two answers have enough people with a score; every so many people say that as well as all."""
    every = max(1, dataset.respondents // _ENOUGH_TO_JUDGE)
    codes = dataset.codes(by.id)[::every]
    for asked in measures:
        codes = codes[dataset.codes(asked.id)[::every] < asked.size]
    groups = np.bincount(codes, minlength=by.size + 1)[: by.size]
    return int(np.count_nonzero(groups * every >= Rules().test_from)) >= 2


def _focus(result: Split, key: str) -> Group | None:
    chosen = next((group for group in result.groups if f"group{group.code}" == key), None)
    return chosen if chosen is not None else standing_out(result)


def standing_out(result: Split) -> Group | None:
    """The group with the largest clear difference from everyone else, or None if no difference is clear."""
    clear = [group for group in result.groups if is_clear(group.mark) and group.gap is not None]
    return max(clear, key=lambda group: abs(group.gap.value) if group.gap is not None else 0.0, default=None)


def _beside(
    sample: Sample, by: Question, asked: Question, result: Split, rules: Rules
) -> tuple[Measure, tuple[Score, ...]] | None:
    """A second measure for the last column: satisfaction beside NPS, NPS beside everything else."""
    wanted = Role.SATISFACTION if asked.role is Role.RECOMMEND else Role.RECOMMEND
    found = sample.dataset.with_role(wanted)
    if not found or found[0].id == asked.id:
        return None
    rule = headline_measure(found[0], rules)
    table = sample.table(found[0].id, by.id)
    shown = [group.code for group in result.groups]
    everyone, *others = scores(rule, stacked([table.sum(axis=0)[None, :], table[shown]]), rules)
    known = (
        without_value(score) if rules.hides(rule.question.id, by.id, code) else score
        for code, score in zip(shown, others, strict=True)
    )
    return rule, (everyone, *known)


def _sorted(
    result: Split, beside: tuple[Measure, tuple[Score, ...]] | None, order: str
) -> tuple[Split, tuple[Measure, tuple[Score, ...]] | None]:
    places = list(range(len(result.groups)))
    if order in {"high", "low"}:
        sign = -1 if order == "high" else 1
        places.sort(key=lambda place: sign * (result.groups[place].score.value or 0.0))
    elif order == "large":
        places.sort(key=lambda place: -result.groups[place].score.base.n)
    ordered = replace(result, groups=tuple(result.groups[place] for place in places))
    if beside is None:
        return ordered, None
    return ordered, (beside[0], (beside[1][0], *(beside[1][place + 1] for place in places)))


def _headline(result: Split, rules: Rules) -> Text:
    if result.everyone.value is None:
        return score_sentence(result.rule, result.everyone, rules)
    out = standing_out(result)
    if out is None or out.gap is None:
        if len(result.groups) == 1 and result.groups[0].score.base.n == result.everyone.base.n:
            return say(
                "Everyone with a score is in “{group}”: there is no other group to compare it with.",
                group=result.groups[0].name,
            )
        if not result.comparisons:
            return say("The groups of “{segment}” are too small to compare.", segment=result.by.text)
        return say("No clear difference between the groups of “{segment}”.", segment=result.by.text)
    facts = {
        "group": out.name,
        "score": Number(out.score.value, result.rule.format),
        "distance": distance_text(result.rule, out.gap.value),
        "n": out.score.base.n,
    }
    above = out.mark is Mark.ABOVE
    if out.level is BaseLevel.SMALL and out.score.low is not None and out.score.high is not None:
        facts |= {
            "low": Number(out.score.low, result.rule.format),
            "high": Number(out.score.high, result.rule.format),
        }
        if above:
            return say(
                "{group} stands out: about {score} (n = {n}; from {low} to {high}), {distance} above everyone else.",
                **facts,
            )
        return say(
            "{group} stands out: about {score} (n = {n}; from {low} to {high}), {distance} below everyone else.",
            **facts,
        )
    if above:
        return say("{group} stands out: {score} (n = {n}), which is {distance} above everyone else.", **facts)
    return say("{group} stands out: {score} (n = {n}), which is {distance} below everyone else.", **facts)


def _base_line(result: SegmentsResult) -> Text:
    if result.split is None:
        return say("not weighted")
    rule = result.split.rule
    alike = [other for other in scored_questions(result.sample.dataset) if other.role is rule.question.role]
    # "NPS by Region" says it all, "Satisfied by Region" does not where people rated ten things.
    parts: list[Text] = [] if len(alike) == 1 else [say("“{question}”", question=rule.question.text)]
    parts += [
        say("{measure} by {segment}", measure=measure_name(rule), segment=result.split.by.text),
        say_n("1 answer", "{count} answers", result.split.everyone.base.n),
    ]
    if result.sample.selection.conditions:
        parts.append(result.sample.selection.describe(result.sample.dataset.question))
    parts.append(say("each group is compared with everyone else"))
    parts.append(
        say(
            "{level} level, adjusted for {comparisons} comparisons",
            level=confidence_text(result.rules),
            comparisons=result.split.comparisons,
        )
        if result.split.comparisons > 1
        else say("{level} level", level=confidence_text(result.rules))
    )
    parts.append(weight_text(result.sample, result.split.everyone.base))
    return joined(parts)


def _comparison_note(rules: Rules) -> tuple[Text, Text]:
    return (
        say("Comparisons"),
        say(
            "Each group against everyone else; {level} level; Holm adjustment within each table. "
            "Bases under {tested} are not compared, groups under {least} are not shown.",
            level=confidence_text(rules),
            tested=rules.test_from,
            least=rules.hide_below,
        ),
    )


def _nothing(result: SegmentsResult) -> Section:
    if not result.scored:
        text = say("Tell us which column holds the score, then groups can be compared.")
        empty = Empty(say("There is no score to compare."), text, "check", say("Choose the score column"))
    else:
        text = say("A segment is a column with a few repeating answers, such as region or channel.")
        empty = Empty(say("There is no column to split by."), text, "check", say("Choose columns"))
    return Section(Segments.key, Segments.title, empty.title, say("not weighted"), (Row((empty,)),))
