"""What was found behind the answers of a column: a scale, how it was read, and another scale that fits as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cxdesk.reading.profile import Answer
from cxdesk.survey.scale import Scale


@dataclass(frozen=True, slots=True)
class Rival:
    """A second scale that the same answers allow: it takes the numbers in ``apart`` in, or leaves them out.

    ``count`` people gave these numbers, the ``others`` gave one from ``low`` to ``high``. ``word`` is the text in place
    of a number that stands at the top of one scale or of the other; "" for numbers.
    """

    scale: Scale
    apart: tuple[int, ...]
    count: int
    others: int
    low: int
    high: int
    word: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A scale that fits a column.

    ``basis``: "numbers", "labels" (numbers with words), "words", "ends" (numbers between two words), "shifted" (list
    positions 1 to 11 of a 0-10 question). ``measure`` names what the words measure, or is "". ``named`` is true if the
    file itself states the range, ``worded`` if words tell which end is good. ``off`` counts answers outside the scale,
    ``no_answer`` those that stand for "no answer". ``ends`` are the
    words that the question itself gives to the lowest and the highest number. ``between`` are the cells between two
    points of the scale (7.5) and ``halves`` counts them, if there are too many to be slips. ``rival`` is another scale
    that fits as well.
    """

    scale: Scale
    basis: str
    measure: str = ""
    named: bool = False
    worded: bool = False
    seen: int = 0
    off: int = 0
    no_answer: int = 0
    values: tuple[int, ...] = ()
    ends: tuple[str, str] = ("", "")
    between: tuple[str, ...] = ()
    halves: int = 0
    rival: Rival | None = None


def texts_of(silent: Sequence[Answer]) -> tuple[str, ...]:
    """The cells of answers, each once."""
    return tuple(dict.fromkeys(answer.cell for answer in silent))


def count_of(silent: Sequence[Answer]) -> int:
    """How many people gave one of these answers."""
    return sum(answer.count for answer in silent)
