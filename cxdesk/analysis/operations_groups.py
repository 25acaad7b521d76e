"""Sums operational columns up within groups of people, and compares each group with everyone else.

The only analysis that needs every single value: medians cannot be made from counts. Values come in order; each group is
a part of that order.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cxdesk.analysis.measure import Gap, mark_beyond
from cxdesk.analysis.operations_values import Breakdown, Fact, Meaning
from cxdesk.job import Job
from cxdesk.stats.amounts import Amounts, Side, mean_gap, mean_range, median_difference, median_interval
from cxdesk.stats.difference import share_difference
from cxdesk.stats.interval import Difference, Floats, Interval
from cxdesk.stats.multiple import holm
from cxdesk.stats.proportion import wilson
from cxdesk.stats.rest import Rest, Sums
from cxdesk.survey.base import Base, Rules
from cxdesk.survey.dataset import Codes
from cxdesk.text import Label

MOST_GROUPS = 40
_SHARE_FLOOR = 0.02
_AMOUNT_FLOOR = 0.05
"""Amounts have no scale; a difference under a twentieth of what is usual is not worth a sentence."""
_TAIL = 0.9


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """A column's values in ascending ``order``, which are places among the ``people`` looked at.

    ``people`` counts those with a weight, ``amounts`` holds everyone with a value, whatever the weight.
    """

    meaning: Meaning
    order: NDArray[np.intp]
    amounts: Amounts
    people: int
    limit: float

    @classmethod
    def of(
        cls, meaning: Meaning, numbers: Floats, order: NDArray[np.intp], weights: Floats | None, limit: float
    ) -> Values:
        """Values from ``numbers`` [respondents looked at] and the ``order`` of those that are known."""
        amounts = Amounts(numbers[order], None if weights is None else weights[order])
        people = len(numbers) if weights is None else int(np.count_nonzero(weights))
        return cls(meaning, order, amounts, people, limit)

    @property
    def counted(self) -> Amounts:
        """The values of those who count for anything."""
        weights = self.amounts.weights
        return self.amounts if weights is None or weights.all() else self.amounts.part(weights > 0)


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """Groups of the respondents looked at: ``codes`` [people] below the number of names; others belong nowhere.

    ``measure`` and ``part_of`` are the column and the parting by which `Rules.hides` knows them.
    """

    name: Label
    codes: Codes
    keys: tuple[str, ...]
    names: tuple[Label, ...]
    measure: str
    part_of: str


def everyone(values: Values, name: Label, rules: Rules) -> Fact:
    """All people with a value."""
    amounts = values.counted
    return _fact("all", name, amounts, values.people - amounts.n, values, rules)


def breakdown(values: Values, groups: Grouping, whole: Fact, rules: Rules, job: Job) -> Breakdown:
    """A column within groups, each against everyone else; Holm over the groups. Raises `Cancelled`."""
    size = len(groups.names)
    codes = np.minimum(groups.codes, size).astype(np.uint16 if size < 1 << 16 else np.intp)[values.order]
    answered = np.bincount(codes, minlength=size + 1)
    # Small codes are sorted in one sweep: each group is then a stretch, in which the values are still ascending.
    stretches = np.split(np.argsort(codes, kind="stable"), np.cumsum(answered)[:-1])
    present = np.bincount(np.minimum(groups.codes, size), minlength=size + 1)
    largest = set(np.argsort(-answered[:size], kind="stable")[:MOST_GROUPS].tolist())
    filled = [code for code in range(size) if answered[code]]
    insides = {code: values.amounts.part(stretches[code]) for code in filled if code in largest}
    facts = {}
    for code, inside in insides.items():
        job.check()
        missing = int(present[code] - answered[code])
        fact = _fact(groups.keys[code], groups.names[code], inside, missing, values, rules)
        if fact.base.size >= rules.hide_below:
            facts[code] = fact
    large = len(facts)
    facts = _protected(facts, whole, groups, rules)
    found = []
    for code, there in _others(values.amounts, insides, stretches, facts):
        job.check()
        found.append(_compared(insides[code], there, values, rules))
    marked = _marked(list(facts.values()), found, values, whole, rules)
    return Breakdown(
        groups.name,
        whole,
        marked,
        len(insides) - large,
        large - len(facts),
        len(filled) - len(insides),
        int(answered[size]),
        sum(fact.gap is not None and fact.gap.p is not None for fact in marked),
    )


def _others(
    whole: Amounts, insides: Mapping[int, Amounts], stretches: Sequence[NDArray[np.intp]], wanted: Iterable[int]
) -> Iterator[tuple[int, Rest]]:
    """Everyone else of each group that is wanted; ``stretches`` are the places of all groups, and of nobody's."""
    centre = whole.quantile(0.5)
    left = [stretches[code] for code in range(len(stretches)) if code not in insides]
    apart = whole.part(np.concatenate(left)) if left else Amounts(np.zeros(0))
    sums = {code: Sums.of(inside.values, inside.weights, centre) for code, inside in insides.items()}
    beyond = Sums.of(apart.values, apart.weights, centre)
    for code in wanted:
        rest = sum((each for other, each in sums.items() if other != code), start=beyond)
        yield code, Rest(whole, insides[code], stretches[code], rest, centre)


