"""Tables that people made or changed themselves: titles, totals, gaps, merged headers, units, several sheets."""

from __future__ import annotations

import random
from pathlib import Path

import openpyxl
import pytest

from cxdesk.job import Unattended
from cxdesk.reading import open_survey
from cxdesk.reading.grid import Choices
from cxdesk.reading.problem import ReadRefused
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.role import Kind, Role, Sure
from tests.unit.reading.platforms.exports import (
    FIVE,
    MANYI,
    NPS,
    PEOPLE,
    SATISFIED,
    WEISHENME,
    WHY,
    Column,
    Rows,
    find,
    given,
    hidden,
    receipt,
    table,
    told,
)
from tests.unit.reading.understanding.sheets import understood

COLUMNS: list[Column] = [
    ("Date", ["2025-07-01", "2025-07-21"]),
    ("Store", ["North", "South", "East"]),
    ("How likely are you to recommend us? (0-10)", NPS),
    ("Overall satisfaction (1-5)", FIVE),
    ("Comment", WHY),
]
READ = [
    "date | Date",
    "segment | Store | North 40, South 40, East 40",
    "recommend | How likely are you to recommend us? (0-10) | 0-10, n 120",
    "satisfaction | Overall satisfaction (1-5) | 1-5, n 120",
    "comment | Comment",
]
ZH_COLUMNS: list[Column] = [
    ("日期", ["2025年7月1日", "2025年7月21日"]),
    ("门店", ["朝阳店", "海淀店", "西城店"]),
    ("推荐意愿（0-10分）", NPS),
    ("总体满意度", MANYI),
    ("意见和建议", WEISHENME),
]
ZH_READ = [
    "date | 日期",
    "segment | 门店 | 朝阳店 40, 海淀店 40, 西城店 40",
    "recommend | 推荐意愿（0-10分） | 0-10, n 120",
    "satisfaction | 总体满意度 | 1-5, n 120",
    "comment | 意见和建议",
]


def wide(*cells: str, width: int = 5) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]


@pytest.mark.parametrize(
    "above",
    [
        [],
        [wide("Customer survey 2025")],
        [wide("Customer survey 2025"), wide("Exported by Ann", "2025-08-01"), wide()],
        [wide("", "", "Customer survey")],
        [wide(), wide(), wide("Source: shop", "", "", "", "confidential")],
        [wide(*["Customer survey 2025"] * 5)],
    ],
)
@pytest.mark.parametrize(("columns", "read"), [(COLUMNS, READ), (ZH_COLUMNS, ZH_READ)])
def test_titles_above(above: Rows, columns: list[Column], read: list[str]) -> None:
    survey = understood([*above, *table(*columns)])
    assert survey.receipt.header_rows == (len(above),)
    assert survey.respondents == PEOPLE
    assert told(survey) == read


@pytest.mark.parametrize(
    "below",
    [
        [wide("Total", "", "640", "360")],
        [wide("Average", "", "5.3", "3.0"), wide("Count", "", "120", "120")],
        [wide(), wide("Source: our shops, all rights reserved")],
        [wide(), wide("合计", "", "640", "360")],
        [wide("", "平均分", "5.3", "3.0")],
        [wide("", "Mean", "5.3", "3.0"), wide("", "Total", "640", "360")],
    ],
)
def test_totals_below(below: Rows) -> None:
    survey = understood([*table(*COLUMNS), *below])
    assert survey.respondents == PEOPLE
    assert told(survey) == READ
    assert receipt(survey)["total_row"] == sum(any(row) for row in below)


def test_blank_records_between_people() -> None:
    head, *people = table(*COLUMNS)
    survey = understood([head, *[row for person in people for row in (person, wide())]])
    assert survey.respondents == PEOPLE
    assert told(survey) == READ
    assert receipt(survey)["blank_row"] == PEOPLE


def test_without_headers_nothing_is_sure_and_the_person_can_name_them() -> None:
    survey = understood(table(*COLUMNS)[1:])
    assert survey.receipt.header_rows == ()
    assert survey.respondents == PEOPLE
    assert [question.role for question in survey.questions if question.scale] == [Role.RATING, Role.RATING]
    doubts = [question.ask for question in survey.questions if question.scale and question.sure is not Sure.SURE]
    assert [ask.needed for ask in doubts if ask is not None] == [True, True]
    assert receipt(survey)["no_header"] == 1
    assert [question.text for question in survey.questions] == [f"Column {n}" for n in range(1, 6)]


