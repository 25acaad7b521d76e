"""The tables that stand with the charts over periods and in a plane."""

from __future__ import annotations

from cxdesk.blocks.table import Cell, ColumnType, Minus, Table, TableColumn, TableRow
from cxdesk.text import Format, say
from tests.unit.render.period_charts import LINE, PLANE, SCORES, SIZES


def periods_table() -> Table:
    """The table of a trend: score and range of each period, and the change from the one before as a live formula."""
    columns = (
        TableColumn("period", say("Period"), ColumnType.NAME),
        TableColumn("n", say("n")),
        TableColumn("score", say("NPS")),
        TableColumn("range", say("Range"), ColumnType.RANGE),
        TableColumn("change", say("vs previous"), ColumnType.GAP),
    )
    rows = []
    for place, (name, value) in enumerate(zip(LINE.categories, SCORES, strict=True)):
        change = Cell(None)
        if place:
            before = Minus(("", "score"), (f"p{place - 1}", "score"))
            change = Cell(value - SCORES[place - 1], Format.SCORE, derivation=before)
        cells = (
            Cell(name),
            Cell(SIZES[place], Format.COUNT),
            Cell(value, Format.SCORE),
            Cell(None, Format.SCORE, low=value - 5.0, high=value + 5.0),
            change,
        )
        rows.append(TableRow(f"p{place}", cells))
    return Table("periods", say("NPS by period"), columns, tuple(rows))


def topics_table(*extra: TableColumn) -> Table:
    """The table of the topics of the plane with all their numbers; ``extra`` columns hold nothing."""
    columns = (
        TableColumn("topic", say("Topic"), ColumnType.NAME),
        TableColumn("share", say("Share of link")),
        TableColumn("share_range", say("Range"), ColumnType.RANGE),
        TableColumn("satisfied", say("Satisfied")),
        TableColumn("satisfied_range", say("Range"), ColumnType.RANGE),
    )
    rows = tuple(
        TableRow(
            spot.key,
            (
                Cell(spot.name),
                Cell(spot.y, Format.PERCENT),
                Cell(None, Format.PERCENT, low=spot.y_low, high=spot.y_high),
                Cell(spot.x, Format.PERCENT),
                Cell(None, Format.PERCENT, low=spot.x_low, high=spot.x_high),
                *(Cell("") for _ in extra),
            ),
        )
        for spot in PLANE.spots
    )
    return Table("topics", say("All topics"), (*columns, *extra), rows)
