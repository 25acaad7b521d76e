"""Printed pages: nothing leaves the paper, whichever fonts the computer has."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from cxdesk.render.excel.model import Placed, Style
from cxdesk.render.preview import Box, PrintedPage
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.press import Press

LONG = "no mark: the difference could be chance · " * 3
WIDTH, SIDE = 600, 50


@pytest.mark.parametrize("scale", [1.0, 0.7])
def test_a_line_that_is_too_long_for_the_paper_is_written_smaller(scale: float) -> None:
    placed = Placed(0, 1, LONG, Style(size=9, color="#000000"))
    page = PrintedPage(WIDTH, 200, SIDE, 50, scale, 100.0, ((Box(0, 0, 60, 20), placed),), ())
    paper = QImage(WIDTH, 200, QImage.Format.Format_RGB32)
    paper.fill(QColor("#FFFFFF"))
    painter = QPainter(paper)
    Press(painter, "No such font", Theme(dark=False)).print_page(page, ("", "", ""))
    painter.end()
    margin = paper.copy(QRect(WIDTH - SIDE + 4, 0, SIDE - 4, 200))
    white = QImage(margin.size(), margin.format())
    white.fill(QColor("#FFFFFF"))
    assert margin == white
