"""LimeSurvey: headers as codes, as texts, or as "code[SQ001]. text [sub]"; "N/A" means "not shown"."""

from __future__ import annotations

import re

from cxdesk.reading.header import Title, clean
from cxdesk.reading.platform import Opening, Platform, by_signs

_CODES = frozenset({"id", "submitdate", "lastpage", "startlanguage", "seed", "datestamp"})
_SIGNED = by_signs("limesurvey")
_BOTH = re.compile(r"^[A-Za-z]\w*(?:\[[^\]]+\])*\.\s+\S?")


def _recognise(opening: Opening) -> int:
    below = opening.words(1)
    if len(_CODES & below) >= 2 and "submitdate" in below:
        # VV exports: the texts, and below them the codes.
        return 2
    if _SIGNED(opening):
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
