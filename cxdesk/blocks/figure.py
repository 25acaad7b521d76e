"""Key numbers as values: the cards at the top of a page and the tiles of the report's first sheet."""

from __future__ import annotations

from dataclasses import dataclass

from cxdesk.blocks.table import Cell
from cxdesk.text import Label, Text


@dataclass(frozen=True, slots=True)
class Ruler:
    """The line from -100 to +100 under a score: band = range, line = score, circle = ``before``, if there is one."""

    value: float
    low: float
    high: float
    lowest: float = -100
    highest: float = 100
    before: float | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One key number: title, the cell, captions under it (range, rule, n), and a chip such as "Small sample".

    ``suffix`` follows the number in the same size: "of 7". Cards with a ``ruler`` are wide. ``change`` is the
    difference from what is compared with, with its mark and range; ``change_text`` says it: "+6 vs Q2 (+2 to +10)".
    """

    key: str
    title: Text
    cell: Cell
    captions: tuple[Text, ...] = ()
    suffix: Text | None = None
    chip: Text | None = None
    ruler: Ruler | None = None
    ruler_caption: Text | None = None
    change: Cell | None = None
    change_text: Text | None = None


@dataclass(frozen=True, slots=True)
class MixPart:
    """One part of a mix: its name, how many people, its share."""

    name: Text
    count: int
    share: Cell


@dataclass(frozen=True, slots=True)
class Mix:
    """Who recommends: detractors, passives and promoters of all answers in one bar, with the counts below it.

    ``before`` is the same for those compared with, drawn as a second bar; ``label`` names a bar beside another.
    """

    key: str
    title: Text
    detractors: MixPart
    passives: MixPart
    promoters: MixPart
    n: int
    label: Label = ""
    before: Mix | None = None
