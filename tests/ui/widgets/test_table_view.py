"""Tables on a page: what they show, say, copy and save, and that a selection keeps the colours that mean something."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cxdesk.blocks.palette import DARK, LIGHT, Tone
from cxdesk.blocks.table import Cell, ColumnType, Mark, Table, TableColumn, TableRow
from cxdesk.survey.base import BaseLevel
from cxdesk.text import Format, Translator, say
from cxdesk.ui.theme import Theme, apply
from cxdesk.ui.widgets.table_card import TableCard
from cxdesk.ui.widgets.table_header import TableHeader
from cxdesk.ui.widgets.table_model import TableModel
from cxdesk.ui.widgets.table_view import TableView
from tests.ui.reading_widgets import has

ENGLISH = Translator("en")
CHINESE = Translator("zh_CN")
SPOKEN = Qt.ItemDataRole.AccessibleTextRole
COLUMNS = (
    TableColumn("name", "Region", ColumnType.NAME),
    TableColumn("n", say("n")),
    TableColumn("score", say("NPS")),
    TableColumn("range", say("{level} range", level="95%"), ColumnType.RANGE),
    TableColumn("dots", say("{measure} with {level} range", measure="NPS", level="95%"), ColumnType.DOTS, reference=31),
    TableColumn("gap", say("vs others"), ColumnType.GAP),
    TableColumn(
        "split",
        say("Detractors · Passives · Promoters"),
        ColumnType.SPLIT,
        parts=(
            (say("Detractors"), Tone.DETRACTOR),
            (say("Passives"), Tone.PASSIVE),
            (say("Promoters"), Tone.PROMOTER),
        ),
    ),
    TableColumn("good", "behind", ColumnType.COUNT_BEHIND),
)


def row(
    key: str,
    name: str,
    n: int,
    score: float,
    spread: float,
    gap: float | None,
    mark: Mark | None,
    level: BaseLevel = BaseLevel.PLAIN,
) -> TableRow:
    cells = (
        Cell(name),
        Cell(n, Format.COUNT),
        Cell(score, Format.SCORE),
        Cell(None, Format.SCORE, low=score - spread, high=score + spread),
        Cell(score, Format.SCORE, low=score - spread, high=score + spread),
        Cell(gap, Format.SCORE, mark=mark, shown=say("too few") if mark is Mark.UNTESTED else None),
        Cell(None, Format.PERCENT, parts=tuple(Cell(share, Format.PERCENT) for share in (0.3, 0.3, 0.4))),
        Cell(7, Format.COUNT),
    )
    return TableRow(key, cells, level, total=key == "all")


def table(*, selectable: bool = True, selected: str = "") -> Table:
    rows = (
        row("all", "All", 2846, 31, 3, None, None),
        row("north", "North", 812, 40, 5, 13, Mark.ABOVE),
        row("west", "West", 402, 12, 8, -22, Mark.BELOW),
        row("kiosk", "Online kiosk", 62, 24, 20, -7, Mark.CHANCE, BaseLevel.SMALL),
        row("airport", "Airport", 24, 8, 33, None, Mark.UNTESTED, BaseLevel.UNTESTED),
    )
    legend = say("▲ ▼ clearly above or below everyone else")
    return Table("region", say("Answers"), COLUMNS, rows, legend, selectable=selectable, selected=selected)


def test_model_keeps_the_rules_of_qt(qtbot: QtBot) -> None:
    model = TableModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_table(table(), ENGLISH)
    model.show_table(replace(table(), rows=table().rows[:2]), ENGLISH)
    model.show_table(table(), CHINESE)
    assert tester.model() is model
    assert (model.rowCount(), model.columnCount()) == (5, 7)


def test_cells_show_signs_stars_and_ranges(qtbot: QtBot) -> None:
    model = TableModel()
    model.show_table(table(), ENGLISH)
    shown = [[model.data(model.index(row, column)) for column in range(6)] for row in range(5)]
    assert shown[0] == ["All", "2,846", "+31", "+28 … +34", "", ""]
    assert shown[2] == ["West", "402", "+12", "+4 … +20", "", "−22"]
    assert [row[1] for row in shown[3:]] == ["62*", "24**"]
    assert shown[4][5] == "too few"


@pytest.mark.parametrize(
    ("translator", "expected"),
    [
        (ENGLISH, ("West", "n: 402", "NPS: +12", "vs others: −22, clearly below everyone else")),
        (CHINESE, ("West", "n：402", "NPS：+12", "−22，明显低于其他人")),
    ],
)
def test_a_row_is_read_out_as_one_sentence(qtbot: QtBot, translator: Translator, expected: tuple[str, ...]) -> None:
    model = TableModel()
    model.show_table(table(), translator)
    spoken = model.data(model.index(2, 0), SPOKEN)
    places = [spoken.find(part) for part in expected]
    assert -1 not in places
    assert places == sorted(places)


def test_every_cell_with_something_in_it_says_it(qtbot: QtBot) -> None:
    model = TableModel()
    model.show_table(table(), ENGLISH)
    for place in range(model.columnCount()):
        spoken = model.data(model.index(1, place), SPOKEN)
        assert spoken
        assert place == 0 or spoken.startswith(model.headerData(place, Qt.Orientation.Horizontal))


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> TableView:
    return shown_view(qtbot, qapp, Theme(), table())


def shown_view(qtbot: QtBot, qapp: QApplication, theme: Theme, value: Table, width: int = 1200) -> TableView:
    apply(qapp, theme)
    made = TableView()
    qtbot.addWidget(made)
    made.resize(width, 300)
    made.show_table(value, theme, Translator(theme.language))
    made.show()
    qtbot.waitExposed(made)
    return made


def test_choosing_a_row_names_it_and_a_total_names_nothing(qtbot: QtBot, view: TableView) -> None:
    chosen: list[str] = []
    view.row_chosen.connect(chosen.append)
    click(qtbot, view, 2)
    click(qtbot, view, 0)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert chosen == ["west", "north"]


def test_a_refresh_selects_quietly_and_keeps_the_choice(qtbot: QtBot, view: TableView) -> None:
    chosen: list[str] = []
    view.row_chosen.connect(chosen.append)
    view.show_table(table(selected="west"), Theme(), ENGLISH)
    assert [index.row() for index in view.selectionModel().selectedRows()] == [2]
    view.show_table(table(), Theme(), ENGLISH)
    assert [index.row() for index in view.selectionModel().selectedRows()] == [2]
    assert chosen == []


def test_a_refresh_keeps_place_and_dragged_widths(qtbot: QtBot, qapp: QApplication) -> None:
    long = replace(table(), rows=tuple(row(f"r{i}", f"Store {i}", 120, i % 60, 5, 0, Mark.CHANCE) for i in range(300)))
    view = shown_view(qtbot, qapp, Theme(), long)
    assert view.height() < 20 * 40
    view.verticalScrollBar().setValue(2000)
    view.horizontalHeader().resizeSection(0, 333)
    view.show_table(replace(long, legend=None), Theme(), ENGLISH)
    assert view.verticalScrollBar().value() == 2000
    assert view.columnWidth(0) == 333


def test_copying_gives_true_numbers(qtbot: QtBot, view: TableView) -> None:
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QGuiApplication.clipboard().text()
    west = next(line for line in text.splitlines() if line.startswith("West"))
    assert west.split("\t")[1:3] == ["402", "12"]
    assert "-22" in west.split("\t")
    assert "<td" in QGuiApplication.clipboard().mimeData().html()


def test_copying_one_cell(qtbot: QtBot, view: TableView) -> None:
    view.setCurrentIndex(view.table_model.index(2, 5))
    view.copy_cell()
    assert QGuiApplication.clipboard().text() == "-22"


def test_marked_rows_are_copied_alone_where_rows_choose_nothing(qtbot: QtBot, qapp: QApplication) -> None:
    view = shown_view(qtbot, qapp, Theme(), table(selectable=False))
    view.selectRow(1)
    view.copy_rows()
    assert [line.split("\t")[0] for line in QGuiApplication.clipboard().text().splitlines()][1:] == ["North"]


@pytest.mark.parametrize("theme", [Theme(), Theme(dark=True)], ids=["light", "dark"])
def test_a_selected_row_keeps_the_colours_that_mean_something(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    palette = DARK if theme.dark else LIGHT
    view = shown_view(qtbot, qapp, theme, table(selected="west"))
    split = picture_of(view, 2, 6)
    for color in (palette.detractor, palette.passive, palette.promoter):
        assert has(split, color)
    gap = picture_of(view, 2, 5)
    assert has(gap, palette.detractor_text)
    assert has(gap, palette.selection)


def test_parts_stand_in_order_and_apart(qtbot: QtBot, view: TableView) -> None:
    split = picture_of(view, 1, 6)
    middle = split.height() // 2 - 8
    seen = [split.pixelColor(x, middle).name().upper() for x in range(split.width())]
    detractor, promoter = LIGHT.detractor.upper(), LIGHT.promoter.upper()
    last, first = len(seen) - 1 - seen[::-1].index(detractor), seen.index(promoter)
    assert last < first
    assert LIGHT.surface.upper() in seen[last:first]


def test_a_bar_is_as_long_as_its_value_and_grey_for_a_small_base(qtbot: QtBot, qapp: QApplication) -> None:
    columns = (TableColumn("name", "Theme", ColumnType.NAME), TableColumn("bar", "", ColumnType.BAR))
    lengths: tuple[tuple[float | None, BaseLevel], ...] = (
        (1.0, BaseLevel.PLAIN),
        (0.25, BaseLevel.PLAIN),
        (0.5, BaseLevel.SMALL),
        (None, BaseLevel.PLAIN),
    )
    rows = tuple(TableRow(str(at), (Cell("Theme"), Cell(value)), level) for at, (value, level) in enumerate(lengths))
    view = shown_view(qtbot, qapp, Theme(), Table("themes", say("Themes"), columns, rows))

    def painted(at: int, color: str) -> int:
        bar = picture_of(view, at, 1)
        return sum(bar.pixelColor(x, bar.height() // 2).name().upper() == color.upper() for x in range(bar.width()))

    full = painted(0, LIGHT.accent)
    assert full > 40
    assert painted(1, LIGHT.accent) == pytest.approx(full / 4, abs=2)
    assert (painted(2, LIGHT.accent), painted(3, LIGHT.accent)) == (0, 0)
    assert painted(2, LIGHT.muted) == pytest.approx(full / 2, abs=2)


def test_a_small_base_is_hollow_and_a_large_one_is_filled(qtbot: QtBot, view: TableView) -> None:
    assert dot_color(view, 2) == LIGHT.accent.upper()
    assert dot_color(view, 3) == LIGHT.surface.upper()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_no_heading_and_no_cell_is_cut(qtbot: QtBot, qapp: QApplication, language: str, scale: float) -> None:
    view = shown_view(qtbot, qapp, Theme(scale=scale, language=language), table(), 760)
    header = view.horizontalHeader()
    assert isinstance(header, TableHeader)
    for place in range(view.table_model.columnCount()):
        assert view.columnWidth(place) >= view.sizeHintForColumn(place)
        assert view.columnWidth(place) >= header.needed(place)
    assert view.rowHeight(0) >= 30


def test_long_words_go_on_in_a_second_line(qtbot: QtBot, qapp: QApplication) -> None:
    columns = (TableColumn("where", "Where", ColumnType.NAME), TableColumn("why", "Why", ColumnType.TEXT))
    words = "未作答或填写了无法识别的内容，因此这些人不计入本题。" * 4
    value = Table("t", say("Answers"), columns, (TableRow("r", (Cell("Q1"), Cell(words))),))
    view = shown_view(qtbot, qapp, Theme(language="zh_CN"), value, 420)
    assert view.rowHeight(0) >= 60
    assert view.columnWidth(1) <= 420


def test_a_narrow_card_shows_every_row_where_names_take_two_lines(qtbot: QtBot, qapp: QApplication) -> None:
    columns = (TableColumn("name", "Theme", ColumnType.NAME), TableColumn("n", "Comments"))
    rows = tuple(
        TableRow(str(at), (Cell("Place and cleanliness of all the rooms in use"), Cell(at))) for at in range(4)
    )
    apply(qapp, Theme())
    card = TableCard(Table("t", say("Themes"), columns, rows), Theme(), ENGLISH, lambda *_: "", titled=False)
    qtbot.addWidget(card)
    card.resize(400, 600)
    card.show()
    qtbot.waitExposed(card)
    view = card.view
    assert view.rowHeight(3) >= 40
    assert view.rowViewportPosition(3) + view.rowHeight(3) <= view.viewport().height()


def test_the_card_saves_the_table_where_it_is_told(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    asked: list[tuple[str, str]] = []

    def choose(name: str, ending: str) -> str:
        asked.append((name, ending))
        return str(tmp_path / name)

    apply(qapp, Theme())
    card = TableCard(table(), Theme(), ENGLISH, choose)
    qtbot.addWidget(card)
    told: list[object] = []
    card.told.connect(told.append)
    next(action for action in card.menu_actions() if "CSV" in action.text()).trigger()
    assert asked == [("Answers.csv", "csv")]
    content = (tmp_path / "Answers.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert '"West","402","12"' in content.decode("utf-8-sig")
    assert [ENGLISH(each) for each in told] == ["“Answers.csv” was saved."]  # type: ignore[arg-type]


def test_the_card_says_when_it_could_not_save(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    apply(qapp, Theme())
    card = TableCard(table(), Theme(), ENGLISH, lambda name, _: str(tmp_path / "gone" / name))
    qtbot.addWidget(card)
    told: list[object] = []
    card.told.connect(told.append)
    next(action for action in card.menu_actions() if "CSV" in action.text()).trigger()
    assert "could not be saved" in ENGLISH(told[0])  # type: ignore[arg-type]
    assert "try again" in ENGLISH(told[0])  # type: ignore[arg-type]


def click(qtbot: QtBot, view: TableView, place: int) -> None:
    box = view.visualRect(view.table_model.index(place, 0))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())


def picture_of(view: TableView, place: int, column: int) -> QImage:
    box: QRect = view.visualRect(view.table_model.index(place, column))
    return view.viewport().grab(box).toImage()


def dot_color(view: TableView, place: int) -> str:
    """The colour in the middle of a dot, found from its value on the axis of the column."""
    index = view.table_model.index(place, 4)
    box = view.visualRect(index)
    low, high = view.table_model.axis(4)
    value = view.table_model.cell(index).value
    assert isinstance(value, float | int)
    x = 10 + (value - low) / (high - low) * (box.width() - 20)
    return view.viewport().grab(box).toImage().pixelColor(QPoint(round(x), box.height() // 2)).name().upper()
