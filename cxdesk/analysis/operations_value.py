"""Who recommends, by what people are worth: thirds of the people by an amount, against detractors to promoters."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cxdesk.analysis.ascending import ascending
from cxdesk.analysis.measure import Measure, effective_parts, gaps, mark, scores, without_value
from cxdesk.analysis.operations_values import ValueGrid, ValueGroup
from cxdesk.stats.amounts import Amounts
from cxdesk.stats.multiple import holm
from cxdesk.survey.base import Rules
from cxdesk.survey.counted import stacked
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Codes
from cxdesk.survey.parting import Parting
from cxdesk.survey.question import Question

_THIRDS = (1 / 3, 2 / 3)
_GROUPS = 3


def score_codes(sample: Sample, rule: Measure) -> Codes:
    """Who scored low (0), in between (1), high (2) or not at all (3): [respondents of the survey]."""

    def make() -> Codes:
        points = np.ones(rule.scale.size + 1, dtype=np.uint8)
        points[: rule.bottom], points[rule.scale.size - rule.good : rule.scale.size] = 0, 2
        if not rule.high_is_good:
            points[: rule.scale.size] = points[: rule.scale.size][::-1]
        points[rule.scale.size] = _GROUPS
        return points[sample.dataset.codes(rule.question.id)]

    return sample.shared(("parts", rule.question.id, str(rule.bottom), str(rule.good)), make)


def score_key(rule: Measure) -> str:
    """How the groups by score are known where groups are hidden."""
    return f"{rule.question.id} parts"


def score_parting(sample: Sample, rule: Measure, measures: tuple[str, ...]) -> Parting:
    """Detractors, passives and promoters as groups whose answers to other questions the page shows."""
    return Parting(score_key(rule), sample, lambda: score_codes(sample, rule), tuple(range(_GROUPS)), measures)


def value_parting(sample: Sample, question: Question, measure: str) -> Parting:
    """The thirds as groups whose scores the page shows."""
    return Parting(_key(question), sample, lambda: _thirds(sample, question)[0], tuple(range(_GROUPS)), (measure,))


def value_grid(sample: Sample, question: Question, rule: Measure, rules: Rules) -> ValueGrid | None:
    """The score of each third, against everyone else with an amount. None if all amounts are the same.

    Thirds that would cut between equal amounts are moved; where many people have the same amount, a third may be empty
    and is then left out.
    """
    codes, cuts = _thirds(sample, question)
    numbers = sample.dataset.answers[question.id].numbers
    if cuts is None or numbers is None:
        return None
    counted = sample.within(rule.question.id, codes, _GROUPS)
    whole = counted.sum(axis=0)
    filled = [place for place in range(_GROUPS) if counted.people[place, : rule.scale.size].any()]
    if len(filled) < 2:
        return None
    everyone, *found = scores(rule, stacked([whole[None, :], counted[filled]]), rules)
    hides = [rules.hides(rule.question.id, _key(question), place) for place in filled]
    compared = [
        None if hidden else gap
        for gap, hidden in zip(gaps(rule, counted[filled], whole - counted[filled], rules), hides, strict=True)
    ]
    adjusted = holm([None if gap is None else gap.p for gap in compared])
    kept, amounts = sample.take(codes), sample.take(numbers)
    weights = np.ones(len(amounts)) if sample.weights is None else sample.weights
    sums = np.bincount(kept, np.nan_to_num(amounts) * weights, minlength=_GROUPS + 1)[:_GROUPS]
    total = float(sums.sum())
    bounds = ((None, cuts[0]), (cuts[0], cuts[1]), (cuts[1], None))
    groups = tuple(
        ValueGroup(
            place,
            bounds[place][0],
            bounds[place][1],
            without_value(score) if hidden else score,
            rules.level(score.base),
            _people(rule, counted.people[place]),
            float(sums[place]) / total if total > 0 else 0.0,
            gap,
            mark(rule, gap, p, rules),
        )
        for place, score, hidden, gap, p in zip(filled, found, hides, compared, adjusted, strict=True)
    )
    return ValueGrid(rule, everyone, _people(rule, whole.people), groups)


def _people(rule: Measure, counts: NDArray[np.int64]) -> tuple[int, int, int]:
    """Who scored low, in between and high, never weighted; from counts per point [scale.size + 1]."""
    bad, middle, good = (int(part[0]) for part in effective_parts(rule, counts[None, :]))
    return bad, middle, good


def _thirds(sample: Sample, question: Question) -> tuple[Codes, tuple[float, float] | None]:
    """The third of each respondent of the survey (3: no amount), and where the people looked at are cut."""
    numbers = sample.dataset.answers[question.id].numbers
    nowhere = np.full(sample.dataset.respondents, _GROUPS, dtype=np.uint8)
    if numbers is None:
        return nowhere, None
    order, weights = ascending(sample, question.id, numbers), sample.weights
    if weights is not None:
        order = order[weights[order] > 0]
    amounts = Amounts(sample.take(numbers)[order], None if weights is None else weights[order])
    if not amounts.n or amounts.values[0] == amounts.values[-1]:
        return nowhere, None
    low, high = (amounts.at(share * amounts.n, amounts.n) for share in _THIRDS)
    codes = (numbers > low).astype(np.uint8) + (numbers > high)
    return np.where(np.isnan(numbers), nowhere, codes).astype(np.uint8), (low, high)


def _key(question: Question) -> str:
    return f"{question.id} thirds"
