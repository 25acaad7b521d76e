"""The words by which comments are understood: stop words, what denies, what is urgent, the first themes.

All words are resources (``resources/lexicon/themes.json``); this module only loads them.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from cxdesk.comments.cells import plain, tokens
from cxdesk.resources import resource
from cxdesk.survey.theme import Theme

LANGUAGES = ("zh", "en")


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing by themselves, in every language that there is a list for."""
    return frozenset(word for language in LANGUAGES for word in _words()["stop_words"][language])


@cache
def incomplete() -> frozenset[str]:
    """Words that tell something only beside another one, or denied: "back" in "money back", "found" in "not found"."""
    return frozenset(word for language in LANGUAGES for word in _words()["incomplete"][language])


@cache
def phrases() -> dict[str, tuple[str, ...]]:
    """Phrases that are one word although they hold words that say nothing ("on hold"), by their first word."""
    found: dict[str, list[str]] = {}
    for phrase in sorted(_words()["phrases"], key=len, reverse=True):
        found.setdefault(phrase.split(" ")[0], []).append(phrase)
    return {first: tuple(each) for first, each in found.items()}


@cache
def single_characters() -> frozenset[str]:
    """Chinese characters that are a word by themselves; others are mostly pieces of words."""
    return frozenset(_words()["single_characters"])


@cache
def compounds() -> frozenset[str]:
    """Chinese words that the dictionary would cut into pieces."""
    return frozenset(_words()["compounds"])


@cache
def negators(language: str) -> tuple[str, ...]:
    """Words that deny what follows shortly after, the longest first."""
    return tuple(_words()["negators"][language])


@cache
def no_negators() -> tuple[str, ...]:
    """Words that hold what denies and yet deny nothing, such as "not only"."""
    return tuple(_words()["no_negators"])


@cache
def nothing_said() -> frozenset[str]:
    """Comments that say nothing, in the form of `plain`: "none", "n/a", a dash, and other words for no answer."""
    own = frozenset(map(plain, _words()["nothing"]))
    return own.union(*(tokens(kind) for kind in ("blank", "no_answer", "nothing")))


@cache
def severe() -> Theme:
    """What should not wait: safety, fraud, complaints to others, customers who leave."""
    found = _words()["severe"]
    return Theme("severe", tuple(word for language in LANGUAGES for word in found[language]))


@cache
def starter_themes(first: str, *, both: bool) -> tuple[Theme, ...]:
    """The themes that a survey starts with, named in the language ``first``; with ``both``, words of each language."""
    languages = [first, *(other for other in LANGUAGES if both and other != first)]
    return tuple(
        Theme(
            entry[first],
            tuple(word for language in languages for word in entry[f"include_{language}"]),
            tuple(word for language in languages for word in entry[f"exclude_{language}"]),
        )
        for entry in _words()["themes"]
    )


@cache
def traditional() -> dict[int, str]:
    """Traditional characters with the simplified ones that they are read as, by code point."""
    return {ord(pair[0]): pair[1] for pair in _words()["traditional"].split()}


@cache
def _words() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(resource("lexicon", "themes.json").read_text(encoding="utf-8"))
    return found
