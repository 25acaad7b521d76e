"""What we count ourselves beside the libraries, and the kinds of files that we read with parsers of our own."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from cxdesk.reading import excel, workbooks
from cxdesk.reading.binary_sheets import column_letters
from cxdesk.reading.guards import Limits
from cxdesk.reading.markup import pieces
from cxdesk.reading.origin import Origin
from tests.badinput.binary import Error, Value, placed, xls, xlsb

from .reading import notes, read_bytes, refusal, rows
from .test_workbooks import simple, with_part

ANSWERS: list[list[Value | Error]] = [
    ["Region", "Score", "Why"],
    ["North", 9.0, "好"],
    ["South", Error(42), " "],
    ["West", Error(7), True],
]


@pytest.mark.parametrize(("make", "ending"), [(xlsb, "xlsb"), (xls, "xls")])
def test_error_cells_of_binary_workbooks_are_counted(tmp_path: Path, make: Callable[..., bytes], ending: str) -> None:
    grid = read_bytes(tmp_path, make(placed(ANSWERS)), f"a.{ending}")
    assert rows(grid) == [["Region", "Score", "Why"], ["North", "9", "好"], ["South", "", ""], ["West", "", "TRUE"]]
    assert notes(grid) == {"error_cell": 2}
    assert {"1 cell holds the error #N/A", "1 cell holds the error #DIV/0!"} == {str(each.text) for each in grid.unused}


def test_hidden_rows_and_columns_of_a_binary_workbook(tmp_path: Path) -> None:
    content = xlsb(placed(ANSWERS), hidden_rows=frozenset({1, 2}), hidden_columns=frozenset({1}))
    assert notes(read_bytes(tmp_path, content, "a.xlsb")) == {"error_cell": 2, "hidden_row": 2, "hidden_column": 1}


def test_a_library_that_reads_fewer_cells_than_there_are_is_told_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = workbooks.with_calamine

    @contextmanager
    def forgetful(origin: Origin, limits: Limits) -> Iterator[workbooks.Book]:
        with honest(origin, limits) as book:
            yield replace(book, rows=lambda name: ([row[:-1] for row in step] for step in book.rows(name)))

    monkeypatch.setattr(excel, "with_calamine", forgetful)
    content = simple([["a", "b", "c"], *[[1, 2, 3]] * 5])
    grid = read_bytes(tmp_path, content, "a.xlsx")
    assert notes(grid) == {"readers_disagree": 6}
    assert "18 filled cells stand in the sheet, 12 were read" in str(grid.unused[0].text)
    assert notes(read_bytes(tmp_path, xlsb(placed(ANSWERS)), "a.xlsb"))["readers_disagree"] == 3


def test_blank_texts_are_no_disagreement(tmp_path: Path) -> None:
    content = simple([["a", "b"], ["  ", "x"], ["\u00a0", "y"]])
    assert notes(read_bytes(tmp_path, content, "a.xlsx")) == {}

    def inline(xml: bytes) -> bytes:
        return xml.replace(b"</row>", b'<c r="C1" t="inlineStr"><is><t> </t></is></c></row>', 1)

    assert notes(read_bytes(tmp_path, with_part(content, "xl/worksheets/sheet1.xml", inline), "a.xlsx")) == {}


def test_parts_in_wide_encodings_are_counted_too(tmp_path: Path) -> None:
    def wide(xml: bytes) -> bytes:
        return xml.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")

    content = with_part(simple([["a", "b"], [1, 2]]), "xl/worksheets/sheet1.xml", wide)
    grid = read_bytes(tmp_path, content, "a.xlsx")
    assert rows(grid) == [["a", "b"], ["1", "2"]]
    assert notes(grid) == {}


def test_what_could_not_be_counted_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "_COUNTED_UP_TO", 10)
    assert notes(read_bytes(tmp_path, xls(placed(ANSWERS)), "a.xls")) == {"uncounted": 1}


@pytest.mark.parametrize(
    ("number", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_names_of_columns(number: int, name: str) -> None:
    assert column_letters(number) == name


def test_far_more_columns_than_usual_are_said(tmp_path: Path) -> None:
    content = b",".join([b"q"] * 2_001) + b"\n" + b",".join([b"1"] * 2_001)
    assert notes(read_bytes(tmp_path, content, "a.csv")) == {"many_columns": 2_001}
    assert notes(read_bytes(tmp_path, content.replace(b"q,", b"", 1).replace(b"1,", b"", 1), "a.csv")) == {}


class TestMarkup:
    def test_tags_texts_and_what_is_left_out(self) -> None:
        page = '<p title="a>b">x &lt; y<!-- <td> --><br/><script>if (a<b) {}</script><?php ?>z</P> 3 < 4'
        assert [(piece.name, piece.text) for piece in pieces(page)] == [
            ("p", ' title="a>b"'),
            ("", "x < y"),
            ("br", "/"),
            ("script", ""),
            ("/script", ""),
            ("", "z"),
            ("/p", ""),
            ("", " 3 "),
            ("", "<"),
            ("", " 4"),
        ]

    @pytest.mark.parametrize("unit", ["<a ", "<!--", "<![", "<a b='", '<a b="', "<script>", "</", "<td ='\">"])
    def test_unfinished_things_cost_no_time(self, unit: str) -> None:
        started = time.process_time()
        assert sum(1 for _ in pieces(unit * 200_000)) <= 800_000
        assert time.process_time() - started < 8


SPREADSHEET = """<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Excel.Sheet"?>{doctype}
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel">
<Worksheet ss:Name="Old"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell></Row></Table>
<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>
</Worksheet>
<Worksheet ss:Name="Answers"><Table>
<Row><Cell><Data ss:Type="String">Region</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="String">Score</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">华北</Data><Comment><Data>note</Data></Comment></Cell><Cell/>
<Cell><Data ss:Type="Number">9</Data></Cell><Cell><Data ss:Type="DateTime">2025-09-14T00:00:00.000</Data></Cell></Row>
<Row ss:Hidden="1"><Cell ss:MergeAcross="1"><Data ss:Type="Boolean">1</Data></Cell>
<Cell><Data ss:Type="Error">#N/A</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_spreadsheet_in_xml(tmp_path: Path, encoding: str) -> None:
    content = SPREADSHEET.format(encoding=encoding, doctype="").encode(encoding)
    grid = read_bytes(tmp_path, content, "export.xls")
    assert (grid.container, grid.sheet, grid.sheets) == ("xml", "Answers", ("Old", "Answers"))
    assert rows(grid) == [
        ["Region", "", "Score", ""],
        ["", "", "", ""],
        ["华北", "", "9", "2025-09-14"],
        ["TRUE", "", "", ""],
    ]
    assert notes(grid) == {"error_cell": 1, "hidden_row": 1, "hidden_sheet": 1}


