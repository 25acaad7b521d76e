"""The page about the program names everything that comes with it, and nothing else."""

from __future__ import annotations

import importlib.metadata
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from cxdesk.text import LANGUAGES
from cxdesk.ui.about import parts
from cxdesk.ui.pages.help_page import help_text

ROOT = Path(__file__).resolve().parents[2]
SYSTEMS = ("linux", "win32", "darwin")


def needed() -> set[str]:
    """Every distribution that the program depends on, on any system, by way of others too."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting = [Requirement(line) for line in project["dependencies"]]
    found: set[str] = set()
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        worlds = [{"extra": "", "sys_platform": system} for system in SYSTEMS]
        if name in found or (wanted.marker and not any(wanted.marker.evaluate(world) for world in worlds)):
            continue
        found.add(name)
        try:
            requires = importlib.metadata.requires(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # needed on another system only
        waiting += [Requirement(line) for line in requires or ()]
    return found


def test_every_library_is_listed_with_its_licence() -> None:
    listed = [name for part in parts() for name in part.distributions]
    assert len(listed) == len(set(listed))
    assert needed() - set(listed) == set()
    assert set(listed) - needed() == set()
    assert [part for part in parts() if not part.licence or not part.home.startswith("https://")] == []


def test_the_page_shows_them_in_both_languages() -> None:
    for language in LANGUAGES:
        text = help_text("licences", language)
        assert "{" not in text
        assert [part.name for part in parts() if f"| {part.name} | {part.licence} |" not in text] == []
        assert "LGPL 3" in text or "Lesser General Public License 3" in text
        assert "_internal/PySide6" in text
