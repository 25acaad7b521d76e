"""Did the same people change their minds? Those who answered both times, matched by the respondent's id."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cxdesk.analysis.compare_values import Pairs
from cxdesk.analysis.measure import Measure, MeasureKind, headline_measure
from cxdesk.stats.paired import nps_paired, paired_table
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Codes
from cxdesk.survey.role import Role

_LEAST_PAIRS = 10


def pairs(sample: Sample, before: Sample, rules: Rules) -> Pairs | None:
    """The NPS of people who answered both times, matched by the respondent's id (METHODS.md 1.5)."""
    ids = sample.dataset.with_role(Role.RESPONDENT)
    asked = next((q for q in sample.dataset.with_role(Role.RECOMMEND) if q.scale is not None), None)
    if not ids or asked is None or sample.weighted:
        return None
    rule = headline_measure(asked, rules)
    if rule.kind is not MeasureKind.NPS:
        return None
    column = sample.dataset.columns[ids[0].columns[0]]
    was_named, now_named = (side.take(column.codes) for side in (before, sample))
    if _in_both(was_named, now_named, len(column.values)) < _LEAST_PAIRS:
        return None
    sides = []
    for side, names in ((before, was_named), (sample, now_named)):
        # Codes are counted instead of sorted: a million names cost milliseconds.
        groups = _classes(rule, side.take(sample.dataset.codes(asked.id)))
        known = np.flatnonzero((names > 0) & (groups >= 0))
        once = np.bincount(names.take(known), minlength=len(column.values)) == 1
        sides.append((names.take(known), groups.take(known), once))
    both = np.flatnonzero(sides[0][2] & sides[1][2])
    if len(both) < _LEAST_PAIRS:
        return None
    was, now = (_class_of(both, names, groups) for names, groups, _ in sides)
    change = nps_paired(paired_table(was, now).T, rules.confidence)
    clear = change.p is not None and change.p <= 1 - rules.confidence and abs(change.value) >= rule.floor
    smaller = min(int(np.count_nonzero(once)) for _, _, once in sides)
    return Pairs(len(both), len(both) / smaller, change.value, change.low, change.high, clear)


def _in_both(was: Codes, now: Codes, names: int) -> int:
    """How many answers of one side have a name (a code above 0) that the other side has too."""
    seen = np.zeros(names, dtype=np.bool_)
    seen[was] = True
    seen[0] = False
    return int(np.count_nonzero(seen.take(now)))


def _classes(rule: Measure, codes: Codes) -> NDArray[np.int64]:
    """0 detractor, 1 passive, 2 promoter, -1 no answer, for each code."""
    table = np.full(rule.scale.size + 1, -1, dtype=np.int64)
    table[: rule.scale.size] = 1
    table[: rule.bottom] = 0
    table[rule.scale.size - rule.good : rule.scale.size] = 2
    found: NDArray[np.int64] = table.take(codes)
    return found


def _class_of(people: NDArray[np.intp], names: Codes, groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """The class of people by the codes of their names."""
    classes = np.zeros(int(people[-1]) + 1, dtype=np.int64)
    inside = names <= people[-1]
    classes[names[inside]] = groups[inside]
    found: NDArray[np.int64] = classes.take(people)
    return found
