"""What each file of the corpus must be understood as, read from the tables in ``expected``.

A table was written by looking at the file. It has one section per file (the same answers are there in several formats),
and one line per question: its columns as they are counted in the corpus' index (from 0), and what it is::

    "3-8" = "multiple, 6 options"                                      columns 3 to 8 are one question
    "15-28 each" = "rating 1-5, high is good, words favour"            columns 15 to 28 are fourteen questions
    "47" = "ignore|multiple"                                           careful people might choose either
    "11 each" = "rating 1-3, in doubt"                                 the file does not tell: nothing may be certain

Where the program is not certain, it must offer what is stated here; where it is certain, it must say exactly that.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cxdesk.survey.question import Question, Reading
from cxdesk.survey.role import SCORED, Role, Sure
from cxdesk.survey.scale import Direction, Scale

FOLDER = Path(__file__).parent / "expected"


@dataclass(frozen=True, slots=True)
class Meant:
    """One thing that a question may be: its role, and the ends of its scale if they are stated."""

    role: Role
    ends: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Stated:
    """What is stated about one question."""

    columns: tuple[int, ...]
    meant: tuple[Meant, ...]
    direction: Direction | None = None
    labels: tuple[str, ...] = ()
    options: int = 0
    at_least: bool = False
    day_first: bool | None = None
    in_doubt: bool = False


@dataclass(frozen=True, slots=True)
class Expected:
    """What is stated about one file: how it is read (``facts``), or why it is refused, and its questions."""

    name: str
    table: str
    facts: dict[str, Any]
    questions: tuple[Stated, ...]

    @property
    def refused(self) -> str:
        """The code of the refusal; "" for a file that is read."""
        return str(self.facts.get("refused", ""))


@cache
def everything() -> tuple[Expected, ...]:
    """All statements, by the names of the tables and files."""
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        scales = {name: tuple(labels) for name, labels in table.get("scales", {}).items()}
        lines = table.get("questions", {})
        questions = tuple(stated for key, words in lines.items() for stated in _stated(key, words, scales))
        found += [Expected(name, path.stem, facts, questions) for name, facts in table["files"].items()]
    return tuple(found)


def complaints(question: Question, stated: Stated) -> list[str]:
    """What is wrong with how a question was understood; [] if nothing is."""
    certain = question.sure is Sure.SURE
    if stated.in_doubt and not certain:
        return []
    readings = _readings(question)
    found = []
    matching = [reading for reading in readings if any(reading.role is meant.role for meant in stated.meant)]
    if not matching:
        return [f"is {question.role}, not {' or '.join(meant.role for meant in stated.meant)}"]
    scaled = [reading for reading in matching if reading.role in SCORED and reading.scale is not None]
    if scaled:
        found += _wrong_scale(scaled, stated, certain)
    if stated.options and not _as_many(len(question.options), stated):
        found.append(f"has {len(question.options)} options, not {stated.options}")
    orders = {reading.day_first for reading in matching}
    if stated.day_first is not None and stated.day_first not in orders:
        found.append(f"reads the day {'first' if question.day_first else 'second'}")
    return found


def _readings(question: Question) -> tuple[Reading, ...]:
    """What the program says it is, and, where it is not certain, what it offers beside that."""
    own = Reading(question.why, question.role, question.scale, question.day_first)
    if question.sure is Sure.SURE or question.ask is None:
        return (own,)
    return (own, *question.ask.readings)


def _wrong_scale(readings: list[Reading], stated: Stated, certain: bool) -> list[str]:
    found = []
    scales: list[Scale] = [reading.scale for reading in readings if reading.scale is not None]
    ends = {meant.ends for meant in stated.meant if meant.ends is not None}
    if ends and not any((scale.lowest, scale.highest) in ends for scale in scales):
        found.append(f"goes from {scales[0].lowest} to {scales[0].highest}")
    if stated.direction is not None and all(scale.direction is not stated.direction for scale in scales):
        found.append(f"takes {scales[0].direction} for its direction")
    if stated.labels and scales[0].labels != stated.labels:
        found.append(f"has the words {scales[0].labels}")
    return found


def _as_many(number: int, stated: Stated) -> bool:
    return number >= stated.options if stated.at_least else number == stated.options


def _stated(key: str, words: str, scales: dict[str, tuple[str, ...]]) -> list[Stated]:
    span, _, each = key.partition(" ")
    first, _, last = span.partition("-")
    columns = tuple(range(int(first), int(last or first) + 1))
    head, *rest = words.split(", ")
    meant = tuple(_meant(part) for part in head.split("|"))
    ends = next((part.ends for part in reversed(meant) if part.ends), None)
    meant = tuple(Meant(part.role, part.ends or ends) for part in meant)
    facts: dict[str, Any] = {}
    for part in rest:
        match part.split():
            case ["high" | "low" as end, "is", "good"]:
                facts["direction"] = Direction(f"{end}_is_good")
            case ["words", name]:
                facts["labels"] = scales[name]
            case ["at", "least", number, "options"]:
                facts |= {"options": int(number), "at_least": True}
            case [number, "options"]:
                facts["options"] = int(number)
            case ["day" | "month" as unit, "first"]:
                facts["day_first"] = unit == "day"
            case ["in", "doubt"]:
                facts["in_doubt"] = True
            case _:
                raise ValueError(f"{key}: {part}")
    groups = [(place,) for place in columns] if each else [columns]
    return [Stated(group, meant, **facts) for group in groups]


def _meant(text: str) -> Meant:
    role, _, ends = text.partition(" ")
    low, _, high = ends.partition("-")
    return Meant(Role(role), (int(low), int(high)) if ends else None)
