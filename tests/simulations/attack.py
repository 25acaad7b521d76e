"""An attacker with a finished report: reads every number back and solves for the groups that were hidden.

Knows who answered what segment and when (so which people every label stands for), and nothing of the program's plan:
a number beside a label is one equation about the answers of these people. A hidden group is recovered if the equations
determine the sum over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from cxdesk.blocks.section import Section
from cxdesk.blocks.table import ColumnType, Table
from cxdesk.text import Translator

ENGLISH = Translator("en")
LIMIT = 10

Mask = np.ndarray
Equation = np.ndarray
"""What was read: float64 [people], the weight of each person's answer in a number."""


@dataclass
class World:
    """What the attacker knows: who each label stands for, and who answered which question.

    ``groups`` are the answers of segment questions and the periods, whose names are all different; ``looked_at`` those
    whom the report is about, ``before`` those they are compared with.
    """

    groups: Mapping[str, Mask]
    answered: Mapping[str, Mask]
    looked_at: Mask
    before: Mask | None = None
    equations: dict[str, list[Equation]] = field(default_factory=dict)

    def learn(self, measure: str, mask: Mask) -> None:
        """A number about the answers of these people."""
        self._add(measure, (mask & self.answered[measure]).astype(np.float64))

    def learn_change(self, measure: str, now: Mask, before: Mask) -> None:
        """A number that holds the difference of two means."""
        sides = [(side & self.answered[measure]).astype(np.float64) for side in (now, before)]
        self._add(measure, sides[0] / max(sides[0].sum(), 1) - sides[1] / max(sides[1].sum(), 1))

    def _add(self, measure: str, equation: Equation) -> None:
        self.equations.setdefault(measure, []).append(equation)

    def recovered(self, secrets: Iterable[Mask]) -> tuple[int, int]:
        """How many groups under the limit there are among these, over all measures, and how many are determined."""
        small = found = 0
        every = list(secrets)
        for measure, answered in self.answered.items():
            hidden = [(mask & answered).astype(np.float64) for mask in every]
            hidden = [mask for mask in hidden if 0 < mask.sum() < LIMIT]
            small += len(hidden)
            if hidden and measure in self.equations:
                found += _determined(np.stack(self.equations[measure]), np.stack(hidden))
        return small, found


def _determined(known: np.ndarray, wanted: np.ndarray) -> int:
    """How many of the wanted sums follow from the known ones: those that add nothing to the rank."""
    _, place = np.unique(np.vstack([known, wanted]).T, axis=0, return_index=True)
    solution, *_ = np.linalg.lstsq(known[:, place].T, wanted[:, place].T, rcond=None)
    left = np.abs(known[:, place].T @ solution - wanted[:, place].T).max(axis=0)
    return int((left < 1e-7).sum())


def read_section(world: World, section: Section, measures: Mapping[str, str]) -> None:
    """Everything that the tables of a page say: of groups in rows, or of groups in the columns of a crosstab."""
    for table in section.blocks():
        if not isinstance(table, Table):
            continue
        if table.columns[0].key == "name" and table.rows and table.rows[0].head:
            _read_crosstab(world, table, measures)
        elif table.key.endswith("groups"):
            _read_groups(world, table, measures)


def _read_groups(world: World, table: Table, measures: Mapping[str, str]) -> None:
    for row in table.rows:
        mask = world.looked_at & world.groups.get(_said(row.cells[0].value), ~world.looked_at | True)
        for column, cell in zip(table.columns[1:], row.cells[1:], strict=True):
            told = cell.value is not None or cell.low is not None or any(part.value is not None for part in cell.parts)
            measure = measures.get(_said(column.title).split(",")[0], measures[""])
            if told and column.key != "n" and column.type is not ColumnType.TEXT:
                world.learn(measure, mask)


def _read_crosstab(world: World, table: Table, measures: Mapping[str, str]) -> None:
    question = ""
    for row in table.rows:
        if row.head:
            question = _said(row.cells[0].value).removesuffix(" (n)")
            continue
        for column, cell in zip(table.columns[1:], row.cells[1:], strict=True):
            if cell.value is None or isinstance(cell.value, str) or column.key.endswith("_n"):
                continue
            mask = world.looked_at.copy()
            for label in (_said(column.title), _said(column.group)):
                mask &= world.groups.get(label, mask)
            world.learn(measures[question], mask)


def read_workbook(world: World, path: Path, measures: Mapping[str, str]) -> None:
    """Everything that a finished workbook says; ``measures`` gives the question of a heading, "" of any other."""
    book = openpyxl.load_workbook(path, data_only=True)
    everybody = np.ones_like(world.looked_at)
    for measure, answered in world.answered.items():
        for side in (world.looked_at, world.before):
            if side is not None and (side & answered).sum() >= LIMIT:
                world.learn(measure, side)
    for name, read in (("Segments", _segments), ("Trend", _trend), ("Compare", _compare), ("Crosstab", _crosstab)):
        if name in book.sheetnames:
            read(world, book[name], measures, everybody)


