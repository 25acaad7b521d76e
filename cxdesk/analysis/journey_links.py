"""Which stages go with the score: people who are satisfied with a stage against those who are not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from cxdesk.analysis.journey_stages import Source, Stage
from cxdesk.analysis.journey_values import StageLink
from cxdesk.analysis.measure import Measure, gaps, mark, scores, share_measure, without_value
from cxdesk.job import Job
from cxdesk.stats.multiple import holm
from cxdesk.survey.base import Rules
from cxdesk.survey.counted import stacked
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Codes
from cxdesk.survey.parting import Parting
from cxdesk.survey.question import Question

_SATISFIED, _OTHERS = 0, 1


def stage_links(
    sample: Sample, stages: Sequence[Stage], rule: Measure, rules: Rules, job: Job
) -> tuple[StageLink, ...]:
    """The measure among people satisfied with each rated stage and among the others; Holm over the stages.

    None for stages of a column, which hold their score already. Raises `Cancelled`.
    """
    asked = [stage.question for stage in stages if stage.question is not None]
    if not asked:
        return ()
    sides = []
    for question in asked:
        job.check()
        table = sample.table(rule.question.id, question.id)[: question.size]
        fine = _fine(question, rules)
        sides.append((table[fine].sum(axis=0), table[~fine].sum(axis=0)))
    satisfied, others = (stacked([pair[side][None, :] for pair in sides]) for side in (_SATISFIED, _OTHERS))
    found = gaps(rule, satisfied, others, rules)
    adjusted = holm([None if gap is None else gap.p for gap in found])
    links = []
    measured = zip(scores(rule, satisfied, rules), scores(rule, others, rules), strict=True)
    for stage, (here, there), gap, p in zip(stages, measured, found, adjusted, strict=True):
        hides = [rules.hides(rule.question.id, _key(stage), side) for side in (_SATISFIED, _OTHERS)]
        ours, theirs = (without_value(s) if hidden else s for s, hidden in zip((here, there), hides, strict=True))
        shown = gap if ours.value is not None and theirs.value is not None else None
        links.append(StageLink(stage, ours, theirs, shown, mark(rule, shown, p, rules)))
    return tuple(links)


def link_partings(sample: Sample, source: Source, outcome: Question, rules: Rules) -> list[Parting]:
    """Satisfied people and the others, for each rated stage, as groups whose scores the page shows."""
    return [
        Parting(_key(stage), sample, _sides(sample, stage.question, rules), (_SATISFIED, _OTHERS), (outcome.id,))
        for stage in source.stages
        if stage.question is not None
    ]


def _sides(sample: Sample, question: Question, rules: Rules) -> Callable[[], Codes]:
    def make() -> Codes:
        side = np.append(np.where(_fine(question, rules), _SATISFIED, _OTHERS), 2).astype(np.uint8)
        found: Codes = side[sample.dataset.codes(question.id)]
        return found

    return make


def _fine(question: Question, rules: Rules) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Which points of the scale count as satisfied, bool [scale.size]."""
    rated = share_measure(question, rules)
    points = np.arange(question.size)
    return points >= question.size - rated.top if rated.high_is_good else points < rated.top


def _key(stage: Stage) -> str:
    return f"{stage.key} satisfied"
