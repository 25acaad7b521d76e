"""Google Forms: "Timestamp" in the language of the form comes first, then one column per question."""

from __future__ import annotations

from cxdesk.reading.lexicon import plain
from cxdesk.reading.platform import Opening, Platform, facts


def _recognise(opening: Opening) -> int:
    cells = opening.row(0)
    if not cells or sum(map(bool, cells)) < 2:
        return 0
    words = facts("google_forms")
    if plain(cells[0]) in words["first"]:
        return 1
    return 1 if any(plain(opening.sheet).startswith(name) for name in words["sheets"]) and "" not in cells[:2] else 0


GOOGLE_FORMS = Platform("google_forms", _recognise)
