"""What a person set up, kept by itself: found again when the same file is opened, and after a crash.

One small file per survey, named by the hash of its content, in the program's own folder. It holds no answers: roles,
options, and the groups that a filter speaks of. With private mode on nothing is kept, and clearing the list of recent
files deletes it all.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from cxdesk.project.clock import now
from cxdesk.project.codec import Misfit, decode, encode
from cxdesk.project.folders import own_folder, settings_folder, write_whole
from cxdesk.project.sources import Sources
from cxdesk.project.state import State, read_state, state_tree
from cxdesk.project.workspace import Workspace
from cxdesk.reading.grid import Choices

MOST_KEPT = 60
_SCHEMA = 1
_FOLDER = "work"


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """What was set up for a survey.

    ``name`` is the survey's, ``saved`` when it was kept (ISO, to the second), ``project`` the project file that it was
    opened from or saved to, "" for none. ``before`` is the state as the survey was opened, where the program stopped.
    """

    name: str
    saved: str
    sources: Sources
    project: str
    state: State
    before: State | None = None

    @property
    def choices(self) -> Choices:
        """How the file was read, where the person had decided something about that."""
        return self.sources.inputs[0].choices if len(self.sources.inputs) == 1 else Choices()


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """A survey that is open: where it came from, and its workspace when it was opened."""

    sources: Sources
    project: str
    opened: Workspace


def keep(work: Work, workspace: Workspace, *, ended: bool) -> None:
    """Keep the state of a survey; ``ended`` says that the program closes as it should.

    Raises `OSError` if the folder cannot be written; what was kept before is whole then.
    """
    tree = {
        "schema": _SCHEMA,
        "name": workspace.dataset.source.name,
        "saved": now().isoformat(timespec="seconds"),
        "process": 0 if ended else os.getpid(),
        "started": _started(os.getpid()),
        "project": work.project,
        "sources": encode(work.sources),
        "state": state_tree(workspace),
        "before": None if ended else state_tree(work.opened),
    }
    path = _path(work.sources.digest)
    own_folder(path.parent)
    write_whole(path, json.dumps(tree))
    _tidy()


def found(digest: str) -> Kept | None:
    """What was kept for a survey with this content, or None."""
    tree = _read(_path(digest))
    return None if tree is None else _kept(tree)


def unfinished() -> Kept | None:
    """The newest survey that was open when a program ended without closing it, or None."""
    waiting = [tree for path in _files() if (tree := _read(path)) is not None and _is_orphan(tree)]
    waiting.sort(key=lambda tree: str(tree.get("saved", "")), reverse=True)
    return next((kept for tree in waiting if (kept := _kept(tree)) is not None), None)


def let_rest() -> None:
    """Whoever was asked does not want to go on now: the states stay, and are found when their files are opened."""
    for path in _files():
        tree = _read(path)
        if tree is not None and _is_orphan(tree):
            with contextlib.suppress(OSError):
                write_whole(path, json.dumps({**tree, "process": 0}))


def forget(digest: str = "") -> None:
    """Forget what was kept for a survey; "" forgets it all, with everything that a killed run left there."""
    for path in [_path(digest)] if digest else _everything():
        with contextlib.suppress(OSError):
            path.unlink()


def _is_orphan(tree: dict[str, Any]) -> bool:
    """Whether the program that had the survey open is gone; another one may have its number by now."""
    process = tree.get("process")
    return isinstance(process, int) and process > 0 and _started(process) != tree.get("started")


def _started(process: int) -> float:
    """When a process was started; 0 if there is none."""
    try:
        return float(psutil.Process(process).create_time())
    except (psutil.Error, ValueError, OverflowError):
        return 0.0


def _kept(tree: dict[str, Any]) -> Kept | None:
    try:
        state = read_state(tree.get("state"))
        before = None if tree.get("before") is None else read_state(tree["before"])
        sources = decode(Sources, tree.get("sources")).value
    except Misfit:
        return None
    words = [tree.get(key) for key in ("name", "saved", "project")]
    if not all(isinstance(word, str) for word in words):
        return None
    return Kept(str(words[0]), str(words[1]), sources, str(words[2]), state, before)


def _read(path: Path) -> dict[str, Any] | None:
    try:
        tree = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return tree if isinstance(tree, dict) and tree.get("schema") == _SCHEMA else None


def _path(digest: str) -> Path:
    return settings_folder() / _FOLDER / f"{digest[:32]}.json"


def _files() -> list[Path]:
    return [path for path in _everything() if path.suffix == ".json"]


def _everything() -> Iterator[Path]:
    with contextlib.suppress(OSError):
        yield from sorted((settings_folder() / _FOLDER).iterdir())


def _tidy() -> None:
    """Keep the newest only."""
    files = _files()
    if len(files) > MOST_KEPT:
        for old in sorted(files, key=lambda path: path.stat().st_mtime)[: len(files) - MOST_KEPT]:
            with contextlib.suppress(OSError):
                old.unlink()
