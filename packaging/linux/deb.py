"""Builds the Debian package: for Debian 12 and newer, Ubuntu 22.04 and newer, and what descends from them.

No script runs when it is installed or removed: menus, kinds of files and icons are brought up to date by the packages
that own them, so that nothing is left behind.
"""

from __future__ import annotations

import gzip
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

from freeze import size
from product import BUILD, COMMAND, IDENTITY, NAME, ROOT

from linux import libraries, menu

SYSTEM = "linux"
_TREE = BUILD / "deb"
_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}

_BUNDLED_STILL_NEEDS = ("fontconfig-config",)
"""Without its settings, fontconfig finds no fonts of the system; the bundled font is found anyway."""

_RECOMMENDED = ("desktop-file-utils", "hicolor-icon-theme", "shared-mime-info", "xdg-utils")
"""What brings menus and kinds of files up to date, and opens the finished report; every desktop has them."""


def missing() -> list[str]:
    """Return what this machine lacks to build the package, one sentence each."""
    if sys.platform != SYSTEM:
        return [
            "A Debian package can be built on Linux only, because the program is frozen for the system it is built on."
        ]
    lacks = libraries.tools_missing()
    if platform.machine() not in _ARCHITECTURES:
        lacks.append(f"There are no Debian packages for {platform.machine()} computers here.")
    if shutil.which("dpkg-deb") is None:
        lacks.append("The tool that writes Debian packages is missing: apt install dpkg.")
    return lacks


def build(bundle: Path, version: str, out: Path) -> Path:
    """Wrap a frozen folder; returns the package.

    Raises `libraries.UnknownLibrary` and `subprocess.CalledProcessError`.
    """
    shutil.rmtree(_TREE, ignore_errors=True)
    share = _TREE / "usr" / "share"
    home = _TREE / "usr" / "lib" / COMMAND
    home.parent.mkdir(parents=True)
    shutil.copytree(bundle, home, symlinks=True)
    _write(share / "applications" / f"{COMMAND}.desktop", menu.desktop_entry(f"/usr/bin/{COMMAND}"))
    _write(share / "mime" / "packages" / f"{COMMAND}.xml", menu.mime_package())
    _write(
        share / "metainfo" / f"{IDENTITY}.metainfo.xml", menu.metainfo(version, time.strftime("%Y-%m-%d", _moment()))
    )
    menu.put_icons(share / "icons" / "hicolor")
    command = _TREE / "usr" / "bin" / COMMAND
    command.parent.mkdir()
    command.symlink_to(f"../lib/{COMMAND}/{COMMAND}")
    _documents(share / "doc" / COMMAND, version)
    _write(_TREE / "DEBIAN" / "control", control(version, libraries.needs(bundle), size(_TREE)))
    _readable(_TREE)
    out.mkdir(parents=True, exist_ok=True)
    package = out / f"{COMMAND}_{version}_{_ARCHITECTURES[platform.machine()]}.deb"
    order = ["dpkg-deb", "--build", "--root-owner-group", "-Zxz", "-z6", str(_TREE), str(package)]
    subprocess.run(order, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(_TREE)
    return package


def control(version: str, needs: libraries.Needs, megabytes: float) -> str:
    """Return the package's description; ``megabytes`` is what it takes when installed."""
    depends = ", ".join([*needs.depends(), *_BUNDLED_STILL_NEEDS])
    description = "\n".join(
        [f" {line}" for line in _lines(menu.PARAGRAPHS[0][0])] + [" ."] + [f" {menu.PARAGRAPHS[1][0]}"]
    )
    return (
        f"Package: {COMMAND}\n"
        f"Version: {version}\n"
        f"Architecture: {_ARCHITECTURES[platform.machine()]}\n"
        f"Maintainer: {NAME} <{COMMAND}@localhost>\n"
        f"Installed-Size: {round(megabytes * 1e6 / 1024)}\n"
        f"Depends: {depends}\n"
        f"Recommends: {', '.join(_RECOMMENDED)}\n"
        "Section: misc\n"
        "Priority: optional\n"
        f"Description: {menu.SUMMARY[0]}\n{description}\n"
    )


def _documents(folder: Path, version: str) -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    carried = f"The licences of everything that it carries lie in /usr/lib/{COMMAND}/_internal/licences.\n"
    _write(folder / "copyright", f"{NAME}\n\n{licence}\n{carried}")
    changes = f"{COMMAND} ({version}) stable; urgency=medium\n\n  * See Help, What is new, in the program.\n\n"
    day = time.strftime("%a, %d %b %Y %H:%M:%S +0000", _moment())
    content = f"{changes} -- {NAME} <{COMMAND}@localhost>  {day}\n"
    (folder / "changelog.gz").write_bytes(gzip.compress(content.encode(), mtime=0))


def _moment() -> time.struct_time:
    """The time of the build, or the one that SOURCE_DATE_EPOCH asks for, so that two builds can be compared."""
    return time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", time.time())))


def _lines(text: str, width: int = 76) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _readable(tree: Path) -> None:
    """Everybody may read and start it, nobody but root may change it, whatever the builder's habits are."""
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            executable = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if executable else 0o644)
