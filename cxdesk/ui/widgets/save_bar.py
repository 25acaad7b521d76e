"""The lower edge of the export page: where the report goes, how far it is, Cancel and Save."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from cxdesk.project.report_file import shown_path
from cxdesk.text import Text, Translator, say
from cxdesk.ui.icons import pixmap
from cxdesk.ui.parts import button, label, set_icon
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.elided_label import ElidedLabel


class SaveBar(QWidget):
    """While the report is saved, its progress stands where the path was."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without words until `show_look`."""
        super().__init__(parent)
        self._translator = Translator("en")
        self._folder = QLabel()
        self.where = ElidedLabel()
        self.where.setProperty("look", "caption2")
        self.change = button("", "link")
        self.step = label("", "caption2")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.cancel = button("")
        self.save = button("", "primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._folder)
        row.addWidget(self.step)
        row.addWidget(self.progress)
        row.addWidget(self.where, 1)
        row.addWidget(self.change)
        row.addWidget(self.cancel)
        row.addWidget(self.save)

    def show_look(self, theme: Theme, translator: Translator) -> None:
        """Take over fonts, colours and language."""
        self._translator = translator
        for pressed, text in (
            (self.change, say("Change…")),
            (self.cancel, say("Cancel")),
            (self.save, say("Save report")),
        ):
            pressed.setText(translator(text))
            pressed.setAccessibleName(translator(text))
        self.progress.setAccessibleName(translator(say("Progress")))
        self.progress.setFixedWidth(theme.px(160))
        set_icon(self.save, theme, "upload", "on_accent", gap=2)
        self._folder.setPixmap(pixmap("folder", theme.palette.text2, theme.px(16), self.devicePixelRatioF()))

    def show_target(self, target: str) -> None:
        """Say where the report will be."""
        self.where.setText(shown_path(Path(target)))
        self.where.setToolTip(target)

    def show_busy(self, *, busy: bool) -> None:
        """Begin or end showing progress."""
        self.step.setText(self._translator(say("Saving the report…")) if busy else "")
        self.progress.setRange(0, 0)
        self.step.setVisible(busy)
        self.progress.setVisible(busy)
        self._folder.setVisible(not busy)
        self.change.setVisible(not busy)
        self.save.setEnabled(not busy)

    def show_progress(self, step: Text, done: int, total: int) -> None:
        """Say what is being done, and how much of it is done."""
        self.step.setText(self._translator(step))
        self.progress.setRange(0, total)
        self.progress.setValue(done)
