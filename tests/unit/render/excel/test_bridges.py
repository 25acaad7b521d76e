"""Steps from one value to another as native stacked bars: the parts in the cells draw each bar where it belongs."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from cxdesk.blocks.chart import Chart, Series
from cxdesk.blocks.steps import steps_of
from cxdesk.render.excel.layout import layout
from cxdesk.render.excel.lint import lint
from cxdesk.render.excel.model import PlacedChart, SheetModel
from cxdesk.text import Translator
from tests.unit.render.excel.opening import made, parts
from tests.unit.render.period_charts import BRIDGE
from tests.unit.render.reports import report, section, sheet

RISING = replace(
    BRIDGE, categories=("Before", "North", "South", "Now"), series=(Series("NPS", (10.0, 5.0, -2.0, 13.0)),)
)
BELOW = replace(RISING, series=(Series("NPS", (-10.0, -5.0, 2.0, -13.0)),))


def placed(chart: Chart) -> tuple[SheetModel, PlacedChart]:
    found = layout(report(sheet(section(chart))), Translator("en")).sheets[0]
    return found, found.charts[0]


@pytest.mark.parametrize("chart", [BRIDGE, RISING, BELOW], ids=["across", "above", "below"])
def test_empty_and_visible_parts_end_where_the_steps_end(chart: Chart) -> None:
    found, native = placed(chart)
    cells = {(cell.row, cell.column): cell.value for cell in found.cells}
    for place, (start, end) in enumerate(steps_of(chart.series[0].values)):
        lengths = [cells[native.ranges[part].first + place, native.ranges[part].values] for part in range(4)]
        empty, above, below, none = (float(each) for each in lengths if isinstance(each, int | float))
        assert above >= 0 >= below
        assert none == 0
        assert max(empty, 0.0) + above == pytest.approx(max(start, end, 0.0))
        assert min(empty, 0.0) + below == pytest.approx(min(start, end, 0.0))


def test_the_workbook_draws_stacked_bars_with_their_numbers_behind_them() -> None:
    book = report(sheet(section(BRIDGE)))
    content = made(book)
    assert lint(content, layout(book, Translator("en"))) == []
    (xml,) = parts(content, "xl/charts/chart").values()
    assert 'val="stacked"' in xml
    series = xml.split("<c:ser>")[1:]
    assert len(series) == 4
    assert all("<c:numCache>" in each for each in series)
    assert re.findall(r"<a:t>([^<]+)</a:t>", series[3]) == ["+5", "+4", "−15", "+3", "−4"]
    assert "<a:noFill/>" in series[0].split("<c:cat>")[0]
