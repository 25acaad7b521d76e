"""Takes away what the program remembers about the files that were opened in it."""

from __future__ import annotations

import contextlib
from pathlib import Path

from cxdesk.project import autosave, store
from cxdesk.project.backups import forget_backups
from cxdesk.project.folders import settings_folder, sweep
from cxdesk.project.package import is_package
from cxdesk.render.excel import save


def forget_files() -> None:
    """Empty the list of recent files, and forget what was set up for each of them and the older copies of projects."""
    store.clear_recent()
    autosave.forget()
    forget_backups()


def sweep_up() -> None:
    """Remove the halves that a run which was killed while writing left behind: at each start, in the background."""
    own = settings_folder()
    for folder in (own, own / "work"):
        with contextlib.suppress(OSError):
            for left in list(folder.glob("*.part")):
                sweep(left.with_name(".".join(left.name.split(".")[:-3])))
    for file in store.recent_files():
        if is_package(file.path):
            with contextlib.suppress(OSError):
                save.sweep(Path(file.path))
    with contextlib.suppress(OSError):
        for left in list((own / "backups").glob("*/.*.tmp")):
            stem = left.name.removeprefix(".").rsplit(".", 2)[0]
            save.sweep(left.with_name(f"{stem}.cxd"))
