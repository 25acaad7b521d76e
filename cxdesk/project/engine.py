"""Turns a workspace into sections: computes what is needed, and remembers what was computed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any

from cxdesk.analysis import analysis
from cxdesk.blocks.section import Section
from cxdesk.job import Job
from cxdesk.project.workspace import Workspace
from cxdesk.survey.counting import Sample, Tally
from cxdesk.survey.selection import Selection

_MOST_SECTIONS, _MOST_SAMPLES, _MOST_SIZES = 64, 8, 200


class Engine:
    """Computes on whichever thread calls it; what was computed is remembered for all of them."""

    def __init__(self) -> None:
        """Start with nothing computed."""
        self._lock = threading.Lock()
        self._sections: OrderedDict[tuple[Any, ...], Section] = OrderedDict()
        self._samples: OrderedDict[tuple[str, Selection], Sample] = OrderedDict()
        self._sizes: OrderedDict[tuple[str, Selection], int] = OrderedDict()
        self._tally: Tally | None = None

    def known(self, workspace: Workspace, key: str) -> Section | None:
        """The section if it was computed before, without computing anything."""
        return self._sections.get(_name(workspace, key))

    def section(self, workspace: Workspace, key: str, job: Job) -> Section:
        """The section of an analysis for a workspace. Raises `Cancelled` if the job says so."""
        name = _name(workspace, key)
        found = self._sections.get(name)
        if found is None:
            wanted = analysis(key)
            spec = workspace.spec(key) or wanted.default(workspace.dataset)
            result = wanted.compute(self.sample(workspace), workspace.rules, spec, job)
            job.check()
            found = wanted.present(spec, result)
            with self._lock:
                self._sections[name] = found
                while len(self._sections) > _MOST_SECTIONS:
                    self._sections.popitem(last=False)
        return found

    def known_size(self, workspace: Workspace) -> int | None:
        """How many respondents a workspace looks at, if that was counted before."""
        if not workspace.selection.conditions:
            return workspace.dataset.respondents
        return self._sizes.get((workspace.dataset.key, workspace.selection))

    def size(self, workspace: Workspace) -> int:
        """How many respondents a workspace looks at."""
        size = self.sample(workspace).size
        with self._lock:
            self._sizes[workspace.dataset.key, workspace.selection] = size
            while len(self._sizes) > _MOST_SIZES:
                self._sizes.popitem(last=False)
        return size

    def sample(self, workspace: Workspace) -> Sample:
        """The respondents that a workspace looks at; counts of the whole survey are shared between selections."""
        name = (workspace.dataset.key, workspace.selection)
        with self._lock:
            found = self._samples.get(name)
            if found is None:
                if self._tally is None or self._tally.dataset is not workspace.dataset:
                    if self._tally is not None and self._tally.dataset.source != workspace.dataset.source:
                        self._samples.clear()  # another file was opened: the old answers would fill the memory
                    self._tally = Tally(workspace.dataset)
                found = self._tally.sample(workspace.selection)
                self._samples[name] = found
                while len(self._samples) > _MOST_SAMPLES:
                    self._samples.popitem(last=False)
        return found


def _name(workspace: Workspace, key: str) -> tuple[Any, ...]:
    return (workspace.dataset.key, workspace.selection, workspace.rules, key, workspace.spec(key))
