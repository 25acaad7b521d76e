"""Collects the licence of everything that goes into the frozen program, so that it travels along.

Each library's own notice is taken from where it was installed; texts that a library does not carry lie in
``notices``. The result is a folder of texts with ``index.txt``, which names every part, its version and its licence.
"""

from __future__ import annotations

import importlib.metadata
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from product import NAME, ROOT, version

NOTICES = ROOT / "packaging" / "notices"
REQUIREMENTS = ROOT / "packaging" / "requirements.txt"

TOOLS = frozenset(
    {"altgraph", "macholib", "pefile", "pyinstaller-hooks-contrib", "pywin32-ctypes", "setuptools"},
)
"""What freezing needs and the program does not carry. PyInstaller itself stays in: its starter is part of the
program."""

OWN_TEXTS = {
    "pyside6-essentials": ("Qt.txt", "LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("Qt.txt", "LGPL-3.0.txt", "GPL-3.0.txt"),
    "rjieba": ("rjieba.txt",),
}
"""Texts for distributions that carry none, from ``notices``."""

NAMED = {
    "chardet": "0BSD",
    "contourpy": "BSD-3-Clause",
    "cycler": "BSD-3-Clause",
    "kiwisolver": "BSD-3-Clause",
    "matplotlib": "Matplotlib licence (PSF style)",
}
"""Licences by name where a distribution gives only the text."""

_NOTICE = re.compile(r"(licen[cs]e|copying|notice)", re.IGNORECASE)
_WORDS = 60


def collect(folder: Path) -> Path:
    """Write the notices of everything bundled into ``folder``, anew; returns it.

    Raises `LookupError` if a bundled distribution has no licence text anywhere.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    lines = [f"{NAME} {version()} is under the MIT licence (CXDesk.txt). It carries:", ""]
    shutil.copy(ROOT / "LICENSE", folder / "CXDesk.txt")
    shutil.copy(ROOT / "resources" / "fonts" / "LICENSE.txt", folder / "CX Desk Sans (OFL-1.1).txt")
    lines.append("CX Desk Sans, a renamed subset of Noto Sans CJK SC: SIL Open Font License 1.1")
    lines.append(f"Python {platform.python_version()}: {_python(folder)}")
    for name in bundled():
        lines.append(_distribution(name, folder))
    if sys.platform == "linux":
        lines += _system_libraries(folder)
    (folder / "index.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def bundled() -> list[str]:
    """Names of the distributions in the frozen program, from ``requirements.txt``."""
    names = re.findall(r"^([\w.-]+)==", REQUIREMENTS.read_text(encoding="utf-8"), re.MULTILINE)
    return [name for name in names if name.lower() not in TOOLS]


def texts(name: str) -> list[Path]:
    """The licence files of an installed distribution: its own, or ours for it. [] if there is none."""
    distribution = importlib.metadata.distribution(name)
    found = [
        Path(str(distribution.locate_file(path)))
        for path in distribution.files or []
        if _NOTICE.search(path.name) and path.suffix not in {".py", ".pyc", ".pyi"}
    ]
    return found or [NOTICES / text for text in OWN_TEXTS.get(name.lower(), ())]


def licence(name: str) -> str:
    """The name of a distribution's licence."""
    if name.lower() in NAMED:
        return NAMED[name.lower()]
    metadata = importlib.metadata.metadata(name)
    given = next((metadata[field] for field in ("License-Expression", "License") if field in metadata), "")
    first = given.strip().splitlines()[0] if given.strip() else ""
    return first if 0 < len(first) < _WORDS else "see its text"


def _distribution(name: str, folder: Path) -> str:
    found = texts(name)
    if not found:
        raise LookupError(
            f"{name} has no licence text; put it into packaging/notices and name it in licences.OWN_TEXTS."
        )
    own = folder / name
    for number, path in enumerate(found):
        # The same file name may come from several folders of one distribution.
        target = own / (path.name if not (own / path.name).exists() else f"{number}-{path.name}")
        target.parent.mkdir(exist_ok=True)
        content = path.read_text(encoding="utf-8", errors="replace")
        if path.parent == NOTICES:
            content = content.replace("{qt}", importlib.metadata.version(name))
        target.write_text(content, encoding="utf-8")
    return f"{name} {importlib.metadata.version(name)}: {licence(name)}"


def _python(folder: Path) -> str:
    """Copy Python's own licence; where a system's package has none beside its library, name where it can be read."""
    for place in (Path(sysconfig.get_path("stdlib")) / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt"):
        if place.exists():
            shutil.copy(place, folder / "Python.txt")
            return "Python Software Foundation License 2 (Python.txt)"
    return "Python Software Foundation License 2, https://docs.python.org/3/license.html"


def _system_libraries(folder: Path) -> list[str]:
    """Copy what Debian and its relatives know about the system libraries that go along (`contents.HOST_LIBRARIES`)."""
    lines = []
    for package in ("libxcb-cursor0", "libxcb1", "libxkbcommon0", "libffi8", "libbz2-1.0", "liblzma5"):
        place = Path("/usr/share/doc") / package / "copyright"
        if place.exists():
            shutil.copy(place, folder / f"{package}.txt")
            lines.append(f"{package} {_package_version(package)}: {package}.txt")
    return lines


def _package_version(package: str) -> str:
    try:
        asked = subprocess.run(
            ["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return ""
    return asked.stdout.strip()
