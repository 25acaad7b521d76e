"""LimeSurvey exports: codes, texts in several languages, codes with texts, and the VV format."""

from __future__ import annotations

import pytest

from cxdesk.survey.role import Kind, Role
from tests.unit.reading.platforms.exports import (
    FIVE,
    NPS,
    PEOPLE,
    SATISFIED,
    WARUM,
    WHY,
    ZUFRIEDEN,
    Column,
    find,
    hidden,
    receipt,
    table,
    told,
)
from tests.unit.reading.understanding.sheets import understood

CODES = ("id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp", "ipaddr", "refurl")
TEXTS = {
    "en": (
        "Response ID",
        "Date submitted",
        "Last page",
        "Start language",
        "Seed",
        "Date started",
        "Date last action",
        "IP address",
        "Referrer URL",
    ),
    "de": (
        "Antwort ID",
        "Datum Abgeschickt",
        "Letzte Seite",
        "Start-Sprache",
        "Zufallsstartwert",
        "Datum gestartet",
        "Datum letzte Aktivität",
        "IP-Adresse",
        "Weiterleitungs-URL",
    ),
    "fr": (
        "ID de la réponse",
        "Date de soumission",
        "Dernière page",
        "Langue de départ",
        "Tête de série",
        "Date de lancement",
        "Date de la dernière action",
        "Adresse IP",
        "URL de référence",
    ),
    "es": (
        "ID de respuesta",
        "Fecha de envío",
        "Última página",
        "Lenguaje inicial",
        "Semilla",
        "Fecha de inicio",
        "Fecha de la última acción",
        "Dirección IP",
        "URL de referencia",
    ),
}
LIME_CELLS: tuple[list[str], ...] = (
    ["#"],
    ["2025-07-01 09:02:00", "2025-07-11 09:02:00", "2025-07-11 09:02:00", ""],
    ["4"],
    ["de", "en"],
    ["12345#"],
    ["2025-07-01 09:00:00"],
    ["2025-07-01 09:02:00"],
    ["1.2.3.4"],
    ["https://example.com"],
)


def lime(heads: tuple[str, ...], anonymous: bool = False) -> list[Column]:
    cells = list(LIME_CELLS)
    if anonymous:
        cells[1] = ["1980-01-01 00:00:00", "1980-01-01 00:00:00", "1980-01-01 00:00:00", ""]
    return list(zip(heads, cells, strict=True))


LIME_CODED: list[Column] = [
    ("Q1", FIVE),
    ("nps", NPS),
    ("Q3[SQ001]", ["Y", ""]),
    ("Q3[SQ002]", ["", "Y"]),
    ("Q3[other]", ["", "", "", "", "", "my TV no #"]),
    ("Q4[SQ001]", ["AO01", "AO02", "AO03", "AO04", "AO05"]),
    ("Q4[SQ002]", ["AO05", "AO04", "AO03", "AO02", "AO01"]),
    ("Q5", WHY),
]


def test_limesurvey_codes() -> None:
    survey = understood(table(*lime(CODES), *LIME_CODED))
    assert survey.receipt.platform == "limesurvey"
    assert find(survey, "nps").role is Role.RECOMMEND
    ticked = next(question for question in survey.questions if question.kind is Kind.MULTIPLE)
    assert ticked.text == "Q3"
    assert ticked.options[:2] == ("SQ001", "SQ002")
    assert [question.columns for question in survey.questions if question.group == "Q4"] == [(14,), (15,)]
    assert hidden(survey)["ipaddr"] == "private"
    assert receipt(survey)["unfinished"] == 30


LIME_TEXT: list[Column] = [
    ("Wie zufrieden sind Sie insgesamt?", ZUFRIEDEN),
    ("Würden Sie uns weiterempfehlen?", NPS),
    ("Welche Geräte nutzen Sie? [Telefon]", ["Ja", "Nein", "N/A"]),
    ("Welche Geräte nutzen Sie? [Uhr]", ["Nein", "Ja", "N/A"]),
    ("Bitte bewerten Sie [Preis]", ZUFRIEDEN),
    ("Bitte bewerten Sie [Service]", ZUFRIEDEN[::-1]),
    ("Warum?", WARUM),
]
LIME_READ = [
    "satisfaction | Wie zufrieden sind Sie insgesamt? | 1-5, n 120",
    "recommend | Würden Sie uns weiterempfehlen? | 0-10, n 120",
    "multiple | Welche Geräte nutzen Sie? | Telefon 40, Uhr 40 of 80",
    "rating | Bitte bewerten Sie: Preis | 1-5, n 120",
    "rating | Bitte bewerten Sie: Service | 1-5, n 120",
    "comment | Warum?",
]


