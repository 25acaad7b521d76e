"""Weights that were asked for on the command line: a column of the file, or a list of target shares."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cxdesk.analysis.weights import WeightsRefused, sums_to_one, weighable, weights_of
from cxdesk.project.decisions import applied
from cxdesk.project.request import RequestError, find_question, folded
from cxdesk.project.typed import pasted_rows, typed_number
from cxdesk.project.workspace import Workspace
from cxdesk.reading.roles import RoleRefused, with_role
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import Role
from cxdesk.survey.weighting import Margin, Weighting
from cxdesk.text import Format, Number, say

_ENCODINGS = ("utf-8-sig", "utf-16", "gb18030")
_COUNTS = frozenset({"count", "counts", "n", "number", "people", "人数", "数量", "计数"})


def weighted(workspace: Workspace, column: str, targets: str) -> Workspace:
    """The workspace with the weights of ``column`` or the target shares of the file ``targets``; "" asks for none.

    Raises `RequestError` if both were asked for, or if nobody can be weighted like that.
    """
    if column and targets:
        raise RequestError(say("Give either a weight column or a file of target shares, not both."))
    if not column and not targets:
        return workspace
    dataset = workspace.dataset
    if column:
        question = find_question(dataset, column)
        if question.role is not Role.WEIGHT:
            try:
                changed = with_role(dataset.complete, question.id, Role.WEIGHT)
            except RoleRefused as refused:
                reason = say("“{question}”: {reason}", question=question.text, reason=refused.reason)
                raise RequestError(reason) from None
            dataset = applied(replace(workspace, dataset=changed)).dataset
        weighting = Weighting(question.id)
    else:
        weighting = Weighting(margins=_margins(dataset, _rows(targets)))
    try:
        weights_of(dataset, weighting)
    except WeightsRefused as refused:
        raise RequestError(refused.reason) from None
    return replace(workspace, dataset=dataset, weighting=weighting)


def _rows(path: str) -> tuple[tuple[str, ...], ...]:
    try:
        content = Path(path).read_bytes()
    except OSError:
        raise RequestError(say("The file of target shares could not be opened: {path}", path=path)) from None
    for encoding in _ENCODINGS:
        try:
            return pasted_rows(content.decode(encoding))
        except UnicodeError:
            continue
    raise RequestError(say("The file of target shares is no text: {path}", path=path))


def _margins(dataset: Dataset, rows: tuple[tuple[str, ...], ...]) -> tuple[Margin, ...]:
    """One margin per question; a first row without a number is a heading, and says whether counts follow."""
    heading = rows[0] if rows and typed_number(rows[0][-1]) is None else ()
    shares: dict[str, dict[int, float]] = {}
    for row in rows[1 if heading else 0 :]:
        number = typed_number(row[2]) if len(row) == 3 else None
        if number is None or number < 0:
            raise RequestError(say("“{row}” is not QUESTION, ANSWER, SHARE.", row=", ".join(row)))
        question = find_question(dataset, row[0])
        if question not in weighable(dataset):
            raise RequestError(
                say("“{question}” has no groups that could be given target shares.", question=question.text)
            )
        shares.setdefault(question.id, {})[_code(question, row[1])] = number
    counts = bool(heading) and heading[-1].casefold() in _COUNTS
    return tuple(_margin(dataset.question(name), found, counts=counts) for name, found in shares.items())


def _code(question: Question, answer: str) -> int:
    names = [folded(option) for option in question.options]
    if folded(answer) in names:
        return names.index(folded(answer))
    raise RequestError(say("“{question}” has no answer “{value}”.", question=question.text, value=answer))


def _margin(question: Question, found: dict[int, float], *, counts: bool) -> Margin:
    total = sum(found.values())
    typed = [found.get(code, 0.0) for code in range(question.size)]
    if total > 0 and (counts or sums_to_one(tuple(typed))):
        return Margin(question.id, tuple(each / total for each in typed))
    if not sums_to_one(tuple(each / 100 for each in typed)):
        raise RequestError(
            say(
                "The targets of “{question}” add up to {sum}, not 100. If they are counts of people, call the third "
                "column “count”.",
                question=question.text,
                sum=Number(total, Format.GENERAL),
            )
        )
    return Margin(question.id, tuple(each / total for each in typed))
