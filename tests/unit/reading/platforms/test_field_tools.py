"""Alchemer, KoboToolbox, Formbricks and Delighted exports."""

from __future__ import annotations

import pytest

from cxdesk.survey.role import Role
from tests.unit.reading.platforms.exports import (
    FIVE,
    NPS,
    PEOPLE,
    SATISFIED,
    WHY,
    Column,
    find,
    receipt,
    table,
    told,
)
from tests.unit.reading.understanding.sheets import understood

ALCHEMER: list[Column] = [
    ("Response ID", ["#"]),
    ("Time Started", ["Jul 01, 2025 9:00:30 AM", "Jul 21, 2025 9:00:30 AM"]),
    ("Date Submitted", ["Jul 01, 2025 9:03:05 AM", "Jul 21, 2025 9:03:05 AM"]),
    ("Status", ["Complete", "Complete", "Complete", "Partial"]),
    ("Contact ID", [""]),
    ("Legacy Comments", [""]),
    ("Comments", [""]),
    ("Language", ["English", "German"]),
    ("Referer", ["https://example.com/#"]),
    ("SessionID", ["1751360430_6863a1#"]),
    ("User Agent", ["Mozilla/5.0 (X11)"]),
    ("Tags", [""]),
    ("IP Address", ["1.2.3.4"]),
    ("Longitude", ["8.5"]),
    ("Latitude", ["47.3"]),
    ("Country", ["Germany", "France"]),
    ("City", ["Berlin", "Paris"]),
    ("State/Region", ["BE", "IDF"]),
    ("Postal", ["10115"]),
]
ALCHEMER_QUESTIONS: list[Column] = [
    ("How likely is it that you would recommend us?", NPS),
    ("How satisfied are you?", SATISFIED),
    ("Speed:Please rate our service on these points", FIVE),
    ("Price:Please rate our service on these points", FIVE[::-1]),
    ("Phone:Which devices do you use at home?", ["Phone", "Phone", "", ""]),
    ("Tablet:Which devices do you use at home?", ["", "Tablet", "", "Tablet"]),
    ("Which tools do you use?", ["Web;App", "App", "Store;Web", "Store"]),
    ("Why did you give this answer?", WHY),
]
ALCHEMER_READ = [
    "recommend | How likely is it that you would recommend us? | 0-10, n 120",
    "satisfaction | How satisfied are you? | 1-5, n 120",
    "rating | Please rate our service on these points: Speed | 1-5, n 120",
    "rating | Please rate our service on these points: Price | 1-5, n 120",
    "multiple | Which devices do you use at home? | Phone 60, Tablet 60 of 90",
    "multiple | Which tools do you use? | Web 60, App 60, Store 60 of 120",
    "comment | Why did you give this answer?",
]


def test_alchemer() -> None:
    survey = understood(table(*ALCHEMER, *ALCHEMER_QUESTIONS))
    assert survey.receipt.platform == "alchemer"
    assert told(survey) == [
        "date | Date Submitted",
        "segment | Language | English 60, German 60",
        "segment | Country | Germany 60, France 60",
        *ALCHEMER_READ,
    ]
    assert receipt(survey)["unfinished"] == 30


@pytest.mark.parametrize(
    "kept",
    [
        ("Time Started", "Date Submitted", "Status"),
        ("Time Started", "Date Submitted"),
        ("Response ID", "Date Submitted", "SessionID"),
    ],
)
def test_alchemer_with_some_of_its_columns_deleted(kept: tuple[str, ...]) -> None:
    survey = understood(table(*[column for column in ALCHEMER if column[0] in kept], *ALCHEMER_QUESTIONS), "x.xlsx")
    assert survey.receipt.platform == "alchemer"
    assert told(survey) == ["date | Date Submitted", *ALCHEMER_READ]


KOBO_END: list[Column] = [
    ("_id", ["4000#"]),
    ("_uuid", ["0a1b2c3d-#"]),
    ("_submission_time", ["2025-07-01T09:02:00", "2025-07-12T09:02:00"]),
    ("_validation_status", [""]),
    ("_notes", [""]),
    ("_status", ["submitted_via_web"]),
    ("_submitted_by", [""]),
    ("__version__", ["vAbC"]),
    ("_tags", [""]),
    ("_index", ["#"]),
]
KOBO_START: list[Column] = [
    ("start", ["2025-07-01T09:00:00.000+02:00"]),
    ("end", ["2025-07-01T09:02:00.000+02:00"]),
    ("deviceid", ["ee.x:#"]),
]


