"""Ctrl and + − 0: larger, smaller and normal text, in the steps that Settings offers."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Slot

from cxdesk.project.preferences import TEXT_SIZES
from cxdesk.ui.session import Session


class TextSize(QObject):
    """Changes the setting; the window follows as it does when it is changed on the page."""

    def __init__(self, session: Session, parent: QObject) -> None:
        """Nothing changes until a slot is called."""
        super().__init__(parent)
        self._session = session

    @Slot()
    def larger(self) -> None:
        """One step up, if there is one."""
        self._step(1)

    @Slot()
    def smaller(self) -> None:
        """One step down, if there is one."""
        self._step(-1)

    @Slot()
    def normal(self) -> None:
        """As it is when the program is new."""
        self._set(TEXT_SIZES[0])

    def _step(self, step: int) -> None:
        place = TEXT_SIZES.index(self._session.preferences.text_size) + step
        if 0 <= place < len(TEXT_SIZES):
            self._set(TEXT_SIZES[place])

    def _set(self, size: int) -> None:
        self._session.set_preferences(replace(self._session.preferences, text_size=size))
