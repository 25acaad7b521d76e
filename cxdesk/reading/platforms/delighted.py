"""Delighted: one score and one comment per row, with the person's columns around them.

What the score is depends on the kind of survey, which every row names.
"""

from __future__ import annotations

from collections.abc import Mapping

from cxdesk.reading.lexicon import plain
from cxdesk.reading.platform import Opening, Platform, by_signs, facts
from cxdesk.survey.role import Role

_SCORED = frozenset({"score", "comment"})
_SIGNED = by_signs("delighted")


def _recognise(opening: Opening) -> int:
    return _SIGNED(opening) if opening.words() >= _SCORED else 0


def _told(opening: Opening) -> Mapping[str, Role]:
    heads = [plain(cell) for cell in opening.row(0)]
    if "survey type" not in heads:
        return {}
    place = heads.index("survey type")
    kinds = {plain(row[place]) for row in opening.rows[1:] if place < len(row) and row[place]}
    if len(kinds) != 1:
        return {}
    role = facts("delighted")["kinds"].get(kinds.pop())
    return {"score": Role(role)} if role is not None else {}


DELIGHTED = Platform("delighted", _recognise, told=_told)
