"""A section on the screen: headline, base line, controls, and its blocks as cards in rows."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cxdesk.blocks.chart import Chart
from cxdesk.blocks.figure import Figure, Mix
from cxdesk.blocks.note import Empty, Findings, Note
from cxdesk.blocks.section import Block, Row, Section
from cxdesk.blocks.table import Table
from cxdesk.text import Translator
from cxdesk.ui.parts import label
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.cards import BlockCard, CardBase, EmptyCard, FigureCard, FindingsCard, MixCard, NoteCard
from cxdesk.ui.widgets.chart_canvas import DrawingTurns
from cxdesk.ui.widgets.chart_card import ChartCard, ChooseTarget
from cxdesk.ui.widgets.rows import GAP, RowLayout
from cxdesk.ui.widgets.table_card import TableCard

_WIDEST = 1400


class SectionView(QWidget):
    """Shows one section after the other; a section of the same shape is updated in place, without a flicker."""

    row_chosen = Signal(str, str)
    link_activated = Signal(str)

    told = Signal(object)
    """A Text that is of interest for a moment: a picture was saved."""

    def __init__(self, choose_target: ChooseTarget, parent: QWidget | None = None) -> None:
        """``choose_target`` asks where to save a picture or a table."""
        super().__init__(parent)
        self.setObjectName("pageBody")
        self._choose_target = choose_target
        self._turns = DrawingTurns(self)
        self._shape: tuple[object, ...] = ()
        self._cards: list[CardBase] = []
        self.headline = label("", "headline", wrap=True)
        self.base_line = label("", "caption", wrap=True)
        self._rows: list[QWidget] = []
        self._inside = QWidget(self)
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(22, 14, 22, 18)
        self._column.setSpacing(4)
        self._column.addWidget(self.headline)
        self._column.addWidget(self.base_line)
        self._body = QVBoxLayout()
        self._body.setSpacing(GAP)
        self._body.setContentsMargins(0, 10, 0, 0)
        self._column.addLayout(self._body)
        self._column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._inside)

    def set_controls(self, controls: QWidget) -> None:
        """Put the options of the page between base line and cards."""
        controls.setContentsMargins(0, 6, 0, 0)
        self._column.insertWidget(2, controls)

    def show_section(self, section: Section, theme: Theme, translator: Translator) -> None:
        """Show a section."""
        self._inside.setMaximumWidth(theme.px(_WIDEST) + 44)
        self.headline.setText(translator(section.headline))
        self.base_line.setText(translator(section.base_line))
        shape = (theme, translator.language, *(_shape(row) for row in section.rows))
        if shape == self._shape:
            self._update(section, theme, translator)
            return
        self._shape = shape
        self._build(section, theme, translator)

    def sizeHint(self) -> QSize:
        """The width follows the window."""
        return QSize(600, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for the smallest window."""
        return QSize(400, super().minimumSizeHint().height())

    def _build(self, section: Section, theme: Theme, translator: Translator) -> None:
        for shown in self._cards:
            if isinstance(shown, ChartCard):
                self._turns.forget(shown.canvas)
        for old in self._rows:
            self._body.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows, self._cards = [], []
        for row in section.rows:
            holder = QWidget()
            layout = RowLayout(holder, row.weights or (1,) * len(row.blocks))
            for block in row.blocks:
                made = self._card(block, theme, translator, alone=len(section.rows) == 1 or row is section.rows[0])
                made.link_activated.connect(self.link_activated)
                made.told.connect(self.told)
                if isinstance(made, TableCard):
                    made.row_chosen.connect(self.row_chosen)
                layout.addWidget(made)
                self._cards.append(made)
            self._body.addWidget(holder)
            self._rows.append(holder)

    def _update(self, section: Section, theme: Theme, translator: Translator) -> None:
        for shown, block in zip(self._cards, section.blocks(), strict=True):
            match block:
                case Table() if isinstance(shown, TableCard):
                    shown.show_table(block, theme, translator)
                case Chart() if isinstance(shown, ChartCard):
                    shown.show_chart(block, theme, translator)
                case _ if isinstance(shown, BlockCard):
                    shown.show_block(block, theme, translator)

    def _card(self, block: Block, theme: Theme, translator: Translator, *, alone: bool) -> CardBase:
        match block:
            case Figure():
                return FigureCard(block, theme, translator)
            case Mix():
                return MixCard(block, theme, translator)
            case Chart():
                return ChartCard(block, theme, translator, self._choose_target, self._turns)
            case Table():
                return TableCard(block, theme, translator, self._choose_target, titled=not alone)
            case Findings():
                return FindingsCard(block, theme, translator)
            case Note():
                return NoteCard(block, theme, translator)
            case Empty():
                return EmptyCard(block, theme, translator)


def _shape(row: Row) -> tuple[object, ...]:
    """What must stay the same for the cards of a row to be updated in place."""
    parts: list[object] = [row.weights]
    for block in row.blocks:
        if isinstance(block, Table):
            parts.append((block.key, block.selectable, tuple(column.key for column in block.columns)))
        elif isinstance(block, Chart):
            parts.append((block.key, block.kind))
        else:
            parts.append(type(block).__name__)
    return tuple(parts)
