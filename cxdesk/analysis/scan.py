"""What is worth a look: everything that was compared on any page, adjusted together, and at most three lines of it.

Silence is a valid result. A line is only made of what passes Benjamini and Hochberg's adjustment over all that was
scanned and is large enough to matter (UX.md 10).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from cxdesk.analysis.glance import Linked
from cxdesk.analysis.groups import Compared
from cxdesk.analysis.measure import Gap, Measure, Score, mark, measure_name
from cxdesk.analysis.trend_values import Change, Point
from cxdesk.analysis.wording import distance_text, is_clear
from cxdesk.blocks.note import Finding
from cxdesk.blocks.table import Mark
from cxdesk.stats.interval import Floats, floats
from cxdesk.stats.multiple import adjusted_rows
from cxdesk.survey.base import Rules
from cxdesk.text import Format, Label, Number, Param, say

MOST_FINDINGS = 3
_LINK_SIZE = 4.0
"""Where a link stands among differences: like one of four times what is worth a sentence."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that was compared: its p before adjustment, and the line that it would be.

    ``about`` is what the line is about; only the largest of several about the same is told. ``size`` is the difference
    in units of what is worth a sentence. ``tell`` gets the mark after adjustment. Links have no ``gap``: p decides.
    """

    about: tuple[str, ...]
    p: float | None
    size: float
    rule: Measure
    gap: Gap | None
    tell: Callable[[Mark], Finding]

    @property
    def is_link(self) -> bool:
        """Whether it is no difference but a link between two questions."""
        return self.gap is None


def scanned(groups: Sequence[Compared], candidates: Sequence[Candidate]) -> int:
    """How many comparisons were made."""
    tested = sum(int(np.count_nonzero(~np.isnan(found.p))) for found in groups)
    return tested + sum(candidate.p is not None for candidate in candidates)


def worth_telling(groups: Sequence[Compared], candidates: Sequence[Candidate], rules: Rules) -> tuple[Finding, ...]:
    """The largest clear differences of all groups and candidates, at most three, no two about the same.

    Differences are adjusted by Benjamini and Hochberg over all differences, links by Bonferroni over everything. Nearly
    all topics are linked with the score. Adjusted together with them, differences would be let through that are
    chance: the procedure allows one in twenty of all that it lets through to be wrong, and links would fill the rest.
    """
    apart = [each for each in candidates if not each.is_link]
    chances = [*(found.p for found in groups), floats([math.nan if each.p is None else each.p for each in apart])]
    adjusted = adjusted_rows(np.concatenate(chances)[None, :], "benjamini_hochberg")[0]
    of_each = np.split(adjusted, np.cumsum([len(p) for p in chances])[:-1])
    clear = [entry for found, p in zip(groups, of_each, strict=False) for entry in _clear_groups(found, p, rules)]
    differences = iter(of_each[-1].tolist())
    compared = len(adjusted) + len(candidates) - len(apart)
    for each in candidates:
        p = next(differences) if not each.is_link else math.nan if each.p is None else min(1.0, each.p * compared)
        reading = _reading(each, None if math.isnan(p) else p, rules)
        if is_clear(reading):
            clear.append((each, reading))
    told: dict[tuple[str, ...], Finding] = {}
    for candidate, reading in sorted(clear, key=lambda entry: -entry[0].size):
        if len(told) == MOST_FINDINGS:
            break
        if candidate.about not in told:
            told[candidate.about] = candidate.tell(reading)
    return tuple(told.values())


def _reading(candidate: Candidate, p: float | None, rules: Rules) -> Mark:
    if candidate.is_link:
        return Mark.ABOVE if p is not None and p <= 1 - rules.confidence else Mark.CHANCE
    return mark(candidate.rule, candidate.gap, p, rules)


def _clear_groups(found: Compared, adjusted: Floats, rules: Rules) -> list[tuple[Candidate, Mark]]:
    """The groups that differ most from everyone else and clearly so, with their marks; hundreds may do so clearly.

    No more than two are about the same, so twice as many as can be told are enough.
    """
    clear = np.flatnonzero((adjusted <= 1 - rules.confidence) & (np.abs(found.value) >= found.rule.floor))
    largest = np.argsort(-np.abs(found.value[clear]), kind="stable")[: 2 * MOST_FINDINGS]
    candidates = [
        _compared(_about(found, place), found.rule, found.gap(place), partial(_group_line, found, place, rules))
        for place in clear[np.sort(largest)].tolist()
    ]
    return [(each, Mark.ABOVE if each.gap is not None and each.gap.value > 0 else Mark.BELOW) for each in candidates]


def _about(found: Compared, place: int) -> tuple[str, ...]:
    """Of two groups, each is the other's everyone else: one line."""
    number = found.by[place]
    return ("group", found.questions[number].id, "" if found.halves[number] else str(found.codes[place]))


