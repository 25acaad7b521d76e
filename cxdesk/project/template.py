"""The template (.cxt): how this survey is evaluated, for next month's export. It holds no answers and nobody's name.

Inside are the roles of the columns by their words, targets, themes, weights, rules, decisions, options of pages and the
choices of the report; of the answers only the groups that a filter, weight or target speaks of, and how the answers to
the headline questions were spread, so that the next report can say what changed.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cxdesk.analysis.last_report import figures_of
from cxdesk.analysis.quality_values import QualitySpec
from cxdesk.project.codec import Misfit
from cxdesk.project.comparison import Proposal, compared, proposals
from cxdesk.project.engine import sample_of
from cxdesk.project.package import TEMPLATE, ProjectRefused, damaged, pack, unpack, unpacked
from cxdesk.project.state import Applied, State, apply_state, pairs_of, read_state, state_tree
from cxdesk.project.workspace import Workspace
from cxdesk.render.excel.save import Written, save
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.periods import next_start, period_start
from cxdesk.survey.role import Kind, Role
from cxdesk.survey.selection import Between, OneOf, Selection, describe_condition
from cxdesk.survey.source import SOURCE
from cxdesk.text import Listed, Text, Unit, say, say_n

_PERSONAL = frozenset({"people", "author", "title", "focus"})
"""Fields that speak of single people, of whoever made the report, or of what was looked at last."""

_WAVES = "wave"
_UNITS = (Unit.MONTH, Unit.QUARTER, Unit.WEEK, Unit.YEAR)
_FIRST_DAY = datetime.date(1970, 1, 1)


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """A template that was opened. ``against`` is the stretch of time that is compared: "month", "wave", "" for none."""

    state: State
    against: str
    name: str
    made: str


def save_template(target: str, workspace: Workspace, made: datetime.date) -> Written:
    """Save a template at ``target`` (ending in .cxt), whole or not at all. Raises `SaveRefused`."""
    content = template_content(workspace, made)
    unpacked(content)
    return save(target, content, say("template"), other_name=False)


def template_content(workspace: Workspace, made: datetime.date) -> bytes:
    """The bytes of a template; ``made`` is the day of the report that it stands for."""
    kept = _timeless(workspace)
    days = (each for each in workspace.selection.conditions if isinstance(each, Between))
    now = replace(kept, selection=Selection((*kept.selection.conditions, *days)))
    figures = figures_of(sample_of(now), workspace.rules, made)
    kept = replace(kept, rules=replace(kept.rules, earlier=figures))
    tree = state_tree(kept, without=_PERSONAL)
    texts = {"state": tree, "template": {"against": _against(workspace)}}
    return pack(TEMPLATE, {"answers": False}, texts, [])


def read_template(path: str) -> Template:
    """Open a template. Raises `ProjectRefused` with the reason in words."""
    package = unpack(Path(path))
    if package.kind != TEMPLATE:
        raise ProjectRefused(
            "project",
            say("It is a project, not a template."),
            say("Open it like a survey file, or save a template from it first."),
        )
    more: Any = package.texts.get("template")
    against = more.get("against") if isinstance(more, dict) else ""
    try:
        state = read_state(package.texts.get("state"))
    except Misfit:
        raise damaged() from None
    return Template(state, against if isinstance(against, str) else "", Path(path).stem, package.made)


def use_template(template: Template, workspace: Workspace) -> Applied:
    """Evaluate a survey as the template says. Raises `ProjectRefused` if it was made for another survey.

    Where the template compares a stretch of time with the one before, the newest of this survey is taken. What a
    person chose about the paper's author and title stays.
    """
    own = workspace.report
    applied = apply_state(template.state, replace(workspace, selection=Selection(), compare=None))
    if not applied.known:
        raise ProjectRefused(
            "other_survey",
            say(
                "The template “{name}” was made for another survey: its questions are not in this file.",
                name=template.name,
            ),
            say("Choose the template of this survey, or set the columns yourself and save a new one."),
        )
    found = applied.workspace
    found = replace(found, report=replace(found.report, author=own.author, title=own.title, language=own.language))
    found = _with_earlier_words(_decided_as_last(found), template, workspace.dataset)
    if template.against:
        proposal = _newest(found, template.against)
        if proposal is not None:
            found = compared(found, proposal)
    return replace(applied, workspace=found)


def contents(workspace: Workspace) -> tuple[Text, ...]:
    """What a template of this workspace would hold, in words, for the person to see before saving."""
    kept = _timeless(workspace)
    questions = len(workspace.dataset.questions)
    found: list[Text] = [say_n("what 1 column is used for", "what {count} columns are used for", questions)]
    for condition in kept.selection.conditions:
        found.append(say("the filter {filter}", filter=describe_condition(condition, workspace.dataset.question)))
    found += _lists(workspace)
    if kept.weighting is not None:
        found.append(say("the weights with their target shares"))
    if workspace.decisions:
        number = len(workspace.decisions)
        found.append(say_n("1 decision about doubtful answers", "{count} decisions about doubtful answers", number))
    if workspace.specs:
        found.append(say("the options of the pages and the choices of the report"))
    found.append(say("the headline figures, for the comparison next time"))
    return tuple(found)


def taken_over(template: Template, found: Applied) -> Text:
    """What using a template did to a survey, in one sentence, so that nobody takes last month's choices for none."""
    workspace = found.workspace
    places = pairs_of(workspace.dataset, template.state.questions)
    roles = sum(each.settled and each.id in places for each in template.state.questions)
    parts: list[Text] = (
        [say_n("what 1 column is used for", "what {count} columns are used for", roles)] if roles else []
    )
    if workspace.selection.conditions:
        described = workspace.selection.describe(workspace.dataset.question)
        parts.append(say("the filter {filter}", filter=described))
    parts += _lists(workspace)
    if workspace.weighting is not None:
        parts.append(say("the weights"))
    checks = len(workspace.decisions)
    if checks:
        parts.append(say_n("1 check decided as last time", "{count} checks decided as last time", checks))
    if not parts:
        return say("The template “{name}” is used.", name=template.name)
    return say("The template “{name}” is used: {parts}.", name=template.name, parts=Listed(tuple(parts)))


