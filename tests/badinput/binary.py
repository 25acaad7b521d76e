"""Writes small workbooks of Excel's two binary kinds, .xlsb and .xls, for which there is no library to write them.

Only what the readers need is written: texts, numbers, truth values, errors, and for .xlsb hidden rows and columns.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Value = str | float | bool | None


@dataclass(frozen=True, slots=True)
class Error:
    """An error cell, by its number: 42 is #N/A."""

    code: int = 42


Cells = Mapping[tuple[int, int], Value | Error]
"""What stands where: (row, column) from 0."""


def placed(rows: Iterable[Iterable[Value | Error]]) -> dict[tuple[int, int], Value | Error]:
    return {(y, x): value for y, row in enumerate(rows) for x, value in enumerate(row) if value is not None}


# --- .xlsb: records with numbers and lengths of seven bits per byte, in a zip ([MS-XLSB] 2.1.4)


def _record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(content), b""
    while size >= 0x80:
        length += bytes([size & 0x7F | 0x80])
        size >>= 7
    return head + length + bytes([size]) + content


def _wide(text: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded


def _cell(column: int, value: Value | Error, shared: list[str]) -> bytes:
    place = struct.pack("<II", column, 0)
    match value:
        case Error(code):
            return _record(3, place + bytes([code]))
        case bool():
            return _record(4, place + bytes([value]))
        case str():
            shared.append(value)
            return _record(7, place + struct.pack("<I", len(shared) - 1))
        case _:
            return _record(5, place + struct.pack("<d", value))


def xlsb(
    cells: Cells, *, hidden_rows: frozenset[int] = frozenset(), hidden_columns: frozenset[int] = frozenset()
) -> bytes:
    """A workbook with one sheet, "Answers"."""
    shared: list[str] = []
    last_row, last_column = max(row for row, _ in cells), max(column for _, column in cells)
    sheet = _record(129) + _record(148, struct.pack("<IIII", 0, last_row, 0, last_column)) + _record(390)
    for column in sorted(hidden_columns):
        sheet += _record(60, struct.pack("<IIIIH", column, column, 2560, 0, 1))
    sheet += _record(391) + _record(145)
    for row in sorted({row for row, _ in cells}):
        flags = bytes([0, 0x10 if row in hidden_rows else 0, 0])
        sheet += _record(0, struct.pack("<IIH", row, 0, 300) + flags + struct.pack("<I", 0))
        for column in sorted(column for y, column in cells if y == row):
            sheet += _cell(column, cells[row, column], shared)
    sheet += _record(146) + _record(130)
    book = _record(131) + _record(143) + _record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Answers"))
    book += _record(144) + _record(132)
    texts = _record(159, struct.pack("<II", len(shared), len(shared)))
    texts += b"".join(_record(19, b"\0" + _wide(text)) for text in shared) + _record(160)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="bin" '
        'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.bin"/><Relationship Id="rId2" '
        f'Type="{office}/sharedStrings" Target="sharedStrings.bin"/></Relationships>',
        "xl/workbook.bin": book,
        "xl/worksheets/sheet1.bin": sheet,
        "xl/sharedStrings.bin": texts,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


# --- .xls: records with numbers and lengths of two bytes, as a stream inside a compound file ([MS-XLS], [MS-CFB])

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def _old(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _old_cell(row: int, column: int, value: Value | Error) -> bytes:
    place = struct.pack("<HHH", row, column, 15)
    match value:
        case Error(code):
            return _old(0x205, place + bytes([code, 1]))
        case bool():
            return _old(0x205, place + bytes([value, 0]))
        case str():
            return _old(0x204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
        case _:
            return _old(0x203, place + struct.pack("<d", value))


def xls(cells: Cells) -> bytes:
    """A workbook of Excel 97 with one sheet, "Answers"."""
    start = struct.pack("<HHHHII", 0x600, 0x5, 0xDBB, 0x7CC, 0, 6)
    formats = b"".join(_old(0xE0, struct.pack("<HHHBBBBIIH", 0, 0, 0xFFF5, 0x20, 0, 0, 0, 0, 0, 0)) for _ in range(16))
    font = _old(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\x05\0Arial")
    name = b"Answers"
    before = _old(0x809, start) + _old(0x42, b"\xb0\x04") + _old(0x22, b"\0\0") + font * 4 + formats
    sheet_at = len(before) + 4 + 6 + 2 + len(name) + 4
    book = before + _old(0x85, struct.pack("<IBB", sheet_at, 0, 0) + bytes([len(name), 0]) + name) + _old(0x0A)
    rows, columns = max(row for row, _ in cells) + 1, max(column for _, column in cells) + 1
    sheet = _old(0x809, start[:2] + struct.pack("<H", 0x10) + start[4:])
    sheet += _old(0x200, struct.pack("<IIHHH", 0, rows, 0, columns, 0))
    sheet += b"".join(_old_cell(*place, value) for place, value in sorted(cells.items())) + _old(0x0A)
    return _compound(book + sheet)


def _compound(stream: bytes) -> bytes:
    """A compound file with one stream, "Workbook"."""
    stream = stream.ljust(4096, b"\0")  # shorter ones would lie in the small sectors
    count = -(-len(stream) // _SECTOR)
    tables = 1
    while tables * 128 < count + 1 + tables:
        tables += 1
    chain = [_FAT] * tables + [_END] + [tables + 2 + n for n in range(count - 1)] + [_END]
    chain += [_FREE] * (tables * 128 - len(chain))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, _END, 0, _END, 0)
    head += struct.pack(f"<{tables}I", *range(tables)) + struct.pack("<I", _FREE) * (109 - tables)
    entries = _entry("Root Entry", 5, _END, 0, child=1) + _entry("Workbook", 2, tables + 1, len(stream))
    folder = (entries + _entry("", 0, 0, 0) * 2).ljust(_SECTOR, b"\0")
    return head + struct.pack(f"<{len(chain)}I", *chain) + folder + stream.ljust(count * _SECTOR, b"\0")


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    wide = (name + "\0").encode("utf-16-le") if name else b""
    fixed = struct.pack("<HBBIII", len(wide), kind, 1, _FREE, _FREE, child)
    return wide.ljust(64, b"\0") + fixed + bytes(36) + struct.pack("<IQ", start, size)
