"""Formbricks: number, response and survey ids, then "1. Question" columns, variables and attributes."""

from __future__ import annotations

from cxdesk.reading.platform import Opening, Platform

_OWN = frozenset({"no", "response id", "timestamp", "finished", "survey id", "formbricks id (internal)", "user id"})


def _recognise(opening: Opening) -> int:
    return 1 if len(_OWN & opening.words()) >= 5 else 0


FORMBRICKS = Platform("formbricks", _recognise)
