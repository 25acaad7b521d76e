"""Why a score moved, as steps from before to now: another mix of groups, then what each group adds by its own score."""

from __future__ import annotations

import math

from cxdesk.analysis.compare_values import CompareResult, Reasons
from cxdesk.analysis.measure import measure_name
from cxdesk.blocks.chart import Chart, ChartKind, Series
from cxdesk.text import Label, Number, say

_MOST_STEPS = 8
"""With more groups the smallest contributions are put together."""


def reasons_chart(result: CompareResult, reasons: Reasons) -> Chart | None:
    """The steps of a change; None if they do not lead from one score to the other.

    They do not if some respondents belong to no group of the segment, because the parts leave these out.
    """
    rule, parts = result.measure, reasons.parts
    main = next(shift for shift in result.shifts if shift.rule.question.id == rule.question.id and not shift.part)
    before, now = main.before.value, main.now.value
    if before is None or now is None or not math.isclose(now - before, parts.change, rel_tol=1e-6, abs_tol=1e-9):
        return None
    steps = _steps(reasons)
    categories: list[Label] = [result.before, say("Different mix of groups"), *(name for name, _ in steps), result.now]
    values = (before, parts.mix_total, *(value for _, value in steps), now)
    largest, value = max(steps, key=lambda step: abs(step[1]))
    return Chart(
        "reasons_steps",
        say("From {before} to {now}, step by step", before=result.before, now=result.now),
        ChartKind.BRIDGE,
        tuple(categories),
        (Series(measure_name(rule), values),),
        rule.format,
        say("{group} adds most: {value}.", group=largest, value=Number(value, rule.gap_format)),
        note=say("Each group's step is what its own score adds; the mix is what other shares of the groups add."),
    )


def _steps(reasons: Reasons) -> list[tuple[Label, float]]:
    """What each group adds by its score, in the order of the groups; the smallest of many are put together."""
    rates = [float(rate) for rate in reasons.parts.rate]
    found: list[tuple[Label, float]] = list(zip(reasons.names, rates, strict=True))
    if len(found) <= _MOST_STEPS:
        return found
    kept = sorted(sorted(range(len(rates)), key=lambda place: -abs(rates[place]))[: _MOST_STEPS - 1])
    rest = math.fsum(rate for place, rate in enumerate(rates) if place not in kept)
    return [*(found[place] for place in kept), (say("Other groups"), rest)]
