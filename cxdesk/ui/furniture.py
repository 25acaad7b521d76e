"""What stands in the window. It brings the whole program along, so it is imported after the window was first seen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cxdesk.analysis import analysis
from cxdesk.analysis.menu import MENU
from cxdesk.text import say
from cxdesk.ui.actions import add_shortcuts
from cxdesk.ui.badges import Badges
from cxdesk.ui.failure_notice import FailureNotice
from cxdesk.ui.filter_bar import FilterBar
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.opening import Opening
from cxdesk.ui.page_pdf import PagePdf
from cxdesk.ui.page_stack import Pages
from cxdesk.ui.pages.page import Page
from cxdesk.ui.pages.result_page import ResultPage
from cxdesk.ui.pages.welcome import WelcomePage
from cxdesk.ui.project_control import ProjectControl
from cxdesk.ui.session import Session
from cxdesk.ui.several_files import SeveralFiles
from cxdesk.ui.sidebar import Place, Sidebar
from cxdesk.ui.text_size import TextSize
from cxdesk.ui.toasts import Toasts
from cxdesk.ui.top_bar import TopBar


def furnish(window: MainWindow, session: Session) -> None:
    """Put everything into an empty window: what stands around the pages, the pages, and what floats over them."""
    window.welcome = WelcomePage(session)
    window.pages = Pages(_makers(window, session))
    places = [Place(each.key, each.title, each.icon, each.group) for each in MENU]
    places.append(Place("check", say("Columns"), "columns", "data"))
    places.append(Place("settings", say("Settings"), "settings", "bottom"))
    places.append(Place("help", say("Help"), "help", "bottom"))
    window.sidebar = Sidebar(tuple(places))
    window.badges = Badges(session, window.sidebar)
    window.top_bar = TopBar(session)
    window.filter_bar = FilterBar(session)
    body = _laid_out(window)
    window.setCentralWidget(body)
    window.toasts = Toasts(session, body)
    window.failure = FailureNotice(session, window.restart, body)
    window.several = SeveralFiles(session, lambda: window.files, window.show_page, window.here, window)
    window.opening = Opening(session, window.welcome, window.several, window.show_page, window)
    window.pdf = PagePdf(session, window.here, window)
    window.projects = ProjectControl(session, window.opening, window.top_bar, body)
    window.text_size = TextSize(session, window)


def _makers(window: MainWindow, session: Session) -> dict[str, Callable[[], Page]]:
    """What makes each page when it is first asked for; its code is imported then, if it was not before."""

    def check() -> Page:
        from cxdesk.ui.pages.check import CheckPage  # noqa: PLC0415

        return CheckPage(session)

    def files() -> Page:
        from cxdesk.ui.pages.files_page import FilesPage  # noqa: PLC0415

        page = FilesPage(session)
        window.several.listen(page)
        return page

    def weights() -> Page:
        from cxdesk.ui.pages.weights_page import WeightsPage  # noqa: PLC0415

        return WeightsPage(session)

    def settings() -> Page:
        from cxdesk.ui.pages.settings_page import SettingsPage  # noqa: PLC0415

        return SettingsPage(session)

    def help_page() -> Page:
        from cxdesk.ui.pages.help_page import HelpPage  # noqa: PLC0415

        return HelpPage(session)

    def result(key: str) -> Page:
        return ResultPage(session, analysis(key))

    makers: dict[str, Callable[[], Page]] = {"welcome": lambda: window.welcome, "check": check, "files": files}
    makers |= {each.key: partial(result, each.key) for each in MENU}
    return makers | {"weights": weights, "settings": settings, "help": help_page}


def add_keys(window: MainWindow) -> None:
    """Every key that works anywhere in a furnished window."""
    standard = QKeySequence.StandardKey
    add_shortcuts(
        window,
        (
            (standard.Open, window.opening.choose),
            (standard.Paste, window.opening.paste),
            (standard.Undo, window.session.undo),
            ("Ctrl+Y", window.session.redo),
            ("Ctrl+Shift+Z", window.session.redo),
            (standard.Save, window.projects.save),
            ("Ctrl+E", window.on_export),
            ("Ctrl+D", window.on_compare),
            (standard.Print, window.pdf.save_page),
            ("Ctrl+L", window.filter_bar.focus_filters),
            ("Ctrl+F", window.on_search),
            ("F5", window.opening.again),
            ("F6", partial(window.on_region, 1)),
            ("Shift+F6", partial(window.on_region, -1)),
            ("F1", window.on_help),
            ("Ctrl+?", window.on_help),
            ("Ctrl+,", window.on_settings),
            ("Ctrl++", window.text_size.larger),
            ("Ctrl+=", window.text_size.larger),
            ("Ctrl+-", window.text_size.smaller),
            ("Ctrl+0", window.text_size.normal),
            ("Esc", window.on_escape),
        ),
    )
    for number, each in enumerate(MENU[:9], start=1):
        shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), window)
        shortcut.setObjectName(each.key)
        shortcut.activated.connect(window.on_number)


def _laid_out(window: MainWindow) -> QWidget:
    body = QWidget()
    body.setObjectName("window")
    row = QHBoxLayout(body)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(window.sidebar)
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(window.top_bar)
    column.addWidget(window.filter_bar)
    column.addWidget(window.pages.stack, 1)
    row.addLayout(column, 1)
    return body
