"""How are we doing, and is anything worth a look? The first page: the score, how sure it is, and what differs."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from cxdesk.analysis.base import Analysis, Option
from cxdesk.analysis.cards import figure, method_notes, mix
from cxdesk.analysis.distribution import answers_chart
from cxdesk.analysis.glance import linked_topics
from cxdesk.analysis.group_blocks import groups_chart
from cxdesk.analysis.groups import Compared, Split, compared, segment_questions, split
from cxdesk.analysis.last_report import counts_before, earlier_of
from cxdesk.analysis.line_chart import line_chart
from cxdesk.analysis.measure import Gap, Measure, MeasureKind, Score, gaps, headline_measure, mark, measure
from cxdesk.analysis.scan import MOST_FINDINGS, Candidate, of_links, of_periods, of_sides, scanned, worth_telling
from cxdesk.analysis.scored import known_by
from cxdesk.analysis.series import points_in
from cxdesk.analysis.targets import target_of_sample
from cxdesk.analysis.timing import default_period, period_partings, periods_of, through_time
from cxdesk.analysis.trend_values import Point
from cxdesk.analysis.wording import base_line, confidence_text, distance_text, headline, score_sentence
from cxdesk.blocks.chart import Chart
from cxdesk.blocks.figure import Figure, Mix
from cxdesk.blocks.note import Empty, Finding, Findings, Note, NoteLevel
from cxdesk.blocks.section import Block, Row, Section
from cxdesk.blocks.table import Cell, Mark
from cxdesk.job import Job
from cxdesk.stats.multiple import holm
from cxdesk.stats.nps import required_answers
from cxdesk.survey.base import BaseLevel, Rules
from cxdesk.survey.comparison import compared_names
from cxdesk.survey.counted import Counted
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.parting import Parting, by_answers
from cxdesk.survey.question import Question
from cxdesk.survey.role import Role
from cxdesk.text import Label, Number, Param, Text, say, say_n

_MOST_GROUPS_DRAWN = 12
_LEAST_POINTS = 3
_LEAST_SHOWN = 2


@dataclass(frozen=True, slots=True)
class OverviewSpec:
    """The overview has no options."""


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """One headline measure: its rule, its score, and the counts of its answers ([size + 1]).

    ``before`` is the score of those compared with and ``change`` the difference from it, with its ``mark``.
    """

    rule: Measure
    score: Score
    counts: Counted
    before: Score | None = None
    change: Gap | None = None
    mark: Mark = Mark.UNTESTED


@dataclass(frozen=True, slots=True, eq=False)
class OverviewResult:
    """``measures``: NPS, CSAT and CES where the survey asks them, else its first rating; the best known first.

    ``others`` are further recommend questions. ``main`` is the split that is drawn, ``points`` the first measure over
    time. ``scanned`` is the number of comparisons behind ``findings``. ``needed`` answers would bring the range of an
    NPS to +/-10 points. ``sides`` names those looked at and those compared with.
    """

    sample: Sample
    rules: Rules
    measures: tuple[Measured, ...]
    others: tuple[Measured, ...] = ()
    main: Split | None = None
    findings: tuple[Finding, ...] = ()
    scanned: int = 0
    needed: int | None = None
    points: tuple[Point, ...] = ()
    sides: tuple[Label, Label] | None = None


class Overview(Analysis[OverviewSpec, OverviewResult]):
    """The answer first: the score with its range, who recommends, and at most three things that clearly differ."""

    key: ClassVar[str] = "overview"
    sheet: ClassVar[Text] = say("headline, key figures, 2 charts")

    def default(self, dataset: Dataset) -> OverviewSpec:
        """There is nothing to choose."""
        return OverviewSpec()

    def options(self, dataset: Dataset, spec: OverviewSpec) -> tuple[Option, ...]:
        """There is nothing to choose."""
        return ()

    def shows(self, sample: Sample, spec: OverviewSpec, *, whole: bool) -> tuple[Parting, ...]:
        """Every group that is looked at for a finding, and the periods of the line."""
        measures = tuple(question.id for question in known_by(sample.dataset))
        groups = tuple(by_answers(by, sample, measures) for by in segment_questions(sample.dataset))
        return (*groups, *period_partings(through_time(sample), "", measures))

    def compute(self, sample: Sample, rules: Rules, spec: OverviewSpec, job: Job) -> OverviewResult:
        """Measure what the survey is known by, and scan groups, time, comparison and links for clear differences."""
        measures = _measures(sample, rules)
        if not measures:
            return OverviewResult(sample, rules, ())
        by = segment_questions(sample.dataset)
        groups = _groups(sample, by, measures, rules, job)
        recommend = sample.dataset.with_role(Role.RECOMMEND)
        before = sample.before
        sides = None
        if before is not None:
            sides = compared_names(sample.selection, before.selection, sample.dataset.question)
        elif measures[0].change is not None:
            last = earlier_of(sample, measures[0].rule.question, rules)
            sides = None if last is None else (say("Now"), last.name)
        candidates, points = _beyond_groups(sample, measures, sides, rules, job)
        return OverviewResult(
            sample,
            rules,
            measures,
            tuple(_measured(sample, headline_measure(question, rules), rules) for question in recommend[1:]),
            _drawn(sample, by, measures[0].rule, rules),
            worth_telling(groups, candidates, rules),
            scanned(groups, candidates),
            _needed(measures[0], rules),
            points,
            sides,
        )

    def present(self, spec: OverviewSpec, result: OverviewResult) -> Section:
        """Cards, the distribution, the main split, and what is worth a look."""
        if not result.measures:
            return _without_scores(result.sample)
        first = result.measures[0]
        rows = [Row(*_cards(result)), Row(_charts(result), (1, 1)), Row((_findings(result),))]
        if result.points and result.main is not None:
            rows.append(Row((_main_chart(result.main, result.rules),)))
        if result.rules.level(first.score.base) in {BaseLevel.UNTESTED, BaseLevel.SMALL}:
            rows.insert(0, Row((_small_note(result),)))
        return Section(
            self.key,
            self.title,
            headline(result.sample, _headline(result)),
            base_line(result.sample, first.rule.question.text, first.score),
            tuple(rows),
            tuple(note for measured in result.measures for note in method_notes(measured.rule, result.rules)),
        )


def _measures(sample: Sample, rules: Rules) -> tuple[Measured, ...]:
    questions = known_by(sample.dataset)
    return _marked([_measured(sample, headline_measure(question, rules), rules) for question in questions], rules)


def _measured(sample: Sample, rule: Measure, rules: Rules) -> Measured:
    counts = sample.answers(rule.question.id)
    score = measure(rule, counts, rules)
    earlier = counts_before(sample, rule, rules)
    if earlier is None:
        return Measured(rule, score, counts)
    (change,) = gaps(rule, counts[None, :], earlier[None, :], rules)
    return Measured(rule, score, counts, measure(rule, earlier, rules), change)


def _marked(measures: list[Measured], rules: Rules) -> tuple[Measured, ...]:
    """Mark the changes after Holm's adjustment over the cards."""
    adjusted = holm([None if each.change is None else each.change.p for each in measures])
    return tuple(
        replace(each, mark=mark(each.rule, each.change, p, rules)) for each, p in zip(measures, adjusted, strict=True)
    )


