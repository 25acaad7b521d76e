"""What CX Desk is: its version, where its own files lie, its licence, and those of everything that comes with it.

The list of what comes with it is a resource, ``help/bundled.json``; a test compares it with the dependencies.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from PySide6.QtCore import qVersion

from cxdesk import __version__
from cxdesk.project.folders import data_folder, settings_folder
from cxdesk.resources import resource


@dataclass(frozen=True, slots=True)
class Part:
    """Something that comes with the program, by the names of its Python distributions if it has any."""

    name: str
    licence: str
    home: str
    distributions: tuple[str, ...] = ()


def parts() -> tuple[Part, ...]:
    """Everything that comes with the installed program."""
    listed = json.loads(resource("help", "bundled.json").read_text(encoding="utf-8"))
    return tuple(Part(part["name"], part["licence"], part["home"], tuple(part["distributions"])) for part in listed)


def with_facts(text: str) -> str:
    """Fill the gaps of the page about CX Desk: its version, Qt's, the folders, and the rows of its parts."""
    rows = [f"| {part.name} | {part.licence} | {part.home} |" for part in parts()]
    facts = {
        "version": __version__,
        "qt": qVersion(),
        "settings": f"`{settings_folder()}`",
        "data": f"`{data_folder()}`",
        "libraries": "\n".join(rows),
    }
    for gap, fact in facts.items():
        text = text.replace(f"{{{gap}}}", fact)
    return text
