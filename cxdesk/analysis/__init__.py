"""One file per question that a manager asks.

``ANALYSES`` lists them in the order of the menu and of the report. To add one: write its file, add its name here, and
write ``tests/unit/analysis/test_<name>.py``; page, options, sheet, copy and undo follow from the house.
"""

from __future__ import annotations

from typing import Any

from cxdesk.analysis.base import Analysis
from cxdesk.analysis.comments import Comments
from cxdesk.analysis.compare import Compare
from cxdesk.analysis.crosstab import Crosstab
from cxdesk.analysis.drivers import Drivers
from cxdesk.analysis.follow_up import FollowUp
from cxdesk.analysis.journey import Journey
from cxdesk.analysis.operations import Operations
from cxdesk.analysis.overview import Overview
from cxdesk.analysis.quality import Quality
from cxdesk.analysis.scores import Scores
from cxdesk.analysis.segments import Segments
from cxdesk.analysis.trend import Trend

ANALYSES: tuple[Analysis[Any, Any], ...] = (
    Overview(),
    Scores(),
    Segments(),
    Trend(),
    Compare(),
    Drivers(),
    Crosstab(),
    Operations(),
    Comments(),
    FollowUp(),
    Journey(),
    Quality(),
)


def analysis(key: str) -> Analysis[Any, Any]:
    """Return the analysis with this key; raises `KeyError` if there is none."""
    for found in ANALYSES:
        if found.key == key:
            return found
    raise KeyError(key)
