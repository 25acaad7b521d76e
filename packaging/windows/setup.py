"""Builds the setup program for Windows; on Linux it freezes the Windows program as well, under Wine.

On Windows it wraps what `packaging/build.py` froze there. On Linux it makes a Windows Python out of wheels, freezes the
same specification with it, and wraps the result: the same program to the last module, for trying every day what only
the hosted workflow builds for people.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from freeze import BuildFailed
from icons import make as icons
from product import OWN_KINDS, ROOT, SURVEY_KINDS, FileKind, frozen_folder

from windows import imports, interpreter, wine
from windows.version_info import four_numbers

SYSTEM = "win32"
HERE = Path(__file__).resolve().parent

TYPE_WORDS = {"cxd": "$(ProjectType)", "cxt": "$(TemplateType)"}
"""What Windows shows as the type of our own files: words of english.nsh and simpchinese.nsh."""

TYPE_NAMES = {"cxd": "CXDesk.Project", "cxt": "CXDesk.Template"}
"""What the registry calls them."""

TYPE_ICONS = {"cxd": "cxdesk-project.ico", "cxt": "cxdesk-template.ico"}

_USUAL_PLACE = Path("C:/Program Files (x86)/NSIS/makensis.exe")
_MARKER = re.compile(r"""\s*;\s*sys_platform\s*==\s*["'](\w+)["']\s*$""")
_FREEZING = 1800.0
"""Seconds: on a busy machine Wine is slow."""


def missing() -> list[str]:
    """Return what this machine lacks to build the setup program, one sentence each."""
    lacks = []
    if _compiler() is None:
        lacks.append("The compiler of the setup program is missing: apt install nsis, or NSIS 3 for Windows.")
    if sys.platform == "linux":
        lacks += interpreter.missing() + wine.missing()
    elif sys.platform != SYSTEM:
        lacks.append("The Windows program can be frozen on Windows, or on Linux under Wine.")
    return lacks


def freeze(version: str, work: Path) -> Path:
    """Freeze the Windows program on Linux, with ``work`` for all that lies in between; returns the frozen folder.

    Raises `BuildFailed` if PyInstaller or the program that it made does not do what it should.
    """
    work = work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    folder = frozen_folder(SYSTEM)
    folder.parent.mkdir(parents=True, exist_ok=True)
    icons.draw_all()
    python = _python(work)
    machine = wine.found(work / "wine", (work, ROOT))
    if machine is None:
        raise BuildFailed(" ".join(wine.missing()))
    with machine.running() as display:
        order = ("-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN")
        places = ("--distpath", str(folder.parent), "--workpath", str(work / folder.name))
        specification = str(HERE.parent / "cxdesk.spec")
        ran = machine.run(str(python), *order, *places, specification, display=display, folder=ROOT, patience=_FREEZING)
        if ran.returncode != 0:
            raise BuildFailed(f"Freezing for Windows stopped:\n{ran.stdout[-3000:]}")
        said = machine.run(str(folder / "cxdesk.exe"), "--version", display=display, patience=120)
    if said.returncode != 0:
        raise BuildFailed(f"The frozen Windows program {version} does not start: {said.stdout[-1000:]}")
    return folder


def build(bundle: Path, version: str, out: Path) -> Path:
    """Wrap a frozen folder into a setup program in ``out``; returns its path.

    Raises `BuildFailed` if a file of the bundle imports a library that is neither in it nor in Windows, and
    `subprocess.CalledProcessError` if the compiler fails.
    """
    findings = imports.look(bundle)
    print("\n".join(findings.lines()))
    compiler = _compiler()
    if not findings.good or compiler is None:
        raise BuildFailed("The Windows program is not whole." if compiler else " ".join(missing()))
    out.mkdir(parents=True, exist_ok=True)
    target = out.resolve() / f"CXDesk-{version}-setup.exe"
    types = bundle.parent.resolve() / "types.nsh"
    types.write_text("\n".join(type_lines()) + "\n", encoding="utf-8")
    told = {
        "VERSION": version,
        "NUMBERS": ".".join(map(str, four_numbers(version))),
        "BUNDLE": str(bundle.resolve()),
        "ICONS": str(icons.FOLDER),
        "TYPES": str(types),
        "LICENCE": str(ROOT / "LICENSE"),
        "SIZE": str(sum(path.stat().st_size for path in bundle.rglob("*")) // 1024),
        "OUT": str(target),
    }
    definitions = [f"-D{name}={value}" for name, value in told.items()]
    command = (str(compiler), "-V2", "-WX", "-INPUTCHARSET", "UTF8", *definitions, str(HERE / "cxdesk.nsi"))
    subprocess.run(command, check=True)
    types.unlink()
    return target


def windows_pins() -> Iterator[str]:
    """Yield the pinned requirements that hold on Windows; pip would ask this machine which ones those are."""
    for line in (HERE.parent / "requirements.txt").read_text(encoding="utf-8").splitlines():
        system = _MARKER.search(line)
        if system is None or system[1] == SYSTEM:
            yield _MARKER.sub("", line)


def type_lines() -> Iterator[str]:
    """Yield two NSIS macros that do something with every file type: those offered, and our own."""
    yield "!macro SurveyTypes DO"
    yield from (f"    !insertmacro ${{DO}} {kind.ending}" for kind in SURVEY_KINDS)
    yield "!macroend"
    yield "!macro OwnTypes DO"
    yield from (f"    !insertmacro ${{DO}} {_own_type(kind)}" for kind in OWN_KINDS)
    yield "!macroend"


def _own_type(kind: FileKind) -> str:
    ending = kind.ending
    return f'{ending} {TYPE_NAMES[ending]} "{TYPE_WORDS[ending]}" {TYPE_ICONS[ending]}'


def _python(work: Path) -> Path:
    """The Windows Python below ``work``, made anew if it is not there or its packages are others."""
    python = work / "python" / "python.exe"
    pins = "\n".join(windows_pins()) + "\n"
    kept = python.with_name("requirements.txt")
    if not (python.is_file() and kept.is_file() and kept.read_text(encoding="utf-8") == pins):
        wanted = work / "requirements.txt"
        wanted.write_text(pins, encoding="utf-8")
        interpreter.make(python.parent, [wanted])
        shutil.move(wanted, kept)
    return python


def _compiler() -> Path | None:
    found = shutil.which("makensis")
    if found is not None:
        return Path(found)
    return _USUAL_PLACE if _USUAL_PLACE.is_file() else None
