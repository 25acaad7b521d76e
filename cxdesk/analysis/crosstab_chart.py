"""The picture of a crosstab: one question of its rows, one bar per column.

Scores are drawn as low, in between and high, answers of a list as parts of everybody, the largest four and all others
together. People may give several answers to a multiple-answer question, so these are no parts: one answer is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from cxdesk.analysis import crosstab_values as word
from cxdesk.analysis.base import Choice, Option
from cxdesk.analysis.crosstab_counts import BAD, GOOD, MIDDLE, Counts, codes_of, end_name, ends_of
from cxdesk.analysis.crosstab_table import title_of
from cxdesk.analysis.crosstab_values import Block, Crosstable, CrosstabSpec, Drawn, Line, LineKind
from cxdesk.analysis.wording import tone_of
from cxdesk.blocks.chart import Chart, ChartKind, Series
from cxdesk.blocks.palette import Tone
from cxdesk.survey.base import BaseLevel, Rules
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind
from cxdesk.survey.selection import answer_name
from cxdesk.text import Format, Label, Number, Text, say

T = TypeVar("T")

_NO_CHART = "-"
_MOST_PARTS = 5
_ENDS = ((BAD, Tone.DETRACTOR), (MIDDLE, Tone.PASSIVE), (GOOD, Tone.PROMOTER))
_PARTS = (Tone.ACCENT, Tone.SERIES_3, Tone.SERIES_4, Tone.SERIES_2, Tone.FAINT)
_FEW = frozenset({BaseLevel.SMALL, BaseLevel.UNTESTED, BaseLevel.HIDDEN})


def chart_option(rows: Sequence[Question], spec: CrosstabSpec) -> Option:
    """Which question of the rows is drawn; of the drawn multiple-answer question, which of its answers."""
    drawn = _question(rows, spec)
    choices = []
    for place, question in enumerate(rows):
        choices.append(Choice("" if place == 0 else question.id, question.text))
        if question is drawn and question.kind is Kind.MULTIPLE:
            choices += [
                Choice(_answer_key(question, code), say("{first}: {second}", first=question.text, second=name))
                for code, name in enumerate(question.options)
            ]
    return Option("drawn", say("Chart"), (*choices, Choice(_NO_CHART, say("No chart"))))


def drawn_of(found: Sequence[Counts], blocks: Sequence[Block], rules: Rules, spec: CrosstabSpec) -> Drawn | None:
    """The numbers of the chart, one per column of the table; None for a column with too few answers."""
    question = _question([block.question for block in blocks], spec)
    if question is None:
        return None
    place = next(number for number, block in enumerate(blocks) if block.question.id == question.id)
    counts, block = found[place], blocks[place]
    shown = np.array(
        [
            base.n > 0 and base.size >= rules.hide_below and not _withheld(block, at)
            for at, base in enumerate(block.bases)
        ]
    )
    score = next((line for line in block.lines if line.kind is LineKind.SCORE), None)
    if question.kind is Kind.MULTIPLE:
        return _answer(question, block, spec)
    if score is not None and not {word.ENDS, word.POINTS} & set(spec.show):
        return _score(question, block, score, rules)
    parts = _ends(question, rules) if question.kind is Kind.SCORE else _largest(question, counts)
    series = tuple(Series(name, _shares(counts, codes, shown), (tone,)) for name, codes, tone in parts)
    return Drawn(question, ChartKind.SPLIT, series)


def crosstab_chart(key: str, table: Crosstable, rules: Rules) -> Chart | None:
    """The chart below the table with the key ``key``; None if nothing is to be drawn, or only one column is left."""
    drawn = table.drawn
    if drawn is None:
        return None
    if drawn.names:
        base = next(block.bases[0] for block in table.blocks if block.question.id == drawn.question.id)
        title, finding = title_of((drawn.question,), None, None), _finding(drawn.names, drawn.series, drawn.format)
        return Chart(f"{key}_answers", title, drawn.kind, drawn.names, drawn.series, drawn.format, finding, base)
    known = [place for place, value in enumerate(drawn.series[0].values) if value is not None]
    if len(known) < min(2, len(table.heads)):
        return None
    series = tuple(_only(each, known) for each in drawn.series)
    names = tuple(_column_name(table, place) for place in known)
    bases = next(block.bases for block in table.blocks if block.question.id == drawn.question.id)
    bars = tuple(say("{title} (n = {n})", title=names[row], n=bases[place].n) for row, place in enumerate(known))
    title = title_of((drawn.question,), table.by, table.inside)
    if drawn.kind is not ChartKind.SPLIT:
        title = say("{first}: {second}", first=title, second=series[0].name)
    missing = len(known) < len(table.heads)
    return Chart(
        f"{key}.chart",
        title,
        drawn.kind,
        bars,
        series,
        drawn.format,
        _finding(names, series, drawn.format, start=1),
        note=say("Columns with fewer than {least} answers are not drawn.", least=rules.hide_below) if missing else None,
    )


def _question(rows: Sequence[Question], spec: CrosstabSpec) -> Question | None:
    """The question that is drawn: as chosen, or else the first."""
    if spec.drawn == _NO_CHART:
        return None
    chosen = (
        question
        for question in rows
        if spec.drawn == question.id
        or spec.drawn in {_answer_key(question, code) for code in range(len(question.options))}
    )
    return next(chosen, next(iter(rows), None))


def _withheld(block: Block, column: int) -> bool:
    """Whether anything in a column must not be shown."""
    return any(line.cells[column].withheld for line in block.lines)


def _answer_key(question: Question, code: int) -> str:
    return f"{question.id}:{code}"


def _answer(question: Question, block: Block, spec: CrosstabSpec) -> Drawn | None:
    """The chosen answer of several, or else the one that most people gave; without columns all of them."""
    answers = {line.key: line for line in block.lines if line.kind is LineKind.ANSWER}
    if len(block.bases) == 1:
        lines = tuple(answers.values())
        shares = Series(say("Share"), tuple(line.cells[0].share for line in lines))
        return Drawn(question, ChartKind.BARS, (shares,), names=tuple(line.name for line in lines))
    chosen = (
        line
        for code in range(question.size)
        if _answer_key(question, code) == spec.drawn
        for line in [answers[f"answer{code}"]]
    )
    line = next(chosen, max(answers.values(), key=lambda each: each.cells[0].count or 0.0))
    values = tuple(cell.share for cell in line.cells)
    return Drawn(question, ChartKind.BARS, (Series(line.name, values, _tones(line)),))


def _score(question: Question, block: Block, line: Line, rules: Rules) -> Drawn:
    series = Series(
        line.name,
        tuple(cell.value for cell in line.cells),
        _tones(line),
        tuple(cell.low for cell in line.cells),
        tuple(cell.high for cell in line.cells),
        tuple(rules.level(base) in _FEW for base in block.bases),
    )
    return Drawn(question, ChartKind.DOTS, (series,), line.format)


def _tones(line: Line) -> tuple[Tone, ...]:
    """The total is dark; a column stands out where it differs clearly from everyone else."""
    others = (Tone.FAINT if cell.mark is None else tone_of(cell.mark) for cell in line.cells[1:])
    return (Tone.ACCENT, *others)


def _ends(question: Question, rules: Rules) -> list[tuple[Label, tuple[int, ...], Tone]]:
    rule = ends_of(question, rules)
    parts = [(end_name(rule, end), codes_of(rule, end), tone) for end, tone in _ENDS]
    return [part for part in parts if part[1]]


def _largest(question: Question, counts: Counts) -> list[tuple[Label, tuple[int, ...], Tone]]:
    """The answers of a list in their order; where they are many, the largest and all others together."""
    if counts.answers is None:
        raise ValueError("several answers per person are no parts")
    codes = list(range(question.size))
    if question.size > _MOST_PARTS:
        total = counts.answers.amount[0]
        codes = sorted(sorted(codes, key=lambda code: -total[code])[: _MOST_PARTS - 1])
    parts: list[tuple[Label, tuple[int, ...], Tone]] = [
        (answer_name(question, code), (code,), tone) for code, tone in zip(codes, _PARTS, strict=False)
    ]
    rest = tuple(code for code in range(question.size) if code not in codes)
    return [*parts, (say("Other answers"), rest, _PARTS[-1])] if rest else parts


def _shares(counts: Counts, codes: tuple[int, ...], shown: NDArray[np.bool_]) -> tuple[float | None, ...]:
    if counts.answers is None:
        raise ValueError("several answers per person are no parts")
    part = counts.answers[:, list(codes)].sum(axis=1).amount.astype(np.float64)
    whole = counts.base.amount.astype(np.float64)
    each = zip(part.tolist(), whole.tolist(), shown.tolist(), strict=True)
    return tuple(one / all_of_them if there and all_of_them else None for one, all_of_them, there in each)


def _only(series: Series, places: Sequence[int]) -> Series:
    """A series without the columns that have nothing to draw."""
    tones = _at(series.tones, places) if len(series.tones) > 1 else series.tones
    ends = (_at(series.low, places), _at(series.high, places))
    return Series(series.name, _at(series.values, places), tones, *ends, _at(series.hollow, places))


def _at(values: tuple[T, ...], places: Sequence[int]) -> tuple[T, ...]:
    return tuple(values[place] for place in places) if values else ()


def _column_name(table: Crosstable, place: int) -> Label:
    head = table.heads[place]
    if table.inside is None or not head.group:
        return head.name
    return say("{first}: {second}", first=head.group, second=head.name)


def _finding(names: Sequence[Label], series: Sequence[Series], form: Format, start: int = 0) -> Text:
    """From where to where the first part goes, or the best end of a scale, or the drawn answer."""
    told = next((each for each in series if each.tones == (Tone.PROMOTER,)), series[0])
    each = list(zip(told.values, names, strict=True))[start:]
    found = [(value, name) for value, name in each if value is not None]
    if len(found) < 2:
        return say("{part}: {value}", part=told.name, value=Number(told.values[0] or 0.0, form))
    (low, lowest), (high, highest) = (pick(found, key=lambda each: each[0]) for pick in (min, max))
    return say(
        "{part}: from {low} ({lowest}) to {high} ({highest}).",
        part=told.name,
        low=Number(low, form),
        lowest=lowest,
        high=Number(high, form),
        highest=highest,
    )
