"""Opens survey files: reads them, gives them the roles that were confirmed before, and has the first page ready."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cxdesk.blocks.figure import Figure
from cxdesk.blocks.section import Section
from cxdesk.job import Cancelled, Job
from cxdesk.project import autosave, decisions, store
from cxdesk.project.carry import carried, carried_into
from cxdesk.project.clock import now
from cxdesk.project.engine import Engine
from cxdesk.project.folders import private_folder
from cxdesk.project.preferences import Preferences
from cxdesk.project.process import Worker
from cxdesk.project.state import State, apply_state
from cxdesk.project.workspace import Workspace
from cxdesk.reading.grid import Choices
from cxdesk.report.report import ReportOptions
from cxdesk.resources import resource
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.role import Role
from cxdesk.text import Format, Text, say, show_number

if TYPE_CHECKING:
    # Most surveys are one file: what puts several together is imported with the first that are.
    from cxdesk.project.gathering import Bundle, Study
    from cxdesk.project.several import Plan

_LOG = logging.getLogger(__name__)

SMALLEST_SELECTION = 10
"""A filter that leaves fewer respondents is refused."""

_SCORE_NAMES = {Role.RECOMMEND.value: "NPS", Role.SATISFACTION.value: "CSAT", Role.EFFORT.value: "CES"}


@dataclass(frozen=True, slots=True)
class Opened:
    """A survey as it is first shown, and whether its layout was confirmed before.

    ``changes`` says in one line what differs from the layout that was confirmed, None if nothing does.

    ``earlier`` is the survey as it would be without the settings that were put back on it, which ``step`` names and
    Undo takes away again; ``note`` says so, with what could not be put back. ``path``, ``choices`` and ``bundle`` are
    what a project was read from, and ``project`` is its own file; "" and None for a survey file.
    """

    workspace: Workspace
    remembered: bool
    changes: Text | None = None
    earlier: Workspace | None = None
    step: Text | None = None
    note: Text | None = None
    path: str = ""
    choices: Choices = Choices()
    project: str = ""
    bundle: Bundle | None = None


def open_file(
    path: str,
    choices: Choices,
    preferences: Preferences,
    before: Workspace | None,
    worker: Worker,
    engine: Engine,
    job: Job,
) -> Opened:
    """Open a file with the settings as they are; ``before`` is the same file as it was open already, or None.

    Raises `ReadRefused` and `Cancelled`.
    """
    dataset = worker.read(path, choices, job)
    kept = autosave.found(dataset.source.digest) if before is None and preferences.keep_recent else None
    if kept is not None and choices == Choices() != kept.choices:
        choices = kept.choices  # the person chose another sheet or encoding last time
        dataset = worker.read(path, choices, job)
    recalled = store.recall(dataset) if preferences.remember_layouts else None
    workspace = as_before(Workspace(dataset if recalled is None else recalled.dataset), preferences, before, engine)
    opened = Opened(workspace, recalled is not None, None if recalled is None else recalled.changes, choices=choices)
    if kept is not None:
        opened = with_settings(opened, kept.state, say("Settings of last time"), engine)
    score = first_page(opened.workspace, engine, job)
    list_recent(path, opened.workspace, score, preferences)
    return opened


def open_combined(
    datasets: Sequence[Dataset],
    plan: Plan,
    preferences: Preferences,
    before: Workspace | None,
    engine: Engine,
    job: Job,
) -> Opened:
    """Open several surveys that were read with `several.read_files` as one.

    ``before`` is what the same files were when they were open already, or None. Raises `ReadRefused` and `Cancelled`.
    The files are not listed among those opened last, because that list opens one file at a time.
    """
    from cxdesk.project.several import combine  # noqa: PLC0415 - see above

    job.progress(say("Putting the files together"), 0, 0)
    workspace = combine(datasets, plan)
    job.check()
    recalled = store.recall(workspace.dataset) if preferences.remember_layouts else None
    known = recalled is not None and recalled.changes is None
    if recalled is not None and known:
        workspace = replace(workspace, dataset=recalled.dataset)
    workspace = as_before(workspace, preferences, before, engine)
    first_page(workspace, engine, job)
    return Opened(workspace, known)


def open_study(
    found: Study,
    source_words: str,
    preferences: Preferences,
    before: Workspace | None,
    engine: Engine,
    job: Job,
    *,
    again: bool,
) -> Opened:
    """Combine files as a person has seen and changed it on the page.

    ``before`` is the survey that is open now, if these files belong to it: the same files read ``again``, or a survey
    to which they are added, whose roles, filter and rules then go on. Raises `ReadRefused` and `Cancelled`.
    """
    plan = found.plan(source_words)
    opened = open_combined(found.datasets, plan, preferences, before if again else None, engine, job)
    if before is None or again:
        return opened
    workspace = carried_into(before, opened.workspace)
    narrow = [workspace, *([replace(workspace, selection=workspace.compare)] if workspace.compare is not None else [])]
    if min(map(engine.size, narrow)) < SMALLEST_SELECTION:
        fresh = opened.workspace
        workspace = replace(workspace, selection=fresh.selection, compare=fresh.compare)
    first_page(workspace, engine, job)
    return replace(opened, workspace=workspace)


def as_before(workspace: Workspace, preferences: Preferences, before: Workspace | None, engine: Engine) -> Workspace:
    """A workspace with the person's settings, and with what they had chosen if the file was open already."""
    report = ReportOptions(frozenset(preferences.left_out), author=preferences.author, paper=preferences.paper)
    # What the last report of some survey said is nothing that another survey could be compared with.
    workspace = replace(workspace, rules=replace(preferences.rules, earlier=(), themes=()), report=report)
    workspace = decisions.applied(workspace)
    if before is None:
        return workspace
    fresh, workspace = workspace, carried(before, workspace)
    if engine.size(workspace) < SMALLEST_SELECTION:
        workspace = replace(workspace, selection=fresh.selection, compare=fresh.compare)
    return workspace


