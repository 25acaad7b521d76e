"""OpenDocument, SPSS and Stata, web pages, archives, and files that are no survey at all."""

import datetime
import gzip
import io
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from cxdesk.job import Unattended
from cxdesk.reading import container
from cxdesk.reading.grid import Choices, Grid
from cxdesk.reading.guards import LIMITS
from cxdesk.reading.problem import ReadRefused

from .reading import cells, notes, read, read_bytes, refusal, rows, texts
from .test_workbooks import simple

NAMESPACES = (
    " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in [("office", "office"), ("table", "table"), ("text", "text"), ("style", "style")]
    )
    + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
HIDDEN_STYLE = (
    '<office:automatic-styles><style:style style:name="ta2" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
)


def document(*tables: str, doctype: str = "", encrypted: bool = False) -> bytes:
    xml = (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<office:document-content {NAMESPACES}>{HIDDEN_STYLE}'
        f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>" if encrypted else "<manifest/>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", xml)
        archive.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def table(*rows_of_table: str, name: str = "Answers", style: str = "ta1") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{"".join(rows_of_table)}</table:table>'


def row(*cells_of_row: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells_of_row)}</table:table-row>"


def repeated(what: str, times: int) -> str:
    return f'table:number-{what}-repeated="{times}"'


def words(text: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p></table:table-cell>'


def number(value: float, attributes: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}" {attributes}>'
        f"<text:p>{value:.0f}</text:p></table:table-cell>"
    )


HEADER = row(words("Region"), words("Score"), words("When"))
DAY = (
    '<table:table-cell office:value-type="date" office:date-value="2025-09-14T18:02:00">'
    "<text:p>14/09/25</text:p></table:table-cell>"
)


class TestOpenDocument:
    def test_values_repeats_comments_and_spaces(self, tmp_path: Path) -> None:
        north = words("North<text:s text:c='2'/>East</text:p><text:p>second line")
        noted = (
            '<table:table-cell office:value-type="string"><office:annotation><text:p>a remark</text:p>'
            "</office:annotation><text:p>South</text:p></table:table-cell>"
        )
        content = document(
            table(
                HEADER,
                row(north, number(0.92), DAY),
                row(noted, number(9), attributes=repeated("rows", 3)),
                row(
                    '<table:table-cell table:number-columns-repeated="1021"/>',
                    attributes='table:number-rows-repeated="1048570"',
                ),
            )
        )
        assert rows(read_bytes(tmp_path, content, "a.ods")) == [
            ["Region", "Score", "When"],
            ["North  East\nsecond line", "0.92", "2025-09-14 18:02:00"],
            *[["South", "9", ""]] * 3,
        ]

    def test_counts_errors_hidden_and_merged(self, tmp_path: Path) -> None:
        error = words("#N/A", 'calcext:value-type="error"')
        content = document(
            table(
                '<table:table-column table:visibility="collapse"/>',
                row(
                    words("How satisfied", 'table:number-columns-spanned="2"'),
                    "<table:covered-table-cell/>",
                    words("c"),
                    words("d"),
                ),
                row(words("Speed"), words("Price"), words("Why"), words("NPS")),
                row(words("x"), number(1), error, number(3), attributes='table:visibility="filter"'),
            ),
            table(HEADER, row(words("y")), name="Old", style="ta2"),
        )  # fmt: skip
        grid = read_bytes(tmp_path, content, "a.ods")
        assert notes(grid) == {
            "error_cell": 1,
            "hidden_row": 1,
            "hidden_column": 1,
            "merged_cell": 1,
            "hidden_sheet": 1,
        }
        assert grid.row(0) == ["How satisfied", "How satisfied", "c", "d"]

    def test_repeats_without_end_are_refused_before_they_cost_anything(self, tmp_path: Path) -> None:
        wide = row(
            words("x", 'table:number-columns-repeated="16384"'), attributes='table:number-rows-repeated="1000000"'
        )
        assert refusal(tmp_path, document(table(HEADER, wide)), "a.ods").code == "too_many_cells"

    def test_locked_unsafe_and_broken(self, tmp_path: Path) -> None:
        assert refusal(tmp_path, document(table(HEADER, HEADER), encrypted=True), "a.ods").code == "password"
        laugh = '<!DOCTYPE lolz [<!ENTITY lol "lol">]>'
        assert refusal(tmp_path, document(table(HEADER, HEADER), doctype=laugh), "a.ods").code == "unsafe"
        assert refusal(tmp_path, document("<table:table>"), "a.ods").code == "damaged"
        assert refusal(tmp_path, document(table()), "a.ods").code == "empty"


