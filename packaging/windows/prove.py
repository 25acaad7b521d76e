"""Tries the setup program as a person would, in an empty Windows under Wine, and prints how each step went.

    python packaging/windows/prove.py [SETUP.EXE]

It installs without administrator rights, starts the program with a Chinese file in a Chinese folder, looks at every
page's picture and the report, tries to replace and to remove a program that runs, replaces an older version, removes
it, and lists what is left; then the same for all users. The exit status is 0 if every step went well. Where no Wine is
at hand it says so and nothing was tried.

Wine is not Windows: what an antivirus program or a guarded computer says to the file, nobody can find out here. Wine
runs every program as an administrator, so that none is needed is read from what setup changed, and from its manifest.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))

import pefile  # noqa: E402 - the path comes first
import trial  # noqa: E402
from product import BUILD, DIST, NAME, OWN_KINDS, SURVEY_KINDS, version  # noqa: E402

from windows import setup, wine  # noqa: E402

RUNNING = 3
"""The exit status of setup and remover while the program runs."""

_STARTING = 120.0
_TRYING = 600.0
_REMOVAL = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\CX Desk"


class Trial:
    """One Windows, one setup program, and the steps that are taken with them. Every step yields what is wrong."""

    def __init__(self, machine: wine.Wine, program: Path, display: str) -> None:
        """``program`` is the setup program, ``display`` the screen of the ``machine``."""
        self._machine = machine
        self._setup = str(program)
        self._display = display
        (self._home,) = (path for path in (machine.drive / "users").iterdir() if path.name != "Public")
        self._mine = self._home / "AppData/Local/Programs" / NAME
        self._everybody = machine.drive / "Program Files" / NAME
        self._settings = self._home / "AppData/Local" / NAME
        self._documents = self._home / "Documents" / "数据 目录"
        self._said = ""

    def steps(self) -> Iterator[tuple[str, Callable[[], Iterator[str]]]]:
        """Every step with what it tries, in order."""
        yield "asks for no administrator", self._asks_for_no_administrator
        yield "installs silently for this person", self._installs
        yield "is offered for survey files and owns its own", self._is_registered
        yield "opens the Chinese example, shows every page, writes the report", self._opens_the_example
        yield "does the same in Chinese", self._opens_the_example_in_chinese
        yield "is neither replaced nor removed while it runs", self._refuses_while_it_runs
        yield "replaces an older version as a whole", self._replaces
        yield "is removed, and leaves what is not its own", self._is_removed
        yield "installs for all users into Program Files", self._installs_for_everybody
        yield "opens a double-clicked project file", self._opens_by_type
        yield "is removed for all users", self._is_removed_for_everybody

    @property
    def said(self) -> str:
        """What the last step has to tell besides that it went well."""
        said, self._said = self._said, ""
        return said

    # --- the steps -----------------------------------------------------------------------------------------------

    def _asks_for_no_administrator(self) -> Iterator[str]:
        if "asInvoker" not in manifest(Path(self._setup)):
            yield "its manifest asks for other rights than the person has"

    def _installs(self) -> Iterator[str]:
        began = time.monotonic()
        status = self._run(self._setup, "/S")
        self._said = f"{time.monotonic() - began:.0f} s, {_megabytes(self._mine):.0f} MB"
        if status != 0:
            yield f"exit status {status}"
        for path in (self._program, self._menu, self._mine / "uninstall.exe", self._mine / "LICENSE.txt"):
            if not path.exists():
                yield f"{path.name} is not there"
        if self._everybody.exists() or _mentions(self._machine_registry()):
            yield "it wrote where only an administrator may"

    def _is_registered(self) -> Iterator[str]:
        yield from _unregistered(self._person_registry())
        if self._value(_REMOVAL, "DisplayVersion") != version():
            yield "the list of installed programs does not show this version"

    def _opens_the_example(self) -> Iterator[str]:
        yield from self._tries("试用")

    def _opens_the_example_in_chinese(self) -> Iterator[str]:
        """Wine takes the language from locales that the machine may not have; so it is chosen in the settings."""
        settings = self._settings / "settings.json"
        chosen = json.loads(settings.read_text(encoding="utf-8")) | {"language": "zh_CN"}
        settings.write_text(json.dumps(chosen), encoding="utf-8")
        yield from self._tries("试用 中文", "zh_CN")

    def _tries(self, name: str, language: str = "") -> Iterator[str]:
        """Let the program go through everything with a Chinese file in a Chinese folder, and judge what it leaves."""
        survey = self._documents / "调查 结果.xlsx"
        survey.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(trial.SAMPLE, survey)
        folder = self._documents / name
        status = self._run(str(self._program), wine.windows_path(survey), "--smoke", wine.windows_path(folder))
        verdict = trial.judge(folder, "windows", language=language)
        self._said = verdict.seen
        yield from verdict.problems
        if status != 0:
            yield f"exit status {status}"

    def _refuses_while_it_runs(self) -> Iterator[str]:
        before = _stamps(self._mine)
        with self._machine.started(str(self._program), display=self._display):
            if not self._is_seen_running():
                yield "the program did not start"
            replaced = self._run(self._setup, "/S")
            removed = self._remove_in_place()
            after = _stamps(self._mine)
            self._machine.end()
        self._said = f"exit status {replaced} and {removed}"
        if replaced != RUNNING or removed != RUNNING:
            yield f"it was not refused with exit status {RUNNING}"
        if after != before:
            yield "files were changed while the program ran"

    def _replaces(self) -> Iterator[str]:
        older = self._mine / "_internal" / "of_an_older_version.pyd"
        older.write_bytes(b"")
        (self._home / "Desktop" / f"{NAME}.lnk").unlink(missing_ok=True)
        self._write(_REMOVAL, "DisplayVersion", "0.0.1")
        status = self._run(self._setup, "/S")
        if status != 0:
            yield f"exit status {status}"
        if older.exists() or (self._mine / "before").exists():
            yield "files of the older version are still there"
        if self._value(_REMOVAL, "DisplayVersion") != version():
            yield "the list of installed programs shows the older version"
        if (self._home / "Desktop" / f"{NAME}.lnk").exists():
            yield "the link on the desktop that the person removed is back"
        if self._run(str(self._program), "--version") != 0:
            yield "it does not start"

    def _is_removed(self) -> Iterator[str]:
        own = self._mine / "我的报告.xlsx"
        shutil.copy(trial.SAMPLE, own)
        self._remove(self._mine)
        left = sorted(path for path in self._mine.rglob("*") if path.is_file())
        if left != [own]:
            yield f"{len(left)} files are left, not only the person's own"
        if self._menu.exists() or _mentions(self._person_registry()):
            yield "the menu or the registry still names it"
        kept = [path for folder in (self._documents, self._settings) for path in folder.rglob("*") if path.is_file()]
        if not any(path.suffix == ".xlsx" for path in kept) or not self._settings.exists():
            yield "documents or settings of the person are gone"
        own.unlink(missing_ok=True)
        self._mine.rmdir()
        self._said = f"left: {own.name}, {len(kept)} documents, pictures and settings of the person"

    def _installs_for_everybody(self) -> Iterator[str]:
        status = self._run(self._setup, "/ALLUSERS", "/S")
        if status != 0 or not (self._everybody / "cxdesk.exe").exists():
            yield f"exit status {status}, or it is not in {self._everybody.name}"
        yield from _unregistered(self._machine_registry())
        if self._mine.exists() or _mentions(self._person_registry()):
            yield "it wrote into the person's own folders or registry"

    def _opens_by_type(self) -> Iterator[str]:
        """Wine knows the types of all users only; those of one person it does not look up."""
        project = self._documents / "项目.cxd"
        project.write_bytes(b"")
        with self._machine.started("start", wine.windows_path(project), display=self._display):
            if not self._is_seen_running(project.name):
                yield "the double-click did not start the program with the file"
            self._machine.end()

    def _is_removed_for_everybody(self) -> Iterator[str]:
        self._remove(self._everybody)
        if self._everybody.exists() or _mentions(self._machine_registry()):
            yield "files or the registry still name it"

    # --- what they are made of -----------------------------------------------------------------------------------

    @property
    def _program(self) -> Path:
        return self._mine / "cxdesk.exe"

    @property
    def _menu(self) -> Path:
        return self._home / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs" / f"{NAME}.lnk"

    def _run(self, *command: str) -> int:
        return self._machine.run(*command, display=self._display, patience=_TRYING).returncode

    def _remove(self, folder: Path) -> None:
        """Run the remover, which goes on as a copy of itself after its own end."""
        self._run(str(folder / "uninstall.exe"), "/S")
        self._machine.settle()

    def _remove_in_place(self) -> int:
        """Run the remover where it lies, so that its own exit status is seen: with an argument that bears no quotes."""
        folder = self._windows(self._mine)
        orders = self._home / "remove.bat"
        orders.write_text(f'@"{folder}\\uninstall.exe" /S _?={folder}\r\n@exit /b %errorlevel%\r\n', encoding="ascii")
        status = self._run("cmd", "/c", self._windows(orders))
        orders.unlink()
        return status

    def _windows(self, path: Path) -> str:
        """How Windows calls a path on its drive C."""
        return "C:\\" + "\\".join(path.relative_to(self._machine.drive).parts)

    def _is_seen_running(self, named: str = "") -> bool:
        """Whether the program runs before long, with a file of this name if one is given, and has its window."""
        until = time.monotonic() + _STARTING
        while time.monotonic() < until:
            commands = [_command(path) for path in Path("/proc").glob("[0-9]*/cmdline")]
            if any("cxdesk.exe" in each and named in each and "start" not in each.split("\0")[0] for each in commands):
                return True
            time.sleep(0.2)
        return False

    def _person_registry(self) -> str:
        return self._registry("user.reg")

    def _machine_registry(self) -> str:
        return self._registry("system.reg")

    def _registry(self, name: str) -> str:
        """The registry as Wine writes it to a file once no program runs."""
        self._machine.settle()
        return (self._machine.prefix / name).read_text(encoding="utf-8", errors="replace")

    def _value(self, key: str, name: str) -> str:
        said = self._machine.run("reg", "query", rf"HKCU\{key}", "/v", name, display=self._display).stdout
        return said.split()[-1] if said.split() else ""

    def _write(self, key: str, name: str, value: str) -> None:
        self._run("reg", "add", rf"HKCU\{key}", "/v", name, "/d", value, "/f")


def _unregistered(registry: str) -> Iterator[str]:
    """Yield what is missing among the file types in a registry."""
    for kind in SURVEY_KINDS:
        key = _key(registry, rf"Software\Classes\.{kind.ending}\OpenWithProgids")
        if '"CXDesk.Survey"=""' not in key:
            yield f"it is not offered for .{kind.ending}"
        if "CXDesk" in _key(registry, rf"Software\Classes\.{kind.ending}"):
            yield f"it took .{kind.ending} from the program that opens it"
    for kind in OWN_KINDS:
        name = setup.TYPE_NAMES[kind.ending]
        if f'@="{name}"' not in _key(registry, rf"Software\Classes\.{kind.ending}"):
            yield f".{kind.ending} is not its own"
        if "cxdesk.exe" not in _key(registry, rf"Software\Classes\{name}\shell\open\command"):
            yield f".{kind.ending} does not start it"


def _key(registry: str, name: str) -> str:
    """The values of one key in a registry file of Wine."""
    head = "[" + name.replace("\\", "\\\\") + "]"
    _, found, rest = registry.partition(head)
    return rest.partition("\n[")[0] if found else ""


def _mentions(registry: str) -> bool:
    """Whether a registry still has a key or a value of the program; Wine's own lists of what ran do not count."""
    lines = [line.lower() for line in registry.splitlines() if "muicache" not in line.lower()]
    return any("cxdesk." in line or "\\\\cx desk" in line for line in lines)


