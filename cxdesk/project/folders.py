"""Where the program keeps its own files, and how it writes them so that a crash never loses one."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

import platformdirs

_NAME = "CX Desk"
_PART = ".part"


def settings_folder() -> Path:
    """The folder for settings and remembered layouts, made if needed; CXDESK_HOME replaces it."""
    home = os.environ.get("CXDESK_HOME")
    folder = Path(home) if home else Path(platformdirs.user_config_dir(_NAME, appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def data_folder() -> Path:
    """The folder for what the program writes for itself, such as its log, made if needed; CXDESK_HOME replaces it.

    On Windows and macOS it is the folder of the settings.
    """
    home = os.environ.get("CXDESK_HOME")
    folder = Path(home) if home else Path(platformdirs.user_data_dir(_NAME, appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def private_folder() -> Path:
    """A folder that only this person can read, for pasted tables; emptied at each start."""
    return own_folder(settings_folder() / "private")


def own_folder(folder: Path) -> Path:
    """Make a folder that only this person can read, whatever it was before."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def documents_folder() -> Path:
    """The folder that reports are proposed for: Documents/CX Desk."""
    home = os.environ.get("CXDESK_HOME")
    return (Path(home) / "Documents" if home else Path(platformdirs.user_documents_dir())) / _NAME


def write_whole(path: Path, text: str) -> None:
    """Replace a file by new text: it holds the old or the new content at every moment, never a part.

    What a killed run left beside it is removed. Raises `OSError` if the folder cannot be written.
    """
    sweep(path)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.{os.getpid()}.", suffix=_PART)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
        _sync_folder(path.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def sweep(path: Path) -> None:
    """Remove what a run that was killed while writing a file left beside it."""
    for left in path.parent.glob(f"{path.name}.*{_PART}"):
        import psutil  # noqa: PLC0415 - only where something was left over

        process = left.name.removeprefix(f"{path.name}.").split(".")[0]
        if process.isdigit() and not psutil.pid_exists(int(process)):
            with contextlib.suppress(OSError):
                left.unlink()


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a loss of power, where the system can do that; the content is safe already."""
    if os.name != "nt":
        with contextlib.suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
