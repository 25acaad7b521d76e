"""The groups that nothing may show: planned over everything that the pages and sheets of a survey show together.

Hiding a group of five is worth nothing if the total and all other groups are printed: it is the difference. So before
any number is made, every analysis names the parts of people whose scores it shows (`Analysis.shows`), the plan looks at
them all, and what must not be shown reaches every analysis as `Rules.hidden`. Screen, workbook and CSV cannot disagree,
because they are made from the same rules.

Questions do not help each other: a score of one says nothing about another. So each is planned by itself, and a page
only waits for the plans of what it shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cxdesk.analysis import ANALYSES, analysis
from cxdesk.report.hiding import has_small_parts, hidden_parts
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.parting import Parting


def suppressed(sample: Sample, rules: Rules, specs: Mapping[str, Any], page: str = "") -> Rules:
    """The rules with everything that must not be shown of these respondents.

    ``specs`` are the options of analyses by key. With a ``page`` only what this one shows is planned, though against
    everything that is shown anywhere; without one, all that a report can show. Quick where no group is small.
    """
    own = _shown(sample, specs, page) if page else _everything(sample, specs)
    small = {
        measure: None for parting in own for measure in parting.measures if has_small_parts(parting, measure, rules)
    }
    if not small:
        return rules if not rules.hidden else replace(rules, hidden=frozenset())
    every = _everything(sample, specs) if page else own
    plans = (hidden_parts(measure, [each for each in every if measure in each.measures], rules) for measure in small)
    return replace(rules, hidden=frozenset().union(*plans))


def _everything(sample: Sample, specs: Mapping[str, Any]) -> tuple[Parting, ...]:
    return tuple(parting for found in ANALYSES for parting in _shown(sample, specs, found.key, whole=True))


def _shown(sample: Sample, specs: Mapping[str, Any], page: str, *, whole: bool = False) -> tuple[Parting, ...]:
    found = analysis(page)
    spec = specs.get(page)
    return found.shows(sample, found.default(sample.dataset) if spec is None else spec, whole=whole)
