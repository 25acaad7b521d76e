"""A measure in each period, and each period against the one before it and the same one a year before."""

from __future__ import annotations

import numpy as np

from cxdesk.analysis.measure import Measure, gaps, mark, scores, without_value
from cxdesk.analysis.timing import pooled_key
from cxdesk.analysis.trend_values import Change, Point
from cxdesk.stats.multiple import holm
from cxdesk.survey.base import BaseLevel, Rules
from cxdesk.survey.counted import Counted, stacked
from cxdesk.survey.counting import Sample
from cxdesk.survey.periods import Periods


def points_in(
    sample: Sample, rule: Measure, periods: Periods, window: int, rules: Rules
) -> tuple[Counted, tuple[Point, ...]]:
    """The answers to a question in each period, [periods, scale.size + 1], and the points made of them."""

    def make() -> tuple[Counted, tuple[Point, ...]]:
        counted = sample.within(rule.question.id, periods.codes, periods.size, periods.known_by)
        return counted, _points_of(rule, counted, periods, window, rules)

    # The overview and the trend show the same line.
    return sample.once(("points", rule.question.id, rule.kind, rule.top, periods.known_by, window, rules), make)


def _points_of(rule: Measure, counted: Counted, periods: Periods, window: int, rules: Rules) -> tuple[Point, ...]:
    """One point per period that anybody answered in; with a window of k, the people of k periods pooled."""
    people = counted if window == 1 else pooled(counted, window)
    key = pooled_key(periods, window)
    withheld = {place for place in range(periods.size) if rules.hides(rule.question.id, key, place)}
    found = [
        without_value(score) if place in withheld else score for place, score in enumerate(scores(rule, people, rules))
    ]
    answered = people.people[:, : rule.scale.size].sum(axis=1)
    first = np.maximum(np.arange(periods.size) - window + 1, 0)
    kept = [place for place in range(periods.size) if answered[place] and (window == 1 or place >= window - 1)]
    told = [place for place in kept if place not in withheld]
    changes = _changes(rule, counted, periods, told, rules) if window == 1 else {}
    return tuple(
        Point(
            place,
            periods.names[place],
            periods.starts[place],
            found[place],
            BaseLevel.HIDDEN if place in withheld else rules.level(found[place].base),
            *changes.get(place, (Change(), Change())),
            since=periods.names[int(first[place])],
        )
        for place in kept
    )


def _changes(
    rule: Measure, counted: Counted, periods: Periods, kept: list[int], rules: Rules
) -> dict[int, tuple[Change, Change]]:
    """Each period against the one before it and the same one a year before; Holm over everything shown."""
    pairs: list[tuple[int, int, int]] = []
    for number, place in enumerate(kept):
        earlier = (kept[number - 1] if number else None, periods.year_before(place))
        pairs += [(place, kind, other) for kind, other in enumerate(earlier) if other is not None and other in kept]
    if not pairs:
        return {}
    now, before = ([pair[side] for pair in pairs] for side in (0, 2))
    found = gaps(rule, counted[now], counted[before], rules)
    adjusted = holm([None if gap is None else gap.p for gap in found])
    changes: dict[int, list[Change]] = {place: [Change(), Change()] for place in kept}
    for (place, kind, other), gap, p in zip(pairs, found, adjusted, strict=True):
        changes[place][kind] = Change(gap, mark(rule, gap, p, rules), None if gap is None else gap.p, other)
    return {place: (both[0], both[1]) for place, both in changes.items()}


def pooled(counted: Counted, window: int) -> Counted:
    """The people of each period and the ``window`` - 1 before it, put together."""
    rows = [counted[max(0, end - window + 1) : end + 1].sum(axis=0)[None, :] for end in range(len(counted))]
    return stacked(rows)
