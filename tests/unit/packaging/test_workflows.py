"""The hosted workflow: its files can be read, and what they name exists."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import build
import pytest
import trial
import yaml
from macos import dmg

ROOT = Path(__file__).resolve().parents[3]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def jobs(path: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    return found


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in jobs(path).values() for step in job["steps"]]


def commands(path: Path) -> str:
    return "\n".join(str(step.get("run", "")) for step in steps(path))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_to_a_major_version(path: Path) -> None:
    used = [step["uses"] for step in steps(path) if "uses" in step]
    assert used
    assert [each for each in used if not re.fullmatch(r"actions/[\w-]+@v\d+", each)] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_files_that_a_workflow_starts_exist(path: Path) -> None:
    named = re.findall(r"python (packaging[\\/]\S+\.py)", commands(path))
    assert [name for name in named if not (ROOT / name.replace("\\", "/")).is_file()] == []
    modules = re.findall(r"python -m (tests)\b", commands(path))
    assert all((ROOT / name / "__main__.py").is_file() for name in modules)
    asked = set(re.findall(r"--target (\w+)", commands(path)))
    assert asked <= set(build.TARGETS)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_job_has_an_end_and_may_only_read(path: Path) -> None:
    whole = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert whole["permissions"] == {"contents": "read"}
    for name, job in jobs(path).items():
        assert job["timeout-minutes"] <= 60, name
        assert "permissions" not in job or name == "publish", name


def test_the_checks_run_on_three_systems_with_two_lines_of_qt() -> None:
    found = jobs(ROOT / ".github" / "workflows" / "ci.yml")
    for name in ("checks", "newest-qt"):
        systems = {system.split("-")[0] for system in found[name]["strategy"]["matrix"]["os"]}
        assert systems == {"ubuntu", "windows", "macos"}, name
    assert found["newest-qt"]["continue-on-error"]
    assert "--upgrade PySide6-Essentials" in commands(ROOT / ".github" / "workflows" / "ci.yml")


def test_every_installer_is_built_and_the_installed_program_is_tried() -> None:
    path = ROOT / ".github" / "workflows" / "installers.yml"
    asked = set(re.findall(r"--target (\w+)", commands(path)))
    assert asked == set(build.TARGETS)
    for name, job in jobs(path).items():
        said = "\n".join(str(step.get("run", "")) for step in job["steps"])
        assert re.search(r"python packaging[\\/]trial\.py .* --platform (xcb|windows|cocoa)", said) or name == "publish"
    publish = jobs(path)["publish"]
    assert publish["if"] == "github.ref_type == 'tag'"
    assert set(publish["needs"]) == set(jobs(path)) - {"publish"}


def test_no_secret_is_required() -> None:
    path = ROOT / ".github" / "workflows" / "installers.yml"
    for step in steps(path):
        if "secrets." in str(step):
            assert "!= ''" in step["if"], step["name"]
    assert "secrets." not in commands(path), "a secret in a command would be printed with it"
    documented = (dmg.HERE / "README.md").read_text(encoding="utf-8")
    asked = set(re.findall(r"secrets\.(\w+)", path.read_text(encoding="utf-8")))
    assert asked
    assert {name for name in asked if name not in documented} == set()


def test_the_sample_that_is_opened_is_shipped() -> None:
    assert trial.SAMPLE.is_file()
