"""A list to tick with all that helps where it is long: a search, all ticks at once, and how many are out of sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from cxdesk.text import Text, Translator, say, say_n
from cxdesk.ui.parts import button, label
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.tick_list import TickList

_LIST, _NOTHING = 0, 1


class TickPanel(QWidget):
    """Search, "Tick all" and "Untick all" for what the search leaves, and the list.

    ``told`` says how many are ticked; whoever shows the panel gives it a place, beside its own buttons for instance.
    """

    def __init__(
        self,
        translator: Translator,
        search: Text,
        names: Text,
        unfound: Callable[[str], Text],
        parent: QWidget | None = None,
    ) -> None:
        """``search`` is what the empty field says, ``names`` what a screen reader calls the list.

        ``unfound`` says that nothing contains the words that were searched for.
        """
        super().__init__(parent)
        self._translator = translator
        self._unfound = unfound
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(translator(search))
        self.search.setAccessibleName(translator(search))
        self.search.setClearButtonEnabled(True)
        # Made in the order in which Tab walks through them.
        self._links = QWidget(self)
        self.all, self.none = button("", "link", parent=self._links), button("", "link", parent=self._links)
        self.ticks = TickList(self)
        self.ticks.setAccessibleName(translator(names))
        self.told = label("", "caption", wrap=True, parent=self)
        self.nothing = label("", wrap=True, parent=self)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.everything = button(translator(say("Clear the search")), "link", parent=self)
        self._faces = QStackedWidget(self)
        self._lay_out()
        self.search.textChanged.connect(self._on_search)
        self.ticks.ticked.connect(self.tell)
        self.all.clicked.connect(self._on_all)
        self.none.clicked.connect(self._on_none)
        self.everything.clicked.connect(self._on_everything)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.search)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self._on_down)
        self._say_words()

    def fill(
        self, names: Sequence[tuple[str, str]], ticked: Sequence[str], theme: Theme, rows: Sequence[str] = ()
    ) -> None:
        """Show values with their names, without a search; see `TickList.fill`."""
        self.search.clear()
        self.ticks.fill(names, ticked, theme, rows)
        self._on_search()

    def keep_short(self, *, without_all: bool) -> None:
        """Hide what only a long list needs; ``without_all`` hides "Tick all" alone, where not all can be ticked."""
        for part in (self.all,) if without_all else (self.search, self.all, self.none):
            part.hide()

    @Slot()
    def tell(self) -> None:
        """Say how many are ticked, and how many of them are out of sight."""
        ticked, away = len(self.ticks.values()), self.ticks.ticked_out_of_sight
        if not ticked:
            text = say("Nothing is ticked.")
        elif not away:
            text = say("{count} ticked", count=ticked)
        elif away == ticked:
            text = say_n("1 ticked, which is not shown", "{count} ticked, none of them shown", ticked)
        else:
            text = say("{count} ticked, {away} of them not shown", count=ticked, away=away)
        self.told.setText(self._translator(text))

    def _lay_out(self) -> None:
        links = QHBoxLayout(self._links)
        links.setContentsMargins(0, 0, 0, 0)
        links.setSpacing(12)
        links.addWidget(self.all)
        links.addWidget(self.none)
        links.addStretch(1)
        nothing = QWidget(self)
        lines = QVBoxLayout(nothing)
        lines.addStretch(1)
        lines.addWidget(self.nothing)
        lines.addWidget(self.everything, 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addStretch(2)
        self._faces.addWidget(self.ticks)
        self._faces.addWidget(nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.search)
        column.addWidget(self._links)
        column.addWidget(self._faces, 1)

    @property
    def _words(self) -> str:
        return self.search.text().strip()

    def _say_words(self) -> None:
        """The links name what they act on: everything, or what was found."""
        all_, none = say("Tick all"), say("Untick all")
        if self._words:
            all_, none = say("Tick all found"), say("Untick all found")
        for link, text in ((self.all, all_), (self.none, none)):
            link.setText(self._translator(text))
            link.setAccessibleName(self._translator(text))
        self.tell()

    @Slot()
    def _on_search(self) -> None:
        self.ticks.narrow(self.search.text())
        self._say_words()
        was_found = self._faces.currentIndex() == _LIST
        # A list that nothing was ever put into is empty without a search.
        nothing = bool(self._words) and not self.ticks.shown
        self._links.setVisible(not nothing)
        self._faces.setCurrentIndex(_NOTHING if nothing else _LIST)
        if nothing:
            words = self._translator(self._unfound(self._words))
            self.nothing.setText(words)
            if was_found:
                self._announce(words)

    @Slot()
    def _on_all(self) -> None:
        self.ticks.tick_shown(on=True)
        self._announce(self.told.text())

    @Slot()
    def _on_none(self) -> None:
        self.ticks.tick_shown(on=False)
        self._announce(self.told.text())

    @Slot()
    def _on_everything(self) -> None:
        self.search.clear()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_down(self) -> None:
        """From the field into the list, or to the way out of a search without an answer."""
        (self.ticks if self.ticks.shown else self.everything).setFocus(Qt.FocusReason.OtherFocusReason)

    def _announce(self, words: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
