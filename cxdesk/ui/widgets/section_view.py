"""A section on the screen: headline, base line, controls, and its blocks as cards in rows."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cxdesk.blocks.chart import Chart
from cxdesk.blocks.figure import Figure, Mix
from cxdesk.blocks.note import Empty, Findings, Note
from cxdesk.blocks.quote import Quotes
from cxdesk.blocks.section import Block, Row, Section
from cxdesk.blocks.table import Table
from cxdesk.text import Translator, say
from cxdesk.ui.parts import button, label, set_icon
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.cards import BlockCard, CardBase
from cxdesk.ui.widgets.chain_card import ChainCard
from cxdesk.ui.widgets.chart_canvas import DrawingTurns
from cxdesk.ui.widgets.chart_card import ChartCard, ChooseTarget
from cxdesk.ui.widgets.figure_cards import FigureCard, MixCard
from cxdesk.ui.widgets.note_cards import EmptyCard, FindingsCard, NoteCard
from cxdesk.ui.widgets.quotes_card import QuotesCard
from cxdesk.ui.widgets.rows import GAP, RowLayout
from cxdesk.ui.widgets.table_card import TableCard

_WIDEST = 1400


@dataclass(frozen=True, slots=True, eq=False)
class _ShownRow:
    """The cards of a row in the widget that holds them; ``shape`` says which rows they can show."""

    shape: tuple[object, ...]
    holder: QWidget
    cards: tuple[CardBase, ...]


class SectionView(QWidget):
    """Shows one section after the other; what has the same shape is updated in place."""

    row_chosen = Signal(str, str)
    action_wanted = Signal(str, str)
    """Names table and row whose link was pressed."""
    choice_made = Signal(str, str, str)
    """Names table and row, and what was chosen in its list."""
    link_activated = Signal(str)
    quotes_marked = Signal(object)
    """The keys of all comments that are marked for the report."""

    told = Signal(object)
    """A Text that is of interest for a moment: a picture was saved."""

    def __init__(self, choose_target: ChooseTarget, parent: QWidget | None = None) -> None:
        """``choose_target`` asks where to save a picture or a table."""
        super().__init__(parent)
        self.setObjectName("pageBody")
        self._choose_target = choose_target
        self._turns = DrawingTurns(self)
        self.headline = label("", "headline", wrap=True)
        self.base_line = label("", "caption", wrap=True)
        self._rows: list[_ShownRow] = []
        self._inside = QWidget(self)
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(22, 14, 22, 18)
        self._column.setSpacing(4)
        self.how = button("", "flat")
        self.how.clicked.connect(self._on_how)
        self.how.hide()
        head = QHBoxLayout()
        head.addWidget(self.headline, 1)
        head.addWidget(self.how, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(head)
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

    def show_section(self, section: Section, theme: Theme, translator: Translator, settled: int = 0) -> None:
        """Show a section; rows of the same shape keep their cards, also in another look, the others are made anew.

        The first ``settled`` rows are already shown as they are.
        """
        self._inside.setMaximumWidth(theme.px(_WIDEST) + 44)
        self.headline.setText(translator(section.headline))
        self.base_line.setText(translator(section.base_line))
        how = translator(say("How these numbers were made"))
        self.how.setAccessibleName(how)
        self.how.setToolTip(how)
        set_icon(self.how, theme, "help", "text2", 18)
        self.how.setVisible(not all(isinstance(block, Empty) for block in section.blocks()))
        titled = len(section.rows) > 1
        while len(self._rows) > len(section.rows):
            self._drop(self._rows.pop())
        for place, row in enumerate(section.rows):
            shape = (titled and place > 0, *_shape(row))
            if place < len(self._rows) and self._rows[place].shape == shape:
                if place < settled:
                    continue
                self._update(self._rows[place], row, theme, translator)
                continue
            if place < len(self._rows):
                self._drop(self._rows[place])
            made = self._build(row, shape, theme, translator, titled=titled and place > 0)
            self._rows[place : place + 1] = [made]
            self._body.insertWidget(place, made.holder)

    @Slot()
    def _on_how(self) -> None:
        self.link_activated.emit("numbers")

    def sizeHint(self) -> QSize:
        """The width follows the window."""
        return QSize(600, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for the smallest window."""
        return QSize(400, super().minimumSizeHint().height())

    def _drop(self, row: _ShownRow) -> None:
        for shown in row.cards:
            if isinstance(shown, ChartCard):
                self._turns.forget(shown.canvas)
        self._body.removeWidget(row.holder)
        row.holder.hide()
        row.holder.deleteLater()

    def _build(
        self, row: Row, shape: tuple[object, ...], theme: Theme, translator: Translator, *, titled: bool
    ) -> _ShownRow:
        if row.chained:
            chain = ChainCard(row, theme, translator)
            return _ShownRow(shape, chain, (chain,))
        holder = QWidget()
        layout = RowLayout(holder, row.weights or (1,) * len(row.blocks))
        cards = []
        for block in row.blocks:
            made = self._card(block, theme, translator, titled=titled)
            made.link_activated.connect(self.link_activated)
            made.told.connect(self.told)
            if isinstance(made, TableCard):
                made.row_chosen.connect(self.row_chosen)
                made.action_wanted.connect(self.action_wanted)
                made.choice_made.connect(self.choice_made)
            if isinstance(made, QuotesCard):
                made.marks_changed.connect(self.quotes_marked)
            layout.addWidget(made)
            cards.append(made)
        return _ShownRow(shape, holder, tuple(cards))

    def _update(self, shown: _ShownRow, row: Row, theme: Theme, translator: Translator) -> None:
        if row.chained:
            for card in shown.cards:
                if isinstance(card, ChainCard):
                    card.show_block(row, theme, translator)
            return
        for card, block in zip(shown.cards, row.blocks, strict=True):
            match block:
                case Table() if isinstance(card, TableCard):
                    card.show_table(block, theme, translator)
                case Chart() if isinstance(card, ChartCard):
                    card.show_chart(block, theme, translator)
                case Quotes() if isinstance(card, QuotesCard):
                    card.show_quotes(block, theme, translator)
                case _ if isinstance(card, BlockCard):
                    card.show_block(block, theme, translator)

    def _card(self, block: Block, theme: Theme, translator: Translator, *, titled: bool) -> CardBase:
        match block:
            case Figure():
                return FigureCard(block, theme, translator)
            case Mix():
                return MixCard(block, theme, translator)
            case Chart():
                return ChartCard(block, theme, translator, self._choose_target, self._turns)
            case Table():
                return TableCard(block, theme, translator, self._choose_target, titled=titled)
            case Quotes():
                return QuotesCard(block, theme, translator, self._choose_target)
            case Findings():
                return FindingsCard(block, theme, translator)
            case Note():
                return NoteCard(block, theme, translator)
            case Empty():
                return EmptyCard(block, theme, translator)


def _shape(row: Row) -> tuple[object, ...]:
    """What must stay the same for the cards of a row to be updated in place."""
    if row.chained:
        return ("chained",)
    parts: list[object] = [row.weights]
    for block in row.blocks:
        if isinstance(block, Table):
            parts.append((block.key, block.selectable, tuple(column.key for column in block.columns)))
        elif isinstance(block, Chart):
            parts.append((block.key, block.kind))
        else:
            parts.append(type(block).__name__)
    return tuple(parts)
