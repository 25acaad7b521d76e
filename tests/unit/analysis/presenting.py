"""Presents an analysis of a small survey: what the pages and sheets are made of."""

from __future__ import annotations

from typing import Any

from cxdesk.analysis.base import Analysis
from cxdesk.blocks.section import Section
from cxdesk.job import Unattended
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.selection import Selection


def computed(
    analysis: Analysis[Any, Any], dataset: Dataset, spec: Any = None, selection: Selection = Selection()
) -> Any:
    return analysis.compute(Sample(dataset, selection), Rules(), spec or analysis.default(dataset), Unattended())


def presented(
    analysis: Analysis[Any, Any], dataset: Dataset, spec: Any = None, selection: Selection = Selection()
) -> Section:
    spec = spec or analysis.default(dataset)
    return analysis.present(spec, computed(analysis, dataset, spec, selection))
