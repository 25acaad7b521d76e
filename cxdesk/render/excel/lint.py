"""Rules about the inside of a workbook that Excel insists on and that no validator checks (RELIABILITY.md 4.2)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import combinations

from cxdesk.render.excel import words
from cxdesk.render.excel.model import Placed, SheetModel, WorkbookModel

_CELL = re.compile(r'<c r="([A-Z]+)(\d+)"')
_ROW = re.compile(r'<row r="(\d+)"')
_REFERENCE = re.compile(r"<c:(num|str)Ref><c:f>[^<]*</c:f>(<c:(num|str)Cache>)?")
_NUMBERS = re.compile(r"<c:numCache>.*?</c:numCache>", re.DOTALL)
_VALUE = re.compile(r"<c:v>([^<]*)</c:v>")
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
_FOREIGN = re.compile(r"externalLink|vbaProject|TargetMode=\"External\"|activeX|oleObject|connections\.xml|pivotCache")
_MOST_LINKS = 65_530


def lint(workbook: bytes, model: WorkbookModel) -> list[str]:
    """Every broken rule, by the part of the file that breaks it; empty if there is none."""
    places = [place for sheet in model.sheets for place in _sheet_rules(sheet)]
    places += _name_rules(model)
    with zipfile.ZipFile(io.BytesIO(workbook)) as source:
        for name in source.namelist():
            text = source.read(name).decode("utf-8")
            places += [f"{name}: {rule}" for rule in _part_rules(name, text)]
    return places


def _sheet_rules(sheet: SheetModel) -> Iterator[str]:
    if words.utf16_units(sheet.name) > words.MAX_TAB or re.search(r"[\[\]:*?/\\]|^'|'$|^$", sheet.name):
        yield f"sheet name of {sheet.key}"
    places = [(cell.row, cell.column) for cell in sheet.cells]
    if len(set(places)) != len(places):
        yield f"{sheet.key}: two values for one cell"
    if any(row >= words.MAX_ROWS or column >= words.MAX_COLUMNS for row, column in places):
        yield f"{sheet.key}: cells beyond the edge"
    merged = [cell for cell in sheet.cells if cell.rows > 1 or cell.columns > 1]
    if any(_overlap(one, other) for one, other in combinations(merged, 2)):
        yield f"{sheet.key}: overlapping merged cells"
    covered = {
        (cell.row + row, cell.column + column)
        for cell in merged
        for row in range(cell.rows)
        for column in range(cell.columns)
    } - {(cell.row, cell.column) for cell in merged}
    if covered & set(places):
        yield f"{sheet.key}: a value under merged cells"
    if sum(bool(cell.link) for cell in sheet.cells) > _MOST_LINKS:
        yield f"{sheet.key}: too many links"
    if any(isinstance(cell.value, str) and words.utf16_units(cell.value) > words.MAX_TEXT for cell in sheet.cells):
        yield f"{sheet.key}: text too long"


def _name_rules(model: WorkbookModel) -> Iterator[str]:
    tabs = [sheet.name.casefold() for sheet in model.sheets]
    if len(set(tabs)) != len(tabs):
        yield "sheet names are not unique"
    names = [name for name, _ in model.names]
    if len({name.casefold() for name in names}) != len(names):
        yield "defined names are not unique"
    if any(words.defined_name(name) != name for name in names):
        yield "a defined name that Excel refuses"


def _part_rules(name: str, text: str) -> Iterator[str]:
    if _FOREIGN.search(name) or (not name.startswith("xl/worksheets/sheet") and _FOREIGN.search(text)):
        yield "reaches outside the workbook"
    if name.startswith("xl/worksheets/sheet"):
        cells = _CELL.findall(text)
        if len(set(cells)) != len(cells):
            yield "a cell occurs twice"
        rows = [int(number) for number in _ROW.findall(text)]
        if rows != sorted(set(rows)):
            yield "rows out of order"
    if name.startswith("xl/charts/chart"):
        references = _REFERENCE.findall(text)
        if any(kind != cache for kind, _, cache in references) or (text.count("<c:ser>") and not references):
            yield "a chart series without its numbers"
        if any(not _NUMBER.fullmatch(value) for cache in _NUMBERS.findall(text) for value in _VALUE.findall(cache)):
            yield "a chart value that is no number"


def _overlap(one: Placed, other: Placed) -> bool:
    return (
        one.row < other.row + other.rows
        and other.row < one.row + one.rows
        and one.column < other.column + other.columns
        and other.column < one.column + one.columns
    )
