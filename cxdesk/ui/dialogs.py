"""The only place that opens the system's file dialogs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget  # noqa: TID251

SURVEY_FILES = ("xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "tsv", "txt", "sav", "zsav", "por", "dta", "zip", "gz")

OWN_FILES = ("cxd", "cxt")
"""Projects and templates: opened like a survey."""


def choose_survey(parent: QWidget, title: str, kind: str, folder: str) -> str:
    """Ask for a survey file; "" if the person changed their mind."""
    patterns = " ".join(f"*.{ending}" for ending in (*SURVEY_FILES, *OWN_FILES))
    path, _ = QFileDialog.getOpenFileName(parent, title, folder, f"{kind} ({patterns});;* (*)")
    return path


def choose_surveys(parent: QWidget, title: str, kind: str, folder: str) -> list[str]:
    """Ask for one or more survey files; [] if the person changed their mind."""
    patterns = " ".join(f"*.{ending}" for ending in (*SURVEY_FILES, *OWN_FILES))
    paths, _ = QFileDialog.getOpenFileNames(parent, title, folder, f"{kind} ({patterns});;* (*)")
    return paths


def choose_template(parent: QWidget, title: str, kind: str, folder: str) -> str:
    """Ask for a template; "" if the person changed their mind."""
    path, _ = QFileDialog.getOpenFileName(parent, title, folder, f"{kind} (*.cxt)")
    return path


def choose_folder(parent: QWidget, title: str, suggested: str) -> str:
    """Ask for a folder; "" if the person changed their mind."""
    return QFileDialog.getExistingDirectory(parent, title, suggested)


def choose_target(parent: QWidget, title: str, suggested: str, kinds: Sequence[tuple[str, str]]) -> str:
    """Ask where to save: ``kinds`` are (name, ending). The ending is added if it was not typed; "" if given up."""
    filters = ";;".join(f"{name} (*.{ending})" for name, ending in kinds)
    path, chosen = QFileDialog.getSaveFileName(parent, title, suggested, filters)
    if not path:
        return ""
    ending = next((ending for name, ending in kinds if chosen.startswith(f"{name} (")), kinds[0][1])
    known = {f".{each}" for _, each in kinds}
    return path if Path(path).suffix.lower() in known else f"{path}.{ending}"
