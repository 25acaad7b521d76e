"""What to work on first: how much a theme costs, how urgent it is, and how feasible the person thinks it is."""

from __future__ import annotations

from cxdesk.analysis.comments_quotes import THEME
from cxdesk.analysis.comments_said import priority_note
from cxdesk.analysis.comments_values import EASIEST, HARDEST, CommentsResult, CommentsSpec, ThemeFound
from cxdesk.analysis.measure import Measure, MeasureKind
from cxdesk.blocks.table import Cell, ColumnType, Mark, Table, TableColumn, TableRow
from cxdesk.text import Format, Label, say

OFTEN_SEVERE = 0.10
_WORKABLE = frozenset({Mark.ABOVE, Mark.BELOW, Mark.POSSIBLY_ABOVE, Mark.POSSIBLY_BELOW})
_FEASIBLE: tuple[tuple[str, Label], ...] = tuple((str(value), str(value)) for value in range(EASIEST, HARDEST - 1, -1))


def priority_table(result: CommentsResult, rule: Measure, spec: CommentsSpec) -> Table:
    """What to work on first: impact, urgency, and how feasible the person thinks it is, highest priority first."""
    columns = (
        TableColumn("name", say("Theme"), ColumnType.NAME),
        TableColumn("priority", say("Priority")),
        TableColumn("feasible", say("Feasibility"), ColumnType.CHOICE),
        TableColumn("impact", say("Impact")),
        TableColumn("impact_range", say("Range of the impact"), ColumnType.RANGE),
        TableColumn("urgency", say("Urgency")),
        TableColumn("change", say("Mentioned more or less"), ColumnType.GAP),
        TableColumn("severe", say("Words that should not wait")),
    )
    ordered = sorted(
        (theme for theme in result.themes if theme.people >= result.rules.hide_below),
        key=lambda theme: (-(priority_of(rule, theme, spec) or 0.0), -theme.people),
    )
    subtitle = say("{period} compared with everything before", period=result.latest) if result.latest else None
    return Table(
        "priority",
        say("What to work on first"),
        columns,
        tuple(_priority_row(result, rule, theme, spec) for theme in ordered),
        legend=priority_note(),
        subtitle=subtitle,
    )


def impact_of(rule: Measure, theme: ThemeFound) -> float | None:
    """By how much the whole would be higher without those who mention a theme; None where that could be chance.

    In points for scores from -100 to +100, in percentage points for shares, in hundredths of the scale for means.
    """
    if theme.drag is None or theme.mark not in _WORKABLE:
        return None
    size = _impact_per_unit(rule) * theme.drag.value
    return size if size > 0 else None


def impact_range_of(rule: Measure, theme: ThemeFound) -> tuple[float | None, float | None]:
    """The range of `impact_of`, from that of what the theme moves; None where that has none."""
    if theme.drag is None or theme.drag.low is None or theme.drag.high is None:
        return None, None
    ends = sorted(_impact_per_unit(rule) * end for end in (theme.drag.low, theme.drag.high))
    return ends[0], ends[1]


def _impact_per_unit(rule: Measure) -> float:
    """What one unit of the measure is worth in `impact_of`; negative where less of it is worse."""
    match rule.kind:
        case MeasureKind.TOP:
            return -100.0
        case MeasureKind.MEAN:
            return (-100.0 if rule.high_is_good else 100.0) / (rule.scale.size - 1)
        case _:
            return -1.0


def urgency_of(theme: ThemeFound) -> int:
    """1 to 3: one more for a theme that is clearly mentioned more than before, one more for words that cannot wait."""
    often = theme.people > 0 and theme.severe / theme.people >= OFTEN_SEVERE
    return 1 + (theme.change_mark is Mark.ABOVE) + often


def priority_of(rule: Measure, theme: ThemeFound, spec: CommentsSpec) -> float | None:
    """Impact × urgency × feasibility; None without an impact."""
    impact = impact_of(rule, theme)
    return None if impact is None else impact * urgency_of(theme) * spec.feasibility(str(theme.name))


def is_untested(theme: ThemeFound) -> bool:
    """Whether too few mention a theme, or too few do not, to compare both: what it moves has no range then."""
    return theme.gap is not None and theme.gap.p is None


def too_few(format_: Format) -> Cell:
    """A cell without a figure, because it would have no range."""
    return Cell(None, format_, mark=Mark.UNTESTED, shown=say("too few"))


def _priority_row(result: CommentsResult, rule: Measure, theme: ThemeFound, spec: CommentsSpec) -> TableRow:
    impact, priority = impact_of(rule, theme), priority_of(rule, theme, spec)
    low, high = (None, None) if impact is None else impact_range_of(rule, theme)
    chosen = str(spec.feasibility(str(theme.name)))
    change = Cell(None, shown=say("nothing earlier")) if not result.latest else _gap_cell(theme)
    return TableRow(
        f"{THEME}{theme.name}",
        (
            Cell(theme.name),
            Cell(priority, Format.COUNT),
            Cell(dict(_FEASIBLE)[chosen], choices=_FEASIBLE, chosen=chosen),
            too_few(Format.MEAN) if is_untested(theme) else Cell(impact, Format.MEAN),
            Cell(None, Format.MEAN, low=low, high=high),
            Cell(float(urgency_of(theme)), Format.GENERAL),
            change,
            Cell(theme.severe / theme.people, Format.PERCENT),
        ),
    )


def _gap_cell(theme: ThemeFound) -> Cell:
    change = theme.change
    return Cell(None if change is None else change.value, Format.PERCENT_GAP, mark=theme.change_mark)
