"""How much room words take in a sheet: estimates in widths of a digit, good enough to size columns and rows.

A workbook has no text engine of its own, so widths are chosen a little generously and long words are broken here.
"""

from __future__ import annotations

import math
import unicodedata

_NARROW = frozenset("fijlrt.,:;'|!()[] ·/-")
_HEADING_LINES = 3
_BROAD = frozenset("mwMW%@—")


def width(text: str, size: float = 10, *, bold: bool = False) -> float:
    """The width of the longest line in digits of 11 pt Calibri (what Excel counts column widths in)."""
    lines = text.split("\n")
    return max(sum(map(_character, line)) for line in lines) * size / 11 * (1.06 if bold else 1.0)


def lines_of(text: str, room: float, size: float = 10, *, bold: bool = False) -> int:
    """How many lines a text takes in a wrapped cell ``room`` digits wide."""
    return sum(len(wrapped(line, room, size, bold=bold)) for line in text.split("\n"))


def wrapped(text: str, room: float, size: float = 10, *, bold: bool = False) -> list[str]:
    """Break a text into lines that fit ``room``: at spaces, and between Han characters but never before their stops."""
    lines: list[str] = []
    current = ""
    for piece in pieces(text):
        if current and width(current + piece.rstrip(), size, bold=bold) > room:
            lines.append(current.rstrip())
            current = ""
        current += piece if current else piece.lstrip()
    return [*lines, current.rstrip()] if current.strip() or not lines else lines


def cut(text: str, room: float, size: float) -> str:
    """The text, or as many of its words as fit ``room`` with "…"."""
    left = pieces(text)
    while len(left) > 1 and width(text, size) > room:
        left.pop()
        text = "".join(left).rstrip() + "…"
    return text


def heading_width(title: str, least: float, most: float, size: float) -> float:
    """The width of a column from ``least`` to ``most`` at which its heading takes few lines."""
    room = least
    while room < most and lines_of(title, room - 1.5, size, bold=True) > _HEADING_LINES:
        room = min(room + 1, most)
    return room


def row_height(lines: int, size: float = 10, least: float = 19) -> float:
    """The height in points of a row with this many lines of text."""
    return max(least, math.ceil(lines * size * 1.36 + 5))


def column_pixels(digits: float) -> int:
    """The width of a column on screen; 7 pixels per digit of 11 pt Calibri and 5 of padding."""
    return int(digits * 12 + 0.5) if digits < 1 else int(digits * 7 + 5.5)


def row_pixels(points: float) -> int:
    """The height of a row on screen."""
    return int(points * 4 / 3 + 0.5)


def pieces(text: str) -> list[str]:
    """The unbreakable pieces of a text, each with the space that follows it."""
    found: list[str] = []
    for character in text:
        wide = _is_wide(character)
        glue = bool(found) and (
            character in "，。、；：！？）》”’…％· \t,.;:!?)]%"
            or (not wide and not found[-1][-1].isspace() and not _is_wide(found[-1][-1]))
            or found[-1][-1] in "（《“‘(["
        )
        if glue:
            found[-1] += character
        else:
            found.append(character)
    return found


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _character(character: str) -> float:
    if _is_wide(character):
        return 1.95
    if unicodedata.combining(character):
        return 0
    if character in _NARROW:
        return 0.6
    if character in _BROAD:
        return 1.6
    return 1.15 if character.isupper() or ord(character) > 0x2000 else 1.0
