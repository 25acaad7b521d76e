"""Cells with a fixed meaning, whatever was asked: left empty, no answer, yes, no, other; and how words are compared.

All words are resources (``resources/lexicon/answers.json``).
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache, lru_cache

from cxdesk.resources import resource

# A dash before a digit is a minus sign.
_BULLET = re.compile(r"^[-*•\s]+(?=[^\d\s.,])")
_INVISIBLE = re.compile("[\ufeff\u200b\u200c\u200d\u2060\u00ad]")
_SIGNS = str.maketrans(
    {
        "\u2019": "'",
        "\u2018": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2013": "-",
        "\u2014": "-",
    }
)
_CURLED = re.compile("[\u2019\u2018\u201c\u201d\u2010\u2011\u2013\u2014]")


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Bring a text into the form in which words are compared: no case, width, stray spaces, bullets or end marks."""
    if not text.isascii():
        if _INVISIBLE.search(text):
            text = _INVISIBLE.sub("", text)
        text = unicodedata.normalize("NFKC", text)
        if _CURLED.search(text):
            text = text.translate(_SIGNS)
    text = " ".join(text.split()).casefold()
    bare = text
    if len(text) > 1:
        bare = (_BULLET.sub("", text) if text[0] in "-*•" else text).rstrip(" .!:;,。！；，")
    return bare or text


@cache
def tokens(name: str) -> frozenset[str]:
    """Fixed cell texts in the form of `plain`: "no_answer", "blank", "yes", "no" or "other"."""
    return frozenset(plain(word) for word in _answers()[name])


@cache
def _answers() -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(resource("lexicon", "answers.json").read_text(encoding="utf-8"))
    return found
