"""A project brings back everything that was set up, proves itself whole, and never holds more than was asked for."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cxdesk.analysis.crosstab_values import CrosstabSpec, OwnNet
from cxdesk.analysis.segments import SegmentsSpec
from cxdesk.job import Unattended
from cxdesk.project import package
from cxdesk.project.backups import MOST_BACKUPS, backups_of, forget_backups
from cxdesk.project.codec import Arrays, Misfit, decode, encode
from cxdesk.project.package import ProjectRefused, unpack
from cxdesk.project.project_file import project_content, read_project, save_project
from cxdesk.project.sources import Sources, sources_of
from cxdesk.project.state import apply_state
from cxdesk.project.workspace import Workspace
from cxdesk.reading import open_survey
from cxdesk.reading.grid import Choices
from cxdesk.render.excel.problem import SaveRefused
from cxdesk.resources import resource
from cxdesk.survey.dataset import Words
from cxdesk.survey.selection import Mentions, OneOf, Selection
from cxdesk.survey.weighting import Margin, Weighting
from tests.builders import survey
from tests.ui.surveys import store_survey

PHONE, COMMENT = "13800000000", "Slow tills"


def worked_on() -> Workspace:
    """A survey with everything set up that a page offers."""
    workspace = Workspace(store_survey())
    workspace = workspace.with_spec("segments", SegmentsSpec(by="store type", order="low"))
    nets = (OwnNet("region", "Coast", (1, 2)),)
    workspace = workspace.with_spec("crosstab", CrosstabSpec(rows=("recommend",), by="region", nets=nets))
    return replace(
        workspace,
        selection=Selection((OneOf("region", (1, 3)),)),
        weighting=Weighting(margins=(Margin("store type", (0.4, 0.6)),)),
        rules=replace(workspace.rules, confidence=0.9),
        report=replace(workspace.report, author="Wang Fang", left_out=frozenset({"data", "trend"})),
    )


def sources(workspace: Workspace, path: str = "/surveys/stores.xlsx") -> Sources:
    return sources_of(workspace.dataset, path, Choices(), None)


def saved(folder: Path, workspace: Workspace, *, answers: bool) -> Path:
    path = folder / "Stores.cxd"
    save_project(str(path), workspace, sources(workspace), answers=answers, backups=False)
    return path


@pytest.mark.parametrize("answers", [True, False])
def test_everything_that_was_set_up_comes_back(tmp_path: Path, answers: bool) -> None:
    workspace = worked_on()
    project = read_project(str(saved(tmp_path, workspace, answers=answers)))
    again = apply_state(project.state, Workspace(workspace.dataset))
    assert again.workspace == workspace
    assert (again.changes, again.lost, project.state.ignored) == (None, None, 0)
    assert (project.dataset is not None) is answers
    assert project.sources == sources(workspace)


def test_the_answers_inside_are_the_same_answers(tmp_path: Path) -> None:
    read = open_survey(str(resource("samples", "support_en.csv")), Choices(), Unattended(), frozenset())
    dataset = read_project(str(saved(tmp_path, Workspace(read), answers=True))).dataset
    assert dataset is not None
    for name in ("key", "questions", "source", "receipt", "respondents", "parts"):
        assert getattr(dataset, name) == getattr(read, name)
    for old, new in zip(read.columns, dataset.columns, strict=True):
        assert (new.header, new.texts()) == (old.header, old.texts())
    for question in read.questions:
        for name in ("codes", "numbers"):
            ours, theirs = getattr(read.answers[question.id], name), getattr(dataset.answers[question.id], name)
            np.testing.assert_array_equal(ours, theirs)
    np.testing.assert_array_equal(dataset.rows, read.rows)


def test_a_project_says_whether_answers_are_inside_and_holds_none_otherwise(tmp_path: Path) -> None:
    for answers in (True, False):
        path = saved(tmp_path, worked_on(), answers=answers)
        with zipfile.ZipFile(path) as archive:
            whole = b"".join(archive.read(name) for name in archive.namelist())
        assert unpack(path).answers is answers
        assert (PHONE.encode() in whole) is answers
        assert (COMMENT.encode() in whole) is answers


def test_half_a_character_survives(tmp_path: Path) -> None:
    dataset = survey(recommend=[9] * 12, comment=["good \ud83d"] * 12)
    path = saved(tmp_path, Workspace(dataset), answers=True)
    found = read_project(str(path)).dataset
    assert found is not None
    assert found.columns[1].texts()[0] == "good \ud83d"


def manifest(content: bytes, **changes: Any) -> bytes:
    """The same container with other facts in its manifest."""
    whole = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(whole, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "manifest.json":
                part = json.dumps({**json.loads(part), **changes}).encode()
            new.writestr(name, part)
    return whole.getvalue()


def test_a_newer_project_is_refused_and_left_alone(tmp_path: Path) -> None:
    workspace = worked_on()
    path = tmp_path / "newer.cxd"
    content = manifest(project_content(workspace, sources(workspace), answers=True), schema=2, program="9.0.0")
    path.write_bytes(content)
    with pytest.raises(ProjectRefused) as refused:
        read_project(str(path))
    assert refused.value.code == "newer_schema"
    assert "9.0.0" in str(refused.value.reason)
    assert path.read_bytes() == content


def test_every_cut_and_every_changed_byte_is_noticed_or_harmless(tmp_path: Path) -> None:
    workspace = worked_on()
    content = project_content(workspace, sources(workspace), answers=True)
    assert outcome(content, workspace) == "whole"
    for place in range(0, len(content), max(len(content) // 120, 1)):
        for damaged in (content[:place], content[:place] + bytes([content[place] ^ 0x41]) + content[place + 1 :]):
            assert outcome(damaged, workspace) in {"damaged_project", "not_ours", "whole"}


def outcome(content: bytes, workspace: Workspace) -> str:
    """How a project is refused, or whether all that was set up came back."""
    try:
        found = apply_state(package_state(content), Workspace(workspace.dataset)).workspace
    except ProjectRefused as refused:
        return refused.code
    return "whole" if found == workspace else "something else"


def package_state(content: bytes) -> Any:
    from cxdesk.project.project_file import project_of

    return project_of(package.unpacked(content)).state


def test_arrays_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    dataset = survey(recommend=[9, 3] * 10)
    column = dataset.columns[0]
    wrong = replace(dataset, columns=(replace(column, values=Words.of([""])),))
    path = saved(tmp_path, Workspace(wrong), answers=True)
    with pytest.raises(ProjectRefused):
        read_project(str(path))


def test_objects_that_could_run_are_no_arrays() -> None:
    arrays = Arrays()
    with pytest.raises(TypeError):
        encode(np.array([object()]), arrays)
    with pytest.raises(Misfit):
        decode(Workspace, {"~": "Popen", "dataset": {"~": "system"}})


def test_five_older_copies_are_kept_and_the_same_one_not_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import datetime

    first = datetime.datetime.fromisoformat("2025-09-14T18:00:00")
    times = (first + datetime.timedelta(minutes=minute) for minute in range(60))
    monkeypatch.setattr("cxdesk.project.backups.now", lambda: next(times))
    path, workspace = tmp_path / "Stores.cxd", worked_on()
    contents: list[bytes] = []
    for number in range(8):
        changed = replace(workspace, rules=replace(workspace.rules, hide_below=10 + number))
        for _ in range(2):
            save_project(str(path), changed, sources(workspace), answers=False, backups=True)
        contents.append(path.read_bytes())
    copies = backups_of(str(path))
    assert len(copies) == MOST_BACKUPS
    assert [Path(copy.path).read_bytes() for copy in copies[:3]] == contents[-1:-4:-1]
    assert read_project(copies[0].path).state.values["rules"].hide_below == 17
    assert copies[0].made > copies[1].made
    forget_backups()
    assert backups_of(str(path)) == ()


def test_a_full_disk_leaves_the_old_project_and_says_how_much_room_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno
    import os

    path = saved(tmp_path, worked_on(), answers=False)
    before = path.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SaveRefused) as refused:
        saved(tmp_path, worked_on(), answers=True)
    words = str(refused.value.reason)
    assert "project was not saved because the disk is full" in words
    assert "0.0" in words
    assert "MB are free" in words
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_filter_by_words_stays_in_a_project() -> None:
    workspace = replace(worked_on(), selection=Selection((Mentions("comment", "slow"),)))
    state = package_state(project_content(workspace, sources(workspace), answers=False))
    assert apply_state(state, Workspace(workspace.dataset)).workspace == workspace
