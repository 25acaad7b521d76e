"""A table on a card: title, rows, the line that explains its marks, and a menu to copy or save it as numbers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout

from cxdesk.blocks.table import Table
from cxdesk.render.csv import table_to_csv
from cxdesk.text import Text, Translator, say
from cxdesk.ui.parts import button, label, set_icon
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.card_head import CardHead
from cxdesk.ui.widgets.cards import CardBase
from cxdesk.ui.widgets.saving import file_name, save
from cxdesk.ui.widgets.table_header import PADDING
from cxdesk.ui.widgets.table_view import TableView

_SIDE = 6
"""Rows reach nearly to the edge of the card; words stand where the words of the first column do."""


class TableCard(CardBase):
    """A `Table` on a card. ``row_chosen`` names table and row that a person went to."""

    row_chosen = Signal(str, str)
    action_wanted = Signal(str, str)
    """Names table and row whose link was pressed."""
    choice_made = Signal(str, str, str)
    """Names table and row, and what was chosen in its list."""

    def __init__(
        self,
        table: Table,
        theme: Theme,
        translator: Translator,
        choose_target: Callable[[str, str], str],
        *,
        titled: bool = True,
    ) -> None:
        """``choose_target(suggested name, ending)`` asks where to save; ``titled`` writes the title over the rows."""
        super().__init__(theme, translator)
        self._choose_target = choose_target
        self._title = label("", "title", wrap=True)
        self._subtitle = label("", "caption", wrap=True)
        self._legend = label("", "caption", wrap=True)
        self._more = button("", "flat")
        self._menu = QMenu(self)
        self._more.clicked.connect(self._on_more)
        self.view = TableView()
        self.view.row_chosen.connect(self._on_row)
        self.view.action_wanted.connect(self._on_action)
        self.view.choice_made.connect(self._on_choice)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._on_context)
        self._lay_out(titled=titled)
        self.show_table(table, theme, translator)

    def _lay_out(self, *, titled: bool) -> None:
        side = PADDING
        self.column.setContentsMargins(_SIDE, 12 if titled else 0, _SIDE, 8)
        self.column.setSpacing(2)
        above, below = QVBoxLayout(), QVBoxLayout()
        above.setContentsMargins(side, 0, side, 2)
        above.addWidget(self._subtitle)
        below.setContentsMargins(side, 6, side, 0)
        below.addWidget(self._legend)
        if titled:
            head = CardHead(self._title, (), self._more)
            head.setContentsMargins(side, 0, side - 2, 0)
            self.column.addLayout(head)
            self.column.addLayout(above)
        else:
            for unused in (self._title, self._more, self._subtitle):
                unused.setParent(self)
                unused.hide()
        self._titled = titled
        self.column.addWidget(self.view)
        self.column.addLayout(below)
        self.column.addStretch(1)

    def show_table(self, table: Table, theme: Theme, translator: Translator) -> None:
        """Show a table in a look and language; selection, scroll position and dragged widths stay where they can."""
        self.theme, self.translator = theme, translator
        self._title.setText(translator(table.title))
        for part, text in ((self._subtitle, table.subtitle), (self._legend, table.legend)):
            part.setText("" if text is None else translator(text))
            part.setVisible(text is not None and (self._titled or part is self._legend))
        self.view.show_table(table, theme, translator)
        set_icon(self._more, theme, "more")
        more = translator(say("Copy or save “{title}”", title=table.title))
        self._more.setAccessibleName(more)
        self._more.setToolTip(more)
        self._menu.clear()
        self._menu.addAction(translator(say("Copy table")), self.view.copy_table)
        self._menu.addAction(translator(say("Copy this cell")), self.view.copy_cell)
        self._menu.addAction(translator(say("Save as CSV…")), self._on_save)
        self._menu.addSeparator()
        self._menu.addAction(translator(say("Sort by this column")), self.view.sort_by_current)
        self._menu.addAction(translator(say("Order of the page")), self.view.unsort)

    def menu_actions(self) -> list[QAction]:
        """What the menu offers."""
        return self._menu.actions()

    @Slot(str)
    def _on_row(self, row: str) -> None:
        self.row_chosen.emit(self.view.table_model.table.key, row)

    @Slot(str)
    def _on_action(self, row: str) -> None:
        self.action_wanted.emit(self.view.table_model.table.key, row)

    @Slot(str, str)
    def _on_choice(self, row: str, choice: str) -> None:
        self.choice_made.emit(self.view.table_model.table.key, row, choice)

    @Slot()
    def _on_more(self) -> None:
        self._menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    @Slot(QPoint)
    def _on_context(self, place: QPoint) -> None:
        self._menu.popup(self.view.viewport().mapToGlobal(place))

    @Slot()
    def _on_save(self) -> None:
        table = self.view.table_model.table
        path = self._choose_target(file_name(self.translator(table.title), "csv"), "csv")
        if path:
            shown = self.view.table_model.as_shown()
            told: Text = save(path, table_to_csv(shown, self.translator).encode("utf-8-sig"))
            self.told.emit(told)
