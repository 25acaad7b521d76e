"""The chart of a measure over periods, as the Trend page and the Overview draw it."""

from __future__ import annotations

from collections.abc import Sequence

from cxdesk.analysis.measure import Measure, measure_name
from cxdesk.analysis.trend_values import Point
from cxdesk.analysis.wording import confidence_text
from cxdesk.blocks.chart import Chart, ChartKind, Series
from cxdesk.blocks.palette import Tone
from cxdesk.survey.base import Base, BaseLevel, Rules
from cxdesk.text import Number, say

WEAK = frozenset({BaseLevel.HIDDEN, BaseLevel.UNTESTED})
"""Levels whose points are hollow and not joined to others."""


def line_chart(rule: Measure, points: Sequence[Point], rules: Rules) -> Chart:
    """One line with its range, hollow points for small bases, and the number of answers of each period."""
    last = next((point for point in reversed(points) if point.score.value is not None), points[-1])
    return Chart(
        "trend",
        say("{measure} by period with {level} range", measure=measure_name(rule), level=confidence_text(rules)),
        ChartKind.LINE,
        tuple(point.name for point in points),
        (
            Series(
                measure_name(rule),
                tuple(point.score.value for point in points),
                (Tone.ACCENT,),
                tuple(point.score.low for point in points),
                tuple(point.score.high for point in points),
                tuple(point.level in WEAK for point in points),
            ),
        ),
        rule.format,
        say("{period}: {value}", period=last.name, value=Number(last.score.value, rule.format)),
        Base(sum(point.score.base.n for point in points)),
        sizes=tuple(point.score.base.n for point in points),
    )