def _lists(workspace: Workspace) -> Iterator[Text]:
    """The lists that a person made: themes and targets."""
    rules = workspace.rules
    if rules.themes:
        yield say_n("1 theme", "{count} themes", len(rules.themes))
    if rules.targets:
        yield say_n("1 target", "{count} targets", len(rules.targets))


def told(words: tuple[Text, ...]) -> Text:
    """The contents in one sentence."""
    return say("A template holds no answers and no names. Inside: {parts}.", parts=Listed(words))


def _timeless(workspace: Workspace) -> Workspace:
    """Without what belongs to this month only: days, waves, files, searches for words, and the comparison."""
    return replace(
        workspace,
        selection=Selection(tuple(_lasting(workspace.selection, workspace.dataset))),
        compare=None,
        rules=replace(workspace.rules, earlier=()),
    )


def _lasting(selection: Selection, dataset: Dataset) -> Iterator[OneOf]:
    for condition in selection.conditions:
        if not isinstance(condition, OneOf) or condition.question == SOURCE:
            continue
        if dataset.question(condition.question).role is not Role.WAVE:
            yield condition


def _against(workspace: Workspace) -> str:
    """Which stretch of time is compared with the one before; "" if none is, or something else."""
    if workspace.compare is None:
        return ""
    for condition in workspace.selection.conditions:
        if workspace.compare.on(condition.question) == condition:
            continue
        if isinstance(condition, Between):
            for unit in _UNITS:
                start = period_start(condition.first, unit)
                if (start, next_start(start, unit)) == (
                    condition.first,
                    condition.last + datetime.timedelta(days=1),
                ):
                    return unit.value
        elif workspace.dataset.question(condition.question).role is Role.WAVE:
            return _WAVES
    return ""


def _newest(workspace: Workspace, against: str) -> Proposal | None:
    """The newest stretch of this survey with the one before it."""
    dataset = workspace.dataset
    found = proposals(dataset, workspace.selection, _span(workspace))
    for proposal in found:
        condition = proposal.now
        if workspace.selection.on(condition.question) == condition:
            continue
        if against == _WAVES and isinstance(condition, OneOf):
            return proposal
        if isinstance(condition, Between) and against != _WAVES:
            unit = Unit(against) if against in set(Unit) else Unit.MONTH
            if next_start(condition.first, unit) == condition.last + datetime.timedelta(days=1):
                return proposal
    return None


def _span(workspace: Workspace) -> tuple[datetime.date, datetime.date] | None:
    dates = (each for each in workspace.dataset.with_role(Role.DATE) if each.kind is Kind.DATE)
    question = next(dates, None)
    everybody = replace(workspace, selection=Selection(), compare=None, weighting=None)
    found = None if question is None else sample_of(everybody).dates(question.id)
    if found is None:
        return None
    first, last = (_FIRST_DAY + datetime.timedelta(days=int(day)) for day in found[:2])
    return first, last


def _decided_as_last(workspace: Workspace) -> Workspace:
    """Decisions about doubtful answers, marked as those of the last survey."""
    spec = workspace.spec("quality")
    return workspace.with_spec("quality", spec.decided_as_last()) if isinstance(spec, QualitySpec) else workspace


def _with_earlier_words(workspace: Workspace, template: Template, dataset: Dataset) -> Workspace:
    """The last figures under the words that their questions have now."""
    now = dict(_renamed(template, dataset))
    earlier = tuple(replace(each, question=now.get(each.question, each.question)) for each in workspace.rules.earlier)
    return replace(workspace, rules=replace(workspace.rules, earlier=earlier))


def _renamed(template: Template, dataset: Dataset) -> Iterator[tuple[str, str]]:
    places = pairs_of(dataset, template.state.questions)
    for each in template.state.questions:
        if each.id in places:
            yield each.text, dataset.question(places[each.id]).text
