"""The window: sidebar, top bar, filter bar and one page at a time. It opens files and passes wishes on."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QByteArray, Qt, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QMainWindow, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from cxdesk.analysis import ANALYSES
from cxdesk.project.preferences import save_preferences
from cxdesk.text import say
from cxdesk.ui import theme as look
from cxdesk.ui.actions import add_shortcuts, move_region
from cxdesk.ui.badges import Badges
from cxdesk.ui.failure_notice import FailureNotice, start_again
from cxdesk.ui.filter_bar import FilterBar
from cxdesk.ui.opening import Opening, dropped_files
from cxdesk.ui.page_pdf import PagePdf
from cxdesk.ui.pages.check import CheckPage
from cxdesk.ui.pages.export_page import ExportPage
from cxdesk.ui.pages.files_page import FilesPage
from cxdesk.ui.pages.help_page import HelpPage
from cxdesk.ui.pages.page import Page
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

NARROW_UNDER = 1100
_ASIDE = frozenset({"settings", "help"})
"""Pages that one looks at in passing: Esc leads back to the page before."""


class MainWindow(QMainWindow):
    """One window, one survey."""

    def __init__(self, session: Session) -> None:
        """Build the frame and the pages; nothing is computed until a file is open."""
        super().__init__()
        self.session = session
        self.setObjectName("window")
        self.setAcceptDrops(True)
        self.setMinimumSize(1024, 600)
        self.welcome = WelcomePage(session)
        self.check = CheckPage(session)
        self.files = FilesPage(session)
        self.pages: dict[str, Page] = {"welcome": self.welcome, "check": self.check, "files": self.files}
        for analysis in ANALYSES:
            self.pages[analysis.key] = ResultPage(session, analysis)
        self.weights, self.help = WeightsPage(session), HelpPage(session)
        self.pages |= {"weights": self.weights, "settings": SettingsPage(session), "help": self.help}
        places = [Place(each.key, each.title, each.icon, each.group) for each in ANALYSES]
        places.append(Place("check", say("Columns"), "columns", "data"))
        places.append(Place("settings", say("Settings"), "settings", "bottom"))
        places.append(Place("help", say("Help"), "help", "bottom"))
        self.sidebar = Sidebar(tuple(places))
        self.badges = Badges(session, self.sidebar)
        self.top_bar = TopBar(session)
        self.filter_bar = FilterBar(session)
        self.stack = QStackedWidget()
        for page in self.pages.values():
            self.stack.addWidget(page)
        self._lay_out()
        self.export = ExportPage(session, self.centralWidget())
        self.export.hide()
        self.toasts = Toasts(session, self.centralWidget())
        self.failure = FailureNotice(session, self._restart, self.centralWidget())
        self.several = SeveralFiles(session, self.files, self.show_page, self._here, self)
        self.opening = Opening(session, self.welcome, self.several, self.show_page, self)
        self.pdf = PagePdf(session, self._here, self)
        self.projects = ProjectControl(session, self.opening, self.top_bar, self.centralWidget())
        self.text_size = TextSize(session, self)
        self._closes_anyway = False
        self._came_from = "welcome"
        self._focus_before: QWidget | None = None
        self._connect()
        self._add_shortcuts()
        self._restore_place()
        self.show_page("welcome")

    @property
    def page(self) -> Page:
        """The page that is shown."""
        current = self.stack.currentWidget()
        return current if isinstance(current, Page) else self.welcome

    def _here(self) -> str:
        """The key of the page that is shown."""
        return next((key for key, page in self.pages.items() if page is self.page), "welcome")

    @Slot(str)
    def show_page(self, key: str) -> None:
        """Show a page by its key; "export" opens over the page that is shown, "undo" takes the last change back.

        "compare_with" opens the menu of comparisons, "before" leads back from Settings and Help, "numbers" leads to
        the help about how the survey's numbers were made.
        """
        if key == "compare_with":
            self._on_compare()
            return
        if key == "undo":
            self.session.undo()
            return
        if key == "before":
            key = self._came_from
        if key == "export":
            self._on_export()
            return
        if key == "numbers":
            self.help.show_topic(key)
            key = "help"
        open_pages = {"welcome", "settings", "help", *(("files",) if self.files.has_files else ())}
        if key not in self.pages or (self.session.workspace is None and key not in open_pages):
            key = "welcome"
        self.export.hide()
        here = self._here()
        if key == "weights" and here != key:
            self.weights.came_from = here
        if key in _ASIDE and here not in _ASIDE:
            self._came_from = here
        page = self.pages[key]
        leaves = page is not self.page and self.page.isAncestorOf(self.focusWidget() or self)
        if leaves:
            # Otherwise Qt hands the focus of a page that goes to some button far down on the one that comes.
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.stack.setCurrentWidget(page)
        self._refresh_frame()
        page.refresh()
        if leaves:
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        if key == "welcome":
            self.welcome.zone.choose.setFocus()

    def _lay_out(self) -> None:
        body = QWidget()
        body.setObjectName("window")
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self.filter_bar)
        column.addWidget(self.stack, 1)
        row.addLayout(column, 1)
        self.setCentralWidget(body)

    def _connect(self) -> None:
        session, opening = self.session, self.opening
        session.workspace_changed.connect(self._on_workspace)
        session.look_changed.connect(self._on_look)
        session.opened.connect(self._on_opened)
        session.page_wanted.connect(self.show_page)
        self.sidebar.chosen.connect(self.show_page)
        self.top_bar.export_wanted.connect(self._on_export)
        self.top_bar.compare_wanted.connect(self._on_compare)
        self.top_bar.open_wanted.connect(opening.choose)
        self.top_bar.paste_wanted.connect(opening.paste)
        self.top_bar.again_wanted.connect(opening.again)
        self.top_bar.path_wanted.connect(opening.open)
        self.top_bar.add_wanted.connect(opening.add)
        self.top_bar.files_wanted.connect(self.several.show_open)
        self.top_bar.weights_wanted.connect(self._on_weights)
        self.top_bar.pdf_wanted.connect(self.pdf.save_page)
        self.filter_bar.compare.file_wanted.connect(opening.add_earlier)
        self.top_bar.welcome_wanted.connect(self._on_welcome)
        self.welcome.language_wanted.connect(self._on_language)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_look)

    def _add_shortcuts(self) -> None:
        standard = QKeySequence.StandardKey
        add_shortcuts(
            self,
            (
                (standard.Open, self.opening.choose),
                (standard.Paste, self.opening.paste),
                (standard.Undo, self.session.undo),
                ("Ctrl+Y", self.session.redo),
                ("Ctrl+Shift+Z", self.session.redo),
                (standard.Save, self.projects.save),
                ("Ctrl+E", self._on_export),
                ("Ctrl+D", self._on_compare),
                (standard.Print, self.pdf.save_page),
                ("Ctrl+L", self.filter_bar.focus_filters),
                ("Ctrl+F", self._on_search),
                ("F5", self.opening.again),
                ("F6", self._on_next_region),
                ("Shift+F6", self._on_previous_region),
                ("F1", self._on_help),
                ("Ctrl+?", self._on_help),
                ("Ctrl+,", self._on_settings),
                ("Ctrl++", self.text_size.larger),
                ("Ctrl+=", self.text_size.larger),
                ("Ctrl+-", self.text_size.smaller),
                ("Ctrl+0", self.text_size.normal),
                ("Esc", self._on_escape),
            ),
        )
        for number, key in enumerate([analysis.key for analysis in ANALYSES][:9], start=1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.setObjectName(key)
            shortcut.activated.connect(self._on_number)

    def _restore_place(self) -> None:
        self.resize(1280, 800)
        if self.session.preferences.geometry:
            self.restoreGeometry(QByteArray.fromHex(self.session.preferences.geometry.encode("ascii")))

    def _refresh_frame(self) -> None:
        session, theme = self.session, self.session.theme
        has_file = session.workspace is not None
        current = self._here()
        framed = has_file and current != "welcome"
        self.sidebar.setVisible(framed)
        self.top_bar.setVisible(framed)
        self.filter_bar.setVisible(framed and current not in {"check", "files", "weights", "settings", "help"})
        self.sidebar.show_look(theme, session.translator, narrow=self.width() < NARROW_UNDER)
        self.sidebar.select(current, theme)
        self.badges.refresh()
        if framed:
            self.top_bar.refresh()
            self.filter_bar.refresh()
        title = "CX Desk"
        if session.workspace is not None:
            title = f"{session.say(session.file_name)} – CX Desk"
        self.setWindowTitle(title)

    @Slot()
    def _on_workspace(self) -> None:
        if self.session.workspace is not None:
            self._refresh_frame()
            self.page.refresh()

    @Slot()
    def _on_look(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            look.apply(application, self.session.theme)
        self._refresh_frame()
        self.page.refresh()
        if self.export.isVisible():
            self.export.refresh()

    @Slot()
    def _on_opened(self) -> None:
        self.show_page("check" if self.session.needs_check() else self.session.landing)
        if self.session.changes is not None and self.page is not self.check:
            self.session.toast.emit(self.session.changes, ((say("See columns"), self._on_columns),))

    @Slot()
    def _on_columns(self) -> None:
        self.show_page("check")

    @Slot()
    def _on_welcome(self) -> None:
        self.show_page("welcome")

    @Slot()
    def _on_export(self) -> None:
        if self.session.workspace is not None and not self.export.isVisible():
            self._focus_before = self.focusWidget()
            self.export.setGeometry(self.centralWidget().rect())
            self.export.show()
            self.export.raise_()
            self.export.refresh()

    @Slot()
    def _on_compare(self) -> None:
        if self.session.workspace is not None and self.top_bar.isVisible():
            self.filter_bar.compare.choose(self.top_bar.compare)

    @Slot()
    def _on_escape(self) -> None:
        if self.projects.card.isVisible():
            self.projects.card.give_up()
        elif self.session.is_reading:
            self.session.cancel()
        elif self.export.isVisible():
            self.export.give_up()
        elif self.page is self.files:
            self.files.back.click()
        elif self.page.key in _ASIDE:
            self.show_page("before")

    @Slot()
    def _on_number(self) -> None:
        self.show_page(self.sender().objectName())

    @Slot()
    def _on_search(self) -> None:
        """Ctrl+F: search on the page if it can be searched, else among the answers to filter by."""
        search = self.page.findChild(QLineEdit, "search")
        if search is not None and search.isVisible():
            search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.filter_bar.isVisible():
            self.filter_bar.add_filter()

    @Slot()
    def _on_help(self) -> None:
        self.show_page("help")

    @Slot()
    def _on_weights(self) -> None:
        self.show_page("weights")

    @Slot()
    def _on_settings(self) -> None:
        self.show_page("settings")

    @Slot(str)
    def _on_language(self, language: str) -> None:
        self.session.set_preferences(replace(self.session.preferences, language=language))

    @Slot()
    def _on_next_region(self) -> None:
        self._move_region(1)

    @Slot()
    def _on_previous_region(self) -> None:
        self._move_region(-1)

    def _move_region(self, step: int) -> None:
        """F6: sidebar, top bar, filters, page, and round again."""
        move_region((self.sidebar, self.top_bar, self.filter_bar, self.page), step)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Collapse the sidebar in a narrow window, and keep what floats in its place."""
        super().resizeEvent(event)
        was_narrow, is_narrow = event.oldSize().width() < NARROW_UNDER, self.width() < NARROW_UNDER
        if was_narrow != is_narrow:
            self.sidebar.show_look(self.session.theme, self.session.translator, narrow=is_narrow)
        self.export.setGeometry(self.centralWidget().rect())
        self.toasts.place()
        self.failure.place()
        self.projects.card.place()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files anywhere in the window."""
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        if self.opening.drop(event.mimeData()):
            event.acceptProposedAction()

    @Slot(QWidget, QWidget)
    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Keep the focus inside the export page while it lies over the others, and give it back afterwards."""
        if self.export.isVisible():
            if now is not None and now.window() is self and not self.export.isAncestorOf(now):
                self.export.save.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._focus_before is not None:
            before, self._focus_before = self._focus_before, None
            if isValid(before) and before.isVisible():
                before.setFocus(Qt.FocusReason.OtherFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window's place, and stop all work; a report that is being saved is asked about first."""
        if self.export.is_saving and not self._closes_anyway:
            event.ignore()
            text = say("The report is still being saved.")
            self.session.toast.emit(text, ((say("Close without the report"), self._close_anyway),))
            return
        geometry = bytes(self.saveGeometry().toHex().data()).decode("ascii")
        save_preferences(replace(self.session.preferences, geometry=geometry))
        self.projects.finish()
        self.session.close()
        self.opening.forget()
        super().closeEvent(event)

    def _close_anyway(self) -> None:
        self._closes_anyway = True
        self.close()

    def _restart(self) -> None:
        if start_again(self.session.path):
            self._close_anyway()
