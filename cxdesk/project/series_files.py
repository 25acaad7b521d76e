"""The files of one report per group: names that every system accepts, and what of an earlier run still holds.

A small list beside the reports says what each file was made from, so that a run that was stopped can go on, and a run
into the same folder replaces its own files and nobody else's: a file whose content and making are unchanged is not made
again. It holds names of files and checksums only, and its own name says in the reports' language what it is for.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cxdesk import __version__, wire
from cxdesk.project.folders import write_whole
from cxdesk.project.workspace import Workspace
from cxdesk.report.report import ReportOptions
from cxdesk.text import Translator, say

_LIST = ".cxlist"
_MOST = 80
_FORBIDDEN = re.compile(r'[<>:"/\\|?*#%\[\]\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]')
"""What Windows refuses, what a link in a workbook cannot hold, and signs that turn the direction of a name around."""
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a file was made from (``making``), and the SHA-256 of its bytes; both as hex."""

    making: str
    content: str


def file_names(names: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """A file name for each name of a group, in order, all different on every system, none of those ``taken``.

    Letters are composed (NFC), at most 80 of them are kept, signs that no file name can hold become a hyphen.
    """
    used = {name.casefold() for name in taken}
    found = []
    for name in names:
        tidy = _FORBIDDEN.sub("-", unicodedata.normalize("NFC", name))
        tidy = re.sub(r"\s+", " ", tidy)[:_MOST].strip(" .~") or "-"
        tidy = f"{tidy}-" if _RESERVED.fullmatch(tidy) else tidy
        unique, number = f"{tidy}.xlsx", 2
        while unique.casefold() in used:
            unique, number = f"{tidy} ({number}).xlsx", number + 1
        used.add(unique.casefold())
        found.append(unique)
    return found


def making(workspace: Workspace, options: ReportOptions, language: str, *own: object) -> str:
    """A checksum of everything that a report is made from, apart from the day; ``own`` is what tells it from others."""
    given = replace(options, title="")
    parts = (
        __version__,
        workspace.dataset.key,
        workspace.dataset.source.name,
        workspace.selection,
        workspace.compare,
        workspace.weighting,
        workspace.rules,
        workspace.specs,
        given,
        options.title,
        language,
        *own,
    )
    return hashlib.sha256(b"\0".join(wire.encode(parts))).hexdigest()


def checksum(path: Path) -> str:
    """The SHA-256 of a file as hex; "" if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def list_path(folder: Path, translator: Translator) -> Path:
    """Where the list of a folder is, whatever language it was named in; where it will be, if there is none yet."""
    found = min((path for path in folder.glob(f"*{_LIST}") if path.is_file()), default=None)
    if found is not None:
        return found
    return folder / f"{translator(say('For continuing these reports (may be deleted)'))}{_LIST}"


def known_files(path: Path) -> dict[str, Entry]:
    """What an earlier run made in this folder, by file name; nothing if there is no list, or not one of ours."""
    try:
        told = json.loads(path.read_text("utf-8"))
        return {str(name): Entry(str(each["making"]), str(each["content"])) for name, each in told["files"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def still_holds(folder: Path, name: str, entry: Entry | None, made_from: str) -> bool:
    """Whether a file is there as it was made, from the very same."""
    return entry is not None and entry.making == made_from and checksum(folder / name) == entry.content


def remember(path: Path, files: Mapping[str, Entry]) -> None:
    """Keep what was made in the list at ``path``.

    A folder that takes no list takes the reports all the same, so nothing is raised.
    """
    told: dict[str, Any] = {name: {"making": each.making, "content": each.content} for name, each in files.items()}
    with contextlib.suppress(OSError):
        write_whole(path, json.dumps({"files": told}, ensure_ascii=False, indent=1) + "\n")
