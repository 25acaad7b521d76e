"""Splits a web page into tags and texts in one pass.

The parser of Python's library looks at unfinished tags again and again, so that a page made for it keeps it busy for
minutes; this one never goes back. It knows just enough to find tables: tags, comments, scripts and quoted attributes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

_NAME = re.compile(r"/?[A-Za-z][A-Za-z0-9:-]{0,30}")
_SILENT = ("script", "style")
_UP_TO_QUOTE = re.compile(r"[^\"'>]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A tag or a text. ``name`` is the lower-case name of a tag ("td", "/td"), or "" for a text.

    ``text`` is the text with its entities replaced, or what stands between the tag's name and its end.
    """

    name: str
    text: str


def pieces(page: str) -> Iterator[Piece]:
    """The tags and texts of a page in order; comments, declarations, scripts and styles are left out."""
    place = 0
    ends = _Ends(page)
    while place < len(page):
        start = page.find("<", place)
        if start < 0:
            start = len(page)
        if start > place:
            yield Piece("", html.unescape(page[place:start]))
        if page.startswith("<!--", start):
            place = ends.after("-->", start + 4)
        elif page.startswith(("<!", "<?"), start):
            place = ends.after(">", start + 2)
        elif (named := _NAME.match(page, start + 1)) is not None:
            name = named[0].lower()
            end = _end_of_tag(page, named.end(), ends)
            yield Piece(name, page[named.end() : end])
            place = end + 1
            if name in _SILENT:
                place = ends.of(f"</{name}", place)
        else:
            if start < len(page):
                yield Piece("", "<")
            place = start + 1


class _Ends:
    """Finds the next occurrence of something, and remembers what does not occur any more."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._gone: set[str] = set()

    def of(self, what: str, place: int) -> int:
        """Where ``what`` stands next; the end of the page if nowhere."""
        found = -1 if what in self._gone else self._page.find(what, place)
        if found < 0:
            self._gone.add(what)
            return len(self._page)
        return found

    def after(self, what: str, place: int) -> int:
        """The place behind it."""
        return min(self.of(what, place) + len(what), len(self._page))


def _end_of_tag(page: str, place: int, ends: _Ends) -> int:
    """Where the tag's ">" stands; one inside a quoted attribute does not count."""
    if ends.of(">", place) == len(page):
        return len(page)
    while place < len(page):
        found = _UP_TO_QUOTE.match(page, place)
        place = found.end() if found else place
        if place >= len(page) or page[place] == ">":
            break
        if page[place - 1] == "=" or page[place - 1].isspace():
            closing = ends.of(page[place], place + 1)
            place = closing + 1 if closing < len(page) else place + 1
        else:
            place += 1  # an apostrophe inside an unquoted attribute
    return place
