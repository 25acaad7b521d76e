"""Decodes the cases of a large SPSS file column by column, without a Python object for each cell.

pyreadstat reads the code book and, in small files, the cases too; on large ones it spends its time on objects. The
layout is that of the PSPP manual, "System File Format". Whatever is unusual - very long texts, texts in East Asian
encodings, a count of cases that does not fit - is left to pyreadstat, and the first cases are compared with its own.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxdesk.job import Job
from cxdesk.reading.stored import coded_numbers, coded_texts

_HEADER = 176
_PLAIN, _PACKED = 0, 1
_END = 999
_VERY_LONG_TEXTS = 14
_PADDING, _LAST, _LITERAL, _SPACES, _MISSING = 0, 252, 253, 254, 255
_HUGE = 1.797e308
"""SPSS writes "no answer" as the most negative number, and open ends of ranges as others that no answer can be."""
_STEP = 1 << 18
_STRETCH = 1 << 11
_BLANK = np.uint64(0x2020202020202020)
_ONES = np.uint64(0x0101010101010101)
_CODECS = ("utf-8", "ascii", "us-ascii", "windows-125", "iso-8859-")

Coded = tuple[NDArray[np.intp], list[Any]]
"""Where each cell's value stands among the distinct ones (-1 for an empty cell), and these."""


class Unusual(Exception):
    """The file has something that this decoder does not know; pyreadstat may."""


@dataclass(frozen=True, slots=True, eq=False)
class _Elements:
    """The cases in pieces of eight bytes: the command for each piece, cases first, and the pieces that are literal."""

    commands: NDArray[np.uint8]
    ranks: NDArray[np.int32]
    literals: NDArray[np.uint64]
    bias: float
    order: str


