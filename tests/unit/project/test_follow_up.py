"""Reading a follow-up list back: every status in place whatever was done to the file, or a refusal with the reason."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from cxdesk.analysis.follow_up_people import person_of
from cxdesk.analysis.follow_up_values import FollowUpSpec, Kept, Status
from cxdesk.job import Unattended
from cxdesk.project.follow_up import ListRefused, list_of, read_back
from cxdesk.project.workspace import Workspace
from cxdesk.reading import open_survey
from cxdesk.reading.grid import Choices
from cxdesk.render.excel.follow_up import write_follow_up
from cxdesk.report.follow_up import NobodyListed, working_day
from cxdesk.survey.dataset import Dataset
from tests.builders import survey

MADE = datetime.datetime.fromisoformat("2025-10-03T09:00")
LATER = datetime.date(2025, 11, 3)
JOB = Unattended()


def shop(people: int = 12) -> Workspace:
    return Workspace(
        survey(
            recommend=[0, 3, 6, 9] * (people // 4),
            comment=[f"=1+{number} slow" for number in range(people)],
            private={"Phone": [f"1380000{number:04}" for number in range(people)]},
            respondent=[f"customer-{number}" for number in range(people)],
            segment={"Region": ["North", "South"] * (people // 2)},
        )
    )


def saved(workspace: Workspace, path: Path, language: str = "en", *, reveal: bool = False) -> Path:
    found = list_of(workspace, FollowUpSpec(owners=("Wang", "Li")), language, MADE, JOB, reveal=reveal)
    write_follow_up(found, str(path), JOB)
    return path


def read(path: Path) -> Dataset:
    return open_survey(str(path), Choices(), JOB)


def list_in(path: Path) -> tuple[Workbook, Worksheet]:
    book = load_workbook(path)
    assert isinstance(book.active, Worksheet)
    return book, book.active


def statuses(people: tuple[Kept, ...]) -> dict[str, Status]:
    return {person_of(kept.ref): kept.status for kept in people}


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_what_was_saved_is_read_back_as_it_was(language: str, tmp_path: Path) -> None:
    workspace = shop()
    found = read_back(workspace, FollowUpSpec(), read(saved(workspace, tmp_path / "list.xlsx", language)), LATER)
    assert (found.people, found.changed, found.twice, found.strange) == (9, 0, 0, 0)
    assert found.spec.read == "2025-11-03"
    assert {kept.due for kept in found.spec.people} == {"2025-10-10"}
    assert sorted(kept.score for kept in found.spec.people if kept.score is not None) == [0] * 3 + [3] * 3 + [6] * 3


def test_statuses_survive_sorting_new_columns_and_renamed_headings(tmp_path: Path) -> None:
    workspace = shop()
    path = saved(workspace, tmp_path / "list.xlsx")
    book, sheet = list_in(path)
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    head = next(place for place, row in enumerate(rows) if row[0] == "Score")
    titles, people = rows[head], rows[head + 1 :]
    where = titles.index("Status")
    wanted = {}
    for number, row in enumerate(people):
        row[where] = ["Resolved", "Contacted", "not reachable ", "To do"][number % 4]
        wanted[person_of(str(row[-1]))] = [Status.RESOLVED, Status.CONTACTED, Status.UNREACHABLE, Status.OPEN][
            number % 4
        ]
    titles[where], titles[-1] = "What we did", "Key"
    sheet.delete_rows(head + 1, len(rows))
    for row in ([*titles, "Call again"], *([*row, "perhaps"] for row in reversed(people))):
        sheet.append(row)
    book.save(path)
    found = read_back(workspace, FollowUpSpec(), read(path), LATER)
    assert statuses(found.spec.people) == wanted
    assert found.changed == sum(status is not Status.OPEN for status in wanted.values())


def test_owners_notes_and_days_come_back_and_stay_in_the_next_list(tmp_path: Path) -> None:
    workspace = shop()
    path = saved(workspace, tmp_path / "list.xlsx")
    book, sheet = list_in(path)
    head = next(row for row in sheet.iter_rows() if row[0].value == "Score")
    columns = {str(cell.value): place for place, cell in enumerate(head, start=1)}
    first = next(row for row in range(1, sheet.max_row) if sheet.cell(row, 1).value == "Score") + 1
    sheet.cell(first, columns["Owner"]).value = "Wang"
    sheet.cell(first, columns["Due"]).value = datetime.datetime.fromisoformat("2025-12-24")
    sheet.cell(first, columns["Note"]).value = "wants a refund"
    book.save(path)
    spec = read_back(workspace, FollowUpSpec(), read(path), LATER).spec
    again = list_of(workspace, spec, "en", MADE, JOB, reveal=False)
    row = dict(zip(again.headings, again.rows[0], strict=True))
    assert (row["Owner"], row["Due"], row["Note"]) == ("Wang", "2025-12-24", "wants a refund")


def test_people_who_are_not_in_a_list_keep_what_is_known_of_them(tmp_path: Path) -> None:
    workspace = shop()
    path = saved(workspace, tmp_path / "list.xlsx")
    known = Kept("CX-AAAAAAAAAA.BBBB", Status.RESOLVED)
    found = read_back(workspace, FollowUpSpec(people=(known,)), read(path), LATER)
    assert statuses(found.spec.people)["AAAAAAAAAA"] is Status.RESOLVED
    assert len(found.spec.people) == 10


def test_a_row_that_stands_twice_counts_once_and_is_told(tmp_path: Path) -> None:
    workspace = shop()
    path = saved(workspace, tmp_path / "list.xlsx")
    book, sheet = list_in(path)
    last = [cell.value for cell in list(sheet.iter_rows())[-1]]
    sheet.append(["Resolved" if value == "To do" else value for value in last])
    book.save(path)
    found = read_back(workspace, FollowUpSpec(), read(path), LATER)
    assert (found.people, found.twice) == (9, 1)
    assert statuses(found.spec.people)[person_of(str(last[-1]))] is Status.RESOLVED
    assert "more than once" in str(found.told())


def test_another_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("Recommend,Region\n" + "9,North\n" * 20, encoding="utf-8")
    with pytest.raises(ListRefused) as refused:
        read_back(shop(), FollowUpSpec(), read(path), LATER)
    assert refused.value.code == "no_list"


def test_the_list_of_another_survey_is_refused(tmp_path: Path) -> None:
    path = saved(shop(), tmp_path / "list.xlsx")
    with pytest.raises(ListRefused) as refused:
        read_back(Workspace(survey(recommend=[1, 2], respondent=["x", "y"])), FollowUpSpec(), read(path), LATER)
    assert refused.value.code == "other_survey"


def test_next_months_file_takes_the_list_of_this_month(tmp_path: Path) -> None:
    workspace = shop()
    path = saved(workspace, tmp_path / "list.xlsx")
    dataset = workspace.dataset
    later = replace(workspace, dataset=replace(dataset, source=replace(dataset.source, digest="november")))
    assert read_back(later, FollowUpSpec(), read(path), LATER).people == 9


@pytest.mark.parametrize("reveal", [False, True])
def test_contacts_are_readable_only_if_they_were_asked_for(reveal: bool, tmp_path: Path) -> None:
    path = saved(shop(), tmp_path / "list.xlsx", reveal=reveal)
    cells = [str(cell.value) for row in list_in(path)[1].iter_rows() for cell in row if cell.value is not None]
    assert ("13800000000" in cells) is reveal
    assert any("be careful" in cell or "give this file only" in cell for cell in cells) is reveal
    assert any("customer-" in cell for cell in cells) is False


def test_words_that_look_like_formulas_stay_words(tmp_path: Path) -> None:
    path = saved(shop(), tmp_path / "list.xlsx")
    cells = [cell for row in list_in(path)[1].iter_rows() for cell in row]
    assert sum(str(cell.value).startswith("=1+") for cell in cells) == 9
    assert not any(cell.data_type == "f" for cell in cells)


def test_the_list_offers_statuses_and_owners_and_marks_what_is_late(tmp_path: Path) -> None:
    _, sheet = list_in(saved(shop(), tmp_path / "list.xlsx"))
    offered = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    assert offered == ['"To do,Contacted,Resolved,Not reachable,No action needed"', '"Wang,Li"']
    rules = [rule.formula[0] for found in sheet.conditional_formatting for rule in found.rules]
    assert any("TODAY()" in rule for rule in rules)
    assert sheet.auto_filter.ref is not None
    assert sheet.freeze_panes == "B7"


def test_nobody_to_list_is_said() -> None:
    with pytest.raises(NobodyListed):
        list_of(Workspace(survey(recommend=[9, 10])), FollowUpSpec(), "en", MADE, JOB, reveal=False)


@pytest.mark.parametrize(
    ("start", "days", "wanted"),
    [("2025-10-03", 1, "2025-10-06"), ("2025-10-03", 5, "2025-10-10"), ("2025-10-04", 1, "2025-10-06")],
)
def test_weekends_are_no_working_days(start: str, days: int, wanted: str) -> None:
    assert working_day(datetime.date.fromisoformat(start), days) == datetime.date.fromisoformat(wanted)
