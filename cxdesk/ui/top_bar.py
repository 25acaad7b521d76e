"""The bar over every page: the file with its menu, Undo and Redo, and the button that everything leads to."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from cxdesk.text import say
from cxdesk.ui.parts import button, set_icon
from cxdesk.ui.session import Session


class TopBar(QFrame):
    """Height 54. Emits what was wanted; the window carries it out."""

    open_wanted = Signal()
    paste_wanted = Signal()
    again_wanted = Signal()
    welcome_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Build the buttons once; `refresh` sets their words."""
        super().__init__(parent)
        self.setProperty("look", "bar")
        self._session = session
        self.file = button("", "flat", parent=self)
        self._menu = QMenu(self.file)
        self.file.setMenu(self._menu)
        self.undo = button("", "flat", parent=self)
        self.redo = button("", "flat", parent=self)
        self.export = button("", "primary", parent=self)
        self.undo.clicked.connect(session.undo)
        self.redo.clicked.connect(session.redo)
        self.export.clicked.connect(self.export_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(22, 8, 16, 8)
        row.addWidget(self.file)
        row.addStretch(1)
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        row.addSpacing(8)
        row.addWidget(self.export)

    def refresh(self) -> None:
        """Set words, icons and what can be pressed."""
        session, theme = self._session, self._session.theme
        workspace = session.workspace
        self.setMinimumHeight(theme.px(54))
        name = "" if workspace is None else workspace.dataset.source.name
        self.file.setText(self._shortened(name).replace("&", "&&"))
        self.file.setToolTip(name)
        self.file.setAccessibleName(session.say(say("File: {name}", name=name)))
        self.file.setFont(theme.font(bold=True))
        set_icon(self.file, theme, "file", "text")
        self._fill_menu()
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
        self.export.setText(session.say(say("Export report")))
        self.export.setAccessibleName(session.say(say("Export report")))
        set_icon(self.export, theme, "upload", "on_accent")

    def _shortened(self, name: str) -> str:
        return name if len(name) <= 48 else f"{name[:30]}…{name[-15:]}"

    def _fill_menu(self) -> None:
        session = self._session
        self._menu.clear()
        for text, wanted, keys in (
            (say("Open another file…"), self.open_wanted, "Ctrl+O"),
            (say("Paste a table from Excel"), self.paste_wanted, "Ctrl+V"),
            (say("Read this file again"), self.again_wanted, "F5"),
            (say("Recent files and examples"), self.welcome_wanted, ""),
        ):
            action = self._menu.addAction(session.say(text))
            action.triggered.connect(wanted)
            if keys:
                action.setText(f"{session.say(text)}\t{keys}")
