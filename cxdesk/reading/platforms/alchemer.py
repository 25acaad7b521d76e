"""Alchemer (SurveyGizmo): start and submission time and a status, then the questions; sub-questions stand in front."""

from __future__ import annotations

from cxdesk.reading.platform import Opening, Platform

_OWN = frozenset({"time started", "date submitted", "status"})


def _recognise(opening: Opening) -> int:
    return 1 if opening.words() >= _OWN else 0


ALCHEMER = Platform("alchemer", _recognise)
