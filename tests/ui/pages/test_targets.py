"""Targets in the settings: pasted, judged on the pages, wrong rows told in words, kept and undone."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from cxdesk.project.preferences import load_preferences
from cxdesk.survey.target import Target
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.pages.settings_page import SettingsPage
from cxdesk.ui.widgets.targets_card import TargetsCard
from tests.ui.pages.looking import said
from tests.ui.surveys import store_survey

Open = Callable[..., MainWindow]


def card_of(window: MainWindow) -> TargetsCard:
    window.show_page("settings")
    page = window.pages["settings"]
    assert isinstance(page, SettingsPage)
    return page.targets


def pasted(card: TargetsCard, text: str, qtbot: QtBot, rows: int) -> None:
    card.table.paste(text)
    qtbot.waitUntil(lambda: card.table.rowCount() == rows + 1)


def test_pasted_targets_are_judged_kept_and_undone(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    card = card_of(window)
    pasted(card, "NPS\t40\nNPS\tRegion\twest\t-20\n", qtbot, 2)
    expected = (Target("nps", 40), Target("nps", -20, "Region", "West"))
    assert window.session.workspace is not None
    assert window.session.workspace.rules.targets == expected
    assert load_preferences().rules.targets == expected
    window.show_page("overview")
    qtbot.waitUntil(lambda: "Target +40: " in said(window.page))
    window.session.undo()
    assert not window.session.workspace.rules.targets


def test_a_wrong_row_stays_and_is_told_the_others_count(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    card = card_of(window)
    pasted(card, "NPS\t\t\t40\nNPS\tRegion\tNrth\t50\n", qtbot, 2)
    assert window.session.workspace is not None
    assert window.session.workspace.rules.targets == (Target("nps", 40),)
    assert card.problem.text().startswith("“Region” has no answer “Nrth”.")
    cell = card.table.item(1, 2)
    assert cell is not None
    cell.setText("North")
    qtbot.waitUntil(lambda: not card.problem.text())
    assert len(window.session.workspace.rules.targets) == 2


def test_chosen_rows_are_removed(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    card = card_of(window)
    pasted(card, "NPS\t40\nCSAT\t80%\n", qtbot, 2)
    card.table.setCurrentCell(0, 0)
    card.remove.click()
    qtbot.waitUntil(lambda: card.table.rowCount() == 2)
    assert window.session.workspace is not None
    assert window.session.workspace.rules.targets == (Target("csat", 0.8),)
