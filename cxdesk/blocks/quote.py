"""Comments as a block: the words of many people with their scores, themes, groups and days.

Kept as arrays, because a survey has tens of thousands of them: windows show those in sight, workbooks write them in one
go. Personal items inside the texts are masked before they get here.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxdesk.survey.dataset import Words
from cxdesk.survey.theme import Theme
from cxdesk.text import Label, Text

BAD, MIDDLE, GOOD, UNKNOWN = range(4)
"""Where a score stands on its scale, as ``Quotes.groups`` has it."""

GROUP_SIGNS = ("▼", "", "▲")

_EPOCH = datetime.date(1970, 1, 1)


@dataclass(frozen=True, slots=True, eq=False)
class About:
    """A group that each quote belongs to: the question, and the place of its name in ``names``; "" is not shown."""

    title: Label
    names: tuple[Label, ...]
    codes: NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Quotes:
    """Comments, one entry per person who wrote: [quotes], in the order of the file.

    ``texts`` is the place of a quote in ``shown`` (as people read it) and ``folded`` (as words are compared).
    ``scores`` is NaN where nobody gave one; ``groups`` is BAD, MIDDLE, GOOD or UNKNOWN, called ``group_names`` in the
    plural and ``group_name`` in the singular. ``has`` says which text has which of the ``themes``: bool
    [themes, texts].
    ``days`` counts from 1970-01-01, NaN if unknown. ``keys`` name quotes for good; ``chosen`` ones are marked for the
    report. ``theme`` (a place in ``themes``; -1 all, -2 none of them) narrows the list, and so does ``word`` with the
    texts that hold it, ``only``: bool [texts].
    ``suggestions`` are frequent words without a theme, each with its number of people. ``sheet`` says what a workbook
    writes: "all", "chosen" or "none".
    """

    key: str
    title: Text
    shown: Words
    folded: Words
    texts: NDArray[np.int32]
    scores: NDArray[np.float64]
    groups: NDArray[np.uint8]
    group_names: tuple[Text, Text, Text]
    group_name: tuple[Text, Text, Text]
    themes: tuple[Theme, ...]
    has: NDArray[np.bool_]
    abouts: tuple[About, ...]
    days: NDArray[np.float64]
    keys: tuple[str, ...]
    chosen: NDArray[np.bool_]
    note: Text
    theme: int = -1
    word: str = ""
    only: NDArray[np.bool_] | None = None
    suggestions: tuple[tuple[str, int], ...] = ()
    sheet: str = "all"

    def __len__(self) -> int:
        """The number of quotes."""
        return len(self.texts)

    def text(self, quote: int) -> str:
        """The words of a quote."""
        return str(self.shown[self.texts[quote]])

    def day(self, quote: int) -> datetime.date | None:
        """The day of a quote, if it is known."""
        days = float(self.days[quote])
        return None if np.isnan(days) else _EPOCH + datetime.timedelta(days=int(np.floor(days)))

    def score(self, quote: int) -> int | None:
        """The score beside a quote, if there is one."""
        score = float(self.scores[quote])
        return None if np.isnan(score) else round(score)

    def themes_of(self, quote: int) -> list[int]:
        """The themes of a quote, by their places."""
        return [int(place) for place in np.flatnonzero(self.has[:, self.texts[quote]])]

    def about(self, quote: int) -> list[Label]:
        """The groups of a quote that may be shown."""
        names = [about.names[int(about.codes[quote])] for about in self.abouts]
        return [name for name in names if name]

    def narrowed(self) -> NDArray[np.bool_]:
        """Which quotes have the theme or the word that the list is about."""
        if self.only is not None:
            return np.asarray(self.only[self.texts], dtype=np.bool_)
        if self.theme == -1:
            return np.ones(len(self), dtype=np.bool_)
        if self.theme == -2:
            free: NDArray[np.bool_] = ~np.asarray(self.has.any(axis=0), dtype=np.bool_)
            return np.asarray(free[self.texts], dtype=np.bool_)
        return np.asarray(self.has[self.theme][self.texts], dtype=np.bool_)

    def in_order(self, places: NDArray[np.intp], order: str) -> NDArray[np.intp]:
        """Some quotes in an order: "newest", "oldest", "lowest" or "highest"; the newest first among equals."""
        newest = -np.nan_to_num(self.days[places], nan=-np.inf)
        scores = self.scores[places]
        match order:
            case "oldest":
                keys: Sequence[NDArray[Any]] = (places, np.nan_to_num(self.days[places], nan=np.inf))
            case "lowest":
                keys = (newest, np.nan_to_num(scores, nan=np.inf))
            case "highest":
                keys = (newest, np.nan_to_num(-scores, nan=np.inf))
            case _:
                keys = (-places, newest)
        return np.asarray(places[np.lexsort(keys)], dtype=np.intp)
