"""Charts on a page: drawn when seen, walked with the keyboard, shown as a table, copied and saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cxdesk.blocks.chart import Chart, ChartKind, Series
from cxdesk.blocks.palette import DARK, LIGHT, Tone
from cxdesk.survey.base import Base
from cxdesk.text import Format, Translator, say
from cxdesk.ui.theme import Theme, apply
from cxdesk.ui.widgets.chart_canvas import ChartCanvas, DrawingTurns
from cxdesk.ui.widgets.chart_card import ChartCard
from cxdesk.ui.widgets.table_card import TableCard
from tests.ui.reading_widgets import has
from tests.unit.render.period_charts import EVERY, WEEKS

ENGLISH = Translator("en")
CHART = Chart(
    "answers",
    say("All"),
    ChartKind.BARS,
    ("North", "West", "South"),
    (Series(say("Share"), (0.5, 0.3, 0.2), (Tone.PROMOTER, Tone.DETRACTOR, Tone.FAINT)),),
    Format.PERCENT,
    say("Share"),
    Base(402),
    link="segments",
)
MakeCard = Callable[..., ChartCard]


@pytest.fixture
def make(qtbot: QtBot, qapp: QApplication) -> MakeCard:
    kept: list[QWidget] = []

    def made(
        chart: Chart = CHART, theme: Theme | None = None, choose: Callable[[str, str], str] | None = None
    ) -> ChartCard:
        theme = theme or Theme()
        apply(qapp, theme)
        holder = QWidget()
        qtbot.addWidget(holder)
        kept.append(holder)
        turns = DrawingTurns(holder)
        card = ChartCard(chart, theme, Translator(theme.language), choose or (lambda *_: ""), turns)
        QVBoxLayout(holder).addWidget(card)
        holder.resize(640, 420)
        with qtbot.waitSignal(card.canvas.drawn):
            holder.show()
        return card

    return made


@pytest.mark.parametrize("theme", [Theme(), Theme(dark=True)], ids=["light", "dark"])
def test_a_chart_is_drawn_in_the_colours_of_the_look(make: MakeCard, theme: Theme) -> None:
    palette = DARK if theme.dark else LIGHT
    picture = make(theme=theme).canvas.grab().toImage()
    assert has(picture, palette.promoter)
    assert has(picture, palette.detractor)
    assert picture.pixelColor(1, 1) == QColor(palette.surface)


def test_a_screen_reader_hears_title_finding_and_hint(make: MakeCard) -> None:
    canvas = make().canvas
    assert canvas.accessibleName() == "All. Share"
    assert "T" in canvas.accessibleDescription()
    assert canvas.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_arrow_keys_walk_the_points_and_say_them(qtbot: QtBot, make: MakeCard) -> None:
    canvas = make().canvas
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    assert canvas.accessibleDescription() == "North, Share: 50%"
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.accessibleDescription() == "West, Share: 30%"
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    qtbot.keyClick(canvas, Qt.Key.Key_Up)
    assert (canvas.point, canvas.accessibleDescription()) == (2, "South, Share: 20%")


def test_arrow_keys_say_all_that_stands_at_a_period(qtbot: QtBot, make: MakeCard) -> None:
    canvas = make(replace(WEEKS, target=30.0)).canvas
    for _ in range(6):
        qtbot.keyClick(canvas, Qt.Key.Key_Right)
    told = canvas.accessibleDescription()
    assert told.startswith("2024-W06, NPS: ")
    assert "small sample" in told
    assert "n = 12" in told
    assert "Target +30" in told
    for _ in range(25):
        qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert "Control limits" in canvas.accessibleDescription()
    assert "possible change after 2024-W31" in canvas.accessibleDescription()


@pytest.mark.parametrize("name", EVERY)
def test_every_point_is_said_and_stands_in_the_table(qtbot: QtBot, make: MakeCard, name: str) -> None:
    card = make(EVERY[name])
    count = len(EVERY[name].spots or EVERY[name].categories)
    told = set()
    for _ in range(count):
        qtbot.keyClick(card.canvas, Qt.Key.Key_Right)
        told.add(card.canvas.accessibleDescription())
    assert len(told) == count
    card.toggle_table()
    shown = card.faces.currentWidget()
    assert isinstance(shown, TableCard)
    assert shown.view.table_model.rowCount() == count


def test_the_focus_ring_is_seen(qtbot: QtBot, make: MakeCard) -> None:
    card = make()
    card.canvas.setFocus()
    qtbot.waitUntil(card.canvas.hasFocus)
    assert has(card.canvas.grab().toImage(), LIGHT.focus)


def test_t_shows_the_table_and_goes_back(qtbot: QtBot, make: MakeCard) -> None:
    card = make()
    card.canvas.setFocus()
    qtbot.keyClick(card.canvas, Qt.Key.Key_T)
    table = card.faces.currentWidget()
    assert isinstance(table, TableCard)
    assert table.view.table_model.rowCount() == 3
    assert table.view.hasFocus()
    card.show_chart(replace(CHART, categories=("A", "B", "C")), Theme(), ENGLISH)
    assert table.view.table_model.data(table.view.table_model.index(0, 0)) == "A"
    qtbot.keyClick(table.view, Qt.Key.Key_T)
    assert card.faces.currentWidget() is card.canvas
    assert card.canvas.hasFocus()


def test_ctrl_c_on_the_chart_copies_it(qtbot: QtBot, make: MakeCard) -> None:
    QGuiApplication.clipboard().clear()
    card = make()
    card.canvas.setFocus()
    qtbot.keyClick(card.canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().mimeData().hasImage()


def test_copying_gives_a_picture_and_numbers(make: MakeCard) -> None:
    make().copy_picture()
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasImage()
    assert "West\t0.3" in data.text()


def test_the_menu_saves_what_was_asked_for(make: MakeCard, tmp_path: Path) -> None:
    asked: list[tuple[str, str]] = []

    def choose(name: str, ending: str) -> str:
        asked.append((name, ending))
        return str(tmp_path / name)

    card = make(choose=choose)
    told: list[object] = []
    card.told.connect(told.append)
    for action in card.menu_actions()[3:]:
        action.trigger()
    assert asked == [("All.png", "png"), ("All.svg", "svg"), ("All.csv", "csv")]
    assert QImage(str(tmp_path / "All.png")).width() == 1440
    assert (tmp_path / "All.svg").read_text(encoding="utf-8").startswith("<?xml")
    assert '"West"' in (tmp_path / "All.csv").read_text(encoding="utf-8-sig")
    assert len(told) == 3


def test_a_chart_out_of_sight_is_not_drawn(qtbot: QtBot, qapp: QApplication) -> None:
    apply(qapp, Theme())
    area = QScrollArea()
    qtbot.addWidget(area)
    inside = QWidget()
    column = QVBoxLayout(inside)
    turns = DrawingTurns(inside)
    canvases = [ChartCanvas(turns) for _ in range(6)]
    for number, canvas in enumerate(canvases):
        canvas.show_chart(replace(CHART, key=f"c{number}"), Theme(), ENGLISH)
        canvas.setFixedSize(300, 200)
        column.addWidget(canvas)
    area.setWidget(inside)
    area.resize(360, 380)
    with qtbot.waitSignal(canvases[1].drawn):
        area.show()
    assert [canvas.is_drawn for canvas in canvases] == [True, True, False, False, False, False]
    with qtbot.waitSignal(canvases[5].drawn):
        area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert not canvases[2].is_drawn


def test_resizing_draws_once_when_it_is_over(qtbot: QtBot, make: MakeCard) -> None:
    card = make()
    drawn: list[int] = []
    card.canvas.drawn.connect(lambda: drawn.append(card.canvas.width()))
    window = card.window()
    for width in range(640, 760, 20):
        window.resize(width, 420)
    qtbot.waitUntil(lambda: card.canvas.is_drawn)
    assert drawn == [card.canvas.width()]


def test_the_same_chart_is_not_drawn_again(qtbot: QtBot, make: MakeCard) -> None:
    card = make()
    card.show_chart(replace(CHART), Theme(), ENGLISH)
    assert card.canvas.is_drawn
    card.show_chart(replace(CHART, categories=("A", "B", "C")), Theme(), ENGLISH)
    assert not card.canvas.is_drawn
    qtbot.waitUntil(lambda: card.canvas.is_drawn)


def test_hovering_says_the_point(qtbot: QtBot, make: MakeCard) -> None:
    canvas = make().canvas
    assert canvas.point_at(QPoint(canvas.width() // 2, 30)) == 0
    assert canvas.point_at(QPoint(canvas.width() // 2, canvas.height() - 20)) == 2
    assert canvas.point_at(QPoint(-5, -5)) == -1


def test_the_link_names_the_page_and_opens_it(qtbot: QtBot, make: MakeCard) -> None:
    card = make(theme=Theme(language="zh_CN"))
    link = next(each for each in card.findChildren(QWidget) if each.property("link") == "segments")
    assert link.accessibleName().startswith("查看")
    with qtbot.waitSignal(card.link_activated) as opened:
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert opened.args == ["segments"]
