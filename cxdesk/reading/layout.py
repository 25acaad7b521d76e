"""Finds the table on the sheet: titles above, one to three header rows, answers, totals below (FORMATS.md 1)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from cxdesk.reading.dates import order_of
from cxdesk.reading.grid import Grid
from cxdesk.reading.lexicon import plain, table_words
from cxdesk.reading.numerals import is_number
from cxdesk.reading.platform import Opening, Platform
from cxdesk.reading.platforms import PLATFORMS
from cxdesk.reading.profile import shortened
from cxdesk.survey.receipt import MOST_SHOWN, Place, Unused
from cxdesk.text import say, say_n

_HIGHEST = 16
_SHOWN = 24
_CODE = re.compile(r"^(?:Q\d+(?:[._-]\w+)*|V\d+|q_?\d+)$", re.I)
_TAIL = 12
_ROW_SHOWN = 200


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where things stand on the sheet. ``header_rows`` is empty without headers; ``rows`` are the answers' rows."""

    header_rows: tuple[int, ...]
    rows: NDArray[np.intp]
    platform: Platform | None
    numbered: bool
    unused: tuple[Unused, ...]


def find_layout(grid: Grid, header_row: int | None = None) -> Layout:
    """Find headers and answers. ``header_row`` (0-based) is the person's own choice of the first header row."""
    if grid.coded:
        return _with_rows(grid, (), None, False, 0)
    if header_row is not None:
        start = min(max(header_row, 0), max(grid.rows - 1, 0))
        platform, count = _recognised(opening(grid, start))
        count = count or _plain_rows(opening(grid, start))
        return _finished(grid, start, count, platform)
    top = min(grid.rows, _HIGHEST)
    # Each row is made once: a file of thousands of columns would be busy with its first rows for seconds.
    shown = [tuple(grid.row(row)) for row in range(min(top + _SHOWN, grid.rows))]
    for start in range(top):
        seen = Opening(tuple(shown[start : start + _SHOWN]), grid.name, grid.sheet or "")
        platform, count = _recognised(seen)
        if platform is not None:
            return _finished(grid, start, count, platform)
    start = _first_full_row(grid, top)
    if _headerless(grid, start):
        found = _with_rows(grid, (), None, False, start)
        none = Unused("no_header", 1, say("No row with headers was found, so the columns are only numbered"))
        return replace(found, unused=(none, *found.unused))
    seen = opening(grid, start)
    if _codes_above(seen):
        return _finished(grid, start, 2, None)
    return _finished(grid, start, _plain_rows(seen), None)


def opening(grid: Grid, start: int) -> Opening:
    """The first rows from ``start`` on."""
    rows = tuple(tuple(grid.row(row)) for row in range(start, min(start + _SHOWN, grid.rows)))
    return Opening(rows, grid.name, grid.sheet or "")


def _recognised(seen: Opening) -> tuple[Platform | None, int]:
    for platform in PLATFORMS:
        count = platform.recognise(seen)
        if count:
            return platform, count
    return None, 0


def _finished(grid: Grid, start: int, count: int, platform: Platform | None) -> Layout:
    header_rows = tuple(range(start, min(start + count, grid.rows)))
    numbered = platform is not None and platform.numbered(opening(grid, start))
    return _with_rows(grid, header_rows, platform, numbered, start + count)


def _first_full_row(grid: Grid, top: int) -> int:
    """The first row that is about as wide as the table; titles above it fill one or two cells."""
    widths = []
    for row in range(min(grid.rows, top + 30)):
        cells = [cell for cell in grid.row(row) if cell]
        # A merged title stands in every cell it covers, and is still one title.
        widths.append(len(cells) if len(set(cells)) > 1 else min(len(cells), 1))
    widest = max(widths, default=0)
    enough = max(0.5 * widest, min(widest, 2))
    return next((row for row in range(min(top, len(widths))) if widths[row] >= enough), 0)


def _plain_rows(seen: Opening) -> int:
    """One header row, or two if the second completes the gaps of the first with different words (merged headers)."""
    first, second = seen.row(0), seen.row(1)
    if len(seen.rows) < 3 or not second:
        return 1
    gaps = [
        place
        for place in range(1, len(first))
        if second[place] and first[place] in ("", first[place - 1]) and any(first[:place])
    ]
    if len(gaps) < 2 or any(_is_value(cell) for cell in second if cell):
        return 1
    blank_both = sum(not first[place] and not second[place] for place in range(len(first)))
    distinct = len({second[place] for place in gaps}) >= 0.5 * len(gaps)
    below = [row[place] for row in seen.rows[2:12] for place in gaps if place < len(row) and row[place]]
    told_apart = not below or sum(_is_value(cell) or cell in second for cell in below) >= 0.5 * len(below)
    return 2 if distinct and told_apart and blank_both <= 1 and len(gaps) >= 0.2 * len(first) else 1


def _codes_above(seen: Opening) -> bool:
    """Whether a row of codes (Q1, Q2_1) stands above the row of questions."""
    first, second = seen.row(0), seen.row(1)
    coded = [place for place, cell in enumerate(first) if _CODE.match(cell)]
    if len(coded) < max(2, 0.5 * sum(map(bool, first))) or not second:
        return False
    spoken = sum(len(second[place]) >= 15 or second[place].endswith(("?", "？")) for place in coded)
    below = {cell for row in seen.rows[2:] for cell in row}
    return spoken >= 0.5 * len(coded) and sum(second[place] in below for place in coded) <= 0.1 * len(coded)


