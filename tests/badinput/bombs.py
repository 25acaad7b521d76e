"""Builds the bombs of `synthetic`: archives written by hand, sheets with too much in them, hostile declarations."""

from __future__ import annotations

import gzip
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.badinput.binary import placed, xlsb
from tests.badinput.seeds import SEEDS, as_xlsx, open_document, table, zipped

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Repeated:
    """A part of a zip that holds ``unit`` very often; it is packed once and the packed bytes are repeated."""

    before: bytes
    unit: bytes
    times: int
    after: bytes

    def packed(self) -> tuple[bytes, int, int]:
        """Packed bytes, checksum and unpacked size."""
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        start = packer.compress(self.before) + packer.flush(zlib.Z_FULL_FLUSH)
        middle = packer.compress(self.unit) + packer.flush(zlib.Z_FULL_FLUSH)
        end = packer.compress(self.after) + packer.flush(zlib.Z_FINISH)
        size = len(self.before) + len(self.unit) * self.times + len(self.after)
        checksum = zlib.crc32(self.before)
        # Beyond a few hundred megabytes nobody gets as far as the checksum.
        for _ in range(self.times if size < 400 * MEGABYTE else 0):
            checksum = zlib.crc32(self.unit, checksum)
        return start + middle * self.times + end, zlib.crc32(self.after, checksum), size


def archive(parts: dict[str, bytes | Repeated], *, claim: int | None = None) -> bytes:
    """A zip file, written by hand; ``claim`` is what the last part says about its own unpacked size."""
    out, directory = io.BytesIO(), io.BytesIO()
    for position, (name, part) in enumerate(parts.items()):
        packed, checksum, size = (part if isinstance(part, Repeated) else Repeated(part, b"", 0, b"")).packed()
        if claim is not None and position == len(parts) - 1:
            size = claim
        start = out.tell()
        sizes = struct.pack("<II", len(packed), min(size, 0xFFFFFFFF))
        wide = struct.pack("<HHQ", 1, 8, size) if size >= 0xFFFFFFFF else b""
        common = struct.pack("<HHHHHI", 45, 0, 8, 0, 0x21, checksum) + sizes
        out.write(b"PK\3\4" + common + struct.pack("<HH", len(name), 0) + name.encode() + packed)
        directory.write(
            b"PK\1\2"
            + struct.pack("<H", 45)
            + common
            + struct.pack("<HHHHHII", len(name), len(wide), 0, 0, 0, 0, start)
        )
        directory.write(name.encode() + wide)
    start = out.tell()
    out.write(directory.getvalue())
    out.write(b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, len(parts), len(parts), directory.tell(), start, 0))
    return out.getvalue()


def workbook(**changed: bytes | Repeated | Callable[[bytes], bytes]) -> bytes:
    """Our small workbook with some parts replaced; names stand without folder and ending."""
    with zipfile.ZipFile(io.BytesIO(as_xlsx())) as seed:
        parts: dict[str, bytes | Repeated] = {info.filename: seed.read(info) for info in seed.infolist()}
    for short, part in changed.items():
        name = next(name for name in parts if name.rsplit("/", 1)[-1] == f"{short}.xml")
        old = parts[name]
        parts[name] = part(old) if callable(part) and isinstance(old, bytes) else part  # type: ignore[assignment]
    return archive(parts)


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{_MAIN}"><sheetData>'.encode()
SHEET_END = b"</sheetData></worksheet>"
TEXTS = f'<?xml version="1.0" encoding="UTF-8"?><sst xmlns="{_MAIN}">'.encode()


def sheet(cells: str) -> bytes:
    """A workbook whose first sheet holds these rows."""
    return workbook(sheet1=SHEET + cells.encode() + SHEET_END)


def corners(last: str) -> bytes:
    """A sheet with two cells: A1 and one far away."""
    digits = last.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    far = f'<row r="{digits}"><c r="{last}"><v>2</v></c></row>'
    return sheet(f'<row r="1"><c r="A1"><v>1</v></c></row>{far}')


