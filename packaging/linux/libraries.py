"""Which libraries of the system the frozen program needs, read from its own files.

Every library that any file of the bundle names must either lie in the bundle or stand in `PACKAGES`; so the
dependencies of the Debian package are what was measured, and a library that nobody thought of stops the build.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libc.so.6": "libc6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb.so.1": "libxcb1",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
"""Library and the Debian package it comes from; with two names where Debian 13 and Ubuntu 24.04 renamed it."""

_PART_OF_LIBC = re.compile(r"(libdl|libm|libpthread|librt|libutil|libresolv|ld-linux-x86-64|ld-linux-aarch64)\.so")
_NEEDED = re.compile(rb"\(NEEDED\).*\[([^\]]+)\]")
_GLIBC = re.compile(rb"GLIBC_2\.(\d+)")


class UnknownLibrary(Exception):
    """A file of the bundle needs a library that is neither inside nor known as part of a Debian package."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a bundle needs: the libraries from outside, sorted, and the oldest glibc, as in "2.35"."""

    libraries: tuple[str, ...]
    glibc: str

    def depends(self) -> tuple[str, ...]:
        """The Debian packages, each once, glibc with its version."""
        packages = {PACKAGES[each] for each in self.libraries} - {"libc6"}
        return (f"libc6 (>= {self.glibc})", *sorted(packages))


def tools_missing() -> list[str]:
    """What is missing to look into the files."""
    return [] if shutil.which("readelf") else ["The tool that reads program files is missing: apt install binutils."]


def needs(bundle: Path) -> Needs:
    """Read every program file of a frozen folder. Raises `UnknownLibrary`."""
    inside = {path.name for path in bundle.rglob("*.so*")}
    wanted: dict[str, Path] = {}
    glibc = 0
    for path in program_files(bundle):
        content = path.read_bytes()
        glibc = max([glibc, *(int(minor) for minor in _GLIBC.findall(content))])
        said = subprocess.run(["readelf", "-d", str(path)], capture_output=True, check=True).stdout
        for name in _NEEDED.findall(said):
            wanted.setdefault(name.decode(), path)
    outside = sorted(name for name in wanted if name not in inside and not _PART_OF_LIBC.match(name))
    for name in outside:
        if name not in PACKAGES:
            raise UnknownLibrary(
                f"{wanted[name].name} needs {name}: bundle it (contents.py) or name its package (libraries.py)."
            )
    return Needs(tuple(outside), f"2.{glibc}")


def program_files(bundle: Path) -> list[Path]:
    """Programs and libraries in a folder, by their first bytes; links are left out."""
    return [
        path for path in sorted(bundle.rglob("*")) if path.is_file() and not path.is_symlink() and _is_program(path)
    ]


def _is_program(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) == b"\x7fELF"
