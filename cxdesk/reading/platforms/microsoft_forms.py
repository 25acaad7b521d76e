"""Microsoft Forms: number, start and completion time in the form's language, then e-mail, name and the questions."""

from __future__ import annotations

from cxdesk.reading.platform import Opening, Platform, facts


def _recognise(opening: Opening) -> int:
    words = opening.words()
    # Compared without end marks, "Id." is "id".
    return 1 if any({word.rstrip(".") for word in own} <= words for own in facts("microsoft_forms")["sets"]) else 0


MICROSOFT_FORMS = Platform("microsoft_forms", _recognise, separators=(";",))
