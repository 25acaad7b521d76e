"""Reading back finds every kind of damage to a workbook before anybody gets it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from cxdesk.job import Unattended
from cxdesk.render.excel.layout import layout
from cxdesk.render.excel.model import WorkbookModel
from cxdesk.render.excel.verify import Faulty, verify_content
from cxdesk.render.excel.verify_rows import differing_cell
from cxdesk.render.excel.workbook import workbook_content
from cxdesk.text import Translator
from tests.unit.render.excel.opening import parts
from tests.unit.render.reports import data_columns, data_sheet, full_report, report

JOB = Unattended()


@pytest.fixture(scope="module")
def model() -> WorkbookModel:
    return layout(full_report(), Translator("en"))


@pytest.fixture(scope="module")
def content(model: WorkbookModel) -> bytes:
    return workbook_content(model, JOB)


def changed(content: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """The workbook with one of its parts changed."""
    buffer = io.BytesIO()
    done = False
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode("utf-8")
            if name == part:
                done = change(text) != text
                text = change(text)
            target.writestr(name, text)
    assert done, "the change must change something"
    return buffer.getvalue()


def first(pattern: str, replacement: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, replacement, text, count=1, flags=re.DOTALL)


SHEET, STRINGS, CHART = "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/charts/chart1.xml"


def test_a_sound_workbook_passes(model: WorkbookModel, content: bytes) -> None:
    verify_content(content, model, JOB)


@pytest.mark.parametrize(
    ("part", "change", "place"),
    [
        (SHEET, first(r"(<f>[^<]*</f><v>)[^<]*", r"\g<1>12345"), "cached result"),
        (SHEET, first(r"<f>[^<]*</f>", "<f>1+1</f>"), "formula"),
        (SHEET, first(r"<v>812</v>", "<v>813</v>"), "value"),
        (STRINGS, first("clearly above", "clearly below"), "value"),
        (SHEET, first(r'(<c r="C6" s=")\d+', r"\g<1>1"), "number format"),
        (SHEET, first(r'width="[\d.]+"', 'width="55.7"'), "width of column"),
        (SHEET, first(r' ht="[\d.]+"', ' ht="99"'), "height of row"),
        (SHEET, first(r'topLeftCell="C5"', 'topLeftCell="C9"'), "frozen panes"),
        (SHEET, first(r'location="[^"]*"', "location=\"'Notes'!A1\""), "link"),
        (SHEET, first(r"(<sheetData>.*?</c>)", r'\1<c r="ZZ1"><v>1</v></c>'), "was not meant"),
        (SHEET, first(r'(<c r="C5"[^>]*>.*?</c>)', r"\1\1"), "a cell occurs twice"),
        (SHEET, first(r'<row r="6"', '<row r="3"'), "rows out of order"),
        (CHART, first(r"<c:numCache>.*?</c:numCache>", ""), "a chart series without its numbers"),
        (CHART, first(r"<c:v>0\.[^<]*</c:v>", "<c:v>nan</c:v>"), "a chart value that is no number"),
        ("docProps/core.xml", first("Store survey", "Other"), "document properties"),
        ("xl/workbook.xml", first(r"'Segments'!\$D\$5", r"'Segments'!$D$6"), "defined names"),
        ("xl/workbook.xml", first('name="Notes"', 'name="Other"'), "sheet names"),
        (STRINGS, first("answer 3", "answer x"), "Data: B9"),
        ("xl/worksheets/sheet5.xml", first(r"<row r=\"8\">.*?</row>", ""), "Data: B8"),
    ],
)
def test_every_kind_of_fault_is_found(
    model: WorkbookModel, content: bytes, part: str, change: Callable[[str], str], place: str
) -> None:
    with pytest.raises(Faulty) as found:
        verify_content(changed(content, part, change), model, JOB)
    assert any(place in where for where in found.value.places), found.value.places


def test_a_link_to_the_outside_is_found(model: WorkbookModel, content: bytes) -> None:
    bad = changed(
        content,
        "xl/_rels/workbook.xml.rels",
        lambda text: text.replace(
            "</Relationships>", '<Relationship Id="x" Type="externalLink" Target="y"/></Relationships>'
        ),
    )
    with pytest.raises(Exception, match=r"reaches outside|externalLink|no item named"):
        verify_content(bad, model, JOB)


def test_faults_never_hold_what_people_wrote(model: WorkbookModel, content: bytes) -> None:
    bad = changed(content, STRINGS, lambda text: text.replace("West", "Secret").replace("North", "Private"))
    with pytest.raises(Faulty) as found:
        verify_content(bad, model, JOB)
    assert not re.search("West|Secret|North|Private", str(found.value).replace("Segments", ""))


@pytest.mark.parametrize("most_at_once", [10**6, 0])
def test_both_ways_of_reading_rows_find_a_changed_answer(most_at_once: int) -> None:
    texts = ["one", "two\nlines", "a&b <c>", "_x0041_", "", "两行", "=1+1"]
    model = layout(report(data_sheet(), data=data_columns(texts)), Translator("en"))
    content = workbook_content(model, JOB)
    block = model.sheets[0].data
    assert block is not None

    def wrong(workbook: bytes) -> str:
        return differing_cell(workbook, 0, "Data", block, JOB, most_at_once)

    part = "xl/worksheets/sheet1.xml"
    assert wrong(content) == ""
    assert wrong(changed(content, STRINGS, first("a&amp;b", "a&amp;x"))) == "B8"
    assert wrong(changed(content, part, first(r"<v>45932\.75</v>", "<v>45932.5</v>"))) == "E8"
    assert wrong(
        changed(content, part, first(r"(</row>)(</sheetData>)", r'\1<row r="13"><c r="B13"><v>1</v></c></row>\2'))
    )


@pytest.mark.parametrize("most_at_once", [10**6, 0])
def test_answers_that_are_all_different_are_checked_too(most_at_once: int) -> None:
    texts = [f"answer {number} & more" for number in range(5_100)]
    model = layout(report(data_sheet(), data=data_columns(texts)[:1]), Translator("en"))
    content = workbook_content(model, JOB)
    block = model.sheets[0].data
    assert block is not None
    assert "answer 77 " not in parts(content, STRINGS)[STRINGS]
    part = "xl/worksheets/sheet1.xml"
    assert differing_cell(content, 0, "Data", block, JOB, most_at_once) == ""
    bad = changed(content, part, first("answer 5077 &amp;", "answer 5077 +"))
    assert differing_cell(bad, 0, "Data", block, JOB, most_at_once) == "B5083"
