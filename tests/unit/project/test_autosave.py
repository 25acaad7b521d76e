"""What was set up is kept by itself, found again by the content of the file, and gone when a person wants it gone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cxdesk.project import autosave, store, traces
from cxdesk.project.autosave import Work
from cxdesk.project.sources import sources_of
from cxdesk.project.state import apply_state
from cxdesk.project.workspace import Workspace
from cxdesk.reading.grid import Choices
from cxdesk.survey.selection import OneOf, Selection
from tests.ui.surveys import store_survey


@pytest.fixture
def open_survey() -> Work:
    workspace = Workspace(store_survey())
    return Work(sources_of(workspace.dataset, "/surveys/stores.xlsx", Choices(), None), "", workspace)


def changed(work: Work) -> Workspace:
    return replace(work.opened, selection=Selection((OneOf("region", (1,)),)))


def gone() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def as_if_killed(home: Path) -> None:
    (path,) = (home / "work").glob("*.json")
    path.write_text(json.dumps({**json.loads(path.read_text()), "process": gone()}))


def test_a_known_file_is_set_up_as_it_was(open_survey: Work) -> None:
    autosave.keep(open_survey, changed(open_survey), ended=True)
    kept = autosave.found(open_survey.sources.digest)
    assert kept is not None
    assert apply_state(kept.state, open_survey.opened).workspace == changed(open_survey)
    assert autosave.found("0" * 64) is None


def test_only_work_that_was_interrupted_is_offered(open_survey: Work, home: Path) -> None:
    autosave.keep(open_survey, changed(open_survey), ended=False)
    assert autosave.unfinished() is None  # it is open in this very program
    as_if_killed(home)
    kept = autosave.unfinished()
    assert kept is not None
    assert (kept.name, kept.sources.path) == ("Store survey 2025 Q3.xlsx", "/surveys/stores.xlsx")
    assert kept.before is not None
    assert apply_state(kept.before, open_survey.opened).workspace == open_survey.opened
    assert apply_state(kept.state, open_survey.opened).workspace == changed(open_survey)
    autosave.keep(open_survey, changed(open_survey), ended=True)
    assert autosave.unfinished() is None


def test_what_was_not_wanted_now_is_kept_for_when_the_file_is_opened(open_survey: Work, home: Path) -> None:
    autosave.keep(open_survey, changed(open_survey), ended=False)
    as_if_killed(home)
    autosave.let_rest()
    assert autosave.unfinished() is None
    assert autosave.found(open_survey.sources.digest) is not None


def test_clearing_the_recent_files_leaves_nothing(open_survey: Work, home: Path) -> None:
    autosave.keep(open_survey, changed(open_survey), ended=True)
    store.add_recent(store.RecentFile("/surveys/stores.xlsx", "stores.xlsx", "2025-09-14T18:00", 240))
    traces.forget_files()
    assert store.recent_files() == ()
    left = [path for path in home.rglob("*") if path.is_file() and "stores" in path.read_text().lower()]
    assert left == []


def test_no_answer_is_kept(open_survey: Work, home: Path) -> None:
    autosave.keep(open_survey, changed(open_survey), ended=False)
    (path,) = (home / "work").glob("*.json")
    text = path.read_text()
    assert "13800000000" not in text
    assert "Slow tills" not in text
    assert oct((home / "work").stat().st_mode & 0o777) == "0o700" or os.name == "nt"


@pytest.mark.parametrize("content", ["", "{", "[]", '{"schema": 2}', '{"schema": 1, "state": 3}', "[" * 100_000])
def test_a_damaged_state_is_no_state(open_survey: Work, home: Path, content: str) -> None:
    autosave.keep(open_survey, changed(open_survey), ended=True)
    (path,) = (home / "work").glob("*.json")
    path.write_text(content)
    assert autosave.found(open_survey.sources.digest) is None
    assert autosave.unfinished() is None


def test_what_a_killed_run_left_is_swept_away(open_survey: Work, home: Path) -> None:
    autosave.keep(open_survey, changed(open_survey), ended=True)
    (path,) = (home / "work").glob("*.json")
    left = path.with_name(f"{path.name}.{gone()}.abc.part")
    left.write_text("half")
    traces.sweep_up()
    assert list((home / "work").iterdir()) == [path]


def test_the_oldest_states_give_way(open_survey: Work, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(autosave, "MOST_KEPT", 3)
    for number in range(5):
        sources = replace(open_survey.sources, digest=f"{number}" * 40)
        autosave.keep(replace(open_survey, sources=sources), changed(open_survey), ended=True)
        os.utime(home / "work" / f"{'0123456789'[number] * 32}.json", (number, number))
    assert len(list((home / "work").iterdir())) == 3
    assert autosave.found("4" * 40) is not None
