"""Files of survey platforms are recognised by their own cells, and their own columns get their roles."""

from __future__ import annotations

import pytest

from cxdesk.reading.platforms import PLATFORMS
from cxdesk.survey.role import Kind, Role
from tests.unit.reading.understanding.sheets import scores, understood

MANY = 30


def rows(*headers: list[str], cells: list[str]) -> list[list[str]]:
    """Header rows and many people; ``#`` in a cell becomes the person's number."""
    return [*headers, *[[cell.replace("#", str(n)) for cell in cells] for n in range(MANY)]]


FILES = {
    "wenjuanxing": rows(
        ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "1、总体满意度"],
        cells=["#", "2025/7/1 9:03:05", "38秒", "微信", "N/A", "1.2.3.4(广东-深圳)", "满意"],
    ),
    "tencent": rows(
        ["编号", "开始答题时间", "结束答题时间", "答题时长", "1.满意吗"],
        cells=["#", "2025-07-01 09:00:00", "2025-07-01 09:02:00", "120", "5"],
    ),
    "wenjuan": rows(
        ["seq", "source", "Q1", "start", "finish", "time_used", "ip_province", "ip_city"],
        cells=["#", "web", "3", "2025-07-01", "2025-07-01", "90", "广东", "深圳"],
    ),
    "jinshuju": rows(
        ["序号", "您满意吗", "提交人", "提交时间", "填写设备"], cells=["#", "满意", "", "2025-07-01 09:00:00", "手机"]
    ),
    "feishu": rows(["您满意吗", "提交人", "提交时间"], cells=["满意", "", "2025-07-01 09:00:00"]),
    "qualtrics": rows(
        ["StartDate", "EndDate", "Q1"],
        ["Start Date", "End Date", "How likely to recommend?"],
        ['{"ImportId":"startDate"}', '{"ImportId":"endDate"}', '{"ImportId":"QID1"}'],
        cells=["2025-07-01 09:00:00", "2025-07-01 09:02:00", "9"],
    ),
    "surveymonkey": rows(
        ["Respondent ID", "Collector ID", "End Date", "How satisfied?", "Which do you use?", "", ""],
        ["", "", "", "Response", "Phone", "Tablet", "Other (please specify)"],
        cells=["1234567#", "1", "07/01/2025 9:03:05 AM", "Satisfied", "Phone", "", "TV"],
    ),
    "google_forms": rows(["Zeitstempel", "Wie zufrieden?"], cells=["14.07.2025 10:22:00", "5"]),
    "microsoft_forms": rows(
        ["ID", "Startzeit", "Fertigstellungszeit", "E-Mail", "Name", "Frage"],
        cells=["#", "2025-07-01 09:00:00", "2025-07-01 09:02:00", "anonymous", "", "5"],
    ),
    "typeform": rows(
        ["#", "How was it?", "Start Date (UTC)", "Submit Date (UTC)", "Network ID"],
        cells=["ab#", "5", "2025-07-01 09:00:00", "2025-07-01 09:02:00", "net#"],
    ),
    "alchemer": rows(
        ["Response ID", "Time Started", "Date Submitted", "Status", "How?"],
        cells=["#", "2025-07-01 09:00:00", "2025-07-01 09:02:00", "Complete", "5"],
    ),
    "limesurvey": rows(
        ["id", "submitdate", "lastpage", "startlanguage", "Q1"], cells=["#", "1980-01-01 00:00:00", "4", "de", "5"]
    ),
    "kobo": rows(
        ["_id", "_uuid", "_submission_time", "_index", "group/question"],
        cells=["#", "u-#", "2025-07-01T09:00:00", "#", "5"],
    ),
    "formbricks": rows(
        ["No.", "Response ID", "Timestamp", "Finished", "Survey ID", "User ID", "1. How?"],
        cells=["#", "r#", "2025-07-01", "Yes", "s", "", "5"],
    ),
    "delighted": rows(
        ["Person ID", "Person Email", "Response ID", "Score", "Comment", "Responded At"],
        cells=["#", "a#@example.com", "r#", "9", "", "2025-07-01"],
    ),
}


