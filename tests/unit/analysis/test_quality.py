"""What was read and what was not used, what waits for a decision, and what each decision does to the score."""

from __future__ import annotations

from dataclasses import replace

from cxdesk.analysis.checks import marked_by
from cxdesk.analysis.found_rows import found_rows, has_rows, marked_rows, rows_table
from cxdesk.analysis.quality import Quality
from cxdesk.analysis.quality_section import open_decisions
from cxdesk.analysis.quality_values import Invited, QualitySpec
from cxdesk.blocks.figure import Figure
from cxdesk.blocks.note import Note
from cxdesk.blocks.section import Section
from cxdesk.blocks.table import Chip, Table
from cxdesk.project.decisions import applied, decide
from cxdesk.project.workspace import Workspace
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.receipt import MOST_SHOWN, Place, Unused
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.text import Translator, say
from tests.builders import survey
from tests.unit.analysis.presenting import presented

ENGLISH = Translator("en")


def checks_of(section: Section) -> Table:
    """The table with the decisions."""
    return next(block for block in section.blocks() if isinstance(block, Table) and block.key == "checks")


def line(dataset: Dataset, key: str, spec: QualitySpec | None = None) -> str:
    """What a line of the table means, "" if it is not there."""
    table = checks_of(presented(Quality(), dataset, spec))
    cells = (row.cells[3].value for row in table.rows if row.key == key)
    return next((ENGLISH(value) for value in cells if value is not None and not isinstance(value, int | float)), "")


def test_rows_left_out_are_counted_and_explained() -> None:
    dataset = survey(recommend=[10, None, 3], effort=[1, 2, 3], private={"Phone": ["1", "2", "3"]})
    blank = Unused("blank_row", 2, say("Empty rows"))
    receipt = replace(dataset.receipt, rows=5, rows_used=3, unused=(blank,))
    section = presented(Quality(), replace(dataset, receipt=receipt))
    assert ENGLISH(section.headline) == "3 of 5 rows are used."
    table = next(block for block in section.blocks() if isinstance(block, Table) and block.key == "unused")
    told = [
        [ENGLISH(cell.value) if not isinstance(cell.value, int | None) else cell.value for cell in row.cells]  # type: ignore[arg-type]
        for row in table.rows
    ]
    assert told == [
        ["Whole file", 2, "Empty rows", None],
        ["Recommend", 1, "Empty in 33% of rows; these people do not count in this question.", "Show rows"],
        ["Phone", None, "Personal data: kept out of every page and report.", None],
    ]


def test_the_receipt_covers_the_whole_file_whatever_the_filter() -> None:
    dataset = survey(recommend=[10, None, 3] * 10, segment={"Region": ["a", "b", "b"] * 10})
    whole = presented(Quality(), dataset)
    filtered = presented(Quality(), dataset, selection=Selection((OneOf("region", (0,)),)))
    assert whole.rows == filtered.rows
    assert whole.headline == filtered.headline
    assert "whole file, also what the filter (Region: a) leaves out" in ENGLISH(filtered.base_line)


def test_a_file_that_is_used_completely_says_so() -> None:
    section = presented(Quality(), survey(recommend=[10, 9]))
    assert ENGLISH(section.headline) == "All 2 rows of the file are used."


def test_two_counts_that_disagree_are_a_warning_above_everything() -> None:
    dataset = survey(recommend=[10, 9])
    receipt = replace(dataset.receipt, unused=(Unused("readers_disagree", 6, say("Two counts disagree")),))
    first = presented(Quality(), replace(dataset, receipt=receipt)).blocks()[0]
    assert isinstance(first, Note)
    assert ENGLISH(first.text) == "Two counts disagree"


def test_the_arithmetic_leads_from_the_file_to_the_rows_in_use() -> None:
    dataset = survey(recommend=[*[9] * 40, *[0] * 9, None, 0], respondent=[*map(str, range(50)), "49"])
    used = applied(Workspace(dataset)).dataset
    section = presented(Quality(), used)
    assert ENGLISH(section.headline) == "50 of 51 rows are used. 1 thing needs your decision."
    chain = next(row for row in section.rows if row.chained)
    figures = [(ENGLISH(block.title), block.cell.value) for block in chain.blocks if isinstance(block, Figure)]
    assert figures == [("Rows in the file", 51), ("no score given", -1), ("Rows used", 50)]


