"""Blocks refuse what could not be drawn, and a chart gives its numbers as a table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cxdesk.blocks.chart import Chart, ChartKind, Series
from cxdesk.blocks.note import Note, NoteLevel
from cxdesk.blocks.palette import DARK, LIGHT, Palette, Tone
from cxdesk.blocks.section import Row, Section
from cxdesk.blocks.table import Cell, ColumnType, Share, Table, TableColumn, TableRow
from cxdesk.survey.base import Base
from cxdesk.text import Format, Text, Translator

EN = Translator("en")
TITLE = Text("A title")
NAME = TableColumn("name", "Name", ColumnType.NAME)
SCORE = TableColumn("score", "Score")


def table(*rows: TableRow) -> Table:
    return Table("t", TITLE, (NAME, SCORE), rows)


def test_a_table_gives_a_cell_by_its_keys() -> None:
    cell = Cell(12.5, Format.SCORE, Base(402))
    found = table(TableRow("west", (Cell("West"), cell)))
    assert found.cell("west", "score") is cell
    for row, column in (("east", "score"), ("west", "range")):
        with pytest.raises(KeyError):
            found.cell(row, column)


def test_a_table_refuses_rows_that_do_not_fit() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        table(TableRow("west", (Cell("West"),)))
    twice = TableRow("west", (Cell("West"), Cell(1)))
    with pytest.raises(ValueError, match="twice"):
        table(twice, twice)


def chart(*series: Series, **others: object) -> Chart:
    made = Chart("c", TITLE, ChartKind.BARS, ("a", "b"), series, Format.PERCENT, Text("found"))
    return replace(made, **others)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "series",
    [
        Series("s", (1.0,)),
        Series("s", (1.0, 2.0), low=(0.5,), high=(1.5, 2.5)),
        Series("s", (1.0, 2.0), hollow=(True,)),
        Series("s", (1.0, 2.0), tones=(Tone.ACCENT, Tone.FAINT, Tone.ACCENT)),
    ],
)
def test_a_chart_refuses_series_that_do_not_fit(series: Series) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        chart(series)


def test_one_tone_serves_all_categories() -> None:
    assert Series("s", (1.0, 2.0)).tone(1) is Tone.ACCENT
    assert Series("s", (1.0, 2.0), tones=(Tone.ACCENT, Tone.FAINT)).tone(1) is Tone.FAINT


def test_a_chart_as_table_has_every_number_with_its_range() -> None:
    now = Series("Now", (0.5, None), low=(0.4, None), high=(0.6, None))
    found = chart(now, Series("Before", (0.3, 0.2))).as_table()
    assert [EN(column.title) for column in found.columns] == ["Group", "Now", "Range", "Before"]
    assert found.cell("row0", "value0") == Cell(0.5, Format.PERCENT)
    assert found.cell("row0", "range0") == Cell(None, Format.PERCENT, low=0.4, high=0.6)
    assert found.cell("row1", "value0").value is None
    assert found.cell("row1", "value1").value == 0.2
    assert [EN(str(row.cells[0].value)) for row in found.rows] == ["a", "b"]


def test_a_chart_of_counted_people_shows_them_and_derives_its_shares() -> None:
    found = chart(Series("s", (0.25, 0.75)), counts=(5, 15), base=Base(20)).as_table()
    assert found.rows[0].total
    assert found.cell("all", "n").value == 20
    assert [found.cell(row, "n").value for row in ("row0", "row1")] == [5, 15]
    assert [found.cell(row, "share").value for row in ("row0", "row1")] == [0.25, 0.75]
    assert found.cell("row0", "share").derivation == Share(("", "n"), ("all", "n"))


def test_a_chart_of_nobody_has_no_shares() -> None:
    found = chart(Series("s", (None, None)), counts=(0, 0), base=Base(0)).as_table()
    assert found.cell("row1", "share") == Cell(None, Format.PERCENT)


def test_a_chart_over_periods_as_table_says_how_many_answered() -> None:
    found = chart(Series("NPS", (10.0, 20.0)), kind=ChartKind.LINE, sizes=(40, 62), format=Format.SCORE).as_table()
    assert [EN(column.title) for column in found.columns] == ["Period", "n", "NPS"]
    assert [found.cell(row, "n").value for row in ("row0", "row1")] == [40, 62]


def test_steps_lead_from_the_first_value_to_the_last() -> None:
    three = ("Before", "North", "Now")
    steps = chart(categories=three, series=(Series("s", (0.5, 0.1, 0.6)),), kind=ChartKind.BRIDGE)
    table = steps.as_table()
    assert [table.cell(row, "value0").format for row in ("row0", "row1")] == [Format.PERCENT, Format.PERCENT_GAP]
    for values in ((0.5, 0.1, 0.7), (0.5, None, 0.6)):
        with pytest.raises(ValueError, match="do not lead"):
            replace(steps, series=(Series("s", values),))


def test_a_section_lists_its_blocks_from_top_to_bottom() -> None:
    first, second = Note(NoteLevel.INFO, TITLE, TITLE), table()
    section = Section("s", TITLE, TITLE, TITLE, (Row((first,)), Row((second, first))))
    assert section.blocks() == (first, second, first)


def luminance(color: str) -> float:
    """Relative luminance of WCAG 2.1."""
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_stands_out_from_its_ground(palette: Palette) -> None:
    grounds = (palette.bg, palette.surface, palette.surface2, palette.selection)
    plain = ("text", "text2", "muted", "link", "detractor_text", "promoter_text")
    pairs = [(name, getattr(palette, name), ground) for name in plain for ground in grounds[:2]]
    pairs += [("text", palette.text, ground) for ground in grounds]
    pairs += [(tone, palette.on(tone), palette.fill(tone)) for tone in (Tone.DETRACTOR, Tone.PASSIVE, Tone.PROMOTER)]
    pairs += [("accent", palette.on_accent, palette.accent)]
    pairs += [
        (name, getattr(palette, f"{name}_text"), getattr(palette, f"{name}_bg"))
        for name in ("warn", "ok", "info", "error")
    ]
    assert {(name, one, other) for name, one, other in pairs if contrast(one, other) < 4.5} == set()
    assert contrast(palette.control, palette.surface) >= 3
    assert contrast(palette.focus, palette.surface) >= 3


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_meaning_has_its_colours(palette: Palette) -> None:
    for tone in Tone:
        for color in (palette.fill(tone), palette.on(tone), palette.words(tone)):
            assert len(color) == 7
            assert color.startswith("#")
    parts = {palette.fill(tone) for tone in (Tone.DETRACTOR, Tone.PASSIVE, Tone.PROMOTER)}
    assert len(parts) == 3
