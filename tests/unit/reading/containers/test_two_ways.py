"""Large text files: the fast way and the careful way read the same cells, whatever stands in them.

What counts as large is made small here, so that a few thousand rows are read in several pieces.
"""

import random

import pytest

from cxdesk.job import Unattended
from cxdesk.reading import csv as text_files
from cxdesk.reading.grid import Choices
from cxdesk.reading.guards import LIMITS
from cxdesk.reading.origin import from_memory

from .reading import cells
from .test_text import written

PIECE = 1_000


class Listening(Unattended):
    """A job that remembers which readers were at work."""

    def __init__(self) -> None:
        self.links: list[str] = []

    def announce(self, link: str, patience: float) -> None:
        self.links.append(link)


@pytest.fixture(autouse=True)
def _small_files_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_files, "_FAST_FROM", 1)
    monkeypatch.setattr(text_files, "_FAST_ROWS", PIECE)
    monkeypatch.setattr(text_files, "_JUDGED_ROWS", 100)


def both_ways(content: bytes, *, fast: bool = True) -> tuple[list[list[str]], list[list[str]]]:
    """The columns as the fast and as the careful way read them; ``fast``: whether the fast one dares to."""
    origin, job = from_memory("big.csv", content), Listening()
    quick = text_files.read_text(origin, Choices(), job, frozenset(), LIMITS)
    assert job.links == (["pandas"] if fast else ["csv"])
    careful = Listening()
    slow = text_files.read_text(origin, Choices(), careful, frozenset({"pandas"}), LIMITS)
    assert careful.links == ["csv"]
    return cells(quick), cells(slow)


def table_of(rows: int) -> list[list[str]]:
    dice = random.Random(7)
    table = [["id", "region", "score", "why", ""]]
    for number in range(rows):
        why = dice.choice(["", "ok", 'he said "no"', "one, two", "line\nbreak", "好"])
        table.append([str(number), dice.choice("NSEW"), str(number % 11), why, ""])
    table[1][4] = "only once"
    return table


@pytest.mark.parametrize(
    ("extra", "fast"),
    [
        ([], True),
        ([["1"]], True),
        ([["", "", "", "", "", "", "seventh"]], True),
        ([["x", 'quote " inside', "1", "", ""]], True),
        ([["nul", "a\0b", "1", "", ""]], False),
    ],
)
@pytest.mark.parametrize("rows", [PIECE - 2, 3 * PIECE - 2, 3 * PIECE + 500])
def test_both_ways_see_the_same_cells(rows: int, extra: list[list[str]], fast: bool) -> None:
    quick, slow = both_ways(written(table_of(rows) + extra), fast=fast)
    assert quick == slow


def test_a_long_row_is_kept_wherever_it_stands() -> None:
    table = table_of(3 * PIECE)
    for place in (100, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE):
        table[place] = [*table[place], "six", "seven"]
    quick, slow = both_ways(written(table))
    assert quick == slow
    assert len(quick) == 7


def test_stray_quotes_lose_nothing() -> None:
    lines = ["id;height;note"] + [f"{n};{n % 7}' {n % 12}\";plain" for n in range(3 * PIECE)]
    quick, slow = both_ways("\n".join(lines).encode(), fast=False)
    assert quick == slow
    assert quick[1][1] == "0' 0\""


def test_columns_are_coded_alike_whether_they_begin_to_repeat_early_or_late() -> None:
    table = [["same", "late", "early"]]
    for number in range(3 * PIECE):
        late = "again" if number > 150 else f"one {number}"
        table.append([["", "a", " a", "b\u200b", "10"][number % 5], late, f"two {number}" if number > 150 else ""])
    quick, slow = both_ways(written(table))
    assert quick == slow


def test_unreadable_characters_are_the_same_either_way() -> None:
    lines = [b"id,word", *(b"%d,caf\xc3\xa9 %d" % (n, n % 3) for n in range(10 * PIECE)), b"1,caf\xff"]
    quick, slow = both_ways(b"\n".join(lines))
    assert quick == slow
    assert quick[1][-1] == "caf\ufffd"


def test_only_large_files_are_read_the_fast_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    lines = b"".join(b"%d,North,a comment that takes some room\n" % n for n in range(60_000))
    both_ways(b"id,region,why\n" + lines)
    both_ways(b"id,region,why\n" + lines[: len(lines) // 2], fast=False)
