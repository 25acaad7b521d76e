"""Charts as values: what is shown, with which meaning; how it is drawn is decided by the renderers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cxdesk.blocks.palette import Tone
from cxdesk.blocks.table import Cell, ColumnType, Share, Table, TableColumn, TableRow
from cxdesk.survey.base import Base
from cxdesk.text import Format, Label, Text, say


class ChartKind(StrEnum):
    """The chart for a question (UX.md 11)."""

    COLUMNS = "columns"
    """Vertical bars from zero in the order of the scale: all answers."""
    BARS = "bars"
    """Horizontal bars from zero: choices, themes, scores of groups."""
    SPLIT = "split"
    """One 100 % bar per category, parts in a fixed order: who recommends, agreement."""
    DOTS = "dots"
    """A dot with its range per category and a dashed line for all: groups compared."""
    DUMBBELL = "dumbbell"
    """Two marks joined by a line per category: a group against everyone else."""


@dataclass(frozen=True, slots=True)
class Series:
    """One value per category; None leaves a gap. ``low``/``high`` are ranges; ``hollow`` marks small bases.

    ``tones`` has one tone for all categories or one each.
    """

    name: Label
    values: tuple[float | None, ...]
    tones: tuple[Tone, ...] = (Tone.ACCENT,)
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()
    hollow: tuple[bool, ...] = ()

    def tone(self, index: int) -> Tone:
        """The tone of one category."""
        return self.tones[index] if len(self.tones) > 1 else self.tones[0]


@dataclass(frozen=True, slots=True)
class Bracket:
    """A name over a run of categories: "Detractors" over 0 to 6."""

    first: int
    last: int
    name: Label
    tone: Tone


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its base. ``finding`` is the sentence that a screen reader hears after the title.

    ``reference`` is a dashed line with the value of all respondents. ``link`` names the page that shows more.
    ``counts`` (one series only) are the people behind each value out of ``base.n``: the chart's table then shows
    them, and its shares are derived from them.
    """

    key: str
    title: Text
    kind: ChartKind
    categories: tuple[Label, ...]
    series: tuple[Series, ...]
    format: Format
    finding: Text
    base: Base | None = None
    subtitle: Text | None = None
    note: Text | None = None
    brackets: tuple[Bracket, ...] = ()
    reference: float | None = None
    span: tuple[float, float] | None = None
    link: str = ""
    counts: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse series that do not fit the categories."""
        for series in self.series:
            sizes = {len(part) for part in (series.values, series.low, series.high, series.hollow) if part}
            if sizes - {len(self.categories)} or len(series.tones) not in {1, len(self.categories)}:
                raise ValueError(f"chart {self.key}: a series does not fit its categories")

    def as_table(self) -> Table:
        """The numbers of the chart as a table: what "Show as table" and screen readers give."""
        if self.counts and self.base is not None:
            return self._counted(self.base)
        columns = [TableColumn("category", say("Answer") if len(self.series) == 1 else say("Group"), ColumnType.NAME)]
        for number, series in enumerate(self.series):
            columns.append(TableColumn(f"value{number}", series.name))
            if series.low:
                columns.append(TableColumn(f"range{number}", say("Range"), ColumnType.RANGE))
        rows = []
        for index, category in enumerate(self.categories):
            cells = [Cell(category)]
            for series in self.series:
                cells.append(Cell(series.values[index], self.format))
                if series.low:
                    low, high = series.low[index], series.high[index]
                    cells.append(Cell(None, self.format, low=low, high=high))
            rows.append(TableRow(f"row{index}", tuple(cells)))
        return Table(self.key, self.title, tuple(columns), tuple(rows), subtitle=self.subtitle)

    def _counted(self, base: Base) -> Table:
        columns = (
            TableColumn("category", say("Answer"), ColumnType.NAME),
            TableColumn("n", say("Answers")),
            TableColumn("share", say("Share")),
        )
        total = (Cell(say("All")), Cell(base.n, Format.COUNT), Cell(None, Format.PERCENT))
        rows = [TableRow("all", total, total=True)]
        for index, (category, count) in enumerate(zip(self.categories, self.counts, strict=True)):
            share = Cell(count / base.n if base.n else None, Format.PERCENT, derivation=_share(base))
            rows.append(TableRow(f"row{index}", (Cell(category), Cell(count, Format.COUNT), share)))
        return Table(self.key, self.title, columns, tuple(rows), subtitle=self.subtitle)


def _share(base: Base) -> Share | None:
    return Share(("", "n"), ("all", "n")) if base.n else None
