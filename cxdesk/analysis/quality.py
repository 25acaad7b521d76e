"""What was read, what was not used, and why? Every row and value of the file is accounted for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cxdesk.analysis.base import Analysis, Option
from cxdesk.analysis.found_rows import has_rows, missing_key, unused_key
from cxdesk.analysis.wording import joined
from cxdesk.blocks.figure import Figure
from cxdesk.blocks.note import Note, NoteLevel
from cxdesk.blocks.section import Row, Section
from cxdesk.blocks.table import Cell, ColumnType, Table, TableColumn, TableRow
from cxdesk.job import Job
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.receipt import Receipt, Unused
from cxdesk.survey.role import SCORED, Role
from cxdesk.text import Format, Label, Number, Text, say, say_n

_DISAGREEMENT = "readers_disagree"


@dataclass(frozen=True, slots=True)
class QualitySpec:
    """There is nothing to choose."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A scored question that some respondents did not answer: how many of those in the file."""

    question: Question
    missing: int
    of: int


@dataclass(frozen=True, slots=True)
class QualityResult:
    """The receipt of the file, who gave no score, and which columns are kept out as personal.

    ``shown`` are the keys of the lines whose rows can be looked at.
    """

    receipt: Receipt
    columns: tuple[str, ...]
    unanswered: tuple[Unanswered, ...]
    private: tuple[Question, ...]
    filter: Text | None = None
    shown: frozenset[str] = frozenset()


class Quality(Analysis[QualitySpec, QualityResult]):
    """Row arithmetic, and a line for everything that the results do not use."""

    key: ClassVar[str] = "quality"
    title: ClassVar[Text] = say("Data quality")
    group: ClassVar[str] = "data"
    icon: ClassVar[str] = "quality"
    sheet: ClassVar[Text] = say("what was left out, and why")

    def default(self, dataset: Dataset) -> QualitySpec:
        """There is nothing to choose."""
        return QualitySpec()

    def options(self, dataset: Dataset, spec: QualitySpec) -> tuple[Option, ...]:
        """There is nothing to choose."""
        return ()

    def compute(self, sample: Sample, rules: Rules, spec: QualitySpec, job: Job) -> QualityResult:
        """Collect the receipt; it covers the whole file, whatever the filter."""
        dataset = sample.dataset
        everyone = Sample(dataset)
        unanswered = []
        for question in dataset.with_role(*SCORED):
            job.check()
            missing = int(everyone.counts(question.id)[question.size])
            if missing:
                unanswered.append(Unanswered(question, missing, dataset.respondents))
        return QualityResult(
            dataset.receipt,
            tuple(" ".join(part for part in column.header if part) for column in dataset.columns),
            tuple(unanswered),
            dataset.with_role(Role.PRIVATE),
            sample.selection.describe(dataset.question) if sample.selection.conditions else None,
            frozenset(
                [unused_key(index) for index, entry in enumerate(dataset.receipt.unused) if has_rows(dataset, entry)]
                + [missing_key(each.question) for each in unanswered]
            ),
        )

    def present(self, spec: QualitySpec, result: QualityResult) -> Section:
        """Rows in the file minus rows left out, then what else was not used."""
        receipt = result.receipt
        left_out = receipt.rows - receipt.rows_used
        cards = [Figure("rows", say("Rows in the file"), Cell(receipt.rows, Format.COUNT))]
        if left_out:
            cards.append(Figure("left_out", say("Left out"), Cell(left_out, Format.COUNT)))
        cards.append(Figure("used", say("Rows used"), Cell(receipt.rows_used, Format.COUNT)))
        if left_out:
            sentence = say("{used} of {rows} rows are used.", used=receipt.rows_used, rows=receipt.rows)
        else:
            sentence = say_n("The 1 row of the file is used.", "All {count} rows of the file are used.", receipt.rows)
        warnings = tuple(Row((_warning(entry),)) for entry in receipt.unused if entry.code == _DISAGREEMENT)
        rows = (*warnings, Row(tuple(cards)), Row((_table(result),)))
        return Section(self.key, self.title, sentence, _base_line(receipt, result.filter), rows)


def _warning(entry: Unused) -> Note:
    return Note(NoteLevel.WARN, say("Please compare with your file"), entry.text)


def _base_line(receipt: Receipt, selected: Text | None) -> Text:
    parts = [say("Nothing is deleted: everything stays in your file.")]
    if selected is not None:
        parts.append(say("whole file, also what the filter ({filter}) leaves out", filter=selected))
    if receipt.platform_name:
        parts.append(say("{platform} export", platform=receipt.platform_name))
    parts.append(say_n("1 column", "{count} columns", receipt.columns))
    parts.append(say_n("1 filled cell", "{count} filled cells", receipt.cells))
    if receipt.cells_left_out:
        parts.append(say_n("1 of them not used", "{count} of them not used", receipt.cells_left_out))
    return joined(parts)


def _told_share(part: int, whole: int) -> float:
    """A share that rounding makes neither nothing nor everything: "0%" and "100%" are said only where they are true."""
    share = part / whole
    return share if part in {0, whole} else min(0.99, max(0.01, share))


def _table(result: QualityResult) -> Table:
    rows: list[TableRow] = []
    told: dict[int, int] = {}
    for index, entry in enumerate(result.receipt.unused):
        key = unused_key(index)
        rows.append(_row(key, _where(entry, result.columns), entry.count, entry.text, opens=key in result.shown))
        if entry.column is not None:
            told[entry.column] = told.get(entry.column, 0) + entry.count
    for missing in result.unanswered:
        if sum(told.get(column, 0) for column in missing.question.columns) == missing.missing:
            continue
        share = Number(_told_share(missing.missing, missing.of), Format.PERCENT)
        text = say("Empty in {share} of rows; these people do not count in this question.", share=share)
        key = missing_key(missing.question)
        rows.append(_row(key, missing.question.text, missing.missing, text, opens=key in result.shown))
    for question in result.private:
        if not any(column in told for column in question.columns):
            text = say("Personal data: kept out of every page and report.")
            rows.append(_row(f"private_{question.id}", question.text, None, text))
    if not rows:
        rows.append(_row("fine", say("Whole file"), 0, say("Every value of the file is used.")))
    columns = (
        TableColumn("where", say("Where"), ColumnType.NAME),
        TableColumn("found", say("Found")),
        TableColumn("means", say("What it means"), ColumnType.TEXT),
        TableColumn("show", "", ColumnType.ACTION),
    )
    return Table("unused", say("What was not used, and why"), columns, tuple(rows))


def _where(entry: Unused, columns: tuple[str, ...]) -> Label:
    if entry.column is None or not 0 <= entry.column < len(columns):
        return say("Whole file")
    return columns[entry.column]


def _row(key: str, where: Label, count: int | None, text: Text, *, opens: bool = False) -> TableRow:
    shows = Cell(say("Show rows") if opens else None)
    return TableRow(key, (Cell(where), Cell(count, Format.COUNT), Cell(text), shows))
