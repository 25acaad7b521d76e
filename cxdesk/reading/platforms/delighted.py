"""Delighted: one score and one comment per row, with the person's columns around them."""

from __future__ import annotations

from cxdesk.reading.platform import Opening, Platform


def _recognise(opening: Opening) -> int:
    words = opening.words()
    return 1 if {"score", "comment"} <= words and words & {"survey type", "response id", "person id"} else 0


DELIGHTED = Platform("delighted", _recognise)
