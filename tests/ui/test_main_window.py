"""The window as a person meets it: opening, undoing, going from page to page, closing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cxdesk.project import store
from cxdesk.project.preferences import Preferences, load_preferences
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.text import Translator, say
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.pages.result_page import ResultPage
from tests.ui.conftest import Shelf
from tests.ui.surveys import small_survey, store_survey, survey_without_score, unsure_survey

Open = Callable[..., MainWindow]


def key_of(window: MainWindow) -> str:
    return window.here()


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


def narrow_to_west(window: MainWindow) -> None:
    workspace = window.session.workspace
    assert workspace is not None
    window.session.edit(say("Filter by {question}", question="Region"), replace(workspace, selection=WEST))


WEST = Selection((OneOf("region", (3,)),))
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_a_clear_file_opens_straight_to_the_overview(opened: Open) -> None:
    window = opened(store_survey())
    assert key_of(window) == "overview"
    assert window.windowTitle() == "Store survey 2025 Q3.xlsx – CX Desk"
    assert not window.welcome.isVisible()


def test_a_doubt_that_would_change_results_opens_the_check_page(opened: Open) -> None:
    window = opened(unsure_survey())
    assert key_of(window) == "check"
    assert window.sidebar.badge("check") == 1


def test_a_remembered_layout_is_not_asked_about_again(opened: Open) -> None:
    store.remember(unsure_survey())
    assert key_of(opened(unsure_survey())) == "overview"


def test_a_file_without_a_score_says_so_on_the_overview(opened: Open) -> None:
    window = opened(survey_without_score())
    assert key_of(window) == "overview"
    words = " ".join(label.text() for label in window.page.findChildren(type(window.welcome.zone._title)))
    assert "no rating question" in words


def test_every_place_of_the_sidebar_shows_its_page(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    for key in ("scores", "segments", "quality", "check", "settings", "help", "overview"):
        qtbot.mouseClick(window.sidebar.place(key), Qt.MouseButton.LeftButton)
        assert key_of(window) == key
        assert window.sidebar.place(key).isChecked()


def test_without_a_file_only_settings_and_help_can_be_reached(window: MainWindow) -> None:
    for key in ("overview", "segments", "check", "no such page"):
        window.show_page(key)
        assert key_of(window) == "welcome"
    window.show_page("settings")
    assert key_of(window) == "settings"


def test_undo_and_redo_from_the_keyboard_restore_the_filter(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    before = window.session.workspace
    narrow_to_west(window)
    assert "Undo: Filter by Region" in window.top_bar.undo.toolTip()
    press(window, Qt.Key.Key_Z, CONTROL)
    assert window.session.workspace == before
    assert not window.top_bar.undo.isEnabled()
    press(window, Qt.Key.Key_Y, CONTROL)
    assert window.session.workspace is not None
    assert window.session.workspace.selection == WEST
    press(window, Qt.Key.Key_Z, CONTROL)
    press(window, Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert window.session.workspace.selection == WEST


def test_numbers_go_to_pages(opened: Open) -> None:
    window = opened(store_survey())
    places = {Qt.Key.Key_3: "segments", Qt.Key.Key_2: "scores", Qt.Key.Key_5: "compare", Qt.Key.Key_7: "crosstab"}
    for key, page in places.items():
        press(window, key, CONTROL)
        assert key_of(window) == page


def test_f6_walks_through_the_regions_and_back(opened: Open) -> None:
    window = opened(store_survey())
    regions: tuple[QWidget, ...] = (window.sidebar, window.top_bar, window.filter_bar, window.page)
    window.sidebar.place("overview").setFocus()
    for region in (*regions[1:], regions[0]):
        press(window, Qt.Key.Key_F6)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert region.isAncestorOf(focused)
    press(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert window.page.isAncestorOf(focused)


def test_arrow_keys_move_in_the_sidebar_and_space_opens(opened: Open) -> None:
    window = opened(store_survey())
    window.sidebar.place("overview").setFocus()
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Space)
    assert key_of(window) == "segments"


def test_a_page_that_was_just_opened_starts_at_its_top_and_scrolls_with_the_keys(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    page = window.page
    assert isinstance(page, ResultPage)
    window.resize(1024, 640)
    bar = page.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert QApplication.focusWidget() is page
    assert bar.value() == 0
    press(window, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    press(window, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    press(window, Qt.Key.Key_Home)
    assert bar.value() == 0
    window.show_page("segments")
    assert QApplication.focusWidget() is window.page


def test_a_narrow_window_keeps_icons_with_names(opened: Open) -> None:
    window = opened(store_survey())
    window.resize(1040, 640)
    assert window.sidebar.width() == 60
    place = window.sidebar.place("segments")
    assert place.text() == ""
    assert place.toolTip() == place.accessibleName() == "Segments"
    window.resize(1280, 800)
    assert place.text() == "Segments"


def test_the_language_changes_at_once_and_is_remembered(opened: Open) -> None:
    window = opened(store_survey())
    window.session.set_preferences(replace(window.session.preferences, language="zh_CN"))
    chinese = Translator("zh_CN")
    assert window.sidebar.place("settings").text() == chinese(say("Settings"))
    assert window.top_bar.export.text() == chinese(say("Export report"))
    assert load_preferences().language == "zh_CN"


def test_text_size_follows_the_keyboard_within_its_limits(opened: Open) -> None:
    window = opened(store_survey())
    for expected in (115, 130, 150, 150):
        press(window, Qt.Key.Key_Plus, CONTROL)
        assert window.session.preferences.text_size == expected
    press(window, Qt.Key.Key_Minus, CONTROL)
    assert window.session.preferences.text_size == 130
    press(window, Qt.Key.Key_0, CONTROL)
    assert window.session.preferences.text_size == 100


def test_reading_the_file_again_keeps_the_filter(opened: Open, shelf: Shelf, qtbot: QtBot) -> None:
    window = opened(store_survey())
    narrow_to_west(window)
    shelf.files["survey.csv"] = store_survey(size=320, key="more")
    with qtbot.waitSignal(window.session.opened):
        press(window, Qt.Key.Key_F5)
    assert window.session.workspace is not None
    assert window.session.workspace.dataset.respondents == 320
    assert window.session.workspace.selection == WEST
    assert key_of(window) == "overview"


def test_a_filter_that_leaves_too_few_of_the_new_answers_is_dropped(opened: Open, shelf: Shelf, qtbot: QtBot) -> None:
    window = opened(store_survey())
    narrow_to_west(window)
    shelf.files["survey.csv"] = store_survey(size=24, key="few")
    with qtbot.waitSignal(window.session.opened):
        press(window, Qt.Key.Key_F5)
    assert window.session.workspace is not None
    assert window.session.workspace.selection == Selection()


def drop(window: MainWindow, *urls: QUrl) -> bool:
    data = QMimeData()
    data.setUrls(list(urls))
    event = QDropEvent(
        QPointF(300, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    event.ignore()
    window.dropEvent(event)
    return event.isAccepted()


def test_a_file_can_be_dropped_anywhere(opened: Open, shelf: Shelf, qtbot: QtBot) -> None:
    window = opened(store_survey())
    shelf.files["small.xlsx"] = small_survey()
    window.show_page("segments")
    with qtbot.waitSignal(window.session.opened):
        assert drop(window, QUrl.fromLocalFile("/surveys/small.xlsx"))
    assert window.session.workspace is not None
    assert window.session.workspace.dataset.respondents == 48


def test_links_from_the_web_are_not_taken(window: MainWindow) -> None:
    assert not drop(window, QUrl("https://example.org/survey.csv"))


def test_a_table_copied_in_excel_is_opened_like_a_file(
    window: MainWindow, shelf: Shelf, qtbot: QtBot, home: object
) -> None:
    received: list[str] = []

    def take(name: str) -> Dataset:
        received.append(name)
        return small_survey()

    QGuiApplication.clipboard().setText("Score\tRegion\n9\tNorth\n10\tSouth\n")

    class AnyFile(dict[str, object]):
        def __missing__(self, name: str) -> Dataset:
            return take(name)

    shelf.files = AnyFile()  # type: ignore[assignment]
    with qtbot.waitSignal(window.session.opened):
        press(window, Qt.Key.Key_V, CONTROL)
    assert received[0].endswith(".tsv")
    assert store.recent_files() == ()


def test_a_clipboard_without_a_table_is_explained(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("just words")
    window.opening.paste()
    assert "holds no table" in window.toasts.text.text()
    assert not window.session.is_reading


def test_the_place_of_the_window_is_remembered(window: MainWindow) -> None:
    window.resize(1234, 777)
    window.close()
    kept = load_preferences().geometry
    assert kept
    assert bytes.fromhex(kept)


def test_pages_that_were_computed_are_shown_again_without_computing(
    opened: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(store_survey())
    window.show_page("segments")
    qtbot.waitUntil(lambda: window.session.idle)
    window.show_page("overview")
    narrow_to_west(window)
    qtbot.waitUntil(lambda: window.session.idle)

    def refuse(*_: object) -> None:
        raise AssertionError("computed again")

    monkeypatch.setattr(window.session._computer, "start", refuse)
    window.session.undo()
    window.show_page("segments")


def test_tab_goes_from_the_sidebar_through_the_bars_to_the_page(opened: Open) -> None:
    window = opened(store_survey())
    window.sidebar.place("overview").setFocus()
    visited: list[int] = []
    regions: tuple[QWidget, ...] = (window.sidebar, window.top_bar, window.filter_bar, window.page)
    for _ in range(40):
        press(window, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        place = next((i for i, region in enumerate(regions) if focused and region.isAncestorOf(focused)), -1)
        if not visited or visited[-1] != place:
            visited.append(place)
    start = visited.index(1)
    assert visited[start : start + 3] == [1, 2, 3]


def test_tab_walks_the_filters_from_left_to_right_although_their_chips_are_made_anew(
    opened: Open, qtbot: QtBot
) -> None:
    window = opened(store_survey())
    session = window.session
    assert session.workspace is not None
    filtered = replace(session.workspace, selection=Selection((OneOf("region", (0, 1)),)))
    session.edit(say("Filter"), filtered)
    qtbot.waitUntil(lambda: all(chip.isVisible() for chip in window.filter_bar._chips_in_order()))
    window.filter_bar.focus_filters()
    names = []
    for _ in range(5):
        focused = QApplication.focusWidget()
        assert focused is not None
        names.append(focused.accessibleName().split(":")[0])
        press(window, Qt.Key.Key_Tab)
    assert names == ["Filter", "Remove filter", "Date", "Add filter", "Clear all filters"]


def test_a_toast_goes_away_by_itself_and_can_be_acted_on(window: MainWindow, qtbot: QtBot) -> None:
    done: list[bool] = []
    window.session.toast.emit(say("Report saved: {name}", name="x.xlsx"), ((say("Open"), lambda: done.append(True)),))
    assert window.toasts.isVisible()
    assert window.toasts._timer.interval() == 6000
    button = window.toasts._buttons[0]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert done == [True]
    window.toasts._timer.setInterval(1)
    window.session.toast.emit(say("Report saved: {name}", name="y.xlsx"), ())
    qtbot.waitUntil(lambda: not window.toasts.isVisible())


@pytest.mark.parametrize("preferences", [Preferences(language="zh_CN", theme="dark", text_size=150)])
def test_a_session_starts_with_its_settings(window: MainWindow) -> None:
    assert window.session.theme.dark
    assert window.session.theme.px(20) == 30
    assert window.session.language == "zh_CN"
