"""What every card of a page is: a frame with a column in it, links that name a page, and words about saving."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from cxdesk.text import Translator
from cxdesk.ui.parts import clear
from cxdesk.ui.theme import Theme

PADDING = 14

Shown = TypeVar("Shown")


class CardBase(QFrame):
    """A framed card; links in it name a page or command."""

    link_activated = Signal(str)

    told = Signal(object)
    """A Text: how saving went."""

    def __init__(self, theme: Theme, translator: Translator, look: str = "card") -> None:
        """Keep what is needed to say and draw."""
        super().__init__()
        self.setProperty("look", look)
        self.theme = theme
        self.translator = translator
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(PADDING, 12, PADDING, 12)
        self.column.setSpacing(4)

    @Slot()
    def follow(self) -> None:
        """Emit the link of the button that was pressed."""
        self.link_activated.emit(str(self.sender().property("link")))


class BlockCard(CardBase, Generic[Shown]):
    """A card that is filled anew when its block is another one; the page around it stays as it is."""

    def __init__(self, block: Shown, theme: Theme, translator: Translator) -> None:
        """Fill the card."""
        super().__init__(theme, translator)
        self.block = block
        self.fill(block)

    def show_block(self, block: Shown, theme: Theme, translator: Translator) -> None:
        """Show another block of the same kind; the focus stays on the button in the same place."""
        before = (self.block, self.theme, self.translator.language)
        self.block, self.theme, self.translator = block, theme, translator
        if before != (block, theme, translator.language):
            old = self.findChildren(QPushButton)
            place = next((at for at, each in enumerate(filter(QWidget.isVisible, old)) if each.hasFocus()), -1)
            clear(self.column)
            self.fill(block)
            made = [each for each in self.findChildren(QPushButton) if each not in old]
            if 0 <= place < len(made):
                # Shown now, not with the next turn of the event loop: only what is shown can have the focus.
                made[place].show()
                made[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def fill(self, block: Shown) -> None:
        """Add everything that the block says to the empty column."""
        raise NotImplementedError
