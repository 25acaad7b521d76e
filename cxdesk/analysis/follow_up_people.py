"""Finds the people to call: who scored low, what they wrote, which groups they are in, how they can be reached."""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxdesk.analysis.follow_up_values import FollowUpSpec, Kept, Person, Who
from cxdesk.analysis.groups import segment_questions
from cxdesk.analysis.measure import Measure
from cxdesk.comments.masking import contains_personal, is_personal, mask
from cxdesk.comments.silent import says_nothing
from cxdesk.job import Job
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Column, Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind, Role
from cxdesk.survey.selection import answer_name
from cxdesk.text import Label, say

MOST_PEOPLE = 20_000
"""Longer lists are nobody's work for a month; the filter chooses whom to call first."""

REF = re.compile(r"CX-([0-9A-Z]{10}(?:-\d+)?)\.([0-9A-Z]{4})")
"""A reference: the person, and the survey that the list was made of."""

_MOST_GROUPS, _MOST_CONTACTS = 3, 3
_LONGEST = 600
_EPOCH = datetime.date(1970, 1, 1)
_ENOUGH, _LOOKED_AT = 0.3, 200
_NAME = re.compile(r"name|姓名|称呼|联系人|昵称|nom\b|nombre|名前|氏名|이름", re.IGNORECASE)
_STEP = 500


def listed(sample: Sample, rule: Measure, who: Who) -> NDArray[np.intp]:
    """The positions of everybody who belongs on the list, [people]: the lowest scores first, the newest among them."""
    codes = sample.dataset.codes(rule.question.id)
    rows = sample.rows
    places = np.arange(sample.dataset.respondents, dtype=np.intp) if rows is None else rows
    scores = codes.take(places)
    wanted = np.zeros(rule.scale.size + 1, dtype=np.bool_)
    wanted[_points(rule, who)] = True
    places, scores = places[wanted[scores]], scores[wanted[scores]].astype(np.int64)
    badness = scores if rule.high_is_good else -scores
    days = _days(sample.dataset)
    newest = -places if days is None else -np.nan_to_num(days[places], nan=-np.inf)
    return places[np.lexsort((newest, badness))]


def _points(rule: Measure, who: Who) -> list[int]:
    """The answer codes of one end of the scale, or of what lies between."""
    size = rule.scale.size
    low, high = range(rule.bottom), range(size - rule.good, size)
    if not rule.high_is_good:
        low, high = range(size - rule.bottom, size), range(rule.good)
    match who:
        case Who.LOW:
            return list(low)
        case Who.HIGH:
            return list(high)
        case Who.MIDDLE:
            return [code for code in range(size) if code not in low and code not in high]
        case Who.ALL:
            return list(range(size))


def people_of(
    dataset: Dataset,
    rule: Measure,
    places: NDArray[np.intp],
    kept: Mapping[str, Kept],
    job: Job,
    *,
    reveal: bool = False,
) -> tuple[Person, ...]:
    """The people at some positions with everything that the list shows; ``reveal`` leaves their contacts readable.

    Raises `Cancelled`.
    """
    scale = rule.scale
    scores = (dataset.codes(rule.question.id).take(places).astype(np.int64) + scale.lowest).tolist()
    refs = refs_of(dataset, places)
    reasons = _reasons(dataset, places, job)
    groups = [_group_names(dataset, question, places) for question in group_questions(dataset)]
    contacts = [_contact_texts(dataset, question, places, reveal=reveal) for question in contact_questions(dataset)]
    days = _days(dataset)
    found = []
    for number, row in enumerate(places.tolist()):
        if number % _STEP == 0:
            job.check()
            job.progress(say("Making the list"), number, len(places))
        day = None if days is None or np.isnan(days[row]) else _EPOCH + datetime.timedelta(days=int(days[row]))
        ref = refs[number]
        found.append(
            Person(
                row,
                ref,
                scores[number],
                reasons[number],
                tuple(column[number] for column in groups),
                day,
                tuple(column[number] for column in contacts),
                kept.get(person_of(ref)),
            )
        )
    return tuple(found)


def survey_of(dataset: Dataset) -> str:
    """Four signs that tell this survey's list from that of another month."""
    return _short(dataset.source.digest.encode("utf-8"), 4)


def refs_of(dataset: Dataset, places: NDArray[np.intp]) -> list[str]:
    """A reference for each of some respondents: the same for the same person or row, without anything personal in it.

    The respondent's number where the survey has one, else what stands in the row; equal ones are counted. It is a
    fingerprint (SHA-256), so what it was made from cannot be read from it.
    """
    survey = survey_of(dataset)
    seen: Counter[str] = Counter()
    refs = []
    for found in _fingerprints(dataset, places):
        seen[found] += 1
        refs.append(f"CX-{found}{'' if seen[found] == 1 else f'-{seen[found]}'}.{survey}")
    return refs


def person_of(ref: str) -> str:
    """The part of a reference that is the same in every month's list; "" if it is no reference."""
    found = REF.fullmatch(ref)
    return "" if found is None else found[1]


