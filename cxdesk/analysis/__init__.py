"""One file per question that a manager asks.

``ANALYSES`` lists them in the order of the menu and of the report. To add one: write its file, give it a line in
`menu`, and write ``tests/unit/analysis/test_<name>.py``; page, options, sheet, copy and undo follow from the house.
The code of an analysis is imported when it is first asked for, so that the first page waits for its own only.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from cxdesk.analysis.menu import MENU, entry

if TYPE_CHECKING:
    from cxdesk.analysis.base import Analysis


class Analyses:
    """All analyses in the order of the menu."""

    def __len__(self) -> int:
        """How many there are."""
        return len(MENU)

    def __iter__(self) -> Iterator[Analysis[Any, Any]]:
        """One after the other; each is imported when it is its turn."""
        return (analysis(each.key) for each in MENU)


ANALYSES = Analyses()


@cache
def analysis(key: str) -> Analysis[Any, Any]:
    """Return the analysis with this key; raises `KeyError` if there is none."""
    found = entry(key)
    made: Analysis[Any, Any] = getattr(importlib.import_module(f"{__name__}.{found.key}"), found.kind)()
    return made
