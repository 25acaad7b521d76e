"""How the columns of a table share the room of its view: what is left over is given away, what is missing is saved.

Widths are whole pixels, one per column; shares and least widths stand at the same places.
"""

from __future__ import annotations

from collections.abc import Sequence


def widened(widths: Sequence[int], shares: Sequence[int], left: int) -> list[int]:
    """Give away the room that is left over; the column with the largest share takes what does not divide evenly."""
    if left <= 0 or not any(shares):
        return list(widths)
    extra = [left * share // sum(shares) for share in shares]
    extra[shares.index(max(shares))] += left - sum(extra)
    return [width + more for width, more in zip(widths, extra, strict=True)]


def narrowed(widths: Sequence[int], least: Sequence[int], missing: int) -> list[int]:
    """Save the missing room where there is most to spare, or nothing at all if that would still not be enough."""
    spare = [max(0, width - low) for width, low in zip(widths, least, strict=True)]
    saved = list(widths)
    if sum(spare) < missing:
        return saved
    for place in sorted(range(len(saved)), key=lambda each: -spare[each]):
        taken = min(spare[place], max(0, missing))
        saved[place] -= taken
        missing -= taken
    return saved
