"""Copied tables paste as true numbers and as plain text."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from cxdesk.blocks.table import Cell, ColumnType, Table, TableColumn, TableRow
from cxdesk.render.clipboard import table_to_clipboard
from cxdesk.text import Translator, say
from tests.unit.render.reports import groups_table

ENGLISH = Translator("en")


class Cells(HTMLParser):
    """The texts and styles of the cells of an HTML table."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.styles: list[str] = []
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"td", "th"}:
            self._inside = True
            self.texts.append("")
            self.styles.append(dict(attrs).get("style") or "")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[-1] += data


def test_numbers_paste_as_numbers() -> None:
    text, html = table_to_clipboard(groups_table(), ENGLISH)
    rows = [line.split("\t") for line in text.splitlines()]
    assert rows[0][0] == "Region"
    west = next(row for row in rows if row[0] == "West")
    assert float(west[2]) == pytest.approx(100 * (164 - 117) / 402)
    assert not any("−" in cell for cell in west[1:6])
    assert west[2] in Cells(html).texts


def test_only_the_chosen_rows() -> None:
    text, html = table_to_clipboard(groups_table(), ENGLISH, rows=["west"])
    assert len(text.splitlines()) == 2
    assert "East" not in html


def test_what_people_wrote_pastes_as_text() -> None:
    table = Table(
        "t",
        say("T"),
        (TableColumn("name", "Name", ColumnType.NAME),),
        (TableRow("a", (Cell("=1+1"),)), TableRow("b", (Cell("<b>&\tx"),))),
    )
    text, html = table_to_clipboard(table, ENGLISH)
    assert text.splitlines()[1:] == ["'=1+1", "<b>& x"]
    cells = Cells(html)
    assert cells.texts[1:] == ["=1+1", "<b>&\tx"]
    assert all("\\@" in style for style in cells.styles[1:])
