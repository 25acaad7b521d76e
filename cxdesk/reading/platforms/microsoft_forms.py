"""Microsoft Forms: number, start and completion time in the form's language, then e-mail, name and the questions."""

from __future__ import annotations

from cxdesk.reading.platform import Opening, Platform, facts


def _recognise(opening: Opening) -> int:
    """The completion time and one more of its columns besides the number, all in one language."""
    words = opening.words()
    sets = facts("microsoft_forms")["sets"]
    return 1 if any(own[1] in words and len(words & set(own)) >= 2 for own in sets) else 0


MICROSOFT_FORMS = Platform("microsoft_forms", _recognise, separators=(";",))
