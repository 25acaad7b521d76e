"""What is remembered between files: the roles that a person confirmed for a layout, and the files opened last.

Both hold headers, roles and figures, never an answer.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from cxdesk.project.folders import settings_folder, write_whole
from cxdesk.project.since import since_last_time
from cxdesk.reading.likeness import Twin, twins
from cxdesk.survey.amount import Amount, AmountKind, TimeUnit
from cxdesk.survey.dataset import Column, Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind, Role, Sure
from cxdesk.survey.scale import Direction, Scale
from cxdesk.survey.source import SOURCE
from cxdesk.text import Text

_LAYOUTS, _RECENT = "layouts.json", "recent.json"
_MOST_LAYOUTS, _MOST_RECENT = 200, 12
_SAME_LAYOUT = 0.5
_FEWEST = 3
_KEPT = 0.9


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


@dataclass(frozen=True, slots=True)
class Recalled:
    """A survey with the roles that were confirmed before, and what has changed since then (None: nothing)."""

    dataset: Dataset
    changes: Text | None = None


def fingerprint(dataset: Dataset) -> str:
    """Identify a layout by its headers in their order; the answers and the column of files play no part."""
    headers = json.dumps([list(column.header) for column in _own_columns(dataset)], ensure_ascii=False)
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
            "amount": None if question.amount is None else asdict(question.amount),
            "text": question.text,
            "group": question.group,
            "columns": len(question.columns),
        }
        for question in _own_questions(dataset)
    }
    while len(layouts) > _MOST_LAYOUTS:
        layouts.pop(next(iter(layouts)))
    _write(_LAYOUTS, layouts)


def recall(dataset: Dataset) -> Recalled | None:
    """Give a dataset the roles that were confirmed for its layout, or for one that is nearly the same.

    Returns None if the layout is new: if fewer than half of its questions and of the remembered ones are the same.
    """
    layouts = {key: layout for key, layout in _read(_LAYOUTS).items() if isinstance(layout, dict)}
    layout = layouts.get(fingerprint(dataset))
    if layout is not None:
        for question in dataset.questions:
            kept = layout.get(question.id)
            if isinstance(kept, dict):
                dataset = _applied(dataset, question, kept)
        return Recalled(dataset)
    return _recall_similar(dataset, list(layouts.values()))


def _recall_similar(dataset: Dataset, layouts: list[dict[str, Any]]) -> Recalled | None:
    """The layout that has most questions in common, the newest among equals."""
    questions = _own_questions(dataset)
    ours = [(question.group, question.text) for question in questions]
    best: tuple[float, tuple[Twin, ...], list[dict[str, Any]]] | None = None
    for layout in reversed(layouts):
        kept = [entry for entry in layout.values() if isinstance(entry, dict) and isinstance(entry.get("text"), str)]
        found = twins(ours, [(str(entry.get("group", "")), entry["text"]) for entry in kept])
        share = len(found) / max(len(ours) + len(kept) - len(found), 1)
        if share >= _SAME_LAYOUT and len(found) >= _FEWEST and (best is None or share > best[0]):
            best = (share, found, kept)
    if best is None:
        return None
    _, found, kept = best
    for twin in found:
        dataset = _applied(dataset, dataset.question(questions[twin.first].id), kept[twin.second])
    return Recalled(dataset, _changes(questions, found, kept))


def _changes(questions: Sequence[Question], found: Sequence[Twin], kept: Sequence[dict[str, Any]]) -> Text | None:
    """What is different since the layout was confirmed, in one line; None if nothing is."""
    known = {twin.first for twin in found}
    new = sum(len(question.columns) for place, question in enumerate(questions) if place not in known)
    there = {twin.second for twin in found}
    gone = sum(_width(entry) for place, entry in enumerate(kept) if place not in there)
    pairs = [(questions[twin.first].text, kept[twin.second]["text"]) for twin in found]
    renamed = sum(one != other for one, other in pairs)
    order = [twin.second for twin in found]
    return since_last_time(new, gone, renamed, moved=order != sorted(order))


def _width(entry: dict[str, Any]) -> int:
    """How many columns a remembered question had."""
    width = entry.get("columns")
    return width if isinstance(width, int) and width > 0 else 1


def _own_questions(dataset: Dataset) -> tuple[Question, ...]:
    """The questions of the file itself, without the one that says which file an answer came from."""
    return tuple(question for question in dataset.questions if question.id != SOURCE)


def _own_columns(dataset: Dataset) -> tuple[Column, ...]:
    added = {place for question in dataset.questions if question.id == SOURCE for place in question.columns}
    return tuple(column for column in dataset.columns if column.position not in added)


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
    return with_kept(dataset, question, role, scale, order, _amount(kept.get("amount")))


def with_kept(
    dataset: Dataset, question: Question, role: Role, scale: Scale | None, order: bool | None, amount: Amount | None
) -> Dataset:
    """Give a question the role and scale that a person once confirmed, unless its answers do not fit them any more.

    ``order`` is whether the day comes first in its dates, None where the file leaves no doubt; ``amount`` what an
    operational number measures.
    """
    now = (question.role, question.scale, question.day_first, question.amount)
    if (role, scale, order, amount) == now:
        settled = replace(question, sure=Sure.SURE, ask=None)
        if settled == question:
            return dataset
        return replace(dataset, questions=tuple(settled if old.id == question.id else old for old in dataset.questions))
    from cxdesk.reading.roles import RoleRefused, with_role  # noqa: PLC0415 - most openings change no role

    try:
        changed = with_role(dataset, question.id, role, scale, order, amount)
    except RoleRefused:
        return dataset
    return changed if _still_fits(dataset, changed, question.id) else dataset


def _still_fits(dataset: Dataset, changed: Dataset, id: str) -> bool:
    """Whether a remembered scale still holds the answers: a question that is now asked up to 10 keeps its new one."""
    old, new = dataset.answers[id], changed.answers[id]
    if dataset.question(id).kind is not Kind.SCORE or changed.question(id).kind is not Kind.SCORE:
        return True
    if old.codes is None or new.codes is None:
        return True
    return int((new.codes < new.size).sum()) >= _KEPT * int((old.codes < old.size).sum())


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


def _amount(stored: Any) -> Amount | None:
    """What an operational number measures; None where nothing of the kind was kept."""
    try:
        return Amount(AmountKind(stored["kind"]), TimeUnit(stored["unit"]), str(stored["sign"]))
    except (LookupError, TypeError, ValueError):
        return None


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
