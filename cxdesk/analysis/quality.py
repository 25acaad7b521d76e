"""Can the answers be trusted, what was left out, and why? Every row and value of the file is accounted for.

Checks mark rows, a person decides, and each decision shows the score with and without. Nothing is deleted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

import numpy as np

from cxdesk.analysis.base import Analysis, Option
from cxdesk.analysis.checks import all_checks, left_out
from cxdesk.analysis.checks_values import Check, Mask, decided_way
from cxdesk.analysis.found_rows import has_rows, missing_key, unused_key
from cxdesk.analysis.measure import Measure, measure
from cxdesk.analysis.quality_lines import empty_answers, lines, score_of
from cxdesk.analysis.quality_section import section
from cxdesk.analysis.quality_values import Effect, Judged, QualityResult, QualitySpec
from cxdesk.blocks.section import Section
from cxdesk.job import Job
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.role import Role
from cxdesk.text import Text, say

__all__ = ["Quality", "QualityResult", "QualitySpec"]


class Quality(Analysis[QualitySpec, QualityResult]):
    """Row arithmetic, checks with decisions, and a line for everything that the results do not use."""

    key: ClassVar[str] = "quality"
    sheet: ClassVar[Text] = say("what was left out, and why")
    form: ClassVar[str] = "quality"

    def default(self, dataset: Dataset) -> QualitySpec:
        """Nothing is decided yet."""
        return QualitySpec()

    def options(self, dataset: Dataset, spec: QualitySpec) -> tuple[Option, ...]:
        """Decisions are made in the table, row by row."""
        return ()

    def on_sheet(self, spec: QualitySpec) -> QualitySpec:
        """A sheet tells what was decided, and asks nothing."""
        return replace(spec, printed=True)

    def compute(self, sample: Sample, rules: Rules, spec: QualitySpec, job: Job) -> QualityResult:
        """Check the whole file, whatever the filter; numbers about the rows in use leave out what was left out."""
        dataset = sample.dataset
        whole, everyone = dataset.complete, sample.without(*(each.question for each in sample.selection.conditions))
        known = ("quality", *(f"{check}={way}" for check, way in spec.decisions))
        gone = sample.shared((*known, "gone"), lambda: left_out(whole, spec.decisions))
        checks = sample.shared((*known, "checks"), lambda: all_checks(whole, spec.decisions, job))
        rule = score_of(everyone, rules)
        score = _Scores(whole, rule, rules, gone.mask, [check.chosen(spec.decisions).marked for check in checks])
        judged = []
        for check in checks:
            job.check()
            way = check.chosen(spec.decisions)
            decided = decided_way(spec.decisions, check.key) == way.key
            as_last = decided and check.key in spec.as_last
            judged.append(Judged(check, way.key, decided, score.otherwise(check, way.marked), as_last))
        unanswered = tuple(empty_answers(everyone))
        return QualityResult(
            dataset.receipt,
            tuple(" ".join(part for part in column.header if part) for column in dataset.columns),
            dataset.respondents,
            gone.steps,
            tuple(judged),
            lines(everyone, rules, spec, unanswered),
            rule,
            Effect(score.now, score.of(np.ones(whole.respondents, dtype=np.bool_))),
            unanswered,
            dataset.with_role(Role.PRIVATE),
            sample.selection.describe(dataset.question) if sample.selection.conditions else None,
            frozenset(
                [unused_key(index) for index, entry in enumerate(dataset.receipt.unused) if has_rows(whole, entry)]
                + [missing_key(each.question) for each in unanswered]
            ),
        )

    def present(self, spec: QualitySpec, result: QualityResult) -> Section:
        """Rows in the file minus rows left out, the checks, then what else was not used."""
        return section(self.key, self.title, result, printed=spec.printed)


class _Scores:
    """The headline score of any rows of a survey, counted without weights."""

    def __init__(
        self, whole: Dataset, rule: Measure | None, rules: Rules, gone: Mask, reasons: Sequence[Mask | None]
    ) -> None:
        """``gone`` are the rows that are left out, ``reasons`` what each check contributes to that."""
        self._codes = None if rule is None else whole.codes(rule.question.id)
        self._rule, self._rules, self._gone = rule, rules, gone
        self._often = np.zeros(whole.respondents, dtype=np.uint8)
        for reason in reasons:
            if reason is not None:
                self._often += reason
        self.now = self.of(~gone)

    def of(self, rows: Mask) -> float | None:
        """The score of these rows; None if it is hidden or there is none."""
        if self._rule is None or self._codes is None:
            return None
        counts = np.bincount(self._codes[rows], minlength=self._rule.scale.size + 1)
        return measure(self._rule, counts, self._rules).value

    def otherwise(self, check: Check, marked: Mask | None) -> Effect:
        """The score if the rows of a check were kept although they are left out, or the other way round."""
        if not check.count:
            return Effect(self.now, self.now)
        if marked is not None:
            return Effect(self.now, self.of(~self._gone | (marked & (self._often == 1))))
        first = next(way.marked for way in check.ways if way.marked is not None)
        return Effect(self.now, self.of(~(self._gone | first)))
