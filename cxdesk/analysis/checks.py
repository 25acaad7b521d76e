"""All checks of the answers in their order, and who is left out by what was decided about them.

Decisions are gone through one after the other, so every row counts once: a row without a score is no duplicate. Two
checks leave rows out unasked (UX.md 6): rows without any score and repeated IDs; both are quick, so that the first
numbers on the screen know them already. The others are computed when the page asks, or when somebody decided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from cxdesk.analysis.checks_care import fast, incomplete, no_score, nonsense, same_answers
from cxdesk.analysis.checks_repeats import same_contact, same_id, same_row
from cxdesk.analysis.checks_values import KEEP, Check, Decisions, LeftOut, Mask, Step, decided_way
from cxdesk.job import Job
from cxdesk.survey.dataset import Dataset

_SAME_ANSWER = "same_answer"
UNASKED = ("no_score", "same_id")
"""The checks that may leave rows out although nobody decided."""


def all_checks(dataset: Dataset, decisions: Decisions, job: Job) -> tuple[Check, ...]:
    """Every check that the survey allows, found or not, in the order of the page. ``dataset`` is the complete one."""
    found = []
    for check, _ in _gone_through(dataset, decisions, lambda _key: True):
        job.check()
        found.append(check)
    return tuple(found)


def left_out(dataset: Dataset, decisions: Decisions) -> LeftOut:
    """Who is left out of a complete survey by what was decided, and by what happens unasked."""
    asked = {key for key, way in decisions if way != KEEP} | {key for key in UNASKED if not _kept(decisions, key)}
    wanted = {_SAME_ANSWER if key.startswith(_SAME_ANSWER) else key for key in asked}
    steps = []
    kept = np.ones(dataset.respondents, dtype=np.bool_)
    for check, before in _gone_through(dataset, decisions, lambda key: key in wanted):
        way = check.chosen(decisions)
        if way.marked is None:
            continue
        count = int(np.count_nonzero(way.marked & before))
        kept = before & ~way.marked
        if count:
            decided = decided_way(decisions, check.key) == way.key
            steps.append(Step(check.key, count, check.name, check.short, way.name, decided))
    return LeftOut(~kept, tuple(steps))


def marked_by(dataset: Dataset, decisions: Decisions, key: str) -> Check | None:
    """One check by its key; None if the survey does not allow it."""
    wanted = _SAME_ANSWER if key.startswith(_SAME_ANSWER) else key
    needed = {wanted, *UNASKED}
    found = (check for check, _ in _gone_through(dataset, decisions, lambda name: name in needed))
    return next((check for check in found if check.key == key), None)


def _kept(decisions: Decisions, key: str) -> bool:
    return decided_way(decisions, key) == KEEP


def _gone_through(
    dataset: Dataset, decisions: Decisions, wanted: Callable[[str], bool]
) -> Iterator[tuple[Check, Mask]]:
    """The wanted checks one after the other, each with who is still there before it."""
    kept = np.ones(dataset.respondents, dtype=np.bool_)
    for key, make in _CHECKS:
        if not wanted(key):
            continue
        for check in make(dataset, kept):
            yield check, kept
            marked = check.chosen(decisions).marked
            if marked is not None:
                kept = kept & ~marked


def _one(make: Callable[[Dataset, Mask], Check | None]) -> Callable[[Dataset, Mask], Iterator[Check]]:
    def made(dataset: Dataset, among: Mask) -> Iterator[Check]:
        check = make(dataset, among)
        if check is not None:
            yield check

    return made


_CHECKS: tuple[tuple[str, Callable[[Dataset, Mask], Iterator[Check]]], ...] = (
    ("no_score", _one(lambda dataset, _among: no_score(dataset))),
    ("same_id", _one(same_id)),
    ("same_contact", _one(same_contact)),
    ("same_row", _one(same_row)),
    ("fast", _one(lambda dataset, _among: fast(dataset))),
    (_SAME_ANSWER, lambda dataset, _among: same_answers(dataset)),
    ("incomplete", _one(incomplete)),
    ("nonsense", _one(lambda dataset, _among: nonsense(dataset))),
)
