"""The real window with the real worker process, as a person starts it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cxdesk.project.preferences import Preferences
from cxdesk.project.process import Worker
from cxdesk.ui import theme
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.session import Session

PATIENCE = 60_000
"""Milliseconds that a journey waits for the worker process: reading starts with importing pandas there."""


@pytest.fixture(scope="session", autouse=True)
def _fonts(qapp: QApplication) -> None:
    theme.load_fonts()


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    """The window at 1280 x 800 with nothing open; its worker process is warm."""
    session = Session(Preferences(language="en", theme="light"), Worker())
    theme.apply(qapp, session.theme)
    made = MainWindow(session)
    made.resize(1280, 800)
    made.show()
    qtbot.waitExposed(made)
    session.warm()
    qtbot.waitUntil(lambda: session.idle, timeout=PATIENCE)
    yield made
    made.close()
    made.deleteLater()
    session.deleteLater()
