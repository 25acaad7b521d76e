"""Where the program keeps its own files, and how it writes them so that a crash never loses one."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

import platformdirs

_NAME = "CX Desk"


def settings_folder() -> Path:
    """The folder for settings and remembered layouts, made if needed; CXDESK_HOME replaces it."""
    home = os.environ.get("CXDESK_HOME")
    folder = Path(home) if home else Path(platformdirs.user_config_dir(_NAME, appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def private_folder() -> Path:
    """A folder that only this person can read, for pasted tables and chart caches; emptied at each start."""
    folder = settings_folder() / "private"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def documents_folder() -> Path:
    """The folder that reports are proposed for: Documents/CX Desk."""
    home = os.environ.get("CXDESK_HOME")
    return (Path(home) / "Documents" if home else Path(platformdirs.user_documents_dir())) / _NAME


def write_whole(path: Path, text: str) -> None:
    """Replace a file by new text: it holds the old or the new content at every moment, never a part.

    Raises `OSError` if the folder cannot be written.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
