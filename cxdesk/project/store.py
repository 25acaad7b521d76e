"""What is remembered between files: the roles that a person confirmed for a layout, and the files opened last.

Both hold headers, roles and figures, never an answer.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from cxdesk.project.folders import settings_folder, write_whole
from cxdesk.reading.roles import RoleRefused, with_role
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import Role, Sure
from cxdesk.survey.scale import Direction, Scale

_LAYOUTS, _RECENT = "layouts.json", "recent.json"
_MOST_LAYOUTS, _MOST_RECENT = 200, 12


@dataclass(frozen=True, slots=True)
class RecentFile:
    """A file that was opened: where it is, when (ISO), how many rows it had, and its score in a few characters."""

    path: str
    name: str
    opened: str
    rows: int
    score: str = ""

    @property
    def missing(self) -> bool:
        """Whether the file is no longer where it was, or cannot be looked at."""
        try:
            return not Path(self.path).exists()
        except (OSError, ValueError):
            return True


def fingerprint(dataset: Dataset) -> str:
    """Identify a layout by its headers in their order; the answers play no part."""
    headers = json.dumps([list(column.header) for column in dataset.columns], ensure_ascii=False)
    return hashlib.sha256(headers.encode("utf-8", "surrogatepass")).hexdigest()


def remember(dataset: Dataset) -> None:
    """Keep the roles and scales of a layout as they are now; they are what the person has seen and accepted."""
    layouts = _read(_LAYOUTS)
    layouts.pop(fingerprint(dataset), None)
    layouts[fingerprint(dataset)] = {
        question.id: {
            "role": question.role.value,
            "scale": _packed(question.scale),
            "day_first": question.day_first,
        }
        for question in dataset.questions
    }
    while len(layouts) > _MOST_LAYOUTS:
        layouts.pop(next(iter(layouts)))
    _write(_LAYOUTS, layouts)


def recall(dataset: Dataset) -> Dataset | None:
    """Give a dataset the roles that were confirmed for its layout, or return None if the layout is new."""
    layout = _read(_LAYOUTS).get(fingerprint(dataset))
    if not isinstance(layout, dict):
        return None
    for question in dataset.questions:
        kept = layout.get(question.id)
        if isinstance(kept, dict):
            dataset = _applied(dataset, question, kept)
    return dataset


def forget_layouts() -> None:
    """Forget every confirmed layout."""
    _write(_LAYOUTS, {})


def recent_files() -> tuple[RecentFile, ...]:
    """The files opened last, newest first."""
    entries = _read(_RECENT).get("files")
    return tuple(file for file in map(_file, entries if isinstance(entries, list) else []) if file is not None)


def add_recent(file: RecentFile) -> None:
    """Put a file on top of the list."""
    others = [asdict(old) for old in recent_files() if old.path != file.path]
    _write(_RECENT, {"files": [asdict(file), *others][:_MOST_RECENT]})


def set_score(path: str, score: str) -> None:
    """Change the score beside a file of the list, if it is there."""
    files = recent_files()
    if any(file.path == path and file.score != score for file in files):
        changed = [replace(file, score=score) if file.path == path else file for file in files]
        _write(_RECENT, {"files": [asdict(file) for file in changed]})


def clear_recent() -> None:
    """Empty the list."""
    _write(_RECENT, {"files": []})


def _file(entry: Any) -> RecentFile | None:
    """A file of the list; None for an entry that something else wrote."""
    try:
        file = RecentFile(**entry)
    except TypeError:
        return None
    texts = (file.path, file.name, file.opened, file.score)
    return file if all(isinstance(text, str) for text in texts) and type(file.rows) is int else None


def _applied(dataset: Dataset, question: Question, kept: dict[str, Any]) -> Dataset:
    try:
        role, scale = Role(str(kept.get("role"))), _unpacked(kept.get("scale"))
    except (ValueError, TypeError, KeyError):
        return dataset
    day_first = kept.get("day_first")
    order = day_first if isinstance(day_first, bool) else None
    if (role, scale, order) == (question.role, question.scale, question.day_first):
        settled = replace(question, sure=Sure.SURE, ask=None)
        return replace(dataset, questions=tuple(settled if old.id == question.id else old for old in dataset.questions))
    try:
        return with_role(dataset, question.id, role, scale, order)
    except RoleRefused:
        return dataset


def _packed(scale: Scale | None) -> dict[str, Any] | None:
    return None if scale is None else asdict(scale)


def _unpacked(stored: Any) -> Scale | None:
    if not isinstance(stored, dict):
        return None
    return Scale(
        int(stored["lowest"]),
        int(stored["highest"]),
        tuple(str(label) for label in stored.get("labels", ())),
        Direction(stored.get("direction", Direction.HIGH_IS_GOOD)),
        tuple(str(text) for text in stored.get("no_answer", ())),
        tuple((str(text), int(score)) for text, score in stored.get("codes", ())),
    )


def _read(name: str) -> dict[str, Any]:
    try:
        stored = json.loads((settings_folder() / name).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return stored if isinstance(stored, dict) else {}


def _write(name: str, value: dict[str, Any]) -> None:
    try:
        write_whole(settings_folder() / name, json.dumps(value, indent=1))
    except OSError:
        return
