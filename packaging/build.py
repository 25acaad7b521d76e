"""Builds the installers that this machine can build, and says what it cannot and why.

    python packaging/build.py [--target deb|run|setup|dmg] [--bundle FOLDER]

Without a target everything that can be built here is. If the Python that runs this has not exactly the packages of
``packaging/requirements.txt``, an environment of its own is made in ``build/venv`` first. Installers arrive in
``dist``.
"""

from __future__ import annotations

import argparse
import functools
import importlib
import importlib.metadata
import os
import re
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from product import BUILD, DIST, ROOT, version

TARGETS = {"deb": "linux.deb", "run": "linux.run", "setup": "windows.setup", "dmg": "macos.dmg"}
REQUIREMENTS = ROOT / "packaging" / "requirements.txt"
_PIN = re.compile(r"^([\w.-]+)==([\w.]+)(?:; *sys_platform == \"(\w+)\")?$")
_PYTHONS = ((3, 11), (3, 13))
_PREPARED = "CXDESK_BUILD_PREPARED"
"""Set for the second start, in the environment that was made: what is still missing then will not come."""


def main() -> int:
    """Build and print a table; 0 if everything that was asked for exists."""
    parser = argparse.ArgumentParser(description="Build the installers of CX Desk.")
    parser.add_argument("--target", action="append", choices=sorted(TARGETS), help="only this one; can be repeated")
    parser.add_argument("--bundle", type=Path, help="a frozen program that exists already, instead of freezing")
    arguments = parser.parse_args()
    if not _PYTHONS[0] <= sys.version_info[:2] <= _PYTHONS[1]:
        print(f"Building needs Python 3.11, 3.12 or 3.13; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 1
    lacking = differences()
    if lacking:
        return _again_in_own_environment(lacking)
    return build(arguments.target or [], arguments.bundle)


def build(wished: list[str], bundle: Path | None = None) -> int:
    """Build the targets in ``wished``, or all that can be built; returns the exit status."""
    table = _Table()
    failed = False
    frozen: dict[str, Path] = {} if bundle is None else {sys.platform: bundle}
    hopeless: set[str] = set()
    for target in wished or TARGETS:
        module = importlib.import_module(TARGETS[target])
        reasons: list[str] = module.missing()
        if module.SYSTEM in hopeless:
            reasons = [f"The program for {module.SYSTEM} could not be frozen."]
        if reasons:
            print(f"{target}: cannot be built here.", *reasons, sep="\n    ")
            failed = failed or target in wished
            continue
        try:
            if module.SYSTEM not in frozen:
                hopeless.add(module.SYSTEM)
                frozen[module.SYSTEM] = table.timed(f"program for {module.SYSTEM}", _freezer(module))
                hopeless.remove(module.SYSTEM)
            table.timed(target, functools.partial(module.build, frozen[module.SYSTEM], version(), DIST))
        except Exception as problem:  # noqa: BLE001 - whatever happened, the other targets are still built
            print(f"{target}: {type(problem).__name__}: {problem}", file=sys.stderr)
            failed = True
    table.print()
    return 1 if failed else 0


def differences() -> list[str]:
    """What the running Python has not in the version that ``requirements.txt`` names, as pip writes it."""
    lacking = []
    for line in REQUIREMENTS.read_text(encoding="utf-8").splitlines():
        pin = _PIN.match(line.strip())
        if pin is None or pin[3] not in (None, sys.platform):
            continue
        try:
            found = importlib.metadata.version(pin[1])
        except importlib.metadata.PackageNotFoundError:
            found = ""
        if found != pin[2]:
            lacking.append(f"{pin[1]}=={pin[2]}")
    return lacking


def _freezer(module: ModuleType) -> Callable[[], Path]:
    """What freezes the program that an installer wraps: here, or for another system in that system's own way."""
    if sys.platform == module.SYSTEM:
        return _freeze_here
    return lambda: Path(module.freeze(version(), BUILD / "freeze" / module.SYSTEM))


def _freeze_here() -> Path:
    # Imported late: it needs the packages that the first start may still have to install.
    from freeze import check, freeze  # noqa: PLC0415

    folder = freeze()
    check(folder)
    return folder


def _again_in_own_environment(lacking: list[str]) -> int:
    """Make ``build/venv`` with the pinned packages and start this again with its Python."""
    home = BUILD / "venv"
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if _PREPARED in os.environ:
        print(f"{sys.executable} still has not {', '.join(lacking)}.", file=sys.stderr)
        return 1
    print(f"Preparing {home} with the packages of {REQUIREMENTS.relative_to(ROOT)} ...", flush=True)
    if not python.exists():
        venv.EnvBuilder(with_pip=True, clear=True).create(home)
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(REQUIREMENTS)]
    if subprocess.run(install, check=False).returncode != 0:
        print(
            "The packages could not be installed; without a network, point pip at a folder of wheels.", file=sys.stderr
        )
        return 1
    return subprocess.run(
        [str(python), *sys.argv], env=os.environ | {_PREPARED: "1", "PYTHONPATH": ""}, check=False
    ).returncode


class _Table:
    """What was built: how large it is, how long it took."""

    def __init__(self) -> None:
        self._rows: list[tuple[str, Path, float]] = []

    def timed(self, name: str, work: Callable[[], Path]) -> Path:
        """Do one piece of work and remember what came of it."""
        print(f"{name} ...", flush=True)
        begun = time.monotonic()
        path = work()
        self._rows.append((name, path, time.monotonic() - begun))
        return path

    def print(self) -> None:
        """Print what was remembered."""
        from freeze import size  # noqa: PLC0415

        if self._rows:
            print(f"\n{'what':20} {'MB':>7} {'seconds':>8}  where")
        for name, path, seconds in self._rows:
            shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
            print(f"{name:20} {size(path):7.1f} {seconds:8.0f}  {shown}")


if __name__ == "__main__":
    sys.exit(main())
