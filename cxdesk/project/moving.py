"""Carries options from one survey to another: question ids and codes of answers become those of the other file.

Options name questions by id, and answers by code. In next month's file the same question may stand elsewhere, and its
answers in another order. Any value that has the fields ``question`` and ``codes`` is a set of answers; one with
``question`` and ``targets`` has a number for each answer; any text that is an id, or "id:code", speaks of a question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any


class Lost(Exception):
    """What an option speaks of is not in the other survey."""


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """``ids`` maps questions, ``known`` are all ids of the old survey, ``codes`` the answers that were named, by id.

    ``sizes`` is how many answers a question has in the new survey, by its old id.
    """

    ids: Mapping[str, str]
    known: frozenset[str]
    codes: Mapping[str, Mapping[int, int]]
    sizes: Mapping[str, int]


def moved(value: Any, move: Move) -> Any:
    """The value for the other survey. Raises `Lost` if it stands on something that is not there."""
    if isinstance(value, str):
        return _text(value, move)
    if isinstance(value, tuple):
        return tuple(moved(item, move) for item in value)
    if isinstance(value, frozenset):
        return frozenset(moved(item, move) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed: dict[str, Any] = {}
    about = _names_answers(value)
    for each in fields(value):
        part = getattr(value, each.name)
        if about and each.name in {"codes", "targets"}:
            changed[each.name] = _answers(about, each.name, part, move)
        elif isinstance(part, str | tuple | frozenset) or is_dataclass(part):
            changed[each.name] = moved(part, move)
    return replace(value, **changed)


def places_named(values: Any) -> dict[str, frozenset[int | None]]:
    """Which answers some options speak of: codes by question id, None where all answers are meant."""
    found: dict[str, set[int | None]] = {}
    for question, code in _named(values):
        found.setdefault(question, set()).add(code)
    return {question: frozenset(codes) for question, codes in found.items()}


def _named(value: Any) -> Iterator[tuple[str, int | None]]:
    if isinstance(value, str):
        question, colon, code = value.partition(":")
        if colon and code.isdecimal():
            yield question, int(code)
    elif isinstance(value, tuple | frozenset | list):
        for item in value:
            yield from _named(item)
    elif is_dataclass(value) and not isinstance(value, type):
        about = _names_answers(value)
        if about:
            yield from ((about, code) for code in getattr(value, "codes", (None,)))
        for each in fields(value):
            yield from _named(getattr(value, each.name))


def _names_answers(value: Any) -> str:
    """The question whose answers a value is about; "" if it is about none."""
    names = {each.name for each in fields(value)}
    return str(value.question) if "question" in names and names & {"codes", "targets"} else ""


def _text(value: str, move: Move) -> str:
    if value in move.known:
        return _id(value, move)
    question, colon, code = value.partition(":")
    if not colon or question not in move.known or not code.isdecimal():
        return value
    new = move.codes.get(question, {}).get(int(code))
    if new is None:
        raise Lost
    return f"{_id(question, move)}:{new}"


def _id(id: str, move: Move) -> str:
    if id not in move.ids:
        raise Lost
    return move.ids[id]


def _answers(question: str, name: str, part: tuple[Any, ...], move: Move) -> tuple[Any, ...]:
    known = move.codes.get(question, {})
    if name == "codes":
        codes = tuple(sorted(known[code] for code in part if code in known))
        if not codes:
            raise Lost
        return codes
    # A share for each answer: they mean something only if the answers are the same ones.
    size = move.sizes.get(question)
    if size != len(part) or len(known) != len(part):
        raise Lost
    shares = [0.0] * len(part)
    for code, share in enumerate(part):
        shares[known[code]] = share
    return tuple(shares)
