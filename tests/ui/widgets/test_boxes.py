"""Boxes to tick: what is ticked looks ticked, also while it cannot be changed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from cxdesk.ui import theme


@pytest.mark.parametrize("dark", [False, True])
def test_a_ticked_box_that_cannot_be_changed_stands_out(qtbot: QtBot, qapp: QApplication, dark: bool) -> None:
    theme.apply(qapp, theme.Theme(dark=dark))
    found = []
    for ticked in (False, True):
        box = QCheckBox("Hide personal data")
        qtbot.addWidget(box)
        box.setChecked(ticked)
        box.setEnabled(False)
        box.show()
        seen = box.grab().toImage()
        found.append(seen.pixelColor(8, seen.height() // 2 - 5).lightnessF())
    empty, full = found
    assert abs(full - empty) > 0.2
