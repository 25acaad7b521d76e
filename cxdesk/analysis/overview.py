"""How are we doing, and is anything worth a look? The first page: the score, how sure it is, and what differs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from cxdesk.analysis.base import Analysis, Option
from cxdesk.analysis.cards import figure, method_notes, mix
from cxdesk.analysis.distribution import answers_chart
from cxdesk.analysis.group_blocks import groups_chart
from cxdesk.analysis.groups import Group, Split, adjusted_within, raw_p, segment_questions, splits
from cxdesk.analysis.measure import Measure, MeasureKind, Score, headline_measure, mark, measure, measure_name
from cxdesk.analysis.wording import base_line, distance_text, headline, is_clear, score_sentence
from cxdesk.blocks.chart import Chart
from cxdesk.blocks.note import Empty, Finding, Findings, Note, NoteLevel
from cxdesk.blocks.section import Block, Row, Section
from cxdesk.blocks.table import Mark
from cxdesk.job import Job
from cxdesk.stats.multiple import benjamini_hochberg
from cxdesk.stats.nps import required_answers
from cxdesk.survey.base import BaseLevel, Rules
from cxdesk.survey.counted import Counted
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.role import Role
from cxdesk.text import Number, Param, Text, say, say_n

_MOST_FINDINGS = 3
_MOST_GROUPS_DRAWN = 12


@dataclass(frozen=True, slots=True)
class OverviewSpec:
    """The overview has no options."""


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """One headline measure: its rule, its score, and the counts of its answers ([size + 1])."""

    rule: Measure
    score: Score
    counts: Counted


@dataclass(frozen=True, slots=True)
class Alert:
    """A group that clearly differs in a measure, after adjustment over everything that was scanned."""

    split: Split
    group: Group


@dataclass(frozen=True, slots=True, eq=False)
class OverviewResult:
    """``measures``: NPS, CSAT and CES where the survey asks them, else its first rating; the best known first.

    ``others`` are further recommend questions. ``main`` is the split drawn beside the distribution. ``scanned`` is the
    number of comparisons behind ``alerts``. ``needed`` answers would bring the range of an NPS to +/-10 points.
    """

    sample: Sample
    rules: Rules
    measures: tuple[Measured, ...]
    others: tuple[Measured, ...] = ()
    main: Split | None = None
    alerts: tuple[Alert, ...] = ()
    scanned: int = 0
    needed: int | None = None


class Overview(Analysis[OverviewSpec, OverviewResult]):
    """The answer first: the score with its range, who recommends, and at most three things that clearly differ."""

    key: ClassVar[str] = "overview"
    title: ClassVar[Text] = say("Overview")
    icon: ClassVar[str] = "overview"
    sheet: ClassVar[Text] = say("headline, key figures, 2 charts")

    def default(self, dataset: Dataset) -> OverviewSpec:
        """There is nothing to choose."""
        return OverviewSpec()

    def options(self, dataset: Dataset, spec: OverviewSpec) -> tuple[Option, ...]:
        """There is nothing to choose."""
        return ()

    def compute(self, sample: Sample, rules: Rules, spec: OverviewSpec, job: Job) -> OverviewResult:
        """Measure what the survey is known by, and scan every segment for clear differences."""
        measures = _measures(sample, rules)
        if not measures:
            return OverviewResult(sample, rules, ())
        by = segment_questions(sample.dataset)
        scans: list[Split] = []
        for measured in measures:
            job.check()
            scans.extend(splits(sample, by, measured.rule, rules))
        recommend = sample.dataset.with_role(Role.RECOMMEND)
        main = next((scan for scan in scans if scan.rule is measures[0].rule and _worth_drawing(scan)), None)
        return OverviewResult(
            sample,
            rules,
            measures,
            tuple(_measured(sample, headline_measure(question, rules), rules) for question in recommend[1:]),
            None if main is None else adjusted_within(main, rules),
            _alerts(scans, rules),
            sum(scan.comparisons for scan in scans),
            _needed(measures[0], rules),
        )

    def present(self, spec: OverviewSpec, result: OverviewResult) -> Section:
        """Cards, the distribution, the main split, and what is worth a look."""
        if not result.measures:
            return _without_scores(result.sample)
        first = result.measures[0]
        rows = [Row(*_cards(result)), Row(_charts(result), (1, 1)), Row((_findings(result),))]
        if result.rules.level(first.score.base) in {BaseLevel.UNTESTED, BaseLevel.SMALL}:
            rows.insert(0, Row((_small_note(result),)))
        return Section(
            self.key,
            self.title,
            headline(result.sample, score_sentence(first.rule, first.score, result.rules)),
            base_line(result.sample, first.rule.question.text, first.score),
            tuple(rows),
            tuple(note for measured in result.measures for note in method_notes(measured.rule, result.rules)),
        )


def _measures(sample: Sample, rules: Rules) -> tuple[Measured, ...]:
    known = [sample.dataset.with_role(role) for role in (Role.RECOMMEND, Role.SATISFACTION, Role.EFFORT)]
    questions = [found[0] for found in known if found] or list(sample.dataset.with_role(Role.RATING)[:1])
    return tuple(_measured(sample, headline_measure(question, rules), rules) for question in questions)


def _measured(sample: Sample, rule: Measure, rules: Rules) -> Measured:
    counts = sample.answers(rule.question.id)
    return Measured(rule, measure(rule, counts, rules), counts)


def _alerts(scans: list[Split], rules: Rules) -> tuple[Alert, ...]:
    """Adjust over every comparison of every split together, and keep the largest per group (UX.md 10.4)."""
    groups = [(scan, group) for scan in scans for group in scan.groups]
    adjusted = benjamini_hochberg([p for scan in scans for p in raw_p(scan)])
    marked = [
        (_size(scan, group), scan, group, reading, p)
        for (scan, group), p in zip(groups, adjusted, strict=True)
        if is_clear(reading := mark(scan.rule, group.gap, p, rules))
    ]
    first_of: dict[tuple[str, int], Alert] = {}
    for _, scan, group, reading, p in sorted(marked, key=lambda entry: -entry[0]):
        if len(first_of) == _MOST_FINDINGS:
            break
        if (scan.by.id, group.code) not in first_of:
            first_of[scan.by.id, group.code] = Alert(scan, replace(group, mark=reading, adjusted=p))
    return tuple(first_of.values())


def _size(scan: Split, group: Group) -> float:
    """The difference in units of what is worth a sentence, so that points and shares can be put in one order."""
    return 0.0 if group.gap is None else abs(group.gap.value) / scan.rule.floor


def _worth_drawing(scan: Split) -> bool:
    tested = sum(group.level in {BaseLevel.SMALL, BaseLevel.PLAIN} for group in scan.groups)
    return tested >= 2 and len(scan.groups) <= _MOST_GROUPS_DRAWN


def _needed(first: Measured, rules: Rules) -> int | None:
    if first.rule.kind is not MeasureKind.NPS:
        return None
    return required_answers(10.0, rules.confidence, first.score.good, first.score.middle, first.score.bad)


def _cards(result: OverviewResult) -> tuple[tuple[Block, ...], tuple[int, ...]]:
    cards: list[Block] = []
    weights: list[int] = []
    for measured in result.measures:
        cards.append(figure(measured.rule, measured.score, result.rules))
        weights.append(38 if measured.rule.kind is MeasureKind.NPS else 15)
        if measured.rule.kind is MeasureKind.NPS and measured.score.base.n:
            cards.append(mix(measured.score))
            weights.append(46)
    for other in result.others:
        card = figure(other.rule, other.score, result.rules)
        cards.append(replace(card, title=say("{question}", question=other.rule.question.text), ruler=None))
        weights.append(18)
    return tuple(cards), tuple(weights)


def _charts(result: OverviewResult) -> tuple[Block, ...]:
    first = result.measures[0]
    title = say(
        "All answers, {lowest} to {highest}", lowest=str(first.rule.scale.lowest), highest=str(first.rule.scale.highest)
    )
    charts: list[Chart] = [answers_chart("answers", first.rule, first.counts, first.score, result.rules, title)]
    if result.main is not None:
        charts.append(replace(groups_chart("main", result.main, result.rules), link="segments"))
    return tuple(charts)


def _small_note(result: OverviewResult) -> Note:
    score = result.measures[0].score
    rules = result.rules
    hidden = say(
        "Groups under {tested} are shown without comparison, groups under {least} are hidden.",
        tested=rules.test_from,
        least=rules.hide_below,
    )
    if result.measures[0].rule.kind is not MeasureKind.NPS or result.needed is None:
        text = say("Fewer than {plain} answers. {hidden}", plain=rules.plain_from, hidden=hidden)
    else:
        text = say(
            "Fewer than {plain} answers: a single answer can move NPS by {least} to {most} points. {hidden} "
            "To get within ±10 points you need about {needed} answers.",
            plain=rules.plain_from,
            least=round(100 / score.base.n),
            most=round(200 / score.base.n),
            hidden=hidden,
            needed=round(result.needed, -1),
        )
    return Note(NoteLevel.WARN, say("Read these results as a first impression"), text)


def _findings(result: OverviewResult) -> Findings:
    lines = [_finding(alert) for alert in result.alerts]
    missing = result.measures[0].score.base.no_answer
    if len(lines) < _MOST_FINDINGS and missing:
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
            "Nothing stands out beyond normal variation; we compared {scanned} groups.", scanned=result.scanned
        )
    return Findings("look", say("Worth a look"), tuple(lines), nothing)


def _finding(alert: Alert) -> Finding:
    group, rule = alert.group, alert.split.rule
    facts: dict[str, Param] = {
        "segment": alert.split.by.text,
        "measure": measure_name(rule),
        "score": Number(group.score.value, rule.format),
        "distance": distance_text(rule, group.gap.value if group.gap is not None else 0.0),
        "n": group.score.base.n,
    }
    if group.mark is Mark.ABOVE:
        text = say("({segment}): {measure} {score}, clearly above everyone else by {distance} (n = {n}).", **facts)
    else:
        text = say("({segment}): {measure} {score}, clearly below everyone else by {distance} (n = {n}).", **facts)
    return Finding(group.name, text, group.mark.value, "segments", say("See Segments"))


def _without_scores(sample: Sample) -> Section:
    columns = len(sample.dataset.columns)
    text = say("Tell us which column holds the score, or check that this is the data export, not the summary.")
    found = say_n(
        "We found 1 column but no rating question.", "We found {count} columns but no rating question.", columns
    )
    empty = Empty(found, text, "check", say("Choose the score column"))
    line = say_n("1 response", "{count} responses", sample.size)
    return Section(Overview.key, Overview.title, say("No score question was found."), line, (Row((empty,)),))
