"""KoboToolbox and ODK: names with an underscore in front of its own columns, "group/question" headers."""

from __future__ import annotations

from cxdesk.reading.header import Title, clean
from cxdesk.reading.platform import Opening, Platform

_OWN = frozenset({"_id", "_uuid", "_submission_time", "_validation_status", "_index"})


def _recognise(opening: Opening) -> int:
    if len(_OWN & opening.words()) < 3:
        return 0
    tagged = sum(cell.startswith("#") for cell in opening.row(1))
    return 2 if tagged >= 2 else 1


def _title(headers: tuple[str, ...]) -> Title:
    text = clean(headers[0])
    stem, slash, option = text.rpartition("/")
    return Title(option if slash else text, stem=stem, option=option if slash else "", code=text)


KOBO = Platform("kobo", _recognise, _title, separators=(" ",))
