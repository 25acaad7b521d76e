"""Makes the follow-up list of a workspace, and reads one back that somebody worked on.

A list comes back as any table does, from Excel, LibreOffice or WPS, sorted, with columns added or renamed: people are
found by what their references look like, statuses by their words in any of the program's languages.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace

import numpy as np

from cxdesk.analysis.follow_up import FollowUp
from cxdesk.analysis.follow_up_people import REF, person_of, refs_of, survey_of
from cxdesk.analysis.follow_up_values import STATUS_NAMES, FollowUpSpec, Kept, Status
from cxdesk.job import Job
from cxdesk.project.engine import sample_of
from cxdesk.project.workspace import Workspace
from cxdesk.report.follow_up import DUE, NOTE, OWNER, SCORE, FollowUpList, follow_up_list
from cxdesk.survey.dataset import Column, Dataset
from cxdesk.survey.matching import plain_letters
from cxdesk.text import LANGUAGES, Text, Translator, say, say_n

_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_MOST = 0.5
"""The part of a column's filled cells that must be references; other rows are somebody's own lines."""


class ListRefused(Exception):
    """The file is no list of this survey. ``reason`` says what it is, ``remedy`` what to do."""

    def __init__(self, code: str, reason: Text, remedy: Text) -> None:
        """Keep the words; they are translated where they are shown."""
        super().__init__(code)
        self.code = code
        self.reason = reason
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A list that was read back: how many people, how many statuses changed, and what was left aside.

    ``twice`` are people who stand in it more than once (the last row counts), ``strange`` statuses that are no words
    of ours (they stay as they were).
    """

    spec: FollowUpSpec
    people: int
    changed: int
    twice: int
    strange: int

    def told(self) -> Text:
        """What the person hears."""
        text = say_n(
            "1 person read back, {changed} with a new status.",
            "{count} people read back, {changed} with a new status.",
            self.people,
            changed=self.changed,
        )
        if self.twice:
            again = say_n(
                "1 person stood there more than once; the last row counts.",
                "{count} people stood there more than once; the last row counts.",
                self.twice,
            )
            text = say("{first} {second}", first=text, second=again)
        if self.strange:
            other = say_n(
                "1 status is not one of the words to choose from and was left as it was.",
                "{count} statuses are not among the words to choose from and were left as they were.",
                self.strange,
            )
            text = say("{first} {second}", first=text, second=other)
        return text


def spec_of(workspace: Workspace) -> FollowUpSpec:
    """Who is listed as the person chose it, or as every survey begins."""
    found = workspace.spec(FollowUp.key)
    return found if isinstance(found, FollowUpSpec) else FollowUp().default(workspace.dataset)


def list_of(
    workspace: Workspace, spec: FollowUpSpec, language: str, made: datetime.datetime, job: Job, *, reveal: bool
) -> FollowUpList:
    """The list of the people that a workspace looks at. Raises `NobodyListed` and `Cancelled`."""
    return follow_up_list(sample_of(workspace), workspace.rules, spec, language, made, job, reveal=reveal)


def read_back(workspace: Workspace, spec: FollowUpSpec, found: Dataset, day: datetime.date) -> ReadBack:
    """Take the statuses, owners and days of a list over; people who are not in it keep what is known of them.

    ``found`` is the list as it was read. Raises `ListRefused` if it is none, or that of another survey.
    """
    found = found.complete
    column = _ref_column(found)
    if column is None:
        raise ListRefused(
            "no_list",
            say("This file is not a follow-up list: no column holds the references that the program wrote."),
            say(
                "Choose the workbook that was saved with “Save the list”. If its column “Ref” was deleted, save it "
                "anew."
            ),
        )
    refs = column.texts()
    if not _belongs(workspace.dataset, refs):
        raise ListRefused(
            "other_survey",
            say("This follow-up list was made from another survey: nobody on it is in the open one."),
            say("Open the survey that it was made from, or a later one with the same respondent numbers."),
        )
    known = {person_of(kept.ref): kept for kept in spec.people}
    read, twice, strange = _read(found, refs, known)
    changed = sum(
        kept.status is not (known[person].status if person in known else Status.OPEN) for person, kept in read.items()
    )
    people = tuple((known | read).values())
    return ReadBack(replace(spec, people=people, read=day.isoformat()), len(read), changed, twice, strange)


def _ref_column(found: Dataset) -> Column | None:
    for column in found.columns:
        texts = [text for text in column.texts() if text]
        if texts and sum(bool(person_of(text)) for text in texts) > _MOST * len(texts):
            return column
    return None


def _belongs(dataset: Dataset, refs: list[str]) -> bool:
    """Whether the list was made from this survey, or somebody on it is found here."""
    surveys = {match[2] for ref in refs if (match := REF.fullmatch(ref))}
    if survey_of(dataset) in surveys:
        return True
    here = {person_of(ref) for ref in refs_of(dataset, np.arange(dataset.respondents, dtype=np.intp))}
    return any(person_of(ref) in here for ref in refs)


def _read(found: Dataset, refs: list[str], known: dict[str, Kept]) -> tuple[dict[str, Kept], int, int]:
    """What the list says about each person, and how many stand there twice or have a status of other words."""
    statuses = _statuses(found, len(refs))
    owners, dues, scores, notes = (_headed(found, name, len(refs)) for name in (OWNER, DUE, SCORE, NOTE))
    read: dict[str, Kept] = {}
    twice: set[str] = set()
    strange = 0
    for row, ref in enumerate(refs):
        person = person_of(ref)
        if not person:
            continue
        if person in read:
            twice.add(person)
        before = known.get(person, Kept(ref, Status.OPEN))
        status = _status_of(statuses[row])
        if status is None:
            strange += bool(statuses[row])
            status = before.status if statuses[row] else Status.OPEN
        match = REF.fullmatch(ref)
        read[person] = Kept(
            ref,
            status,
            owners[row] or before.owner,
            _iso(dues[row]) or before.due,
            "" if match is None else match[2],
            _whole(scores[row]) if scores[row] else before.score,
            notes[row] or before.note,
        )
    return read, len(twice), strange


def _statuses(found: Dataset, rows: int) -> list[str]:
    """The column with most words of statuses, whatever it is called."""
    best: tuple[int, list[str]] = (0, [""] * rows)
    for column in found.columns:
        texts = column.texts()
        fitting = sum(_status_of(text) is not None for text in texts)
        if fitting > best[0]:
            best = (fitting, texts)
    return best[1]


def _headed(found: Dataset, name: Text, rows: int) -> list[str]:
    """The column with this heading in any language; empty texts if there is none."""
    wanted = {plain_letters(Translator(language)(name)) for language in LANGUAGES}
    for column in found.columns:
        if any(plain_letters(part).strip() in wanted for part in column.header):
            return column.texts()
    return [""] * rows


def _status_of(text: str) -> Status | None:
    return _status_words().get(plain_letters(text).strip())


def _status_words() -> dict[str, Status]:
    return {
        plain_letters(Translator(language)(name)): status
        for language in LANGUAGES
        for status, name in STATUS_NAMES.items()
    }


def _iso(text: str) -> str:
    match = _DAY.match(text)
    if match is None:
        return ""
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        return ""


def _whole(text: str) -> int | None:
    digits = text.removesuffix(".0")
    return int(digits) if digits.lstrip("-").isdecimal() else None
