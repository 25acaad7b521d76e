"""The project file (.cxd): everything a person set up for a survey, with or without the answers themselves.

Without answers it remembers where the survey file is and the hash of its content, reads it again, and puts roles,
filters, weights, options and report choices back on it. With answers it is the survey, personal columns included.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cxdesk.project.backups import keep_backup
from cxdesk.project.codec import Arrays, Misfit, decode, encode
from cxdesk.project.package import PROJECT, Package, ProjectRefused, damaged, pack, unpack, unpacked
from cxdesk.project.sources import Sources
from cxdesk.project.state import State, read_state, state_tree
from cxdesk.project.workspace import Workspace
from cxdesk.reading.transport import restore
from cxdesk.render.excel.save import Written, save
from cxdesk.survey.dataset import Column, Dataset
from cxdesk.text import say

_BESIDE = frozenset({"answers", "whole"})
"""Fields of a survey that are computed from the others: answers from columns, the whole one from decisions."""


@dataclass(frozen=True, slots=True, eq=False)
class Project:
    """A project that was opened. ``dataset`` is None where it holds no answers; ``made`` is when it was saved (ISO)."""

    state: State
    sources: Sources
    dataset: Dataset | None
    made: str


def save_project(target: str, workspace: Workspace, sources: Sources, *, answers: bool, backups: bool) -> Written:
    """Save a project at ``target`` (ending in .cxd), whole or not at all; ``backups`` keeps what stood there.

    What will be written is opened and checked first, and read back from the disk before it takes the place of the old
    file. Raises `SaveRefused`.
    """
    content = project_content(workspace, sources, answers=answers)
    unpacked(content)
    if backups:
        keep_backup(Path(target))
    return save(target, content, say("project"), other_name=False)


def project_content(workspace: Workspace, sources: Sources, *, answers: bool) -> bytes:
    """The bytes of a project file."""
    dataset = workspace.dataset.complete
    arrays = Arrays()
    texts: dict[str, Any] = {"state": state_tree(workspace), "sources": encode(sources)}
    if answers:
        texts["survey"] = encode(dataset, arrays, without=_BESIDE)
    facts = {
        "answers": answers,
        "survey": {"name": dataset.source.name, "sha256": dataset.source.digest, "rows": dataset.respondents},
    }
    return pack(PROJECT, facts, texts, arrays.found)


def read_project(path: str) -> Project:
    """Open a project file. Raises `ProjectRefused` with the reason in words; the file is never changed."""
    return project_of(unpack(Path(path)))


def project_of(package: Package) -> Project:
    """The project in a container. Raises `ProjectRefused`."""
    if package.kind != PROJECT:
        raise ProjectRefused(
            "template",
            say("It is a template, not a project."),
            say("Open the survey file first, then use the template on it."),
        )
    try:
        state = read_state(package.texts.get("state"))
        sources = decode(Sources, package.texts.get("sources")).value
        dataset = _dataset(package.texts.get("survey"), package.arrays) if package.answers else None
    except Misfit:
        raise damaged() from None
    return Project(state, sources, dataset, package.made)


def _dataset(tree: Any, arrays: Mapping[int, Any]) -> Dataset:
    dataset = decode(Dataset, tree, arrays, {"answers": {}, "whole": None}).value
    if not isinstance(dataset, Dataset) or not all(_is_whole(each, dataset.respondents) for each in dataset.columns):
        raise Misfit("columns do not fit")
    places = range(len(dataset.columns))
    if not all(place in places for question in dataset.questions for place in question.columns):
        raise Misfit("a column is missing")
    restored: Dataset = restore(dataset)
    return restored


def _is_whole(column: Column, respondents: int) -> bool:
    """Whether every code of a column has its text; whatever else a file says would fail later, somewhere else."""
    codes, values = column.codes, column.values
    if codes.dtype.kind != "u" or codes.shape != (respondents,) or values.data.dtype.kind != "u":
        return False
    ends = values.ends
    grows = len(ends) > 0 and bool((ends[1:] >= ends[:-1]).all()) and int(ends[-1]) == len(values.data)
    return grows and (respondents == 0 or int(codes.max()) < len(ends))
