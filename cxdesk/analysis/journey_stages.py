"""Where the stages of a journey are found: in a rating grid, in questions named like stages, or in a column.

The page guesses; a person may choose another source and another order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cxdesk.analysis.groups import open_questions
from cxdesk.analysis.journey_words import is_channel, is_stage_column, is_stage_grid, stage_place
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import SCORED, Role
from cxdesk.survey.selection import Selection, answer_name
from cxdesk.text import Label, Listed, Text, say

FILE_ORDER = "file"
_MOST_STAGES = 20
_EVERYBODY = Selection()


class SourceKind(StrEnum):
    """What tells stages apart."""

    QUESTIONS = "questions"
    """One question per stage, answered by everybody."""
    COLUMN = "column"
    """One column with the stage of each person."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage by its key (a question's id, or "group3" for an answer), its name and its place in the usual order."""

    key: str
    name: Label
    place: int | None
    question: Question | None = None
    code: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """Where stages come from. ``likely`` sources are used without being chosen; ``column`` is set for a column."""

    key: str
    name: Label
    kind: SourceKind
    stages: tuple[Stage, ...]
    likely: bool
    column: Question | None = None

    def in_order(self, order: str) -> tuple[Stage, ...]:
        """The stages in the usual order ("" where every stage is known), the file's, or the one that keys list."""
        if order == FILE_ORDER:
            return self.stages
        chosen = order.split(",")
        if order and set(chosen) == {stage.key for stage in self.stages}:
            return tuple(sorted(self.stages, key=lambda stage: chosen.index(stage.key)))
        return tuple(sorted(self.stages, key=_usual)) if self.known_order else self.stages

    @property
    def known_order(self) -> bool:
        """Whether the words of all stages say where they stand."""
        places = [stage.place for stage in self.stages]
        return None not in places and len(set(places)) == len(places)


def sources(dataset: Dataset, selection: Selection = _EVERYBODY) -> tuple[Source, ...]:
    """All that may hold stages of those who are looked at, likely ones first; a column needs more than one stage."""
    found = [*_grids(dataset), *_named(dataset), *_columns(dataset, selection)]
    return tuple(sorted(found, key=lambda source: not source.likely))


def chosen_source(found: Sequence[Source], key: str) -> Source | None:
    """The chosen source, or else the first likely one; None if there is neither."""
    chosen = next((source for source in found if source.key == key), None)
    return chosen or next((source for source in found if source.likely), None)


def channels(dataset: Dataset, source: Source | None, selection: Selection) -> tuple[Question, ...]:
    """What stages can be split by among those who are looked at, channels first."""
    column = None if source is None else source.column
    return tuple(
        sorted(
            (each for each in open_questions(dataset, selection) if each is not column),
            key=lambda each: not is_channel(each.text),
        )
    )


def chosen_channel(found: Sequence[Question], id: str) -> Question | None:
    """The chosen split, or else the first column of channels."""
    chosen = next((each for each in found if each.id == id), None)
    return chosen or next((each for each in found if is_channel(each.text)), None) if id != "none" else None


def reordered(stages: Sequence[Stage], place: int) -> str:
    """The order in which the stage at a place comes one place earlier, as an option stores it."""
    keys = [stage.key for stage in stages]
    keys[place - 1], keys[place] = keys[place], keys[place - 1]
    return ",".join(keys)


def _usual(stage: Stage) -> int:
    return -1 if stage.place is None else stage.place


def _grids(dataset: Dataset) -> list[Source]:
    stems: dict[str, list[Question]] = {}
    for question in dataset.with_role(*SCORED):
        if question.group and question.scale is not None:
            stems.setdefault(question.group, []).append(question)
    found = []
    for stem, questions in stems.items():
        if not 2 <= len(questions) <= _MOST_STAGES:
            continue
        stages = tuple(_stage(question) for question in questions)
        known = {stage.place for stage in stages} - {None}
        likely = is_stage_grid(stem) or (len(known) >= 3 and 2 * len(known) >= len(stages))
        found.append(Source(f"grid:{questions[0].id}", stem, SourceKind.QUESTIONS, stages, likely))
    return found


def _named(dataset: Dataset) -> list[Source]:
    """Questions that stand alone and are named like stages: "Delivery", "How satisfied were you with our support?"."""
    alone = [
        question
        for question in dataset.with_role(Role.RATING, Role.SATISFACTION, Role.EFFORT)
        if not question.group and question.scale is not None
    ]
    stages = tuple(stage for stage in map(_stage, alone) if stage.place is not None)[:_MOST_STAGES]
    if len({stage.place for stage in stages}) < 2:
        return []
    name = say("Questions: {stages}", stages=Listed(tuple(stage.name for stage in stages[:4])))
    return [Source("questions", name, SourceKind.QUESTIONS, stages, len({stage.place for stage in stages}) >= 3)]


def _columns(dataset: Dataset, selection: Selection) -> list[Source]:
    found = []
    for question in open_questions(dataset, selection):
        if question.size > _MOST_STAGES or question.role is not Role.SEGMENT:
            continue
        stages = tuple(
            Stage(f"group{code}", answer_name(question, code), stage_place(question.options[code]), code=code)
            for code in range(question.size)
        )
        likely = is_stage_column(question.text)
        name: Text = say("Column “{column}”", column=question.text)
        found.append(Source(f"column:{question.id}", name, SourceKind.COLUMN, stages, likely, question))
    return found


def _stage(question: Question) -> Stage:
    return Stage(question.id, question.text, stage_place(question.text), question)