def test_kobo_names() -> None:
    columns: list[Column] = [
        *KOBO_START,
        ("service/satisfaction", FIVE),
        ("service/recommend", NPS),
        ("service/channels", ["web app", "app", "store web", "store"]),
        ("service/channels/web", [1, 0, 1, 0]),
        ("service/channels/app", [1, 1, 0, 0]),
        ("service/channels/store", [0, 0, 1, 1]),
        ("about/region", ["north", "south"]),
        ("about/why", WHY),
        *KOBO_END,
    ]
    survey = understood(table(*columns))
    assert survey.receipt.platform == "kobo"
    multiple = [question for question in survey.questions if question.role is Role.MULTIPLE]
    assert len(multiple) == 1
    assert set(multiple[0].options) == {"web", "app", "store"}
    assert [int((row == 1).sum()) for row in survey.codes(multiple[0].id)] == [60, 60, 60]
    assert find(survey, "recommend").role is Role.RECOMMEND
    assert find(survey, "region").role is Role.SEGMENT
    assert find(survey, "why").role is Role.COMMENT
    assert [question.text for question in survey.questions if question.role is Role.DATE] == ["_submission_time"]


def test_kobo_labels() -> None:
    columns: list[Column] = [
        *KOBO_START,
        ("How satisfied are you with the service?", SATISFIED),
        ("How likely are you to recommend us?", NPS),
        ("Which channels do you use?", ["Web site Phone line", "Phone line", "Web site"]),
        ("Which channels do you use?/Web site", [1, 0, 1]),
        ("Which channels do you use?/Phone line", [1, 1, 0]),
        ("Yes/No questions are fine", ["Yes", "No"]),
        ("Why do you say so?", WHY),
        *KOBO_END,
    ]
    survey = understood(table(*columns))
    assert survey.receipt.platform == "kobo"
    lines = told(survey)
    assert lines[:2] == [
        "satisfaction | How satisfied are you with the service? | 1-5, n 120",
        "recommend | How likely are you to recommend us? | 0-10, n 120",
    ]
    assert "multiple | Which channels do you use? | Web site 80, Phone line 80 of 120" in lines
    assert not [line for line in lines if line.startswith("segment | Which channels")]
    assert "segment | Yes/No questions are fine | Yes 60, No 60" in lines


def test_kobo_with_tags_below_the_header() -> None:
    tags = {
        "How satisfied are you?": "#sat+num",
        "Region": "#adm1+name",
        "_submission_time": "#date",
        "_id": "#meta+id",
    }
    columns: list[Column] = [("How satisfied are you?", SATISFIED), ("Region", ["North", "South"]), *KOBO_END]
    two_rows: list[Column] = [((str(head), tags.get(str(head), "")), cells) for head, cells in columns]
    survey = understood(table(*two_rows))
    assert survey.receipt.header_rows == (0, 1)
    assert survey.respondents == PEOPLE
    assert told(survey) == [
        "satisfaction | How satisfied are you? | 1-5, n 120",
        "segment | Region | North 60, South 60",
        "date | _submission_time",
    ]


@pytest.mark.parametrize(
    "kept",
    [
        ("_id", "_uuid", "_submission_time"),
        ("_uuid", "_submission_time"),
        ("_submission_time", "_validation_status", "_index"),
    ],
)
def test_kobo_with_some_of_its_columns_deleted(kept: tuple[str, ...]) -> None:
    columns: list[Column] = [
        ("How satisfied are you?", SATISFIED),
        ("Region", ["North", "South"]),
        *[column for column in KOBO_END if column[0] in kept],
    ]
    survey = understood(table(*columns))
    assert survey.receipt.platform == "kobo"
    assert told(survey)[0] == "satisfaction | How satisfied are you? | 1-5, n 120"


