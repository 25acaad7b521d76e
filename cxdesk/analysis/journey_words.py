"""Recognises stages of a journey and channels by their words, which are resources."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from cxdesk.resources import resource
from cxdesk.survey.matching import plain_letters

_APART = re.compile(r"[_\s]+")


def stage_place(words: str) -> int | None:
    """The place in the usual order of a journey that words speak of: 0 is the first; None if they speak of none.

    The longest word decides: "After-sales service" is after the sale, not a sale.
    """
    text = _plain(words)
    longest: tuple[int, int] | None = None
    for place, pattern in enumerate(_stages()):
        for found in pattern.finditer(text):
            size = found.end() - found.start()
            if longest is None or size > longest[0]:
                longest = (size, place)
    return None if longest is None else longest[1]


def is_stage_column(words: str) -> bool:
    """Whether a column says at which stage people were."""
    return _pattern("stage_column").search(_plain(words)) is not None


def is_stage_grid(words: str) -> bool:
    """Whether the stem of a grid speaks of stages or touchpoints."""
    return _pattern("stage_grid").search(_plain(words)) is not None


def is_channel(words: str) -> bool:
    """Whether a column says through which channel people came."""
    return _pattern("channel").search(_plain(words)) is not None


def _plain(words: str) -> str:
    return _APART.sub(" ", plain_letters(words)).strip(" :：?？")


@cache
def _words() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(resource("lexicon", "journey.json").read_text(encoding="utf-8"))
    return content


@cache
def _stages() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile("|".join(stage["words"])) for stage in _words()["stages"])


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(_words()[name]))
