"""The columns of a crosstab under a filter."""

from __future__ import annotations

import numpy as np

from cxdesk.analysis.crosstab import Crosstab
from cxdesk.analysis.crosstab_values import CrosstabSpec
from cxdesk.job import Unattended
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.selection import OneOf, Selection
from tests.builders import survey


def test_columns_that_a_filter_leaves_empty_are_gone() -> None:
    data = survey(
        recommend=[10, 2, 9, 8, 0, 10] * 20,
        segment={"Region": ["North", "East", "South"] * 40, "Kind": "ab" * 60},
        multiple={"Used": [["App"], ["Web"], ["App", "Web"], None] * 30},
        options={"Region": ["North", "East", "South"]},
    )
    kept = np.array([place % 3 != 1 for place in range(120)])
    sample = Sample(data, Selection((OneOf("region", (0, 2)),)))
    (table,) = Crosstab().compute(sample, Rules(), CrosstabSpec(by="region"), Unattended()).tables
    assert [head.name for head in table.heads[1:]] == ["North", "South"]
    scores_of, used = table.blocks
    recommended = np.array([10, 2, 9, 8, 0, 10] * 20)
    good = [(recommended[kept] >= 9).sum(), *((recommended[place::3] >= 9).sum() for place in (0, 2))]
    assert [cell.count for cell in {line.key: line for line in scores_of.lines}["good"].cells] == good
    ticked = np.array([[1, 0], [0, 1], [1, 1], [0, 0]] * 30)
    for option in (0, 1):
        people = [ticked[kept, option].sum(), *(ticked[place::3, option].sum() for place in (0, 2))]
        assert [cell.count for cell in {line.key: line for line in used.lines}[f"answer{option}"].cells] == people
