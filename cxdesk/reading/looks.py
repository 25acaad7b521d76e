"""How a file looks when it is read in one way or another, as values; `cxdesk.reading.preview` finds them."""

from __future__ import annotations

from dataclasses import dataclass

PREVIEW = "cxdesk.reading.preview:preview"
"""The worker's function that gives a `Preview` for (path, `Choices`)."""

Rows = tuple[tuple[str, ...], ...]
"""The first rows of a table, each cell shortened and without personal items."""


@dataclass(frozen=True, slots=True)
class Way:
    """An encoding, as people call it and as Python does, with the first rows as they look in it.

    Rows that hold nothing but ASCII look the same in every encoding, so they make way for those that do not.
    """

    name: str
    codec: str
    rows: Rows


@dataclass(frozen=True, slots=True)
class Preview:
    """What could be chosen: ways to read the text, (separator, number of columns), and the first rows as they are.

    ``plain`` is true if the bytes are sound Unicode or plain ASCII, so that a garbled text is out of the question.
    """

    ways: tuple[Way, ...] = ()
    delimiters: tuple[tuple[str, int], ...] = ()
    rows: Rows = ()
    plain: bool = False
