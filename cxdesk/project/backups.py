"""Older copies of project files, five of each, in the program's own folder: for the day when a save was a mistake."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from cxdesk.project.clock import now
from cxdesk.project.folders import own_folder, settings_folder
from cxdesk.render.excel.problem import SaveRefused
from cxdesk.render.excel.save import save
from cxdesk.text import say

MOST_BACKUPS = 5


@dataclass(frozen=True, slots=True)
class Backup:
    """An older copy: where it is, and when it was made (ISO, to the second)."""

    path: str
    made: str


def keep_backup(project: Path) -> None:
    """Keep a copy of a project file before it is replaced; one that is the same as the newest copy is not kept twice.

    A folder that cannot be written is not worth keeping somebody from saving.
    """
    try:
        content = project.read_bytes()
    except OSError:
        return
    known = backups_of(str(project))
    with contextlib.suppress(OSError):
        if known and Path(known[0].path).read_bytes() == content:
            return
    folder = _folder(str(project))
    made = now().isoformat(timespec="seconds")
    target = folder / f"{made.replace(':', '')}{project.suffix}"
    with contextlib.suppress(SaveRefused, OSError):
        own_folder(folder.parent)
        save(str(target), content, say("copy"), other_name=False)
    with contextlib.suppress(OSError):
        for old in backups_of(str(project))[MOST_BACKUPS:]:
            Path(old.path).unlink()


def backups_of(project: str) -> tuple[Backup, ...]:
    """The copies of a project, newest first."""
    folder = _folder(project)
    try:
        files = sorted((each for each in folder.iterdir() if not each.name.startswith(".")), reverse=True)
    except OSError:
        return ()
    return tuple(Backup(str(each), _time(each.stem)) for each in files if _time(each.stem))


def forget_backups() -> None:
    """Delete all copies of all projects."""
    shutil.rmtree(settings_folder() / "backups", ignore_errors=True)


def _folder(project: str) -> Path:
    place = os.path.normcase(os.path.realpath(project))
    return settings_folder() / "backups" / hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _time(stem: str) -> str:
    """A name such as 2025-09-14T180200 with its colons put back; "" for a file that something else put there."""
    day, mark, time = stem.partition("T")
    if not mark or len(time) != 6 or not time.isdecimal():
        return ""
    return f"{day}T{time[:2]}:{time[2:4]}:{time[4:]}"
