"""Several files on one command line: which they are, what they are to each other, and what came of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cxdesk.job import Unattended
from cxdesk.project.process import Worker
from cxdesk.project.request import RequestError, find_question
from cxdesk.project.several import Input, Plan, Way, combine, read_files
from cxdesk.project.workspace import Workspace
from cxdesk.reading.grid import Choices
from cxdesk.reading.joined import Match, matches, suggest_keys
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.source import SOURCE, SOURCE_WORDS
from cxdesk.text import Translator, say


@dataclass(frozen=True, slots=True)
class Others:
    """The files beside the first: more of the same survey, an earlier period, or a table to join by ``key``."""

    add: tuple[str, ...] = ()
    earlier: str = ""
    join: str = ""
    key: str = ""

    @property
    def paths(self) -> tuple[str, ...]:
        """All of them."""
        return tuple(path for path in (*self.add, self.earlier, self.join) if path)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files as one workspace, and how a joined table fitted."""

    workspace: Workspace
    match: Match | None = None


def check_others(others: Others) -> None:
    """Refuse what cannot be meant, before any file is read. Raises `RequestError`."""
    if bool(others.add) + bool(others.earlier) + bool(others.join) > 1:
        raise RequestError(say("Use only one of --add, --earlier and --join."))
    if others.key and not others.join:
        raise RequestError(say("--key names the column of --join, so it needs --join as well."))


def gather(file: str, choices: Choices, others: Others, worker: Worker, translator: Translator) -> Gathered:
    """Read the first file and those beside it, and combine them.

    ``choices`` hold for the first file and for those of the same survey, not for a joined table. Raises `RequestError`
    for a key that is no column, `ReadRefused` and `Cancelled`.
    """
    first = Input(str(Path(file).absolute()), choices)
    if others.join:
        return _joined(first, others, worker)
    rest = [Input(str(Path(path).absolute()), choices) for path in others.paths]
    datasets = read_files([first, *rest], worker, Unattended(), remember=False)
    words = translator(SOURCE_WORDS)
    if others.earlier:
        # The person said which file is the earlier one; the days in them need not be asked.
        return Gathered(combine(datasets, Plan(Way.EARLIER, current=0, source_words=words)))
    return Gathered(combine(datasets, Plan(Way.TOGETHER, source_words=words)))


def gathered_json(gathered: Gathered) -> dict[str, Any]:
    """The files that a survey was made of, the column that names them, and how a joined table fitted; counts only."""
    dataset = gathered.workspace.dataset
    if not dataset.parts:
        return {}
    return {
        "source_column": SOURCE if any(question.id == SOURCE for question in dataset.questions) else None,
        "parts": [
            {
                "name": part.name,
                "file": part.source.name,
                "rows": part.receipt.rows,
                "respondents": part.respondents,
            }
            for part in dataset.parts
        ],
        "join": None if gathered.match is None else asdict(gathered.match),
    }


def _joined(first: Input, others: Others, worker: Worker) -> Gathered:
    second = Input(str(Path(others.join).absolute()))
    datasets = read_files([first, second], worker, Unattended(), remember=False, way=Way.JOIN)
    survey, table = datasets
    keys = _keys(survey, table, others.key) if others.key else suggest_keys(survey, table)
    plan = Plan(Way.JOIN, key=keys[0], table_key=keys[1]) if keys is not None else Plan(Way.JOIN)
    workspace = combine(datasets, plan)
    return Gathered(workspace, None if keys is None else matches(survey, keys[0], table, keys[1]))


def _keys(survey: Dataset, table: Dataset, request: str) -> tuple[str, str]:
    """The columns in ``"Customer=ID"``; headers may hold an equals sign, so each is tried, and one name may do."""
    cuts = [place for place, sign in enumerate(request) if sign == "="]
    last: RequestError | None = None
    for ours, theirs in [(request, request), *((request[:cut], request[cut + 1 :]) for cut in cuts)]:
        try:
            return find_question(survey, ours).id, find_question(table, theirs).id
        except RequestError as wrong:
            last = wrong
    raise last or RequestError(say("There is no column “{name}” in this file.", name=request))