def text_of(unit: str, times: int, before: str = "") -> Callable[[], Iterator[bytes]]:
    """A text file that repeats a piece, made in blocks."""

    def make() -> Iterator[bytes]:
        yield before.encode()
        block = max(MEGABYTE // len(unit), 1)
        for start in range(0, times, block):
            yield unit.encode() * min(block, times - start)

    return make


def declared(entities: str, use: str, part: str) -> Callable[[], bytes]:
    """A workbook with a document type in one part, which makes reading it long or reads other files."""

    def change(old: bytes) -> bytes:
        head, _, rest = old.partition(b"?>")
        return head + b"?><!DOCTYPE x [" + entities.encode() + b"]>" + rest.replace(b"</", use.encode() + b"</", 1)

    return lambda: workbook(**{part: change})


LAUGHS = '<!ENTITY a "lol">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
QUADRATIC = f'<!ENTITY a "{"x" * 50_000}">'
OUTSIDE = '<!ENTITY a SYSTEM "file:///etc/hostname">'


def noise(size: int, seed: int = 1) -> bytes:
    """Characters that do not pack well."""
    return random.Random(seed).randbytes(size // 2).hex().encode()


def rows_of_sheet(count: int, columns: int) -> bytes:
    def pieces() -> Iterator[bytes]:
        for number in range(1, count + 1):
            cells = "".join(f'<c r="{chr(65 + x)}{number}"><v>{(number * 7 + x) % 11}</v></c>' for x in range(columns))
            yield f'<row r="{number}">{cells}</row>'.encode()

    return workbook(sheet1=SHEET + b"".join(pieces()) + SHEET_END)


def wide_sheet(columns: int, rows: int) -> bytes:
    cells = "".join(f"<c><v>{x % 5}</v></c>" for x in range(columns))
    return sheet("".join(f'<row r="{y + 1}">{cells}</row>' for y in range(rows)))


def ods_rows(cell: str, row: str = "", *, further: str = "") -> bytes:
    header = "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>"
    return open_document(
        f'<table:table table:name="A">{header}<table:table-row {row}>{cell}</table:table-row>{further}</table:table>'
    )


def ods_text(attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>x</text:p></table:table-cell>'


def patched(container: str, place: int, form: str, value: int) -> bytes:
    content = bytearray(SEEDS[container]())
    struct.pack_into(form, content, place, value)
    return bytes(content)


def gzip_bomb() -> bytes:
    """A gzip file of 10 GB of one letter, in ten thousand equal pieces."""
    return gzip.compress(b"a" * MEGABYTE, mtime=0) * 10_240


def overlapping() -> bytes:
    """A zip whose two hundred parts share the same packed bytes, each just small enough to pass."""
    packed, checksum, size = Repeated(b"", b"a" * MEGABYTE, 60, b"").packed()
    out, directory = io.BytesIO(), io.BytesIO()
    common = struct.pack("<HHHHHIII", 20, 0, 8, 0, 0x21, checksum, len(packed), size)
    names = ["[Content_Types].xml", "xl/workbook.xml", *(f"xl/worksheets/sheet{n}.xml" for n in range(200))]
    out.write(b"PK\3\4" + common + struct.pack("<HH", len(names[0]), 0) + names[0].encode() + packed)
    for name in names:
        directory.write(
            b"PK\1\2" + struct.pack("<H", 20) + common + struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0)
        )
        directory.write(name.encode())
    start = out.tell()
    out.write(directory.getvalue())
    out.write(b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, len(names), len(names), directory.tell(), start, 0))
    return out.getvalue()


def longer_text() -> bytes:
    with zipfile.ZipFile(io.BytesIO(xlsb(placed(table())))) as seed:
        parts = {info.filename: seed.read(info) for info in seed.infolist()}
    parts["xl/sharedStrings.bin"] = parts["xl/sharedStrings.bin"].replace(b"\6\0\0\0R\0", b"\xff\xff\xff\x7fR\0")
    return zipped(parts)


def long_cells(unit: str) -> bytes:
    """Cells of a few hundred kilobytes that look like something at first."""
    lines = ["Region;How likely are you to recommend us?;Why"]
    lines += [f"North;{n % 11};{unit * (300_000 // len(unit))}x{n}" for n in range(4)]
    lines += [f"South;{unit * (200_000 // len(unit))};{n}" for n in range(2)]
    return "\n".join(lines).encode()


SURVEY = "Region,Score,Why\n" + "".join(f"{('North', '华东')[n % 2]},{n % 11},很好 good {n}\n" for n in range(50))


def encoded(codec: str, mark: str) -> bytes:
    """A small survey in an encoding, with a byte order mark if ``mark`` is anything."""
    return (("\ufeff" if mark else "") + SURVEY).encode(codec)
