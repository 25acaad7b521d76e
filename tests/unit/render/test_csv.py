"""Tables and answers as CSV: read back they are the same, and nothing in them runs."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import replace

import pytest

from cxdesk.blocks.table import Cell, ColumnType, Table, TableColumn, TableRow
from cxdesk.render.clipboard import table_to_clipboard
from cxdesk.render.csv import answers_csv, raw_number, safe_text, table_to_csv
from cxdesk.report.data import data_columns
from cxdesk.survey.amount import Amount, AmountKind, TimeUnit
from cxdesk.survey.counting import Sample
from cxdesk.survey.role import Role
from cxdesk.text import Format, Translator, say
from tests.builders import survey
from tests.unit.render.period_charts import EVERY
from tests.unit.render.reports import groups_table

ENGLISH = Translator("en")


def lines(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "+49 30 12", "-x", "\tx", "\rx", "\nx", "\0x", "＝1", "＋1", "＠x"]
)
def test_text_that_would_run_gets_an_apostrophe(text: str) -> None:
    assert safe_text(text) == "'" + text


@pytest.mark.parametrize("text", ["-5", "+3.5", "-12,5", "10", "-5%", "plain", "", "a=b"])
def test_plain_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert safe_text(text) == text


def test_numbers_keep_all_their_digits() -> None:
    assert [raw_number(value) for value in (31.0, -5.0, 0.1, 2 / 3)] == ["31", "-5", "0.1", repr(2 / 3)]


def test_a_table_has_plain_columns_and_raw_numbers() -> None:
    rows = lines(table_to_csv(groups_table(), ENGLISH))
    assert rows[0][:7] == ["Region", "n", "NPS", "Low", "High", "vs others", "Reading"]
    west = next(row for row in rows if row[0] == "West")
    assert float(west[2]) == pytest.approx(100 * (164 - 117) / 402)
    assert west[6] == "▼ clearly below"
    assert west[-2:] == ["117", "164"]


@pytest.mark.parametrize("name", EVERY)
def test_the_numbers_of_every_chart_paste_with_their_headings(name: str) -> None:
    table = EVERY[name].as_table()
    saved = lines(table_to_csv(table, ENGLISH))
    pasted = [line.split("\t") for line in table_to_clipboard(table, ENGLISH)[0].splitlines()]
    assert len(saved) == len(pasted) == 1 + len(table.rows)
    assert {len(line) for line in saved} == {len(line) for line in pasted} == {len(saved[0])}
    for written in (saved, pasted):
        values = [field for line in written[1:] for field in line[1:] if field]
        assert values
        assert all(math.isfinite(float(value)) for value in values)


def test_a_gap_of_shares_is_in_points() -> None:
    table = Table(
        "t", say("T"), (TableColumn("gap", "Gap", ColumnType.GAP),), (TableRow("r", (Cell(0.05, Format.PERCENT_GAP),)),)
    )
    assert lines(table_to_csv(table, ENGLISH))[1][0] == "5"


def test_answers_are_words_and_personal_columns_stay_out() -> None:
    dataset = survey(
        recommend=[10, None, 3],
        segment={"Region": ["North", "=North", " "]},
        multiple={"Used": [["App"], [], None]},
        date=["2025-09-30", "2025-09-30 14:05", None],
        comment=['said "no"', "two\nlines", ""],
        private={"Phone": ["123", "456", "789"]},
    )
    rows = lines("".join(answers_csv(dataset, ENGLISH)))
    assert "Phone" not in rows[0]
    assert len(rows) == 4
    first = dict(zip(rows[0], rows[1], strict=True))
    assert first["Recommend"] == "10"
    assert first["Region"] == "North"
    assert first["Used: App"] == "yes"
    assert first["Date"] == "2025-09-30"
    assert first["Comment"] == 'said "no"'
    second = dict(zip(rows[0], rows[2], strict=True))
    assert (second["Recommend"], second["Region"], second["Used: App"]) == ("", "'=North", "no")
    assert second["Date"] == "2025-09-30 14:05:00"
    assert second["Comment"] == "two\nlines"
    assert dict(zip(rows[0], rows[3], strict=True))["Used: App"] == ""


def test_times_are_written_in_the_unit_of_the_file() -> None:
    dataset = survey(recommend=[9, 3], weight=[651_600.0, 2_520.0])
    hours = replace(dataset.question("weight"), role=Role.OPERATION, amount=Amount(AmountKind.TIME, TimeUnit.HOUR))
    dataset = replace(dataset, questions=(dataset.question("recommend"), hours))
    rows = lines("".join(answers_csv(dataset, ENGLISH)))
    assert [row[1] for row in rows] == ["Weight (hours)", "181", "0.7"]
    on_sheet = data_columns(Sample(dataset), hide_private=True)[1]
    assert ENGLISH(on_sheet.header) == "Weight (hours)"
    assert on_sheet.numbers is not None
    assert on_sheet.numbers.tolist() == [181.0, 0.7]


def test_personal_columns_come_when_asked_for() -> None:
    dataset = survey(recommend=[9], private={"Phone": ["123"]})
    assert "Phone" in lines("".join(answers_csv(dataset, ENGLISH, private=True)))[0]


def test_every_field_is_quoted_and_the_words_follow_the_language() -> None:
    dataset = survey(recommend=[9, 0], multiple={"Used": [["App"], []]})
    text = "".join(answers_csv(dataset, Translator("zh_CN")))
    assert '"是"' in text
    assert '"否"' in text
    assert all(
        field.startswith('"') and field.endswith('"')
        for line in text.split("\r\n")
        if line
        for field in line.split(",")
    )
