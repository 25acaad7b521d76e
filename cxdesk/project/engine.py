"""Turns a workspace into sections: computes what is needed, and remembers what was computed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any

from cxdesk.analysis import analysis
from cxdesk.analysis.weights import Weights, WeightsReport, weights_of, weights_report
from cxdesk.blocks.section import Section
from cxdesk.job import Job
from cxdesk.project.workspace import Workspace
from cxdesk.report.suppression import suppressed
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample, Tally
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.kept import Elsewhere
from cxdesk.survey.weighting import Weighting

_MOST_SECTIONS, _MOST_SAMPLES, _MOST_SIZES, _MOST_WEIGHTS = 64, 8, 200, 4


class Engine:
    """Computes on whichever thread calls it; what was computed is remembered for all of them."""

    def __init__(self) -> None:
        """Start with nothing computed; ``elsewhere`` may be set, so that long work is done in another process."""
        self.elsewhere: Elsewhere | None = None
        self._lock = threading.Lock()
        self._sections: OrderedDict[tuple[Any, ...], Section] = OrderedDict()
        self._samples: OrderedDict[tuple[Any, ...], Sample] = OrderedDict()
        self._plans: OrderedDict[tuple[Any, ...], Rules] = OrderedDict()
        self._sizes: OrderedDict[tuple[Any, ...], int] = OrderedDict()
        self._tally: Tally | None = None
        self._of: Dataset | None = None
        self._weighting: Weighting | None = None
        self._weights: OrderedDict[tuple[str, Weighting], Weights] = OrderedDict()

    def known(self, workspace: Workspace, key: str) -> Section | None:
        """The section if it was computed before, without computing anything."""
        rules = self._plans.get(_plan_name(workspace, key))
        return None if rules is None else self._sections.get(_name(workspace, rules, key))

    def section(self, workspace: Workspace, key: str, job: Job) -> Section:
        """The section of an analysis for a workspace. Raises `Cancelled` if the job says so."""
        rules = self._planned(workspace, key)
        job.check()
        name = _name(workspace, rules, key)
        found = self._sections.get(name)
        if found is None:
            wanted = analysis(key)
            spec = workspace.spec(key) or wanted.default(workspace.dataset)
            result = wanted.compute(self.sample(workspace), rules, spec, job)
            job.check()
            found = wanted.present(spec, result)
            with self._lock:
                self._sections[name] = found
                while len(self._sections) > _MOST_SECTIONS:
                    self._sections.popitem(last=False)
        return found

    def _planned(self, workspace: Workspace, key: str) -> Rules:
        """The rules with what the page must not show, found once (`report.suppression`)."""
        name = _plan_name(workspace, key)
        found = self._plans.get(name)
        if found is None:
            found = suppressed(self.sample(workspace), workspace.rules, dict(workspace.specs), key)
            with self._lock:
                self._plans[name] = found
                while len(self._plans) > _MOST_SECTIONS:
                    self._plans.popitem(last=False)
        return found

    def known_size(self, workspace: Workspace) -> int | None:
        """How many respondents a workspace looks at, if that was counted before."""
        if not workspace.selection.conditions and workspace.weighting is None:
            return workspace.dataset.respondents
        return self._sizes.get(_who(workspace))

    def size(self, workspace: Workspace) -> int:
        """How many respondents a workspace looks at."""
        size = self.sample(workspace).size
        with self._lock:
            self._sizes[_who(workspace)] = size
            while len(self._sizes) > _MOST_SIZES:
                self._sizes.popitem(last=False)
        return size

    def sample(self, workspace: Workspace) -> Sample:
        """The respondents that a workspace looks at; counts of the whole survey are shared between selections.

        Raises `WeightsRefused` if they cannot be weighted as the workspace says.
        """
        name = _who(workspace)
        weights = self._weights_of(workspace)
        with self._lock:
            found = self._samples.get(name)
            if found is None:
                if self._tally is None or self._of is not workspace.dataset or self._weighting != workspace.weighting:
                    if self._of is not None and self._of.source != workspace.dataset.source:
                        self._samples.clear()  # another file was opened: the old answers would fill the memory
                    self._tally = Tally(workspace.dataset, weights, workspace.weighting)
                    workspace.dataset.kept.elsewhere = self.elsewhere
                    self._of, self._weighting = workspace.dataset, workspace.weighting
                found = _sample(self._tally, workspace)
                self._samples[name] = found
                while len(self._samples) > _MOST_SAMPLES:
                    self._samples.popitem(last=False)
        return found

    def weigh(self, workspace: Workspace) -> WeightsReport:
        """What the weights of a workspace do to its survey. Raises `WeightsRefused`."""
        if workspace.weighting is None:
            raise ValueError("the workspace has no weights")
        tally = Tally(workspace.dataset, self._weights_of(workspace), workspace.weighting)
        return weights_report(tally.sample(), workspace.weighting)

    def _weights_of(self, workspace: Workspace) -> Weights | None:
        """The weights of each respondent, found once; without the lock, so that nobody waits for raking."""
        if workspace.weighting is None:
            return None
        name = (workspace.dataset.key, workspace.weighting)
        found = self._weights.get(name)
        if found is None:
            found = weights_of(workspace.dataset, workspace.weighting)
            with self._lock:
                self._weights[name] = found
                while len(self._weights) > _MOST_WEIGHTS:
                    self._weights.popitem(last=False)
        return found


def tally_of(workspace: Workspace) -> Tally:
    """The counts of a workspace's survey, weighted as it says. Raises `WeightsRefused`."""
    weighting = workspace.weighting
    if weighting is None:
        return Tally(workspace.dataset)
    return Tally(workspace.dataset, weights_of(workspace.dataset, weighting), weighting)


def sample_of(workspace: Workspace, tally: Tally | None = None) -> Sample:
    """The respondents that a workspace looks at, counted afresh or from its `tally_of`. Raises `WeightsRefused`."""
    return _sample(tally_of(workspace) if tally is None else tally, workspace)


def _sample(tally: Tally, workspace: Workspace) -> Sample:
    before = None if workspace.compare is None else tally.sample(workspace.compare)
    return tally.sample(workspace.selection, before)


def _who(workspace: Workspace) -> tuple[Any, ...]:
    return (workspace.dataset.key, workspace.selection, workspace.compare, workspace.weighting)


def _plan_name(workspace: Workspace, key: str) -> tuple[Any, ...]:
    scopes = tuple((other, analysis(other).scope(spec)) for other, spec in workspace.specs)
    told = frozenset((other, scope) for other, scope in scopes if scope is not None)
    return (*_who(workspace), workspace.rules, key, workspace.spec(key), told)


def _name(workspace: Workspace, rules: Rules, key: str) -> tuple[Any, ...]:
    return (*_who(workspace), rules, key, workspace.spec(key))