def can_recognise(dataset: Dataset) -> bool:
    """Whether a person can be found again in another month's file."""
    return bool(dataset.with_role(Role.RESPONDENT))


def _fingerprints(dataset: Dataset, places: NDArray[np.intp]) -> list[str]:
    """Decided row by row, so that a reference never depends on who else is looked at."""
    ids = dataset.with_role(Role.RESPONDENT)
    numbers = _texts(dataset.columns[ids[0].columns[0]], places) if ids else [""] * len(places)
    found = [_short(f"id\0{text}".encode("utf-8", "surrogatepass"), 10) if text else "" for text in numbers]
    unnumbered = [place for place, text in enumerate(numbers) if not text]
    if unnumbered:
        rest = places[unnumbered]
        columns = [(" ".join(column.header), _texts(column, rest)) for column in dataset.columns]
        for number, place in enumerate(unnumbered):
            row = sorted((name, texts[number]) for name, texts in columns if texts[number])
            found[place] = _short(json.dumps(row).encode("utf-8"), 10)
    return found


def _short(content: bytes, signs: int) -> str:
    return base64.b32encode(hashlib.sha256(content).digest()).decode("ascii")[:signs]


def group_questions(dataset: Dataset) -> tuple[Question, ...]:
    """The segments that stand beside each person: those with a handful of groups first asked."""
    return segment_questions(dataset)[:_MOST_GROUPS]


def reason_question(dataset: Dataset) -> Question | None:
    """The first comment question: what the person wrote."""
    return next(iter(dataset.with_role(Role.COMMENT)), None)


def contact_questions(dataset: Dataset) -> tuple[Question, ...]:
    """The personal columns by which somebody can be reached: names first, then phone numbers and addresses."""
    names, numbers = [], []
    for question in dataset.with_role(Role.PRIVATE):
        if question.kind is not Kind.TEXT and question.kind is not Kind.CHOICE and question.kind is not Kind.NUMBER:
            continue
        column = dataset.columns[question.columns[0]]
        if _NAME.search(question.text):
            names.append(question)
        elif _reaches(column):
            numbers.append(question)
    return tuple([*names[:1], *numbers][:_MOST_CONTACTS])


def _reaches(column: Column) -> bool:
    """Whether a personal column holds what one can call or write to, not where somebody was or what was used."""
    texts = [text for text in column.values[1 : _LOOKED_AT + 1] if not says_nothing(text)]
    fitting = [text for text in texts if is_personal(text) and (_is_number(text) or "@" in text)]
    return bool(texts) and len(fitting) >= _ENOUGH * len(texts)


def _is_number(text: str) -> bool:
    """A phone number has digits and hardly a dot; an IP address has dots between its digits."""
    return sum(sign.isdigit() for sign in text) >= 7 and text.count(".") < 3 and ":" not in text


def _contact_texts(dataset: Dataset, question: Question, places: NDArray[np.intp], *, reveal: bool) -> list[str]:
    texts = _spoken(dataset.columns[question.columns[0]], places)
    return texts if reveal else [masked_contact(text) for text in texts]


def has_contact(column: Column, places: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Who of some respondents left something in a column of contacts, bool [places]."""
    codes, back = np.unique(column.codes.take(places), return_inverse=True)
    spoken = np.array([not says_nothing(text) for text in column.values.some(codes.astype(np.intp))], dtype=np.bool_)
    return np.asarray(spoken[back], dtype=np.bool_) if len(places) else np.zeros(0, dtype=np.bool_)


def masked_contact(text: str) -> str:
    """A contact that only its owner would know again: 138****5678, w***@***, 王**."""
    if not text:
        return ""
    return mask(text)[0] if contains_personal(text) else text[:1] + "**"


def _reasons(dataset: Dataset, places: NDArray[np.intp], job: Job) -> list[str]:
    question = reason_question(dataset)
    if question is None:
        return [""] * len(places)
    job.check()
    return [_shortened(mask(text)[0]) for text in _spoken(dataset.columns[question.columns[0]], places)]


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _group_names(dataset: Dataset, question: Question, places: NDArray[np.intp]) -> Sequence[Label]:
    names: list[Label] = [answer_name(question, code) for code in range(question.size)] + [""]
    return [names[code] for code in dataset.codes(question.id).take(places).tolist()]


def _texts(column: Column, places: NDArray[np.intp]) -> list[str]:
    codes, back = np.unique(column.codes.take(places), return_inverse=True)
    texts = column.values.some(codes.astype(np.intp))
    return [texts[place] for place in back.tolist()]


def _spoken(column: Column, places: NDArray[np.intp]) -> list[str]:
    """The texts of a column, "" where a platform wrote that there is none."""
    return ["" if says_nothing(text) else text for text in _texts(column, places)]


def _days(dataset: Dataset) -> NDArray[Any] | None:
    asked = dataset.with_role(Role.DATE)
    return dataset.answers[asked[0].id].numbers if asked else None


def kept_by_person(spec: FollowUpSpec) -> dict[str, Kept]:
    """What is known about each person, by the part of the reference that stays the same."""
    return {person_of(kept.ref): kept for kept in spec.people}
