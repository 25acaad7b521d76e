"""Runs Windows programs on Linux: with the Wine of this machine, or with one inside a Debian root made for it.

Debian 12's own Wine 8 is too old for Qt 6; a root with Debian 13 has Wine 10 (the README beside this file makes one).
Its folder is named by the environment variable CXDESK_WINE_ROOT. Programs run in it through ``chroot`` in a mount
namespace of their own, where the folders that they need appear under the same names as outside; so a path means the
same on both sides, and nothing stays mounted.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import IO

from windows import wine_math

ROOT = "CXDESK_WINE_ROOT"
"""The environment variable that names a Debian root with Wine in it."""

_OLDEST = 9
"""Wine 8 and older cannot start Qt 6."""

_QUIET = {
    "WINEDEBUG": "-all",
    "WINEDLLOVERRIDES": f"mscoree,mshtml=;winemenubuilder.exe=d;{wine_math.OVERRIDE}",
    "XDG_RUNTIME_DIR": "/run",
}
"""Nothing about Wine's own doings, no offers to download a browser or .NET, nothing in the menus of this machine; the
completed C library."""

_ENTER = """
set -e
root="$1"
folder="$2"
shift 2
mount --bind /dev "$root/dev"
mount --bind /proc "$root/proc"
while [ "$1" != -- ]; do
    mkdir -p "$root$1"
    mount --bind "$1" "$root$1"
    shift
done
shift
exec chroot "$root" sh -c 'cd "$1"; shift; exec "$@"' sh "$folder" "$@"
"""
"""Enters a root: its path, the folder to start in, the folders to show, "--", and the command."""


@dataclass(frozen=True, slots=True)
class Wine:
    """A Wine with a Windows of its own: ``prefix`` is the folder that holds its drive C.

    ``root``: the Debian root that Wine lies in, or None for this machine's. ``shared``: the folders that programs in
    it may see besides the prefix.
    """

    prefix: Path
    root: Path | None = None
    shared: tuple[Path, ...] = ()

    @property
    def drive(self) -> Path:
        """The folder that Windows programs see as drive C."""
        return self.prefix / "drive_c"

    def run(
        self,
        *command: str,
        display: str = "",
        folder: Path | None = None,
        told: Mapping[str, str] | None = None,
        patience: float = 600,
    ) -> subprocess.CompletedProcess[str]:
        """Run a Windows program to its end; its exit status and what it printed.

        ``display`` is a screen's, ``told`` goes into its environment. Raises `subprocess.TimeoutExpired` after
        ``patience`` seconds.
        """
        # Not a pipe: what a program leaves running behind it, and be it Wine's own services, would hold that open.
        with (
            tempfile.TemporaryFile() as said,
            self.started(*command, display=display, folder=folder, told=told, output=said) as process,
        ):
            status = process.wait(patience)
            said.seek(0)
            return subprocess.CompletedProcess(command, status, said.read().decode("utf-8", "replace"), "")

    @contextlib.contextmanager
    def started(
        self,
        *command: str,
        display: str = "",
        folder: Path | None = None,
        told: Mapping[str, str] | None = None,
        output: IO[bytes] | None = None,
    ) -> Iterator[subprocess.Popen[bytes]]:
        """Start a Windows program, as in `run`; what still runs of it at the end of the block is ended."""
        process = subprocess.Popen(
            self._inside(("wine", *command), folder),
            env=self._environment() | _QUIET | {"DISPLAY": display} | dict(told or {}),
            cwd=folder if self.root is None else None,
            stdin=subprocess.DEVNULL,
            stdout=output or subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()

    @contextlib.contextmanager
    def screen(self) -> Iterator[str]:
        """Show windows on a screen that nobody sees; yields its DISPLAY."""
        reading, writing = os.pipe()
        command = ("Xvfb", "-displayfd", str(writing), "-screen", "0", "1440x900x24", "-nolisten", "tcp")
        process = subprocess.Popen(
            self._inside(command, None), pass_fds=(writing,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(writing)
        try:
            with os.fdopen(reading, encoding="ascii") as pipe:
                yield f":{pipe.readline().strip()}"
        finally:
            process.terminate()
            process.wait()

    @contextlib.contextmanager
    def running(self) -> Iterator[str]:
        """Make the Windows of the prefix, unless it is there, and let it run on a screen; yields its DISPLAY."""
        self.prefix.mkdir(parents=True, exist_ok=True)
        with self.screen() as display:
            self.run("wineboot", "--init", display=display, patience=300)
            self.settle()
            wine_math.complete(self.drive / "windows" / "system32")
            try:
                yield display
            finally:
                self.end()

    def settle(self) -> None:
        """Wait until every program of this Windows has ended and its registry is on disk."""
        self._server("--wait")

    def end(self) -> None:
        """End every program of this Windows."""
        self._server("--kill")

    def _server(self, order: str) -> None:
        subprocess.run(self._inside(("wineserver", order), None), env=self._environment(), check=False, timeout=120)

    def _environment(self) -> dict[str, str]:
        """Only what is needed of this machine's, so that nothing of it leaks into Windows programs."""
        known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return known | {"WINEPREFIX": str(self.prefix), "LANG": "C.UTF-8"}

    def _inside(self, command: Sequence[str], folder: Path | None) -> tuple[str, ...]:
        """The command as this machine has to start it."""
        if self.root is None:
            return tuple(command)
        seen = (str(path) for path in (self.prefix, *self.shared))
        return (
            "unshare",
            "--mount",
            "sh",
            "-c",
            _ENTER,
            "sh",
            str(self.root),
            str(folder or "/"),
            *seen,
            "--",
            *command,
        )


def found(prefix: Path, shared: Sequence[Path]) -> Wine | None:
    """Return the Wine that is at hand, or None."""
    if missing():
        return None
    root = os.environ.get(ROOT)
    return Wine(prefix, Path(root).resolve() if root else None, tuple(shared))


def missing() -> list[str]:
    """Return what this machine lacks to run Windows programs, one sentence each."""
    root = os.environ.get(ROOT)
    if not root:
        if _version() >= _OLDEST and shutil.which("Xvfb") is not None:
            return []
        return [f"Wine {_OLDEST} and Xvfb are missing; packaging/windows/README.md says how to make a root with them."]
    if not os.path.lexists(Path(root) / "usr/bin/wine"):
        return [f"{ROOT} names a folder without Wine; packaging/windows/README.md says how to make it."]
    return [] if os.geteuid() == 0 else [f"Entering the folder that {ROOT} names takes root: run this with sudo -E."]


def windows_path(path: Path) -> str:
    """Return how a Windows program under Wine calls a file of this machine."""
    return str(PureWindowsPath("Z:/", *path.absolute().parts[1:]))


def _version() -> int:
    if shutil.which("wine") is None:
        return 0
    said = subprocess.run(("wine", "--version"), capture_output=True, text=True, check=False).stdout
    digits = said.removeprefix("wine-").split(".")[0]
    return int(digits) if digits.isdigit() else 0
