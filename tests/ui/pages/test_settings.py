"""Settings take effect at once, are kept, and those that change numbers can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cxdesk.project import store
from cxdesk.project.preferences import Preferences, load_preferences
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.pages.settings_page import GROUPS, SettingsPage
from tests.ui.pages.looking import said, settled
from tests.ui.surveys import store_survey

Open = Callable[..., MainWindow]


@pytest.fixture
def page(window: MainWindow) -> SettingsPage:
    window.show_page("settings")
    found = window.pages["settings"]
    assert isinstance(found, SettingsPage)
    return found


def control(page: SettingsPage, field: str) -> QWidget:
    found = settled(page).findChild(QWidget, f"setting_{field}")
    assert found is not None, field
    return found


def choose(page: SettingsPage, field: str, value: Any) -> None:
    """Choose a value as a person does: the list tells what was activated."""
    box = control(page, field)
    assert isinstance(box, QComboBox)
    place = box.findData(value)
    assert place >= 0
    box.setCurrentIndex(place)
    box.activated.emit(place)


def test_every_setting_of_the_program_is_offered_once() -> None:
    offered = [setting.field for _, settings in GROUPS for setting in settings]
    assert len(offered) == len(set(offered))
    elsewhere = {"rules", "geometry", "left_out"}
    kept = set(Preferences.__dataclass_fields__) - elsewhere
    assert kept <= set(offered)


def test_the_language_changes_at_once_and_is_kept(page: SettingsPage) -> None:
    assert "Language of the screen" in said(page)
    choose(page, "language", "zh_CN")
    assert "界面语言" in said(page)
    assert load_preferences().language == "zh_CN"


def test_the_text_grows_at_once(page: SettingsPage) -> None:
    before = control(page, "theme").sizeHint().height()
    choose(page, "text_size", 150)
    assert control(page, "theme").sizeHint().height() > before
    assert load_preferences().text_size == 150


def test_the_theme_changes_at_once(page: SettingsPage) -> None:
    window = page.window()
    before = window.grab().toImage().pixelColor(5, 300).lightness()
    choose(page, "theme", "dark")
    settled(window)
    assert window.grab().toImage().pixelColor(5, 300).lightness() < before - 100


def test_the_control_that_was_used_keeps_the_focus(page: SettingsPage) -> None:
    control(page, "theme").setFocus()
    choose(page, "theme", "dark")
    settled(page)
    assert control(page, "theme").hasFocus()


def test_switches_switch(page: SettingsPage, qtbot: QtBot) -> None:
    for field in ("patterns", "keep_recent", "remember_layouts"):
        box = control(page, field)
        assert isinstance(box, QCheckBox)
        before = getattr(page.session.preferences, field)
        assert box.isChecked() == before
        box.click()
        assert getattr(load_preferences(), field) is not before


def test_words_are_kept_when_the_field_is_left(page: SettingsPage, qtbot: QtBot) -> None:
    field = control(page, "author")
    assert isinstance(field, QLineEdit)
    field.setFocus()
    qtbot.keyClicks(field, " Customer Experience team ")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert load_preferences().author == "Customer Experience team"


def test_rules_change_the_open_survey_and_can_be_undone(opened: Open) -> None:
    window = opened(store_survey())
    window.show_page("settings")
    page = window.pages["settings"]
    assert isinstance(page, SettingsPage)
    choose(page, "satisfied_points", 1)
    workspace = window.session.workspace
    assert workspace is not None
    assert workspace.rules.satisfied_points == 1
    history = window.session.history
    assert history is not None
    assert str(history.undo_name) == "Setting: Satisfied means"
    window.session.undo()
    box = control(page, "satisfied_points")
    assert isinstance(box, QComboBox)
    assert box.currentData() == 2


def test_limits_cannot_be_laxer_than_the_rules_of_the_trade(page: SettingsPage) -> None:
    for field, least in (("hide_below", 10), ("test_from", 30)):
        box = control(page, field)
        assert isinstance(box, QComboBox)
        assert min(box.itemData(place) for place in range(box.count())) == least


def test_report_defaults_reach_the_open_survey(opened: Open) -> None:
    window = opened(store_survey())
    window.show_page("settings")
    page = window.pages["settings"]
    assert isinstance(page, SettingsPage)
    choose(page, "paper", "Letter")
    assert window.session.workspace is not None
    assert window.session.workspace.report.paper == "Letter"


@pytest.mark.parametrize("preferences", [Preferences(language="en", theme="light", text_size=115)])
def test_what_is_set_is_what_is_shown(page: SettingsPage) -> None:
    box = control(page, "text_size")
    assert isinstance(box, QComboBox)
    assert box.currentText() == "115%"


def test_recent_files_and_columns_are_forgotten_apart(page: SettingsPage) -> None:
    store.add_recent(store.RecentFile("/surveys/a.csv", "a.csv", "2025-10-05T09:30", 12))
    dataset = store_survey()
    store.remember(dataset)
    files = control(page, "forget_keep_recent")
    columns = control(page, "forget_remember_layouts")
    assert isinstance(files, QPushButton)
    assert isinstance(columns, QPushButton)
    files.click()
    assert store.recent_files() == ()
    assert store.recall(dataset) is not None
    columns.click()
    assert store.recall(dataset) is None
