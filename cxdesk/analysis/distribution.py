"""How a question was answered, as charts: every point of a scale, or every option of a choice."""

from __future__ import annotations

from dataclasses import replace

from cxdesk.analysis.measure import Measure, MeasureKind, Score
from cxdesk.blocks.chart import Bracket, Chart, ChartKind, Series
from cxdesk.blocks.palette import Tone
from cxdesk.survey.base import Base, Rules
from cxdesk.survey.counted import Counted, unweighted
from cxdesk.survey.packing import Counts
from cxdesk.survey.question import Question
from cxdesk.text import Format, Label, Number, Text, say

_MOST_OPTIONS = 15
_MOST_WORDED = 7
"""A longer scale is labelled with its numbers only: "10 - Extremely likely" has no room among eleven columns."""


def answers_chart(key: str, rule: Measure, counts: Counts | Counted, score: Score, rules: Rules, title: Text) -> Chart:
    """All answers of a scored question in the order of its scale; people instead of shares under 100 answers.

    ``counts``: [scale.size + 1] or [scale.size].
    """
    scale = rule.scale
    numbers = tuple(unweighted(counts).amount[: scale.size].tolist())
    points = range(scale.lowest, scale.highest + 1)
    wordy = scale.size <= _MOST_WORDED
    names: tuple[Label, ...] = tuple(_point_name(point, scale.label(point) if wordy else "") for point in points)
    tones, brackets = _nps_looks(rule) if rule.kind is MeasureKind.NPS else ((Tone.ACCENT,), ())
    return _counted(key, title, ChartKind.COLUMNS, names, numbers, score.base, rules, tones, brackets)


def options_chart(
    key: str, question: Question, counts: tuple[float, ...], base: Base, rules: Rules, note: Text | None = None
) -> Chart:
    """The options of a choice or multiple-answer question, most frequent first; ``base.n`` is who was asked.

    Beyond 15 options the rest is put together, so that nothing is left out of the sum.
    """
    order = sorted(range(len(counts)), key=lambda index: (-counts[index], index))
    names: list[Label] = [question.options[index] for index in order]
    numbers = [counts[index] for index in order]
    if len(numbers) > _MOST_OPTIONS:
        rest = len(numbers) - _MOST_OPTIONS + 1
        names[_MOST_OPTIONS - 1 :] = [say("{rest} other answers", rest=rest)]
        numbers[_MOST_OPTIONS - 1 :] = [sum(numbers[_MOST_OPTIONS - 1 :])]
    title = say("{question}", question=question.text)
    chart = _counted(key, title, ChartKind.BARS, tuple(names), tuple(numbers), base, rules, (Tone.ACCENT,), ())
    return chart if note is None else replace(chart, note=note)


def _counted(
    key: str,
    title: Text,
    kind: ChartKind,
    names: tuple[Label, ...],
    numbers: tuple[float, ...],
    base: Base,
    rules: Rules,
    tones: tuple[Tone, ...],
    brackets: tuple[Bracket, ...],
) -> Chart:
    few = base.n < rules.plain_from and base.weighted is None
    whole = base.n if base.weighted is None else base.weighted
    shares = tuple(number / whole if whole else 0.0 for number in numbers)
    values = tuple(float(number) for number in numbers) if few else shares
    shown_as = Format.COUNT if few else Format.PERCENT
    subtitle = (
        say("Number of people (under {plain} answers we show counts, not percentages)", plain=rules.plain_from)
        if few
        else None
    )
    most = max(range(len(numbers)), key=numbers.__getitem__, default=0)
    finding = (
        say("Most frequent: {name}, {share} of {n}", name=names[most], share=Number(values[most], shown_as), n=base.n)
        if base.n
        else say("No answers")
    )
    name = say("People") if few else say("Share")
    people = () if base.weighted is not None else tuple(round(number) for number in numbers)
    series = Series(name, values, tones)
    return Chart(
        key, title, kind, names, (series,), shown_as, finding, base, subtitle, brackets=brackets, counts=people
    )


def _point_name(point: int, label: str) -> Label:
    return f"{point} {label}" if label and label != str(point) else str(point)


def _nps_looks(rule: Measure) -> tuple[tuple[Tone, ...], tuple[Bracket, ...]]:
    detractors = rule.scale.size - 4
    tones = (Tone.DETRACTOR,) * detractors + (Tone.PASSIVE,) * 2 + (Tone.PROMOTER,) * 2
    brackets = (
        Bracket(0, detractors - 1, say("Detractors"), Tone.DETRACTOR),
        Bracket(detractors, detractors + 1, say("Passives"), Tone.PASSIVE),
        Bracket(detractors + 2, detractors + 3, say("Promoters"), Tone.PROMOTER),
    )
    return tones, brackets
