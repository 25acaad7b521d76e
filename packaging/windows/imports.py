"""Looks whether the frozen program has every library that its files import, without starting it.

A file that a computer lacks stops a program at its start with words that nobody understands, and the computer of
whoever built it has everything. So every import of every library is followed: it must lie where the loader will look,
or be a part of Windows since the oldest version that the program supports (Windows 10, build 17763).

    python packaging/windows/imports.py FOLDER
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pefile

WINDOWS = frozenset(
    {
        "advapi32.dll",
        "authz.dll",
        "bcrypt.dll",
        "bcryptprimitives.dll",
        "cfgmgr32.dll",
        "comctl32.dll",
        "comdlg32.dll",
        "crypt32.dll",
        "d2d1.dll",
        "d3d11.dll",
        "d3d12.dll",
        "d3d9.dll",
        "dbghelp.dll",
        "dnsapi.dll",
        "dwmapi.dll",
        "dwrite.dll",
        "dxgi.dll",
        "gdi32.dll",
        "imm32.dll",
        "iphlpapi.dll",
        "kernel32.dll",
        "mpr.dll",
        "msvcrt.dll",
        "netapi32.dll",
        "ntdll.dll",
        "ole32.dll",
        "oleaut32.dll",
        "pdh.dll",
        "powrprof.dll",
        "psapi.dll",
        "rpcrt4.dll",
        "secur32.dll",
        "setupapi.dll",
        "shcore.dll",
        "shell32.dll",
        "shlwapi.dll",
        "ucrtbase.dll",
        "uiautomationcore.dll",
        "user32.dll",
        "userenv.dll",
        "uxtheme.dll",
        "version.dll",
        "winmm.dll",
        "winspool.drv",
        "ws2_32.dll",
        "wtsapi32.dll",
    }
)
"""Libraries of Windows 10 since build 17763. Not ``icuuc.dll``: it came later and keeps Qt 6.10 from starting there."""

FAMILIES = ("api-ms-win-", "ext-ms-win-")
"""Names that Windows itself resolves."""

SEARCHED = frozenset({".", "_internal", "PySide6", "shiboken6"})
"""Folders that the loader looks into besides that of the importing file: the program's, and those that packages add."""

BUNDLED_LIBRARIES = ".libs"
"""Ends the name of a folder in which a package brings the libraries of its own modules, and adds it."""

_AMD64 = 0x8664


@dataclass(frozen=True, slots=True)
class Import:
    """``file``, a path in the bundle, imports ``library``; ``where`` says what it was found as, "" if it was not."""

    file: str
    library: str
    where: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What the files of a bundle import. ``foreign``: files that are not for 64-bit Windows."""

    files: int
    imports: tuple[Import, ...]
    foreign: tuple[str, ...]

    @property
    def lacking(self) -> tuple[Import, ...]:
        """The imports that would fail."""
        return tuple(each for each in self.imports if not each.where)

    @property
    def good(self) -> bool:
        """Whether the program has all that it imports."""
        return self.files > 0 and not self.lacking and not self.foreign

    def lines(self) -> Iterator[str]:
        """What a person wants to read: how many, what kind, and each that is wrong."""
        kinds = Counter(each.where for each in self.imports)
        found = ", ".join(f"{count} {where}" for where, count in sorted(kinds.items()) if where)
        yield f"{self.files} libraries and programs, {len(self.imports)} imports: {found}"
        system = {each.library for each in self.imports if each.where == "of Windows"}
        yield "of Windows: " + ", ".join(sorted(name for name in system if not name.startswith(FAMILIES)))
        yield from (f"NOT FOUND: {each.library}, imported by {each.file}" for each in self.lacking)
        yield from (f"NOT FOR 64-BIT WINDOWS: {name}" for name in self.foreign)


def look(bundle: Path) -> Findings:
    """Follow every import of every .exe, .dll and .pyd below ``bundle``."""
    paths = sorted(path for path in bundle.rglob("*") if path.suffix.lower() in {".exe", ".dll", ".pyd", ".drv"})
    places: dict[str, set[Path]] = {}
    for path in paths:
        places.setdefault(path.name.lower(), set()).add(path.parent)
    imports: list[Import] = []
    foreign: list[str] = []
    for path in paths:
        name = path.relative_to(bundle).as_posix()
        machine, libraries = _read(path)
        if machine != _AMD64:
            foreign.append(name)
        for library in sorted(libraries):
            imports.append(Import(name, library, _where(library, path, bundle, places.get(library, set()))))
    return Findings(len(paths), tuple(imports), tuple(foreign))


def _read(path: Path) -> tuple[int, set[str]]:
    """The machine that a file is for, and what it imports, at its start or when it is first needed."""
    kinds = ("IMAGE_DIRECTORY_ENTRY_IMPORT", "IMAGE_DIRECTORY_ENTRY_DELAY_IMPORT")
    with pefile.PE(str(path), fast_load=True) as image:
        image.parse_data_directories([pefile.DIRECTORY_ENTRY[kind] for kind in kinds])
        entries = [*getattr(image, "DIRECTORY_ENTRY_IMPORT", ()), *getattr(image, "DIRECTORY_ENTRY_DELAY_IMPORT", ())]
        return image.FILE_HEADER.Machine, {entry.dll.decode("ascii").lower() for entry in entries}


def _where(library: str, importer: Path, bundle: Path, places: set[Path]) -> str:
    if importer.parent in places:
        return "beside it"
    for place in places:
        folder = place.relative_to(bundle)
        if folder.name in SEARCHED or str(folder) in SEARCHED or folder.name.endswith(BUNDLED_LIBRARIES):
            return "in the bundle"
    return "of Windows" if library in WINDOWS or library.startswith(FAMILIES) else ""


def main() -> int:
    """Print what the files of a folder import; the exit status is 0 if all of it is there."""
    findings = look(Path(sys.argv[1]))
    print("\n".join(findings.lines()))
    return 0 if findings.good else 1


if __name__ == "__main__":
    sys.exit(main())
