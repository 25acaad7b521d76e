"""Multiple answers: columns that are ticked or not, and cells that hold several options (FORMATS.md 6.8, 6.9)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cxdesk.reading.lexicon import plain, tokens
from cxdesk.reading.numerals import is_number
from cxdesk.reading.profile import Answer, Profile, option_words
from cxdesk.survey.dataset import Column

NO, YES, SILENT = 0, 1, 2
_SEPARATORS = ("┋", "\n", ";", "；", "|", "、", ", ", "，", ",", " / ", "/", " ")
_BRACKETED = frozenset({"、", ", ", "，", ",", " / ", "/"})
_DOUBTFUL = frozenset({" / ", "/", " "})
SKIPPED = frozenset({"-2", "-3"})
_MOST_OPTIONS = 80
_PLENTY = 500
_COVERED = 0.6
_NEARLY_ALL = 0.9
_PROSE = 0.3
_MANY_SEVERAL = 0.2
_HALF = 0.5
_SHORT_LIST = 30
_LONGEST = 120
_FEW_ORDERED = 2
_ENDED = re.compile(r"[。！？!?…～~]\s*$|[^\W\d]\.\s*$")
_INSIDE = re.compile(r"[。！？]\s*\S|[!?]\s+\S")
_CODE = re.compile(r"^[a-z0-9]+(?:[_-][a-z0-9]+)*$")
_HAN = re.compile(r"^[\u4e00-\u9fff]{1,8}$")
_OTHER = re.compile(r"^(other|others|其他|其它|sonstige|autre|otr[oa]|outr[oa]|altro)\b.{0,60}$|^其[他它]", re.I)


def ticks(column: Column, any_text: bool = False, option: str = "") -> NDArray[np.uint8] | None:
    """For each distinct text of a column: `YES` ticked, `NO` not ticked, `SILENT` empty or not asked.

    None if the column does not look like a tick box. ``any_text`` takes every text for a tick (the "Other" box).
    A box that shows nothing but its own ``option`` is ticked, even if that is "No".
    """
    labels = dict(column.labels)
    table = np.full(len(column.values), SILENT, dtype=np.uint8)
    used = np.bincount(column.codes, minlength=len(column.values)) > 0
    if np.count_nonzero(used) > 12 and not any_text:
        return None
    if any_text:
        table[1:] = YES
        return table
    shown: dict[int, str] = {}
    for place in np.flatnonzero(used).tolist():
        cell = column.values[place]
        word = plain(labels.get(cell, cell))
        if cell and word not in tokens("blank") and cell not in column.missing and cell not in SKIPPED:
            shown[place] = word
    words = set(shown.values())
    told = words & (tokens("yes") | tokens("no"))
    if option and words == {plain(option)}:
        meaning = dict.fromkeys(shown, YES)
    elif words == told and len(words & tokens("yes")) <= 1 and len(words & tokens("no")) <= 1:
        meaning = {place: YES if word in tokens("yes") else NO for place, word in shown.items()}
    elif len(words) == 1:
        meaning = dict.fromkeys(shown, YES)
    elif len(words) == 2 and len(words & tokens("no")) == 1:
        meaning = {place: NO if word in tokens("no") else YES for place, word in shown.items()}
    else:
        return None
    for place, value in meaning.items():
        table[place] = value
    return table


def is_other(option: str) -> bool:
    """Whether the name of an option is "Other", with or without a request to specify."""
    return plain(option) in tokens("other") or _OTHER.match(plain(option)) is not None


def tick_matrix(columns: Sequence[Column], options: Sequence[str]) -> NDArray[np.uint8]:
    """Ticks of all respondents: uint8 [options, n] with `YES`, `NO` and `SILENT`.

    Where a box shows nothing when it is not ticked, an empty cell means `NO` for everybody who answered the question.
    """
    tables: list[NDArray[np.uint8]] = []
    for column, option in zip(columns, options, strict=True):
        table = ticks(column, option=option)
        if table is None or (is_other(option) and not (table == NO).any()):
            table = ticks(column, any_text=True)
        tables.append(table if table is not None else np.full(len(column.values), SILENT, dtype=np.uint8))
    matrix = np.stack([table[column.codes] for table, column in zip(tables, columns, strict=True)])
    answered = (matrix != SILENT).any(axis=0)
    for row, table in zip(matrix, tables, strict=True):
        if not (table == NO).any():
            row[(row == SILENT) & answered] = NO
    return matrix


@dataclass(frozen=True, slots=True)
class Split:
    """How cells with several options are taken apart, and the options found, most frequent first.

    ``share`` tells which share of everything that was named the options cover; the rest is named too rarely.
    """

    separator: str
    options: tuple[str, ...]
    joined: tuple[tuple[str, str], ...] = ()
    share: float = 1.0

    def pieces(self, text: str) -> list[str]:
        """The options in one cell."""
        return _join(_cut(text, self.separator), dict(self.joined), self.separator)


def find_split(
    answers: Sequence[Answer], separators: Sequence[str] = (), strict: bool = False, told: bool = False
) -> Split | None:
    """Find the sign between several options in one cell; None if the cells hold one answer each.

    A sign is believed only if the pieces between it come back in other combinations: prose with commas does not pass.
    ``separators`` are the only signs to try, where the platform is known. ``strict`` asks for a short list of options
    that covers nearly everything, as a question that may as well collect comments needs; ``told`` is true if the
    question itself says that several answers may be given, which few cells are then enough to confirm.
    """
    for separator in separators or _SEPARATORS:
        holding = [answer for answer in answers if separator in answer.words]
        covered = _NEARLY_ALL if strict or separator in _DOUBTFUL else _COVERED
        if holding and (
            _believable(separator, holding, answers, covered) or (told and _confirmed(separator, holding, answers))
        ):
            found = _options(separator, answers)
            if found is not None and not (strict and len(found.options) > _SHORT_LIST):
                return found
    return None


def _confirmed(separator: str, holding: Sequence[Answer], answers: Sequence[Answer]) -> bool:
    """Whether two cells or more hold several pieces that also stand elsewhere, and they do not read like prose."""
    if separator in _DOUBTFUL:
        return False
    cells = [{plain(piece) for piece in _cut(answer.words, separator)} for answer in answers]
    spread = Counter(piece for pieces in cells for piece in pieces)
    several = [pieces for pieces in cells if len(pieces) > 1]
    wholes = [(pieces, answer.count) for answer in holding if len(pieces := _cut(answer.words, separator)) > 1]
    if len(several) < max(2, _MANY_SEVERAL * len(cells)) or _is_prose(wholes):
        return False
    again = sum(count for count in spread.values() if count > 1)
    return again >= _HALF * spread.total() and max(len(piece) for piece in spread) <= _LONGEST


def split_into(profile: Profile, options: Sequence[str]) -> Split | None:
    """How the cells of a column are split into these options; the same for the same question every time."""
    first: Split | None = None
    for separator in _SEPARATORS:
        for told in (False, True):
            found = find_split(profile.named, (separator,), told=told)
            if found is not None and found.options == tuple(options):
                return found
            first = first or (None if told else found)
    return first


def split_table(split: Split, options: Sequence[str], column: Column) -> NDArray[np.uint8]:
    """Ticks of each distinct text of a column: uint8 [options, distinct texts]."""
    places = {plain(option): place for place, option in enumerate(options)}
    labels = dict(column.labels)
    silent = tokens("blank")
    table = np.full((len(options), len(column.values)), SILENT, dtype=np.uint8)
    declared = set(column.missing)
    for position, cell in enumerate(column.values):
        words = option_words(labels.get(cell, cell))
        if not cell or cell in declared or cell in SKIPPED or plain(words) in silent:
            continue
        table[:, position] = NO
        for piece in split.pieces(words):
            place = places.get(plain(piece))
            if place is not None:
                table[place, position] = YES
    return table


def _believable(separator: str, holding: Sequence[Answer], answers: Sequence[Answer], covered: float) -> bool:
    total = sum(answer.count for answer in answers)
    held = sum(answer.count for answer in holding)
    if separator == "┋":
        return True
    if len(holding) < 2 or held < 0.03 * total:
        return False
    if all(is_number(answer.words) for answer in holding):
        return False
    if separator == ";" and len(answers) > 1 and all(answer.words.endswith(";") for answer in answers):
        # Microsoft Forms ends every option with it, the last one too.
        return True
    # Options come back in any few hundred cells; comments do not, and there may be very many of them.
    some = holding[:: max(len(holding) // _PLENTY, 1)]
    wholes = [(_cut(answer.words, separator), answer.count) for answer in some]
    wholes = [(pieces, count) for pieces, count in wholes if pieces]
    if not wholes or sum(len(pieces) > 1 for pieces, _ in wholes) < 2:
        return False
    if separator == " " and not (_all_match(_CODE, wholes) or _all_match(_HAN, wholes)):
        return False
    pairs = _inseparable(wholes, separator)
    wholes = [(_join(pieces, pairs, separator), count) for pieces, count in wholes]
    lengths = [len(piece) for pieces, _ in wholes for piece in pieces]
    if sum(lengths) / len(lengths) > _LONGEST:
        return False
    alone = {plain(answer.words) for answer in answers if separator not in answer.words}
    spread = Counter(plain(piece) for pieces, _ in wholes for piece in set(pieces))
    believed = {piece for piece, wholes_with in spread.items() if wholes_with > 1 or piece in alone}
    if len(believed) < 3:
        return False
    known = sum(count * (plain(piece) in believed) for pieces, count in wholes for piece in pieces)
    if known < covered * sum(count * len(pieces) for pieces, count in wholes):
        return False
    return not (separator in _BRACKETED and _is_prose(wholes)) and _combine(wholes, alone)


def _all_match(pattern: re.Pattern[str], wholes: Sequence[tuple[list[str], int]]) -> bool:
    return all(pattern.match(piece) for pieces, _ in wholes for piece in pieces)


def _combine(wholes: Sequence[tuple[list[str], int]], alone: set[str]) -> bool:
    """Whether what stands behind another piece also begins cells: options do, clauses and "city, district" do not.

    The last option of a list may never begin a cell, so one piece is excused. An option that nearly everybody ticked
    stands first everywhere and proves nothing.
    """
    several: Counter[str] = Counter()
    for pieces, count in wholes:
        if len(pieces) > 1:
            several[pieces[0]] += count
    usual, cells = several.most_common(1)[0]
    if cells >= _NEARLY_ALL * several.total():
        wholes = [(pieces[1:] if pieces[0] == usual else pieces, count) for pieces, count in wholes]
        wholes = [(pieces, count) for pieces, count in wholes if pieces]
    first = alone | {plain(pieces[0]) for pieces, _ in wholes}
    behind: Counter[str] = Counter()
    for pieces, count in wholes:
        behind.update({plain(piece): count for piece in pieces[1:]})
    never = [count for piece, count in behind.items() if piece not in first]
    return sum(never) - max(never, default=0) <= sum(behind.values()) - sum(never)


def _is_prose(wholes: Sequence[tuple[list[str], int]]) -> bool:
    """Whether cells read like sentences: full stops at their ends but not at each comma, or in the middle of a piece.

    Options that are sentences keep their full stop wherever they stand in the cell.
    """
    several = [pieces for pieces, _ in wholes if len(pieces) > 1]
    last = sum(bool(_ENDED.search(pieces[-1])) for pieces in several) / len(several)
    before = [piece for pieces in several for piece in pieces[:-1]]
    ended = sum(bool(_ENDED.search(piece)) for piece in before) / len(before)
    inside = sum(any(_INSIDE.search(piece) for piece in pieces) for pieces in several) / len(several)
    return (last >= _PROSE and ended < last / 2) or inside >= _PROSE


def _options(separator: str, answers: Sequence[Answer]) -> Split | None:
    wholes = [(_cut(answer.words, separator), answer.count) for answer in answers]
    pairs = _inseparable(wholes, separator)
    counts: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for pieces, count in wholes:
        for piece in dict.fromkeys(plain(piece) for piece in _join(pieces, pairs, separator)):
            counts[piece] += count
        for piece in _join(pieces, pairs, separator):
            spelled.setdefault(plain(piece), piece)
    total = sum(answer.count for answer in answers)
    rare = 2 if len(counts) <= 30 else max(2, total // 200)
    kept = [piece for piece, count in counts.most_common(_MOST_OPTIONS) if count >= rare or len(counts) <= 12]
    if len(kept) < 2:
        return None
    share = sum(counts[piece] for piece in kept) / counts.total()
    return Split(separator, tuple(spelled[piece] for piece in kept), tuple(pairs.items()), share)


def _inseparable(wholes: Sequence[tuple[list[str], int]], separator: str) -> dict[str, str]:
    """Pieces that always stand together belong to one option with a comma inside; {first: second}."""
    if separator not in _BRACKETED:
        return {}
    single: Counter[str] = Counter()
    pair: Counter[tuple[str, str]] = Counter()
    for pieces, _ in wholes:
        single.update(pieces)
        pair.update(pairwise(pieces))
    joined: dict[str, str] = {}
    for (first, second), together in pair.items():
        enough = 2 if second[:1].islower() else 8
        if together >= enough and single[first] == together and single[second] == together:
            joined[first] = second
    return joined


def _join(pieces: list[str], pairs: dict[str, str], separator: str) -> list[str]:
    if not pairs:
        return pieces
    result: list[str] = []
    last = ""
    for piece in pieces:
        if last and pairs.get(last) == piece:
            result[-1] = f"{result[-1]}{separator}{piece}"
        else:
            result.append(piece)
        last = piece
    return result


def _cut(text: str, separator: str) -> list[str]:
    """Cut a text at a separator, for commas only outside brackets; without empty pieces."""
    parts = _outside(text, separator) if separator in _BRACKETED else text.split(separator)
    return [piece for part in parts if (piece := part.strip())]


def _outside(text: str, separator: str) -> list[str]:
    if separator not in text or not any(sign in text for sign in "(（[【"):
        return text.split(separator)
    parts: list[str] = []
    depth = start = 0
    for found in _signs(separator).finditer(text):
        sign = found[0]
        if sign in "(（[【":
            depth += 1
        elif sign in ")）]】":
            depth = max(depth - 1, 0)
        elif depth == 0:
            parts.append(text[start : found.start()])
            start = found.end()
    parts.append(text[start:])
    return parts


@cache
def _signs(separator: str) -> re.Pattern[str]:
    return re.compile(rf"[(（\[【)）\]】]|{re.escape(separator)}")


def ranking(answers: Sequence[Answer]) -> bool:
    """Whether cells hold options in an order of preference: "A→B→C", or all of them, in everybody's own order."""
    total = sum(answer.count for answer in answers)
    if len(answers) > 1 and all(answer.words.count(";") > 1 for answer in answers):
        orders = [tuple(plain(piece) for piece in _cut(answer.words, ";")) for answer in answers]
        return len(orders[0]) > _FEW_ORDERED and len({frozenset(order) for order in orders}) == 1
    return total > 0 and sum(answer.count for answer in answers if "→" in answer.words) >= 0.5 * total


@cache
def order_key(words: str) -> tuple[float, ...] | None:
    """The numbers that a band starts with ("18-24", "< 18", "5000元以上"), to put bands in order; None without any."""
    found = _BAND.findall(words.replace(",", "")) if len(words) <= 40 else []
    if not found:
        return None
    first = float(found[0])
    return (first - 0.5 if _BELOW.search(words) else first + 0.25 if _ABOVE.search(words) else first,)


_BAND = re.compile(r"\d+(?:\.\d+)?")
_BELOW = re.compile(r"^\s*[<≤]|less than|under|below|up to|以下|以内|不足|小于|低于|unter|weniger|moins|menos", re.I)
_ABOVE = re.compile(r"[+>≥]|more than|over|above|or more|以上|超过|大于|高于|über|mehr|plus|más|mais", re.I)
