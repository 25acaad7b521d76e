"""Compares the columns of a crosstab: each with its neighbours (letters), or each with everyone else (arrows).

Shares as SPSS compares column proportions; means and NPS by the tests that every page uses (METHODS.md 3, 1.4).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cxdesk.analysis.crosstab_counts import BAD, GOOD, MIDDLE, Counts, codes_of, ends_of, joined
from cxdesk.analysis.crosstab_values import BONFERRONI, Head, Together
from cxdesk.analysis.measure import Measure, gaps
from cxdesk.blocks.table import Mark
from cxdesk.stats.columns import ColumnPairs, column_pairs
from cxdesk.stats.crosstab import association, rao_scott
from cxdesk.stats.effective import effective_each, kish_each
from cxdesk.stats.exact import fisher
from cxdesk.stats.interval import Floats
from cxdesk.stats.multiple import adjusted_rows, benjamini_hochberg
from cxdesk.survey.base import Base, Rules
from cxdesk.survey.counted import Counted, stacked
from cxdesk.survey.role import Kind

_MOST_FOR_FISHER = 5_000
"""People; beyond that chi-square needs no help."""

_MOST_FOR_RAO_SCOTT = 400
"""Cells; the covariance of all cells with each other grows with their square."""


@dataclass(eq=False)
class Arrows:
    """Comparisons of cells with everyone else, collected over the whole table to be adjusted together."""

    p: list[float | None] = field(default_factory=list)
    above: list[bool] = field(default_factory=list)
    places: list[tuple[int, int, int]] = field(default_factory=list)
    """Block, line and column of each comparison."""

    def marks(self, rules: Rules) -> dict[tuple[int, int, int], Mark]:
        """The clear differences after Benjamini and Hochberg's adjustment over all."""
        level = 1 - rules.confidence
        return {
            place: Mark.ABOVE if above else Mark.BELOW
            for place, above, p in zip(self.places, self.above, benjamini_hochberg(self.p), strict=True)
            if p is not None and p <= level
        }


def bases_of(found: Counts) -> tuple[Base, ...]:
    """The base of a question in each column."""
    people, missing = found.base.people.tolist(), found.missing.tolist()
    if found.base.weight is None or found.base.square is None:
        return tuple(Base(n, gone) for n, gone in zip(people, missing, strict=True))
    effective = kish_each(found.base.weight[:, None], found.base.square[:, None])
    each = zip(people, missing, found.base.weight.tolist(), effective.tolist(), strict=True)
    return tuple(Base(n, gone, weight, min(worth, n)) for n, gone, weight, worth in each)


def families(heads: Sequence[Head]) -> list[list[int]]:
    """The places of the columns that are compared with each other."""
    numbers = sorted({head.family for head in heads if head.family >= 0})
    return [[place for place, head in enumerate(heads) if head.family == number] for number in numbers]


def higher_shares(found: Counts, places: Sequence[int], rules: Rules, compare: str) -> list[dict[int, tuple[int, ...]]]:
    """For each line, the columns that each column of a family is clearly higher than, by place."""
    if not found.lines:
        return []
    chosen = list(places)
    if found.base.weight is None:
        table = np.stack([line.people[chosen] for line in found.yes])
        tested = [column_pairs(table, found.base.people[chosen], rules.test_from, "exact")]
    else:
        standing = [_standing(line[chosen], found.base[chosen]) for line in found.yes]
        tested = [column_pairs((shares * n)[None, :], n, rules.test_from, "leave") for shares, n in standing]
    clear: list[NDArray[np.bool_]] = []
    for pairs in tested:
        p = pairs.adjusted_as_spss() if compare == BONFERRONI else pairs.adjusted("holm")
        clear.extend(pairs.higher(p, 1 - rules.confidence))
    return [_named(line, places) for line in clear]


def higher_scores(
    rule: Measure, answers: Counted, places: Sequence[int], rules: Rules, compare: str
) -> dict[int, tuple[int, ...]]:
    """The same for an NPS or a mean; ``answers`` is [columns, size + 1]."""
    first, second = np.triu_indices(len(places), 1)
    if not len(first):
        return {}
    chosen = np.array(places)
    tested = gaps(rule, answers[chosen[first]], answers[chosen[second]], rules)
    raw = np.array([np.nan if gap is None or gap.p is None else gap.p for gap in tested], dtype=np.float64)
    adjusted = np.minimum(raw * len(raw), 1.0) if compare == BONFERRONI else adjusted_rows(raw[None, :], "holm")[0]
    clear = np.zeros((len(places), len(places)), dtype=np.bool_)
    for one, other, gap, p in zip(first, second, tested, adjusted, strict=True):
        if gap is not None and p <= 1 - rules.confidence:
            clear[(one, other) if gap.value > 0 else (other, one)] = True
    return _named(clear, places)


