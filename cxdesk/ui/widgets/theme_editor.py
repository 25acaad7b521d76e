"""The window in which the list of themes is edited: themes at the left, their words at the right, one step of undo."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cxdesk.blocks.quote import Quotes
from cxdesk.comments.themes import matcher
from cxdesk.job import Job
from cxdesk.project import themes_draft as draft
from cxdesk.survey.theme import Theme
from cxdesk.text import Format, Number, Text, Translator, say, say_n
from cxdesk.ui.parts import button, label, set_icon
from cxdesk.ui.tasks import Done, Work
from cxdesk.ui.theme import Theme as Look
from cxdesk.ui.widgets.popup import Dialog
from cxdesk.ui.widgets.theme_words import ThemeWords

_WIDE, _HIGH, _LIST = 820, 600, 250
_PAUSE = 250

Held = NDArray[np.bool_]


class ThemeEditor(Dialog):
    """``themes_chosen`` gives the whole list when Apply is pressed; () is the list that the program starts with.

    Beside it come the themes that were renamed: their first names by their new ones.
    """

    themes_chosen = Signal(object, object)

    def __init__(
        self,
        quotes: Quotes,
        look: Look,
        translator: Translator,
        run: Callable[[Work, Done], None],
        parent: QWidget,
    ) -> None:
        """``quotes`` are what is counted; ``run`` does work in the background and brings back what it gives."""
        super().__init__(translator(say("Edit themes")), parent)
        self._quotes, self._translator, self._run = quotes, translator, run
        self._folded: tuple[str, ...] = ()
        self.themes = quotes.themes
        self._before: dict[str, str] = {}
        self._held: dict[Theme, Held] = dict(zip(quotes.themes, quotes.has, strict=True))
        self._used = np.bincount(quotes.texts, minlength=len(quotes.shown))
        self.list = QListWidget()
        self.list.setObjectName("themes")
        self.list.setAccessibleName(translator(say("Themes")))
        self.list.setFixedWidth(look.px(_LIST))
        self.list.setSpacing(look.px(3))
        self.words = ThemeWords(look, translator)
        self._menu = QMenu(self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._make_buttons(look)
        self._lay_out(look, parent)
        self._later.timeout.connect(self._count)
        self.list.currentRowChanged.connect(self._on_row)
        self.words.typed.connect(self._on_typed)
        self.words.suggestion_wanted.connect(self._on_suggestion)
        self._show_list(0)

    def _make_buttons(self, look: Look) -> None:
        def made(text: Text, name: str, slot: Callable[[], None]) -> QPushButton:
            words = self._translator(text)
            found = button("" if name else words, "flat" if name else "", name=words)
            found.setToolTip(words)
            found.setAutoDefault(False)
            if name:
                set_icon(found, look, name, size=14)
            found.clicked.connect(slot)
            return found

        self.add = made(say("Add a theme"), "plus", self._on_add)
        self.remove = made(say("Remove this theme"), "ignore", self._on_remove)
        self.up = made(say("Move up"), "up", self._on_up)
        self.down = made(say("Move down"), "chevron_down", self._on_down)
        self.merge = made(say("Merge into…"), "", self._on_merge)
        self.paste = made(say("Paste a list"), "", self._on_paste)
        self.starter = made(say("Back to the starter list"), "", self._on_starter)
        self.cancel = made(say("Cancel"), "", self.reject)
        self.apply = button(self._translator(say("Apply")), "primary")
        self.apply.clicked.connect(self._on_apply)

    def _lay_out(self, look: Look, parent: QWidget) -> None:
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self.list, 1)
        tools = QHBoxLayout()
        tools.setSpacing(2)
        for each in (self.add, self.remove, self.up, self.down):
            tools.addWidget(each)
        tools.addStretch(1)
        tools.addWidget(self.merge)
        left.addLayout(tools)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addLayout(left)
        body.addWidget(self.words, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.paste)
        foot.addWidget(self.starter)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.apply)
        hint = say("Paste a list: copy lines such as “Price: expensive, cheap” and press “Paste a list”.")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 14)
        whole.setSpacing(12)
        whole.addLayout(body, 1)
        whole.addWidget(label(self._translator(hint), "caption", wrap=True))
        whole.addLayout(foot)
        self.fit(look, _WIDE, _HIGH)

    @property
    def place(self) -> int:
        """Which theme is shown; -1 if there is none."""
        return self.list.currentRow()

    def _set(self, themes: draft.Themes, place: int) -> None:
        self.themes = themes
        self._show_list(min(place, len(themes) - 1))

    def _show_list(self, place: int) -> None:
        """Write the themes with their counts; the one in ``place`` is shown."""
        self.list.blockSignals(True)
        while self.list.count() > len(self.themes):
            self.list.takeItem(self.list.count() - 1)
        while self.list.count() < len(self.themes):
            self.list.addItem(QListWidgetItem())
        for row, theme in enumerate(self.themes):
            self.list.item(row).setText(self._line(theme))
        self.list.setCurrentRow(place)
        self.list.blockSignals(False)
        self._on_row(place)

    def _line(self, theme: Theme) -> str:
        held = self._held.get(theme)
        if held is None:
            return theme.name
        return self._translator(say("{name} {count}", name=theme.name, count=self._people(held)))

    def _people(self, held: Held) -> int:
        return int(self._used[held].sum())

    @Slot(int)
    def _on_row(self, place: int) -> None:
        theme = self.themes[place] if 0 <= place < len(self.themes) else None
        self.words.show_theme(theme)
        for each in (self.remove, self.merge):
            each.setEnabled(theme is not None)
        self.up.setEnabled(place > 0)
        self.down.setEnabled(0 <= place < len(self.themes) - 1)
        self.merge.setEnabled(len(self.themes) > 1)
        self._later.start()
        self._tell()

    @Slot(object)
    def _on_typed(self, theme: Theme) -> None:
        if self.place >= 0:
            old = self.themes[self.place].name
            self.themes = draft.changed(self.themes, self.place, theme)
            self._before = draft.called_before(self._before, old, self.themes[self.place].name)
            self.list.item(self.place).setText(self._line(self.themes[self.place]))
            self._later.start()

    @Slot(str)
    def _on_suggestion(self, word: str) -> None:
        if self.place >= 0:
            self._set(draft.with_word(self.themes, self.place, word), self.place)

    @Slot()
    def _on_add(self) -> None:
        self._set(draft.added(self.themes, self._translator(say("New theme"))), len(self.themes))
        self.words.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.words.name.selectAll()

    @Slot()
    def _on_remove(self) -> None:
        self._before.pop(self.themes[self.place].name, None)
        self._set(draft.removed(self.themes, self.place), self.place)

    @Slot()
    def _on_up(self) -> None:
        self._set(draft.moved(self.themes, self.place, -1), self.place - 1)

    @Slot()
    def _on_down(self) -> None:
        self._set(draft.moved(self.themes, self.place, 1), self.place + 1)

    @Slot()
    def _on_merge(self) -> None:
        self._menu.clear()
        for into, theme in enumerate(self.themes):
            if into != self.place:
                action = self._menu.addAction(theme.name.replace("&", "&&"))
                action.triggered.connect(lambda _checked=False, into=into: self.merge_into(into))
        self._menu.popup(self.merge.mapToGlobal(QPoint(0, self.merge.height())))

    def merge_into(self, into: int) -> None:
        """Give the words of the theme that is shown to another one."""
        place = self.place
        self._before.pop(self.themes[place].name, None)
        self._set(draft.merged(self.themes, place, into), into - (into > place))

    @Slot()
    def _on_paste(self) -> None:
        pasted = draft.pasted_themes(QGuiApplication.clipboard().text())
        if not pasted:
            self.words.show_count(
                self._translator(
                    say("The clipboard holds no list. Copy lines such as “Price: expensive, cheap” and try again.")
                )
            )
            return
        themes = draft.with_pasted(self.themes, pasted)
        self._set(themes, next(at for at, theme in enumerate(themes) if theme.name == pasted[0].name))

    @Slot()
    def _on_starter(self) -> None:
        self.themes_chosen.emit((), {})
        self.accept()

    @Slot()
    def _on_apply(self) -> None:
        themes = tuple(theme for theme in self.themes if theme.include)
        if themes != self._quotes.themes:
            self.themes_chosen.emit(themes, self._before)
        self.accept()

    @Slot()
    def _count(self) -> None:
        """Find in the background who has the themes that were changed."""
        missing = [theme for theme in self.themes if theme not in self._held]
        if not missing:
            self._tell()
            return
        quotes = self._quotes

        def work(job: Job) -> dict[Theme, Held]:
            folded = self._folded or tuple(quotes.folded)
            found: dict[Theme, Held] = {}
            for theme in missing:
                job.check()
                has = matcher(theme).has
                found[theme] = np.fromiter(map(has, folded), dtype=np.bool_, count=len(folded)) & (self._used > 0)
            self._folded = folded
            return found

        def done(found: dict[Theme, Held]) -> None:
            self._held |= found
            for row, theme in enumerate(self.themes):
                self.list.item(row).setText(self._line(theme))
            self._tell()

        self._run(work, done)

    def _tell(self) -> None:
        """Say how many comments have the theme, and how many have none; offer the words of those."""
        held = [self._held[theme] for theme in self.themes if theme in self._held]
        anything = np.logical_or.reduce(held) if held else np.zeros(len(self._used), dtype=np.bool_)
        whole = max(1, int(self._used.sum()))
        free = Number(self._used[~anything].sum() / whole, Format.PERCENT)
        here = self._held.get(self.themes[self.place]) if 0 <= self.place < len(self.themes) else None
        told = say("{share} of all comments have no theme.", share=free)
        if here is not None:
            count = say_n("1 comment has this theme.", "{count} comments have this theme.", self._people(here))
            told = say("{first} {second}", first=count, second=told)
        self.words.show_count(self._translator(told))
        known = [matcher(theme) for theme in self.themes]
        left = tuple(pair for pair in self._quotes.suggestions if not any(each.has(pair[0]) for each in known))
        self.words.show_suggestions(left if self.themes else ())
