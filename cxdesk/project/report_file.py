"""Where a report is saved: the proposed place, a name that overwrites nothing, and how the place is shown."""

from __future__ import annotations

from pathlib import Path

from cxdesk.project.folders import documents_folder

_FORBIDDEN = frozenset('<>:"/\\|?*')


def proposed_path(name: str) -> Path:
    """The place that is proposed for a report called ``name``: Documents/CX Desk/name.xlsx.

    Signs that no file name can hold on Windows become a hyphen; spaces and stops at the end are dropped.
    """
    tidy = "".join("-" if sign in _FORBIDDEN or ord(sign) < 32 else sign for sign in name).rstrip(" .")
    return documents_folder() / f"{tidy or 'report'}.xlsx"


def proposed_folder(name: str) -> Path:
    """The folder that is proposed for many reports: Documents/CX Desk/name. One that is there is used again."""
    return proposed_path(name).with_suffix("")


def free_path(path: Path, ours: frozenset[str] = frozenset()) -> Path:
    """The path, or with a number behind its name if there is a file already: an older report is never overwritten.

    ``ours`` are paths that were written since the program started; replacing those is what people expect.
    """
    free, number = path, 2
    while free.exists() and str(free) not in ours:
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
    return free


def shown_path(path: Path) -> str:
    """A place as people say it: from the folder of documents on, "Documents › CX Desk › Q3 – report.xlsx"."""
    documents = documents_folder().parent
    parts = path.parts
    if path.is_relative_to(documents):
        parts = (documents.name, *path.relative_to(documents).parts)
    elif path.is_relative_to(Path.home()):
        parts = path.relative_to(Path.home()).parts
    return " › ".join(part.strip("/\\") or part for part in parts)
