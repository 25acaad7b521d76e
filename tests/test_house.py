"""The house rules: rooms and their borders, sizes, names, registries, words, colours."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from cxdesk import __version__
from cxdesk.analysis import ANALYSES
from cxdesk.analysis.menu import MENU
from cxdesk.reading.platforms import PLATFORMS
from cxdesk.text import LANGUAGES, Translator
from tests import catalogue

ROOT = Path(__file__).resolve().parents[1]
CODE = ROOT / "cxdesk"
RESOURCES = ROOT / "resources"
OWN = ("cxdesk", "resources", "tests", "packaging", ".github", ".ci")
TEXTS = {".py", ".md", ".json", ".po", ".toml", ".yml", ".qss", ".svg", ".txt", ".spec", ".nsi", ".sh", ".cfg", ""}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def modules(*rooms: str) -> list[Path]:
    """Every Python file of the repository, or of some of its rooms."""
    return sorted(path for room in rooms or ("cxdesk", "tests", "packaging") for path in (ROOT / room).rglob("*.py"))


def texts() -> Iterator[tuple[str, str]]:
    """Every text file that belongs to the product: its path in the repository, and its content."""
    roots = [path for path in ROOT.iterdir() if path.is_file()]
    inside = [path for folder in OWN for path in (ROOT / folder).rglob("*") if path.is_file()]
    for path in sorted(roots + inside):
        if path.suffix in TEXTS and "__pycache__" not in path.parts:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def settings() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


# --- rooms ----------------------------------------------------------------------------------------------------------


def test_every_room_imports_only_rooms_below_it() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("room", ["analysis", "ui.pages"])
def test_contracts_name_every_member_of_a_room_of_equals(room: str) -> None:
    tool = settings()["tool"]
    assert isinstance(tool, dict)
    named = {name for contract in tool["importlinter"]["contracts"] for name in contract.get("modules", ())}
    folder = CODE.joinpath(*room.split("."))
    equals = {path.stem for path in folder.glob("*.py") if _is_member(path, room)}
    assert equals
    assert {f"cxdesk.{room}.{name}" for name in equals} <= named


def _is_member(path: Path, room: str) -> bool:
    base = {"analysis": "Analysis", "ui.pages": "Page"}[room]
    return any(base in _bases(node) for node in tree(path).body if isinstance(node, ast.ClassDef))


def _bases(node: ast.ClassDef) -> set[str]:
    bases = (base.value if isinstance(base, ast.Subscript) else base for base in node.bases)
    return {base.id for base in bases if isinstance(base, ast.Name)}


def test_nothing_but_the_window_imports_qt() -> None:
    script = """
import importlib, pkgutil, sys, cxdesk
for found in pkgutil.walk_packages(cxdesk.__path__, "cxdesk."):
    if found.name.split(".")[1] not in {"ui", "app"}:
        importlib.import_module(found.name)
        bad = sorted(name for name in sys.modules if name.split(".")[0] in {"PySide6", "shiboken6", "tkinter"})
        assert not bad, (found.name, bad)
        assert "matplotlib.pyplot" not in sys.modules, found.name
print("clean")
"""
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.stdout.strip() == "clean", ran.stderr


def test_the_worker_needs_neither_qt_nor_charts() -> None:
    script = """
