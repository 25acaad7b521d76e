"""Keeps what the person chose when the open file is read again, because it was changed in another program."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cxdesk.project.decisions import applied
from cxdesk.project.store import fingerprint
from cxdesk.project.workspace import Workspace
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.selection import Condition, OneOf, Selection, answer_name
from cxdesk.survey.weighting import Weighting
from cxdesk.text import say


def carried(before: Workspace, fresh: Workspace) -> Workspace:
    """Give a survey that was just read the roles, filter, comparison, weights and report choices of the one before it.

    Only for a file with the same columns; what no longer fits (an answer that nobody gives any more) is left out.
    """
    if fingerprint(before.dataset) != fingerprint(fresh.dataset):
        return fresh
    dataset = _with_roles(before.dataset, fresh.dataset.complete)
    compare = None if before.compare is None else _selection(before.compare, before.dataset, dataset)
    return _decided(
        before,
        fresh,
        dataset=dataset,
        selection=_selection(before.selection, before.dataset, dataset),
        rules=before.rules,
        report=before.report,
        # An earlier period that lost its conditions would be everybody, which is no earlier period.
        compare=compare if compare is None or compare.conditions or not _chosen(before.compare) else None,
        weighting=before.weighting if _weights_fit(before.weighting, before.dataset, dataset) else fresh.weighting,
    )


def carried_into(before: Workspace, fresh: Workspace) -> Workspace:
    """Give a survey made of several files what was chosen while only one of them, or fewer, or others, were open.

    Roles and filters of questions that still have the same id and words; rules and the report as they are. Whom
    ``fresh`` looks at and compares with stays so, and both sides are filtered alike.
    """
    dataset = fresh.dataset.complete
    known = {(question.id, question.group, question.text) for question in dataset.questions}
    same = tuple(each for each in before.dataset.questions if (each.id, each.group, each.text) in known)
    dataset = _with_roles(replace(before.dataset, questions=same), dataset)
    ids = {question.id for question in same}
    decided = {condition.question for condition in fresh.selection.conditions}
    kept = tuple(each for each in before.selection.conditions if each.question in ids and each.question not in decided)
    more = _selection(Selection(kept), before.dataset, dataset).conditions
    used = set() if before.weighting is None else _used(before.weighting)
    return _decided(
        before,
        fresh,
        dataset=dataset,
        selection=Selection((*fresh.selection.conditions, *more)),
        rules=before.rules,
        report=before.report,
        compare=None if fresh.compare is None else Selection((*fresh.compare.conditions, *more)),
        weighting=before.weighting if used <= ids and _weights_fit(before.weighting, before.dataset, dataset) else None,
    )


def _decided(before: Workspace, fresh: Workspace, **changes: Any) -> Workspace:
    """The fresh workspace with some changes, and with what was decided about doubtful rows."""
    quality = before.spec("quality")
    carried = replace(fresh, **changes)
    return applied(carried if quality is None else carried.with_spec("quality", quality), fresh.dataset)


def _chosen(selection: Selection | None) -> bool:
    return selection is not None and bool(selection.conditions)


def _selection(selection: Selection, before: Dataset, dataset: Dataset) -> Selection:
    conditions = (_fitted(condition, before, dataset) for condition in selection.conditions)
    return Selection(tuple(condition for condition in conditions if condition is not None))


def _weights_fit(weighting: Weighting | None, before: Dataset, dataset: Dataset) -> bool:
    """Whether the column of weights is still one, and the groups with known shares are still the same."""
    if weighting is None:
        return True
    for name in _used(weighting):
        old, new = before.question(name), _same(dataset, name)
        if new is None or (old.kind, old.role, old.options) != (new.kind, new.role, new.options):
            return False
    return True


def _used(weighting: Weighting) -> set[str]:
    """The questions that weights are made of."""
    return {weighting.column} if weighting.column else {margin.question for margin in weighting.margins}


def _with_roles(before: Dataset, dataset: Dataset) -> Dataset:
    from cxdesk.reading.roles import RoleRefused, with_role  # noqa: PLC0415 - only for a file that is read again

    for question in before.questions:
        if question.why == say("Chosen by you") and _same(dataset, question.id) is not None:
            try:
                dataset = with_role(
                    dataset, question.id, question.role, question.scale, question.day_first, question.amount
                )
            except RoleRefused:
                continue
    return dataset


def _fitted(condition: Condition, before: Dataset, dataset: Dataset) -> Condition | None:
    old, new = before.question(condition.question), _same(dataset, condition.question)
    if new is None or new.kind is not old.kind or new.role is not old.role:
        return None
    if not isinstance(condition, OneOf):
        return condition
    names = {str(answer_name(new, code)): code for code in range(new.size + 1)}
    codes = (names.get(str(answer_name(old, code))) for code in condition.codes)
    known = tuple(sorted(code for code in codes if code is not None))
    return OneOf(condition.question, known) if known else None


def _same(dataset: Dataset, id: str) -> Question | None:
    return next((question for question in dataset.questions if question.id == id), None)
