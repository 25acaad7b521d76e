"""SurveyMonkey exports: condensed, expanded, flattened, with numbers, without a second header row, and summaries."""

from __future__ import annotations

import pytest

from cxdesk.reading.problem import ReadRefused
from cxdesk.survey.role import Kind, Role
from tests.unit.reading.platforms.exports import (
    FIVE,
    NPS,
    PEOPLE,
    SATISFIED,
    WHY,
    ZUFRIEDEN,
    Column,
    find,
    given,
    hidden,
    table,
    told,
)
from tests.unit.reading.understanding.sheets import understood

OWN: list[Column] = [
    (("Respondent ID", ""), ["1162000000#"]),
    (("Collector ID", ""), ["400555"]),
    (("Start Date", ""), ["07/01/2025 09:00:30 AM"]),
    (("End Date", ""), ["07/01/2025 09:03:05 AM", "07/11/2025 09:03:05 PM"]),
    (("IP Address", ""), ["1.2.3.4"]),
    (("Email Address", ""), [""]),
    (("First Name", ""), [""]),
    (("Last Name", ""), [""]),
    (("Custom Data 1", ""), [""]),
]
NPS_TEXT = "How likely is it that you would recommend us to a friend or colleague?"
QUESTIONS: list[Column] = [
    (("Overall, how satisfied are you with us?", "Response"), SATISFIED),
    ((NPS_TEXT, "Response"), ["Not at all likely - 0", *NPS[1:10], "Extremely likely - 10", 9]),
    (("Which products do you use?", "Phone"), ["Phone", ""]),
    (("", "Tablet"), ["", "Tablet"]),
    (("", "Watch"), ["Watch", "", "", ""]),
    (("", "Other (please specify)"), ["", "my TV no #", "", "", "", ""]),
    (("Please rate our service", "Speed"), ["Poor", "Fair", "Good", "Very good", "Excellent"]),
    (("", "Price"), ["Excellent", "Very good", "Good", "Fair", "Poor"]),
    (("What is your region?", "Response"), ["North", "South", "East"]),
    (("", "Other (please specify)"), ["", "", "", "", "", "Abroad in #"]),
    (("What could we do better?", "Open-Ended Response"), WHY),
]
READ = [
    "date | End Date",
    "satisfaction | Overall, how satisfied are you with us? | 1-5, n 120",
    f"recommend | {NPS_TEXT} | 0-10, n 120",
    "multiple | Which products do you use? | Phone 60, Tablet 60, Watch 30, Other (please specify) 20 of 120",
    "comment | Which products do you use?: Other (please specify)",
    "rating | Please rate our service: Speed | 1-5, n 120",
    "rating | Please rate our service: Price | 1-5, n 120",
    "segment | What is your region? | North 40, South 40, East 40",
    "comment | What is your region?: Other (please specify)",
    "comment | What could we do better?",
]


def test_condensed() -> None:
    survey = understood(table(*OWN, *QUESTIONS))
    assert survey.receipt.platform == "surveymonkey"
    assert survey.receipt.header_rows == (0, 1)
    assert told(survey) == READ
    assert hidden(survey)["IP Address"] == "private"


@pytest.mark.parametrize("kept", [(), ("Respondent ID",), ("Start Date", "End Date"), ("Collector ID", "End Date")])
def test_condensed_with_some_of_its_columns_deleted(kept: tuple[str, ...]) -> None:
    survey = understood(table(*[column for column in OWN if column[0][0] in kept], *QUESTIONS))
    assert survey.receipt.platform == "surveymonkey"
    assert survey.receipt.header_rows == (0, 1)
    assert [line for line in told(survey) if not line.startswith("date")] == READ[1:]


def test_the_box_for_other_is_no_option_where_it_only_collects_words() -> None:
    columns: list[Column] = [
        (("Which products do you use?", "Phone"), ["Phone", ""]),
        (("", "Tablet"), ["", "Tablet"]),
        (("", "Other (please specify)"), ["", "my TV no #", "", "", "", "watch no #"]),
    ]
    survey = understood(table(*OWN, *columns))
    multiple = next(question for question in survey.questions if question.kind is Kind.MULTIPLE)
    assert [question.role for question in survey.questions[-1:]] == [Role.COMMENT]
    assert multiple.options[:2] == ("Phone", "Tablet")


