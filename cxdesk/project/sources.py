"""Which files a survey was read from, and how: enough to read them again, without a single answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cxdesk.job import Job
from cxdesk.project.gathering import Bundle, Edit, File, Keys, gather, study
from cxdesk.project.package import ProjectRefused
from cxdesk.project.process import Worker
from cxdesk.project.several import Input, Way, combine
from cxdesk.project.workspace import Workspace
from cxdesk.reading.grid import Choices
from cxdesk.survey.dataset import Dataset
from cxdesk.text import say


@dataclass(frozen=True, slots=True)
class Sources:
    """The files in their order, and what a person decided about them (`Bundle`).

    ``digest`` is the SHA-256 of the answers' source: of the file, or of all that were combined.
    """

    inputs: tuple[Input, ...]
    digest: str
    way: Way | None = None
    newest: Input | None = None
    edits: tuple[Edit, ...] = ()
    keys: tuple[Keys, ...] = ()

    @property
    def path(self) -> str:
        """Where the first file is."""
        return self.inputs[0].path if self.inputs else ""

    def at(self, path: str) -> Sources:
        """The same with the first missing file at another place; further ones may have moved with it."""
        missing = next((each for each in self.inputs if not _is_there(each.path)), None)
        if missing is None:
            return self
        beside = Path(path).parent
        return self.renamed({each: _found(each, missing, path, beside) for each in self.inputs})

    def renamed(self, places: dict[Input, Input]) -> Sources:
        """The same with other inputs in the place of some."""

        def new(old: Input) -> Input:
            return places.get(old, old)

        return replace(
            self,
            inputs=tuple(new(each) for each in self.inputs),
            newest=None if self.newest is None else new(self.newest),
            edits=tuple(replace(each, newer=new(each.newer), older=new(each.older)) for each in self.edits),
            keys=tuple(replace(each, table=new(each.table)) for each in self.keys),
        )


def sources_of(dataset: Dataset, path: str, choices: Choices, bundle: Bundle | None) -> Sources:
    """Where an open survey came from: ``path`` read with ``choices``, or the files of ``bundle``."""
    digest = dataset.complete.source.digest
    if bundle is None:
        return Sources((Input(path, choices),) if path else (), digest)
    inputs = tuple(file.input for file in bundle.read)
    return Sources(inputs, digest, bundle.way, bundle.newest, bundle.edits, bundle.keys)


def read_sources(
    sources: Sources, source_words: str, worker: Worker, job: Job, *, remember: bool
) -> tuple[Workspace, Bundle | None]:
    """Read the files again and combine them as they were; ``source_words`` as in `Plan`.

    Raises `ProjectRefused` if a file is not where it was, `ReadRefused` and `Cancelled`.
    """
    for each in sources.inputs:
        if not _is_there(each.path):
            raise moved(each.path)
    if not sources.inputs:
        raise moved("")
    if len(sources.inputs) == 1:
        only = sources.inputs[0]
        return Workspace(worker.read(only.path, only.choices, job)), None
    files: Sequence[File] = gather(sources.inputs, (), worker, job, remember=remember)
    problem = next((file.problem for file in files if file.problem is not None), None)
    if problem is not None:
        raise problem
    bundle = Bundle(tuple(files), sources.way, sources.newest, sources.edits, sources.keys)
    found = study(bundle)
    return combine(found.datasets, found.plan(source_words)), found.decided


def moved(path: str) -> ProjectRefused:
    """Why a project without answers cannot be opened when its survey file is gone."""
    name = Path(path).name
    return ProjectRefused(
        "moved",
        say("It holds no answers, and its survey file “{name}” is no longer where it was.", name=name),
        say("Press “Find it…” and choose the file; everything you set up is then put on it again."),
        path,
    )


def _is_there(path: str) -> bool:
    try:
        return bool(path) and Path(path).exists()
    except (OSError, ValueError):
        return False


def _found(each: Input, missing: Input, path: str, beside: Path) -> Input:
    if each == missing:
        return replace(each, path=path)
    other = beside / Path(each.path).name
    return replace(each, path=str(other)) if not _is_there(each.path) and _is_there(str(other)) else each
