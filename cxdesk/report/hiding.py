"""Which further groups have to be hidden so that the small ones cannot be worked out: the plan for one question.

What is protected are the answers to a question of a group with fewer people than `Rules.hide_below`: its score, its
shares, its mean. How many people a group has is no secret, and is printed. What is published are sums over everybody
who is looked at, and over each part that is large enough to be shown; "everyone else" is the difference of two of
these. A small group can be worked out if it is a linear combination of what is published (`stats.disclosure`); the same
is asked of what is left over of a split when all shown groups are taken away, if that is less than the limit.

Counts of all respondents by their answer ("3 people ticked Fax") are no disclosure: they are the answers themselves and
say nothing about a group that people are known by. Nor is the number of people without an answer to a segment question:
nobody knows who they are; they only help to hide others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxdesk.analysis.measure import headline_measure, mean_measure, scores, share_measure
from cxdesk.stats.disclosure import Common, computable, used_for
from cxdesk.stats.effective import kish_each
from cxdesk.survey.base import Rules
from cxdesk.survey.counted import Counted
from cxdesk.survey.counting import Sample
from cxdesk.survey.parting import Parting, answered
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind
from cxdesk.survey.selection import Selection

Hidden = frozenset[tuple[str, str, int]]

_MOST_PEOPLE = 20_000
"""People looked at. A part of them can only make more groups look as if they could be worked out, never fewer."""

_FEW = 100
"""Of parts up to this size everybody is looked at."""

_MOST_FOR_USED = 800
_MOST_FOR_SPARING = 300
_SEED = 20_251_122


def has_small_parts(parting: Parting, measure: str, rules: Rules) -> bool:
    """Whether any part of a parting has fewer answers to a question than may be shown."""
    people, size = _sizes(parting, measure, rules)
    return bool(((people > 0) & (size < rules.hide_below)).any())


def hidden_parts(measure: str, partings: Sequence[Parting], rules: Rules) -> Hidden:
    """What must not be shown of these parts, apart from those with too few people: (question, key, code) of each.

    The plan hides the smallest part that breaks a way of working a small one out, in the same parting if there is one,
    until none is left; then it spares those that turn out not to be needed.
    """
    system = _System(measure, partings, rules)
    withheld: set[int] = set()
    while True:
        leaks = system.leaks(withheld)
        more = {place for places in leaks if (place := system.choice(places)) is not None}
        if not more:
            break
        withheld |= more
    withheld = system.spared(withheld)
    return frozenset((measure, *system.sets[place].name) for place in withheld | system.weighted_small)


@dataclass(frozen=True, slots=True)
class _Set:
    """A published or hidden group of people: a whole sample (``code`` -1), or a part of a parting.

    ``family`` numbers its parting, ``whole`` is the place of the sample that it belongs to.
    """

    key: str
    code: int
    n: int
    small: bool
    family: int
    whole: int

    @property
    def name(self) -> tuple[str, int]:
        return self.key, self.code


@dataclass(frozen=True, slots=True)
class _Leak:
    """Something small that can be worked out, from which sets, and the partings that it is a part of."""

    used: list[int]
    families: frozenset[int]


class _System:
    """All groups whose answers to one question are shown or hidden, and how many people each two have in common."""

    def __init__(self, measure: str, partings: Sequence[Parting], rules: Rules) -> None:
        self._limit = rules.hide_below
        self.sets: list[_Set] = []
        self.weighted_small: set[int] = set()
        self._wide: list[int] = []
        distinct = {(each.key, each.of.selection, each.columns): each for each in partings}
        dataset = partings[0].of.dataset
        samples: dict[Selection, Sample] = {each.of.selection: each.of for each in partings}
        asked = dataset.question(measure)
        known = answered(asked, dataset.codes(measure))
        masks = {selection: known & _kept(sample) for selection, sample in samples.items()}
        people_of = np.flatnonzero(np.logical_or.reduce(list(masks.values())))
        inside = {selection: mask.take(people_of) for selection, mask in masks.items()}
        wholes: dict[Selection, int] = {}
        for selection, mask in inside.items():
            wholes[selection] = len(self.sets)
            n = int(np.count_nonzero(mask))
            self.sets.append(_Set("", -1, n, n < self._limit, -1, -1))
        few = np.zeros(len(people_of), dtype=np.bool_)
        coded: list[tuple[Selection, NDArray[np.intp]]] = []
        for parting in distinct.values():
            if not parting.size:
                continue
            people, size = _sizes(parting, measure, rules)
            places = np.full(parting.size + 1, -1, dtype=np.intp)
            for part in np.flatnonzero(people).tolist():
                places[part] = len(self.sets)
                small = bool(size[part] < self._limit)
                if small and people[part] >= self._limit:
                    self.weighted_small.add(len(self.sets))
                whole = wholes[parting.of.selection]
                self.sets.append(
                    _Set(parting.key, parting.columns[part], int(people[part]), small, len(self._wide), whole)
                )
            self._wide.append(parting.wide)
            codes = np.minimum(parting.codes().take(people_of), parting.size)
            coded.append((parting.of.selection, np.where(inside[parting.of.selection], places[codes], -1)))
            few |= (np.append(people, 0) <= _FEW)[codes] & inside[parting.of.selection]
        looked_at = _chosen(few)
        layers = [np.where(mask, wholes[of], -1) for of, mask in inside.items()] + [places for _, places in coded]
        self.common = _common([places.take(looked_at) for places in layers], len(self.sets))

    def leaks(self, withheld: set[int]) -> list[_Leak]:
        """Every small group, and every small rest, that can be worked out while ``withheld`` sets are not shown."""
        shown = [place for place, each in enumerate(self.sets) if not each.small and place not in withheld]
        small = [place for place, each in enumerate(self.sets) if each.small and each.family >= 0]
        rests, families = self._rests(withheld)
        common = _extended(self.common, rests)
        wanted = [*small, *range(len(self.sets), len(common))]
        belongs = [frozenset({self.sets[place].family}) for place in small] + families
        found = np.flatnonzero(computable(common, shown, wanted)).tolist()
        if not found:
            return []
        if len(shown) > _MOST_FOR_USED:
            return [
                _Leak([place for place in shown if self.sets[place].family in belongs[at]], belongs[at]) for at in found
            ]
        used = used_for(common, shown, [wanted[at] for at in found])
        return [_Leak(places, belongs[at]) for places, at in zip(used, found, strict=True)]

    def choice(self, leak: _Leak) -> int | None:
        """What to hide against a leak: the smallest group of the same parting, or else of any; None without any."""
        groups = [place for place in leak.used if self.sets[place].family >= 0]
        own = [place for place in groups if self.sets[place].family in leak.families]
        return min(own or groups, key=lambda place: (self.sets[place].n, place), default=None)

    def spared(self, withheld: set[int]) -> set[int]:
        """The withheld sets without those that can be shown after all, the largest tried first."""
        if len(self.sets) > _MOST_FOR_SPARING:
            return withheld
        unavoidable = len(self.leaks(withheld))
        for place in sorted(withheld, key=lambda place: -self.sets[place].n):
            if len(self.leaks(withheld - {place})) == unavoidable:
                withheld = withheld - {place}
        return withheld

    def _rests(self, withheld: set[int]) -> tuple[list[NDArray[np.int64]], list[frozenset[int]]]:
        """What is left over of a whole, or of a heading, without its shown parts, where that is under the limit.

        As sums of sets: one whole number per set; and the parting that each belongs to.
        """
        found: list[NDArray[np.int64]] = []
        families: list[frozenset[int]] = []
        for family, wide in enumerate(self._wide):
            parts = [place for place, each in enumerate(self.sets) if each.family == family]
            hidden = [place for place in parts if self.sets[place].small or place in withheld]
            if not hidden:
                continue
            shown = [place for place in parts if place not in set(hidden)]
            whole = self.sets[parts[0]].whole
            groups: list[tuple[list[int], list[int]]] = [([whole], shown)]
            if wide:
                headings: tuple[dict[int, list[int]], dict[int, list[int]]] = ({}, {})
                for place in hidden:
                    for heading, code in zip(headings, divmod(self.sets[place].code, wide), strict=True):
                        heading.setdefault(code, []).append(place)
                groups += [(places, []) for heading in headings for places in heading.values() if len(places) > 1]
            for plus, minus in groups:
                n = sum(self.sets[place].n for place in plus) - sum(self.sets[place].n for place in minus)
                if 0 < n < self._limit:
                    rest = np.zeros(len(self.sets), dtype=np.int64)
                    rest[plus] = 1
                    rest[minus] = -1
                    found.append(rest)
                    families.append(frozenset({family}))
        return found, families


def _sizes(parting: Parting, measure: str, rules: Rules) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """How many people of each part answered a question, and the base that the rules look at.

    Of a multiple-answer question those who were asked, and those who ticked anything: tables show shares of either.
    """
    if not parting.size:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    asked = parting.of.dataset.question(measure)
    counted = parting.counted(measure)
    several = asked.kind is Kind.MULTIPLE
    people = counted.people[:, : 2 if several else asked.size].sum(axis=1)
    valid = counted[:, 1:2] if several else counted[:, : asked.size]
    if valid.weight is None or valid.square is None:
        return people, valid.people.sum(axis=1).astype(np.float64)
    weight, square = valid.weight.sum(axis=1), valid.square.sum(axis=1)
    size = np.minimum(kish_each(weight[:, None], square[:, None]), people)
    return people, size if asked.kind is not Kind.SCORE else np.minimum(size, _least_base(asked, counted, rules))


def _least_base(asked: Question, counted: Counted, rules: Rules) -> NDArray[np.float64]:
    """The smallest effective base of the figures that a scored question is shown as."""
    figures = (headline_measure, share_measure, mean_measure)
    bases = [[score.base.size for score in scores(figure(asked, rules), counted, rules)] for figure in figures]
    return np.asarray(np.min(np.array(bases, dtype=np.float64), axis=0))


def _kept(sample: Sample) -> NDArray[np.bool_]:
    rows = sample.rows
    if rows is None:
        return np.ones(sample.dataset.respondents, dtype=np.bool_)
    kept = np.zeros(sample.dataset.respondents, dtype=np.bool_)
    kept[rows] = True
    return kept


def _chosen(few: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The positions of those who are looked at: everybody in small parts, and enough of the others."""
    if len(few) <= _MOST_PEOPLE:
        return np.arange(len(few))
    chosen = few.copy()
    chosen[np.random.default_rng(_SEED).choice(len(few), _MOST_PEOPLE, replace=False)] = True
    return np.flatnonzero(chosen)


def _common(layers: Sequence[NDArray[np.int64]], size: int) -> Common:
    """How many people each two sets share: ``layers`` hold the set of each person, -1 for none."""
    found = np.zeros((size, size), dtype=np.int64)
    for number, one in enumerate(layers):
        for other in layers[number:]:
            both = (one >= 0) & (other >= 0)
            pairs, counts = np.unique(one[both] * size + other[both], return_counts=True)
            rows, columns = np.divmod(pairs, size)
            found[rows, columns] = found[columns, rows] = counts
    return found


def _extended(common: Common, rests: Sequence[NDArray[np.int64]]) -> Common:
    """The same with sums of sets behind them."""
    if not len(rests):
        return common
    sums = np.stack(rests)
    beside = sums @ common
    return np.block([[common, beside.T], [beside, beside @ sums.T]])
