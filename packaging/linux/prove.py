"""Proves that the Linux installers do what they promise, in a clean Debian without Python, fonts and network.

    sudo python packaging/linux/prove.py [FILE.deb] [FILE.run]

Installs, opens a Chinese survey as a double click does, looks at every page and at the report, removes, and lists
what is left. Each step's result is printed; the status is 0 if all went well, 1 if one failed, 2 if this machine
cannot do it. Pictures of the pages stay in ``build/prove/pages-deb`` and ``build/prove/pages-run``.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from product import COMMAND, DIST, IDENTITY, OWN_KINDS, ROOT, SURVEY_KINDS, version
from trial import judge

from linux import clean_root
from linux.clean_root import FOLDER, PERSON, CleanRoot, ClosedRoot

_SAMPLE = ROOT / "resources" / "samples" / "store_zh.xlsx"
_SURVEY = f"{PERSON}/数据 目录/门店 问卷 2025.xlsx"
_SMOKE = f"{PERSON}/smoke"
_MADE_BY_PERSON = ("数据 目录", "smoke", ".cache", ".config/CX Desk", ".local/share/CX Desk", "Documents")
"""What a person's use leaves in their own folder: the survey, what this test asked for, settings and the log."""

_OF_THE_SYSTEM = (
    "var/lib/dpkg",
    "var/log",
    "var/cache",
    "etc/ld.so.cache",
    "usr/share/mime",
    "usr/share/applications/mimeinfo.cache",
    "root",
    "run",
)
"""What any installation of any package changes: lists and caches; that they do not mention us any more is looked at."""


class Steps:
    """Prints each step with its result, and remembers whether all went well."""

    def __init__(self) -> None:
        self.failed = 0

    def do(self, name: str, work: Callable[[], str | None]) -> bool:
        """Do one step; what it returns is shown beside it. A step that raises has failed."""
        begun = time.monotonic()
        try:
            note = work() or ""
        except (AssertionError, ClosedRoot, OSError, subprocess.SubprocessError, KeyError, ValueError) as problem:
            self.failed += 1
            print(f"FAILED  {name}: {problem}", flush=True)
            return False
        print(f"ok      {name}{': ' if note else ''}{note} ({time.monotonic() - begun:.1f} s)", flush=True)
        return True


def main() -> int:
    """Prove what is given, or what lies in ``dist``; returns the exit status."""
    reasons = clean_root.missing()
    if reasons:
        print("The Linux installers cannot be tried here.", *reasons, sep="\n    ")
        return 2
    given = [Path(each).resolve() for each in sys.argv[1:]] or [
        *DIST.glob(f"{COMMAND}_{version()}_*.deb"),
        *DIST.glob(f"CXDesk-{version()}-*.run"),
    ]
    if not given:
        print("There is nothing to prove. Build first: python packaging/build.py")
        return 2
    steps = Steps()
    with clean_root.screen() as display:
        for package in given:
            print(f"\n{package.name} in a clean Debian ({clean_root.SUITE})")
            (_prove_deb if package.suffix == ".deb" else _prove_run)(package, display, steps)
    print(f"\n{'every step went well' if not steps.failed else f'{steps.failed} steps failed'}")
    return 1 if steps.failed else 0


def _prove_deb(package: Path, display: str, steps: Steps) -> None:
    root = CleanRoot("deb")
    if not steps.do("a clean system", lambda: _made(root, package)):
        return
    before = root.files()
    root.give("/srv/cxdesk.deb", package)
    install = "dpkg -i /srv/cxdesk.deb"
    if not steps.do("installs, all dependencies are stated", lambda: _said(root.run(install, person=False))):
        return
    steps.do("menu entry and store page are valid", lambda: _valid(root, "/usr/share"))
    _use(root, display, steps, "deb")
    steps.do("installs again over itself", lambda: _said(root.run(install, person=False)))
    steps.do("is removed", lambda: _said(root.run(f"dpkg -P {COMMAND} && rm /srv/cxdesk.deb", person=False)))
    steps.do("nothing of it is left", lambda: _nothing_left(root, before))
    steps.do("the person's own files are left", lambda: _own_files(root))
    root.remove()


