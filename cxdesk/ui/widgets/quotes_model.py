"""The comments that a list shows: narrowed by group, searched, in an order; none of them is copied."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cxdesk.blocks.quote import UNKNOWN, Quotes
from cxdesk.comments.folding import Folding, composed
from cxdesk.comments.themes import Matcher, matcher
from cxdesk.survey.theme import Theme
from cxdesk.text import Translator, say

Index = QModelIndex | QPersistentModelIndex
Span = tuple[int, int]

EVERY = -1
"""Stands for all groups of scores."""


class QuotesModel(QAbstractTableModel):
    """One column; a row is one comment. What is narrowed down is found with arrays, so 20,000 take milliseconds."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Empty until `show_quotes`."""
        super().__init__(parent)
        self.quotes: Quotes | None = None
        self.translator = Translator("en")
        self.group, self.order, self.search = EVERY, "newest", ""
        self.places: NDArray[np.intp] = np.zeros(0, dtype=np.intp)
        self.chosen: NDArray[np.bool_] = np.zeros(0, dtype=np.bool_)
        self._found: NDArray[np.bool_] = np.zeros(0, dtype=np.bool_)
        self._fold = Folding()
        self._folded: list[str] = []
        self._matchers: tuple[Matcher, ...] = ()

    def show_quotes(self, quotes: Quotes, translator: Translator) -> None:
        """Show other comments, narrowed down as before."""
        self.beginResetModel()
        if self.quotes is None or self.quotes.folded is not quotes.folded:
            self._folded = []
        self.quotes, self.translator = quotes, translator
        self.chosen = quotes.chosen.copy()
        self._narrow()
        self.endResetModel()

    def narrow(self, *, group: int | None = None, order: str | None = None, search: str | None = None) -> None:
        """Show another group, order or search; what is not given stays."""
        self.beginResetModel()
        self.group = self.group if group is None else group
        self.order = order or self.order
        self.search = self.search if search is None else search
        self._narrow()
        self.endResetModel()

    def counts(self) -> tuple[int, int, int, int]:
        """How many comments of the theme hold what was searched: in all, at the bad end, between, at the good end."""
        if self.quotes is None:
            return 0, 0, 0, 0
        groups = self.quotes.groups[self._found]
        found = np.bincount(groups, minlength=UNKNOWN + 1)
        return len(groups), int(found[0]), int(found[1]), int(found[2])

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """The comments that are shown."""
        return 0 if parent.isValid() else len(self.places)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """One."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a comment; a screen reader also hears score, themes and groups."""
        if not index.isValid() or self.quotes is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.quotes.text(self.place(index.row()))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._read_out(self.place(index.row()))
        return None

    def place(self, row: int) -> int:
        """Which comment stands in a row."""
        return int(self.places[row])

    def mark(self, places: list[int]) -> None:
        """Mark comments for the report, or take the mark away if all of them have it."""
        self.chosen[places] = not self.chosen[places].all()
        if len(self.places):
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.places) - 1, 0))

    def marked(self) -> tuple[str, ...]:
        """The keys of all marked comments."""
        if self.quotes is None:
            return ()
        return tuple(self.quotes.keys[place] for place in np.flatnonzero(self.chosen).tolist())

    def spans(self, place: int) -> list[Span]:
        """The parts of a comment that are highlighted: what was searched, and what speaks of the theme."""
        if self.quotes is None:
            return []
        text, number = self.quotes.text(place), int(self.quotes.texts[place])
        folded = str(self.quotes.folded[number])
        found = [span for each in self._matchers for span in each.spans(folded)]
        for word in self._wanted():
            start = folded.find(word)
            while start >= 0:
                found.append((start, start + len(word)))
                start = folded.find(word, start + len(word))
        if not found:
            return []
        back = [*self._fold.places(text), len(text)]
        return _joined(sorted((back[first], back[last - 1] + 1) for first, last in found))

    def about(self, place: int) -> list[str]:
        """The groups and the day of a comment in words."""
        if self.quotes is None:
            return []
        words = [self.translator(name) for name in self.quotes.about(place)]
        day = self.quotes.day(place)
        return words if day is None else [*words, self.translator.day(day)]

    def _narrow(self) -> None:
        quotes = self.quotes
        if quotes is None:
            return
        kept = quotes.narrowed()
        wanted = self._wanted()
        if wanted:
            # Only a search needs the words of everybody.
            self._folded = self._folded or list(quotes.folded)
            held = np.fromiter(
                (all(word in text for word in wanted) for text in self._folded), dtype=np.bool_, count=len(self._folded)
            )
            kept &= held[quotes.texts]
        self._found = kept
        if self.group != EVERY:
            kept = kept & (quotes.groups == self.group)
        self.places = quotes.in_order(np.flatnonzero(kept), self.order)
        themes = [quotes.themes[quotes.theme]] if quotes.theme >= 0 else []
        if quotes.word:
            themes.append(Theme("", (quotes.word, *quotes.word.split())))
        self._matchers = tuple(matcher(theme) for theme in themes)

    def _wanted(self) -> list[str]:
        return self._fold(composed(self.search)).split()

    def _read_out(self, place: int) -> str:
        quotes = self.quotes
        if quotes is None:
            return ""
        parts = [quotes.text(place)]
        score = quotes.score(place)
        if score is not None and quotes.groups[place] != UNKNOWN:
            name = quotes.group_name[int(quotes.groups[place])]
            parts.insert(0, self.translator(say("Score {score}, {group}", score=score, group=name)))
        parts += [quotes.themes[theme].name for theme in quotes.themes_of(place)]
        parts += self.about(place)
        if self.chosen[place]:
            parts.append(self.translator(say("chosen for the report")))
        return self.translator.listed(parts)


def _joined(spans: list[Span]) -> list[Span]:
    """Spans in order, without overlaps."""
    found: list[Span] = []
    for first, last in spans:
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found
