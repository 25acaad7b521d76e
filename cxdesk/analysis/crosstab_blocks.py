"""The lines of a crosstab from its counts: shares, scores, what is clearly higher, and what must not be shown."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from cxdesk.analysis import crosstab_compare as comparing
from cxdesk.analysis import crosstab_values as word
from cxdesk.analysis.crosstab_counts import BAD, GOOD, Counts
from cxdesk.analysis.crosstab_hiding import Columns, withheld_cells, withheld_columns
from cxdesk.analysis.crosstab_values import Block, Crossed, CrosstabSpec, Head, Line, LineKind, Together
from cxdesk.analysis.measure import Measure, MeasureKind, headline_measure, mean_measure, measure_name, scores
from cxdesk.blocks.table import Mark
from cxdesk.stats.multiple import holm
from cxdesk.survey.base import Rules
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind, Role


def blocks_of(
    found: list[Counts],
    heads: list[Head],
    columns: Columns,
    dataset: Dataset,
    rules: Rules,
    spec: CrosstabSpec,
    *,
    shared: bool,
) -> tuple[Block, ...]:
    """The questions of a table with their finished lines; p values are adjusted over the table."""
    arrows = comparing.Arrows()
    blocks = []
    for number, each in enumerate(found):
        withheld = withheld_columns(each, columns, rules)
        secret = [withheld | cells for cells in withheld_cells(each, columns, dataset, rules)]
        blocks.append(_block(number, each, heads, withheld, secret, rules, spec, arrows))
    marks = arrows.marks(rules)
    tested = [None if shared else comparing.together(each, rules) for each in found]
    adjusted = holm([None if each is None else each.p for each in tested])
    finished = []
    for number, (block, pair, p) in enumerate(zip(blocks, tested, adjusted, strict=True)):
        lines = block.lines
        if marks:
            lines = tuple(_marked(line, number, place, marks) for place, line in enumerate(lines))
        finished.append(replace(block, lines=_ordered(lines, block, spec), together=_clear(pair, p, rules)))
    return tuple(finished)


def _clear(pair: Together | None, p: float | None, rules: Rules) -> Together | None:
    return None if pair is None else replace(pair, p=p, clear=p is not None and p <= 1 - rules.confidence)


def _marked(line: Line, block: int, place: int, marks: dict[tuple[int, int, int], Mark]) -> Line:
    cells = tuple(
        cell if cell.withheld else replace(cell, mark=marks.get((block, place, column)))
        for column, cell in enumerate(line.cells)
    )
    return replace(line, cells=cells)


def _ordered(lines: tuple[Line, ...], block: Block, spec: CrosstabSpec) -> tuple[Line, ...]:
    """Scores first, then nets, then answers; answers of a list by their total, if that is wanted."""
    rank = {LineKind.SCORE: 0, LineKind.NET: 1, LineKind.ANSWER: 2}
    sized = spec.order == "total" and block.question.kind is not Kind.SCORE

    def place(line: Line) -> tuple[int, float]:
        return rank[line.kind], -(line.cells[0].count or 0.0) if sized and line.kind is LineKind.ANSWER else 0.0

    return tuple(sorted(lines, key=place))


def _block(
    number: int,
    found: Counts,
    heads: list[Head],
    withheld: frozenset[int],
    secret: list[frozenset[int]],
    rules: Rules,
    spec: CrosstabSpec,
    arrows: comparing.Arrows,
) -> Block:
    bases = comparing.bases_of(found)
    wholes = found.base.amount.astype(np.float64)
    hidden = [base.size < rules.hide_below for base in bases]
    lettered = [[place for place in family if place not in withheld] for family in comparing.families(heads)]
    if spec.compare == word.ARROWS:
        comparing.arrows_of_shares(arrows, number, found, rules)
    compared = [comparing.higher_shares(found, family, rules, spec.compare) for family in lettered]
    lines = []
    for place, line in enumerate(found.lines):
        higher = {column: others for family in compared for column, others in family[place].items()}
        counts = found.yes[place].amount.astype(np.float64).tolist()
        cells = []
        for column, (count, whole) in enumerate(zip(counts, wholes.tolist(), strict=True)):
            if hidden[column] or not whole or column in secret[place]:
                cells.append(Crossed(withheld=column in secret[place]))
                continue
            row_share = count / counts[0] if counts[0] else None
            cells.append(Crossed(count, count / whole, row_share, higher=higher.get(column, ())))
        lines.append(Line(line.key, line.name, line.kind, tuple(cells)))
    rule = _score_rule(found.question, rules) if word.SCORES in spec.show else None
    if rule is not None and found.answers is not None:
        lines.append(_score(number, len(lines), rule, found, lettered, withheld, rules, spec, arrows))
    return Block(found.question, bases, tuple(wholes.tolist()), tuple(lines))


def _score_rule(question: Question, rules: Rules) -> Measure | None:
    """NPS of a recommendation, the mean of every other scale."""
    if question.kind is not Kind.SCORE:
        return None
    rule = headline_measure(question, rules)
    nps = question.role is Role.RECOMMEND and rule.kind is MeasureKind.NPS
    return rule if nps else mean_measure(question, rules)


def _score(
    number: int,
    place: int,
    rule: Measure,
    found: Counts,
    lettered: list[list[int]],
    withheld: frozenset[int],
    rules: Rules,
    spec: CrosstabSpec,
    arrows: comparing.Arrows,
) -> Line:
    if found.answers is None:
        raise ValueError("a score needs answers on a scale")
    higher: dict[int, tuple[int, ...]] = {}
    for family in lettered:
        higher |= comparing.higher_scores(rule, found.answers, family, rules, spec.compare)
    if spec.compare == word.ARROWS and len(found.answers) > 1:
        comparing.arrows_of_scores(arrows, number, place, rule, found.answers, rules)
    values = scores(rule, found.answers, rules)
    cells = tuple(
        Crossed(withheld=True)
        if column in withheld
        else Crossed(value=score.value, low=score.low, high=score.high, higher=higher.get(column, ()))
        for column, score in enumerate(values)
    )
    shown = {line.key for line in found.lines}
    parts = (GOOD, BAD) if rule.kind is MeasureKind.NPS and {GOOD, BAD} <= shown else None
    return Line("score", measure_name(rule), LineKind.SCORE, cells, rule.format, parts)
