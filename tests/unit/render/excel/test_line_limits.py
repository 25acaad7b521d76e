"""Control limits and possible changes of a chart over periods in a workbook."""

from __future__ import annotations

from cxdesk.render.excel.layout import layout
from cxdesk.text import Translator
from tests.unit.render.excel.opening import made, parts
from tests.unit.render.period_charts import WEEKS
from tests.unit.render.reports import report, section, sheet


def test_limits_are_lines_of_their_own_and_a_possible_change_is_written_below() -> None:
    book = report(sheet(section(WEEKS)))
    (xml,) = parts(made(book), "xl/charts/chart").values()
    series = {each.split("<c:v>")[1].split("</c:v>")[0]: each for each in xml.split("<c:ser>")[1:]}
    assert {"Lower control limit", "Upper control limit"} <= set(series)
    assert "<c:v>2.0</c:v>" in series["Lower control limit"]
    assert '<c:symbol val="none"/>' in series["Upper control limit"]
    written = [cell.value for cell in layout(book, Translator("en")).sheets[0].cells]
    assert "possible change after 2024-W31" in written