def test_headers_in_two_rows_as_a_merged_cell_leaves_them() -> None:
    rows = table(
        (("Store", ""), ["North", "South", "East"]),
        (("Please rate our service", "Speed"), FIVE),
        (("", "Price"), FIVE[::-1]),
        (("", "Staff"), FIVE),
        (("Which channels do you use?", "Web"), ["x", ""]),
        (("", "App"), ["", "x", "x"]),
        (("Comment", ""), WHY),
    )
    survey = understood(rows)
    assert survey.receipt.header_rows == (0, 1)
    assert told(survey) == [
        "segment | Store | North 40, South 40, East 40",
        "rating | Please rate our service: Speed | 1-5, n 120",
        "rating | Please rate our service: Price | 1-5, n 120",
        "rating | Please rate our service: Staff | 1-5, n 120",
        "multiple | Which channels do you use? | Web 60, App 80 of 100",
        "comment | Comment",
    ]


@pytest.mark.parametrize(
    ("heads", "group", "rows"),
    [
        (
            ["Q5_1 Rate these points: Staff", "Q5_2 Rate these points: Price", "Q5_3 Rate these points: Speed"],
            "Rate these points",
            ["Staff", "Price", "Speed"],
        ),
        (
            ["Q5.1 Rate our staff", "Q5.2 Rate our prices", "Q5.3 Rate our speed"],
            "Q5",
            ["Rate our staff", "Rate our prices", "Rate our speed"],
        ),
        (["Rate these: Staff", "Rate these: Price", "Rate these: Speed"], "Rate these", ["Staff", "Price", "Speed"]),
        (["请评分：员工", "请评分：价格", "请评分：速度"], "请评分", ["员工", "价格", "速度"]),
        (["Q5_1：请评分—员工", "Q5_2：请评分—价格", "Q5_3：请评分—速度"], "请评分", ["员工", "价格", "速度"]),
    ],
)
def test_rows_of_a_grid_in_one_header(heads: list[str], group: str, rows: list[str]) -> None:
    survey = understood(table(("Store", ["North", "South"]), *((head, FIVE) for head in heads)))
    graded = survey.questions[1:]
    assert [question.group for question in graded] == [group] * 3
    assert [question.text for question in graded] == rows
    assert {question.role for question in graded} == {Role.RATING}


@pytest.mark.parametrize("head", ["", "No.", "#", "序号", "Unnamed: 0", "index", "ID"])
def test_an_index_column(head: str) -> None:
    survey = understood(table((head, ["#"]), *COLUMNS))
    assert told(survey) == READ
    assert survey.questions[0].role is Role.RESPONDENT


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([f"{n}分" for n in FIVE], FIVE),
        ([f"{n} points" for n in FIVE], FIVE),
        (["★" * n for n in FIVE], FIVE),
        ([f"{n}/5" for n in FIVE], FIVE),
        ([f"{n} ★" for n in FIVE], FIVE),
        ([f"{n} stars" for n in FIVE], FIVE),
        ([f"{n}星" for n in FIVE], FIVE),
        (["１", "２", "３", "４", "５"], FIVE),
        ([f"{n}.0" for n in FIVE], FIVE),
    ],
)
def test_units_inside_the_cells(cells: list[str], expected: list[int]) -> None:
    survey = understood(table(("Store", ["North", "South"]), ("Overall satisfaction", cells)))
    assert told(survey)[1] == "satisfaction | Overall satisfaction | 1-5, n 120"
    assert given(survey, "Overall satisfaction")[:5] == expected