def decode_cases(content: bytes, rows: int, columns: int, encoding: str, job: Job) -> Iterator[Coded]:
    """The columns of a .sav file in their order. Raises `Unusual` if it should be read by pyreadstat."""
    if not encoding.lower().startswith(_CODECS) or len(content) < _HEADER:
        raise Unusual
    try:
        order, compression, bias = _header(content)
        widths, start = _variables(content, order)
    except (struct.error, IndexError):
        raise Unusual from None
    if len(widths) != columns or rows < 1:
        raise Unusual
    pieces = sum(-(-width // 8) or 1 for width in widths)
    elements = _elements(content[start:], compression, rows, pieces, bias, order, job)
    first = 0
    for width in widths:
        job.check()
        if width:
            count = -(-width // 8)
            yield _texts(elements, first, count, encoding)
            first += count
        else:
            yield _numbers(elements, first)
            first += 1


def _header(content: bytes) -> tuple[str, int, float]:
    order = "<" if content[64:68] in (b"\x02\0\0\0", b"\x03\0\0\0") else ">"
    layout, _, compression = struct.unpack_from(f"{order}3i", content, 64)
    if layout not in (2, 3) or compression not in (_PLAIN, _PACKED):
        raise Unusual
    return order, compression, float(struct.unpack_from(f"{order}d", content, 84)[0])


def _variables(content: bytes, order: str) -> tuple[list[int], int]:
    """The width of each variable, 0 for a number, and where the cases start."""
    widths: list[int] = []
    open_pieces = 0
    place = _HEADER

    def number(at: int) -> int:
        return int(struct.unpack_from(f"{order}i", content, at)[0])

    while (kind := number(place)) != _END:
        before = place
        match kind:
            case 2:
                width, labelled, missing = struct.unpack_from(f"{order}3i", content, place + 4)
                if width == -1 and open_pieces:
                    open_pieces -= 1
                elif 0 <= width <= 255 and not open_pieces:
                    widths.append(width)
                    open_pieces = max(-(-width // 8) - 1, 0)
                else:
                    raise Unusual
                place += 32
                if labelled:
                    place += 4 + -(-number(place) // 4) * 4
                place += 8 * abs(missing)
            case 3:
                count = number(place + 4)
                place += 8
                for _ in range(count):
                    place += 8 + (content[place + 8] + 8) // 8 * 8
            case 4:
                place += 8 + 4 * number(place + 4)
            case 6:
                place += 8 + 80 * number(place + 4)
            case 7:
                subtype, size, count = struct.unpack_from(f"{order}3i", content, place + 4)
                if subtype == _VERY_LONG_TEXTS or size < 0 or count < 0:
                    raise Unusual
                place += 16 + size * count
            case _:
                raise Unusual
        if place <= before:
            raise Unusual  # a length below zero would lead back, for ever
    if open_pieces:
        raise Unusual
    return widths, place + 8


def _elements(cases: bytes, compression: int, rows: int, pieces: int, bias: float, order: str, job: Job) -> _Elements:
    literals = np.frombuffer(cases + bytes(-len(cases) % 8), dtype=np.uint64)
    if compression == _PLAIN:
        commands = np.full(len(literals), _LITERAL, dtype=np.uint8)
    else:
        commanding = _chain(literals, job)
        commands = literals[commanding].view(np.uint8)
        literals = literals[~commanding]
        ends = np.flatnonzero(commands == _LAST)
        if len(ends):
            commands = commands[: ends[0]]
        if (commands == _PADDING).any():
            commands = commands[commands != _PADDING]
    if len(commands) != rows * pieces:
        raise Unusual
    ranks = np.cumsum(commands == _LITERAL, dtype=np.int32)
    if ranks[-1] > len(literals):
        raise Unusual
    return _Elements(
        np.ascontiguousarray(commands.reshape(rows, pieces).T),
        ranks.reshape(rows, pieces).T,
        literals,
        bias,
        order,
    )


def _chain(units: NDArray[np.uint64], job: Job) -> NDArray[np.bool_]:
    """Which pieces hold commands: each is followed by as many literal pieces as it commands.

    Only the walk from the first piece knows. Walks from elsewhere soon fall in with it, since literals hardly ever
    look like commands, so many walk at once, each through its own stretch, and are then joined one after the other.
    """
    steps = np.empty(len(units), dtype=np.uint8)
    for start in range(0, len(units), _STEP):
        job.check()
        literal = (units[start : start + _STEP].view(np.uint8) == _LITERAL).view(np.uint64)
        # The product gathers the eight ones of a piece in its highest byte.
        steps[start : start + _STEP] = (literal * _ONES >> np.uint64(56)) + np.uint64(1)
    found = np.zeros(len(units), dtype=np.bool_)
    starts = np.arange(0, len(units), _STRETCH)
    ends = np.minimum(starts + _STRETCH, len(units))
    left = starts.copy()
    walking, places = np.arange(len(starts)), starts
    while len(walking):
        found[places] = True
        places = places + steps[places]
        inside = places < ends[walking]
        if not inside.all():
            left[walking] = places
            walking, places = walking[inside], places[inside]
    return _joined(found, steps, starts, ends, left)


def _joined(
    found: NDArray[np.bool_],
    steps: NDArray[np.uint8],
    starts: NDArray[np.intp],
    ends: NDArray[np.intp],
    left: NDArray[np.intp],
) -> NDArray[np.bool_]:
    """Lead each walk into the next stretch, piece by piece until both meet; ``left`` is where it ended."""
    place = 0
    for start, end, after in zip(starts.tolist(), ends.tolist(), left.tolist(), strict=True):
        walked = []
        while place < end and not found[place]:
            walked.append(place)
            place += int(steps[place])
        found[start : min(place, end)] = False
        found[walked] = True
        place = after if place < end else place
    return found


def _numbers(elements: _Elements, piece: int) -> Coded:
    commands = elements.commands[piece]
    used = np.bincount(commands, minlength=256) > 0
    if used[_SPACES]:
        raise Unusual
    table = np.arange(256) - elements.bias
    if not used[_LITERAL]:
        used[_MISSING] = False
        lookup = np.where(used, np.cumsum(used) - 1, -1)
        return lookup.take(commands), table[used].tolist()
    table[_MISSING] = np.nan
    cells = table.take(commands)
    literal = commands == _LITERAL
    stored = elements.literals[elements.ranks[piece][literal] - 1].view(f"{elements.order}f8")
    cells[literal] = np.where(np.abs(stored) >= _HUGE, np.nan, stored)
    return coded_numbers(cells)


def _texts(elements: _Elements, first: int, count: int, encoding: str) -> Coded:
    commands = elements.commands[first : first + count]
    literal = commands == _LITERAL
    if ((commands != _SPACES) & ~literal).any():
        raise Unusual
    filled = literal.any(axis=0)
    literal = literal.T[filled]
    letters = np.full(literal.shape, _BLANK, dtype=np.uint64)
    letters[literal] = elements.literals.take(elements.ranks[first : first + count].T[filled][literal] - 1)
    if (letters.view(np.uint8) == 0).any():
        raise Unusual
    cells: Sequence[bytes] = letters.view(f"S{8 * count}").reshape(-1).tolist()
    try:
        some, uniques = coded_texts([cell.decode(encoding) for cell in cells])
    except (UnicodeDecodeError, LookupError):
        raise Unusual from None
    codes = np.full(len(filled), -1, dtype=np.intp)
    codes[filled] = some
    return codes, uniques