def arrows_of_shares(arrows: Arrows, block: int, found: Counts, rules: Rules) -> None:
    """Compare the shares of every column with those of everyone else."""
    base = found.base
    for column in range(1, len(base) if found.lines else 0):
        here, there = slice(column, column + 1), slice(0, 1)
        both = [joined([yes[here], yes[there] - yes[here]]) for yes in found.yes]
        whole = joined([base[here], base[there] - base[here]])
        if base.weight is None:
            table = np.stack([yes.people for yes in both])
            tested = [column_pairs(table, whole.people, rules.test_from, "exact")]
        else:
            standing = [_standing(yes, whole) for yes in both]
            tested = [column_pairs((shares * n)[None, :], n, rules.test_from, "leave") for shares, n in standing]
        p, z = (np.concatenate([each[:, 0] for each in values]) for values in _values(tested))
        for line, (chance, distance) in enumerate(zip(p.tolist(), z.tolist(), strict=True)):
            arrows.p.append(None if math.isnan(chance) else chance)
            arrows.above.append(distance > 0)
            arrows.places.append((block, line, column))


def _values(tested: Sequence[ColumnPairs]) -> tuple[list[Floats], list[Floats]]:
    return [pairs.p for pairs in tested], [pairs.z for pairs in tested]


def arrows_of_scores(arrows: Arrows, block: int, line: int, rule: Measure, answers: Counted, rules: Rules) -> None:
    """Compare the score of every column with that of everyone else."""
    rest = stacked([answers[0:1] - answers[column : column + 1] for column in range(1, len(answers))])
    for column, gap in enumerate(gaps(rule, answers[1:], rest, rules), start=1):
        arrows.p.append(None if gap is None else gap.p)
        arrows.above.append(gap is not None and gap.value > 0)
        arrows.places.append((block, line, column))


def together(found: Counts, rules: Rules) -> Together | None:
    """How a question goes together with the columns; None if that is no question of two sets of answers."""
    if found.answers is None:
        return None
    big = [place for place, base in enumerate(bases_of(found)) if place and base.size >= rules.test_from]
    if len(big) < 2:
        return None
    table = _categories(found)[big]
    people = table.people.T
    people = people[people.sum(axis=1) > 0]
    if len(people) < 2:
        return None
    if table.weight is not None and table.square is not None:
        return _weighted_link(table.people.T, table.weight.T, table.square.T)
    whole = association(people)
    if not whole.sparse:
        return Together(whole.strength, whole.p)
    if min(people.shape) == 2 and people.sum() <= _MOST_FOR_FISHER:
        return Together(whole.strength, fisher(people))
    return Together(whole.strength, sparse=True)


def _weighted_link(people: NDArray[np.int64], weight: Floats, square: Floats) -> Together:
    """The same for weighted answers: Rao and Scott, or, for tables too large for it, chi-square at Kish's base."""
    worth = min(float(weight.sum() ** 2 / max(square.sum(), 1e-9)), float(people.sum()))
    spread = association(weight * (worth / max(float(weight.sum()), 1e-9)))
    if spread.sparse:
        return Together(spread.strength, sparse=True)
    large = weight.size > _MOST_FOR_RAO_SCOTT
    return Together(spread.strength, spread.p if large else rao_scott(people, weight, square).p)


def _categories(found: Counts) -> Counted:
    """[columns, categories] of different people: the answers, or the ends of a scale, whose points may be many."""
    question = found.question
    if found.answers is None:
        raise ValueError("several answers per person are no categories")
    if question.kind is not Kind.SCORE:
        return found.answers[:, : question.size]
    rule = ends_of(question, Rules())
    parts = [found.answers[:, list(codes_of(rule, end))].sum(axis=1) for end in (BAD, MIDDLE, GOOD)]
    people = np.stack([part.people for part in parts], axis=1)
    if not found.answers.weighted:
        return Counted(people)
    weight = np.stack([part.weight for part in parts if part.weight is not None], axis=1)
    return Counted(people, weight, np.stack([part.square for part in parts if part.square is not None], axis=1))


def _standing(yes: Counted, base: Counted) -> tuple[Floats, Floats]:
    """The weighted share [columns] of a line, and the effective base [columns] that it stands on."""
    no = base - yes
    if (
        yes.weight is None
        or yes.square is None
        or base.weight is None
        or base.square is None
        or no.weight is None
        or no.square is None
    ):
        raise ValueError("the effective base needs weights")
    shares = np.divide(yes.weight, base.weight, out=np.zeros_like(base.weight), where=base.weight > 0)
    n = effective_each(
        np.stack([no.people, yes.people], axis=1),
        np.stack([no.weight, yes.weight], axis=1),
        np.stack([no.square, yes.square], axis=1),
        np.array([0.0, 1.0]),
    )
    return shares, n


def _named(clear: NDArray[np.bool_], places: Sequence[int]) -> dict[int, tuple[int, ...]]:
    return {
        place: tuple(places[other] for other in np.flatnonzero(clear[row]).tolist())
        for row, place in enumerate(places)
        if clear[row].any()
    }
