"""Puts a table on a sheet: header, rows, marks for small bases, live formulas, and the counts behind them in grey.

Headings over several columns stand in a row of their own. Nothing is merged: merged cells cannot be sorted.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from cxdesk.blocks.palette import LIGHT, Tone
from cxdesk.blocks.table import ColumnType, Mark, Ref
from cxdesk.render.excel import styles, words
from cxdesk.render.excel.cells import LEFT, Canvas
from cxdesk.render.excel.formats import LEFT_TEXT, RIGHT_TEXT, number_format
from cxdesk.render.excel.formulas import Term, formula_for
from cxdesk.render.excel.measure import heading_width, lines_of, row_height, width
from cxdesk.render.excel.model import Style
from cxdesk.render.flat import FlatCell, FlatColumn, FlatRow, FlatTable, heading_runs
from cxdesk.survey.base import BaseLevel
from cxdesk.text import Format

HEADER_HEIGHT = 30
GROUP_HEIGHT = 19
_TEXT_ROOM = 62.0
_NAME_ROOM = 44.0
_SHARED_ROOM = 30.0
_NUMBER_ROOM = 18.0
_SLIM = 6.5
"""Tables of columns that are compared with each other have many: their numbers are short."""


@dataclass(frozen=True, slots=True)
class TablePlace:
    """Where a table stands: its (lower) header row, its first and last row, and the sheet column of each plain column.

    ``end`` is the first column right of the drawn table, ``behind_end`` the first free one right of its counts.
    """

    flat: FlatTable
    header: int
    columns: tuple[int, ...]
    end: int
    behind_end: int

    @property
    def first(self) -> int:
        """The first row below the header."""
        return self.header + 1

    @property
    def last(self) -> int:
        """The last row."""
        return self.header + len(self.flat.rows)

    def column(self, key: str, part: str = "") -> int | None:
        """The sheet column of a plain column, or None."""
        for position, column in zip(self.columns, self.flat.columns, strict=True):
            if (column.key, column.part) == (key, part):
                return position
        return None

    def row(self, key: str) -> int | None:
        """The sheet row of a row key, or None."""
        for number, row in enumerate(self.flat.rows):
            if row.key == key:
                return self.first + number
        return None


def drawn_columns(flat: FlatTable) -> int:
    """How many columns the table fills without its counts behind."""
    return sum(not column.behind for column in flat.columns)


def is_grouped(flat: FlatTable) -> bool:
    """Whether headings over several columns stand above the header."""
    return any(column.group for column in flat.columns)


def numeric_columns(flat: FlatTable, left: int = LEFT) -> set[int]:
    """The columns of a sheet that hold numbers of a table."""
    drawn = (column for column in flat.columns if not column.behind)
    return {left + place for place, column in enumerate(drawn) if column.numeric}


def widen_for(canvas: Canvas, flat: FlatTable, left: int = LEFT, shared: Container[int] = ()) -> None:
    """Make the columns of a sheet wide enough for a table whose first column is ``left``.

    Texts take more lines instead of more width in the columns ``shared`` with numbers of other tables.
    """
    drawn = [(i, column) for i, column in enumerate(flat.columns) if not column.behind]
    lettered = any(column.part == "letters" for column in flat.columns)
    for place, (index, column) in enumerate(drawn):
        longest = max((width(row.cells[index].shown, bold=row.total) for row in flat.rows), default=0) + 2
        if column.part == "letters":
            canvas.widen(left + place, max(longest, 3.5))
        elif column.numeric:
            word = max((width(part, 9.5, bold=True) for part in column.title.split()), default=0) + 2
            least = min(max(longest, word, _SLIM if lettered else 9.5), _NUMBER_ROOM)
            canvas.widen(left + place, heading_width(column.title, least, _NUMBER_ROOM, styles.HEADER.size))
        else:
            least, most = (18.0, _NAME_ROOM) if column.type is ColumnType.NAME else (12.0, _TEXT_ROOM)
            most = min(most, _SHARED_ROOM) if left + place in shared else most
            title = width(column.title, 9.5, bold=True) + 2
            canvas.widen(left + place, max(least, min(max(longest, min(title, 24)), most)))
    for group, places in _groups(flat, range(left, left + len(drawn))):
        missing = width(group, styles.GROUP.size, bold=True) + 2 - canvas.room(places[0], places[-1] + 1)
        canvas.widen(places[-1], canvas.widths[places[-1]] + max(0.0, missing))


def table_points(canvas: Canvas, flat: FlatTable, left: int = LEFT) -> float:
    """The height in points that a table will take on a sheet whose columns are wide enough, headings included."""
    drawn = [index for index, column in enumerate(flat.columns) if not column.behind]
    texts = [
        (index, canvas.widths[left + place] - 1) for place, index in enumerate(drawn) if not flat.columns[index].numeric
    ]
    points = HEADER_HEIGHT + GROUP_HEIGHT * float(is_grouped(flat))
    for row in flat.rows:
        found = [(row.cells[index].value, room) for index, room in texts]
        points += row_height(max((lines_of(text, room) for text, room in found if isinstance(text, str)), default=1))
    return points


def place_table(
    canvas: Canvas, flat: FlatTable, header: int, behind_at: int, left: int = LEFT, *, size_rows: bool = True
) -> TablePlace:
    """Write a table with its header from row ``header`` on; counts behind go to column ``behind_at`` and on.

    ``size_rows`` False leaves the heights of the rows to what else stands in them.
    """
    if is_grouped(flat):
        _write_groups(canvas, flat, header, left)
        if size_rows:
            canvas.height(header, GROUP_HEIGHT)
        header += 1
    places = []
    drawn, behind = left, behind_at
    for column in flat.columns:
        if column.behind:
            places.append(behind)
            behind += 1
        else:
            places.append(drawn)
            drawn += 1
    place = TablePlace(flat, header, tuple(places), drawn, max(behind, behind_at))
    header_lines = _write_header(canvas, place)
    if size_rows:
        canvas.height(header, row_height(header_lines, 9.5, HEADER_HEIGHT))
    counted = _count_column(flat)
    for number, row in enumerate(flat.rows):
        lines = _write_row(canvas, place, row, place.first + number, counted)
        if size_rows:
            canvas.height(place.first + number, row_height(lines))
    return place


def _groups(flat: FlatTable, places: Sequence[int]) -> list[tuple[str, list[int]]]:
    """Each heading over several columns with the sheet columns that it spans."""
    drawn = [column for column in flat.columns if not column.behind]
    found, start = [], 0
    for group, count in heading_runs([column.group for column in drawn]):
        if group:
            found.append((group, list(places[start : start + count])))
        start += count
    return found


def _write_groups(canvas: Canvas, flat: FlatTable, row: int, left: int) -> None:
    """The headings over several columns, with a line under the columns that each spans."""
    places = range(left, left + drawn_columns(flat))
    spanned = {position: group for group, run in _groups(flat, places) for position in run}
    first = {run[0] for _, run in _groups(flat, places)}
    for position in places:
        words = spanned[position] if position in first else None
        canvas.put(row, position, words, styles.GROUP if position in spanned else styles.GROUP_EMPTY)


def _write_header(canvas: Canvas, place: TablePlace) -> int:
    """Write the header; return how many lines its longest title takes."""
    lines = 1
    for column, position in zip(place.flat.columns, place.columns, strict=True):
        style = styles.HEADER_RIGHT if column.numeric else styles.HEADER
        if column.behind:
            style = styles.BEHIND_HEADER
            canvas.widen(position, 9)
        title = "" if column.part == "letters" else column.title
        words = f"{title}\n{column.letter}" if column.letter else title
        canvas.put(place.header, position, words or None, style)
        room = max(canvas.widths[position] - 1.5, 4)
        lines = max(lines, lines_of(words, room, style.size, bold=style.bold))
    return lines


def _write_row(canvas: Canvas, place: TablePlace, row: FlatRow, at: int, counted: int | None) -> int:
    """Write a row of the body; return how many lines its longest text takes."""
    stands_out = any(cell.mark in {Mark.ABOVE, Mark.BELOW} for cell in row.cells)
    lines = 1
    for number, (column, cell) in enumerate(zip(place.flat.columns, row.cells, strict=True)):
        style = _look(column, cell, row, marked=number == counted, stands_out=stands_out)
        room = canvas.widths[place.columns[number]] - 1
        if isinstance(cell.value, str) and not column.numeric:
            needed = lines_of(cell.value, room, style.size, bold=style.bold)
            if needed > 1:
                style = replace(style, wrap=True)
            lines = max(lines, needed)
        formula = ""
        if cell.derivation is not None and isinstance(cell.value, float) and cell.format is not None:
            formula = formula_for(cell.derivation, cell.value, cell.format, lambda ref: _resolve(place, row, ref))
        elif cell.file and isinstance(cell.value, str):
            formula = words.opens_file(cell.file, cell.value)
            style = replace(style, color=LIGHT.link, underline=True) if formula else style
        canvas.put(at, place.columns[number], _written(cell), style, formula=formula, shown=_shown(cell, style))
    return lines


def _look(column: FlatColumn, cell: FlatCell, row: FlatRow, *, marked: bool, stands_out: bool) -> Style:
    style = styles.BEHIND if column.behind else styles.BODY
    bold, color, fill = row.total, style.color, "" if column.behind or not row.total else LIGHT.bg
    form = LEFT_TEXT
    if isinstance(cell.value, float) and cell.format is not None:
        form = number_format(cell.format, cell.value, row.level if marked else BaseLevel.PLAIN)
        if column.type is ColumnType.NUMBER and cell.format is Format.SCORE:
            bold, color = True, color if row.level in _PLAIN_LEVELS else LIGHT.muted
    elif column.numeric:
        form, color = RIGHT_TEXT, LIGHT.muted
    if marked and row.level is not BaseLevel.PLAIN and not row.total:
        fill = LIGHT.warn_bg
        if column.type is ColumnType.NAME:
            form += '"*"' if row.level is BaseLevel.SMALL else '"**"'
    if column.type is ColumnType.NAME:
        form = "_m_m" * row.indent + form
        bold = bold or stands_out
    if column.level in {BaseLevel.UNTESTED, BaseLevel.HIDDEN}:
        bold, color = row.total, LIGHT.muted
    if column.part == "letters":
        bold, color = True, LIGHT.detractor_text if cell.mark is Mark.BELOW else LIGHT.promoter_text
    elif column.part == "reading":
        bold, color = _reading_look(cell.mark)
    elif cell.tone is not None:
        bold, color = bold or cell.tone is not Tone.MUTED, LIGHT.words(cell.tone)
    if column.behind:
        return replace(style, number_format=form)
    align = "right" if column.numeric else "left"
    return replace(style, number_format=form, bold=bold, color=color, fill=fill, align=align)


_PLAIN_LEVELS = frozenset({BaseLevel.PLAIN})


def _reading_look(mark: Mark | None) -> tuple[bool, str]:
    """Bold and colour of a reading: only clear differences stand out."""
    match mark:
        case Mark.ABOVE:
            return True, LIGHT.promoter_text
        case Mark.BELOW:
            return True, LIGHT.detractor_text
        case _:
            return False, LIGHT.muted


def _written(cell: FlatCell) -> float | int | str | None:
    """What goes into the cell: whole numbers as whole numbers."""
    if isinstance(cell.value, float) and cell.format is Format.COUNT and cell.value.is_integer():
        return int(cell.value)
    return cell.value


def _shown(cell: FlatCell, style: Style) -> str:
    marks = style.number_format.split(";")[0].partition('"')[2].partition('"')[0]
    return cell.shown + (marks if set(marks) == {"*"} else "")


def _count_column(flat: FlatTable) -> int | None:
    """The column that carries the mark of a small base: "n", else the first count, else the name."""
    shown = [i for i, column in enumerate(flat.columns) if not column.behind]
    for index in shown:
        if flat.columns[index].key == "n":
            return index
    for index in shown:
        cells = [row.cells[index] for row in flat.rows]
        if any(cell.format is Format.COUNT for cell in cells):
            return index
    return next((i for i in shown if flat.columns[i].type is ColumnType.NAME), None)


def _resolve(place: TablePlace, row: FlatRow, ref: Ref) -> Term | None:
    key, column_key = ref
    target = row if not key else next((other for other in place.flat.rows if other.key == key), None)
    if target is None:
        return None
    for number, column in enumerate(place.flat.columns):
        if (column.key, column.part) == (column_key, ""):
            value = target.cells[number].value
            at = place.row(target.key)
            if isinstance(value, float) and at is not None:
                return Term(words.cell_reference(at, place.columns[number]), value)
    return None
