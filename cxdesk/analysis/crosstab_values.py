"""What a crosstab consists of: what a person asked for, its columns, and its lines with their cells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cxdesk.blocks.chart import ChartKind, Series
from cxdesk.blocks.table import Mark
from cxdesk.survey.base import Base, BaseLevel, Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.question import Question
from cxdesk.text import Format, Label

SHARE, ROW_SHARE, COUNT, SCORES, ENDS, POINTS = "share", "row", "count", "score", "ends", "points"
"""What a table can show: column %, row %, counts; NPS and means, top and bottom scores, every point of a scale."""

LETTERS, BONFERRONI, WORDS, ARROWS, NOTHING = "letters", "bonferroni", "words", "arrows", "none"
"""How columns are compared: Holm's letters, SPSS' letters, in words, each column with all others, not at all."""


@dataclass(frozen=True, slots=True)
class OwnNet:
    """A line that a person made: everybody who gave any of these answers, counted once."""

    question: str
    name: str
    codes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CrosstabSpec:
    """Which questions are crossed, and what is shown of them.

    ``rows`` are question ids; none stands for the scores. ``by`` is the question in the columns ("" finds one, "-"
    wants only the total), ``inside`` another one within each of them ("" for none).
    ``show`` and ``compare`` are the words above. ``base`` "asked" counts everybody who was asked a multiple-answer
    question, "answered" those who ticked something. ``order`` is "file" or "total". ``drawn`` is the row question of
    the chart ("" the first, "-" none), or one of its answers ("id:code"). ``kept`` are tables for the
    report, and what is computed if ``for_report``.
    """

    rows: tuple[str, ...] = ()
    by: str = ""
    inside: str = ""
    show: tuple[str, ...] = (SHARE, ENDS, SCORES)
    compare: str = LETTERS
    base: str = "answered"
    order: str = "file"
    nets: tuple[OwnNet, ...] = ()
    drawn: str = ""
    kept: tuple[CrosstabSpec, ...] = ()
    for_report: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its name, the heading over it and its neighbours, its letter ("" if it is not compared).

    ``family`` numbers the columns that are compared with each other, -1 for none. ``level`` is its largest base.
    """

    key: str
    name: Label
    group: Label = ""
    letter: str = ""
    family: int = -1
    level: BaseLevel = BaseLevel.PLAIN


class LineKind(StrEnum):
    """What a line counts."""

    ANSWER = "answer"
    NET = "net"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class Crossed:
    """One cell: people or weights (``count``), their share of the column and of the row, or the value of a score.

    ``higher`` are the places of the columns that it is clearly higher than; ``mark`` compares it with everyone else.
    ``low`` and ``high`` are the range of a score. A hidden cell has no numbers at all; a ``withheld`` one is hidden so
    that smaller groups cannot be worked out.
    """

    count: float | None = None
    share: float | None = None
    row_share: float | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    higher: tuple[int, ...] = ()
    mark: Mark | None = None
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a question. ``key`` is unique within the question; ``format`` is that of a score."""

    key: str
    name: Label
    kind: LineKind
    cells: tuple[Crossed, ...]
    format: Format = Format.PERCENT
    parts: tuple[str, str] | None = None
    """For an NPS, the keys of the lines with its promoters and detractors, if they are shown."""


@dataclass(frozen=True, slots=True)
class Together:
    """How a question goes together with the columns: Cramér's V (0..1) and p, None where that cannot be said.

    ``sparse`` tables have too few answers per cell.
    """

    strength: float | None = None
    p: float | None = None
    clear: bool = False
    sparse: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One question in the rows: its base in each column, and its lines."""

    question: Question
    bases: tuple[Base, ...]
    wholes: tuple[float, ...]
    lines: tuple[Line, ...]
    together: Together | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the chart of a table shows: a question as one or more series over all columns, the total first.

    Without columns a multiple-answer question has one bar per answer instead: ``names`` are then its answers.
    """

    question: Question
    kind: ChartKind
    series: tuple[Series, ...]
    format: Format = Format.PERCENT
    names: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Crosstable:
    """A finished table. ``heads`` starts with the total. ``overlapping`` columns share people.

    ``unseen`` columns were left out because there were too many, or nobody in them.
    """

    spec: CrosstabSpec
    heads: tuple[Head, ...]
    blocks: tuple[Block, ...]
    by: Question | None = None
    inside: Question | None = None
    overlapping: bool = False
    unseen: int = 0
    too_many_rows: bool = False
    drawn: Drawn | None = None


@dataclass(frozen=True, slots=True, eq=False)
class CrosstabResult:
    """The tables that are shown: one on the page, every kept one in the report."""

    sample: Sample
    rules: Rules
    tables: tuple[Crosstable, ...] = ()