def with_settings(opened: Opened, state: State, step: Text, engine: Engine) -> Opened:
    """A survey that was just opened, with settings that were saved for it; `Opened.note` says what does not fit.

    A filter that leaves too few respondents now is left out. A state of another survey changes nothing.
    """
    applied = apply_state(state, opened.workspace)
    workspace = applied.workspace
    if engine.size(workspace) < SMALLEST_SELECTION:
        workspace = replace(workspace, selection=opened.workspace.selection, compare=opened.workspace.compare)
    if not applied.known or workspace == opened.workspace:
        return opened
    return replace(opened, workspace=workspace, remembered=True, earlier=opened.workspace, step=step, note=applied.lost)


def short_score(section: Section) -> str:
    """The headline figure in a few characters that need no language: "NPS +31"; "" if there is none."""
    figure = next((block for block in section.blocks() if isinstance(block, Figure)), None)
    name = "" if figure is None else _SCORE_NAMES.get(figure.key, "")
    if figure is None or not name or not isinstance(figure.cell.value, int | float):
        return ""
    return f"{name} {show_number(figure.cell.value, figure.cell.format or Format.GENERAL)}"


def listed_score(workspace: Workspace, section: Section) -> str:
    """What stands beside the file in the list of recent ones: the score of everybody in it, each counting once.

    "" while a filter or weights make another number of it, because the list has no room to say so. Rows that are left
    out as doubtful, by decision or unasked, are not in it: they are in no score of the survey.
    """
    whole = not workspace.selection.conditions and workspace.weighting is None
    return short_score(section) if whole else ""


def first_page(workspace: Workspace, engine: Engine, job: Job) -> str:
    """Have the first page ready when the file is, so that it appears at once; returns its `listed_score`."""
    job.progress(say("Calculating"), 0, 0)
    try:
        return listed_score(workspace, engine.section(workspace, "overview", job))
    except Cancelled:
        raise
    except Exception as problem:  # noqa: BLE001 - the page itself will say so when it is shown
        _LOG.info("the first page was not calculated: %s", type(problem).__name__)
        return ""


def list_recent(path: str, workspace: Workspace, score: str, preferences: Preferences, name: str = "") -> None:
    """List the file as the one opened last; examples and pasted tables are not listed. ``name`` "" is the survey's."""
    if preferences.keep_recent and Path(path).parent not in {private_folder(), resource("samples")}:
        opened = now().isoformat(timespec="minutes")
        dataset = workspace.dataset
        store.add_recent(store.RecentFile(path, name or dataset.source.name, opened, dataset.receipt.rows, score))
