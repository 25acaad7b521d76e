"""Turns frozen values into plain trees for a file, and back: projects, templates and the autosave are written with it.

Every field is written under its name, so a newer program reads what an older one wrote: a field that it lacks takes its
default, and one that nobody knows any more is left out and counted. Which types may be made is decided by the fields of
the type that is asked for, never by what a file says, and nothing of a file is ever run.
"""

from __future__ import annotations

import datetime
import math
import types
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import numpy as np

Array = np.ndarray[Any, Any]

_KIND = "~"
_ARRAY, _DAY, _TIME, _NUMBER = "array", "day", "time", "number"
_DEEPEST = 60


class Misfit(ValueError):
    """A tree does not describe a value of the wanted type. The message holds no data."""


@dataclass(slots=True)
class Arrays:
    """The arrays that belong to a tree, by their place in it; they are written beside it."""

    found: list[Array] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A value that was read, and how many entries of its tree could not be used."""

    value: Any
    ignored: int


def encode(value: object, arrays: Arrays | None = None, *, without: frozenset[str] = frozenset()) -> Any:
    """A tree of None, bool, int, float, str, list and dict for JSON.

    ``value`` may hold dataclasses, tuples, frozensets, enums and dates; numpy arrays only if ``arrays`` takes them.
    Fields called like one in ``without`` are left out at any depth. Raises `TypeError` for anything else.
    """
    match value:
        case Enum():
            return encode(value.value)
        case None | bool() | int() | str():
            return value
        case float():
            return value if math.isfinite(value) else {_KIND: _NUMBER, "value": repr(value)}
        case datetime.datetime():
            return {_KIND: _TIME, "value": value.isoformat()}
        case datetime.date():
            return {_KIND: _DAY, "value": value.isoformat()}
        case tuple():
            return [encode(item, arrays, without=without) for item in value]
        case frozenset():
            return [encode(item, arrays, without=without) for item in sorted(value)]
        case np.ndarray() if arrays is not None and not value.dtype.hasobject:
            arrays.found.append(value)
            return {_KIND: _ARRAY, "number": len(arrays.found) - 1}
        case _ if is_dataclass(value) and not isinstance(value, type):
            tree: dict[str, Any] = {_KIND: type(value).__name__}
            for each in fields(value):
                if each.name not in without:
                    tree[each.name] = encode(getattr(value, each.name), arrays, without=without)
            return tree
        case _:
            raise TypeError(f"{type(value).__name__} is not saved")


def decode(
    kind: Any, tree: Any, arrays: Mapping[int, Array] | None = None, given: Mapping[str, Any] | None = None
) -> Decoded:
    """The value of a type that a tree describes, and how many of its entries were of no use.

    ``kind`` is a type as it stands behind a field: a dataclass, ``tuple[str, ...]``, ``int | None``. An entry of the
    wrong type takes the field's default and is counted. ``given`` are fields of a dataclass that are not in the tree.
    Raises `Misfit` if the whole cannot be made.
    """
    reader = _Reader(arrays or {})
    value = reader.read(kind, tree, _DEEPEST) if given is None else reader.value(kind, tree, _DEEPEST, given)
    return Decoded(value, reader.ignored)


class _Reader:
    """Reads one tree, and counts what it could not use."""

    def __init__(self, arrays: Mapping[int, Array]) -> None:
        self.ignored = 0
        self._arrays = arrays

    def read(self, kind: Any, tree: Any, depth: int) -> Any:
        if depth == 0:
            raise Misfit("too deep")
        origin = get_origin(kind)
        if origin in {Union, types.UnionType}:
            return self._union(kind, tree, depth)
        if origin is tuple:
            return self._tuple(get_args(kind), tree, depth)
        if origin is frozenset:
            return frozenset(self._items(get_args(kind)[0], tree, depth))
        if origin is np.ndarray:
            return self._array(tree)
        if isinstance(kind, type):
            return self._plain(kind, tree, depth)
        raise Misfit("unknown kind")

    def _plain(self, kind: type, tree: Any, depth: int) -> Any:
        if issubclass(kind, Enum):
            try:
                return kind(tree)
            except (ValueError, TypeError):
                raise Misfit("no such choice") from None
        if is_dataclass(kind):
            return self.value(kind, tree, depth, {})
        if kind is types.NoneType:
            fits = tree is None
        elif kind is float:
            return _number(tree)
        elif issubclass(kind, datetime.date):
            return _moment(kind, tree)
        else:
            fits = kind in {bool, int, str} and type(tree) is kind
        if not fits:
            raise Misfit("another type")
        return tree

    def value(self, kind: Any, tree: Any, depth: int, added: Mapping[str, Any]) -> Any:
        """A dataclass; ``added`` are fields that the tree does not describe."""
        if not isinstance(tree, dict):
            raise Misfit("no fields")
        hints = _hints(kind)
        given: dict[str, Any] = dict(added)
        for each in fields(kind):
            if each.name in added:
                continue
            needed = each.default is MISSING and each.default_factory is MISSING
            if each.name not in tree:
                if needed:
                    raise Misfit("a field is missing")
                continue
            ignored = self.ignored
            try:
                given[each.name] = self.read(hints[each.name], tree[each.name], depth - 1)
            except Misfit:
                if needed:
                    raise
                self.ignored = ignored + 1
        self.ignored += len(tree.keys() - hints.keys() - {_KIND})
        try:
            return kind(**given)
        except (ValueError, TypeError):
            raise Misfit("the fields do not fit each other") from None

    def _union(self, kind: Any, tree: Any, depth: int) -> Any:
        """The alternative that fits; among dataclasses the one with the name that was written."""
        options = get_args(kind)
        if isinstance(tree, dict):
            named = [one for one in options if getattr(one, "__name__", "") == tree.get(_KIND)]
            options = (*named, *(one for one in options if one not in named and not is_dataclass(one)))
        for one in options:
            ignored = self.ignored
            try:
                return self.read(one, tree, depth)
            except Misfit:
                self.ignored = ignored
        raise Misfit("no alternative fits")

    def _tuple(self, parts: tuple[Any, ...], tree: Any, depth: int) -> tuple[Any, ...]:
        if len(parts) == 2 and parts[1] is Ellipsis:
            return tuple(self._items(parts[0], tree, depth))
        if not isinstance(tree, list) or len(tree) != len(parts):
            raise Misfit("another length")
        return tuple(self.read(part, item, depth - 1) for part, item in zip(parts, tree, strict=True))

    def _items(self, kind: Any, tree: Any, depth: int) -> list[Any]:
        """The entries of a list; one that does not fit is left out and counted."""
        if not isinstance(tree, list):
            raise Misfit("no list")
        found: list[Any] = []
        for item in tree:
            ignored = self.ignored
            try:
                found.append(self.read(kind, item, depth - 1))
            except Misfit:
                self.ignored = ignored + 1
        return found

    def _array(self, tree: Any) -> Array:
        number = tree.get("number") if isinstance(tree, dict) and tree.get(_KIND) == _ARRAY else None
        if not isinstance(number, int) or number not in self._arrays:
            raise Misfit("no such array")
        return self._arrays[number]


def _number(tree: Any) -> float:
    if isinstance(tree, int | float) and not isinstance(tree, bool):
        return float(tree)
    if isinstance(tree, dict) and tree.get(_KIND) == _NUMBER and tree.get("value") in {"nan", "inf", "-inf"}:
        return float(tree["value"])
    raise Misfit("no number")


def _moment(kind: type, tree: Any) -> datetime.date:
    wanted, name = (datetime.datetime, _TIME) if kind is datetime.datetime else (datetime.date, _DAY)
    if not isinstance(tree, dict) or tree.get(_KIND) != name:
        raise Misfit("no day")
    try:
        return wanted.fromisoformat(str(tree.get("value")))
    except ValueError:
        raise Misfit("no day") from None


@cache
def _hints(kind: Any) -> dict[str, Any]:
    """The types of a dataclass's fields; a type that cannot be resolved is a fault of the program."""
    return get_type_hints(kind)
