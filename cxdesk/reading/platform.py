"""What the program knows about one survey platform: how its files are recognised and what its own columns mean."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from cxdesk.reading.header import Title, simple_title, without_number
from cxdesk.reading.lexicon import plain
from cxdesk.resources import resource
from cxdesk.survey.role import Role


@dataclass(frozen=True, slots=True)
class Opening:
    """The first rows of a table from a possible header row on, as wide as the sheet; and the names around it."""

    rows: tuple[tuple[str, ...], ...]
    name: str = ""
    sheet: str = ""

    def row(self, place: int) -> tuple[str, ...]:
        """A row; empty cells beyond the end."""
        return self.rows[place] if place < len(self.rows) else ()

    def words(self, place: int = 0) -> frozenset[str]:
        """The cells of a row in the form in which words are compared."""
        return frozenset(plain(cell) for cell in self.row(place) if cell)


Recognise = Callable[[Opening], int]
"""Tells how many header rows a platform's table has; 0 if it is not the platform's."""


def by_signs(key: str) -> Recognise:
    """Recognise a platform with one header row by its own columns, as they are left when people delete some.

    Its file lists ``signs``: ``one`` of them is proof by itself, of ``several`` there must be ``enough``.
    """

    def recognise(opening: Opening) -> int:
        words = opening.words()
        one, several, enough = _signs(key)
        return 1 if words & one or len(words & several) >= enough else 0

    return recognise


def _never(_opening: Opening) -> bool:
    return False


def _nothing_more(_opening: Opening) -> Mapping[str, Role]:
    return {}


def _different(_header: str, _following: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Platform:
    """One survey platform. ``key`` also names its file in ``resources/platforms``.

    ``numbered`` says whether the answers are numbers that stand for options, so that their order proves nothing.
    ``separators`` are the signs that the platform writes between several answers in one cell; () if that is not known.
    ``words`` shows a header as people should read it. ``told`` gives roles that the first rows tell beside the fixed
    ones. ``repeats`` says whether a column holds in one cell what the column behind it begins to spread over columns.
    ``continued`` is true if a blank upper header means the one before it, ``spreads`` if a single choice may be
    spread over one column per option, ``month_first`` if days are always written as 07/21/2025, ``positions`` if
    numbers in place of options count from 1, so that a 0-10 question holds 1 to 11.
    """

    key: str
    recognise: Recognise
    title: Callable[[tuple[str, ...]], Title] = simple_title
    numbered: Callable[[Opening], bool] = _never
    separators: tuple[str, ...] = ()
    words: Callable[[str], str] = without_number
    told: Callable[[Opening], Mapping[str, Role]] = _nothing_more
    repeats: Callable[[str, str], bool] = _different
    continued: bool = False
    spreads: bool = False
    month_first: bool = False
    positions: bool = False

    @property
    def name(self) -> str:
        """The name that people know."""
        return str(facts(self.key)["name"])

    def role(self, headers: tuple[str, ...], told: Mapping[str, Role]) -> Role | None:
        """The role of one of the platform's own columns; None for questions."""
        known = {**_roles(self.key), **told}
        for header in headers:
            role = known.get(plain(header))
            if role is not None:
                return role
        ignored = _ignored(self.key)
        if ignored is not None and any(ignored.search(plain(header)) for header in headers if header):
            return Role.IGNORE
        return None


@cache
def facts(key: str) -> dict[str, Any]:
    """The words of a platform: its name, its own columns and their roles."""
    content: dict[str, Any] = json.loads(resource("platforms", f"{key}.json").read_text(encoding="utf-8"))
    return content


@cache
def _signs(key: str) -> tuple[frozenset[str], frozenset[str], int]:
    signs = facts(key)["signs"]
    one, several = (frozenset(map(plain, signs.get(name, ()))) for name in ("one", "several"))
    return one, several, signs.get("enough", 2)


@cache
def _roles(key: str) -> dict[str, Role]:
    return {plain(header): Role(role) for header, role in facts(key)["columns"].items()}


@cache
def _ignored(key: str) -> re.Pattern[str] | None:
    patterns = facts(key).get("ignored", [])
    return re.compile("|".join(patterns)) if patterns else None
