"""The settings of the program: read at start, written when one changes; a damaged file means the defaults."""

from __future__ import annotations

import json
import math
import re
from dataclasses import asdict, dataclass, fields
from typing import Any

from cxdesk.project.folders import settings_folder, write_whole
from cxdesk.survey.base import Rules
from cxdesk.survey.target import Target
from cxdesk.text import LANGUAGES

_FILE = "settings.json"
TEXT_SIZES = (100, 115, 130, 150)
THEMES = ("system", "light", "dark")
CONFIDENCES = (0.90, 0.95, 0.99)
PAPERS = ("A4", "Letter")
MOST_TARGETS = 500
_OF_ONE_SURVEY = ("earlier", "hidden", "themes")
"""Rules that belong to one survey and are no setting of the program."""

_HEXADECIMAL = re.compile("[0-9a-fA-F]*")
_ALLOWED: dict[str, tuple[object, ...]] = {
    "language": ("", *LANGUAGES),
    "theme": THEMES,
    "text_size": TEXT_SIZES,
    "paper": PAPERS,
}


@dataclass(frozen=True, slots=True)
class Preferences:
    """Every setting. ``language`` "" follows the system; ``geometry`` is the window's place as hexadecimal text.

    ``rules`` are the settings that change numbers; a new file starts with them. ``left_out`` are the sheets that
    the last report did without.
    """

    language: str = ""
    theme: str = "system"
    text_size: int = 100
    patterns: bool = False
    rules: Rules = Rules()
    author: str = ""
    paper: str = "A4"
    left_out: tuple[str, ...] = ("data",)
    keep_recent: bool = True
    remember_layouts: bool = True
    geometry: str = ""


def load_preferences() -> Preferences:
    """Read the settings; whatever cannot be read or is out of range takes its default."""
    try:
        stored = json.loads((settings_folder() / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Preferences()
    return _restored(stored) if isinstance(stored, dict) else Preferences()


def save_preferences(preferences: Preferences) -> None:
    """Write the settings; a folder that cannot be written is not worth an interruption."""
    stored = asdict(preferences)
    for name in _OF_ONE_SURVEY:
        stored["rules"].pop(name, None)
    try:
        write_whole(settings_folder() / _FILE, json.dumps(stored, indent=1))
    except OSError:
        return


def _restored(stored: dict[str, Any]) -> Preferences:
    default = Preferences()
    found: dict[str, Any] = {}
    for field in fields(Preferences):
        value = stored.get(field.name)
        if field.name == "rules":
            found["rules"] = _rules(value if isinstance(value, dict) else {})
        elif field.name == "left_out" and isinstance(value, list):
            found["left_out"] = tuple(key for key in value if isinstance(key, str))
        elif type(value) is type(getattr(default, field.name)):
            found[field.name] = value
    for name, allowed in _ALLOWED.items():
        if name in found and found[name] not in allowed:
            del found[name]
    if not _HEXADECIMAL.fullmatch(found.get("geometry", "")):
        del found["geometry"]
    return Preferences(**found)


def _rules(stored: dict[str, Any]) -> Rules:
    default = Rules()
    confidence = stored.get("confidence")
    return Rules(
        confidence=confidence if confidence in CONFIDENCES else default.confidence,
        hide_below=max(default.hide_below, _whole(stored.get("hide_below"), default.hide_below)),
        test_from=max(default.test_from, _whole(stored.get("test_from"), default.test_from)),
        plain_from=max(default.plain_from, _whole(stored.get("plain_from"), default.plain_from)),
        satisfied_points=1 if stored.get("satisfied_points") == 1 else default.satisfied_points,
        targets=_targets(stored.get("targets")),
    )


def _targets(stored: object) -> tuple[Target, ...]:
    """The targets that can be read; one that something else wrote is left out."""
    found: list[Target] = []
    for entry in stored if isinstance(stored, list) else []:
        try:
            target = Target(**entry)
        except TypeError:
            continue
        words = (target.measure, target.segment, target.option)
        number = isinstance(target.value, int | float) and not isinstance(target.value, bool)
        if number and math.isfinite(target.value) and all(isinstance(word, str) for word in words):
            found.append(target)
    return tuple(found[:MOST_TARGETS])


def _whole(value: object, default: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value <= 1_000 else default
