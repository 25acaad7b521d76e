"""The list of comments: searched, narrowed, ordered, marked, copied; rows as high as their words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from cxdesk.analysis.comments_values import CommentsSpec
from cxdesk.blocks.quote import BAD
from cxdesk.project.preferences import Preferences
from cxdesk.survey.dataset import Dataset
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.widgets.quotes_card import QuotesCard
from cxdesk.ui.widgets.quotes_model import QuotesModel
from cxdesk.ui.widgets.table_card import TableCard
from tests.builders import survey
from tests.ui.test_every_page import look_at, settle

Open = Callable[..., MainWindow]
LONG = "The queue goes through the whole shop on Saturdays and nobody opens another till. " * 8
LOOKS = [
    pytest.param(Preferences(language=language, theme=theme, text_size=text), size, id=f"{language}-{theme}-{text}")
    for language, theme, text, size in (
        ("en", "light", 100, (1280, 800)),
        ("zh_CN", "dark", 100, (1024, 640)),
        ("en", "light", 150, (1024, 640)),
    )
]


def shop() -> Dataset:
    words = [
        "Waited at the till 等待",
        "Kind staff 😀 and quick",
        LONG,
        "ＡＰＰ crashed",
        "Call 13812345678",
        None,
        "Parking 停車",
    ]
    return survey(
        recommend=[3, 10, 2, 6, 8, 9, 7] * 30,
        comment=words * 30,
        segment={"Region": ["North", "South", "West"] * 70},
        date=[f"2025-09-{1 + place % 28:02}" for place in range(210)],
    )


class Bench:
    """The comments page of a window."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot
        window.show_page("comments")
        self.rest()

    def rest(self) -> None:
        settle(self.window, self.qtbot)

    @property
    def card(self) -> QuotesCard:
        found = self.window.page.findChild(QuotesCard)
        assert isinstance(found, QuotesCard)
        return found

    @property
    def model(self) -> QuotesModel:
        return self.card.model

    @property
    def spec(self) -> CommentsSpec:
        workspace = self.window.session.workspace
        assert workspace is not None
        found = workspace.spec("comments")
        return found if isinstance(found, CommentsSpec) else CommentsSpec()

    def texts(self) -> set[str]:
        return {str(self.model.index(row, 0).data()) for row in range(self.model.rowCount())}

    def search(self, words: str) -> None:
        self.card.search.setText(words)
        self.rest()


@pytest.fixture
def bench(opened: Open, qtbot: QtBot) -> Bench:
    return Bench(opened(shop()), qtbot)


@pytest.mark.parametrize(("preferences", "size"), LOOKS)
def test_the_page_is_whole(opened: Open, qtbot: QtBot, size: tuple[int, int]) -> None:
    window = opened(shop())
    window.resize(*size)
    bench = Bench(window, qtbot)
    look_at(window, "comments")
    bench.search("nothing like this")
    look_at(window, "nothing found")


