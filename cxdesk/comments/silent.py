"""Which texts say nothing: what platforms write into the cells of people who left a field empty."""

from __future__ import annotations

import json
from functools import cache

from cxdesk.resources import resource


def says_nothing(text: str) -> bool:
    """Whether a cell is empty or holds a platform's word for it, such as "(空)" or "n/a"."""
    plain = text.strip().casefold()
    return not plain or plain in _blank()


@cache
def _blank() -> frozenset[str]:
    words = json.loads(resource("lexicon", "answers.json").read_text(encoding="utf-8"))["blank"]
    return frozenset(str(word).casefold() for word in words)
