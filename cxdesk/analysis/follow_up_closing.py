"""What became of the people on the last list: who was reached, what is overdue, and how those score who answered again.

Whoever was called differs from whoever was not, and few answer twice; so this compares, and never says "because".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from cxdesk.analysis.follow_up_people import can_recognise, kept_by_person, person_of, refs_of, survey_of
from cxdesk.analysis.follow_up_values import REACHED, Again, Closing, FollowUpSpec, Kept, Status
from cxdesk.analysis.measure import Measure
from cxdesk.stats.paired import nps_paired, paired_table
from cxdesk.survey.base import Base, BaseLevel, Rules
from cxdesk.survey.dataset import Dataset


def closing(dataset: Dataset, rule: Measure, spec: FollowUpSpec, rules: Rules) -> Closing | None:
    """The figures of the list that was read back; None if none was."""
    people = _on_the_list(spec)
    if not people:
        return None
    counts = Counter(kept.status for kept in people)
    overdue = sum(
        1 for kept in people if kept.status is Status.OPEN and kept.due and spec.read and kept.due < spec.read
    )
    return Closing(
        len(people),
        tuple((status, counts[status]) for status in Status),
        overdue,
        _again(dataset, rule, spec, rules) if rule.is_net and can_recognise(dataset) else None,
    )


def unknown_people(dataset: Dataset, spec: FollowUpSpec) -> int:
    """How many people of the list are not in this survey; whoever was left out of it is."""
    people = _on_the_list(spec)
    if not people:
        return 0
    whole = dataset.complete
    here = {person_of(ref) for ref in refs_of(whole, np.arange(whole.respondents, dtype=np.intp))}
    return sum(person_of(kept.ref) not in here for kept in people)


def worked_on(dataset: Dataset, places: NDArray[np.intp], kept: Mapping[str, Kept]) -> tuple[tuple[Status, int], ...]:
    """How many of the people at some positions have each status; () as long as nothing is known about anybody."""
    if not kept:
        return ()
    known = (kept.get(person_of(ref)) for ref in refs_of(dataset, places))
    counts = Counter(Status.OPEN if each is None else each.status for each in known)
    return tuple((status, counts[status]) for status in Status)


def _on_the_list(spec: FollowUpSpec) -> tuple[Kept, ...]:
    """Those who were on a list that was read back, not those whose status was only set on the page."""
    return tuple(kept for kept in spec.people if kept.listed)


def _again(dataset: Dataset, rule: Measure, spec: FollowUpSpec, rules: Rules) -> tuple[Again, ...]:
    """People whose latest answer here is not the one that put them on the list, reached and not reached apart."""
    kept = {person: each for person, each in kept_by_person(spec).items() if each.listed}
    latest = _latest(dataset, kept)
    survey = survey_of(dataset)
    pairs: dict[bool, list[tuple[int, int]]] = {True: [], False: []}
    codes = dataset.codes(rule.question.id)
    for person, (row, times) in latest.items():
        known = kept[person]
        code = int(codes[row])
        if known.score is None or code == rule.scale.size or (known.survey == survey and times < 2):
            continue
        pairs[known.status in REACHED].append((known.score - rule.scale.lowest, code))
    return tuple(_moved(rule, found, rules, reached=reached) for reached, found in pairs.items())


def _latest(dataset: Dataset, kept: dict[str, Kept]) -> dict[str, tuple[int, int]]:
    """The last row of each known person and how many rows they have; files are in the order of their answers."""
    everybody = np.arange(dataset.respondents, dtype=np.intp)
    found: dict[str, tuple[int, int]] = {}
    for row, ref in enumerate(refs_of(dataset, everybody)):
        # A second row of the same person carries a number behind the fingerprint.
        person = person_of(ref).partition("-")[0]
        if person in kept:
            found[person] = (row, found.get(person, (row, 0))[1] + 1)
    return found


def _moved(rule: Measure, pairs: list[tuple[int, int]], rules: Rules, *, reached: bool) -> Again:
    level = rules.level(Base(len(pairs)))
    if level is BaseLevel.HIDDEN:
        return Again(reached, len(pairs))
    before, after = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    was, now = _classes(rule, before), _classes(rule, after)
    change = None
    if level is not BaseLevel.UNTESTED:
        change = nps_paired(paired_table(was, now).T, rules.confidence)
    return Again(reached, len(pairs), _net(was), _net(now), change)


def _classes(rule: Measure, codes: NDArray[np.int64]) -> NDArray[np.int64]:
    """0 at the bad end, 1 between, 2 at the good end."""
    good_last = codes if rule.high_is_good else rule.scale.size - 1 - codes
    return np.where(good_last < rule.bottom, 0, np.where(good_last >= rule.scale.size - rule.good, 2, 1))


def _net(classes: NDArray[np.int64]) -> float:
    return 100 * float((classes - 1).mean())