def _protected(facts: dict[int, Fact], whole: Fact, groups: Grouping, rules: Rules) -> dict[int, Fact]:
    """The groups without those that would give a small one away.

    What is known of everyone and of all other groups is known of the rest. If the rest are too few to be shown, the
    smallest shown group joins them.
    """
    kept = {code: fact for code, fact in facts.items() if not rules.hides(groups.measure, groups.part_of, code)}
    rest = whole.base.n - sum(fact.base.n for fact in kept.values())
    if kept and 0 < rest < rules.hide_below:
        smallest = min(kept, key=lambda code: kept[code].base.n)
        return {code: fact for code, fact in kept.items() if code != smallest}
    return kept


def _fact(key: str, name: Label, amounts: Amounts, missing: int, values: Values, rules: Rules) -> Fact:
    base = _base(amounts, missing)
    empty = Fact(key, name, base, rules.level(base))
    if not amounts.n or base.size < rules.hide_below:
        return empty
    if values.meaning is Meaning.OUTCOME:
        share = amounts.mean
        reach = wilson(share * base.size, base.size, rules.confidence)
        return replace(empty, value=share, low=reach.low, high=reach.high)
    if values.meaning is Meaning.TIME:
        low, high = _ends(median_interval(amounts, rules.confidence))
        within = 1 - amounts.above(values.limit)
        worth = amounts.effective_share(values.limit)
        reach = wilson(within * worth, worth, rules.confidence)
        return replace(
            empty,
            value=amounts.quantile(0.5),
            low=low,
            high=high,
            second=within,
            second_low=reach.low,
            second_high=reach.high,
            tail=amounts.quantile(_TAIL) if base.size >= rules.test_from else None,
        )
    low, high = _ends(mean_range(amounts, rules.confidence))
    below, above = _ends(median_interval(amounts, rules.confidence))
    return replace(
        empty,
        value=amounts.mean,
        low=low,
        high=high,
        second=amounts.quantile(0.5),
        second_low=below,
        second_high=above,
    )


def _base(amounts: Amounts, missing: int) -> Base:
    if amounts.weights is None:
        return Base(amounts.n, missing)
    return Base(amounts.n, missing, amounts.total, amounts.effective())


def _size(side: Side) -> float:
    """The people that a side is worth in tests, as `Base.size` gives them."""
    return min(side.effective(), float(side.n))


def _ends(interval: Interval | None) -> tuple[float | None, float | None]:
    return (None, None) if interval is None else (interval.low, interval.high)


def _compared(here: Amounts, there: Rest, values: Values, rules: Rules) -> tuple[Gap | None, Gap | None]:
    """The difference of the value, and of the share within the limit; without range where a side is too small."""
    if not there.n:
        return None, None
    smaller = min(_size(here), _size(there))
    match values.meaning:
        case Meaning.OUTCOME:
            worth = here.effective(), there.effective()
            value = share_difference(here.mean * worth[0], worth[0], there.mean * worth[1], worth[1], rules.confidence)
            return _gap(value, smaller, rules), None
        case Meaning.TIME:
            value = median_difference(here, there, rules.confidence)
            ours, theirs = (side.effective_share(values.limit) for side in (here, there))
            share = share_difference(
                (1 - here.above(values.limit)) * ours,
                ours,
                (1 - there.above(values.limit)) * theirs,
                theirs,
                rules.confidence,
            )
            return _gap(value, smaller, rules), _gap(share, smaller, rules)
        case _:
            return _gap(mean_gap(here, there, rules.confidence), smaller, rules), None


def _gap(found: Difference, smaller: float, rules: Rules) -> Gap:
    if smaller < rules.test_from or found.p is None or math.isnan(found.p):
        return Gap(found.value, None, None, None)
    return Gap(found.value, found.low, found.high, found.p)


def _marked(
    facts: Sequence[Fact],
    found: Sequence[tuple[Gap | None, Gap | None]],
    values: Values,
    whole: Fact,
    rules: Rules,
) -> tuple[Fact, ...]:
    usual = abs(whole.value or 0.0)
    floor = _SHARE_FLOOR if values.meaning is Meaning.OUTCOME else _AMOUNT_FLOOR * usual
    adjusted = zip(_adjusted([pair[0] for pair in found]), _adjusted([pair[1] for pair in found]), strict=True)
    return tuple(
        replace(
            fact,
            gap=gap,
            second_gap=other,
            mark=mark_beyond(floor, gap, p, rules),
            second_mark=mark_beyond(_SHARE_FLOOR, other, q, rules),
        )
        for fact, (gap, other), (p, q) in zip(facts, found, adjusted, strict=True)
    )


def _adjusted(found: Sequence[Gap | None]) -> list[float | None]:
    return holm([None if gap is None else gap.p for gap in found])


def masked(numbers: NDArray[np.float64]) -> tuple[Floats, int]:
    """Times without those below zero, which are slips of a clock; and how many these were."""
    negative = numbers < 0
    return np.where(negative, np.nan, numbers), int(np.count_nonzero(negative))
