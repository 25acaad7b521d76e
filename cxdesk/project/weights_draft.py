"""Weights while a person is still choosing them: which way, which columns, and shares that need not fit yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from cxdesk.analysis.weights import CAPS, weighable
from cxdesk.project.workspace import Workspace
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.weighting import Margin, Weighting

OFF, OWN = "off", "own"

Targets = tuple[float | None, ...]
"""Target shares of a question's answers in per cent; None where nothing was typed."""


@dataclass(frozen=True, slots=True)
class WeightsDraft:
    """``way`` is "off", "own" (target shares), or the id of a column of weights.

    ``used`` are the questions with targets, in the order of the file; ``targets`` remembers those of others as well.
    """

    way: str = OFF
    used: tuple[str, ...] = ()
    targets: Mapping[str, Targets] = field(default_factory=dict)
    cap: float = CAPS[0]

    def of(self, workspace: Workspace) -> WeightsDraft:
        """A draft that begins with a workspace's weights, and keeps what was typed before."""
        now = workspace.weighting
        if now is None:
            return replace(self, way=OFF)
        if now.column:
            return replace(self, way=now.column)
        typed = {margin.question: tuple(100 * target for target in margin.targets) for margin in now.margins}
        return WeightsDraft(OWN, tuple(typed), {**self.targets, **typed}, now.cap)

    @property
    def weighting(self) -> Weighting | None:
        """The weights as they are chosen now, whether they fit or not; None for none."""
        if self.way == OFF:
            return None
        if self.way != OWN:
            return Weighting(self.way)
        margins = (Margin(name, tuple((target or 0.0) / 100 for target in self.targets[name])) for name in self.used)
        return Weighting(margins=tuple(margins), cap=self.cap)

    @property
    def is_whole(self) -> bool:
        """Whether the targets of every column add up to 100%."""
        return all(abs(_sum(self.targets[name]) - 100) <= 1e-6 for name in self.used)

    def using(self, dataset: Dataset, question: str, *, used: bool) -> WeightsDraft:
        """Begin or stop to weight by the groups of a question."""
        wanted = {*self.used, question} if used else {*self.used} - {question}
        order = tuple(each.id for each in weighable(dataset) if each.id in wanted)
        empty = {name: (None,) * dataset.question(name).size for name in order if name not in self.targets}
        return replace(self, used=order, targets={**self.targets, **empty})

    def typed(self, question: str, targets: Targets) -> WeightsDraft:
        """Other targets for one question."""
        return replace(self, targets={**self.targets, question: targets})

    def filled(self, dataset: Dataset) -> WeightsDraft:
        """Begin with the shares of the respondents, to change only what is known to be different."""
        found = {
            name: tuple(round(100 * share, 2) for share in respondents_shares(dataset, name)) for name in self.used
        }
        return replace(self, targets={**self.targets, **found})

    def scaled(self) -> WeightsDraft:
        """Targets that add up to 100%: what people type as counts, or with rounding."""
        found = dict(self.targets)
        for name in self.used:
            whole = _sum(self.targets[name])
            if whole > 0:
                found[name] = tuple(None if each is None else 100 * each / whole for each in self.targets[name])
        return replace(self, targets=found)


def respondents_shares(dataset: Dataset, name: str) -> tuple[float, ...]:
    """The share of each answer among all respondents who gave one."""
    question = dataset.question(name)
    people = np.bincount(dataset.codes(name), minlength=question.size + 1)[: question.size]
    shares: tuple[float, ...] = tuple((people / max(int(people.sum()), 1)).tolist())
    return shares


def _sum(targets: Targets) -> float:
    return sum(target or 0.0 for target in targets)