class TestStatisticsFiles:
    DATA = pd.DataFrame(
        {
            "q1": [1.0, 2.0, 99.0, np.nan, 1.5],
            "region": ["N", "S", "", "N", "X"],
            "day": [datetime.date(2025, 9, 14)] * 4 + [None],
        }
    )

    def written(
        self, tmp_path: Path, name: str, writer: Callable[..., None] = pyreadstat.write_sav, **options: object
    ) -> Grid:
        path = tmp_path / name
        writer(self.DATA, str(path), **options)
        return read(path)

    @pytest.mark.parametrize("name", ["a.sav", "a.zsav"])
    def test_the_code_book_comes_along(self, tmp_path: Path, name: str) -> None:
        grid = self.written(
            tmp_path,
            name,
            compress=name == "a.zsav",
            column_labels=["How satisfied are you?", "Region", "Day"],
            variable_value_labels={"q1": {1: "Very", 2: "Not at all", 99: "No answer"}},
            missing_ranges={"q1": [99], "region": ["X"]},
        )
        assert (grid.container, grid.coded, grid.rows) == (name[2:], True, 5)
        score, region, day = grid.columns
        assert (score.name, score.label) == ("q1", "How satisfied are you?")
        assert texts(score) == ["1", "2", "99", "", "1.5"]
        assert score.labels == (("1", "Very"), ("2", "Not at all"), ("99", "No answer"))
        assert (score.missing, region.missing) == (("99",), ("X",))
        assert texts(day) == ["2025-09-14"] * 4 + [""]
        assert (day.dates, score.dates) == (True, False)
        assert all(column.values[0] == "" for column in grid.columns)

    @pytest.mark.parametrize("shape", ["QYR8", "MOYR8"])
    def test_months_and_quarters_are_days_and_not_long_numbers(self, tmp_path: Path, shape: str) -> None:
        path = tmp_path / "a.sav"
        seconds = (datetime.date(2014, 10, 1) - datetime.date(1582, 10, 14)).total_seconds()
        pyreadstat.write_sav(pd.DataFrame({"period": [seconds]}), str(path), variable_format={"period": shape})
        (period,) = read(path).columns
        assert (texts(period), period.dates) == (["2014-10-01"], True)

    def test_ranges_of_missing_codes_name_the_codes_that_occur(self, tmp_path: Path) -> None:
        grid = self.written(tmp_path, "a.sav", missing_ranges={"q1": [{"lo": 90, "hi": 99}]})
        assert grid.columns[0].missing == ("99",)

    def test_stata_and_portable_files_read_the_same(self, tmp_path: Path) -> None:
        stata = self.written(tmp_path, "a.dta", pyreadstat.write_dta)
        portable = self.written(tmp_path, "a.por", pyreadstat.write_por)
        assert stata.container == "dta"
        assert portable.container == "por"
        assert cells(stata)[:2] == cells(portable)[:2] == [["1", "2", "99", "", "1.5"], ["N", "S", "", "N", "X"]]

    def test_a_damaged_file(self, tmp_path: Path) -> None:
        self.written(tmp_path, "a.sav")
        content = (tmp_path / "a.sav").read_bytes()
        assert refusal(tmp_path, content[:120], "b.sav").code == "damaged"


def test_a_web_page_saved_as_a_workbook(tmp_path: Path) -> None:
    page = (
        '<html><head><meta charset="gb2312"></head><body><table><tr><td>menu</td></tr></table><table>'
        "<tr><th>地区</th><th colspan=2>评分</th></tr><tr><td>华北<br>区</td><td>9</td><td>&lt;好&gt;</td></tr>"
        "<tr><td>华南</td><td>8<td>好</tr></table></body></html>"
    )
    grid = read_bytes(tmp_path, page.encode("gb18030"), "export.xls")
    assert rows(grid) == [["地区", "评分", "评分"], ["华北\n区", "9", "<好>"], ["华南", "8", "好"]]
    assert refusal(tmp_path, b"<html><body>Please log in</body></html>", "export.xls").code == "no_table"


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return out.getvalue()