def test_expanded_is_collapsed_back() -> None:
    columns = list(OWN)
    for place, word in enumerate(SATISFIED):
        head = "How satisfied are you?" if place == 0 else ""
        columns.append(((head, f" - {word}"), [word if n == place else "" for n in range(5)]))
    for score in range(11):
        head = NPS_TEXT if score == 0 else ""
        columns.append(((head, f"{score}"), [score if value == score else "" for value in NPS]))
    for place, word in enumerate(("North", "South", "East")):
        columns.append((("Region" if place == 0 else "", word), [word if n == place else "" for n in range(3)]))
    columns += [
        (("Which do you use?", "Phone"), ["Phone", ""]),
        (("", "Tablet"), ["Tablet", "Tablet", ""]),
        (("Anything else?", "Open-Ended Response"), WHY),
    ]
    survey = understood(table(*columns))
    assert survey.receipt.platform == "surveymonkey"
    assert told(survey) == [
        "date | End Date",
        "satisfaction | How satisfied are you? | 1-5, n 120",
        f"recommend | {NPS_TEXT} | 0-10, n 120",
        "segment | Region | North 40, South 40, East 40",
        "multiple | Which do you use? | Phone 60, Tablet 80 of 100",
        "comment | Anything else?",
    ]
    assert given(survey, NPS_TEXT)[:12] == NPS


FLAT: list[Column] = [
    ("Respondent ID", ["1162000000#"]),
    ("Collector ID", ["400555"]),
    ("Date Created", ["2025-07-01 09:00:30"]),
    ("Date Modified", ["2025-07-01 09:03:05", "2025-07-11 09:03:05"]),
    ("IP Address", ["1.2.3.4"]),
    ("1. Overall, how satisfied are you with us?", SATISFIED),
    (f"2. {NPS_TEXT}", NPS),
    ("3. What is your region?", ["North", "South", "East"]),
    ("4. What could we do better?", WHY),
]
FLAT_READ = [
    "date | Date Modified",
    "satisfaction | Overall, how satisfied are you with us? | 1-5, n 120",
    f"recommend | {NPS_TEXT} | 0-10, n 120",
    "segment | What is your region? | North 40, South 40, East 40",
    "comment | What could we do better?",
]


@pytest.mark.parametrize("without", [(), ("Respondent ID",), ("Collector ID", "IP Address")])
def test_flattened(without: tuple[str, ...]) -> None:
    survey = understood(table(*[column for column in FLAT if column[0] not in without]))
    assert survey.receipt.platform == "surveymonkey"
    assert survey.receipt.header_rows == (0,)
    assert told(survey) == FLAT_READ


def test_second_header_row_lost() -> None:
    columns: list[Column] = [
        ("Respondent ID", ["1162000000#"]),
        ("Start Date", ["07/01/2025 09:00:30 AM"]),
        ("End Date", ["07/01/2025 09:03:05 AM"]),
        ("Overall, how satisfied are you with us?", SATISFIED),
        ("Which products do you use?", ["Phone", ""]),
        ("Column2", ["", "Tablet"]),
        ("Column3", ["Watch", "", "", ""]),
        ("Please comment", WHY),
    ]
    survey = understood(table(*columns))
    assert survey.receipt.platform == "surveymonkey"
    assert told(survey)[1:] == [
        "satisfaction | Overall, how satisfied are you with us? | 1-5, n 120",
        "multiple | Which products do you use? | Phone 60, Tablet 60, Watch 30 of 120",
        "comment | Please comment",
    ]