@pytest.mark.parametrize("language", TEXTS)
def test_limesurvey_full_texts(language: str) -> None:
    heads = TEXTS[language]
    survey = understood(table(*lime(heads), *LIME_TEXT))
    assert survey.receipt.platform == "limesurvey"
    assert told(survey) == [f"date | {heads[1]}", f"segment | {heads[3]} | de 60, en 60", *LIME_READ]
    assert hidden(survey)[heads[7]] == "private"
    assert receipt(survey)["unfinished"] == 30


def test_limesurvey_anonymous_dates_are_no_dates() -> None:
    survey = understood(table(*lime(TEXTS["de"], anonymous=True)[:4], *LIME_TEXT))
    assert told(survey) == ["segment | Start-Sprache | de 60, en 60", *LIME_READ]
    assert receipt(survey)["unfinished"] == 30


@pytest.mark.parametrize("kept", [(0, 1), (1, 2, 3), (1, 3)])
@pytest.mark.parametrize("heads", [CODES, TEXTS["en"], TEXTS["de"]])
def test_limesurvey_with_some_of_its_columns_deleted(kept: tuple[int, ...], heads: tuple[str, ...]) -> None:
    own = [column for place, column in enumerate(lime(heads)) if place in kept]
    survey = understood(table(*own, *LIME_TEXT), "data.csv")
    assert survey.receipt.platform == "limesurvey"
    assert told(survey)[-6:] == LIME_READ


def test_limesurvey_code_and_text() -> None:
    own: list[Column] = [
        (f"{code}. {text}", cells) for (code, cells), text in zip(lime(CODES), TEXTS["en"], strict=True)
    ]
    questions: list[Column] = [
        ("sat. How satisfied are you overall?", SATISFIED),
        ("nps. How likely are you to recommend us?", NPS),
        ("dev[SQ001]. Which devices do you use? [Phone]", ["Yes", "No", "N/A"]),
        ("dev[SQ002]. Which devices do you use? [Watch]", ["No", "Yes", "N/A"]),
        ("arr[SQ001]. Please rate [Price]", SATISFIED),
        ("arr[SQ002]. Please rate [Service]", SATISFIED[::-1]),
        ("why. Why?", WHY),
    ]
    survey = understood(table(*own, *questions))
    assert survey.receipt.platform == "limesurvey"
    assert told(survey) == [
        "date | Date submitted",
        "segment | Start language | de 60, en 60",
        "satisfaction | How satisfied are you overall? | 1-5, n 120",
        "recommend | How likely are you to recommend us? | 0-10, n 120",
        "multiple | Which devices do you use? | Phone 40, Watch 40 of 80",
        "rating | Please rate: Price | 1-5, n 120",
        "rating | Please rate: Service | 1-5, n 120",
        "comment | Why?",
    ]
    assert hidden(survey)["IP address"] == "private"


def test_limesurvey_vv_with_texts_above_codes() -> None:
    own = zip(TEXTS["en"], lime(CODES), strict=True)
    columns: list[Column] = [((text, str(code)), cells) for text, (code, cells) in own]
    columns += [
        (("How satisfied are you overall?", "sat"), FIVE),
        (("How likely are you to recommend us?", "nps"), NPS),
        (("Phone", "dev_SQ001"), ["Y", "", "{question_not_shown}"]),
        (("Watch", "dev_SQ002"), ["", "Y", "{question_not_shown}"]),
        (("Why?", "why"), WHY),
    ]
    survey = understood(table(*columns))
    assert survey.receipt.platform == "limesurvey"
    assert survey.receipt.header_rows == (0, 1)
    assert survey.respondents == PEOPLE
    lines = told(survey)
    assert lines[0] == "date | Date submitted"
    assert "recommend | How likely are you to recommend us? | 0-10, n 120" in lines
    assert lines[-1] == "comment | Why?"
    ticked = next(question for question in survey.questions if question.kind is Kind.MULTIPLE)
    assert ticked.options == ("Phone", "Watch")
    assert find(survey, "How satisfied are you overall?").role is Role.SATISFACTION
