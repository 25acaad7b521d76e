"""Freezes the program for the system this runs on: one folder with the program and everything it needs.

First the icons are drawn (`icons/make.py`), then PyInstaller follows `cxdesk.spec`, which collects the licences
(`licences.py`) and asks `contents.py` about every file; at last what was frozen is looked at: no stranger in it, and
it can say its version.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from contents import CAN_DO_WITHOUT, wanted
from icons import make as icons
from product import BUILD, COMMAND, ROOT, frozen_folder, version


class BuildFailed(Exception):
    """Something could not be built; the message says what and where to look, for the person who builds."""


def freeze(spec: Path = ROOT / "packaging" / "cxdesk.spec", folder: Path | None = None) -> Path:
    """Freeze a program with the running Python, which must have ``packaging/requirements.txt``.

    Returns the folder. Raises `BuildFailed`.
    """
    folder = folder or frozen_folder(sys.platform)
    work = _work(folder)
    icons.draw_all()
    work.mkdir(parents=True, exist_ok=True)
    log = work.with_suffix(".log")
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean"]
    command += ["--distpath", str(folder.parent), "--workpath", str(work), str(spec)]
    with log.open("w", encoding="utf-8") as stream:
        done = subprocess.run(
            command, stdout=stream, stderr=subprocess.STDOUT, cwd=ROOT, env=_environment(), check=False
        )
    if done.returncode != 0:
        raise BuildFailed(f"Freezing stopped. The reason stands at the end of {log}.")
    if sys.platform == "linux":
        _strip(folder)
    return folder


def check(folder: Path) -> None:
    """Look at a frozen folder made on this system: no stranger inside, nothing lost, and it starts.

    Raises `BuildFailed`.
    """
    lost = _lost(_work(folder) / COMMAND / f"warn-{COMMAND}.txt")
    if lost:
        raise BuildFailed(f"Left out by contents.py, but imported: {'; '.join(lost)}.")
    inside = folder / "_internal"
    strangers = [
        path
        for path in sorted(inside.rglob("*"))
        if path.is_file()
        and not path.is_symlink()
        and not wanted(path.relative_to(inside).as_posix(), "site-packages", sys.platform)
    ]
    if strangers:
        raise BuildFailed(f"The bundle holds files that should have stayed out: {', '.join(map(str, strangers[:5]))}.")
    if sys.platform == "linux":
        said = subprocess.run([folder / COMMAND, "--version"], capture_output=True, text=True, timeout=60, check=False)
        if version() not in said.stdout:
            raise BuildFailed(f"The frozen program does not say its version: {said.stdout} {said.stderr}")


def size(path: Path) -> float:
    """The size of a file or of all files in a folder, in millions of bytes; links are nothing."""
    files = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file() and not each.is_symlink()]
    return sum(each.stat().st_size for each in files) / 1e6


def _work(folder: Path) -> Path:
    """Where PyInstaller keeps what lies between: its log, its lists, what it could not find."""
    return BUILD / "freeze" / sys.platform / folder.name


def _lost(warnings: Path) -> list[str]:
    """Modules that were left out although a module in the bundle imports them as soon as it is imported itself."""
    lost = []
    for line in warnings.read_text(encoding="utf-8").splitlines():
        found = re.match(r"excluded module named '?([\w.]+)'? - imported by (.+)", line)
        importers = re.findall(r"([\w.]+) \(top-level\)", found[2]) if found else []
        lost += [f"{found[1]} by {each}" for each in importers if found and not CAN_DO_WITHOUT.fullmatch(each)]
    return lost


def _environment() -> dict[str, str]:
    # Hashes of names decide about the order of some sets; the same source should give the same bundle.
    return os.environ | {"PYTHONHASHSEED": "1", "PYTHONPATH": ""}


def _strip(folder: Path) -> None:
    """Take the developers' tables out of Python itself, where the building Python was made with them: up to 20 MB.

    Not out of the libraries in wheels: their files were arranged by a tool that stripping undoes.
    """
    if shutil.which("strip") is None:
        return
    inside = folder / "_internal"
    for path in [*inside.glob("libpython3*.so*"), *inside.glob("python3*/lib-dynload/*.so")]:
        subprocess.run(["strip", "--strip-unneeded", str(path)], check=True)