def _groups(
    sample: Sample, by: tuple[Question, ...], measures: tuple[Measured, ...], rules: Rules, job: Job
) -> list[Compared]:
    """The groups of all segments against everyone else, for each measure."""
    found = []
    for measured in measures:
        job.check()
        found.append(compared(sample, by, measured.rule, rules))
    return [each for each in found if each is not None]


def _drawn(sample: Sample, by: tuple[Question, ...], rule: Measure, rules: Rules) -> Split | None:
    """The first segment whose groups make a chart that reads well."""
    few = (split(sample, question, rule, rules) for question in by if _has_few_groups(sample, question, rule, rules))
    return next((found for found in few if _worth_drawing(found)), None)


def _has_few_groups(sample: Sample, by: Question, rule: Measure, rules: Rules) -> bool:
    people = sample.joint(rule.question.id, by.id)[:-1, : rule.scale.size].sum(axis=1)
    return int(np.count_nonzero(people >= max(rules.hide_below, 1))) <= _MOST_GROUPS_DRAWN


def _beyond_groups(
    sample: Sample, measures: tuple[Measured, ...], sides: tuple[Label, Label] | None, rules: Rules, job: Job
) -> tuple[list[Candidate], tuple[Point, ...]]:
    """What else is compared: each measure over time and with the other side, and the topics linked with the first."""
    found: list[Candidate] = []
    drawn: tuple[Point, ...] = ()
    whole = through_time(sample)
    period = default_period(whole)
    for number, measured in enumerate(measures):
        job.check()
        if period:
            periods = periods_of(sample, period)
            points = points_in(whole, measured.rule, periods, 1, rules)[1]
            found += of_periods(measured.rule, points)
            drawn = drawn if number else points
        if sides is not None and measured.change is not None:
            found += of_sides(measured.rule, measured.score, measured.change, sides[1])
    job.check()
    first = measures[0].rule
    found += of_links(first, linked_topics(sample, first.question, rules))
    return found, drawn if _makes_a_line(drawn) else ()


