"""What Excel allows in a cell, a tab and a name, and how people's words are made to fit without being changed.

Text stays text: nothing that a customer wrote becomes a formula, an error or a link (RELIABILITY.md 4.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

MAX_TEXT = 32_767
MAX_LINES = 253
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
MAX_TAB = 31
MAX_LITERAL = 255
"""Characters of a text inside a formula."""

_FORMULA_STARTS = tuple("=+-@\t＝＋－＠")
# Controls, halves of surrogate pairs and the two non-characters of the first plane cannot stand in a workbook.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CUT = "… [cut]"


def clean(text: str) -> str:
    """The text as a cell can hold it.

    Line ends become line feeds, characters that XML cannot carry become U+FFFD, text beyond 32,767 UTF-16 units ends
    in "… [cut]", and line feeds after the 253rd become spaces.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    if len(text) > MAX_LINES and text.count("\n") > MAX_LINES:
        first = text.split("\n", MAX_LINES)
        text = "\n".join(first[:-1]) + "\n" + first[-1].replace("\n", " ")
    if len(text) > MAX_TEXT // 2 and utf16_units(text) > MAX_TEXT:
        text = _cut(text, MAX_TEXT - len(_CUT)) + _CUT
    return text


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula once somebody edits the cell."""
    return text.startswith(_FORMULA_STARTS)


def utf16_units(text: str) -> int:
    """The length that Excel counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def tab_names(names: Iterable[str]) -> list[str]:
    """Names that Excel accepts for sheets, in the same order, all different (letters compared without case)."""
    taken = {"history"}
    result = []
    for name in names:
        tidy = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", clean(name))
        tidy = _cut(re.sub(r"\s+", " ", tidy).strip(" '"), MAX_TAB).strip(" '") or "Sheet"
        unique, number = tidy, 2
        while unique.casefold() in taken:
            tail = f" ({number})"
            unique, number = _cut(tidy, MAX_TAB - len(tail)) + tail, number + 1
        taken.add(unique.casefold())
        result.append(unique)
    return result


def defined_name(name: str) -> str:
    """The name with everything that Excel refuses in names replaced by "_"."""
    tidy = re.sub(r"[^\w.]", "_", name)[:250]
    if not tidy or not (tidy[0].isalpha() or tidy[0] == "_") or re.fullmatch(r"(?i)[a-z]{1,3}\d+|r\d*c?\d*|c\d*", tidy):
        tidy = "_" + tidy
    return tidy


def opens_file(name: str, shown: str) -> str:
    """A formula that opens a file in the same folder, or "" for words that are too long for one.

    A formula, because it says where the file is from this one's place: the folder can be moved as a whole, and the
    workbook has no tie to anything outside that Excel would warn about.
    """
    parts = [part.replace('"', '""').replace("\n", " ") for part in (name, shown)]
    return f'=HYPERLINK("{parts[0]}","{parts[1]}")' if max(map(len, parts)) <= MAX_LITERAL else ""


def tab_reference(tab: str) -> str:
    """The tab's name as formulas write it: 'Scores'."""
    return "'" + tab.replace("'", "''") + "'"


def cell_reference(row: int, column: int, *, fixed: bool = False) -> str:
    """A 0-based cell as A1, or $A$1 if fixed."""
    letters = column_letters(column)
    return f"${letters}${row + 1}" if fixed else f"{letters}{row + 1}"


def column_letters(column: int) -> str:
    """The letters of a 0-based column: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The 0-based number of a column: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _cut(text: str, units: int) -> str:
    if utf16_units(text) <= units:
        return text
    return text.encode("utf-16-le", "surrogatepass")[: units * 2].decode("utf-16-le", "ignore")
