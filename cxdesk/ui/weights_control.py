"""In the filter bar: the chip that says by what the answers are weighted, or the hint that the file has weights."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from cxdesk.analysis.weights import weighting_name
from cxdesk.survey.role import Role
from cxdesk.text import say
from cxdesk.ui.chip import ChipBox
from cxdesk.ui.parts import button
from cxdesk.ui.session import Session

_LONGEST = 36


class WeightsControl(QFrame):
    """The chip opens the page of weights; its cross or Del takes the weights off, which is one step of undo."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Build the parts; `refresh` says what is weighted."""
        super().__init__(parent)
        self._session = session
        self._box = ChipBox(self)
        self.chip, self.cross = self._box.chip, self._box.cross
        self.chip.clicked.connect(self._on_chip)
        self.chip.removed.connect(self._on_removed)
        self.cross.clicked.connect(self._on_removed)
        self.hint = button("", "link", parent=self)
        self.hint.clicked.connect(self._on_chip)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._box)
        row.addWidget(self.hint)
        self.hide()

    def refresh(self) -> None:
        """Show the weights of the workspace, or that there is a column that could be used."""
        session, workspace = self._session, self._session.workspace
        weighting = None if workspace is None else workspace.weighting
        found = () if workspace is None else workspace.dataset.with_role(Role.WEIGHT)
        self.setVisible(weighting is not None or bool(found))
        self._box.setVisible(weighting is not None)
        self.hint.setVisible(weighting is None and bool(found))
        if workspace is None:
            return
        if weighting is None:
            self.hint.setText(session.say(say("A weight column was found")))
            self.hint.setAccessibleName(session.say(say("A weight column was found: choose whether to use it")))
            return
        name = session.say(weighting_name(workspace.dataset, weighting))
        self.chip.setText((name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…").replace("&", "&&"))
        self.chip.setToolTip(name)
        self.chip.setAccessibleName(name)
        self._box.show_cross(session.theme, session.translator, say("Take the weights off"))

    @Slot()
    def _on_chip(self) -> None:
        self._session.go_to("weights")

    @Slot()
    def _on_removed(self) -> None:
        workspace = self._session.workspace
        if workspace is not None and workspace.weighting is not None:
            self._session.edit(say("Weights off"), replace(workspace, weighting=None))
