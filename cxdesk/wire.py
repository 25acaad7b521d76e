"""Carries values between the window and its worker process without pickle.

The worker has parsed files that strangers made, so nothing it sends may be able to run code here. A message is a JSON
text (dataclasses of this package, enums, tuples, numbers, strings, dates) followed by plain numpy arrays.
"""

from __future__ import annotations

import datetime
import importlib
import io
import json
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

import numpy as np

_PACKAGE = "cxdesk."


class WireError(ValueError):
    """The bytes are not a message of this program."""


def encode(value: object) -> list[bytes]:
    """Turn a value into frames: the first is JSON, each further one an array in .npy form.

    Raises `TypeError` for anything but None, bool, int, float, str, bytes-free tuples and dicts, dates, enums,
    numpy arrays of numbers, and dataclasses defined in this package.
    """
    arrays: list[np.ndarray[Any, Any]] = []
    text = json.dumps(_pack(value, arrays), ensure_ascii=False, allow_nan=True)
    frames = [text.encode("utf-8", "surrogatepass")]
    for array in arrays:
        buffer = io.BytesIO()
        np.save(buffer, array, allow_pickle=False)
        frames.append(buffer.getvalue())
    return frames


def decode(frames: list[bytes]) -> Any:
    """Turn frames back into the value. Raises `WireError` if they do not describe one."""
    try:
        arrays = [np.load(io.BytesIO(frame), allow_pickle=False) for frame in frames[1:]]
        # Values are made while the text is parsed, so that a file of many columns never stands here twice.
        text = frames[0].decode("utf-8", "surrogatepass")
        return _tuples(json.loads(text, object_hook=lambda tree: _unpack(tree, arrays)))
    except WireError:
        raise
    except (ValueError, LookupError, TypeError, AttributeError, ImportError, EOFError) as problem:
        raise WireError("not a message of this program") from problem


def _pack(value: object, arrays: list[np.ndarray[Any, Any]]) -> Any:
    match value:
        case Enum():
            return {"~": "enum", "type": _name(type(value)), "value": value.value}
        case None | bool() | int() | float() | str():
            return value
        case np.generic():
            return value.item()
        case np.ndarray():
            if value.dtype.hasobject:
                raise TypeError("arrays of objects do not travel")
            arrays.append(value)
            return {"~": "array", "index": len(arrays) - 1}
        case tuple() | list():
            return [_pack(item, arrays) for item in value]
        case frozenset():
            return {"~": "set", "items": [_pack(item, arrays) for item in sorted(value)]}
        case dict():
            return {"~": "dict", "items": [[_pack(k, arrays), _pack(v, arrays)] for k, v in value.items()]}
        case datetime.datetime():
            return {"~": "time", "value": value.isoformat()}
        case datetime.date():
            return {"~": "day", "value": value.isoformat()}
        case _ if is_dataclass(value) and type(value).__module__.startswith(_PACKAGE):
            packed = [_pack(getattr(value, field.name), arrays) for field in fields(value)]
            return {"~": "value", "type": _name(type(value)), "fields": packed}
        case _:
            raise TypeError(f"{type(value).__name__} does not travel")


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _unpack(tree: dict[str, Any], arrays: list[np.ndarray[Any, Any]]) -> Any:
    """One tagged value; what it holds was unpacked before it."""
    match tree["~"]:
        case "enum":
            return _type(tree["type"], Enum)(tree["value"])
        case "array":
            return arrays[tree["index"]]
        case "set":
            return frozenset(map(_tuples, tree["items"]))
        case "dict":
            return {_tuples(k): _tuples(v) for k, v in tree["items"]}
        case "time":
            return datetime.datetime.fromisoformat(tree["value"])
        case "day":
            return datetime.date.fromisoformat(tree["value"])
        case "value":
            return _type(tree["type"], None)(*map(_tuples, tree["fields"]))
        case other:
            raise WireError(f"unknown tag {other!r}")


def _name(kind: type) -> str:
    return f"{kind.__module__}:{kind.__qualname__}"


def _type(name: str, base: type | None) -> Any:
    module, _, attribute = name.partition(":")
    if not module.startswith(_PACKAGE) or not attribute.isidentifier():
        raise WireError(f"foreign type {name!r}")
    kind = getattr(importlib.import_module(module), attribute)
    if not isinstance(kind, type) or not (issubclass(kind, base) if base else is_dataclass(kind)):
        raise WireError(f"not a value: {name!r}")
    return kind