def workbook(path: Path, sheets: dict[str, Rows], hidden_sheets: tuple[str, ...] = ()) -> Dataset:
    """Write sheets into a workbook, numbers as numbers, and open it as people would."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([int(cell) if cell.isdigit() else cell or None for cell in row])
        if name in hidden_sheets:
            sheet.sheet_state = "hidden"
    book.save(path)
    return open_survey(str(path), Choices(), Unattended())


NOTES = [["How to read this file"], ["Each row is one person"], ["Ask Ann if you have questions"]]
PIVOT = [
    ["Row Labels", "Count of NPS", "Average of NPS"],
    *[[f"Store {n}", "12", "7"] for n in range(9)],
    ["Grand Total", "108", "7"],
]
CODES = [["Code", "Meaning"], *[[str(n), word] for n, word in enumerate(SATISFIED, 1)]]


@pytest.mark.parametrize(
    "order", [("Notes", "Data", "Pivot", "Codes"), ("Pivot", "Codes", "Notes", "Data"), ("Data", "Pivot")]
)
def test_the_sheet_with_the_answers_is_chosen(tmp_path: Path, order: tuple[str, ...]) -> None:
    sheets = {"Notes": NOTES, "Data": table(*COLUMNS), "Pivot": PIVOT, "Codes": CODES}
    survey = workbook(tmp_path / "survey.xlsx", {name: sheets[name] for name in order})
    assert survey.receipt.sheet == "Data"
    assert told(survey) == READ
    assert receipt(survey)["other_sheet"] == len(order) - 1


def test_a_hidden_copy_is_not_read(tmp_path: Path) -> None:
    survey = workbook(tmp_path / "survey.xlsx", {"old": table(*COLUMNS, people=400), "new": table(*COLUMNS)}, ("old",))
    assert survey.receipt.sheet == "new"
    assert survey.respondents == PEOPLE
    assert receipt(survey)["hidden_sheet"] == 1


def test_few_answers_beside_a_wide_dashboard(tmp_path: Path) -> None:
    dashboard = [["Dashboard", *[""] * 30], *[[f"KPI {n}", *[str(n * k) for k in range(30)]] for n in range(40)]]
    survey = workbook(tmp_path / "survey.xlsx", {"Dashboard": dashboard, "Responses": table(*COLUMNS)})
    assert survey.receipt.sheet == "Responses"
    assert told(survey) == READ


def test_an_export_saved_again_in_another_container(tmp_path: Path) -> None:
    own: list[Column] = [
        ("序号", ["#"]),
        ("提交答卷时间", ["2025/7/1 9:03:05", "2025/7/21 10:00:00"]),
        ("来自IP", ["1.2.3.4(广东-深圳)"]),
    ]
    rows = table(
        *own,
        ("1、您满意吗", MANYI),
        ("2、爱好", ["运动┋美食", "旅游", "(空)", "运动┋旅游┋美食"]),
        ("3、推荐给朋友的可能性", NPS),
    )
    expected = [
        "date | 提交答卷时间",
        "satisfaction | 您满意吗 | 1-5, n 120",
        "multiple | 爱好 | 运动 60, 美食 60, 旅游 60 of 90",
        "recommend | 推荐给朋友的可能性 | 0-10, n 120",
    ]
    text = "\n".join(",".join(row) for row in rows)
    files = {
        "a.csv": text.encode("gb18030"),
        "b.txt": text.replace(",", "\t").encode("utf-16"),
        "c.csv": text.encode("utf-8-sig"),
    }
    for name, content in files.items():
        path = tmp_path / name
        path.write_bytes(content)
        survey = open_survey(str(path), Choices(), Unattended())
        assert survey.receipt.platform == "wenjuanxing"
        assert told(survey) == expected
    survey = workbook(tmp_path / "d.xlsx", {"Sheet1": rows})
    assert survey.receipt.platform == "wenjuanxing"
    assert told(survey) == expected


def test_columns_in_any_order_give_the_same_understanding() -> None:
    chance = random.Random(7)
    for _ in range(6):
        columns = chance.sample(COLUMNS, len(COLUMNS))
        assert sorted(told(understood(table(*columns)))) == sorted(READ)


def test_lost_options_come_back_from_the_cells() -> None:
    rows = table(
        ("Store", ["North", "South"]),
        ("Which channels do you use?", ["Web", ""]),
        ("", ["", "App", "App"]),
        ("Unnamed: 3", ["Phone", "", "", ""]),
        ("Comment", WHY),
    )
    survey = understood(rows)
    ticked = next(question for question in survey.questions if question.kind is Kind.MULTIPLE)
    assert (ticked.text, ticked.options) == ("Which channels do you use?", ("Web", "App", "Phone"))
    assert find(survey, "Comment").role is Role.COMMENT
    assert hidden(survey) == {}


def test_the_sheet_of_a_repeat_group_is_not_the_survey(tmp_path: Path) -> None:
    end: list[Column] = [
        ("_id", ["4000#"]),
        ("_uuid", ["u-#"]),
        ("_submission_time", ["2025-07-01T09:02:00"]),
        ("_index", ["#"]),
    ]
    main = table(("visit/satisfaction", FIVE), ("visit/region", ["north", "south"]), ("why", WHY), *end)
    repeat = table(("item/name", ["a", "b"]), ("_index", ["#"]), ("_parent_index", ["#"]), people=200)
    survey = workbook(tmp_path / "kobo.xlsx", {"main": main, "items": repeat})
    assert survey.receipt.sheet == "main"
    assert survey.receipt.platform == "kobo"


def test_one_sheet_per_question_is_a_summary(tmp_path: Path) -> None:
    def question(number: int) -> Rows:
        counts = [[f"Option {n}", f"{n * 10}.0%", str(n)] for n in range(1, 6)]
        return [
            ["Customer survey"],
            [f"Q{number}. How?"],
            ["Answer Choices", "Responses", ""],
            *counts,
            ["", "Answered", "15"],
            ["", "Skipped", "2"],
        ]

    with pytest.raises(ReadRefused) as refused:
        workbook(tmp_path / "summary.xlsx", {f"Question {n}": question(n) for n in range(1, 8)})
    assert refused.value.code == "summary"