def _prove_run(package: Path, display: str, steps: Steps) -> None:
    root = CleanRoot("run")
    deb = next(iter(sorted(package.parent.glob(f"{COMMAND}_*.deb"))), None)
    if not steps.do("a clean system", lambda: _made(root, deb)):
        return
    root.give(f"{PERSON}/下载/{package.name}", package)
    before = root.files()
    # A file from a mail or a browser may not be executable; sh runs it all the same.
    install = f'sh "{PERSON}/下载/{package.name}"'
    if not steps.do("installs without administrator rights", lambda: _last_line(root.run(install))):
        return
    steps.do("menu entry is valid", lambda: _valid(root, f"{PERSON}/.local/share"))
    _use(root, display, steps, "run")
    steps.do("refuses to upgrade while it runs", lambda: _refuses(root, display, install))
    steps.do("upgrades in place", lambda: _last_line(root.run(install)))
    steps.do("is removed", lambda: _last_line(root.run(f"{PERSON}/.local/opt/{COMMAND}/uninstall.sh")))
    steps.do("nothing of it is left", lambda: _nothing_left(root, before))
    steps.do("the person's own files are left", lambda: _own_files(root))
    root.remove()


def _use(root: CleanRoot, display: str, steps: Steps, name: str) -> None:
    """Open a survey by double click, and look at what the program saw of itself."""
    root.give(_SURVEY, _SAMPLE)
    steps.do("is offered for surveys, and opens its own kinds of files", lambda: _offered(root))
    if not steps.do("a double click opens the Chinese survey and shows every page", lambda: _opened(root, display)):
        return
    pages = FOLDER / f"pages-{name}"
    shutil.rmtree(pages, ignore_errors=True)
    shutil.copytree(root.inside(_SMOKE), pages)
    seen = json.loads((pages / "smoke.json").read_text(encoding="utf-8"))
    steps.do("no page has boxes for characters", lambda: _complete(seen))
    steps.do("the report is a workbook", lambda: _report(pages / "report.xlsx"))


def _made(root: CleanRoot, package: Path | None) -> str:
    if package is None:
        raise ValueError("the list of system libraries stands in the .deb; build that, too")
    root.make(_dependencies(package))
    for each in ("python3", "fc-list", "dpkg"):
        found = any((root.path / folder / each).exists() for folder in ("usr/bin", "bin"))
        assert found == (each == "dpkg"), f"{each} is {'' if found else 'not '}there"
    return f"{len(list(root.inside('/var/lib/dpkg/info').glob('*.list')))} packages, no Python, no font"


def _dependencies(package: Path) -> list[str]:
    """What the package says it needs; of two names the one that Debian 12 has."""
    said = subprocess.run(
        ["dpkg-deb", "-f", str(package), "Depends"], capture_output=True, text=True, check=True
    ).stdout
    return [each.split("|")[-1].split("(")[0].strip() for each in said.split(",")]


def _valid(root: CleanRoot, share: str) -> str:
    root.run(f"desktop-file-validate {share}/applications/{COMMAND}.desktop")
    store = root.inside(f"{share}/metainfo/{IDENTITY}.metainfo.xml")
    if not store.exists():
        return "desktop-file-validate"
    if shutil.which("appstreamcli") is None:
        return "desktop-file-validate; appstreamcli is not installed, so the store page was not looked at"
    subprocess.run(
        ["appstreamcli", "validate", "--no-net", "--pedantic", str(store)], capture_output=True, text=True, check=True
    )
    return "desktop-file-validate, appstreamcli"


