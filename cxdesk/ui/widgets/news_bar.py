"""One line over a page: what is new in this file since its columns were confirmed, with a way to look at it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from cxdesk.text import Text, Translator, say
from cxdesk.ui.parts import button, label


class NewsBar(QFrame):
    """Hidden until there is news. Emits that the columns are wanted, or that the news was read."""

    columns_wanted = Signal()
    closed = Signal()

    def __init__(self, *, linked: bool = True) -> None:
        """``linked`` adds the link to the columns, where they are not on the page already."""
        super().__init__()
        self.setProperty("look", "info")
        self._text = label("", wrap=True)
        self.columns = button("", "link")
        self.close_it = button("", "link")
        self.columns.clicked.connect(self.columns_wanted)
        self.close_it.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 6)
        row.setSpacing(10)
        row.addWidget(self._text, 1)
        row.addWidget(self.columns)
        row.addWidget(self.close_it)
        self.columns.setVisible(linked)
        self.hide()

    def show_news(self, news: Text | None, translator: Translator) -> None:
        """Show the news, or nothing for None."""
        self._text.setText("" if news is None else translator(news))
        for made, text in ((self.columns, say("Columns")), (self.close_it, say("Close"))):
            made.setText(translator(text))
            made.setAccessibleName(translator(text))
        self.setVisible(news is not None)