import sys
import cxdesk.project.worker_main
assert not {"PySide6", "matplotlib"} & set(sys.modules), sorted(sys.modules)
"""
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


# --- modules --------------------------------------------------------------------------------------------------------


def test_no_module_is_longer_than_a_person_reads() -> None:
    sizes = {path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in modules()}
    assert {name: size for name, size in sizes.items() if size > 400} == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = []
    for path in modules():
        said = ast.get_docstring(tree(path)) or ""
        first = said.split("\n\n")[0]
        if path.stat().st_size and (len(first.split()) < 3 or not re.search(r"[.?!:]`*$", first)):
            silent.append(path.relative_to(ROOT).as_posix())
    assert silent == []


def test_no_room_is_a_drawer_for_everything() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "tools", "stuff", "shared"}
    assert [path for path in modules() if {path.stem, path.parent.name} & drawers] == []


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK")) + r")\b")
    assert [name for name, text in texts() if later.search(text) and not name.endswith(".json")] == []


def test_no_module_keeps_a_state_that_changes() -> None:
    changing = []
    for path in modules("cxdesk"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Global):
                changing.append(f"{path.relative_to(ROOT).as_posix()}:{node.lineno}")
    assert changing == []


def test_tests_never_wait_for_time_to_pass() -> None:
    waiting = []
    for path in modules("tests"):
        for node in ast.walk(tree(path)):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute) and called.attr in {"sleep", "qSleep", "wait"}:
                owner = called.value.id if isinstance(called.value, ast.Name) else ""
                if owner in {"time", "qtbot", "QTest", "QThread"}:
                    waiting.append(f"{path.relative_to(ROOT).as_posix()}:{called.lineno}")
    assert waiting == []


# --- one place for each thing ---------------------------------------------------------------------------------------


def test_colours_stand_only_in_the_palette() -> None:
    colour = re.compile(r"#(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\b|\brgba?\(")
    named = []
    for path in modules("cxdesk"):
        name = path.relative_to(CODE).as_posix()
        for node in ast.walk(tree(path)):
            text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            # Every icon is drawn in black, and that ink is replaced by a colour of the palette.
            allowed = name == "blocks/palette.py" or (name, text) == ("ui/icons.py", "#000000")
            if colour.search(text) and not allowed:
                named.append(f"{name}: {text[:40]}")
    for path in (RESOURCES / "style").glob("*.qss"):
        named += [f"{path.name}: {found}" for found in colour.findall(path.read_text(encoding="utf-8"))]
    assert named == []


def test_icons_are_drawn_in_one_ink() -> None:
    inks = {
        (path.name, ink)
        for path in (RESOURCES / "icons").glob("*.svg")
        for ink in re.findall(r"#[0-9A-Fa-f]{3,8}\b", path.read_text(encoding="utf-8"))
    }
    assert {ink for _, ink in inks} == {"#000000"}


def test_every_analysis_is_registered() -> None:
    written = {
        node.name
        for path in modules("cxdesk/analysis")
        for node in tree(path).body
        if isinstance(node, ast.ClassDef) and "Analysis" in _bases(node)
    }
    assert written == {type(analysis).__name__ for analysis in ANALYSES}
    keys = [analysis.key for analysis in ANALYSES]
    assert len(set(keys)) == len(keys)
    missing = [key for key in keys if not (ROOT / "tests/unit/analysis" / f"test_{key}.py").exists()]
    assert missing == []
    assert [each.icon for each in MENU if not (RESOURCES / "icons" / f"{each.icon}.svg").exists()] == []


def test_every_platform_is_registered() -> None:
    files = {path.stem for path in (CODE / "reading/platforms").glob("*.py")} - {"__init__"}
    keys = [platform.key for platform in PLATFORMS]
    assert sorted(keys) == sorted(files)
    assert {path.stem for path in (RESOURCES / "platforms").glob("*.json")} == files
    assert [platform.key for platform in PLATFORMS if not platform.name.strip()] == []


def test_resources_that_the_code_names_are_shipped() -> None:
    missing = []
    for path in modules("cxdesk"):
        for node in ast.walk(tree(path)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "resource"):
                continue
            parts = [part.value for part in node.args if isinstance(part, ast.Constant)]
            if not RESOURCES.joinpath(*map(str, parts)).exists():
                missing.append((path.name, *parts))
    assert missing == []
    assert [code for code in LANGUAGES if code != "en" and not (RESOURCES / "i18n" / code).is_dir()] == []


def test_every_sample_is_shipped_and_named_in_both_languages() -> None:
    listed = json.loads((RESOURCES / "samples" / "samples.json").read_text(encoding="utf-8"))
    assert len(listed) == 3
    for sample in listed:
        assert (RESOURCES / "samples" / sample["file"]).is_file()
        assert set(sample["title"]) == set(sample["subtitle"]) == set(LANGUAGES)


def test_data_files_are_whole() -> None:
    for path in RESOURCES.rglob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))


def test_the_version_is_the_same_everywhere() -> None:
    project = settings()["project"]
    assert isinstance(project, dict)
    assert project["version"] == __version__
    for name in ("changes.md", "changes.zh_CN.md"):
        assert __version__ in (RESOURCES / "help" / name).read_text(encoding="utf-8")


# --- words ----------------------------------------------------------------------------------------------------------


def test_everything_said_is_translated_and_claims_nothing_too_much() -> None:
    assert catalogue.problems() == []


def test_the_glossary_explains_every_term_of_the_field() -> None:
    english = (RESOURCES / "help" / "glossary.md").read_text(encoding="utf-8").lower()
    chinese = (RESOURCES / "help" / "glossary.zh_CN.md").read_text(encoding="utf-8")
    terms = ("nps", "promoter", "passive", "detractor", "csat", "ces", "top-2 box", "segment", "base", "respondent")
    assert [term for term in terms if term not in english] == []
    chinese_terms = ("净推荐值", "推荐者", "中立者", "贬损者", "满意度", "分组", "样本量", "受访者", "区间")
    assert [term for term in chinese_terms if term not in chinese] == []


def refusals() -> Iterator[tuple[str, str, str, str]]:
    """Every refusal that is written out in the code: place, code, reason, remedy (English message texts)."""
    kinds = {"ReadRefused", "SaveRefused", "WorkRefused"}
    for path in modules("cxdesk"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in kinds:
                said = [_message(argument) for argument in node.args[-2:]]
                code = node.args[0].value if isinstance(node.args[0], ast.Constant) else ""
                if all(said):
                    yield f"{path.relative_to(CODE).as_posix()}:{node.lineno}", str(code), said[0], said[1]


def _message(node: ast.expr) -> str:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"say", "say_n"}:
        message = node.args[0]
        assert isinstance(message, ast.Constant)
        return str(message.value)
    return ""


def test_every_refusal_says_what_happened_and_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    found = list(refusals())
    assert len(found) > 25
    chinese = {entry.msgid: entry.wording for entry in catalogue.translations()}
    blame = re.compile(
        r"\b(errors?|invalid|illegal|failed|failure|exception|fatal|abort(ed)?|null|parse[dr]?|codec)\b", re.I
    )
    for place, code, reason, remedy in found:
        for english in (reason, remedy):
            print(f"{place}\n  {english}\n  {chinese[english]}")
            assert re.fullmatch(r"\S+( \S+){2,}\.", english), (place, english)
            assert chinese[english].endswith("。"), (place, chinese[english])
            assert not blame.search(english), (place, english)
        assert reason != remedy
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", code) or not code, (place, code)
    assert capsys.readouterr().out


def test_both_languages_can_say_every_message() -> None:
    for language in LANGUAGES:
        assert Translator(language)._messages or language == "en"


# --- the repository -------------------------------------------------------------------------------------------------


def test_nothing_tells_where_it_was_made() -> None:
    places = ["/" + folder + "/" for folder in ("work", "tmp", "root", "home/[a-z]", "Users/[a-z]")]
    hosts = [r"--index-url", r"--extra-index-url", r"devpi"]
    telling = re.compile(r"(?<![\w.)}$])(?:" + "|".join(places) + ")|" + "|".join(hosts))
    found = [
        f"{name}: {match.group()}"
        for name, text in texts()
        if name != "tests/test_house.py"
        for match in telling.finditer(text)
    ]
    assert found == []


def test_the_readme_and_the_fresh_machine_install_the_same_libraries() -> None:
    library = re.compile(r"\blib(?!reoffice)[a-z0-9-]+\d\b")
    readme = set(library.findall((ROOT / "README.md").read_text(encoding="utf-8")))
    machine = set(library.findall((ROOT / ".ci/run").read_text(encoding="utf-8")))
    assert readme == machine


def test_the_readme_names_every_option_of_the_terminal() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    source = (CODE / "command.py").read_text(encoding="utf-8")
    options = set(re.findall(r'"(--[a-z]+)"', source)) - {"--version"}
    assert {option for option in options if option not in readme} == set()


def test_qt_survives_thousands_of_signals() -> None:
    # PySide6 6.12 on Python 3.10 and 3.11 drops a reference to True with every emit and ends the process.
    script = """
from PySide6.QtCore import QObject, Signal, Slot

class Bell(QObject):
    rung = Signal(object)

class Ear(QObject):
    heard = 0

    @Slot(object)
    def hear(self, value: object) -> None:
        self.heard += value is True

bell, ear = Bell(), Ear()
bell.rung.connect(ear.hear)
for _ in range(3000):
    bell.rung.emit(True)
print(ear.heard)
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout.strip()) == (0, "3000"), ran.stderr


def test_the_map_is_true() -> None:
    said = (CODE / "README.md").read_text(encoding="utf-8")
    files = {path.name for path in modules("cxdesk")} | {path.name for path in modules("packaging")}
    named = {name.rsplit("/", 1)[-1] for name in re.findall(r"[\w/]+\.py\b", said)}
    assert named - files == set()
    rooms = {path.parent.name for path in modules("cxdesk")} - {"cxdesk"}
    assert {room for room in rooms if f"{room}/" not in said} == set()