def test_each_decision_shows_the_score_with_and_without() -> None:
    """NPS of 40 promoters and 10 detractors is +60; with the second answer of p49 it is 100 * (40 - 11) / 51 = +57."""
    dataset = survey(recommend=[*[9] * 40, *[0] * 11], respondent=[*[f"p{row}" for row in range(50)], "p49"])
    used = applied(Workspace(dataset))
    section = presented(Quality(), used.dataset)
    table = checks_of(section)
    assert "With them NPS would be +57 instead of +60." in ENGLISH(table.cell("same_id", "means").value)  # type: ignore[arg-type]
    assert "With all rows kept, NPS would be +57 instead of +60." in [
        ENGLISH(block.text) for block in section.blocks() if isinstance(block, Note)
    ]
    kept = decide(used, "same_id", "keep")
    table = checks_of(presented(Quality(), kept.dataset, kept.spec("quality")))
    assert "Without them NPS would be +60 instead of +57." in ENGLISH(table.cell("same_id", "means").value)  # type: ignore[arg-type]


def test_a_decision_is_open_until_somebody_chose_or_confirmed() -> None:
    dataset = survey(recommend=[9] * 50, respondent=[*map(str, range(49)), "0"])
    workspace = applied(Workspace(dataset))
    section = presented(Quality(), workspace.dataset)
    assert open_decisions(section) == 1
    row = checks_of(section)
    assert (row.cell("same_id", "result").chip, row.cell("same_id", "decision").chosen) == (Chip.WARN, "first")
    assert ENGLISH(row.cell("same_id", "decision").value) == "Leave out, keep first (not decided)"  # type: ignore[arg-type]
    confirmed = decide(workspace, "same_id", "first")
    section = presented(Quality(), confirmed.dataset, confirmed.spec("quality"))
    assert open_decisions(section) == 0
    assert checks_of(section).cell("same_id", "result").chip is Chip.OK
    assert [ENGLISH(detail) for _, detail in section.notes] == [
        "Duplicate respondent IDs: 1 found. Decided: Leave out, keep first."
    ]


def test_what_a_template_decided_is_marked_until_somebody_decides_again() -> None:
    dataset = survey(recommend=[9] * 50, respondent=[*map(str, range(49)), "0"])
    decided = decide(applied(Workspace(dataset)), "same_id", "first")
    spec = QualitySpec(decided.decisions).decided_as_last()
    section = presented(Quality(), decided.dataset, spec)
    assert open_decisions(section) == 0
    assert ENGLISH(checks_of(section).cell("same_id", "result").value) == "As last time"  # type: ignore[arg-type]
    assert [ENGLISH(detail) for _, detail in section.notes] == [
        "Duplicate respondent IDs: 1 found. Decided as last time: Leave out, keep first."
    ]
    printed = checks_of(presented(Quality(), decided.dataset, Quality().on_sheet(spec)))
    assert ENGLISH(printed.cell("same_id", "decision").value) == "Leave out, keep first (as last time)"  # type: ignore[arg-type]
    again = decide(decided.with_spec("quality", spec), "same_id", "first")
    section = presented(Quality(), again.dataset, again.spec("quality"))
    assert ENGLISH(checks_of(section).cell("same_id", "result").value) == "Decided"  # type: ignore[arg-type]


def test_what_nobody_decided_is_printed_as_such() -> None:
    dataset = applied(Workspace(survey(recommend=[9] * 50, respondent=[*map(str, range(49)), "0"]))).dataset
    section = presented(Quality(), dataset, Quality().on_sheet(QualitySpec()))
    assert ENGLISH(section.headline) == "49 of 50 rows are used. 1 check is undecided."
    assert checks_of(section).legend is None
    assert [ENGLISH(detail) for _, detail in section.notes] == [
        "Duplicate respondent IDs: 1 found. Nobody decided, so as always: Leave out, keep first."
    ]
    section = presented(Quality(), dataset)
    assert [ENGLISH(detail) for _, detail in section.notes] == [
        "Duplicate respondent IDs: 1 found. Nobody decided, so as always: Leave out, keep first."
    ]


def test_a_recommend_question_behind_a_battery_is_told() -> None:
    dataset = survey(recommend=[9, 8], rating={"Price": [4, 5], "Staff": [4, 3], "Speed": [5, 5]})
    moved = [*dataset.questions[1:], dataset.questions[0]]
    behind = replace(dataset, questions=tuple(replace(each, columns=(at,)) for at, each in enumerate(moved)))
    assert "behind 3 other scores" in line(behind, "order")
    assert not line(dataset, "order")