def of_periods(rule: Measure, points: Sequence[Point]) -> list[Candidate]:
    """The last period against the one before it and the same one a year before."""
    if len(points) < 2:
        return []
    last = points[-1]
    names = {point.place: point.name for point in points}
    return [
        _compared(("change", rule.question.id), rule, change.gap, partial(_period_line, rule, last, change, names))
        for change in last.changes
        if change.other is not None and change.gap is not None
    ]


def of_sides(rule: Measure, score: Score, gap: Gap | None, before: Label) -> list[Candidate]:
    """A measure against what it is compared with: often the very change that the periods show, so it is told once."""
    return [_compared(("change", rule.question.id), rule, gap, partial(_side_line, rule, score, gap, before))]


def of_links(rule: Measure, topics: Sequence[Linked]) -> list[Candidate]:
    """Topics that are closely linked with the score and rated low; the p is that of their correlation."""
    return [
        Candidate(
            ("link", linked.topic.id),
            linked.p,
            _LINK_SIZE,
            rule,
            None,
            partial(_link_line, linked.topic.text, linked.score),
        )
        for linked in topics
    ]


def _compared(about: tuple[str, ...], rule: Measure, gap: Gap | None, tell: Callable[[Mark], Finding]) -> Candidate:
    size = 0.0 if gap is None else abs(gap.value) / rule.floor
    missing = Gap(0.0, None, None, None)
    return Candidate(about, None if gap is None else gap.p, size, rule, gap or missing, tell)


def _group_line(found: Compared, place: int, rules: Rules, reading: Mark) -> Finding:
    rule, score = found.rule, found.score(place, rules)
    facts: dict[str, Param] = {
        "segment": found.questions[found.by[place]].text,
        "measure": measure_name(rule),
        "score": Number(score.value, rule.format),
        "distance": distance_text(rule, float(found.value[place])),
        "n": score.base.n,
    }
    if reading is Mark.ABOVE:
        text = say("({segment}): {measure} {score}, clearly above everyone else by {distance} (n = {n}).", **facts)
    else:
        text = say("({segment}): {measure} {score}, clearly below everyone else by {distance} (n = {n}).", **facts)
    return Finding(found.name(place), text, reading.value, "segments", say("See Segments"))


def _period_line(rule: Measure, point: Point, change: Change, names: dict[int, Label], reading: Mark) -> Finding:
    facts: dict[str, Param] = {
        "measure": measure_name(rule),
        "score": Number(point.score.value, rule.format),
        "other": names[change.other] if change.other is not None else "",
        "distance": distance_text(rule, change.gap.value if change.gap is not None else 0.0),
        "n": point.score.base.n,
    }
    if reading is Mark.ABOVE:
        text = say(": {measure} {score}, clearly above {other} by {distance} (n = {n}).", **facts)
    else:
        text = say(": {measure} {score}, clearly below {other} by {distance} (n = {n}).", **facts)
    return Finding(point.name, text, reading.value, "trend", say("See Trend"))


def _side_line(rule: Measure, score: Score, gap: Gap | None, before: Label, reading: Mark) -> Finding:
    facts: dict[str, Param] = {
        "score": Number(score.value, rule.format),
        "before": before,
        "distance": distance_text(rule, gap.value if gap is not None else 0.0),
        "n": score.base.n,
    }
    if reading is Mark.ABOVE:
        text = say("{score}: clearly above {before} by {distance} (n = {n}).", **facts)
    else:
        text = say("{score}: clearly below {before} by {distance} (n = {n}).", **facts)
    return Finding(measure_name(rule), text, reading.value, "compare", say("See Compare"))


def _link_line(topic: str, score: Score, _reading: Mark) -> Finding:
    text = say(
        "is strongly linked with the score and rated low: {satisfied} satisfied.",
        satisfied=Number(score.value, Format.PERCENT),
    )
    return Finding(topic, text, "", "drivers", say("See Drivers"))