def _makes_a_line(points: tuple[Point, ...]) -> bool:
    shown = sum(point.level is not BaseLevel.HIDDEN for point in points)
    return len(points) >= _LEAST_POINTS and shown >= _LEAST_SHOWN


def _worth_drawing(scan: Split) -> bool:
    return sum(group.level in {BaseLevel.SMALL, BaseLevel.PLAIN} for group in scan.groups) >= 2


def _needed(first: Measured, rules: Rules) -> int | None:
    if first.rule.kind is not MeasureKind.NPS:
        return None
    return required_answers(10.0, rules.confidence, first.score.good, first.score.middle, first.score.bad)


def _cards(result: OverviewResult) -> tuple[tuple[Block, ...], tuple[int, ...]]:
    cards: list[Block] = []
    weights: list[int] = []
    for measured in result.measures:
        target = target_of_sample(measured.rule, result.sample, result.rules)
        card = figure(measured.rule, measured.score, result.rules, target)
        cards.append(_with_change(card, measured, result))
        weights.append(38 if measured.rule.is_net else 15)
        if measured.rule.kind is MeasureKind.NPS and measured.score.base.n:
            cards.append(_mix(measured, result))
            weights.append(46)
    for other in result.others:
        target = target_of_sample(other.rule, result.sample, result.rules)
        card = figure(other.rule, other.score, result.rules, target)
        cards.append(replace(card, title=say("{question}", question=other.rule.question.text), ruler=None))
        weights.append(18)
    return tuple(cards), tuple(weights)


def _charts(result: OverviewResult) -> tuple[Block, ...]:
    first = result.measures[0]
    title = say(
        "All answers, {lowest} to {highest}", lowest=str(first.rule.scale.lowest), highest=str(first.rule.scale.highest)
    )
    charts: list[Chart] = [answers_chart("answers", first.rule, first.counts, first.score, result.rules, title)]
    if result.points:
        line = line_chart(first.rule, result.points, result.rules)
        charts.append(replace(line, link="trend", sizes=()))
    elif result.main is not None:
        charts.append(_main_chart(result.main, result.rules))
    return tuple(charts)


def _main_chart(main: Split, rules: Rules) -> Chart:
    return replace(groups_chart("main", main, rules), link="segments")


def _with_change(card: Figure, measured: Measured, result: OverviewResult) -> Figure:
    """A card with the change from what is compared with, in a chip and on the ruler."""
    rule, gap, before = measured.rule, measured.change, measured.before
    if result.sides is None or before is None or before.value is None or gap is None or measured.score.value is None:
        return card
    facts: dict[str, Param] = {"change": Number(gap.value, rule.gap_format), "before": result.sides[1]}
    text = say("{change} vs {before}", **facts)
    if gap.low is not None and gap.high is not None:
        ends = {"low": Number(gap.low, rule.gap_format), "high": Number(gap.high, rule.gap_format)}
        text = say("{change} vs {before} ({low} to {high})", **facts, **ends)
    cell = Cell(gap.value, rule.gap_format, mark=measured.mark, low=gap.low, high=gap.high)
    ruler = None if card.ruler is None else replace(card.ruler, before=before.value)
    caption = card.ruler_caption
    if ruler is not None:
        level = confidence_text(result.rules)
        caption = say("Line: now · band: {level} range · circle: {before}", level=level, before=result.sides[1])
    return replace(card, change=cell, change_text=text, ruler=ruler, ruler_caption=caption)


