"""Opens what was saved: a project with or without answers, and the work that a crash interrupted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cxdesk.job import Job
from cxdesk.project.autosave import Kept
from cxdesk.project.engine import Engine
from cxdesk.project.gathering import Bundle
from cxdesk.project.opening import Opened, as_before, first_page, list_recent, with_settings
from cxdesk.project.package import ProjectRefused
from cxdesk.project.preferences import Preferences
from cxdesk.project.process import Worker
from cxdesk.project.project_file import read_project
from cxdesk.project.sources import Sources, read_sources
from cxdesk.project.state import State, apply_state
from cxdesk.project.workspace import Workspace
from cxdesk.survey.dataset import Dataset
from cxdesk.text import Text, say


def open_project(
    path: str,
    found_at: str,
    source_words: str,
    preferences: Preferences,
    worker: Worker,
    engine: Engine,
    job: Job,
) -> Opened:
    """Open a project file; ``found_at`` is where a person found its survey file, "" where it was.

    ``source_words`` is what the column of files is called (`several.Plan`). Raises `ProjectRefused`, `ReadRefused` and
    `Cancelled`.
    """
    job.progress(say("Opening the project"), 0, 0)
    project = read_project(path)
    sources = project.sources.at(found_at) if found_at else project.sources
    if project.dataset is not None:
        opened = _opened(Workspace(project.dataset), None, sources, preferences, engine)
    else:
        workspace, bundle = read_sources(sources, source_words, worker, job, remember=preferences.remember_layouts)
        opened = _opened(workspace, bundle, sources, preferences, engine)
    opened = _set_up(opened, project.state, engine)
    if opened.workspace.dataset.complete.source.digest != sources.digest:
        opened = replace(opened, changes=opened.changes or _differs(opened.workspace.dataset))
    score = first_page(opened.workspace, engine, job)
    list_recent(path, opened.workspace, score, preferences, Path(path).name)
    return replace(opened, project=path)


def continue_work(
    kept: Kept,
    source_words: str,
    preferences: Preferences,
    worker: Worker,
    engine: Engine,
    job: Job,
) -> Opened:
    """Open the survey that was open when the program stopped, as it was then; Undo goes back to how it was opened.

    Raises `ProjectRefused`, `ReadRefused` and `Cancelled`.
    """
    try:
        dataset = read_project(kept.project).dataset if kept.project else None
    except ProjectRefused:
        dataset = None  # what was set up does not depend on the project file, only on the answers
    bundle: Bundle | None = None
    if dataset is not None and dataset.source.digest == kept.sources.digest:
        workspace = Workspace(dataset)
    else:
        workspace, bundle = read_sources(kept.sources, source_words, worker, job, remember=preferences.remember_layouts)
    opened = _opened(workspace, bundle, kept.sources, preferences, engine)
    if kept.before is not None:
        opened = _set_up(opened, kept.before, engine)
    opened = with_settings(opened, kept.state, say("Continue where you stopped"), engine)
    first_page(opened.workspace, engine, job)
    return replace(opened, project=kept.project)


def _opened(
    workspace: Workspace, bundle: Bundle | None, sources: Sources, preferences: Preferences, engine: Engine
) -> Opened:
    workspace = as_before(workspace, preferences, None, engine)
    first = sources.inputs[0] if sources.inputs else None
    several = bundle if bundle is not None and len(bundle.read) > 1 else None
    if first is None:
        return Opened(workspace, remembered=True, bundle=several)
    return Opened(workspace, remembered=True, path=first.path, choices=first.choices, bundle=several)


def _set_up(opened: Opened, state: State, engine: Engine) -> Opened:
    """The survey as it was saved; that is how it is opened, so there is nothing for Undo to take back."""
    if not apply_state(state, opened.workspace).known:
        raise ProjectRefused(
            "other_survey",
            say("It was saved for another survey: its questions are not in the file that it was given."),
            say("Open it again and choose the right file."),
        )
    found = with_settings(opened, state, say("Open the project"), engine)
    return replace(found, earlier=None, step=None)


def _differs(dataset: Dataset) -> Text:
    name = dataset.source.name
    return say(
        "“{name}” is not the same file any more as when the project was saved; the figures may differ.", name=name
    )