def _offered(root: CleanRoot) -> str:
    kinds = list(dict.fromkeys(each.mime for each in (*OWN_KINDS, *SURVEY_KINDS)))
    for kind in kinds:
        said = root.run(f"gio mime {kind}", language="C.UTF-8")
        assert f"{COMMAND}.desktop" in said, f"not offered for {kind}: {said}"
    for own in OWN_KINDS:
        path = f"example.{own.ending}"
        said = root.run(f"echo x >{path}; gio info -a standard::content-type {path}; rm {path}", language="C.UTF-8")
        assert own.mime in said, f"{path} is not known as {own.mime}: {said}"
    return f"{len(kinds)} kinds of files"


def _opened(root: CleanRoot, display: str) -> str:
    # `gio open` comes back at once, so its program is looked for: it must appear, write what it saw, and go.
    script = f"""
        runs() {{
            for each in /proc/[0-9]*/exe; do case "$(readlink $each || :)" in */{COMMAND}) return 0;; esac; done
            return 1
        }}
        export CXDESK_SMOKE={_SMOKE}
        gio open '{_SURVEY}'
        for tenth in $(seq 100); do ! runs || break; sleep 0.1; done
        for tenth in $(seq 2400); do runs || break; sleep 0.1; done
        test -s {_SMOKE}/smoke.json || {{ cat .config/*/log* >&2; exit 1; }}
        ! runs
    """
    root.run(script, display)
    verdict = judge(root.inside(_SMOKE), platform="xcb")
    assert not verdict.problems, "; ".join(verdict.problems)
    assert json.loads(root.inside(f"{_SMOKE}/smoke.json").read_text(encoding="utf-8"))["frozen"], "it is not frozen"
    return verdict.seen


def _complete(seen: dict[str, object]) -> str:
    assert seen["language"] == "zh_CN", f"the pages are in {seen['language']}"
    assert seen["missing_glyphs"] == 0, f"{seen['missing_glyphs']} characters are missing: {seen['missing']}"
    return f"Qt says {seen['qt_cancel']}"


def _report(path: Path) -> str:
    with zipfile.ZipFile(path) as book:
        assert book.testzip() is None, "the file is damaged"
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) >= 4, f"only {len(sheets)} sheets"
    return f"{len(sheets)} sheets, {path.stat().st_size / 1000:.0f} kB"


def _refuses(root: CleanRoot, display: str, install: str) -> str:
    program = f"{PERSON}/.local/opt/{COMMAND}/{COMMAND}"
    script = f"""
        {program} & running=$!
        for tenth in $(seq 300); do case "$(readlink /proc/$running/exe)" in {program}) break;; esac; sleep 0.1; done
        status=0; {install} >said 2>&1 || status=$?
        kill $running
        tail -n 1 said; rm said; test $status -eq 3
    """
    return _last_line(root.run(script, display))


def _nothing_left(root: CleanRoot, before: frozenset[str]) -> str:
    left = sorted(root.files() - before)
    own = tuple(f"{PERSON.lstrip('/')}/{each}" for each in _MADE_BY_PERSON)
    ours = [
        path
        for path in left
        if not path.startswith((*_OF_THE_SYSTEM, *own)) and not any(each.startswith(f"{path}/") for each in own)
    ]
    assert not ours, f"left behind: {', '.join(ours[:5])} ({len(ours)} in all)"
    for cache in ("usr/share/applications/mimeinfo.cache", "usr/share/mime/globs2", "var/lib/dpkg/status"):
        assert COMMAND not in (root.path / cache).read_text(encoding="utf-8"), f"{cache} still mentions it"
    return ""


def _own_files(root: CleanRoot) -> str:
    home = root.inside(PERSON)
    assert root.inside(_SURVEY).read_bytes() == _SAMPLE.read_bytes(), "the survey was changed"
    listed = sorted(
        str(path.relative_to(home)) for path in home.rglob("*") if path.is_file() and "smoke" not in path.parts
    )
    return ", ".join(listed)


def _said(text: str) -> str:
    problems = [line for line in text.splitlines() if "warning" in line.lower()]
    return "; ".join(problems)


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1].strip() if lines else ""


if __name__ == "__main__":
    sys.exit(main())
