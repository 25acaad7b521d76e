"""The files that are shown side by side: what each is, or why it could not be read, and a way to leave it out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cxdesk.analysis.wording import day_of
from cxdesk.project.gathering import File, period
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.role import SCORED
from cxdesk.text import Period, Text, Translator, say, say_n
from cxdesk.ui.icons import pixmap
from cxdesk.ui.parts import button, card, clear, label, set_icon
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.elided_label import ElidedLabel


class FileList(QWidget):
    """One line per file; emits the position of a file that should be left out."""

    left_out = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_files`."""
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_files(self, files: tuple[File, ...], theme: Theme, translator: Translator) -> None:
        """Show the files; the only one cannot be left out."""
        clear(self._column)
        for place, file in enumerate(files):
            line = self._line(file, theme, translator)
            cross = button("", "flat", name=translator(say("Leave out {file}", file=file.name)))
            cross.setToolTip(cross.accessibleName())
            cross.setProperty("place", place)
            cross.setVisible(len(files) > 1)
            set_icon(cross, theme, "close", "text2", 14)
            cross.clicked.connect(self._on_cross)
            row = line.layout()
            if isinstance(row, QHBoxLayout):
                row.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)
            self._column.addWidget(line)

    def _line(self, file: File, theme: Theme, translator: Translator) -> QWidget:
        problem = file.problem
        frame = QWidget() if problem is None else card("error")
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 0, 0)
        if problem is not None:
            row.setContentsMargins(12, 8, 6, 8)
        row.setSpacing(10)
        mark = QLabel()
        image, color = ("file", theme.palette.text2) if problem is None else ("error", theme.palette.error_text)
        mark.setPixmap(pixmap(image, color, theme.px(16), self.devicePixelRatioF()))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        if problem is not None:
            told = say("“{name}” could not be opened", name=file.name)
            words.addWidget(label(translator(told), "title", wrap=True))
            why = say("{first} {second}", first=problem.reason, second=problem.remedy)
            words.addWidget(label(translator(why), wrap=True))
        elif file.dataset is not None:
            name = ElidedLabel()
            name.setProperty("look", "strong")
            name.setText(file.name)
            name.setToolTip(file.input.path)
            words.addWidget(name)
            words.addWidget(label(translator(_about(file.dataset)), "caption", wrap=True))
        row.addLayout(words, 1)
        return frame

    @Slot()
    def _on_cross(self) -> None:
        self.left_out.emit(int(self.sender().property("place")))


def _about(dataset: Dataset) -> Text:
    """Platform, respondents and period, as far as they are known."""
    told = say_n("1 respondent", "{count} respondents", dataset.respondents)
    if not dataset.with_role(*SCORED):
        told = say_n("1 row", "{count} rows", dataset.respondents)
    if dataset.receipt.platform_name:
        told = say("{first} · {second}", first=dataset.receipt.platform_name, second=told)
    days = period(dataset)
    if days is not None:
        told = say("{first} · {second}", first=told, second=say("{period}", period=Period(*map(day_of, days))))
    return told
