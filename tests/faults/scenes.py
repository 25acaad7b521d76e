"""What the program saves, each as a scene: how it looks before, how it is saved, and what may be found afterwards."""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from cxdesk.project import autosave, store, traces
from cxdesk.project.autosave import Work
from cxdesk.project.preferences import Preferences, load_preferences, save_preferences
from cxdesk.project.project_file import read_project, save_project
from cxdesk.project.sources import sources_of
from cxdesk.project.template import read_template, save_template
from cxdesk.project.workspace import Workspace
from cxdesk.reading.grid import Choices
from cxdesk.render.excel.save import save
from tests.ui.surveys import store_survey

OLD, NEW = 11, 22
DAY = datetime.date(2025, 9, 1)


@dataclass(frozen=True, slots=True)
class Scene:
    """``save(folder, number)`` writes a file that says the number; ``read(folder)`` is the number in it, None for none.

    ``first`` saves where nothing was before. Anything but a whole file makes ``read`` raise.
    """

    name: str
    save: Callable[[Path, int], None]
    read: Callable[[Path], int | None]
    first: bool = False

    def prepare(self, folder: Path) -> None:
        """An empty folder with the old file."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        os.environ["CXDESK_HOME"] = str(folder / "home")
        if not self.first:
            self.save(folder, OLD)

    def allowed(self) -> set[int | None]:
        """What may be found after the new file was to be saved, however that ended."""
        return {None if self.first else OLD, NEW}


def _workspace(number: int) -> Workspace:
    workspace = Workspace(_SURVEY)
    return replace(workspace, rules=replace(workspace.rules, hide_below=number))


_SURVEY = store_survey(40)
_SOURCES = sources_of(_SURVEY, "/surveys/stores.xlsx", Choices(), None)


def _project(*, answers: bool) -> Callable[[Path, int], None]:
    def put(folder: Path, number: int) -> None:
        path = folder / "Stores.cxd"
        save_project(str(path), _workspace(number), _SOURCES, answers=answers, backups=True)

    return put


def _project_number(folder: Path) -> int | None:
    path = folder / "Stores.cxd"
    return int(read_project(str(path)).state.values["rules"].hide_below) if path.exists() else None


def _template(folder: Path, number: int) -> None:
    save_template(str(folder / "Stores.cxt"), _workspace(number), DAY)


def _template_number(folder: Path) -> int | None:
    path = folder / "Stores.cxt"
    return int(read_template(str(path)).state.values["rules"].hide_below) if path.exists() else None


def _preferences(folder: Path, number: int) -> None:
    save_preferences(Preferences(author=str(number)))


def _preferences_number(folder: Path) -> int | None:
    author = load_preferences().author
    return int(author) if author else None


def _report(folder: Path, number: int) -> None:
    save(str(folder / "Stores.xlsx"), str(number).encode() * 100_000)


def _report_number(folder: Path) -> int | None:
    path = folder / "Stores.xlsx"
    if not path.exists():
        return None
    content = path.read_bytes().decode()
    number = int(content[:2])
    if content != str(number) * 100_000:
        raise ValueError("half a report")
    return number


def _state(folder: Path, number: int) -> None:
    work = Work(_SOURCES, "", _workspace(OLD))
    autosave.keep(work, _workspace(number), ended=True)


def _state_number(folder: Path) -> int | None:
    kept = autosave.found(_SOURCES.digest)
    return None if kept is None else int(kept.state.values["rules"].hide_below)


def _recent(folder: Path, number: int) -> None:
    store.add_recent(store.RecentFile("/surveys/stores.xlsx", "stores.xlsx", "2025-09-14T18:00", number))


def _recent_number(folder: Path) -> int | None:
    files = store.recent_files()
    return files[0].rows if files else None


SCENES = (
    Scene("project with answers", _project(answers=True), _project_number),
    Scene("project without answers", _project(answers=False), _project_number),
    Scene("first project", _project(answers=False), _project_number, first=True),
    Scene("template", _template, _template_number),
    Scene("settings", _preferences, _preferences_number),
    Scene("report", _report, _report_number),
    Scene("first report", _report, _report_number, first=True),
    Scene("kept state", _state, _state_number),
    Scene("recent files", _recent, _recent_number),
)


def left_over(folder: Path) -> list[str]:
    """Halves that are still there after the next start and the next save."""
    traces.sweep_up()
    return [str(path.relative_to(folder)) for path in folder.rglob("*") if path.suffix in {".tmp", ".part"}]
