"""Charts as values: what is shown, with which meaning; how it is drawn is decided by the renderers."""

from __future__ import annotations

import math
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
    """Horizontal bars from zero to either side, with ranges if there are: choices, themes, scores, changes."""
    SPLIT = "split"
    """One 100 % bar per category, parts in a fixed order: who recommends, agreement."""
    DOTS = "dots"
    """A dot with its range per category and a dashed line for all: groups compared."""
    DUMBBELL = "dumbbell"
    """Two marks joined by a line per category: a group against everyone else, or before (hollow) and now."""
    LINE = "line"
    """A line over periods with its range as a band, and bars of how many answered below it."""
    PLANE = "plane"
    """Points in a plane with ranges and lines at the averages: what to work on."""
    BRIDGE = "bridge"
    """From a value over its parts to another: why a score moved."""


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
class Event:
    """A vertical line behind a category of a LINE chart, with its words: "possible change after Mar 2025"."""

    after: int
    name: Text


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of a PLANE chart with its range in y and, if it is known, in x; ``chosen`` ones are drawn as diamonds."""

    key: str
    name: Label
    x: float
    y: float
    x_low: float | None = None
    x_high: float | None = None
    y_low: float | None = None
    y_high: float | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Plane:
    """The axes of a PLANE chart: their titles and formats, where the lines cross, and the names of the corners.

    ``corners`` stand at the upper left, upper right, lower left and lower right; the upper left is tinted.
    """

    x_title: Text
    y_title: Text
    x_format: Format
    y_format: Format
    x_cross: float
    y_cross: float
    corners: tuple[Text, Text, Text, Text]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its base. ``finding`` is the sentence that a screen reader hears after the title.

    ``reference`` is a dashed line with the value of all respondents. ``link`` names the page that shows more.
    ``counts`` (one series only) are the people behind each value out of ``base.n``: the chart's table then shows
    them, and its shares are derived from them.

    LINE only: ``sizes`` are the people per category, ``target`` a dashed line with its value, ``limits`` the control
    limits per category (None where there is none), ``events`` vertical lines, ``shade`` a named run of categories that
    the filter looks at. A hollow point is not joined to its neighbours; up to four series have direct labels.
    Without ``sizes`` it is a small chart beside others that writes only where the line starts and ends. Series in the
    tone FAINT are thin lines behind the others.
    PLANE only: ``spots`` and ``plane``; it has no categories and no series.
    BRIDGE: one series; its first and last values are levels, those between are the steps from one to the other.
    DUMBBELL: a first series that is ``hollow`` everywhere is the value before, the second the value now.
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
    sizes: tuple[int, ...] = ()
    target: float | None = None
    limits: tuple[tuple[float | None, float | None], ...] = ()
    events: tuple[Event, ...] = ()
    shade: Bracket | None = None
    spots: tuple[Spot, ...] = ()
    plane: Plane | None = None

    def __post_init__(self) -> None:
        """Refuse series that do not fit the categories, and a plane without axes."""
        if any(part and len(part) != len(self.categories) for part in (self.sizes, self.limits)):
            raise ValueError(f"chart {self.key}: sizes or limits do not fit its categories")
        if (self.kind is ChartKind.PLANE) != (self.plane is not None):
            raise ValueError(f"chart {self.key}: a plane needs its axes")
        for series in self.series:
            sizes = {len(part) for part in (series.values, series.low, series.high, series.hollow) if part}
            if self.kind is ChartKind.BRIDGE and not _adds_up(series.values):
                raise ValueError(f"chart {self.key}: the steps do not lead from the first value to the last")
            if sizes - {len(self.categories)} or len(series.tones) not in {1, len(self.categories)}:
                raise ValueError(f"chart {self.key}: a series does not fit its categories")

    def as_table(self) -> Table:
        """The numbers of the chart as a table: what "Show as table" and screen readers give."""
        if self.counts and self.base is not None:
            return self._counted(self.base)
        if self.plane is not None:
            return self._plane_table(self.plane)
        columns = [TableColumn("category", self._named(), ColumnType.NAME)]
        if self.sizes:
            columns.append(TableColumn("n", say("n")))
        for number, series in enumerate(self.series):
            columns.append(TableColumn(f"value{number}", series.name))
            if series.low:
                columns.append(TableColumn(f"range{number}", say("Range"), ColumnType.RANGE))
        rows = []
        for index, category in enumerate(self.categories):
            cells = [Cell(category)]
            if self.sizes:
                cells.append(Cell(self.sizes[index], Format.COUNT))
            for series in self.series:
                cells.append(Cell(series.values[index], self.format_of(index)))
                if series.low:
                    low, high = series.low[index], series.high[index]
                    cells.append(Cell(None, self.format, low=low, high=high))
            rows.append(TableRow(f"row{index}", tuple(cells)))
        return Table(self.key, self.title, tuple(columns), tuple(rows), subtitle=self.subtitle)

    def format_of(self, place: int) -> Format:
        """How the value of a category is shown: the steps of a BRIDGE are differences."""
        if self.kind is ChartKind.BRIDGE and 0 < place < len(self.categories) - 1:
            return {Format.PERCENT: Format.PERCENT_GAP, Format.MEAN: Format.MEAN_GAP}.get(self.format, self.format)
        return self.format

    def _named(self) -> Text:
        """What the categories are."""
        if self.kind is ChartKind.LINE:
            return say("Period")
        if self.kind is ChartKind.BRIDGE:
            return say("Step")
        return say("Answer") if len(self.series) == 1 else say("Group")

    def _plane_table(self, plane: Plane) -> Table:
        columns = (
            TableColumn("name", say("Topic"), ColumnType.NAME),
            TableColumn("x", plane.x_title),
            TableColumn("x_range", say("Range"), ColumnType.RANGE),
            TableColumn("y", plane.y_title),
            TableColumn("y_range", say("Range"), ColumnType.RANGE),
        )
        rows = tuple(
            TableRow(
                spot.key,
                (
                    Cell(spot.name),
                    Cell(spot.x, plane.x_format),
                    Cell(None, plane.x_format, low=spot.x_low, high=spot.x_high),
                    Cell(spot.y, plane.y_format),
                    Cell(None, plane.y_format, low=spot.y_low, high=spot.y_high),
                ),
            )
            for spot in self.spots
        )
        return Table(self.key, self.title, columns, rows, subtitle=self.subtitle)

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


def _adds_up(values: tuple[float | None, ...]) -> bool:
    known = [value for value in values if value is not None]
    return len(known) == len(values) >= 2 and math.isclose(sum(known[:-1]), known[-1], rel_tol=1e-6, abs_tol=1e-6)


def _share(base: Base) -> Share | None:
    return Share(("", "n"), ("all", "n")) if base.n else None
