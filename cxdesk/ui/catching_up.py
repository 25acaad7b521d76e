"""Imports what pages other than the first need once the window stands still, so that turning to them is quick."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from cxdesk.analysis.menu import MENU
from cxdesk.job import Job

if TYPE_CHECKING:
    from cxdesk.ui.session import Session

EXPORTING = ("cxdesk.project.reporting", "cxdesk.ui.pages.export_page")
"""The largest of all pages: importing it takes longer than a window may wait."""

_STILL = 2_000
"""Milliseconds without work in the background after which the rest is imported, one module after the other."""

_REST = (
    *EXPORTING,
    *(f"cxdesk.analysis.{each.key}" for each in MENU),
    "cxdesk.ui.widgets.comments_form",
    "cxdesk.ui.widgets.crosstab_form",
    "cxdesk.ui.widgets.follow_up_form",
    "cxdesk.ui.widgets.quality_form",
    "cxdesk.ui.comments_control",
    "cxdesk.ui.follow_up_control",
    "cxdesk.ui.deciding",
    "cxdesk.ui.pages.check",
    "cxdesk.ui.pages.settings_page",
    "cxdesk.ui.pages.weights_page",
    "cxdesk.ui.pages.help_page",
    "cxdesk.ui.pages.files_page",
    "cxdesk.render.preview",
)
"""What pages other than the first need, the largest and then what is likely to be wanted first."""


class CatchingUp(QObject):
    """Imports on a background thread what no page has asked for yet, while nothing else is done.

    Whoever asks sooner imports it then; nothing depends on this.
    """

    def __init__(self, session: Session) -> None:
        """Wait for the first quiet moment."""
        super().__init__(session)
        self._session = session
        self._left = list(_REST)
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(_STILL)
        self._still.timeout.connect(self._on_still)
        self._still.start()

    @Slot()
    def _on_still(self) -> None:
        if not self._session.idle:
            self._still.start()
        elif self._left:
            module = self._left.pop(0)
            self._session.run(lambda _job: importlib.import_module(module), self._on_imported, self._on_imported)

    def _on_imported(self, _ended: object) -> None:
        """Go on at once; what could not be imported is said by whoever needs it."""
        self._on_still()


def imported_first(session: Session, modules: tuple[str, ...], then: Callable[[], None]) -> None:
    """Call ``then`` at once if these modules were imported before, or else when a background thread has done it.

    If one cannot be imported, ``then`` fails in its own words.
    """
    missing = [module for module in modules if module not in sys.modules]
    if not missing:
        then()
        return

    def work(_job: Job) -> None:
        for module in missing:
            importlib.import_module(module)

    session.run_beside(work, lambda _done: then(), lambda _problem: then())
