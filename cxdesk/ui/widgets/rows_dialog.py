"""A small window with the rows that a line of the receipt is about. Esc closes it; the focus goes back to the link."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cxdesk.analysis.found_rows import FoundRows, rows_table
from cxdesk.text import Text, Translator, say
from cxdesk.ui.parts import button, label, scrolling
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.popup import Dialog
from cxdesk.ui.widgets.table_card import TableCard

_WIDE, _HIGH = 760, 560


class RowsDialog(Dialog):
    """Shows `FoundRows` as a table that is copied like every other one, and says that the file stays as it is."""

    def __init__(
        self,
        found: FoundRows,
        theme: Theme,
        translator: Translator,
        choose_target: Callable[[str, str], str],
        told: Callable[[Text], None],
        parent: QWidget,
    ) -> None:
        """``choose_target(suggested name, ending)`` asks where to save; ``told`` hears how that went."""
        super().__init__(translator(say("Show rows")), parent)
        self.card = TableCard(rows_table(found), theme, translator, choose_target)
        self.card.told.connect(told)
        close = button(translator(say("Close")), "primary")
        close.clicked.connect(self.accept)
        close.setDefault(True)
        foot = QHBoxLayout()
        foot.addWidget(label(translator(say("The file itself is never changed.")), "caption", wrap=True), 1)
        foot.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 14)
        whole.setSpacing(12)
        whole.addWidget(scrolling(self.card, "page"), 1)
        whole.addLayout(foot)
        self.fit(theme, _WIDE, _HIGH)
        self.card.view.setFocus(Qt.FocusReason.OtherFocusReason)
