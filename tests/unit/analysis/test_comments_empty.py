"""Cells in which the survey program says that nobody wrote anything are no comments, not even ones that say nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from cxdesk.analysis.comments import Comments
from cxdesk.analysis.comments_coded import TOGETHER
from cxdesk.analysis.comments_values import CommentsSpec
from tests.builders import survey
from tests.unit.analysis.test_comments import CHINESE, ENGLISH, result, section

CODES = np.array([0] * 50 + [1] * 40 + [2] * 10 + [0] * 20, dtype=np.uint8)


def test_cells_that_the_survey_program_marks_as_empty_are_no_comments_that_say_nothing() -> None:
    words = ["(空)"] * 60 + ["无"] * 20 + ["slow tills"] * 40 + [None] * 10
    dataset = survey(recommend=[9, 3] * 65, comment=words)
    found = result(dataset)
    assert (found.wrote, found.silent, found.empty) == (40, 20, 60)
    notes = [text for _, text in section(dataset).notes]
    assert any("(20)" in ENGLISH(text) and "(60)" in ENGLISH(text) for text in notes)
    assert any("（20 条）" in CHINESE(text) and "（60 个）" in CHINESE(text) for text in notes)


def test_the_fullest_comment_column_is_not_the_one_with_most_empty_fields() -> None:
    dataset = survey(recommend=[9, 3] * 60, comment=["(空)"] * 100 + ["slow tills"] * 20)
    column = dataset.columns[dataset.questions[-1].columns[0]]
    other = replace(column, position=9, values=type(column.values).of(["", "kind staff", "slow"]), codes=CODES)
    question = replace(dataset.questions[-1], id="q9", columns=(len(dataset.columns),), text="More")
    both = replace(
        dataset,
        columns=(*dataset.columns, other),
        questions=(*dataset.questions, question),
        answers={**dataset.answers, "q9": dataset.answers[dataset.questions[-1].id]},
    )
    assert Comments().default(both).column == "q9"
    together = result(both, CommentsSpec(column=TOGETHER))
    assert (together.wrote, together.silent, together.empty) == (70, 0, 50)
