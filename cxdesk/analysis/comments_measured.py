"""How people who mention a theme score, how much that moves the whole, and whether the theme is mentioned more often.

Everything is among those who wrote: people who write may differ from those who do not, and a theme must not be praised
or blamed for that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxdesk.analysis.comments_coded import Coded
from cxdesk.analysis.comments_values import ThemeFound
from cxdesk.analysis.measure import Gap, Measure, Score, gaps, mark, mark_beyond, measure, scores, without_value
from cxdesk.analysis.timing import default_period, periods_of
from cxdesk.blocks.table import Mark
from cxdesk.stats.difference import share_difference_each
from cxdesk.stats.multiple import holm
from cxdesk.stats.paired import paired_share_p
from cxdesk.survey.base import Rules
from cxdesk.survey.counted import Counted, stacked
from cxdesk.survey.counting import Sample
from cxdesk.text import Label, say

_SHARE_FLOOR = 0.02

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Themes:
    """All themes, most mentioned first; those without a theme; the score of everybody who wrote.

    ``leading`` are the places of those that may be the one mentioned most; if it is one, it is.
    """

    found: tuple[ThemeFound, ...]
    uncoded: ThemeFound
    everyone: Score | None
    latest: Label
    leading: tuple[int, ...]


def measured(sample: Sample, of: Coded, rule: Measure | None, severe: Mask, rules: Rules) -> Themes:
    """Measure every theme among the kept respondents who wrote. ``severe`` is bool [texts]."""
    texts = sample.take(of.written.codes)
    people = np.bincount(texts, minlength=len(of.prepared.said)) * of.prepared.said
    sets = np.vstack([of.has, of.prepared.said & ~of.themed])
    mentions = (sets * people).sum(axis=1).tolist()
    urgent = (sets * people * severe).sum(axis=1).tolist()
    changes, latest = _changes(sample, of, sets, rules)
    compared, everyone = _compared(sample, of, sets, rule, rules)
    names: list[Label] = [*(theme.name for theme in of.themes), say("No theme")]
    every = [
        ThemeFound(place, name, int(mentions[place]), *compared[place], int(urgent[place]), *changes[place])
        for place, name in enumerate(names)
    ]
    *themes, last = every
    ordered = tuple(sorted(themes, key=lambda theme: -theme.people))
    uncoded = ThemeFound(-1, last.name, last.people, *compared[-1], last.severe)
    order = [theme.place for theme in ordered if theme.people]
    return Themes(ordered, uncoded, everyone, latest, _leading(sets[order], people, 1 - rules.confidence))


_Compared = tuple[Score | None, Gap | None, Mark, Gap | None]


def _compared(
    sample: Sample, of: Coded, sets: Mask, rule: Measure | None, rules: Rules
) -> tuple[list[_Compared], Score | None]:
    """Score, gap, reading and drag of each set of texts, and the score of all who wrote."""
    nothing: list[_Compared] = [(None, None, Mark.UNTESTED, None)] * len(sets)
    if rule is None:
        return nothing, None
    said = of.said
    parts = [_within(sample, of.written.codes, said, texts, rule) for texts in sets]
    here, rest = stacked([part[:1] for part in parts]), stacked([part[1:] for part in parts])
    everyone = measure(rule, _whole(parts[0]), rules)
    measured = scores(rule, here, rules)
    others = scores(rule, rest, rules)
    hidden = _withheld(sample, of, sets, rule, rules)
    tests = gaps(rule, here, rest, rules)
    # Those without a theme are no theme: they are shown, not tested.
    tested = [
        None if hides or place == len(sets) - 1 or gap is None else gap
        for place, (gap, hides) in enumerate(zip(tests, hidden, strict=True))
    ]
    adjusted = holm([None if gap is None else gap.p for gap in tested])
    found: list[_Compared] = []
    for place, (score, other) in enumerate(zip(measured, others, strict=True)):
        if hidden[place]:
            found.append((without_value(score), None, Mark.UNTESTED, None))
            continue
        gap = tested[place] if score.value is not None and other.value is not None else None
        reading = mark(rule, gap, adjusted[place], rules)
        found.append((score, gap, reading, None if gap is None else _drag(gap, score, other)))
    return found, everyone


def _within(sample: Sample, codes: NDArray[np.generic], said: Mask, texts: Mask, rule: Measure) -> Counted:
    """The answers of those who mention and of those who do not: [2, answers]."""
    groups = np.where(said, np.where(texts[codes], 0, 1), 2).astype(np.uint8)
    return sample.within(rule.question.id, groups, 2)


def _whole(part: Counted) -> Counted:
    return part.sum(axis=0)


def _drag(gap: Gap, here: Score, rest: Score) -> Gap:
    """How far those who mention it move the whole: their share times the difference (METHODS.md 7)."""
    share = here.whole / (here.whole + rest.whole)
    low, high = (None if end is None else share * end for end in (gap.low, gap.high))
    return Gap(share * gap.value, low, high, gap.p)


def _withheld(sample: Sample, of: Coded, sets: Mask, rule: Measure, rules: Rules) -> list[bool]:
    """Large themes whose score would give away a small group: all who wrote but a few, or another theme and a few.

    The difference of two scores that are shown is then the score of the few.
    """
    scored = sample.take(sample.dataset.codes(rule.question.id)) < rule.scale.size
    texts = sample.take(of.written.codes)[scored]
    people = (np.bincount(texts, minlength=sets.shape[1]) * of.prepared.said).astype(np.float64)
    both = (sets * people) @ sets.T.astype(np.float64)
    sizes, whole = np.diag(both), people.sum()
    least = rules.hide_below
    hidden = (sizes > 0) & (sizes < whole) & (whole - sizes < least)
    for smaller in np.argsort(sizes):
        if sizes[smaller] < least or hidden[smaller]:
            continue
        inside = (both[smaller] == sizes[smaller]) & (sizes > sizes[smaller]) & (sizes - sizes[smaller] < least)
        hidden |= inside
    return [bool(each) for each in hidden]


def _leading(sets: Mask, people: NDArray[np.int64], level: float) -> tuple[int, ...]:
    """The places of the themes that may be the one mentioned most; ``sets`` is [themes, texts], most mentioned first.

    The first one, and all that are not mentioned by clearly fewer of the same people. To call the first one the most
    mentioned, it need not be adjusted for the number of themes (Hung and Fithian 2019, "Rank verification for
    exponential families").
    """
    if not len(sets):
        return ()
    first = sets[0] & ~sets[1:]
    others = sets[1:] & ~sets[0]
    only_first, only_other = ((each * people).sum(axis=1).tolist() for each in (first, others))
    pairs = enumerate(zip(only_first, only_other, strict=True), start=1)
    return (0, *(place for place, (here, there) in pairs if paired_share_p(here, there) > level))


def _changes(sample: Sample, of: Coded, sets: Mask, rules: Rules) -> tuple[list[tuple[Gap | None, Mark]], Label]:
    """The share of each theme in the last period with enough comments against all periods before it."""
    nothing: list[tuple[Gap | None, Mark]] = [(None, Mark.UNTESTED)] * len(sets)
    value = default_period(sample)
    if not value:
        return nothing, ""
    periods = periods_of(sample, value)
    texts, when = sample.take(of.written.codes), sample.take(periods.codes)
    said = of.prepared.said[texts] & (when < periods.size)
    texts, when = texts[said], when[said]
    wrote = np.bincount(when, minlength=periods.size)
    enough = np.flatnonzero(wrote >= rules.test_from)
    if not len(enough) or wrote[: enough[-1]].sum() < rules.test_from:
        return nothing, ""
    last = int(enough[-1])
    now, before = when == last, when < last
    counts_now = np.array([np.count_nonzero(each[texts[now]]) for each in sets])
    counts_before = np.array([np.count_nonzero(each[texts[before]]) for each in sets])
    tests = share_difference_each(
        counts_now, np.full(len(sets), now.sum()), counts_before, np.full(len(sets), before.sum()), rules.confidence
    )
    columns = (tests.value, tests.low, tests.high, tests.p)
    found = [Gap(*(float(part) for part in entry)) for entry in zip(*columns, strict=True)]
    adjusted = holm([gap.p for gap in found])
    marked: list[tuple[Gap | None, Mark]] = [
        (gap, mark_beyond(_SHARE_FLOOR, gap, p, rules)) for gap, p in zip(found, adjusted, strict=True)
    ]
    return marked, periods.names[last]
