"""Builds the file that installs itself, for people without administrator rights: ``CXDesk-<version>-<machine>.run``.

A double click, or ``sh CXDesk-....run``, puts the program below ``~/.local/opt``, a menu entry beside it, and starts
it.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from pathlib import Path

from product import BUILD, COMMAND

from linux import libraries, menu

SYSTEM = "linux"
HERE = Path(__file__).resolve().parent
_TREE = BUILD / "run"


def missing() -> list[str]:
    """Return what this machine lacks to build it, one sentence each."""
    if sys.platform != SYSTEM:
        return ["It can be built on Linux only, because the program is frozen for the system it is built on."]
    lacks = libraries.tools_missing()
    if shutil.which("makeself") is None:
        lacks.append("The tool that makes files which unpack themselves is missing: apt install makeself.")
    return lacks


def build(bundle: Path, version: str, out: Path) -> Path:
    """Wrap a frozen folder; returns the file. Raises `libraries.UnknownLibrary` and `subprocess.CalledProcessError`."""
    shutil.rmtree(_TREE, ignore_errors=True)
    shutil.copytree(bundle, _TREE / "program", symlinks=True)
    share = _TREE / "share"
    (share / "applications").mkdir(parents=True)
    (share / "mime" / "packages").mkdir(parents=True)
    entry = menu.desktop_entry(f'"@HOME@/{COMMAND}"', '"@HOME@/uninstall.sh" --ask')
    (share / "applications" / f"{COMMAND}.desktop").write_text(entry, encoding="utf-8")
    (share / "mime" / "packages" / f"{COMMAND}.xml").write_text(menu.mime_package(), encoding="utf-8")
    menu.put_icons(share / "icons" / "hicolor")
    needs = libraries.needs(bundle)
    for script in ("install.sh", "uninstall.sh"):
        target = _TREE / script
        target.write_text(filled((HERE / script).read_text(encoding="utf-8"), version, needs), encoding="utf-8")
        target.chmod(0o755)
    out.mkdir(parents=True, exist_ok=True)
    target = out / f"CXDesk-{version}-{platform.machine()}.run"
    # gzip, because small systems have no xz; no X11 terminal of its own, because the script tells in a window what
    # there is to tell.
    order = ["makeself", "--gzip", "--nox11", "--nowait", "--nochown", "--quiet", "--tar-quietly"]
    order += ["--tar-extra", "--owner=0 --group=0", str(_TREE), str(target), f"CX Desk {version}", "./install.sh"]
    subprocess.run(order, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(_TREE)
    return target


def filled(script: str, version: str, needs: libraries.Needs) -> str:
    """Return a script with what only the build knows put in."""
    packages = " ".join(package.split(" | ")[-1] for package in needs.depends()[1:])
    for gap, value in (
        ("MACHINE", platform.machine()),
        ("GLIBC", needs.glibc),
        ("PACKAGES", packages),
        ("VERSION", version),
    ):
        script = script.replace(f"@{gap}@", value)
    return script
