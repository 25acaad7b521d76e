"""A table that was copied in Excel, as a file that the reader can open."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData

from cxdesk.project.clock import now
from cxdesk.project.folders import private_folder


def pasted_table(data: QMimeData | None) -> Path | None:
    """Write the clipboard's text to a private file and return its path; None if it is not a table.

    A table has at least two lines and two columns. The folder can be read by this person only.
    """
    text = "" if data is None else data.text()
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or "\t" not in lines[0]:
        return None
    path = private_folder() / f"clipboard {now():%Y-%m-%d %H%M%S}.tsv"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
        stream.write(text)
    return path


def forget_pasted(paths: Iterable[Path]) -> None:
    """Delete pasted tables; one that cannot be deleted now is removed by a later start."""
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
