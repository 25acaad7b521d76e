"""One report per group as the terminal asks for it: a column by name, progress as lines, the outcome as values."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any, TextIO

from cxdesk.job import Unattended
from cxdesk.project.request import RequestError, find_question
from cxdesk.project.splitting import Finished, SplitOrder, Writer, write_series
from cxdesk.project.workspace import Workspace
from cxdesk.render.excel.problem import SaveRefused
from cxdesk.report.report import ReportOptions
from cxdesk.report.splitting import splitting_questions
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.text import Listed, Text, Translator, say, say_n


class Told(Unattended):
    """Writes each step of a run as a line, so that somebody who watches the terminal sees it move."""

    def __init__(self, stream: TextIO, translator: Translator) -> None:
        """``stream`` is usually standard error, so that results stay by themselves."""
        self._stream, self._translator = stream, translator

    def progress(self, step: Text, done: int, total: int) -> None:  # noqa: ARG002 - the words hold both numbers
        """Write the step."""
        print(self._translator(step), file=self._stream, flush=True)


def split_question(dataset: Dataset, name: str) -> Question:
    """The segment that was named. Raises `RequestError` for a column that reports cannot be parted by."""
    possible = splitting_questions(dataset)
    if not possible:
        raise RequestError(say("This survey has no score, or no column to split it by."))
    asked = find_question(dataset, name)
    if asked not in possible:
        known = Listed(tuple(question.text for question in possible))
        raise RequestError(
            say(
                "There cannot be a report for each “{column}”. Columns to split by: {known}.",
                column=asked.text,
                known=known,
            )
        )
    return asked


def check_folder(folder: str | None) -> None:
    """Refuse a place that is no folder. Raises `RequestError`."""
    if not folder:
        raise RequestError(say("Say where to save: -o FOLDER"))
    if Path(folder).exists() and not Path(folder).is_dir():
        raise RequestError(say("With --split-by the output is a folder, and “{name}” is a file.", name=folder))


def run_series(
    workspace: Workspace,
    column: str,
    folder: str,
    options: ReportOptions,
    translator: Translator,
    made: datetime.datetime,
    writer: Writer,
    stream: TextIO,
) -> Finished:
    """Write the reports. Raises `RequestError`, and what `write_series` raises."""
    by = split_question(workspace.dataset, column)
    order = SplitOrder(by.id, str(Path(folder).absolute()), options, translator.language, made)
    return write_series(workspace, order, writer, Told(stream, translator))


def series_text(finished: Finished) -> Text:
    """What came of a run, in a sentence."""
    told = say_n("1 report saved.", "{count} reports saved.", finished.made)
    if finished.kept:
        kept = say_n("1 was there already.", "{count} were there already.", finished.kept)
        told = say("{first} {second}", first=told, second=kept)
    if finished.without:
        small = say_n(
            "1 group is too small for a report.", "{count} groups are too small for a report.", finished.without
        )
        told = say("{first} {second}", first=told, second=small)
    return told


def series_json(finished: Finished, translator: Translator) -> dict[str, Any]:
    """The same as plain values."""
    return {
        "folder": finished.folder,
        "contents": finished.contents,
        "made": finished.made,
        "kept": finished.kept,
        "without": finished.without,
        "failed": [{"name": translator(each.name), "reason": translator(each.reason)} for each in finished.failed],
    }


def incomplete(finished: Finished) -> SaveRefused | None:
    """The refusal that a run with missing reports ends in; None if all are there."""
    if not finished.failed:
        return None
    first = finished.failed[0]
    reason = say_n(
        "1 report is missing: {name}. {reason}",
        "{count} reports are missing, the first is {name}. {reason}",
        len(finished.failed),
        name=first.name,
        reason=first.reason,
    )
    return SaveRefused("incomplete", reason, first.remedy)
