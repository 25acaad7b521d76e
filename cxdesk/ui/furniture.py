"""What stands in the window. It brings the whole program along, so it is imported after the window was first seen."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cxdesk.analysis import ANALYSES
from cxdesk.text import say
from cxdesk.ui.actions import add_shortcuts
from cxdesk.ui.badges import Badges
from cxdesk.ui.failure_notice import FailureNotice
from cxdesk.ui.filter_bar import FilterBar
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.opening import Opening
from cxdesk.ui.page_pdf import PagePdf
from cxdesk.ui.pages.check import CheckPage
from cxdesk.ui.pages.export_page import ExportPage
from cxdesk.ui.pages.files_page import FilesPage
from cxdesk.ui.pages.help_page import HelpPage
from cxdesk.ui.pages.result_page import ResultPage
from cxdesk.ui.pages.settings_page import SettingsPage
from cxdesk.ui.pages.weights_page import WeightsPage
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
    window.check = CheckPage(session)
    window.files = FilesPage(session)
    window.pages = {"welcome": window.welcome, "check": window.check, "files": window.files}
    for analysis in ANALYSES:
        window.pages[analysis.key] = ResultPage(session, analysis)
    window.weights, window.help = WeightsPage(session), HelpPage(session)
    window.pages |= {"weights": window.weights, "settings": SettingsPage(session), "help": window.help}
    places = [Place(each.key, each.title, each.icon, each.group) for each in ANALYSES]
    places.append(Place("check", say("Columns"), "columns", "data"))
    places.append(Place("settings", say("Settings"), "settings", "bottom"))
    places.append(Place("help", say("Help"), "help", "bottom"))
    window.sidebar = Sidebar(tuple(places))
    window.badges = Badges(session, window.sidebar)
    window.top_bar = TopBar(session)
    window.filter_bar = FilterBar(session)
    window.stack = QStackedWidget()
    for page in window.pages.values():
        window.stack.addWidget(page)
    body = _laid_out(window)
    window.setCentralWidget(body)
    window.export = ExportPage(session, body)
    window.export.hide()
    window.toasts = Toasts(session, body)
    window.failure = FailureNotice(session, window.restart, body)
    window.several = SeveralFiles(session, window.files, window.show_page, window.here, window)
    window.opening = Opening(session, window.welcome, window.several, window.show_page, window)
    window.pdf = PagePdf(session, window.here, window)
    window.projects = ProjectControl(session, window.opening, window.top_bar, body)
    window.text_size = TextSize(session, window)


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
            ("F6", window.on_next_region),
            ("Shift+F6", window.on_previous_region),
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
    for number, analysis in enumerate(ANALYSES[:9], start=1):
        shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), window)
        shortcut.setObjectName(analysis.key)
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
    column.addWidget(window.stack, 1)
    row.addLayout(column, 1)
    return body
