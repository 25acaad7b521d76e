"""Makes a Windows Python out of wheels, on Linux, so that the Windows program can be frozen under Wine.

The interpreter itself (python311.dll with its extension modules, signed by the Python Software Foundation) lies in the
Windows wheel of panda3d; its library in Python's own words is the same on every system and is taken from the Python
that runs this. A launcher of ten lines and a ``python3.dll`` that hands every name on to python311.dll are compiled.
The packages are the ordinary wheels for Windows, in the versions of ``packaging/requirements.txt``.

For every-day checks and as a way out. What people get is built by the hosted workflow on Windows with python.org's
Python, which needs nothing of this.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pefile

HERE = Path(__file__).resolve().parent
COMPILER = "x86_64-w64-mingw32-gcc"
CARRIER = "panda3d==1.10.16"
"""The wheel that the Windows interpreter lies in; 1.10.16 has Python 3.11.9."""

PARTS = "deploy_libs/"
BESIDE = frozenset({"python311.dll", "vcruntime140.dll"})
"""What has to lie beside python.exe; the rest goes to ``DLLs``, where Python looks for its extension modules."""

UNUSED = ("api-ms-win-", "tcl86t", "tk86t", "_tkinter", "winsound", "_msi")
"""Parts of Windows itself since version 10, and what the program never imports."""

LEFT_OUT = shutil.ignore_patterns(
    "site-packages",
    "lib-dynload",
    "test",
    "tests",
    "__pycache__",
    "config-*",
    "idlelib",
    "turtledemo",
    "ensurepip",
    "tkinter",
)


def missing() -> list[str]:
    """Return what this machine lacks to make a Windows Python, one sentence each."""
    lacks = []
    if shutil.which(COMPILER) is None:
        lacks.append("The compiler for Windows is missing: apt install gcc-mingw-w64-x86-64-win32.")
    if sys.version_info[:2] != (3, 11):
        lacks.append("The Windows Python is 3.11 and needs the library of a Python 3.11: run this with one.")
    return lacks


def make(folder: Path, requirements: Iterable[Path]) -> Path:
    """Make a Windows Python with the packages of ``requirements`` in ``folder``; returns its python.exe.

    Raises `subprocess.CalledProcessError` if a download or the compiler fails.
    """
    shutil.rmtree(folder, ignore_errors=True)
    downloads = folder / "downloads"
    downloads.mkdir(parents=True)
    _download(CARRIER, downloads)
    (carrier,) = downloads.glob("panda3d-*.whl")
    _unpack(carrier, folder)
    shutil.rmtree(downloads)
    shutil.copytree(sysconfig.get_path("stdlib"), folder / "Lib", ignore=LEFT_OUT)
    _compile(folder)
    _install(requirements, folder / "Lib" / "site-packages")
    return folder / "python.exe"


def _download(what: str, folder: Path) -> None:
    _pip("download", "--no-deps", "--dest", str(folder), what)


def _install(requirements: Iterable[Path], target: Path) -> None:
    named = [part for path in requirements for part in ("--requirement", str(path))]
    _pip("install", "--no-deps", "--no-compile", "--target", str(target), *named)


def _pip(verb: str, *arguments: str) -> None:
    """Let pip choose wheels for 64-bit Windows; without their dependencies, which the requirements name in full."""
    chosen = ("--only-binary", ":all:", "--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp")
    abis = ("--abi", "cp311", "--abi", "abi3", "--abi", "none")
    command = (sys.executable, "-m", "pip", verb, "-qq", "--disable-pip-version-check", *chosen, *abis, *arguments)
    subprocess.run(command, check=True)


def _unpack(carrier: Path, folder: Path) -> None:
    extensions = folder / "DLLs"
    extensions.mkdir()
    with zipfile.ZipFile(carrier) as wheel:
        for name in wheel.namelist():
            file = name.removeprefix(PARTS)
            if name == file or "/" in file or file.lower().startswith(UNUSED):
                continue
            if file.lower().endswith((".dll", ".pyd")):
                place = folder if file.lower() in BESIDE else extensions
                (place / file).write_bytes(wheel.read(name))


def _compile(folder: Path) -> None:
    """Compile python.exe, and python3.dll for extension modules that keep to Python's stable interface."""
    library = folder / "python311.dll"
    launcher = folder / "python.exe"
    subprocess.run(
        (COMPILER, "-O2", "-s", "-municode", str(HERE / "launcher.c"), str(library), "-o", str(launcher)), check=True
    )
    names = _exports(library)
    definitions = folder / "python3.def"
    lines = ["LIBRARY python3.dll", "EXPORTS", *(f"  {name}=python311.{name}" for name in names)]
    definitions.write_text("\n".join(lines) + "\n", encoding="ascii")
    subprocess.run(
        (COMPILER, "-shared", "-nostdlib", "-s", "-Wl,-e,0", str(definitions), "-o", str(folder / "python3.dll")),
        check=True,
    )
    definitions.unlink()


def _exports(library: Path) -> list[str]:
    with pefile.PE(str(library), fast_load=True) as image:
        image.parse_data_directories([pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_EXPORT"]])
        return sorted(symbol.name.decode("ascii") for symbol in image.DIRECTORY_ENTRY_EXPORT.symbols if symbol.name)
