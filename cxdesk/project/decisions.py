"""Applies what a person decided about doubtful rows: who is left out of the survey, on every page and in every report.

The survey with all its rows stays beside the smaller one (`Dataset.whole`), so that nothing is ever lost: roles, joins
and answers to doubts change the complete survey, and the decisions are applied to it again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from cxdesk.analysis.checks import UNASKED, all_checks, left_out, marked_by
from cxdesk.analysis.checks_values import KEEP, Check, Mask, decided_way
from cxdesk.analysis.quality_values import QualitySpec
from cxdesk.job import Job
from cxdesk.project.workspace import Workspace
from cxdesk.survey.dataset import Dataset
from cxdesk.text import Text, Translator, say, say_n

_QUALITY = "quality"


class DecisionRefused(Exception):
    """A decision would leave too few rows; ``reason`` says so."""

    def __init__(self, reason: Text) -> None:
        """Keep the words; they are translated where they are shown."""
        super().__init__(reason.msgid)
        self.reason = reason


def complete(workspace: Workspace) -> Workspace:
    """The workspace with all rows of its survey: where changes of the survey itself begin."""
    return replace(workspace, dataset=workspace.dataset.complete)


def applied(workspace: Workspace, known: Dataset | None = None) -> Workspace:
    """The workspace with the rows left out that its decisions, or what happens unasked, leave out.

    Every way of opening or changing a survey ends here. What would leave nobody is not done. ``known`` is a smaller
    survey made before, which is taken if it is still the same, so that what was computed for it goes on.
    """
    whole = workspace.dataset.complete
    gone = left_out(whole, _spec(workspace).decisions).mask
    return replace(workspace, dataset=whole if gone.all() else _without(whole, gone, known))


def decide(workspace: Workspace, check: str, way: str) -> Workspace:
    """The workspace after a person decided about a check; the same survey if that changes no row.

    Raises `DecisionRefused` if hardly anybody would be left.
    """
    spec = _spec(workspace).deciding(check, way)
    whole = workspace.dataset.complete
    gone = left_out(whole, spec.decisions).mask
    left = int(np.count_nonzero(~gone))
    if left < min(workspace.rules.hide_below, workspace.dataset.respondents):
        raise DecisionRefused(
            say_n(
                "That would leave 1 row, too few for any score. Nothing was changed.",
                "That would leave {count} rows, too few for any score. Nothing was changed.",
                left,
            )
        )
    return replace(workspace, dataset=_without(whole, gone, workspace.dataset)).with_spec(_QUALITY, spec)


def confirm_all(workspace: Workspace, job: Job) -> Workspace:
    """The workspace after a person agreed with everything that happens unasked; the survey stays the same."""
    spec = _spec(workspace)
    for check in all_checks(workspace.dataset.complete, spec.decisions, job):
        if check.count and decided_way(spec.decisions, check.key) is None:
            spec = spec.deciding(check.key, check.chosen(spec.decisions).key)
    return workspace.with_spec(_QUALITY, spec)


def keeping_all(workspace: Workspace) -> Workspace:
    """The workspace with a decision to keep every row that is left out unasked."""
    spec = _spec(workspace)
    for check in UNASKED:
        spec = spec.deciding(check, KEEP)
    return applied(workspace.with_spec(_QUALITY, spec))


def left_out_json(workspace: Workspace, translator: Translator) -> list[dict[str, Any]]:
    """Which checks left how many rows out, as plain values for the terminal; ``decided`` is false for what is usual."""
    steps = left_out(workspace.dataset.complete, _spec(workspace).decisions).steps
    return [
        {
            "check": step.check,
            "reason": translator(say("{check} ({way})", check=step.name, way=step.way)),
            "rows": step.count,
            "decided": step.decided,
        }
        for step in steps
    ]


def step_name(check: Check, way: str) -> Text:
    """What Undo calls a decision."""
    if way == KEEP:
        return say("Keep: {check}", check=check.name)
    return say("Leave out: {check}", check=check.name)


def check_of(workspace: Workspace, key: str) -> Check | None:
    """A check of the open survey by its key, with the rows that it marks in the complete one."""
    return marked_by(workspace.dataset.complete, _spec(workspace).decisions, key)


def _spec(workspace: Workspace) -> QualitySpec:
    found = workspace.spec(_QUALITY)
    return found if isinstance(found, QualitySpec) else QualitySpec()


def _without(whole: Dataset, gone: Mask, known: Dataset | None) -> Dataset:
    """The survey without the rows that are left out; the ``known`` one if that is the same."""
    if known is not None and known.complete is whole and known.key == whole.key_without(gone):
        return known
    return whole.without(gone, known)
