"""The card of comments: search, groups of scores, order, the list, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QMimeData, QPoint, QTimer, Signal, Slot
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLineEdit, QMenu, QPushButton, QWidget

from cxdesk.blocks.quote import BAD, GOOD, GROUP_SIGNS, MIDDLE, Quotes
from cxdesk.render.quotes import quotes_to_clipboard, quotes_to_csv
from cxdesk.text import Text, Translator, say, say_n
from cxdesk.ui.icons import icon
from cxdesk.ui.parts import button, label, set_icon
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.cards import CardBase
from cxdesk.ui.widgets.flow import Flow
from cxdesk.ui.widgets.quotes_model import EVERY, QuotesModel
from cxdesk.ui.widgets.quotes_view import QuotesView
from cxdesk.ui.widgets.saving import file_name, save

_HIGH, _WIDE, _SEARCH, _BUTTON = 470, 430, 205, 30
_PAUSE = 150
"""Milliseconds without a key after which is searched."""

_MOST_COPIED = 50_000


class QuotesCard(CardBase):
    """Shows `Quotes`. ``marks_changed`` gives the keys of all comments that are marked for the report."""

    marks_changed = Signal(object)

    def __init__(
        self, quotes: Quotes, theme: Theme, translator: Translator, choose_target: Callable[[str, str], str]
    ) -> None:
        """``choose_target(suggested name, ending)`` asks where to save."""
        super().__init__(theme, translator)
        self._choose_target = choose_target
        self.model = QuotesModel(self)
        self.search = QLineEdit()
        self.search.setObjectName("search")
        self.search.setClearButtonEnabled(True)
        self._icon = self.search.addAction(
            icon("search", theme.palette.text2), QLineEdit.ActionPosition.LeadingPosition
        )
        self.groups = [QPushButton() for _ in range(4)]
        self._group = QButtonGroup(self)
        self.order = QComboBox()
        self.order.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.view = QuotesView(self.model)
        self._told = label("", "caption", wrap=True)
        self.copy = button("")
        self._more = button("", "flat")
        self._menu = QMenu(self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._lay_out()
        self._later.timeout.connect(self._on_search)
        self.search.textChanged.connect(self._later.start)
        self._group.idClicked.connect(self._on_group)
        self.order.activated.connect(self._on_order)
        self.view.marked.connect(self._on_marked)
        self.view.copy_wanted.connect(self._on_copy_chosen)
        self.copy.clicked.connect(self._on_copy)
        self._more.clicked.connect(self._on_more)
        self.show_quotes(quotes, theme, translator)

    def _lay_out(self) -> None:
        above = QWidget()
        flow = Flow(above, spacing=8)
        above.setLayout(flow)
        flow.addWidget(self.search)
        sides = QWidget()
        row = QHBoxLayout(sides)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, (made, side) in enumerate(zip(self.groups, (EVERY, BAD, MIDDLE, GOOD), strict=True)):
            made.setCheckable(True)
            made.setChecked(side == EVERY)
            made.setProperty("look", "segment")
            made.setProperty("place", {0: "first", 3: "last"}.get(place, ""))
            # Qt gives -1 a meaning of its own.
            self._group.addButton(made, side + 1)
            row.addWidget(made)
        self._sides = sides
        flow.addWidget(sides)
        flow.addWidget(self.order)
        self.column.addWidget(above)
        self.column.addSpacing(4)
        self.column.addWidget(self.view, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._told, 1)
        foot.addWidget(self.copy)
        foot.addWidget(self._more)
        self.column.addLayout(foot)

    def show_quotes(self, quotes: Quotes, theme: Theme, translator: Translator) -> None:
        """Show other comments; search, group, order and place stay."""
        before = self.model.quotes
        same = before is not None and before.theme == quotes.theme and before.word == quotes.word
        looks = (theme, translator.language) != (self.theme, self.translator.language) or before is None
        self.theme, self.translator = theme, translator
        if before is quotes and not looks:
            return
        self.setMinimumHeight(theme.px(_HIGH))
        self.setMinimumWidth(theme.px(_WIDE))
        at = self.view.verticalScrollBar().value()
        self.model.show_quotes(quotes, translator)
        if looks:
            self._show_words(theme, translator)
        self._show_counts()
        if same:
            self.view.verticalScrollBar().setValue(at)

    def _show_words(self, theme: Theme, translator: Translator) -> None:
        say_it = translator
        self.search.setPlaceholderText(say_it(say("Search comments (Ctrl+F)")))
        self.search.setAccessibleName(say_it(say("Search comments")))
        self.search.setMinimumWidth(theme.px(_SEARCH))
        self._icon.setIcon(icon("search", theme.palette.text2))
        current = max(0, self.order.currentIndex())
        self.order.clear()
        for value, name in (
            ("newest", say("Newest")),
            ("oldest", say("Oldest")),
            ("lowest", say("Lowest score")),
            ("highest", say("Highest score")),
        ):
            self.order.addItem(say_it(name), value)
        self.order.setCurrentIndex(current)
        self.order.setAccessibleName(say_it(say("Order")))
        self.copy.setText(say_it(say("Copy list")))
        self.copy.setAccessibleName(say_it(say("Copy list")))
        set_icon(self.copy, theme, "copy", size=14, gap=6)
        set_icon(self._more, theme, "more")
        more = say_it(say("More about the list of comments"))
        self._more.setAccessibleName(more)
        self._more.setToolTip(more)
        self._menu.clear()
        self._menu.addAction(say_it(say("Copy the chosen comments")), self._on_copy_chosen)
        self._menu.addAction(say_it(say("Save as CSV…")), self._on_save)
        self._menu.addSeparator()
        self._menu.addAction(say_it(say("Mark the chosen comments for the report (Space)")), self._on_mark)
        self._menu.addAction(say_it(say("Take all marks away")), self._on_unmark)
        self.view.show_look(theme, translator)

    def _show_counts(self) -> None:
        quotes = self.model.quotes
        if quotes is None:
            return
        counts = self.model.counts()
        known = not np.isnan(quotes.scores).all()
        self._sides.setVisible(known)
        names = (say("All"), *quotes.group_names)
        for made, name, count, sign in zip(self.groups, names, counts, ("", *GROUP_SIGNS), strict=True):
            words = self.translator(say("{name} {count}", name=name, count=count))
            made.setAccessibleName(words)
            made.setText(f"{sign} {words}".strip().replace("&", "&&"))
            wide = QFontMetrics(self.theme.font(bold=True)).horizontalAdvance(made.text())
            made.setMinimumSize(wide + self.theme.px(24), self.theme.px(_BUTTON))
        told = say_n("1 comment is shown.", "{count} comments are shown.", self.model.rowCount())
        self._told.setText(self.translator(say("{first} {second}", first=told, second=quotes.note)))

    @Slot()
    def _on_search(self) -> None:
        self.model.narrow(search=self.search.text())
        self._shown_anew()

    @Slot(int)
    def _on_group(self, number: int) -> None:
        self.model.narrow(group=number - 1)
        self._shown_anew()

    @Slot(int)
    def _on_order(self, _index: int) -> None:
        self.model.narrow(order=str(self.order.currentData()))
        self._shown_anew()

    def _shown_anew(self) -> None:
        self.view.scrollToTop()
        self._show_counts()

    @Slot()
    def _on_marked(self) -> None:
        self.marks_changed.emit(self.model.marked())

    @Slot()
    def _on_mark(self) -> None:
        places = self.view.selected_places()
        if places:
            self.model.mark(places)
            self._on_marked()

    @Slot()
    def _on_unmark(self) -> None:
        marked = np.flatnonzero(self.model.chosen).tolist()
        if marked:
            self.model.mark(marked)
            self._on_marked()

    @Slot()
    def _on_copy(self) -> None:
        self._copy(self.model.places)

    @Slot()
    def _on_copy_chosen(self) -> None:
        self._copy(np.array(self.view.selected_places(), dtype=np.intp))

    def _copy(self, places: np.ndarray) -> None:
        quotes = self.model.quotes
        if quotes is None or not len(places):
            return
        places = places[:_MOST_COPIED]
        text, html = quotes_to_clipboard(quotes, places, self.translator)
        both = QMimeData()
        both.setText(text)
        both.setHtml(html)
        QGuiApplication.clipboard().setMimeData(both)
        copied: Text = say_n("1 comment was copied.", "{count} comments were copied.", len(places))
        self.told.emit(copied)

    @Slot()
    def _on_save(self) -> None:
        quotes = self.model.quotes
        if quotes is None:
            return
        path = self._choose_target(file_name(self.translator(quotes.title), "csv"), "csv")
        if path:
            content = quotes_to_csv(quotes, self.model.places, self.translator)
            self.told.emit(save(path, content.encode("utf-8-sig")))

    @Slot()
    def _on_more(self) -> None:
        self._menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))