@pytest.mark.parametrize("key", FILES)
def test_platform_is_recognised_by_its_cells(key: str) -> None:
    survey = understood(FILES[key])
    assert survey.receipt.platform == key
    assert survey.respondents == MANY
    assert survey.receipt.platform_name


def test_every_platform_has_a_file_here() -> None:
    assert sorted(platform.key for platform in PLATFORMS) == sorted(FILES)


@pytest.mark.parametrize("key", [key for key in FILES if key not in ("limesurvey", "wenjuan", "tencent")])
def test_at_most_one_date_and_one_respondent_number(key: str) -> None:
    roles = [question.role for question in understood(FILES[key]).questions]
    assert roles.count(Role.DATE) == 1
    assert roles.count(Role.RESPONDENT) <= 1


def test_wenjuanxing_columns() -> None:
    survey = understood(FILES["wenjuanxing"])
    roles = {question.text: question.role for question in survey.questions}
    assert roles["序号"] is Role.RESPONDENT
    assert roles["提交答卷时间"] is Role.DATE
    assert roles["来自IP"] is Role.PRIVATE
    assert survey.questions[-1].text == "总体满意度"


def test_surveymonkey_groups_and_write_ins() -> None:
    survey = understood(FILES["surveymonkey"])
    ticked = next(question for question in survey.questions if question.kind is Kind.MULTIPLE)
    assert (ticked.text, ticked.options) == ("Which do you use?", ("Phone", "Tablet", "Other (please specify)"))
    assert survey.codes(ticked.id)[:, 0].tolist() == [1, 0, 1]
    written = survey.question("q7")
    assert (written.kind, written.group) == (Kind.TEXT, "Which do you use?")


def test_surveymonkey_expanded_single_choice_is_one_question() -> None:
    options = [
        " - Not at all satisfied",
        " - Slightly satisfied",
        " - Moderately satisfied",
        " - Very satisfied",
        " - Extremely\u00a0satisfied",
    ]
    table = [["Respondent ID", "Concepts: how satisfied?", "", "", "", ""], ["", *options]]
    for n in range(50):
        cells = [""] * 5
        cells[n % 5] = options[n % 5].replace(" - ", "")
        table.append([f"9000{n}", *cells])
    survey = understood(table)
    question = survey.questions[1]
    assert question.columns == (1, 2, 3, 4, 5)
    assert question.role is Role.SATISFACTION
    assert scores(survey, question.id)[:5] == [1, 2, 3, 4, 5]


def test_qualtrics_legacy_and_numeric_files() -> None:
    legacy = rows(
        ["V1", "V2", "Q1_1", "Q1_2"],
        ["ResponseID", "ResponseSet", "Check all-Great", "Check all-Small"],
        cells=["R_#", "Default", "1", ""],
    )
    survey = understood(legacy)
    assert survey.receipt.header_rows == (0, 1)
    ticked = survey.questions[-1]
    assert (ticked.text, ticked.options) == ("Check all", ("Great", "Small"))


def test_wenjuanxing_positions_and_skips() -> None:
    table = [
        ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "第1题(运动)", "第1题(美食)", "2、打分"]
    ]
    cells = [("1", "0", "5"), ("0", "1", "4"), ("-3", "-3", "-3"), ("1", "1", "-2")]
    table += [[str(n), "", "", "", "", "", *cells[n % 4]] for n in range(40)]
    survey = understood(table)
    ticked = next(question for question in survey.questions if question.kind is Kind.MULTIPLE)
    assert ticked.options == ("运动", "美食")
    assert survey.codes(ticked.id)[:, :4].tolist() == [[1, 0, 2, 1], [0, 1, 2, 1]]
    scored = survey.questions[-1]
    if scored.scale is not None:
        assert set(scores(survey, scored.id)) <= {4, 5, None}