def test_the_model_keeps_the_rules(bench: Bench) -> None:
    QAbstractItemModelTester(bench.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    bench.model.narrow(group=BAD)
    bench.model.narrow(group=-1, search="till", order="lowest")


def test_search_knows_no_case_no_width_and_both_kinds_of_chinese(bench: Bench) -> None:
    for words, wanted in (
        ("app", {"ＡＰＰ crashed"}),
        ("停车", {"Parking 停車"}),
        ("TILL waited", {"Waited at the till 等待"}),
        ("5678", {"Call 138****5678"}),
    ):
        bench.search(words)
        assert bench.texts() == wanted
    assert "13812345678" not in " ".join(bench.texts())


def test_ctrl_f_goes_to_the_search(bench: Bench) -> None:
    QTest.keyClick(bench.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    bench.qtbot.waitUntil(bench.card.search.hasFocus)


def test_groups_have_counts_and_narrow_the_list(bench: Bench) -> None:
    assert [made.text() for made in bench.card.groups] == [
        "All 180",
        "▼ Detractors 90",
        "Passives 60",
        "▲ Promoters 30",
    ]
    QTest.mouseClick(bench.card.groups[1], Qt.MouseButton.LeftButton)
    bench.rest()
    assert bench.model.rowCount() == 90
    bench.search("crashed")
    assert bench.model.rowCount() == 30


def test_the_order_can_be_chosen(bench: Bench) -> None:
    quotes = bench.model.quotes
    assert quotes is not None
    for place, wanted in ((2, 2), (3, 10)):
        bench.card.order.setCurrentIndex(place)
        bench.card.order.activated.emit(place)
        bench.rest()
        assert quotes.score(bench.model.place(0)) == wanted


def test_a_theme_narrows_the_list_and_is_highlighted(bench: Bench) -> None:
    table = bench.window.page.findChild(TableCard)
    assert isinstance(table, TableCard)
    keys = [row.key for row in table.view.table_model.table.rows]
    table.view.selectRow(keys.index("theme App and website"))
    table.row_chosen.emit("themes", "theme App and website")
    bench.rest()
    assert bench.texts() == {"ＡＰＰ crashed"}
    assert bench.model.spans(bench.model.place(0)) == [(0, 3), (4, 11)]
    assert bench.card.groups[0].text() == "All 30"


def test_what_is_searched_is_highlighted_where_it_stands(bench: Bench) -> None:
    bench.search("停车")
    assert bench.model.spans(bench.model.place(0)) == [(8, 10)]


def test_long_comments_get_the_height_they_need_when_they_come_into_sight(bench: Bench) -> None:
    view = bench.card.view
    quotes = bench.model.quotes
    assert quotes is not None
    rows = range(view.rowAt(0), view.rowAt(view.viewport().height() - 1) + 1)
    heights = {quotes.text(bench.model.place(row)): view.rowHeight(row) for row in rows}
    bench.search("saturdays")
    heights[LONG.strip()] = view.rowHeight(0)
    short = min(heights.values())
    assert heights[LONG.strip()] > 2 * short
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    bench.rest()
    last = bench.model.rowCount() - 1
    assert view.rowAt(view.viewport().height() - 2) == last
    assert view.rowHeight(last) == heights[LONG.strip()]


def test_space_and_the_star_choose_comments_for_the_report(bench: Bench) -> None:
    view = bench.card.view
    view.setCurrentIndex(bench.model.index(1, 0))
    key = bench.model.quotes.keys[bench.model.place(1)] if bench.model.quotes is not None else ""
    QTest.keyClick(view, Qt.Key.Key_Space)
    bench.rest()
    assert bench.spec.people == (key,)
    assert bench.spec.sheet == "chosen"
    row = view.visualRect(bench.model.index(0, 0))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(row.right() - 20, row.top() + 18))
    bench.rest()
    assert len(bench.spec.people) == 2
    bench.window.session.undo()
    bench.rest()
    assert bench.spec.people == (key,)
    bench.window.session.undo()
    bench.rest()
    assert (bench.spec.people, bench.spec.sheet) == ((), "all")
    assert not bench.model.chosen.any()


def test_the_list_and_chosen_rows_are_copied(bench: Bench) -> None:
    bench.search("crashed")
    QTest.mouseClick(bench.card.copy, Qt.MouseButton.LeftButton)
    assert len(QGuiApplication.clipboard().text().splitlines()) == 31
    bench.card.view.selectRow(0)
    QTest.keyClick(bench.card.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert len(copied) == 2
    assert copied[1].startswith("ＡＰＰ crashed\t6\t▼ Detractor")


def test_a_screen_reader_hears_the_score_and_the_themes(bench: Bench) -> None:
    bench.search("crashed")
    heard = str(bench.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert heard.startswith("Score 6, Detractor, ＡＰＰ crashed, App and website")


def test_feasibility_is_one_step_that_can_be_undone(bench: Bench) -> None:
    page = bench.window.page
    page.view.choice_made.emit("priority", "theme App and website", "5")  # type: ignore[attr-defined]
    bench.rest()
    assert bench.spec.feasible == (("App and website", 5),)
    bench.window.session.undo()
    assert not bench.spec.feasible
