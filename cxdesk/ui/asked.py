"""What the program was asked for when it was started: files to open, and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QDir, QUrl

from cxdesk.project.restart import AGAIN, STOPPED

_SMOKE = "CXDESK_SMOKE"


@dataclass(frozen=True, slots=True)
class Asked:
    """``paths`` are absolute; ``smoke`` is the folder for a trial without a person, "" if a person starts it.

    ``again``: the window that started this one is about to close. ``stopped``: the process that had to stop, if this
    start is there to say so; 0 otherwise.
    """

    paths: tuple[str, ...] = ()
    smoke: str = ""
    again: bool = False
    stopped: int = 0


def asked(arguments: Sequence[str], environment: Mapping[str, str]) -> Asked:
    """Read the command line; what a desktop adds to it and nobody knows is left out."""
    paths: list[str] = []
    smoke = environment.get(_SMOKE, "")
    again, stopped = False, 0
    rest = iter(arguments)
    for word in rest:
        if word == "--smoke":
            smoke = next(rest, smoke)
        elif word == STOPPED:
            number = next(rest, "")
            stopped = int(number) if number.isdecimal() else 0
        elif word == AGAIN:
            again = True
        elif word and not word.startswith("-"):
            paths.append(_path(word))
    return Asked(tuple(path for path in paths if path), _path(smoke), again, stopped)


def _path(word: str) -> str:
    """An absolute path; a desktop may give a file as an address. "" for what is no file on this computer."""
    if word.lower().startswith("file:"):
        word = QUrl(word).toLocalFile()
    return QDir.cleanPath(QDir.current().absoluteFilePath(word)) if word else ""
