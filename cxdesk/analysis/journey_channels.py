"""Stages within channels: each stage in each channel, against the same stage in all other channels."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cxdesk.analysis.journey_stages import Source
from cxdesk.analysis.journey_values import ChannelCell, ChannelGrid, StageScore
from cxdesk.analysis.measure import Gap, Score, gaps, mark, scores, without_value
from cxdesk.job import Job
from cxdesk.stats.multiple import holm
from cxdesk.survey.base import Rules
from cxdesk.survey.counted import Counted, stacked
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Codes
from cxdesk.survey.parting import Parting, nested
from cxdesk.survey.question import Question
from cxdesk.survey.selection import answer_name

_MOST_CHANNELS = 8


def channel_grid(
    sample: Sample, source: Source, stages: Sequence[StageScore], by: Question, rules: Rules, job: Job
) -> ChannelGrid | None:
    """The eight largest channels; Holm over the whole table. None with fewer than two channels. Raises `Cancelled`."""
    sizes = sample.counts(by.id)[: by.size]
    filled = np.flatnonzero(sizes >= max(rules.hide_below, 1))
    codes = sorted(filled[np.argsort(-sizes[filled], kind="stable")][:_MOST_CHANNELS].tolist())
    if len(codes) < 2 or not stages:
        return None
    blocks = _by_column(sample, source.column, stages, by) if source.column is not None else None
    rows: list[tuple[list[Score], list[Gap | None]]] = []
    for place, stage in enumerate(stages):
        job.check()
        table = sample.table(stage.stage.key, by.id)[: by.size] if blocks is None else blocks[place]
        whole, here = table.sum(axis=0), table[codes]
        rest = stacked([(whole - table[code])[None, :] for code in codes])
        rows.append(_measured(stage, here, rest, codes, source, by, rules))
    adjusted = iter(holm([None if gap is None else gap.p for _, found in rows for gap in found]))
    cells = tuple(
        tuple(
            ChannelCell(score, rules.level(score.base), gap, mark(stage.rule, gap, next(adjusted), rules))
            for score, gap in zip(*row, strict=True)
        )
        for stage, row in zip(stages, rows, strict=True)
    )
    names = tuple(answer_name(by, code) for code in codes)
    tested = sum(gap is not None and gap.p is not None for _, found in rows for gap in found)
    return ChannelGrid(by, tuple(codes), names, cells, tested, int(np.count_nonzero(sizes)) - len(codes))


def grid_parting(sample: Sample, column: Question, by: Question, measure: str) -> Parting:
    """Stages of a column within channels as groups whose scores the page shows."""
    places = tuple(range(column.size * by.size))
    return Parting(
        nested(column.id, by.id), sample, lambda: _pairs(sample, column, by), places, (measure,), wide=by.size
    )


def _measured(
    stage: StageScore, here: Counted, rest: Counted, codes: list[int], source: Source, by: Question, rules: Rules
) -> tuple[list[Score], list[Gap | None]]:
    rule = stage.rule
    found, compared = scores(rule, here, rules), gaps(rule, here, rest, rules)
    for place, code in enumerate(codes):
        if source.column is None:
            hidden = rules.hides(rule.question.id, by.id, code)
        else:
            pair = stage.stage.code * by.size + code
            hidden = rules.hides(rule.question.id, nested(source.column.id, by.id), pair)
        if hidden:
            found[place] = without_value(found[place])
        if found[place].value is None:
            compared[place] = None
    return found, compared


def _by_column(sample: Sample, column: Question, stages: Sequence[StageScore], by: Question) -> list[Counted]:
    """The answers in each channel, for each stage: [channels, scale.size + 1]."""
    pairs = column.size * by.size
    counted = sample.within(stages[0].rule.question.id, _pairs(sample, column, by), pairs)
    return [counted[stage.stage.code * by.size : (stage.stage.code + 1) * by.size] for stage in stages]


def _pairs(sample: Sample, column: Question, by: Question) -> Codes:
    """Stage * channels + channel of each respondent of the survey; the number of pairs where either is missing."""
    stage, channel = sample.dataset.codes(column.id), sample.dataset.codes(by.id)
    place = stage.astype(np.uint32) * np.uint32(by.size) + channel
    missing = (stage >= column.size) | (channel >= by.size)
    return np.where(missing, np.uint32(column.size * by.size), place).astype(np.uint32)
