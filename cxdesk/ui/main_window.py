"""The window: sidebar, top bar, filter bar and one page at a time. It opens files and passes wishes on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, Qt, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QWidget
from shiboken6 import isValid

from cxdesk.project.preferences import save_preferences
from cxdesk.text import say
from cxdesk.ui import theme as look
from cxdesk.ui.actions import move_region
from cxdesk.ui.pages.page import Page

if TYPE_CHECKING:
    # Nothing of this is imported before the window is seen: together it takes longer than everything else.
    from cxdesk.ui.badges import Badges
    from cxdesk.ui.failure_notice import FailureNotice
    from cxdesk.ui.filter_bar import FilterBar
    from cxdesk.ui.opening import Opening
    from cxdesk.ui.page_pdf import PagePdf
    from cxdesk.ui.page_stack import Pages
    from cxdesk.ui.pages.check import CheckPage
    from cxdesk.ui.pages.export_page import ExportPage
    from cxdesk.ui.pages.files_page import FilesPage
    from cxdesk.ui.pages.help_page import HelpPage
    from cxdesk.ui.pages.weights_page import WeightsPage
    from cxdesk.ui.pages.welcome import WelcomePage
    from cxdesk.ui.project_control import ProjectControl
    from cxdesk.ui.session import Session
    from cxdesk.ui.several_files import SeveralFiles
    from cxdesk.ui.sidebar import Sidebar
    from cxdesk.ui.text_size import TextSize
    from cxdesk.ui.toasts import Toasts
    from cxdesk.ui.top_bar import TopBar

NARROW_UNDER = 1100
_ASIDE = frozenset({"settings", "help"})
"""Pages that one looks at in passing: Esc leads back to the page before."""


class MainWindow(QMainWindow):
    """One window, one survey. It can be seen before it is furnished; until then it only moves, grows and closes."""

    session: Session
    pages: Pages
    welcome: WelcomePage
    sidebar: Sidebar
    badges: Badges
    top_bar: TopBar
    filter_bar: FilterBar
    toasts: Toasts
    failure: FailureNotice
    several: SeveralFiles
    opening: Opening
    pdf: PagePdf
    projects: ProjectControl
    text_size: TextSize

    def __init__(self, session: Session | None = None) -> None:
        """With a session the window is furnished at once; without one it is empty until `furnish` is called."""
        super().__init__()
        self.furnished = False
        self.setObjectName("window")
        self.setWindowTitle("CX Desk")
        self.setMinimumSize(1024, 600)
        self.resize(1280, 800)
        self._closes_anyway = False
        self._came_from = "welcome"
        self._focus_before: QWidget | None = None
        self._export: ExportPage | None = None
        if session is None:
            return
        self.restore_place(session.preferences.geometry)
        self.furnish(session)

    def furnish(self, session: Session) -> None:
        """Build the frame and the pages; nothing is computed until a file is open."""
        from cxdesk.ui.furniture import add_keys, furnish  # noqa: PLC0415 - it brings the whole program along

        self.session = session
        furnish(self, session)
        self.setAcceptDrops(True)
        self.furnished = True
        self._connect()
        add_keys(self)
        self.show_page("welcome")

    def restore_place(self, geometry: str) -> None:
        """Put the window where it was when it was closed; ``geometry`` is hexadecimal, "" leaves it where it is."""
        if geometry:
            self.restoreGeometry(QByteArray.fromHex(geometry.encode("ascii")))

    @property
    def page(self) -> Page:
        """The page that is shown."""
        current = self.pages.stack.currentWidget()
        return current if isinstance(current, Page) else self.welcome

    def here(self) -> str:
        """The key of the page that is shown."""
        return self.pages.here or "welcome"

    @property
    def check(self) -> CheckPage:
        """The page of columns; like all pages but the welcome page it is made when it is first asked for."""
        return cast("CheckPage", self.pages["check"])

    @property
    def files(self) -> FilesPage:
        """The page of several files."""
        return cast("FilesPage", self.pages["files"])

    @property
    def weights(self) -> WeightsPage:
        """The page of weights."""
        return cast("WeightsPage", self.pages["weights"])

    @property
    def help(self) -> HelpPage:
        """The help."""
        return cast("HelpPage", self.pages["help"])

    @property
    def export(self) -> ExportPage:
        """The export page, which lies over the others."""
        if self._export is None:
            from cxdesk.ui.pages.export_page import ExportPage  # noqa: PLC0415 - with the first export

            self._export = ExportPage(self.session, self.centralWidget())
            self._export.hide()
        return self._export

    @property
    def exporting(self) -> bool:
        """Whether the export page lies over the others."""
        return self._export is not None and self._export.isVisible()

    @Slot(str)
    def show_page(self, key: str) -> None:
        """Show a page by its key; "export" opens over the page that is shown, "undo" takes the last change back.

        "compare_with" opens the menu of comparisons, "before" leads back from Settings and Help, "numbers" leads to
        the help about how the survey's numbers were made.
        """
        if key == "compare_with":
            self.on_compare()
            return
        if key == "undo":
            self.session.undo()
            return
        if key == "before":
            key = self._came_from
        if key == "export":
            self.on_export()
            return
        if key == "numbers":
            self.help.show_topic(key)
            key = "help"
        open_pages = {"welcome", "settings", "help"}
        if self.pages.is_made("files") and self.files.has_files:
            open_pages.add("files")
        if key not in self.pages or (self.session.workspace is None and key not in open_pages):
            key = "welcome"
        if self._export is not None:
            self._export.hide()
        here = self.here()
        if key == "weights" and here != key:
            self.weights.came_from = here
        if key in _ASIDE and here not in _ASIDE:
            self._came_from = here
        page = self.pages[key]
        leaves = page is not self.page and self.page.isAncestorOf(self.focusWidget() or self)
        if leaves:
            # Otherwise Qt hands the focus of a page that goes to some button far down on the one that comes.
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.pages.stack.setCurrentWidget(page)
        self._refresh_frame()
        page.refresh()
        if leaves:
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        if key == "welcome":
            self.welcome.zone.choose.setFocus()

    def _connect(self) -> None:
        session, opening = self.session, self.opening
        session.workspace_changed.connect(self._on_workspace)
        session.look_changed.connect(self._on_look)
        session.opened.connect(self._on_opened)
        session.page_wanted.connect(self.show_page)
        self.sidebar.chosen.connect(self.show_page)
        self.top_bar.export_wanted.connect(self.on_export)
        self.top_bar.compare_wanted.connect(self.on_compare)
        self.top_bar.open_wanted.connect(opening.choose)
        self.top_bar.paste_wanted.connect(opening.paste)
        self.top_bar.again_wanted.connect(opening.again)
        self.top_bar.path_wanted.connect(opening.open)
        self.top_bar.add_wanted.connect(opening.add)
        self.top_bar.files_wanted.connect(self.several.show_open)
        self.top_bar.weights_wanted.connect(self._on_weights)
        self.top_bar.pdf_wanted.connect(self.pdf.save_page)
        self.filter_bar.compare.file_wanted.connect(opening.add_earlier)
        self.top_bar.welcome_wanted.connect(self.several.begin)
        self.welcome.language_wanted.connect(self._on_language)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_look)

    def _refresh_frame(self) -> None:
        session, theme = self.session, self.session.theme
        has_file = session.workspace is not None
        current = self.here()
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
        if self.exporting:
            self.export.refresh()

    @Slot()
    def _on_opened(self) -> None:
        self.show_page("check" if self.session.needs_check() else self.session.landing)
        if self.session.changes is not None and self.here() != "check":
            self.session.toast.emit(self.session.changes, ((say("See columns"), self._on_columns),))

    @Slot()
    def _on_columns(self) -> None:
        self.show_page("check")

    @Slot()
    def on_export(self) -> None:
        """Open the export page over the page that is shown, as soon as its code is there."""
        if self.session.workspace is not None and not self.exporting:
            from cxdesk.ui.catching_up import EXPORTING, imported_first  # noqa: PLC0415 - not before the first page

            imported_first(self.session, EXPORTING, self._show_export)

    def _show_export(self) -> None:
        if self.session.workspace is not None and not self.exporting:
            self._focus_before = self.focusWidget()
            self.export.setGeometry(self.centralWidget().rect())
            self.export.show()
            self.export.raise_()
            self.export.refresh()

    @Slot()
    def on_compare(self) -> None:
        """Open the menu of what one can compare with."""
        if self.session.workspace is not None and self.top_bar.isVisible() and not self.exporting:
            self.filter_bar.compare.choose(self.top_bar.compare)

    @Slot()
    def on_escape(self) -> None:
        """Esc: give up what lies over the page, or go back to the page before."""
        if self.projects.card.isVisible():
            self.projects.card.give_up()
        elif self.session.is_reading:
            self.session.cancel()
        elif self.exporting:
            self.export.give_up()
        elif self.here() == "welcome":
            self.several.go_back()
        elif self.here() == "files":
            self.files.back.click()
        elif self.here() == "weights":
            self.weights.cancel.click()
        elif self.here() in _ASIDE:
            self.show_page("before")

    @Slot()
    def on_number(self) -> None:
        """Ctrl and a digit: show the page that the shortcut is named after."""
        self.show_page(self.sender().objectName())

    @Slot()
    def on_search(self) -> None:
        """Ctrl+F: search on the page if it can be searched, else among the answers to filter by."""
        if self.exporting:
            return
        search = self.page.findChild(QLineEdit, "search")
        if search is not None and search.isVisible():
            search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.filter_bar.isVisible():
            self.filter_bar.add_filter()

    @Slot()
    def on_help(self) -> None:
        """Show the help."""
        self.show_page("help")

    @Slot()
    def _on_weights(self) -> None:
        self.show_page("weights")

    @Slot()
    def on_settings(self) -> None:
        """Show the settings."""
        self.show_page("settings")

    @Slot(str)
    def _on_language(self, language: str) -> None:
        self.session.set_preferences(replace(self.session.preferences, language=language))

    def on_region(self, step: int) -> None:
        """F6: the next part of the window (1) or the one before (-1): sidebar, top bar, filters, page, and round."""
        move_region((self.sidebar, self.top_bar, self.filter_bar, self.page), step)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Collapse the sidebar in a narrow window, and keep what floats in its place."""
        super().resizeEvent(event)
        if not self.furnished:
            return
        was_narrow, is_narrow = event.oldSize().width() < NARROW_UNDER, self.width() < NARROW_UNDER
        if was_narrow != is_narrow:
            self.sidebar.show_look(self.session.theme, self.session.translator, narrow=is_narrow)
        if self.exporting:
            self.export.setGeometry(self.centralWidget().rect())
        self.toasts.place()
        self.failure.place()
        self.projects.card.place()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files anywhere in the window."""
        if self.opening.takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        if self.opening.drop(event.mimeData()):
            event.acceptProposedAction()

    @Slot(QWidget, QWidget)
    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Keep the focus inside the export page while it lies over the others, and give it back afterwards."""
        if self.exporting:
            if now is not None and now.window() is self and not self.export.isAncestorOf(now):
                self.export.save.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._focus_before is not None:
            before, self._focus_before = self._focus_before, None
            if isValid(before) and before.isVisible():
                before.setFocus(Qt.FocusReason.OtherFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window's place, and stop all work; a report that is being saved is asked about first."""
        if not self.furnished:
            super().closeEvent(event)
            return
        if self._export is not None and self._export.is_saving and not self._closes_anyway:
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

    def restart(self) -> None:
        """Start the program anew with the same file, and close this window."""
        from cxdesk.ui.failure_notice import start_again  # noqa: PLC0415 - see above

        if start_again(self.session.path):
            self._close_anyway()
