"""Brings texts into the form in which words are compared: no case, no width, simplified characters.

Every character is folded by itself, so that a place in the folded text can be traced back to the text that is shown.
"""

from __future__ import annotations

import unicodedata

from cxdesk.comments.lexicon import traditional

_SIGNS = {0x2019: "'", 0x2018: "'", 0x201C: '"', 0x201D: '"', 0x2010: "-", 0x2011: "-"}


class Folding(dict[int, str]):
    """A table for `str.translate` that learns each character when it first meets it."""

    def __init__(self) -> None:
        """Begin with traditional characters and the many kinds of quotes."""
        super().__init__(traditional())
        self.update(_SIGNS)

    def __missing__(self, code: int) -> str:
        """NFKC and no case; a traditional character may hide behind another form of itself."""
        known = traditional()
        plain = "".join(known.get(ord(sign), sign) for sign in unicodedata.normalize("NFKC", chr(code)).casefold())
        self[code] = plain
        return plain

    def __call__(self, text: str) -> str:
        """The folded text."""
        return text.translate(self)

    def places(self, text: str) -> list[int]:
        """For each character of the folded text the place in ``text`` that it comes from."""
        return [place for place, sign in enumerate(text) for _ in self[ord(sign)]]


def composed(text: str) -> str:
    """A letter and its accent as one character, which is how texts are shown and folded."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)
