"""The numbers beside places of the sidebar: columns to check, and decisions about doubtful rows that wait."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Slot

from cxdesk.blocks.section import Section
from cxdesk.survey.selection import Selection
from cxdesk.text import say_n
from cxdesk.ui.session import Session
from cxdesk.ui.sidebar import Sidebar

_QUALITY = "quality"
_AFTER = 300
"""Milliseconds after a page was computed: it has been drawn by then."""


class Badges(QObject):
    """Decisions are counted in the background, after the page that is shown, so that no page waits for them."""

    def __init__(self, session: Session, sidebar: Sidebar) -> None:
        """Nothing is counted before a page was computed."""
        super().__init__(sidebar)
        self._session, self._sidebar = session, sidebar
        self._asked: object = None
        self._counted_for = ""
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_AFTER)
        self._later.timeout.connect(self._on_drawn)
        session.computed.connect(self._on_computed)

    def refresh(self) -> None:
        """Show how many columns are in doubt; that is known without counting. Decisions of another file are gone."""
        workspace = self._session.workspace
        digest = "" if workspace is None else workspace.dataset.complete.source.digest
        if digest != self._counted_for:
            self._counted_for, self._asked = digest, None
            self._show(0)
        doubts = self._session.doubts()
        words = say_n("1 column to check", "{count} columns to check", doubts)
        self._sidebar.set_badge("check", doubts, words, self._session.translator)

    @Slot(object)
    def _on_computed(self, _section: Section) -> None:
        """A page is there: count when it was drawn."""
        self._later.start()

    @Slot()
    def _on_drawn(self) -> None:
        """Count what waits in the whole survey, whatever the filter; once for each survey."""
        now = self._session.workspace
        if now is None:
            return
        workspace = replace(now, selection=Selection(), compare=None)
        asked = (workspace.dataset.key, workspace.rules, workspace.spec(_QUALITY), workspace.weighting)
        if asked == self._asked:
            return
        self._asked = asked

        def done(section: Section) -> None:
            from cxdesk.analysis.quality_section import open_decisions  # noqa: PLC0415 - not before the first page

            if asked == self._asked:
                self._show(open_decisions(section))

        self._session.section_of(workspace, _QUALITY, done, lambda _problem: None)

    def _show(self, waiting: int) -> None:
        told = say_n("1 thing needs your decision", "{count} things need your decision", waiting)
        self._sidebar.set_badge(_QUALITY, waiting, told, self._session.translator)
