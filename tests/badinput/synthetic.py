"""Bombs and extremes: files that claim too much, repeat too often, or are far larger inside than outside.

Each case says how it may end. Most are a few kilobytes; ``cheap`` ones are made and read within a second or two.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.badinput.binary import xls, xlsb
from tests.badinput.bombs import (
    LAUGHS,
    MEGABYTE,
    OUTSIDE,
    QUADRATIC,
    SHEET,
    SHEET_END,
    SURVEY,
    TEXTS,
    Repeated,
    archive,
    corners,
    declared,
    encoded,
    gzip_bomb,
    long_cells,
    longer_text,
    noise,
    ods_rows,
    ods_text,
    overlapping,
    patched,
    rows_of_sheet,
    sheet,
    text_of,
    wide_sheet,
    workbook,
)
from tests.badinput.seeds import open_document, zipped

READ = "read"


@dataclass(frozen=True, slots=True)
class Case:
    """One file: its name and ending, what it may end as, and how its bytes are made, in pieces."""

    name: str
    ending: str
    ends: tuple[str, ...]
    make: Callable[[], bytes | Iterator[bytes]]
    cheap: bool = True

    def write(self, folder: Path) -> Path:
        path = folder / f"{self.name}.{self.ending}"
        made = self.make()
        with path.open("wb") as out:
            for piece in (made,) if isinstance(made, bytes) else made:
                out.write(piece)
        return path


CASES: tuple[Case, ...] = (
    # Zip bombs
    Case(
        "string-bomb",
        "xlsx",
        ("unpacks_too_far",),
        lambda: workbook(sharedStrings=Repeated(TEXTS + b"<si><t>", b"A" * MEGABYTE, 10_240, b"</t></si></sst>")),
    ),
    Case(
        "whitespace-bomb",
        "xlsx",
        ("unpacks_too_far",),
        lambda: workbook(sheet1=Repeated(SHEET, b" " * MEGABYTE, 10_240, SHEET_END)),
    ),
    Case(
        "shared-strings-bomb",
        "xlsx",
        ("unpacks_too_far",),
        lambda: workbook(sharedStrings=Repeated(TEXTS, b"<si><t>a</t></si>" * 60_000, 2_048, b"</sst>")),
    ),
    Case(
        "rows-bomb",
        "xlsx",
        ("unpacks_too_far",),
        lambda: workbook(sheet1=Repeated(SHEET, b"<row><c><v>1</v></c></row>" * 40_000, 4_096, SHEET_END)),
    ),
    Case(
        "rows-just-below-the-cap",
        "xlsx",
        ("too_many_rows", "unpacks_too_far"),
        lambda: workbook(sheet1=Repeated(SHEET, b"<row><c><v>1</v></c></row>" * 40_000, 60, SHEET_END)),
    ),
    Case(
        "strings-just-below-the-cap",
        "xlsx",
        (READ, "damaged"),
        lambda: workbook(sharedStrings=Repeated(TEXTS, b"<si><t>a</t></si>" * 60_000, 60, b"</sst>")),
    ),
    Case(
        "zip-of-one-bomb",
        "zip",
        ("unpacks_too_far",),
        lambda: archive({"a.csv": Repeated(b"a,b\n", b"1,2\n" * 262_144, 10_240, b"")}),
    ),
    Case(
        "zip-that-understates",
        "zip",
        ("damaged",),
        lambda: archive({"a.csv": Repeated(b"a,b\n", b"1,2\n" * 262_144, 200, b"")}, claim=9),
    ),
    Case("zip-that-overlaps", "xlsx", ("unpacks_too_far",), overlapping),
    Case("zip-of-many-parts", "zip", ("unpacks_too_far",), lambda: zipped({f"{n}.csv": b"" for n in range(10_500)})),
    Case("gzip-bomb", "csv.gz", ("unpacks_too_far", "unpacked_too_big"), gzip_bomb),
    Case("gzip-in-gzip", "csv.gz", ("nested_archive",), lambda: gzip.compress(gzip.compress(SURVEY.encode()))),
    Case(
        "ods-bomb",
        "ods",
        ("unpacks_too_far",),
        lambda: archive(
            {
                "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
                "content.xml": Repeated(b"<a>", b"<b/>" * 262_144, 4_096, b"</a>"),
            }
        ),
    ),
    # Entities
    *(
        Case(f"laughs-in-{part}", "xlsx", ("unsafe",), declared(LAUGHS, "&j;", part))
        for part in ("workbook", "sheet1", "sharedStrings", "styles", "app")
    ),
    Case("quadratic-entities", "xlsx", ("unsafe",), declared(QUADRATIC, "&a;" * 50_000, "sharedStrings")),
    Case("entity-from-outside", "xlsx", ("unsafe",), declared(OUTSIDE, "&a;", "sharedStrings")),
    Case(
        "laughs-in-ods",
        "ods",
        ("unsafe",),
        lambda: open_document("<table:table>&j;</table:table>", f"<!DOCTYPE x [{LAUGHS}]>"),
    ),
    Case(
        "entity-from-outside-ods",
        "ods",
        ("unsafe",),
        lambda: open_document("<table:table>&a;</table:table>", f"<!DOCTYPE x [{OUTSIDE}]>"),
    ),
    # Cells far away, and too many of them
    Case("A1-XFD1048576", "xlsx", ("stray_cell",), lambda: corners("XFD1048576")),
    Case("A1-CV1048576", "xlsx", ("stray_cell",), lambda: corners("CV1048576")),
    Case("A1-XFD1048576-binary", "xlsb", ("stray_cell",), lambda: xlsb({(0, 0): 1.0, (1_048_575, 16_383): 2.0})),
    Case("A1-CV1048576-binary", "xlsb", ("stray_cell",), lambda: xlsb({(0, 0): 1.0, (1_048_575, 99): 2.0})),
    Case("A1-IV65536", "xls", (READ,), lambda: xls({(0, 0): "a", (1, 0): 1.0, (65_535, 255): 2.0}), cheap=False),
    Case("columns-16384", "xlsx", (READ,), lambda: wide_sheet(16_384, 3), cheap=False),
    Case("columns-1000000", "csv", ("too_many_columns",), text_of(",", 10**6, "a")),
    Case("rows-1048576", "xlsx", (READ,), lambda: rows_of_sheet(1_048_576, 2), cheap=False),
    Case(
        "row-number-of-5000-digits",
        "xlsx",
        ("too_many_rows", "damaged", "only_headers"),
        lambda: sheet(f'<row r="{"9" * 5000}"><c><v>1</v></c></row>'),
    ),
    Case(
        "ods-rows-times-columns",
        "ods",
        ("too_many_cells",),
        lambda: ods_rows(ods_text('table:number-columns-repeated="100"'), 'table:number-rows-repeated="1000000"'),
    ),
    Case(
        "ods-cells-1e9",
        "ods",
        ("too_many_columns",),
        lambda: ods_rows(ods_text('table:number-columns-repeated="999999999"')),
    ),
    Case(
        "ods-rows-1e9",
        "ods",
        ("too_many_rows",),
        lambda: ods_rows(ods_text(), 'table:number-rows-repeated="999999999"'),
    ),
    Case(
        "ods-number-of-5000-digits",
        "ods",
        (READ,),
        lambda: ods_rows(ods_text(f'table:number-rows-spanned="{"9" * 5000}"')),
    ),
    Case(
        "ods-empty-to-the-edges",
        "ods",
        (READ,),
        lambda: ods_rows(
            ods_text() + '<table:table-cell table:number-columns-repeated="16383"/>',
            further='<table:table-row table:number-rows-repeated="1048574">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>',
        ),
    ),
    # Files that keep a search going back and forth
    Case("cells-never-closed", "xlsx", ("damaged", "only_headers"), lambda: sheet("<row>" + "<c " * 600_000)),
    Case("rows-never-closed", "xlsx", ("damaged", "only_headers"), lambda: sheet("<row " * 400_000)),
    Case(
        "formulas-never-closed", "xlsx", ("damaged", "only_headers"), lambda: sheet('<row><c t="e">' + "<f " * 600_000)
    ),
    Case(
        "blanks-after-formula",
        "xlsx",
        (READ, "only_headers", "damaged"),
        lambda: sheet("<row><c><f>1</f>" + " " * 3_000_000 + "<v>1</v></c></row>"),
    ),
    Case(
        "blanks-in-error",
        "xlsx",
        (READ, "only_headers", "damaged", "empty"),
        lambda: sheet('<row><c t="e">' + " " * 3_000_000 + "<v>#N/A</v></c></row>"),
    ),
    Case(
        "attributes-without-end",
        "xlsx",
        (READ, "damaged", "only_headers", "empty"),
        lambda: sheet("<row><c " + ' t="e"' * 300_000 + "><v>1</v></c></row>"),
    ),
    Case("texts-never-closed", "xlsx", (READ, "damaged"), lambda: workbook(sharedStrings=TEXTS + b"<si>" * 1_000_000)),
    Case("deep-workbook", "xlsx", ("damaged",), lambda: workbook(workbook=b"<a>" * 500_000)),
    Case("deep-sheet", "xlsx", ("damaged", "empty", "only_headers"), lambda: sheet("<a>" * 500_000)),
    Case("deep-ods", "ods", ("damaged",), lambda: open_document("<table:table>" * 300_000)),
    Case(
        "html-tags-never-closed",
        "html",
        (READ, "empty", "only_headers", "no_table"),
        lambda: b"<table><tr><td>" + b"<a " * 400_000,
    ),
    Case(
        "html-comments-never-closed",
        "html",
        (READ, "empty", "only_headers", "no_table"),
        lambda: b"<table><tr><td>a" + b"<!--" * 200_000,
    ),
    Case(
        "html-declarations",
        "html",
        (READ, "empty", "only_headers", "no_table"),
        lambda: b"<table><tr><td>a" + b"<![" * 300_000,
    ),
    Case(
        "html-entities",
        "html",
        (READ, "empty", "only_headers", "no_table"),
        lambda: b"<table><tr><td>a" + b"&#" * 500_000,
    ),
    Case("html-deep-tables", "html", (READ, "empty", "only_headers"), lambda: b"<table><tr><td>a" * 100_000),
    Case("html-colspan", "html", ("too_many_columns",), lambda: b"<table><tr>" + b"<td colspan=16384>a</td>" * 10_000),
    Case(
        "html-colspan-5000-digits",
        "html",
        (READ, "only_headers"),
        lambda: b"<table><tr><td colspan=" + b"9" * 5000 + b">a</td></tr><tr><td>b</td></tr></table>",
    ),
    # Text
    Case("commas-50-million", "csv", ("long_line",), text_of(",", 50_000_000), cheap=False),
    Case("line-of-200-MB", "csv", ("long_line",), text_of("x", 200 * MEGABYTE, "a,b\n"), cheap=False),
    Case("quotes-gone-wrong", "csv", (READ, "too_many_columns", "long_line"), text_of('"x"y"z",', 10**6), cheap=False),
    Case("quotes-gone-wrong-in-lines", "csv", (READ,), text_of('"x"y"z",1\n', 10**5, "a,b\n")),
    Case("quote-never-closed", "csv", (READ,), lambda: SURVEY.encode() + b'"open, and never closed\n1,2,3\n'),
    Case(
        "quote-never-closed-200-MB",
        "csv",
        (READ, "long_cell", "too_many_rows"),
        text_of("North,9,good\n", 16 * MEGABYTE, 'a,b,c\n"'),
        cheap=False,
    ),
    Case(
        "ragged",
        "csv",
        (READ,),
        lambda: "".join(",".join("x" * (n * 7 % 23 + 1)) + "\n" for n in range(5_000)).encode(),
    ),
    Case("all-zero-bytes-10-MB", "csv", ("unknown", "empty"), text_of("\0", 10 * MEGABYTE)),
    Case("zero-bytes-inside", "csv", (READ,), lambda: SURVEY.replace("good", "go\0od").encode()),
    Case("empty-lines-50-MB", "csv", ("empty", "too_many_rows"), text_of("\n", 50 * MEGABYTE), cheap=False),
    Case("cell-of-100-MB", "csv", ("long_line", "long_cell"), text_of("x", 100 * MEGABYTE, 'a,b\n"'), cheap=False),
    Case(
        "cell-of-2-MB-in-lines",
        "csv",
        ("long_cell",),
        lambda: b'a,b\n1,"' + b"xxxxxxxxxxxxxxx\n" * 131_072 + b'"\n2,3\n',
    ),
    Case(
        "cell-of-20-MB",
        "xlsx",
        ("long_cell",),
        lambda: sheet(
            '<row r="1"><c r="A1"><v>1</v></c></row>'
            f'<row r="2"><c r="A2" t="str"><v>{noise(20 * MEGABYTE).decode()}</v></c></row>'
        ),
        cheap=False,
    ),
    Case(
        "shared-text-of-20-MB",
        "xlsx",
        ("long_cell", "out_of_memory"),
        lambda: workbook(
            sharedStrings=TEXTS
            + b"<si><t>"
            + noise(20 * MEGABYTE)
            + b"</t></si>"
            + b"<si><t>a</t></si>" * 50
            + b"</sst>"
        ),
        cheap=False,
    ),
    *(
        Case(
            f"survey-in-{codec}{mark}",
            "csv",
            (READ,),
            partial(encoded, codec, mark),
        )
        for codec in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
        for mark in ("", "-marked")
    ),
    *(
        Case(f"long-cells-{name}", "csv", (READ, "damaged", "only_headers"), partial(long_cells, unit))
        for name, unit in (
            ("digits", "9"),
            ("blanks", "1 "),
            ("commas", "1,234"),
            ("words", "a b"),
            ("times", "1:"),
            ("brackets", "(1"),
            ("full-width", "９．"),
            ("marks", "张三 a@b.c "),
            ("dashes", "1-"),
        )
    ),
    # Files of statistics programs that claim too much
    Case("sav-claims-2e9-rows", "sav", (READ, "too_many_rows", "damaged"), lambda: patched("sav", 80, "<i", 2**31 - 1)),
    Case(
        "sav-claims-2e9-columns",
        "sav",
        (READ, "too_many_columns", "damaged"),
        lambda: patched("sav", 68, "<i", 2**31 - 1),
    ),
    Case("xlsb-text-longer-than-file", "xlsb", (READ, "damaged"), longer_text),
    Case("xls-claims-2e9-bytes", "xls", (READ, "damaged", "document"), lambda: patched("xls", 44, "<I", 0xFFFFFFF0)),
)
