"""The built wheel holds everything: installed into a folder of its own, away from the source, the program starts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], ROOT, dict(os.environ))
    (built,) = folder.glob("cxdesk-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the unpacked wheel and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(command: list[str], folder: Path, environment: dict[str, str]) -> str:
    ran = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def python(installed: Path, tmp_path: Path, script: str, *arguments: str, **environment: str) -> str:
    """Run a script that sees the installed package before the source tree."""
    world = os.environ | {"PYTHONPATH": str(installed), "PYTHONUTF8": "1", "CXDESK_HOME": str(tmp_path / "home")}
    return run([sys.executable, "-c", script, *arguments], tmp_path, world | environment)


def test_the_wheel_holds_the_package_and_its_resources_and_no_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for folder in ("cxdesk", "resources"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith("."):
                inside = path.relative_to(ROOT).as_posix()
                assert (f"cxdesk/_{inside}" if folder == "resources" else inside) in names
    assert {name.split("/")[0] for name in names if not name.startswith("cxdesk-")} == {"cxdesk"}
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_installed_package_finds_its_resources(installed: Path, tmp_path: Path) -> None:
    script = """
import cxdesk, sys
from cxdesk.resources import resource
from cxdesk.text import Translator, say
print(cxdesk.__file__, resource("fonts", "CXDeskSans-Regular.otf"), Translator("zh_CN")(say("Ignore")), sep="\\n")
"""
    package, font, word = python(installed, tmp_path, script).splitlines()
    assert Path(package).is_relative_to(installed)
    assert Path(font).is_relative_to(installed)
    assert word == "忽略"


def test_the_installed_terminal_reads_an_example(installed: Path, tmp_path: Path) -> None:
    script = "import sys; from cxdesk.command import main; sys.exit(main(sys.argv[1:]))"
    sample = installed / "cxdesk/_resources/samples/event_small.xlsx"
    found = json.loads(python(installed, tmp_path, script, "inspect", str(sample), "--json"))
    assert (found["platform"], found["respondents"]) == ("google_forms", 48)


def test_the_installed_window_opens_an_example(installed: Path, tmp_path: Path) -> None:
    script = "import sys; from cxdesk.app import main; sys.exit(main(sys.argv[1:]))"
    sample = installed / "cxdesk/_resources/samples/event_small.xlsx"
    folder = tmp_path / "seen"
    python(installed, tmp_path, script, str(sample), CXDESK_SMOKE=str(folder), QT_QPA_PLATFORM="offscreen")
    seen = json.loads((folder / "smoke.json").read_text(encoding="utf-8"))
    assert seen["respondents"] == 48