def test_a_spreadsheet_in_xml_that_is_unsafe_or_broken(tmp_path: Path) -> None:
    laugh = '<!DOCTYPE lolz [<!ENTITY lol "lol">]>'
    unsafe = SPREADSHEET.format(encoding="utf-8", doctype=laugh).encode()
    assert refusal(tmp_path, unsafe, "a.xml").code == "unsafe"
    whole = SPREADSHEET.format(encoding="utf-8", doctype="").encode()
    assert refusal(tmp_path, whole[:-30], "a.xml").code == "damaged"
    assert refusal(tmp_path, whole.replace(b'Index="3"', b'Index="99999999"', 1), "a.xml").code == "too_many_columns"
    assert (
        refusal(tmp_path, whole.replace(b'Row ss:Index="3"', b'Row ss:Index="99999999"'), "a.xml").code
        == "too_many_rows"
    )


def test_a_web_page_saved_with_all_its_parts(tmp_path: Path) -> None:
    page = "<html><table><tr><td>Region<td>Score</tr><tr><td>=E5=8D=97<td>9</tr></table></html>"
    archive = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html; '
        'charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n' + page + "\r\n--x\r\n"
        "Content-Type: image/png\r\n\r\nx\r\n--x--\r\n"
    )
    grid = read_bytes(tmp_path, archive.encode(), "export.xls")
    assert (grid.container, rows(grid)) == ("mht", [["Region", "Score"], ["南", "9"]])
    assert refusal(tmp_path, archive.replace("table", "div").encode(), "export.mht").code == "no_table"
