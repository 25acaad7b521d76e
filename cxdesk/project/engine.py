"""Turns a workspace into sections: computes what is needed, and remembers what was computed."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from cxdesk.analysis import analysis
from cxdesk.blocks.section import Section
from cxdesk.job import Job
from cxdesk.project.workspace import Workspace
from cxdesk.survey.counting import Sample, Tally

_MOST_SECTIONS, _MOST_SAMPLES = 64, 8


class Engine:
    """Computes sections on whichever thread calls it; one call at a time."""

    def __init__(self) -> None:
        """Start with nothing computed."""
        self._sections: OrderedDict[tuple[Any, ...], Section] = OrderedDict()
        self._samples: OrderedDict[tuple[str, Any], Sample] = OrderedDict()
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
            self._sections[name] = found
            while len(self._sections) > _MOST_SECTIONS:
                self._sections.popitem(last=False)
        return found

    def sample(self, workspace: Workspace) -> Sample:
        """The respondents that a workspace looks at; counts of the whole survey are shared between selections."""
        name = (workspace.dataset.key, workspace.selection)
        found = self._samples.get(name)
        if found is None:
            if self._tally is None or self._tally.dataset is not workspace.dataset:
                self._tally = Tally(workspace.dataset)
            found = self._tally.sample(workspace.selection)
            self._samples[name] = found
            while len(self._samples) > _MOST_SAMPLES:
                self._samples.popitem(last=False)
        return found


def _name(workspace: Workspace, key: str) -> tuple[Any, ...]:
    return (workspace.dataset.key, workspace.selection, workspace.rules, key, workspace.spec(key))
