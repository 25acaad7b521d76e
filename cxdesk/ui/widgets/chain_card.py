"""One card that leads from a first number over what is taken away to a last one, with a line on what that does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cxdesk.blocks.figure import Figure
from cxdesk.blocks.note import Note
from cxdesk.blocks.section import Row
from cxdesk.text import Format
from cxdesk.ui.icons import pixmap
from cxdesk.ui.parts import label
from cxdesk.ui.widgets.cards import BlockCard
from cxdesk.ui.widgets.flow import Flow

_ICON = 14


class ChainCard(BlockCard[Row]):
    """The figures of a chained `Row` with chevrons between them, in as many lines as the width asks for."""

    def fill(self, block: Row) -> None:
        """Build the card."""
        holder = QWidget()
        flow = Flow(holder, spacing=14)
        holder.setLayout(flow)
        told = []
        figures = [each for each in block.blocks if isinstance(each, Figure)]
        for place, figure in enumerate(figures):
            flow.addWidget(self._link(figure, leads=place > 0))
            told.append(self._words(figure))
        self.column.addWidget(holder)
        for note in block.blocks:
            if isinstance(note, Note):
                self.column.addLayout(self._told(note))
                told.append(self.translator(note.text))
        self.setAccessibleName(", ".join(told))

    def _link(self, figure: Figure, *, leads: bool) -> QWidget:
        """A number over its name, behind a chevron unless it is the first."""
        link = QWidget()
        row = QHBoxLayout(link)
        row.setContentsMargins(0, 0, self.theme.px(10), 0)
        row.setSpacing(self.theme.px(14))
        if leads:
            row.addWidget(self._sign("chevron_right"), 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(label(self._number(figure), "kpiSmall" if figure.cell.tone is None else "kpiLess"))
        column.addWidget(label(self.translator(figure.title), "caption"))
        row.addLayout(column)
        return link

    def _told(self, note: Note) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._sign("info"), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(label(self.translator(note.text), "caption", wrap=True), 1)
        return row

    def _sign(self, name: str) -> QLabel:
        made = QLabel()
        size = self.theme.px(_ICON)
        made.setPixmap(pixmap(name, self.theme.palette.text2, size, self.devicePixelRatioF()))
        return made

    def _number(self, figure: Figure) -> str:
        value = figure.cell.value
        number = value if isinstance(value, int | float) else None
        return self.translator.number(number, figure.cell.format or Format.COUNT)

    def _words(self, figure: Figure) -> str:
        return f"{self._number(figure)} {self.translator(figure.title)}"