FORMBRICKS: list[Column] = [
    ("No.", ["#"]),
    ("Response ID", ["clx#abcdef"]),
    ("Timestamp", ["2025-07-01 09:02:00", "2025-07-12 09:02:00"]),
    ("Finished", ["Yes", "Yes", "Yes", "No"]),
    ("Survey ID", ["cls123"]),
    ("Formbricks ID (internal)", ["cp#"]),
    ("User ID", ["u#"]),
    ("Notes", [""]),
    ("Tags", [""]),
    ("url", ["https://example.com"]),
    ("userAgent - os", ["Windows", "macOS"]),
    ("userAgent - device", ["desktop", "mobile"]),
    ("userAgent - browser", ["Chrome", "Firefox"]),
]
FORMBRICKS_QUESTIONS: list[Column] = [
    ("1. How likely are you to recommend us?", NPS),
    ("2. How satisfied are you?", FIVE),
    ("3. Which do you use?", ["Web;App", "App", "Store;Web", "Store"]),
    ("3. Which do you use? - Option ID", ["o1;o2", "o2", "o3;o1", "o3"]),
    ("4. Why?", WHY),
    ("plan", ["free", "pro"]),
]
FORMBRICKS_READ = [
    "recommend | How likely are you to recommend us? | 0-10, n 120",
    "satisfaction | How satisfied are you? | 1-5, n 120",
    "multiple | Which do you use? | Web 60, App 60, Store 60 of 120",
    "comment | Why?",
    "segment | plan | free 60, pro 60",
]


@pytest.mark.parametrize(
    "days", [["2025-07-01 09:02:00", "2025-07-12 09:02:00"], ["Sat Jun 15 2024", "Mon Jun 17 2024"]]
)
def test_formbricks(days: list[str]) -> None:
    own = [(head, days if head == "Timestamp" else cells) for head, cells in FORMBRICKS]
    survey = understood(table(*own, *FORMBRICKS_QUESTIONS))
    assert survey.receipt.platform == "formbricks"
    assert told(survey) == [
        "date | Timestamp",
        "segment | userAgent - os | Windows 60, macOS 60",
        "segment | userAgent - device | desktop 60, mobile 60",
        "segment | userAgent - browser | Chrome 60, Firefox 60",
        *FORMBRICKS_READ,
    ]
    assert receipt(survey)["unfinished"] == 30


@pytest.mark.parametrize(
    "kept",
    [
        ("Response ID", "Timestamp", "Finished", "Survey ID"),
        ("No.", "Timestamp", "Survey ID"),
        ("Finished", "Formbricks ID (internal)"),
    ],
)
def test_formbricks_with_some_of_its_columns_deleted(kept: tuple[str, ...]) -> None:
    survey = understood(table(*[column for column in FORMBRICKS if column[0] in kept], *FORMBRICKS_QUESTIONS))
    assert survey.receipt.platform == "formbricks"
    assert told(survey)[-5:] == FORMBRICKS_READ


def delighted(kind: str, cells: list[int]) -> list[Column]:
    return [
        ("Person ID", ["10#"]),
        ("Person Email", ["p#@example.com"]),
        ("Person Name", ["Ann"]),
        ("Response ID", ["20#"]),
        ("Survey Type", [kind]),
        ("Score", list(cells)),
        ("Comment", WHY),
        ("Permalink", ["https://example.com/r/#"]),
        ("Created At (UTC)", ["2025-07-01 09:02:00", "2025-07-12 09:02:00"]),
        ("Updated At (UTC)", ["2025-07-01 09:02:00"]),
        ("Tags", [""]),
        ("Notes", [""]),
        ("Region", ["North", "South"]),
        ("Which feature matters most?", ["Speed", "Price", "Design"]),
    ]


@pytest.mark.parametrize(
    ("kind", "cells", "line"),
    [
        ("NPS", NPS, "recommend | Score | 0-10, n 120"),
        ("CSAT", FIVE, "satisfaction | Score | 1-5, n 120"),
        ("CES", FIVE, "effort?! | Score | 1-5, n 120"),
    ],
)
def test_delighted(kind: str, cells: list[int], line: str) -> None:
    survey = understood(table(*delighted(kind, cells)))
    assert survey.receipt.platform == "delighted"
    assert told(survey) == [
        line,
        "comment | Comment",
        "date | Created At (UTC)",
        "segment | Region | North 60, South 60",
        "segment | Which feature matters most? | Speed 40, Price 40, Design 40",
    ]


@pytest.mark.parametrize(
    "without",
    [
        ("Person Email", "Person Name"),
        ("Person ID", "Response ID", "Permalink"),
        ("Survey Type", "Person ID", "Person Email", "Person Name"),
    ],
)
def test_delighted_with_some_of_its_columns_deleted(without: tuple[str, ...]) -> None:
    columns = [column for column in delighted("NPS", NPS) if column[0] not in without]
    survey = understood(table(*columns))
    assert survey.receipt.platform == "delighted"
    assert told(survey)[0] == "recommend | Score | 0-10, n 120"
