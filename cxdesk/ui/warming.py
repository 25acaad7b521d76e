"""What is imported while the person still looks for a file, so that the first page does not wait for it."""

from __future__ import annotations

import importlib


def import_charts() -> None:
    """Import what the first page needs before it is needed, so that the window never waits for it."""
    for module in (
        "cxdesk.reading.transport",
        "cxdesk.render.figure",
        "cxdesk.ui.widgets.agg",
    ):
        importlib.import_module(module)


def draw_first_chart(_done: object) -> None:
    """Load the fonts of charts on the window's thread, the only one that may draw: they are not made for two."""
    importlib.import_module("cxdesk.render.figure").warm_up()