def _lines(sheet: Worksheet) -> Iterator[list[object]]:
    for row in sheet.iter_rows(values_only=True):
        yield list(row)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _segments(world: World, sheet: Worksheet, measures: Mapping[str, str], everybody: Mask) -> None:
    """Groups in rows; below them topics in rows and a group in the heading."""
    heads: list[str] = []
    for line in _lines(sheet):
        words = [_first(value) for value in line]
        if "n" in words or "Everyone else" in words:
            heads = words
            continue
        label = next((word for word in words if word), "")
        for column, value in enumerate(line):
            if not _is_number(value) or column >= len(heads) or heads[column] in ("", "n"):
                continue
            if label in world.groups:
                world.learn(measures.get(heads[column], measures[""]), world.looked_at & world.groups[label])
            elif heads[column] in world.groups and label in measures:
                world.learn(measures[label], world.looked_at & world.groups[heads[column]])


def _trend(world: World, sheet: Worksheet, measures: Mapping[str, str], everybody: Mask) -> None:
    """Periods in rows, groups perhaps in the headings over the columns. Time filters do not hold here."""
    over: list[str] = []
    heads: list[str] = []
    for line in _lines(sheet):
        words = [_first(value) for value in line]
        if "Period" in words:
            heads = words
            continue
        label = next((word for word in words if word), "")
        if not heads:
            over = _filled(words) if any(word in world.groups for word in words) else over
            continue
        if label not in world.groups:
            continue
        for column, value in enumerate(line):
            if _is_number(value) and column < len(heads) and heads[column] not in ("", "n", "Target"):
                drawn = heads[column].removesuffix(", few answers")
                beside = drawn if drawn in world.groups else over[column] if column < len(over) else ""
                world.learn(measures[""], world.groups[label] & world.groups.get(beside, everybody))


def _compare(world: World, sheet: Worksheet, measures: Mapping[str, str], everybody: Mask) -> None:
    """Groups in rows, once with both sides and once with what each adds to the change."""
    if world.before is None:
        return
    heads: list[str] = []
    for line in _lines(sheet):
        words = [_first(value) for value in line]
        if "n" in words:
            heads = words
            continue
        label = next((word for word in words if word), "")
        if label not in world.groups or not heads:
            continue
        now, before = (side & world.groups[label] for side in (world.looked_at, world.before))
        sides = [column for column, head in enumerate(heads) if head in ("NPS", "Value")]
        for column, value in enumerate(line[: len(heads)]):
            if not _is_number(value):
                continue
            if column in sides:
                world.learn(measures[""], before if column == sides[0] else now)
            elif heads[column] in ("Change", "Low", "High", "Scored differently", "Together"):
                world.learn_change(measures[""], now, before)


def _crosstab(world: World, sheet: Worksheet, measures: Mapping[str, str], everybody: Mask) -> None:
    """Columns of groups, perhaps under a heading of another one; or, turned round, groups in rows beside scores."""
    over: list[str] = []
    heads: list[str] = []
    block = ""
    before: list[str] = []
    for line in _lines(sheet):
        words = [_first(value) for value in line]
        if "Question and answer" in words:
            # What stands right of the counts behind a table are the numbers of its chart, in rows of their own.
            heads = words[: max(column for column, word in enumerate(words) if word.endswith(", n")) + 1]
            over = _headings(_filled(before), heads)
            continue
        before = words
        label = next((word for word in words if word), "")
        if label.endswith(" (n)"):
            block = label.removesuffix(" (n)")
            continue
        for column, value in enumerate(line[: len(heads)]):
            if not _is_number(value) or not heads[column]:
                continue
            head = heads[column].split("**")[0].split("*")[0].removesuffix(", n")
            if block in measures:
                mask = world.looked_at.copy()
                for name in (head, over[column] if column < len(over) else ""):
                    mask &= world.groups.get(name, mask)
                world.learn(measures[block], mask)
            elif label in world.groups and head not in world.groups and not head.startswith("Total"):
                world.learn(measures[""], world.looked_at & world.groups[label])


def _headings(over: list[str], heads: list[str]) -> list[str]:
    """The heading over each column; the counts behind a table come in the order of its columns, without headings."""
    behind = [column for column, head in enumerate(heads) if head.endswith(", n")]
    front = [column for column, head in enumerate(heads[: min(behind)]) if head and head != "In words"]
    found = over[: len(heads)] + [""] * (len(heads) - len(over))
    for column, of in zip(behind, front[1:], strict=True):
        found[column] = found[of]
    return found


def _first(value: object) -> str:
    """The first line of a cell's words: marks and letters stand below."""
    return value.split("\n")[0].strip() if isinstance(value, str) else ""


def _filled(words: list[str]) -> list[str]:
    """Headings over several columns, repeated over each of them."""
    last, found = "", []
    for word in words:
        last = word or last
        found.append(last)
    return found


def _said(label: object) -> str:
    return label if isinstance(label, str) else ENGLISH(label)  # type: ignore[arg-type]
