"""Where the bars of a BRIDGE chart start and end, for everything that draws one."""

from __future__ import annotations

from collections.abc import Sequence


def steps_of(values: Sequence[float | None]) -> list[tuple[float, float]]:
    """(start, end) of each bar in the unit of ``values``.

    The first and the last value are levels and start at zero; each step between starts where the one before it ended.
    """
    found: list[tuple[float, float]] = []
    reached = 0.0
    for place, value in enumerate(each or 0.0 for each in values):
        start = 0.0 if place in {0, len(values) - 1} else reached
        reached = start + value
        found.append((start, reached))
    return found