def manifest(program: Path) -> str:
    """Return what a program tells Windows about itself: which rights it asks for, on which versions it runs."""
    with pefile.PE(str(program)) as image:
        for kind in image.DIRECTORY_ENTRY_RESOURCE.entries:
            if kind.id == pefile.RESOURCE_TYPE["RT_MANIFEST"]:
                data = kind.directory.entries[0].directory.entries[0].data.struct
                return bytes(image.get_data(data.OffsetToData, data.Size)).decode("utf-8")
    return ""


def _command(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _stamps(folder: Path) -> dict[str, tuple[int, int]]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in paths}


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def prove(program: Path, work: Path) -> int:
    """Take every step with a setup program; 0 if all went well, or if there is no Wine here to try it with."""
    lacking = wine.missing()
    if lacking:
        print("The setup program was not tried.", *lacking)
        return 0
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    machine = wine.found(work / "wine", (work, program.parent))
    assert machine is not None
    failed = 0
    with machine.running() as display:
        tried = Trial(machine, program, display)
        for name, step in tried.steps():
            began = time.monotonic()
            problems = list(step())
            failed += bool(problems)
            said = f" ({found})" if (found := tried.said) else ""
            print(f"{'FAILED' if problems else 'ok':6}  {time.monotonic() - began:4.0f} s  {name}{said}", flush=True)
            print(*(f"        {problem}\n" for problem in problems), sep="", end="", flush=True)
    print("everything went well" if not failed else f"{failed} steps failed")
    return 1 if failed else 0


def main() -> int:
    """Try the setup program that is named, or the one that was built last."""
    default = DIST / f"CXDesk-{version()}-setup.exe"
    program = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    if not program.is_file():
        print(f"{program.name} is not there; build it with: python packaging/build.py --target setup")
        return 1
    return prove(program.resolve(), BUILD / "prove" / "win32")


if __name__ == "__main__":
    sys.exit(main())
