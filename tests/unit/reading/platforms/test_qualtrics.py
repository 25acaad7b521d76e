"""Qualtrics exports: three, two and one header rows, legacy names, numbers or texts, and what Qualtrics adds itself."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from cxdesk.survey.role import Role
from tests.unit.reading.platforms.exports import (
    FIVE,
    NPS,
    PEOPLE,
    SATISFIED,
    WARUM,
    WHY,
    ZUFRIEDEN,
    Column,
    Rows,
    Tagged,
    find,
    given,
    hidden,
    receipt,
    table,
    told,
)
from tests.unit.reading.understanding.sheets import understood

AGREE = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"]


def tagged(code: str, text: str, cells: Iterable[object], qid: str = "", quote: str = '"') -> Tagged:
    """A column with its code, its question and its ImportId."""
    return (code, text, f"{{{quote}ImportId{quote}:{quote}{qid or code}{quote}}}"), cells


def own(numeric: bool) -> list[Tagged]:
    """The columns that Qualtrics puts before the questions."""
    return [
        tagged("StartDate", "Start Date", ["2025-07-01 09:00:00"], "startDate"),
        tagged("EndDate", "End Date", ["2025-07-01 09:02:00", "2025-07-11 09:02:00"], "endDate"),
        tagged("Status", "Response Type", [0] if numeric else ["IP Address"], "status"),
        tagged("IPAddress", "IP Address", ["1.2.3.4"], "ipAddress"),
        tagged("Progress", "Progress", [100, 100, 100, 50], "progress"),
        tagged("Duration (in seconds)", "Duration (in seconds)", [120, 88], "duration"),
        tagged("Finished", "Finished", [1, 1, 1, 0] if numeric else ["True", "True", "True", "False"], "finished"),
        tagged("RecordedDate", "Recorded Date", ["2025-07-01 09:02:01"], "recordedDate"),
        tagged("ResponseId", "Response ID", ["R_#abcdefghij"], "_recordId"),
        tagged("RecipientLastName", "Recipient Last Name", [""], "recipientLastName"),
        tagged("RecipientEmail", "Recipient Email", ["p#@example.com"], "recipientEmail"),
        tagged("ExternalReference", "External Data Reference", [""], "externalDataReference"),
        tagged("LocationLatitude", "Location Latitude", ["47.1234"], "locationLatitude"),
        tagged("LocationLongitude", "Location Longitude", ["8.1234"], "locationLongitude"),
        tagged("DistributionChannel", "Distribution Channel", ["email"], "distributionChannel"),
        tagged("UserLanguage", "User Language", ["EN", "DE"], "userLanguage"),
    ]


OWN_READ = ["date | End Date", "segment | User Language | EN 60, DE 60"]
TEXTS: list[Tagged] = [
    tagged("Q1", "How satisfied are you with our service overall?", SATISFIED, "QID1"),
    tagged(
        "Q2_NPS_GROUP",
        "How likely are you to recommend us to a friend? - Group",
        ["Detractor", "Passive", "Promoter"],
        "QID2_NPS_GROUP",
    ),
    tagged(
        "Q2",
        "How likely are you to recommend us to a friend?",
        ["0 - Not at all likely", *NPS[1:10], "10 - Extremely likely", 9],
        "QID2",
    ),
    tagged("Q3_1", "Please tell us how far you agree - The staff was helpful", AGREE, "QID3_1"),
    tagged("Q3_2", "Please tell us how far you agree - The shop was clean", AGREE[::-1], "QID3_2"),
    tagged(
        "Q4",
        "Which channels do you use? Select all that apply. - Selected Choice",
        ["Web,App", "App", "Store,Web", "Store"],
        "QID4",
    ),
    tagged(
        "Q4_5_TEXT",
        "Which channels do you use? Select all that apply. - Other - Text",
        ["", "", "", "", "kiosk no #"],
        "QID4_5_TEXT",
    ),
    tagged("Q5", "What is the main reason for your score?", WHY, "QID5_TEXT"),
    tagged("Q5 - Topics", "What is the main reason for your score? - Topics", ["Staff", "Price"], "t"),
    tagged("Q5 - Sentiment", "What is the main reason for your score? - Sentiment", ["Positive", "Negative"], "s"),
    tagged("Q6_First Click", "Timing - First Click", ["1.5", "2.75", "3.125"], "QID6_FIRST_CLICK"),
    tagged("Q6_Last Click", "Timing - Last Click", ["1.5", "2.75", "3.125"], "QID6_LAST_CLICK"),
    tagged("Q6_Page Submit", "Timing - Page Submit", ["9.5", "8.75", "3.125"], "QID6_PAGE_SUBMIT"),
    tagged("Q6_Click Count", "Timing - Click Count", [1, 2, 3], "QID6_CLICK_COUNT"),
    tagged("Q3_DO_1", "Display Order: Q3 - 1", [1, 2], "QID3_DO_1"),
    tagged("Q3_DO_2", "Display Order: Q3 - 2", [2, 1], "QID3_DO_2"),
    tagged("FL_12_DO", "FL_12 - Block Randomizer - Display Order", ["BL_a|BL_b", "BL_b|BL_a"], "FL_12_DO"),
]
TEXTS_READ = [
    "satisfaction | How satisfied are you with our service overall? | 1-5, n 120",
    "recommend | How likely are you to recommend us to a friend? | 0-10, n 120",
    "rating | Please tell us how far you agree: The staff was helpful | 1-5, n 120",
    "rating | Please tell us how far you agree: The shop was clean | 1-5, n 120",
    "multiple | Which channels do you use? Select all that apply. | Web 60, App 60, Store 60 of 120",
    "comment | Which channels do you use? Select all that apply.: Other",
    "comment | What is the main reason for your score?",
]


def without_import(rows: Rows) -> Rows:
    return [*rows[:2], *rows[3:]]


def without_texts(rows: Rows) -> Rows:
    return [rows[0], *rows[3:]]


def test_texts_under_three_header_rows() -> None:
    survey = understood(table(*own(numeric=False), *TEXTS))
    assert survey.receipt.platform == "qualtrics"
    assert survey.receipt.header_rows == (0, 1, 2)
    assert survey.respondents == PEOPLE
    assert told(survey) == [*OWN_READ, *TEXTS_READ]
    assert receipt(survey)["unfinished"] == 30
    assert hidden(survey)["Recipient Email"] == "private"


def test_single_quotes_around_the_import_id() -> None:
    columns = [
        ((code, text, third.replace('"', "'")), cells) for (code, text, third), cells in [*own(numeric=False), *TEXTS]
    ]
    survey = understood(table(*columns))
    assert survey.receipt.header_rows == (0, 1, 2)
    assert told(survey) == [*OWN_READ, *TEXTS_READ]


def test_two_header_rows_as_in_workbooks() -> None:
    survey = understood(without_import(table(*own(numeric=False), *TEXTS)))
    assert survey.receipt.platform == "qualtrics"
    assert survey.receipt.header_rows == (0, 1)
    assert told(survey) == [*OWN_READ, *TEXTS_READ]


def test_codes_left_over_as_the_only_header() -> None:
    survey = understood(without_texts(table(*own(numeric=False), *TEXTS)))
    assert survey.receipt.platform == "qualtrics"
    assert survey.receipt.header_rows == (0,)
    assert [line.split(" | ")[0] for line in told(survey)] == [
        "date",
        "segment",
        "satisfaction",
        "recommend",
        "rating",
        "rating",
        "multiple",
        "comment",
    ]


def test_questions_left_over_as_the_only_header() -> None:
    rows = table(*own(numeric=False), *TEXTS)
    survey = understood([rows[1], *rows[3:]])
    assert survey.receipt.platform == "qualtrics"
    assert told(survey) == [*OWN_READ, *TEXTS_READ]


@pytest.mark.parametrize("kept", [(), ("ResponseId",), ("EndDate", "Finished")])
def test_three_header_rows_without_most_of_its_own_columns(kept: tuple[str, ...]) -> None:
    columns = [column for column in own(numeric=False) if column[0][0] in kept]
    survey = understood(table(*columns, *TEXTS))
    assert survey.receipt.platform == "qualtrics"
    assert [line for line in told(survey) if not line.startswith("date")] == TEXTS_READ


@pytest.mark.parametrize(
    "kept", [("ResponseId", "Finished", "StartDate"), ("StartDate", "EndDate", "Progress", "RecordedDate")]
)
def test_two_header_rows_without_most_of_its_own_columns(kept: tuple[str, ...]) -> None:
    columns = [column for column in own(numeric=False) if column[0][0] in kept]
    survey = understood(without_import(table(*columns, *TEXTS)))
    assert survey.receipt.platform == "qualtrics"
    assert survey.receipt.header_rows == (0, 1)
    assert [line for line in told(survey) if not line.startswith("date")] == TEXTS_READ


def test_two_header_rows_without_any_of_its_own_columns() -> None:
    survey = understood(without_import(table(*TEXTS[:8])))
    assert survey.receipt.header_rows == (0, 1)
    assert told(survey) == TEXTS_READ


NUMBERS: list[Tagged] = [
    tagged("Q1", "How satisfied are you with our service overall?", FIVE, "QID1"),
    tagged(
        "Q2_NPS_GROUP",
        "How likely are you to recommend us? - Group",
        [1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 3, 3],
        "QID2_NPS_GROUP",
    ),
    tagged("Q2", "How likely are you to recommend us?", NPS, "QID2"),
    tagged("Q3_1", "Rate these points: - Staff", [*FIVE, -1], "QID3_1"),
    tagged("Q3_2", "Rate these points: - Price", [*FIVE, -2], "QID3_2"),
    tagged("Q4_1", "Which do you use? (select all that apply) - Selected Choice - Web", [1, ""], "QID4_1"),
    tagged("Q4_2", "Which do you use? (select all that apply) - Selected Choice - App", ["", 1], "QID4_2"),
    tagged(
        "Q4_3", "Which do you use? (select all that apply) - Selected Choice - Other", [1, "", "", "", ""], "QID4_3"
    ),
    tagged(
        "Q4_3_TEXT",
        "Which do you use? (select all that apply) - Other - Text",
        ["kiosk no #", "", "", "", ""],
        "QID4_3_TEXT",
    ),
    tagged("Q5", "Please tell us why", WHY, "QID5_TEXT"),
    tagged("Q7_1", "How much of your budget do you spend with us? - Share", range(3, 99, 2), "QID7_1"),
]


def test_numbers_in_place_of_texts() -> None:
    survey = understood(table(*own(numeric=True), *NUMBERS))
    lines = told(survey)
    assert lines[2:] == [
        "satisfaction?! | How satisfied are you with our service overall? | 1-5, n 120",
        "recommend | How likely are you to recommend us? | 0-10, n 120",
        "rating? | Rate these points: Staff | 1-5, n 100",
        "rating? | Rate these points: Price | 1-5, n 100",
        "multiple | Which do you use? (select all that apply) | Web 60, App 60, Other 24 of 120",
        "comment | Which do you use? (select all that apply): Other",
        "comment | Please tell us why",
    ]
    assert given(survey, "Rate these points: Staff")[:6] == [*FIVE, None]
    assert receipt(survey)["no_answer"] == 40
    assert receipt(survey)["unfinished"] == 30


def test_a_numeric_recommend_question_counts_from_one_and_is_asked_about() -> None:
    columns = [tagged("Q2", "How likely are you to recommend us?", [*range(1, 12), 11], "QID2")]
    survey = understood(table(*own(numeric=True), *columns))
    assert told(survey)[-1] == "recommend?! | How likely are you to recommend us? | 0-10, n 120"
    assert given(survey, "How likely are you to recommend us?")[:11] == list(range(11))


def test_recodes_that_are_not_the_scale_are_asked_about() -> None:
    columns = [
        tagged("Q1", "How satisfied are you?", [1, 2, 3, 4, 6], "QID1"),
        tagged("Q2", "How legitimate is this?", [11, 12, 13, 14, 15], "QID2"),
    ]
    survey = understood(table(*own(numeric=True), *columns))
    question = find(survey, "How satisfied are you?")
    assert question.ask is not None
    assert question.ask.needed
    assert find(survey, "How legitimate is this?").scale is None


def test_side_by_side_and_loops() -> None:
    columns = [
        tagged("Q4#1_1", "How important and how good - How important is it? - Staff", FIVE, "QID4#1_1"),
        tagged("Q4#1_2", "How important and how good - How important is it? - Price", FIVE[::-1], "QID4#1_2"),
        tagged("Q4#2_1", "How important and how good - How satisfied are you? - Staff", FIVE, "QID4#2_1"),
        tagged("Q4#2_2", "How important and how good - How satisfied are you? - Price", FIVE, "QID4#2_2"),
        tagged("1_Q9", "Shop A - How satisfied are you with this shop?", SATISFIED, "1_QID9"),
        tagged("2_Q9", "Shop B - How satisfied are you with this shop?", SATISFIED, "2_QID9"),
    ]
    survey = understood(table(*own(numeric=False), *columns))
    grids = [(question.group, question.text) for question in survey.questions if question.scale is not None]
    assert [text for group, text in grids if "important is it" in group] == ["Staff", "Price"]
    assert [text for group, text in grids if "satisfied are you?" in group] == ["Staff", "Price"]
    shops = [question for question in survey.questions if question.columns[0] >= 20]
    assert all(question.scale is not None and question.scale.size == 5 for question in shops)


def test_previews_and_spam_are_counted_in_the_receipt() -> None:
    for numeric in (False, True):
        columns = own(numeric=numeric)
        kinds = (
            [0, 0, 0, 0, 1, 8]
            if numeric
            else ["IP Address", "IP Address", "IP Address", "Anonymous", "Survey Preview", "Spam"]
        )
        columns[2] = tagged("Status", "Response Type", kinds, "status")
        survey = understood(table(*columns, tagged("Q1", "How satisfied are you?", SATISFIED, "QID1")))
        assert receipt(survey)["test_row"] == receipt(survey)["spam_row"] == 20
        assert survey.respondents == PEOPLE


def test_german_texts_in_the_second_row() -> None:
    words = {
        "StartDate": "Startdatum",
        "EndDate": "Enddatum",
        "Status": "Antworttyp",
        "IPAddress": "IP-Adresse",
        "Progress": "Fortschritt",
        "Duration (in seconds)": "Dauer (in Sekunden)",
        "Finished": "Beendet",
        "RecordedDate": "Aufgezeichnetes Datum",
        "ResponseId": "Antwort-ID",
        "UserLanguage": "Benutzersprache",
    }
    columns = [((code, words.get(code, text), third), cells) for (code, text, third), cells in own(numeric=False)]
    questions = [tagged("Q1", "Wie zufrieden sind Sie?", ZUFRIEDEN, "QID1"), tagged("Q2", "Warum?", WARUM, "QID2_TEXT")]
    survey = understood(table(*columns, *questions))
    assert told(survey) == [
        "date | Enddatum",
        "segment | Benutzersprache | EN 60, DE 60",
        "satisfaction | Wie zufrieden sind Sie? | 1-5, n 120",
        "comment | Warum?",
    ]
    assert receipt(survey)["unfinished"] == 30


def legacy() -> list[tuple[tuple[str, str], Iterable[object]]]:
    names = [
        "ResponseID",
        "ResponseSet",
        "Name",
        "ExternalDataReference",
        "EmailAddress",
        "IPAddress",
        "Status",
        "StartDate",
        "EndDate",
        "Finished",
    ]
    cells: list[list[object]] = [
        ["R_#abcdef"],
        ["Default Response Set"],
        ["Ann #"],
        [""],
        ["p#@example.com"],
        ["1.2.3.4"],
        [0],
        ["2014-01-04 10:00:00"],
        ["2014-01-04 10:05:00", "2014-02-04 10:05:00"],
        [1, 1, 1, 0],
    ]
    return [((f"V{n}", name), values) for n, (name, values) in enumerate(zip(names, cells, strict=True), 1)]


LEGACY_QUESTIONS: list[tuple[tuple[str, str], Iterable[object]]] = [
    (("Q1", "How satisfied are you with us?"), FIVE),
    (("Q2_1", "Which do you use?-Web"), [1, ""]),
    (("Q2_2", "Which do you use?-App"), ["", 1]),
    (("Q3_1", "Rate these-Staff"), FIVE),
    (("Q3_2", "Rate these-Price"), FIVE),
    (("Q4", "Why?"), WHY),
    (("LocationLatitude", "LocationLatitude"), ["47.1"]),
    (("LocationLongitude", "LocationLongitude"), ["8.1"]),
    (("LocationAccuracy", "LocationAccuracy"), ["-1"]),
]
LEGACY_READ = [
    "date | EndDate",
    "satisfaction?! | How satisfied are you with us? | 1-5, n 120",
    "multiple | Which do you use? | Web 60, App 60 of 120",
    "rating? | Rate these: Staff | 1-5, n 120",
    "rating? | Rate these: Price | 1-5, n 120",
    "comment | Why?",
]


def test_legacy_with_v_names() -> None:
    survey = understood(table(*legacy(), *LEGACY_QUESTIONS))
    assert survey.receipt.platform == "qualtrics"
    assert told(survey) == LEGACY_READ
    assert receipt(survey)["unfinished"] == 30
    assert hidden(survey)["Name"] == "private"


def test_legacy_with_plain_names_and_an_import_row() -> None:
    columns: list[Column] = [((head[1], head[1], f'{{"ImportId":"{head[1]}"}}'), cells) for head, cells in legacy()]
    columns += [((code, text, f'{{"ImportId":"{code}"}}'), cells) for (code, text), cells in LEGACY_QUESTIONS]
    survey = understood(table(*columns))
    assert survey.receipt.header_rows == (0, 1, 2)
    assert told(survey) == LEGACY_READ


def test_the_group_in_front_of_a_score_is_never_a_rating() -> None:
    columns = [
        tagged("QID2_NPS_GROUP", "(Group) How likely are you to recommend us?", [1, 2, 3], "QID2_NPS_GROUP"),
        tagged("QID2", "How likely are you to recommend us?", NPS, "QID2"),
    ]
    survey = understood(table(*own(numeric=True), *columns))
    assert [question.role for question in survey.questions if question.scale] == [Role.RECOMMEND]