def test_numbers_in_place_of_texts() -> None:
    columns: list[Column] = [
        *OWN,
        (("Overall, how satisfied are you with us?", "Response"), FIVE),
        ((NPS_TEXT, "Response"), NPS),
        (("Which products do you use?", "Phone"), [1, ""]),
        (("", "Tablet"), ["", 2]),
        (("", "Watch"), [3, "", "", ""]),
        (("Please rate our service", "Speed"), FIVE),
        (("", "Price"), FIVE[::-1]),
        (("What could we do better?", "Open-Ended Response"), WHY),
    ]
    survey = understood(table(*columns))
    assert told(survey)[2:] == [
        f"recommend | {NPS_TEXT} | 0-10, n 120",
        "multiple | Which products do you use? | Phone 60, Tablet 60, Watch 30 of 120",
        "rating | Please rate our service: Speed | 1-5, n 120",
        "rating | Please rate our service: Price | 1-5, n 120",
        "comment | What could we do better?",
    ]
    assert find(survey, "Overall, how satisfied are you with us?").role is Role.SATISFACTION


def test_end_labels_in_place_of_numbers() -> None:
    cells = ["Strongly disagree", 2, 3, 4, 5, 6, 7, 8, 9, "Strongly agree"]
    text = "I would recommend the service (10 - strongly agree, 1 - strongly disagree)"
    survey = understood(table(*OWN, ((text, "Response"), cells), (("Why?", "Open-Ended Response"), WHY)))
    assert find(survey, text).role is Role.RECOMMEND
    assert given(survey, text)[:10] == list(range(1, 11))


@pytest.mark.parametrize(
    ("response", "open_ended"),
    [
        ("Antwort", "Offene Antwort"),
        ("Réponse", "Réponse ouverte"),
        ("Respuesta", "Respuesta abierta"),
        ("Risposta", "Risposta aperta"),
        ("Resposta", "Resposta aberta"),
        ("Antwoord", "Open antwoord"),
        ("回答", "自由回答"),
    ],
)
def test_localised_second_rows(response: str, open_ended: str) -> None:
    columns: list[Column] = [
        (("Wie zufrieden sind Sie mit uns?", response), ZUFRIEDEN),
        (("Welche Geräte?", "Telefon"), ["Telefon", ""]),
        (("", "Uhr"), ["", "Uhr"]),
        (("Was können wir besser machen?", open_ended), WHY),
    ]
    survey = understood(table(*columns))
    assert survey.receipt.platform == "surveymonkey"
    assert survey.receipt.header_rows == (0, 1)
    assert told(survey) == [
        "satisfaction | Wie zufrieden sind Sie mit uns? | 1-5, n 120",
        "multiple | Welche Geräte? | Telefon 60, Uhr 60 of 120",
        "comment | Was können wir besser machen?",
    ]


SUMMARY = [
    ["Customer survey"],
    ["Q1. How likely is it that you would recommend us?"],
    ["Answer Choices", "Responses", ""],
    *[[str(score), f"{score}.00%", str(score)] for score in range(11)],
    ["", "Answered", "55"],
    ["", "Skipped", "0"],
]


def test_summaries_are_refused() -> None:
    other = [*SUMMARY[:-2], ["Answered", "55"], ["Skipped", "0"]]
    older = [
        ["Customer survey"],
        ["How satisfied are you?"],
        ["Answer Options", "Response Percent", "Response Count"],
        ["Very satisfied", "60.0%", "60"],
        ["Not satisfied", "40.0%", "40"],
        ["answered question", "", "100"],
        ["skipped question", "", "3"],
    ]
    german = [
        ["Kundenumfrage"],
        ["F1 Wie zufrieden?"],
        ["Antwortoptionen", "Beantwortungen"],
        ["Sehr", "60%", "60"],
        ["Nicht", "40%", "40"],
        ["", "Beantwortet", "100"],
        ["", "Übersprungen", "0"],
    ]
    for rows in (SUMMARY, other, older, german):
        with pytest.raises(ReadRefused) as refused:
            understood([[*row, "", ""][:3] for row in rows])
        assert refused.value.code == "summary"


def test_everybody_is_counted() -> None:
    assert understood(table(*OWN, *QUESTIONS)).respondents == PEOPLE
