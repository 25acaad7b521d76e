"""What the program knows about one survey platform: how its files are recognised and what its own columns mean."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from cxdesk.reading.header import Title, simple_title
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


def _never(_opening: Opening) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Platform:
    """One survey platform. ``key`` also names its file in ``resources/platforms``.

    ``numbered`` says whether the answers are numbers that stand for options, so that their order proves nothing.
    ``separators`` are the signs that the platform writes between several answers in one cell; () if that is not known.
    """

    key: str
    recognise: Recognise
    title: Callable[[tuple[str, ...]], Title] = simple_title
    numbered: Callable[[Opening], bool] = _never
    separators: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name that people know."""
        return str(facts(self.key)["name"])

    def role(self, headers: tuple[str, ...]) -> Role | None:
        """The role of one of the platform's own columns; None for questions."""
        known = _roles(self.key)
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
def _roles(key: str) -> dict[str, Role]:
    return {plain(header): Role(role) for header, role in facts(key)["columns"].items()}


@cache
def _ignored(key: str) -> re.Pattern[str] | None:
    patterns = facts(key).get("ignored", [])
    return re.compile("|".join(patterns)) if patterns else None
