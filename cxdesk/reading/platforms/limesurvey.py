"""LimeSurvey: headers as codes, as texts, or as "code[SQ001]. text [sub]"; "N/A" means "not shown"."""

from __future__ import annotations

import re

from cxdesk.reading.header import Title, clean
from cxdesk.reading.platform import Opening, Platform

_CODES = frozenset({"id", "submitdate", "lastpage", "startlanguage"})
_TEXTS = (
    frozenset({"response id", "date submitted", "last page", "start language"}),
    frozenset({"antwort id", "datum abgeschickt", "letzte seite", "start-sprache"}),
)
_BOTH = re.compile(r"^[A-Za-z]\w*(?:\[[^\]]+\])*\.\s+\S?")


def _recognise(opening: Opening) -> int:
    words = opening.words()
    if len(_CODES & words) >= 3:
        return 1
    if len(_CODES & opening.words(1)) >= 3:
        return 2
    if any(len(own & words) >= 3 for own in _TEXTS):
        return 1
    cells = [cell for cell in opening.row(0) if cell]
    return 1 if len(cells) >= 4 and sum(bool(_BOTH.match(cell)) for cell in cells) >= 0.8 * len(cells) else 0


def _title(headers: tuple[str, ...]) -> Title:
    text = clean(headers[0])
    found = _BOTH.match(text)
    if found is None:
        return Title(text, code=clean(headers[-1]) if len(headers) > 1 else "")
    code, _, words = text.partition(". ")
    stem, bracket, _ = code.partition("[")
    question, _, option = words.strip().rpartition(" [") if words.strip().endswith("]") else (words, "", "")
    if words.strip().startswith("["):
        question, option = "", words.strip()[1:-1]
    option = option.rstrip("]").strip()
    if bracket and (option or question):
        return Title(question.strip() or stem, stem=stem, option=option, code=code)
    return Title(words.strip() or text, code=code)


LIMESURVEY = Platform("limesurvey", _recognise, _title)