def _headerless(grid: Grid, start: int) -> bool:
    """Whether the first row already holds answers: numbers or dates, or texts that come back below."""
    if grid.rows - start < 3:
        return False
    cells = [(place, cell) for place, cell in enumerate(grid.row(start)) if cell]
    if not cells:
        return False
    values = [place for place, cell in cells if _is_value(cell)]
    if len(values) >= max(2, 0.3 * len(cells)):
        below = [grid.cell(row, place) for row in range(start + 1, min(start + 30, grid.rows)) for place in values]
        filled = [cell for cell in below if cell]
        return bool(filled) and sum(_is_value(cell) for cell in filled) >= 0.8 * len(filled)
    if grid.rows - start < 20:
        return False
    repeated = 0
    again = _same_rows(grid, start)
    for place, cell in cells:
        column = grid.columns[place]
        if len(cells) > 1 and int(np.count_nonzero(column.codes[start:] == column.codes[start])) == again + 1:
            # The text comes back only where the whole row does: headers between stacked files.
            continue
        same = column.codes[start:] == column.codes[start]
        # A header that is the column's only other text names the option of a tick box.
        alone = bool((same | (column.codes[start:] == 0)).all())
        repeated += int(np.count_nonzero(same)) > 1 and not alone and not _is_value(cell)
    return repeated + len(values) >= 0.6 * len(cells)


def _same_rows(grid: Grid, start: int) -> int:
    """How many rows below are equal to this one."""
    same = np.ones(grid.rows - start - 1, dtype=bool)
    for column in grid.columns:
        same &= column.codes[start + 1 :] == column.codes[start]
    return int(np.count_nonzero(same))


def _is_value(cell: str) -> bool:
    if is_number(cell):
        return True
    return cell[:1].isdigit() and order_of([cell]) is not None


def _with_rows(
    grid: Grid, header_rows: tuple[int, ...], platform: Platform | None, numbered: bool, first: int
) -> Layout:
    """Leave out empty rows, repeated headers and totals."""
    filled = np.zeros(grid.rows, dtype=np.int32)
    for column in grid.columns:
        filled += column.codes != 0
    kept = np.zeros(grid.rows, dtype=bool)
    kept[first:] = filled[first:] > 0
    unused: list[Unused] = []
    blank = int((filled[first:] == 0).sum())
    if blank:
        unused.append(
            Unused(
                "blank_row",
                blank,
                say_n("1 empty row was left out", "{count} empty rows were left out", blank),
                places=_places(grid, first + np.flatnonzero(filled[first:] == 0)),
            )
        )
    repeated = _repeated_headers(grid, header_rows, kept)
    if repeated.size:
        kept[repeated] = False
        count = int(repeated.size)
        unused.append(
            Unused(
                "repeated_header",
                count,
                say_n(
                    "1 row repeated the headers and was left out",
                    "{count} rows repeated the headers and were left out",
                    count,
                ),
                places=_places(grid, repeated),
            )
        )
    totals = _totals(grid, kept, filled)
    if totals:
        kept[totals] = False
        unused.append(
            Unused(
                "total_row",
                len(totals),
                say_n(
                    "1 row of totals or notes below the answers was left out",
                    "{count} rows of totals or notes below the answers were left out",
                    len(totals),
                ),
                places=_places(grid, sorted(totals)),
            )
        )
    return Layout(header_rows, np.flatnonzero(kept), platform, numbered, tuple(unused))


def _places(grid: Grid, rows: Iterable[int]) -> tuple[Place, ...]:
    """The first of some rows that hold no answers, with what can be read in them."""
    shown = (int(row) for row in islice(rows, MOST_SHOWN))
    return tuple(Place(row, shortened(" · ".join(cell for cell in grid.row(row) if cell), _ROW_SHOWN)) for row in shown)


def _is_unique(grid: Grid, row: int, kept: NDArray[np.bool_]) -> bool:
    """Whether the first text of a row stands nowhere else in its column: people repeat themselves, totals do not."""
    column = next(column for column in grid.columns if column.codes[row])
    return int(np.count_nonzero(column.codes[kept] == column.codes[row])) == 1


def _repeated_headers(grid: Grid, header_rows: tuple[int, ...], kept: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Rows equal to the last header row, as they arise when files are put below each other."""
    if not header_rows or sum(map(bool, grid.row(header_rows[-1]))) < 2:
        return np.array([], dtype=np.intp)
    same = kept.copy()
    for column in grid.columns:
        same &= column.codes == column.codes[header_rows[-1]]
        if not same.any():
            break
    return np.flatnonzero(same)


def _totals(grid: Grid, kept: NDArray[np.bool_], filled: NDArray[np.int32]) -> list[int]:
    """Rows at the end that hold totals, and single notes below an empty row."""
    places = np.flatnonzero(kept)
    if places.size < 3:
        return []
    usual = float(np.median(filled[places]))
    found: list[int] = []
    for row in reversed(places[-_TAIL:].tolist()):
        cells = [cell for cell in grid.row(row) if cell]
        first = plain(cells[0])
        is_total = first in table_words("total") and any(_is_value(cell.rstrip("%")) for cell in cells[1:])
        is_total = is_total and _is_unique(grid, row, kept)
        is_note = len(cells) == 1 and usual >= 4 and not kept[row - 1] and not _is_value(cells[0])
        if not is_total and not is_note:
            break
        found.append(row)
    return found