def test_early_and_late_answers_are_compared_within_one_fieldwork() -> None:
    days = [f"2025-07-{1 + row // 40:02d}" for row in range(400)]
    falling = survey(recommend=[10] * 200 + [0] * 200, date=days)
    assert "clearly different" in line(falling, "early")
    level = survey(recommend=[10, 0] * 200, date=days)
    assert "could be chance" in line(level, "early")
    year = survey(recommend=[10] * 200 + [0] * 200, date=[f"2025-{1 + row // 40:02d}-01" for row in range(400)])
    assert not line(year, "early")


def test_the_position_of_a_question_is_judged_only_with_a_rotation_column() -> None:
    scores = [10] * 100 + [0] * 100
    dataset = survey(recommend=scores, segment={"Question order": "1" * 100 + "2" * 100})
    assert "the order clearly matters" in line(dataset, "position")
    assert not line(survey(recommend=scores, segment={"Region": "1" * 100 + "2" * 100}), "position")


def test_dates_in_the_future_are_told() -> None:
    dataset = survey(recommend=[9, 8], date=["2025-07-01", "2025-07-03"])
    read = replace(dataset, receipt=replace(dataset.receipt, read_on=20271))  # 2 July 2025
    assert line(read, "dates") == "1 date lies in the future."
    later = replace(dataset, receipt=replace(dataset.receipt, read_on=20272))
    assert line(later, "dates") == "All dates are readable, none lies in the future."


def test_the_response_rate_needs_the_number_invited() -> None:
    dataset = survey(recommend=[9] * 20, segment={"Region": "a" * 15 + "b" * 5})
    assert not line(dataset, "rate")
    told = line(dataset, "rate", QualitySpec(invited=100))
    assert told.startswith("20 of 100 invited people answered: 20%.")
    assert "Weights can even out who answered, not what the others think." in told
    assert "Check the number" in line(dataset, "rate", QualitySpec(invited=10))


def test_groups_that_answered_less_often_are_named() -> None:
    """Chi-square of 90 and 10 against 50 and 50 expected is 64: far beyond chance."""
    dataset = survey(recommend=[9] * 100, segment={"Region": "a" * 90 + "b" * 10})
    told = line(dataset, "alike", QualitySpec(groups=Invited("region", (500, 500))))
    assert told.startswith("a is 90% of the answers but 50% of those invited.")
    level = line(dataset, "alike", QualitySpec(groups=Invited("region", (900, 100))))
    assert "about as often as each other" in level


def test_rows_that_a_check_marks_can_be_looked_at_without_their_ids() -> None:
    dataset = survey(recommend=[9, 8, 7], respondent=["secret", "b", "secret"])
    found = marked_by(dataset, (), "same_id")
    assert found is not None
    listed = marked_rows(dataset, found)
    assert listed is not None
    assert [(row.number, row.text) for row in listed.rows] == [(None, "7")]


def test_people_without_a_score_can_be_looked_at() -> None:
    dataset = survey(recommend=[10, None, 3, None])
    found = found_rows(dataset, "missing_recommend")
    assert found is not None
    assert found.count == 2
    table = rows_table(found)
    assert [ENGLISH(cell.shown) for row in table.rows for cell in row.cells if cell.shown] == ["(empty)", "(empty)"]


def test_rows_of_personal_columns_are_never_found() -> None:
    dataset = survey(recommend=[10, 9], private={"Phone": ["13800000000", "1"]})
    entry = Unused("private_column", 2, say("Personal"), 1, cells=("13800000000", "1"))
    told = replace(dataset, receipt=replace(dataset.receipt, unused=(entry,)))
    assert not has_rows(told, entry)
    assert found_rows(told, "unused0") is None


def test_the_list_is_short_but_the_count_is_true() -> None:
    dataset = survey(recommend=[None, 10] * 300)
    found = found_rows(dataset, "missing_recommend")
    assert found is not None
    assert (found.count, len(found.rows)) == (300, MOST_SHOWN)
    assert ENGLISH(rows_table(found).subtitle or "") == "The first 200 of 300 rows"


def test_rows_that_hold_no_answers_are_shown_with_their_place() -> None:
    entry = Unused("total_row", 1, say("Totals"), places=(Place(41, "Total · 13812345678"),))
    dataset = survey(recommend=[10, 9])
    found = found_rows(replace(dataset, receipt=replace(dataset.receipt, unused=(entry,))), "unused0")
    assert found is not None
    assert [(row.number, row.text) for row in found.rows] == [(42, "Total · 138****5678")]
