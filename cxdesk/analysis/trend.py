"""Since when? A measure by period, each with its range, compared with the period before and with the year before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from cxdesk.analysis.base import Analysis, Choice, Option
from cxdesk.analysis.groups import segment_questions
from cxdesk.analysis.measure import (
    Measure,
    MeasureKind,
    effective_parts,
    headline_measure,
    scores,
    without_value,
)
from cxdesk.analysis.scored import chosen_question, measure_choices, measures_of
from cxdesk.analysis.series import points_in, pooled
from cxdesk.analysis.timing import (
    default_period,
    offered,
    offered_to,
    period_partings,
    periods_of,
    pooled_key,
    through_time,
)
from cxdesk.analysis.trend_section import no_trend, trend_section
from cxdesk.analysis.trend_values import Point, SegmentLine, Steps, TrendResult
from cxdesk.blocks.section import Section
from cxdesk.job import Job
from cxdesk.stats.control import nps_chart, share_chart
from cxdesk.stats.trend import level_shift, nps_line, share_line
from cxdesk.survey.base import BaseLevel, Rules
from cxdesk.survey.counted import Counted
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.parting import Parting, nested
from cxdesk.survey.periods import Periods
from cxdesk.survey.question import Question
from cxdesk.survey.selection import OneOf, answer_name
from cxdesk.text import Text, say

_MOST_LINES = 4
_LEAST_FOR_LINE = 4
_LEAST_FOR_SHIFT = 12
_LEAST_FOR_LIMITS = 8


@dataclass(frozen=True, slots=True)
class TrendSpec:
    """``period`` is "wave" or a unit of the calendar ("" finds one), ``measure`` a question id ("" is the first).

    ``lines`` is a segment question whose largest groups get lines of their own ("" for none), ``pooled`` how many
    periods each point holds, ``limits`` whether control limits are drawn.
    """

    period: str = ""
    measure: str = ""
    lines: str = ""
    pooled: str = "1"
    limits: str = "off"


class Trend(Analysis[TrendSpec, TrendResult]):
    """A line with its range over the periods, how many answered below it, and what changed."""

    key: ClassVar[str] = "trend"
    sheet: ClassVar[Text] = say("the score by period, with changes")

    def default(self, dataset: Dataset) -> TrendSpec:
        """The period that suits the number of answers, and the best known measure."""
        return TrendSpec()

    def options(self, dataset: Dataset, spec: TrendSpec) -> tuple[Option, ...]:
        """Period, measure, lines, pooling and control limits."""
        periods, measures = offered(dataset), measures_of(dataset)
        if not periods or not measures:
            return ()
        automatic = Choice("", say("Automatic"))
        found = [
            Option("period", say("Period"), (automatic, *(Choice(value, name) for value, name in periods))),
            Option("measure", say("Measure"), measure_choices(measures)),
        ]
        segments = segment_questions(dataset)
        if segments:
            everyone = Choice("", say("All respondents"))
            groups = tuple(Choice(question.id, say("By {segment}", segment=question.text)) for question in segments)
            found.append(Option("lines", say("Lines"), (everyone, *groups)))
        windows = (Choice("1", say("Each period")), Choice("3", say("3 periods pooled")))
        found.append(Option("pooled", say("Points"), windows))
        found.append(Option("limits", say("Control limits"), (Choice("off", say("Off")), Choice("on", say("On")))))
        return tuple(found)

    def shows(self, sample: Sample, spec: TrendSpec, *, whole: bool) -> tuple[Parting, ...]:
        """The periods, or runs of them, and each period of the groups that have a line."""
        through = through_time(sample)
        asked = chosen_question(measures_of(sample.dataset), spec.measure)
        known = [value for value, _ in offered_to(sample)]
        period = spec.period if spec.period in known else default_period(through)
        if asked is None or not period:
            return ()
        found = period_partings(through, period, (asked.id,), int(spec.pooled))
        by = next((question for question in segment_questions(sample.dataset) if question.id == spec.lines), None)
        if by is None:
            return found
        periods = periods_of(sample, period)
        lines = tuple(
            Parting(
                nested(by.id, parting.key),
                through.narrowed(OneOf(by.id, (code,))),
                parting.codes,
                tuple(code * periods.size + place for place in parting.columns),
                (asked.id,),
                name=parting.name,
            )
            for code in _largest(through, asked, by)
            for parting in found
        )
        return (*found, *lines)

    def scope(self, spec: TrendSpec) -> object:
        """Everything but the control limits."""
        return spec.period, spec.measure, spec.lines, spec.pooled

    def compute(self, sample: Sample, rules: Rules, spec: TrendSpec, job: Job) -> TrendResult:
        """Count the answers of each period, and compare what may be compared."""
        whole = through_time(sample)
        asked = chosen_question(measures_of(sample.dataset), spec.measure)
        known = [value for value, _ in offered_to(sample)]
        period = spec.period if spec.period in known else default_period(whole)
        if asked is None or not period:
            return TrendResult(whole, rules, scored=asked is not None)
        rule = headline_measure(asked, rules)
        periods = periods_of(sample, period)
        window = int(spec.pooled)
        job.check()
        counted, points = points_in(whole, rule, periods, window, rules)
        return TrendResult(
            whole,
            rules,
            rule=rule,
            period=period,
            window=window,
            points=points,
            lines=_lines(whole, rule, periods, spec, rules, job),
            comparisons=sum(change.p is not None for point in points for change in point.changes),
            steps=_steps(rule, counted, points, spec, rules) if window == 1 else Steps(),
            looked_at=_looked_at(sample, periods),
        )

    def present(self, spec: TrendSpec, result: TrendResult) -> Section:
        """The chart, the table, and the sentence for the clearest change."""
        if result.rule is None or sum(point.level is not BaseLevel.HIDDEN for point in result.points) < 2:
            return no_trend(self.key, self.title, result)
        return trend_section(self.key, self.title, result)


def _lines(
    sample: Sample, rule: Measure, periods: Periods, spec: TrendSpec, rules: Rules, job: Job
) -> tuple[SegmentLine, ...]:
    """The largest groups of a segment, each over the same periods; more than four lines cannot be told apart."""
    by = next((question for question in segment_questions(sample.dataset) if question.id == spec.lines), None)
    if by is None:
        return ()
    sizes = sample.joint(rule.question.id, by.id)[:-1, : rule.scale.size].sum(axis=1)
    window = int(spec.pooled)
    key = nested(by.id, pooled_key(periods, window))
    lines = []
    for code in _largest(sample, rule.question, by):
        job.check()
        if sizes[code] < rules.hide_below:
            continue
        group = sample.narrowed(OneOf(by.id, (code,)))
        counted = group.within(rule.question.id, periods.codes, periods.size, periods.known_by)
        found = [
            without_value(score) if rules.hides(rule.question.id, key, code * periods.size + place) else score
            for place, score in enumerate(scores(rule, counted if window == 1 else pooled(counted, window), rules))
        ]
        levels = tuple(BaseLevel.HIDDEN if score.withheld else rules.level(score.base) for score in found)
        lines.append(SegmentLine(answer_name(by, code), tuple(found), levels))
    return tuple(lines)


def _largest(sample: Sample, asked: Question, by: Question) -> list[int]:
    """The groups that get lines, in the order of the answers."""
    sizes = sample.joint(asked.id, by.id)[:-1, : asked.size].sum(axis=1)
    return sorted(code for code in np.argsort(-sizes, kind="stable")[:_MOST_LINES].tolist() if sizes[code])


def _steps(rule: Measure, counted: Counted, points: tuple[Point, ...], spec: TrendSpec, rules: Rules) -> Steps:
    """Whether the line rises or falls, where the level may have changed, and the limits of a control chart."""
    places = [point.place for point in points if point.level in {BaseLevel.SMALL, BaseLevel.PLAIN}]
    if len(places) < _LEAST_FOR_LINE or rule.kind is MeasureKind.MEAN:
        return Steps()
    bad, middle, good = effective_parts(rule, counted[places])
    time = np.array(places, dtype=np.float64)
    shift = None
    if len(places) >= _LEAST_FOR_SHIFT:
        values = [point.score.value or 0.0 for point in points if point.place in set(places)]
        found = level_shift(values)
        if found is not None and found.p <= 1 - rules.confidence:
            shift = places[found.after - 1]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    outside: tuple[int, ...] = ()
    if rule.is_net:
        line = nps_line(good, middle, bad, time, rules.confidence)
        rises, p = line.slope.value, line.p
        chart = nps_chart(good, middle, bad, _LEAST_FOR_LIMITS)
    else:
        whole = bad + middle + good
        rises, p = _slope(good / whole, time, whole), share_line(good, whole, time).p
        chart = share_chart(good, whole, _LEAST_FOR_LIMITS)
    if spec.limits == "on" and len(places) >= _LEAST_FOR_LIMITS:
        low, high = tuple(chart.low.tolist()), tuple(chart.high.tolist())
        outside = tuple(place for place, out in zip(places, (chart.outside | chart.run).tolist(), strict=True) if out)
    steady = p is not None and p <= 1 - rules.confidence
    return Steps(
        tuple(places),
        rises if steady else None,
        shift,
        low,
        high,
        outside,
        chart.widening if low else 1.0,
        chart.centre,
    )


def _slope(values: np.ndarray, time: np.ndarray, weight: np.ndarray) -> float:
    """The slope of the straight line that fits best, each period counting its people."""
    away = time - np.average(time, weights=weight)
    return float((weight * away * values).sum() / (weight * away * away).sum())


def _looked_at(sample: Sample, periods: Periods) -> tuple[int, int] | None:
    """First and last period of the respondents that the filter keeps, if it keeps only some periods."""
    everything = sample.shared(
        ("filled", periods.known_by), lambda: np.bincount(periods.codes, minlength=periods.size + 1)[: periods.size]
    )
    kept = sample.sizes(periods.codes, periods.size, periods.known_by)
    inside, whole = (np.flatnonzero(sizes)[[0, -1]].tolist() if sizes.any() else [] for sizes in (kept, everything))
    return None if not inside or inside == whole else (inside[0], inside[1])
