"""The bar over every page: the file with its menu, Undo and Redo, and the button that everything leads to."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from cxdesk.project import store
from cxdesk.text import Text, say
from cxdesk.ui.parts import button, set_icon
from cxdesk.ui.session import Session

_MOST_RECENT = 5


class TopBar(QFrame):
    """Height 54. Emits what was wanted; the window carries it out."""

    open_wanted = Signal()
    paste_wanted = Signal()
    again_wanted = Signal()
    add_wanted = Signal()
    files_wanted = Signal()
    welcome_wanted = Signal()
    path_wanted = Signal(str)
    export_wanted = Signal()
    compare_wanted = Signal()
    weights_wanted = Signal()
    pdf_wanted = Signal()
    save_project_wanted = Signal()
    save_template_wanted = Signal()
    use_template_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Build the buttons once; `refresh` sets their words."""
        super().__init__(parent)
        self.setProperty("look", "bar")
        self._session = session
        self.file = button("", "file", parent=self)
        self._menu = QMenu(self.file)
        self.file.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.undo = button("", "flat", parent=self)
        self.redo = button("", "flat", parent=self)
        self.compare = button("", parent=self)
        self.export = button("", "primary", parent=self)
        self.undo.clicked.connect(session.undo)
        self.redo.clicked.connect(session.redo)
        self.compare.clicked.connect(self.compare_wanted)
        self.export.clicked.connect(self.export_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(22, 8, 16, 8)
        row.addWidget(self.file)
        row.addStretch(1)
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        row.addSpacing(8)
        row.addWidget(self.compare)
        row.addSpacing(4)
        row.addWidget(self.export)

    def refresh(self) -> None:
        """Set words, icons and what can be pressed."""
        session, theme = self._session, self._session.theme
        self.setMinimumHeight(theme.px(54))
        name = session.say(session.file_name)
        self.file.setText(self._shortened(name).replace("&", "&&"))
        self.file.setToolTip(name)
        self.file.setAccessibleName(session.say(say("File: {name}", name=name)))
        self.file.setFont(theme.font(bold=True))
        set_icon(self.file, theme, "file", "text", gap=2)
        history = session.history
        undo_name = None if history is None else history.undo_name
        redo_name = None if history is None else history.redo_name
        undo = say("Undo") if undo_name is None else say("Undo: {step}", step=undo_name)
        redo = say("Redo") if redo_name is None else say("Redo: {step}", step=redo_name)
        for found, text, enabled, image in (
            (self.undo, undo, undo_name is not None, "undo"),
            (self.redo, redo, redo_name is not None, "redo"),
        ):
            found.setEnabled(enabled)
            found.setToolTip(session.say(text))
            found.setAccessibleName(session.say(text))
            set_icon(found, theme, image, "text2", 18)
        self.compare.setText(session.say(say("Compare")))
        self.compare.setAccessibleName(session.say(say("Compare")))
        self.compare.setToolTip(session.say(say("Compare with an earlier file, period or another group (Ctrl+D)")))
        set_icon(self.compare, theme, "compare", "text", gap=2)
        self.export.setText(session.say(say("Export report")))
        self.export.setAccessibleName(session.say(say("Export report")))
        set_icon(self.export, theme, "upload", "on_accent", gap=2)

    def _shortened(self, name: str) -> str:
        return name if len(name) <= 48 else f"{name[:30]}…{name[-15:]}"

    def _fill_menu(self) -> None:
        session = self._session
        self._menu.clear()
        self._add(say("Open another file…"), self.open_wanted, "Ctrl+O")
        self._add(say("Paste a table from Excel"), self.paste_wanted, "Ctrl+V")
        several = session.bundle is not None
        self._add(say("Read these files again") if several else say("Read this file again"), self.again_wanted, "F5")
        self._menu.addSeparator()
        self._add(say("Add another file…"), self.add_wanted)
        self._add(say("Files…"), self.files_wanted)
        self._add(say("Weights…"), self.weights_wanted)
        self._add(say("Save this page as PDF…"), self.pdf_wanted, "Ctrl+P")
        self._menu.addSeparator()
        self._add(say("Save as project…"), self.save_project_wanted, "Ctrl+S")
        self._add(say("Save as template…"), self.save_template_wanted)
        self._add(say("Use a template…"), self.use_template_wanted)
        files = store.recent_files() if session.preferences.keep_recent else ()
        here = {session.path, session.project}
        others = [file for file in files if file.path not in here and not file.missing][:_MOST_RECENT]
        if others:
            self._menu.addSeparator()
        for file in others:
            action = self._menu.addAction(self._shortened(file.name).replace("&", "&&"))
            action.setData(file.path)
            action.setToolTip(file.path)
            action.triggered.connect(self._on_recent)
        self._menu.addSeparator()
        self._add(say("All recent files and examples"), self.welcome_wanted)

    def _add(self, text: Text, wanted: SignalInstance, keys: str = "") -> None:
        words = self._session.say(text)
        self._menu.addAction(f"{words}\t{keys}" if keys else words).triggered.connect(wanted)

    @Slot()
    def _on_recent(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.path_wanted.emit(str(action.data()))