class TestArchives:
    CSV = b"Region,Score\nNorth,9\n"

    def test_one_file_inside(self, tmp_path: Path) -> None:
        grid = read_bytes(tmp_path, zipped(survey_csv=self.CSV), "export.zip")
        assert (grid.name, grid.cell(1, 0)) == ("survey.csv", "North")
        assert read_bytes(tmp_path, gzip.compress(self.CSV), "survey.csv.gz").name == "survey.csv"
        inside = zipped(answers_xlsx=simple([["a", "b"], [1, 2]]))
        assert read_bytes(tmp_path, inside, "export.zip").container == "xlsx"

    def test_other_files_beside_the_one_with_answers(self, tmp_path: Path) -> None:
        content = zipped(survey_csv=self.CSV, readme_pdf=b"%PDF-1.4")
        assert read_bytes(tmp_path, content, "export.zip").name == "survey.csv"

    def test_several_candidates_are_named(self, tmp_path: Path) -> None:
        refused = refusal(tmp_path, zipped(first_csv=self.CSV, second_csv=self.CSV), "export.zip")
        assert refused.code == "several_files"
        assert "first.csv, second.csv" in str(refused.reason)

    def test_archives_in_archives_and_empty_ones(self, tmp_path: Path) -> None:
        assert refusal(tmp_path, zipped(a_zip=zipped(b_csv=self.CSV)), "export.zip").code == "nested_archive"
        assert refusal(tmp_path, zipped(), "export.zip").code == "empty"

    def test_the_cap_on_unpacking(self, tmp_path: Path) -> None:
        small = LIMITS.__class__(unpacked_bytes=1000)
        content = self.CSV * 1000
        for packed, name in ((zipped(a_csv=content), "a.zip"), (gzip.compress(content), "a.csv.gz")):
            assert refusal(tmp_path, packed, name, limits=small).code == "unpacked_too_big"


def old_office(*names: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000 + b"".join(name.encode("utf-16-le") for name in names)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n\n , ,\n", "empty"),
        (b"Region,Score\n", "only_headers"),
        (pickle.dumps({"model": list(range(50))}), "pickle"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "pdf"),
        (b"SQLite format 3\0" + bytes(100), "database"),
        (b"PAR1" + bytes(100), "data_store"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(50), "packed"),
        (b"{\\rtf1 hello}", "document"),
        (b'{"answers": [1, 2, 3]}', "json"),
        (b'[{"score": 9}, {"score": 8}]', "json"),
        (b'<?xml version="1.0"?><Workbook/>', "xml"),
        (b"ID;PWXL;N;E\nP;PGeneral\n", "sylk"),
        (bytes(range(256)) * 20, "unknown"),
        (b"\x1c\0\0\0\0\0\0\0ENCRYPTEDSAV\x15\0\0\0" + bytes(80), "password"),
        (old_office("EncryptionInfo", "EncryptedPackage"), "password"),
        (old_office("WordDocument"), "document"),
        (old_office("Workbook"), "damaged"),
        (zipped(**{"word/document_xml": b"<a/>"}), "document"),
        (zipped(**{"Index/Document_iwa": b"x"}), "numbers"),
    ],
)
def test_files_that_are_no_survey_are_named(tmp_path: Path, content: bytes, code: str) -> None:
    refused = refusal(tmp_path, content, "survey.sav")
    assert refused.code == code
    assert str(refused.reason).endswith(".")
    assert str(refused.remedy).endswith(".")


def test_files_that_are_not_there_or_not_files(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "gone.csv", "missing"), (tmp_path, "folder")):
        with pytest.raises(ReadRefused) as caught:
            read(path)
        assert caught.value.code == code


def test_a_file_that_is_too_big_is_not_even_looked_at(tmp_path: Path) -> None:
    assert refusal(tmp_path, b"a,b\n1,2\n", limits=LIMITS.__class__(file_bytes=4)).code == "too_big"


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "survey.csv"
    path.write_bytes(b"a,b\n1,2\n")
    honest = container.read_origin

    def meanwhile(*arguments: Any, **options: Any) -> Grid:
        grid = honest(*arguments, **options)
        path.write_bytes(b"a,b\n1,3\n")
        return grid

    monkeypatch.setattr(container, "read_origin", meanwhile)
    with pytest.raises(ReadRefused) as caught:
        container.read_grid(str(path), Choices(), Unattended())
    assert caught.value.code == "changed"
