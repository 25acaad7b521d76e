"""The person's state: the survey as they understand it, whom they look at, and what goes into the report.

A Workspace is the unit of undo. It is never changed, only replaced; everything else is recomputed from it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from cxdesk.report.report import ReportOptions
from cxdesk.survey.base import Rules
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.selection import Selection
from cxdesk.survey.weighting import Weighting


@dataclass(frozen=True, slots=True)
class Workspace:
    """One state of the work. ``specs`` holds the options of analyses that differ from their defaults, by key.

    ``compare`` selects the respondents that those looked at are compared with: an earlier period or file, or any other
    filter of the same survey. None compares with nobody; ``weighting`` None weights nobody.
    """

    dataset: Dataset
    selection: Selection = Selection()
    rules: Rules = Rules()
    specs: tuple[tuple[str, Any], ...] = ()
    report: ReportOptions = ReportOptions()
    compare: Selection | None = None
    weighting: Weighting | None = None

    @property
    def decisions(self) -> tuple[tuple[str, str], ...]:
        """What the person decided about doubtful rows: (check, way). They belong to the options of the quality page.

        ``dataset`` is always the survey without the rows that were left out (`project.decisions` applies them).
        """
        spec = self.spec("quality")
        return () if spec is None else tuple(spec.decisions)

    def spec(self, key: str) -> Any | None:
        """The options chosen for an analysis, or None if they were not touched."""
        return next((spec for name, spec in self.specs if name == key), None)

    def with_spec(self, key: str, spec: Any) -> Workspace:
        """This workspace with other options for one analysis."""
        others = tuple(pair for pair in self.specs if pair[0] != key)
        return replace(self, specs=(*others, (key, spec)))
