"""A finished page or sheet: headline, base line, and rows of blocks. Screen and workbook render the same Section."""

from __future__ import annotations

from dataclasses import dataclass

from cxdesk.blocks.chart import Chart
from cxdesk.blocks.figure import Figure, Mix
from cxdesk.blocks.note import Empty, Findings, Note
from cxdesk.blocks.quote import Quotes
from cxdesk.blocks.table import Table
from cxdesk.text import Text

Block = Figure | Mix | Chart | Table | Findings | Note | Empty | Quotes


@dataclass(frozen=True, slots=True)
class Row:
    """Blocks beside each other; ``weights`` are their relative widths. Under 1100 px they may wrap, two per line.

    A ``chained`` row of figures leads from the first to the last, with a note on what that does: one card on screen.
    """

    blocks: tuple[Block, ...]
    weights: tuple[int, ...] = ()
    chained: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One page. ``headline`` is the answer in a sentence; ``base_line`` says question, period, n, filter, weighting.

    ``notes`` are method lines for the report's Notes sheet: (item, detail).
    """

    key: str
    title: Text
    headline: Text
    base_line: Text
    rows: tuple[Row, ...]
    notes: tuple[tuple[Text, Text], ...] = ()

    def blocks(self) -> tuple[Block, ...]:
        """All blocks from top to bottom."""
        return tuple(block for row in self.rows for block in row.blocks)
