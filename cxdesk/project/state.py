"""What a person chose for a survey, without the survey: roles, filters, weights, rules, options of pages, the report.

It can be put on the same file again, or on next month's export: questions are found by their words, and answers that a
filter or a weight names are found by theirs. What no longer fits is left out and said. Every field of `Workspace` but
the survey itself is kept, so a new setting needs nothing here as long as it is a plain frozen value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, get_type_hints

from cxdesk.analysis import ANALYSES
from cxdesk.analysis.menu import entry
from cxdesk.project import store
from cxdesk.project.codec import Misfit, decode, encode
from cxdesk.project.decisions import applied
from cxdesk.project.moving import Lost, Move, moved, places_named
from cxdesk.project.preferences import CONFIDENCES
from cxdesk.project.since import since_last_time
from cxdesk.project.workspace import Workspace
from cxdesk.reading.likeness import twins
from cxdesk.survey.amount import Amount
from cxdesk.survey.base import Rules
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import UNSHOWN, Role
from cxdesk.survey.scale import Scale
from cxdesk.survey.selection import Selection, answer_name
from cxdesk.survey.source import SOURCE
from cxdesk.text import Listed, Text, say

_FEWEST = 3
_ALIKE = 0.5
_IN_WORDS = frozenset({"rules", "report"})
"""Fields that name questions and answers by their words, never by id."""

_DERIVED = frozenset({"hidden"})
"""Fields that are computed from the survey."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was when the state was saved.

    ``names`` are the answers that something speaks of, by code; the code -1 stands for "no answer". ``settled`` is
    false for a question that was still in doubt. ``columns`` counts the columns of the file that belong to it.
    """

    id: str
    text: str
    role: Role
    group: str = ""
    scale: Scale | None = None
    day_first: bool | None = None
    settled: bool = True
    columns: int = 1
    size: int = 0
    amount: Amount | None = None
    names: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """A saved state. ``values`` are the fields of `Workspace` that could be read; ``ignored`` counts what could not."""

    questions: tuple[Asked, ...]
    values: Mapping[str, Any]
    ignored: int = 0


@dataclass(frozen=True, slots=True)
class Applied:
    """A survey with a saved state put on it.

    ``changes`` says in one line how the columns differ from those that the state was made for, ``lost`` what of the
    state no longer fits, each None if nothing does. ``known`` is false if it was made for another survey altogether.
    """

    workspace: Workspace
    changes: Text | None = None
    lost: Text | None = None
    known: bool = True


def state_tree(workspace: Workspace, *, without: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The state of a workspace as a tree for JSON; fields called like one in ``without`` are left out at any depth."""
    without |= _DERIVED
    values = {
        each.name: encode(getattr(workspace, each.name), without=without)
        for each in fields(Workspace)
        if each.name not in {"dataset", "specs"} | without
    }
    values["specs"] = {key: encode(spec, without=without) for key, spec in workspace.specs}
    return {"questions": [encode(each) for each in _asked(workspace)], "values": values}


def read_state(tree: Any) -> State:
    """The state that a tree describes; whatever cannot be used is left out and counted. Raises `Misfit`."""
    if not isinstance(tree, dict) or not isinstance(tree.get("values"), dict):
        raise Misfit("no state")
    questions = decode(tuple[Asked, ...], tree.get("questions", []))
    ignored = questions.ignored
    values: dict[str, Any] = {}
    hints = get_type_hints(Workspace)
    for name, part in tree["values"].items():
        if name == "specs":
            specs, more = _specs(part)
            values["specs"], ignored = specs, ignored + more
            continue
        if name not in hints or name == "dataset":
            ignored += 1
            continue
        try:
            found = decode(hints[name], part)
        except Misfit:
            ignored += 1
        else:
            value = _sound(found.value) if isinstance(found.value, Rules) else found.value
            values[name], ignored = value, ignored + found.ignored
    return State(questions.value, values, ignored)


def apply_state(state: State, fresh: Workspace) -> Applied:
    """Put a state on a survey that was just opened; what is not in the state stays as it is in ``fresh``."""
    pairs = pairs_of(fresh.dataset, state.questions)
    if not _same_survey(fresh.dataset, state.questions, pairs):
        return Applied(fresh, known=False)
    dataset = _with_roles(fresh.dataset.complete, state.questions, pairs)
    move = _move(dataset, state.questions, pairs)
    lost: list[Text] = []
    values: dict[str, Any] = {}
    for name, value in state.values.items():
        if name == "specs":
            continue
        if isinstance(value, Selection):
            values[name] = _selection(value, move, state.questions, lost)
            if name == "compare" and value.conditions and not values[name].conditions:
                values[name] = None  # an earlier period that lost its conditions would be everybody
            continue
        if name in _IN_WORDS:
            values[name] = value
        elif isinstance(value, tuple):
            values[name] = tuple(_that_fit(name, value, move, lost))
        else:
            try:
                values[name] = moved(value, move)
            except Lost:
                lost.append(_field_name(name))
    specs = dict(fresh.specs)
    for key, spec in dict(state.values.get("specs", ())).items():
        try:
            specs[key] = moved(spec, move)
        except Lost:
            lost.append(say("options of {page}", page=entry(key).title))
    workspace = applied(replace(fresh, dataset=dataset, specs=tuple(specs.items()), **values), fresh.dataset)
    told = say("Left out because it is not in this file: {parts}", parts=Listed(tuple(lost))) if lost else None
    return Applied(workspace, _changes(fresh.dataset, state.questions, pairs), told)


