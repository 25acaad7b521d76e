"""Weights on the command line: a column, or a table of target shares; what does not fit is refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from cxdesk.project.engine import sample_of
from cxdesk.project.request import RequestError
from cxdesk.project.weights_request import weighted
from cxdesk.project.workspace import Workspace
from tests.builders import survey

SHOPS = Workspace(
    survey(
        recommend=[10, 9, 3, 8] * 25,
        segment={"Region": ["North", "South", "South", "South"] * 25},
        weight=[0.5, 1.5, 1.0, 1.0] * 25,
    )
)


@pytest.mark.parametrize(
    "content",
    [
        "question,answer,share\nRegion,North,40\nRegion,South,60\n",
        "Region,North,0.4\nRegion,South,0.6\n",
        "Region\tnorth\t40 %\nregion\tSOUTH\t60 %\n",
        "question;answer;count\nRegion;North;400\nRegion;South;600\n",
        "题目,选项,人数\nRegion,North,2\nRegion,South,3\n",
    ],
)
def test_a_table_of_shares_or_counts(tmp_path: Path, content: str) -> None:
    path = tmp_path / "shares.csv"
    path.write_text(content, encoding="utf-8-sig")
    sample = sample_of(weighted(SHOPS, "", str(path)))
    regions = sample.answers("region").amount
    assert regions[0] / regions.sum() == pytest.approx(0.4)


def test_a_column() -> None:
    workspace = weighted(SHOPS, "Weight", "")
    assert workspace.weighting is not None
    weights = sample_of(workspace).weights
    assert weights is not None
    assert weights[:2] == pytest.approx([0.5, 1.5])
    assert weighted(SHOPS, "", "").weighting is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Region,North,40\nRegion,South,50\n", "The targets of “Region” add up to 90, not 100."),
        ("Region,North,100\n", "“South” (Region) has no target, but 75 people answered so."),
        ("Region,West,100\n", "“Region” has no answer “West”."),
        ("Recommend,10,100\n", "“Recommend” has no groups that could be given target shares."),
        ("Region,North\n", "“Region, North” is not QUESTION, ANSWER, SHARE."),
        ("Shop,North,5\n", "There is no column “Shop” in this file."),
        ("", "Give target shares for at least one column."),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "shares.csv"
    path.write_text(f"question,answer,share\n{content}", encoding="utf-8")
    with pytest.raises(RequestError) as refused:
        weighted(SHOPS, "", str(path))
    assert str(refused.value.reason).startswith(words)


def test_both_ways_a_missing_file_and_a_column_of_words_are_refused(tmp_path: Path) -> None:
    for column, path in (("Weight", "shares.csv"), ("", str(tmp_path / "none.csv")), ("Region", ""), ("gone", "")):
        with pytest.raises(RequestError):
            weighted(SHOPS, column, path)
