"""Changes how columns are used, and keeps what still fits: filters and options that speak of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cxdesk.analysis.weights import weighable
from cxdesk.project.decisions import applied
from cxdesk.project.workspace import Workspace
from cxdesk.reading.roles import RoleRefused, allowed, with_reading, with_role
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import UNSHOWN, Role
from cxdesk.survey.selection import Selection
from cxdesk.survey.weighting import Weighting


def use_as(workspace: Workspace, questions: Iterable[Question], role: Role) -> Workspace:
    """Use questions in another way. Raises `RoleRefused` if one of them cannot be; then nothing is changed."""
    dataset = workspace.dataset.complete
    for question in questions:
        if question.role is not role:
            dataset = with_role(dataset, question.id, role)
    return _fitted(workspace, dataset)


def answer_ask(workspace: Workspace, questions: Iterable[Question], number: int) -> Workspace:
    """Take the reading at position ``number`` for questions that are in doubt; a grid's rows are answered together.

    Raises `RoleRefused` if a column does not allow it; then nothing is changed.
    """
    dataset = workspace.dataset.complete
    for question in questions:
        if question.ask is not None and number < len(question.ask.readings):
            dataset = with_reading(dataset, question.id, question.ask.readings[number])
    return _fitted(workspace, dataset)


def uses_of(dataset: Dataset, questions: Sequence[Question]) -> frozenset[Role]:
    """The roles that every one of some questions can play."""
    if not questions:
        return frozenset()
    whole = dataset.complete
    return frozenset.intersection(*(frozenset(allowed(whole, question.id)) for question in questions))


def _fitted(workspace: Workspace, dataset: Dataset) -> Workspace:
    """Drop the conditions on questions whose answers mean something else now, or are not shown any more.

    What was decided about doubtful rows is applied again, because a column of IDs may be another one now.
    """
    selection, compare = _kept(workspace.selection, workspace.dataset, dataset), workspace.compare
    if compare is not None and _kept(compare, workspace.dataset, dataset) != compare:
        compare = None  # without its condition an earlier period would be everybody
    weighting = workspace.weighting
    if weighting is not None and not _weights_kept(weighting, workspace.dataset, dataset):
        weighting = None
    changed = replace(workspace, dataset=dataset, selection=selection, compare=compare, weighting=weighting)
    return applied(changed, workspace.dataset)


def _weights_kept(weighting: Weighting, before: Dataset, after: Dataset) -> bool:
    """Whether the column of weights is still one, and the groups with target shares are still the same."""
    if weighting.column:
        return after.question(weighting.column).role is Role.WEIGHT
    used = [margin.question for margin in weighting.margins]
    known = {question.id for question in weighable(after)}
    return all(name in known and _same_answers(before.question(name), after.question(name)) for name in used)


def _kept(selection: Selection, before: Dataset, after: Dataset) -> Selection:
    return Selection(
        tuple(
            condition
            for condition in selection.conditions
            if _same_answers(before.question(condition.question), after.question(condition.question))
        )
    )


def _same_answers(old: Question, new: Question) -> bool:
    return new.role not in UNSHOWN and (old.kind, old.scale, old.options) == (new.kind, new.scale, new.options)


__all__ = ["RoleRefused", "answer_ask", "use_as", "uses_of"]
