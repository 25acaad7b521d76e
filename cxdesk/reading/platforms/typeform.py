"""Typeform: "#" first, start and submit dates in UTC last; one column per option of a multiple choice."""

from __future__ import annotations

from cxdesk.reading.platform import Opening, Platform

_OWN = frozenset({"#", "start date (utc)", "submit date (utc)", "network id"})


def _recognise(opening: Opening) -> int:
    return 1 if len(_OWN & opening.words()) >= 3 else 0


TYPEFORM = Platform("typeform", _recognise)
