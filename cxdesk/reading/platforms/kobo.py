"""KoboToolbox and ODK: names with an underscore in front of its own columns, "group/question" headers.

Several answers stand in one cell, in one column per option ("question/option"), or in both.
"""

from __future__ import annotations

from cxdesk.reading.header import Title, clean
from cxdesk.reading.platform import Opening, Platform, by_signs

_SIGNED = by_signs("kobo")


def _recognise(opening: Opening) -> int:
    if not _SIGNED(opening):
        return 0
    tagged = sum(cell.startswith("#") for cell in opening.row(1))
    return 2 if tagged >= 2 else 1


def _title(headers: tuple[str, ...]) -> Title:
    return Title(clean(headers[0]))


def _words(text: str) -> str:
    """A question's own name without those of its groups; a slash in words that people read is theirs."""
    return text if " " in text else text.rpartition("/")[2] or text


def _repeats(header: str, following: str) -> bool:
    return bool(header) and following.startswith(f"{header}/")


KOBO = Platform("kobo", _recognise, _title, separators=(" ",), words=_words, repeats=_repeats)
