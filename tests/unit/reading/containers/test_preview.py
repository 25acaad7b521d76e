"""Previews: the same beginning in other encodings, what each separator gives, and the first rows of every container."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import openpyxl
import pytest

from cxdesk.job import Unattended
from cxdesk.reading.grid import Choices
from cxdesk.reading.looks import Preview
from cxdesk.reading.preview import preview
from cxdesk.reading.problem import ReadRefused

TEXT = "编号;地区;推荐意愿;您的建议\n1;华东;9;服务很好\n2;华北;7;请回电13812345678\n"


def look(path: Path, choices: Choices = Choices()) -> Preview:
    return preview(str(path), choices, Unattended())


@pytest.mark.parametrize("codec", ["gb18030", "utf-8", "utf-16", "utf-16-le"])
def test_one_of_three_ways_shows_the_text_as_it_was_written(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "survey.csv"
    path.write_bytes(TEXT.encode(codec))
    found = look(path)
    assert 1 <= len(found.ways) <= 3
    assert ("编号", "地区", "推荐意愿", "您的建议") in [way.rows[0] for way in found.ways if way.rows]
    assert dict(found.delimiters)[";"] == 4
    assert dict(found.delimiters)["\t"] == 1
    assert found.rows[1] == ("1", "华东", "9", "服务很好")


def test_personal_items_are_masked(tmp_path: Path) -> None:
    path = tmp_path / "survey.csv"
    path.write_text(TEXT, encoding="utf-8")
    assert "13812345678" not in repr(look(path))


def test_packed_text_is_looked_at_like_any_other(tmp_path: Path) -> None:
    packed = tmp_path / "survey.csv.gz"
    packed.write_bytes(gzip.compress(TEXT.encode("gb18030")))
    archive = tmp_path / "survey.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("survey.csv", TEXT.encode("gb18030"))
    for path in (packed, archive):
        assert "GB18030" in [way.name for way in look(path).ways]


def test_a_workbook_has_first_rows_but_no_encodings(tmp_path: Path) -> None:
    path = tmp_path / "survey.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["A title"])
    sheet.append(["Number", "NPS"])
    for number in range(20):
        sheet.append([number, number % 11])
    book.create_sheet("Other").append(["x", "y"])
    book["Other"].append([1, 2])
    book.save(path)
    found = look(path)
    assert (found.ways, found.delimiters) == ((), ())
    assert found.rows[:3] == (("A title", ""), ("Number", "NPS"), ("0", "0"))
    assert look(path, Choices(sheet="Other")).rows == (("x", "y"), ("1", "2"))


def test_rows_are_those_that_a_header_row_counts(tmp_path: Path) -> None:
    path = tmp_path / "survey.csv"
    path.write_text("A title\n\nNumber,NPS\n1,9\n2,10\n", encoding="utf-8")
    assert look(path).rows.index(("Number", "NPS")) == 2


def test_what_is_no_text_has_no_ways(tmp_path: Path) -> None:
    path = tmp_path / "survey.csv"
    path.write_bytes(bytes(range(256)) * 40)
    with pytest.raises(ReadRefused):
        look(path)