@cache
def spec_types() -> dict[str, Any]:
    """The type of the options of each analysis, by key: nothing else is made from a file."""
    return {each.key: get_type_hints(type(each).default)["return"] for each in ANALYSES}


def _sound(rules: Rules) -> Rules:
    """Rules as strict as the program's own at least, whatever somebody wrote into a file."""
    least = Rules()
    return replace(
        rules,
        confidence=rules.confidence if rules.confidence in CONFIDENCES else least.confidence,
        hide_below=max(rules.hide_below, least.hide_below),
        test_from=max(rules.test_from, least.test_from),
        plain_from=max(rules.plain_from, least.plain_from),
    )


def _specs(tree: Any) -> tuple[tuple[tuple[str, Any], ...], int]:
    found: list[tuple[str, Any]] = []
    ignored = 0
    for key, part in tree.items() if isinstance(tree, dict) else ():
        kind = spec_types().get(key)
        try:
            decoded = decode(kind, part)
        except Misfit:
            ignored += 1
        else:
            found.append((key, decoded.value))
            ignored += decoded.ignored
    return tuple(found), ignored


def _asked(workspace: Workspace) -> Iterator[Asked]:
    named = places_named([getattr(workspace, each.name) for each in fields(Workspace) if each.name != "dataset"])
    for question in workspace.dataset.questions:
        yield Asked(
            question.id,
            question.text,
            question.role,
            question.group,
            question.scale,
            question.day_first,
            question.ask is None,
            len(question.columns),
            question.size,
            question.amount,
            _names(question, named.get(question.id, frozenset())),
        )


def _names(question: Question, codes: frozenset[int | None]) -> tuple[tuple[int, str], ...]:
    """The names of some answers; None among the codes means all. Nobody's private answers have a name here."""
    if question.role in UNSHOWN or not question.size:
        return ()
    wanted = range(question.size) if None in codes else sorted(code for code in codes if code is not None)
    shown = [(code, answer_name(question, code)) for code in wanted if 0 <= code < question.size]
    none = [(-1, "")] if question.size in codes else []
    return (*((code, name) for code, name in shown if isinstance(name, str)), *none)


def pairs_of(dataset: Dataset, asked: Sequence[Asked]) -> dict[str, str]:
    """Which question of the survey is which of the state: by id and words, then by words, then by likeness."""
    known = {(each.id, each.text, each.group) for each in dataset.questions}
    found = {each.id: each.id for each in asked if (each.id, each.text, each.group) in known}
    ours = [each for each in dataset.questions if each.id not in found.values() and each.id != SOURCE]
    theirs = [each for each in asked if each.id not in found and each.id != SOURCE]
    for twin in twins([(each.group, each.text) for each in ours], [(each.group, each.text) for each in theirs]):
        found[theirs[twin.second].id] = ours[twin.first].id
    return found


def _same_survey(dataset: Dataset, asked: Sequence[Asked], pairs: Mapping[str, str]) -> bool:
    shared = len(pairs)
    share = shared / max(len(dataset.questions) + len(asked) - shared, 1)
    return share >= _ALIKE and shared >= min(_FEWEST, len(dataset.questions), len(asked))


def _with_roles(dataset: Dataset, asked: Sequence[Asked], pairs: Mapping[str, str]) -> Dataset:
    for each in asked:
        if each.id in pairs and each.settled:
            question = dataset.question(pairs[each.id])
            dataset = store.with_kept(dataset, question, each.role, each.scale, each.day_first, each.amount)
    return dataset


def _move(dataset: Dataset, asked: Sequence[Asked], pairs: Mapping[str, str]) -> Move:
    codes: dict[str, dict[int, int]] = {}
    for each in asked:
        if each.id in pairs:
            question = dataset.question(pairs[each.id])
            places = {str(answer_name(question, code)): code for code in range(question.size)}
            codes[each.id] = {code: places[name] for code, name in each.names if code >= 0 and name in places}
            if any(code < 0 for code, _ in each.names):
                codes[each.id][each.size] = question.size
    shown = {each.id for each in dataset.questions if each.role not in UNSHOWN}
    sizes = {each.id: dataset.question(pairs[each.id]).size for each in asked if each.id in pairs}
    ids = {old: new for old, new in pairs.items() if new in shown}
    return Move(ids, frozenset(each.id for each in asked), codes, sizes)


def _selection(selection: Selection, move: Move, asked: Sequence[Asked], lost: list[Text]) -> Selection:
    """The conditions that still mean the same; each one that is lost is named."""
    kept = []
    words = {each.id: each.text for each in asked}
    for condition in selection.conditions:
        try:
            kept.append(moved(condition, move))
        except Lost:
            lost.append(say("filter on “{question}”", question=words.get(condition.question, "")))
    return Selection(tuple(kept))


def _that_fit(name: str, values: tuple[Any, ...], move: Move, lost: list[Text]) -> Iterator[Any]:
    for value in values:
        try:
            yield moved(value, move)
        except Lost:
            lost.append(_field_name(name))


def _field_name(name: str) -> Text:
    return say("weights") if name == "weighting" else say("a setting of the survey")


def _changes(dataset: Dataset, asked: Sequence[Asked], pairs: Mapping[str, str]) -> Text | None:
    """How the columns differ, in one line; None if they do not."""
    known = set(pairs.values())
    new = sum(len(each.columns) for each in dataset.questions if each.id not in known and each.id != SOURCE)
    gone = sum(each.columns for each in asked if each.id not in pairs and each.id != SOURCE)
    renamed = sum(dataset.question(pairs[each.id]).text != each.text for each in asked if each.id in pairs)
    return since_last_time(new, gone, renamed)
