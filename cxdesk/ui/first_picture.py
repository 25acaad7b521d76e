"""What is seen while the program gets ready: its icon and its name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from cxdesk.ui.icons import program_picture
from cxdesk.ui.theme import Theme

_MARK = 64


class FirstPicture(QWidget):
    """Fills the window until the first page takes its place, about a second later; it says nothing to read."""

    def __init__(self, theme: Theme) -> None:
        """``theme`` is the look that the first page will have."""
        super().__init__()
        self.setObjectName("window")
        mark, name = QLabel(), QLabel("CX Desk")
        mark.setPixmap(program_picture(theme.px(_MARK), self.devicePixelRatioF()))
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        name.setProperty("look", "headline")
        name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(12))
        column.addStretch(1)
        column.addWidget(mark)
        column.addWidget(name)
        column.addStretch(1)