def _mix(measured: Measured, result: OverviewResult) -> Mix:
    now = mix(measured.score)
    if result.sides is None or measured.before is None or not measured.before.base.n:
        return now
    return replace(now, label=result.sides[0], before=replace(mix(measured.before), label=result.sides[1]))


def _headline(result: OverviewResult) -> Text:
    """The score, and if it is compared, whether the change is more than chance."""
    first = result.measures[0]
    told = score_sentence(first.rule, first.score, result.rules)
    before, gap = first.before, first.change
    if result.sides is None or gap is None or before is None or before.value is None or first.score.value is None:
        return told
    facts: dict[str, Param] = {
        "sentence": told,
        "other": result.sides[1],
        "old": Number(before.value, first.rule.format),
        "distance": distance_text(first.rule, gap.value),
    }
    match first.mark:
        case Mark.ABOVE:
            return say("{sentence} That is clearly above {other} ({old}), by {distance}.", **facts)
        case Mark.BELOW:
            return say("{sentence} That is clearly below {other} ({old}), by {distance}.", **facts)
        case Mark.UNTESTED:
            return say("{sentence} Too few answers to compare with {other} ({old}).", **facts)
        case _:
            return say("{sentence} The difference from {other} ({old}) could be chance.", **facts)


def _small_note(result: OverviewResult) -> Note:
    score = result.measures[0].score
    rules = result.rules
    hidden = say(
        "Groups under {tested} are shown without comparison, groups under {least} are hidden.",
        tested=rules.test_from,
        least=rules.hide_below,
    )
    if score.value is None or result.needed is None:
        text = say("Fewer than {plain} answers. {hidden}", plain=rules.plain_from, hidden=hidden)
    else:
        facts: dict[str, Param] = {
            "plain": rules.plain_from,
            "least": round(100 / score.base.n),
            "most": round(200 / score.base.n),
            "hidden": hidden,
        }
        text = say(
            "Fewer than {plain} answers: a single answer can move NPS by {least} to {most} points. {hidden}", **facts
        )
        needed = math.ceil(result.needed / 10) * 10
        if needed > score.base.n:
            text = say("{note} To get within ±10 points you need about {needed} answers.", note=text, needed=needed)
    return Note(NoteLevel.WARN, say("Read these results as a first impression"), text)


def _findings(result: OverviewResult) -> Findings:
    lines = list(result.findings)
    missing = result.measures[0].score.base.no_answer
    if len(lines) < MOST_FINDINGS and missing:
        lines.append(
            Finding(
                say_n("1 response", "{count} responses", missing),
                say("without a usable answer to this question; they do not count in the score."),
                "warn",
                "quality",
                say("See Data quality"),
            )
        )
    nothing = say("Nothing stands out beyond normal variation.")
    if result.scanned > 1:
        nothing = say(
            "Nothing stands out beyond normal variation when all {scanned} comparisons are seen together.",
            scanned=result.scanned,
        )
    return Findings("look", say("Worth a look"), tuple(lines), nothing)


def _without_scores(sample: Sample) -> Section:
    columns = len(sample.dataset.columns)
    text = say("Tell us which column holds the score, or check that this is the data export, not the summary.")
    found = say_n(
        "We found 1 column but no rating question.", "We found {count} columns but no rating question.", columns
    )
    empty = Empty(found, text, "check", say("Choose the score column"))
    line = say_n("1 response", "{count} responses", sample.size)
    return Section(Overview.key, Overview.title, say("No score question was found."), line, (Row((empty,)),))
