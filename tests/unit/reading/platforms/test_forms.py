"""Google Forms, Microsoft Forms and Typeform exports, in the languages that they speak."""

from __future__ import annotations

import pytest

from cxdesk.survey.role import Role
from tests.unit.reading.platforms.exports import (
    FIVE,
    MANYI,
    NPS,
    SATISFIED,
    WHY,
    Column,
    find,
    hidden,
    read,
    table,
    told,
)
from tests.unit.reading.understanding.sheets import understood

GOOGLE_QUESTIONS: list[Column] = [
    ("How satisfied are you with the course?", FIVE),
    ("How likely are you to recommend us to a friend?", NPS),
    ("Please rate [Food]", ["Poor", "Fair", "Good", "Very good", "Excellent"]),
    ("Please rate [Room]", ["Excellent", "Very good", "Good", "Fair", "Poor"]),
    ("Where did you hear of us?", ["Friends", "Newspaper", "Web"]),
    ("What else should we know?", WHY),
]
GOOGLE_READ = [
    "satisfaction | How satisfied are you with the course? | 1-5, n 120",
    "recommend | How likely are you to recommend us to a friend? | 0-10, n 120",
    "rating | Please rate: Food | 1-5, n 120",
    "rating | Please rate: Room | 1-5, n 120",
    "segment | Where did you hear of us? | Friends 40, Newspaper 40, Web 40",
    "comment | What else should we know?",
]
STAMPS = {
    "Timestamp": "7/21/2025 19:57:50",
    "Zeitstempel": "21.07.2025 19:57:50",
    "Horodateur": "21/07/2025 19:57:50",
    "Marca temporal": "21/07/2025 19:57:50",
    "Carimbo de data/hora": "21/07/2025 19:57:50",
    "Informazioni cronologiche": "21/07/2025 19.57.50",
    "Tijdstempel": "21-7-2025 19:57:50",
    "Отметка времени": "21.07.2025 19:57:50",
    "Sygnatura czasowa": "21.07.2025 19:57:50",
    "Zaman damgası": "21.07.2025 19:57:50",
    "タイムスタンプ": "2025/07/21 19:57:50",
    "타임스탬프": "2025. 7. 21 오후 7:57:50",
    "时间戳记": "2025/7/21 19:57:50",
    "時間戳記": "2025/7/21 下午 7:57:50",
}


@pytest.mark.parametrize("stamp", STAMPS)
def test_google_forms_in_many_languages(stamp: str) -> None:
    survey = understood(table((stamp, [STAMPS[stamp]]), *GOOGLE_QUESTIONS))
    assert survey.receipt.platform == "google_forms"
    assert told(survey) == [f"date | {stamp}", *GOOGLE_READ]


SHEETS = [
    "Form Responses 1",
    "Form responses 1",
    "Réponses au formulaire 1",
    "Formularantworten 1",
    "Respuestas de formulario 1",
    "Respostas ao formulário 1",
    "Risposte del modulo 1",
    "フォームの回答 1",
    "설문지 응답 시트1",
    "表单回复 1",
    "表單回應 1",
    "Formulierreacties 1",
    "Ответы на форму (1)",
    "Form Yanıtları 1",
    "Liczba odpowiedzi: 1",
]


@pytest.mark.parametrize("sheet", SHEETS)
def test_google_forms_by_the_name_of_the_sheet(sheet: str) -> None:
    survey = understood(table(*GOOGLE_QUESTIONS), "renamed.xlsx", sheet)
    assert survey.receipt.platform == "google_forms"
    assert told(survey) == GOOGLE_READ


@pytest.mark.parametrize(
    ("cells", "options"),
    [
        (
            ["Web, App", "App", "Store (city, suburb), Web", "Store (city, suburb)"],
            "Web 60, App 60, Store (city, suburb) 60",
        ),
        (["Web;App", "App", "Store, city;Web", "Store, city"], "Web 60, App 60, Store, city 60"),
    ],
)
def test_google_forms_separators_and_commas_inside_options(cells: list[str], options: str) -> None:
    rows = table(
        ("Timestamp", ["2024/05/01 3:04:05 PM GMT+2", "2024/05/21 3:04:05 PM GMT+2"]),
        ("Which channels do you use?", cells),
        *GOOGLE_QUESTIONS,
    )
    survey = understood(rows)
    assert told(survey) == [
        "date | Timestamp",
        f"multiple | Which channels do you use? | {options} of 120",
        *GOOGLE_READ,
    ]


def test_google_forms_quiz() -> None:
    rows = table(
        ("Timestamp", ["7/21/2025 19:57:50"]),
        ("Username", ["p#@example.com"]),
        ("Score", ["8 / 10", "3 / 10"]),
        *GOOGLE_QUESTIONS,
    )
    survey = understood(rows)
    assert hidden(survey) == {"Username": "private", "Score": "ignore"}
    assert told(survey)[1:] == GOOGLE_READ


def test_google_forms_tick_box_grid() -> None:
    rows = table(
        ("Timestamp", ["7/21/2025 19:57:50"]),
        ("When do you come? [Monday]", ["Morning, Noon", "Evening, Morning", "", "Noon, Evening"]),
        ("When do you come? [Friday]", ["Noon, Evening", "Morning, Noon", "Evening, Morning", ""]),
        *GOOGLE_QUESTIONS,
    )
    assert read(rows)[1:3] == [
        "multiple | When do you come?: Monday | Morning 60, Noon 60, Evening 60 of 90",
        "multiple | When do you come?: Friday | Noon 60, Evening 60, Morning 60 of 90",
    ]


MICROSOFT = {
    "en": ("ID", "Start time", "Completion time", "Email", "Name", "Last modified time"),
    "de": ("ID", "Startzeit", "Fertigstellungszeit", "E-Mail", "Name", "Uhrzeit der letzten Änderung"),
    "fr": ("ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom", "Heure de la dernière modification"),
    "es": (
        "Id.",
        "Hora de inicio",
        "Hora de finalización",
        "Correo electrónico",
        "Nombre",
        "Hora de la última modificación",
    ),
    "ja": ("ID", "開始時刻", "完了時刻", "メール", "名前", "最終変更時刻"),
    "zh": ("ID", "开始时间", "完成时间", "电子邮件", "名称", "上次修改时间"),
    "zh-hant": ("識別碼", "開始時間", "完成時間", "電子郵件", "名稱", "上次修改時間"),
    "it": ("ID", "Ora di inizio", "Ora di completamento", "Posta elettronica", "Nome", "Ora ultima modifica"),
    "nl": ("ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam", "Tijdstip van laatste wijziging"),
    "pt": ("ID", "Hora de início", "Hora de conclusão", "Email", "Nome", "Hora da última modificação"),
}
MICROSOFT_CELLS = (
    ["#"],
    ["2025-07-01 09:00:00"],
    ["2025-07-01 09:02:00", "2025-07-09 09:02:00"],
    ["anonymous"],
    [""],
    [""],
)
MICROSOFT_QUESTIONS: list[Column] = [
    (
        "How satisfied are you with our team?\u00a0",
        [
            "Very satisfied",
            "Somewhat satisfied",
            "Neither satisfied nor dissatisfied",
            "Somewhat dissatisfied",
            "Very dissatisfied",
        ],
    ),
    ("How likely are you to recommend us\nto a friend?", NPS),
    ("Which channels do you use?", ["Web;App;", "App;", "Store, city;Web;", "Store, city;"]),
    ("The staff was helpful", ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"]),
    ("The shop was clean", ["Strongly agree", "Agree", "Neutral", "Disagree", "Strongly disagree"]),
    ("Your view", WHY),
    ("Your view2", WHY[::-1]),
]
MICROSOFT_READ = [
    "satisfaction | How satisfied are you with our team? | 1-5, n 120",
    "recommend | How likely are you to recommend us to a friend? | 0-10, n 120",
    "multiple | Which channels do you use? | Web 60, App 60, Store, city 60 of 120",
    "rating | The staff was helpful | 1-5, n 120",
    "rating | The shop was clean | 1-5, n 120",
    "comment | Your view",
    "comment | Your view2",
]


@pytest.mark.parametrize("language", MICROSOFT)
@pytest.mark.parametrize("modified", [False, True])
def test_microsoft_forms_in_many_languages(language: str, modified: bool) -> None:
    heads = MICROSOFT[language]
    own = list(zip(heads, MICROSOFT_CELLS, strict=True))[: 6 if modified else 5]
    survey = understood(table(*own, *MICROSOFT_QUESTIONS), f"Kundenumfrage(1-{120}).xlsx")
    assert survey.receipt.platform == "microsoft_forms"
    assert told(survey) == [f"date | {heads[2]}", *MICROSOFT_READ]
    assert hidden(survey)[heads[0]] == "respondent"


@pytest.mark.parametrize("kept", [(1, 2), (0, 2, 3), (2, 3, 4), (1, 2, 4)])
def test_microsoft_forms_with_some_of_its_columns_deleted(kept: tuple[int, ...]) -> None:
    own = [(MICROSOFT["en"][place], MICROSOFT_CELLS[place]) for place in kept]
    survey = understood(table(*own, *MICROSOFT_QUESTIONS), "results.csv")
    assert survey.receipt.platform == "microsoft_forms"
    assert told(survey) == ["date | Completion time", *MICROSOFT_READ]


@pytest.mark.parametrize(
    ("total", "quiz", "points", "feedback"),
    [
        ("Total points", "Quiz feedback", "Points - {}", "Feedback - {}"),
        ("Gesamtpunktzahl", "Quizfeedback", "Punkte - {}", "Feedback - {}"),
        ("总分", "测验反馈", "得分 - {}", "反馈 - {}"),
    ],
)
def test_microsoft_forms_quiz(total: str, quiz: str, points: str, feedback: str) -> None:
    own = list(zip(MICROSOFT["en"], MICROSOFT_CELLS, strict=True))[:5]
    columns: list[Column] = [*own, (total, [3, 5]), (quiz, [""])]
    for question in MICROSOFT_QUESTIONS[:3]:
        columns += [question, (points.format(question[0]), [0, 1, 2]), (feedback.format(question[0]), [""])]
    assert read(table(*columns)) == ["date | Completion time", *MICROSOFT_READ[:3]]


def test_microsoft_forms_in_chinese_with_chinese_questions() -> None:
    own = list(zip(MICROSOFT["zh"], MICROSOFT_CELLS, strict=True))[:5]
    rows = table(
        *own, ("您满意吗？", MANYI), ("您愿意推荐给朋友吗？", NPS), ("关注什么", ["价格;质量;", "质量;", "服务;价格;"])
    )
    assert read(rows)[1:] == [
        "satisfaction | 您满意吗？ | 1-5, n 120",
        "recommend | 您愿意推荐给朋友吗？ | 0-10, n 120",
        "multiple | 关注什么 | 价格 80, 质量 80, 服务 40 of 120",
    ]


TYPEFORM_END: list[Column] = [
    ("Start Date (UTC)", ["2025-07-01 09:00:00"]),
    ("Submit Date (UTC)", ["2025-07-01 09:02:00", "2025-07-08 09:02:00"]),
    ("Network ID", ["a1b2c3#"]),
]
TYPEFORM_QUESTIONS: list[Column] = [
    ("How likely are you to <strong>recommend</strong> us?", NPS),
    ("How satisfied are you with <em>us</em>?", FIVE),
    ("Phone", ["Phone", ""]),
    ("Tablet", ["", "Tablet"]),
    ("Other", ["", "my TV no #", "", "", "", ""]),
    ("Would you come again?", [1, 0]),
    ("What could we do better?", WHY),
    ("plan", ["free", "pro"]),
]
TYPEFORM_READ = [
    "recommend | How likely are you to recommend us? | 0-10, n 120",
    "satisfaction | How satisfied are you with us? | 1-5, n 120",
    "multiple | Phone / Tablet / Other | Phone 60, Tablet 60, Other 20 of 120",
    "comment | Phone / Tablet / Other: Other",
    "segment | Would you come again? | 0 60, 1 60",
    "comment | What could we do better?",
    "segment | plan | free 60, pro 60",
    "date | Submit Date (UTC)",
]


@pytest.mark.parametrize(
    "extra",
    [[], [("Response Type", ["completed"]), ("Stage Date (UTC)", [""]), ("Tags", [""]), ("Ending", ["default_tys"])]],
)
def test_typeform(extra: list[Column]) -> None:
    survey = understood(table(("#", ["abc#def"]), *TYPEFORM_QUESTIONS, *extra, *TYPEFORM_END))
    assert survey.receipt.platform == "typeform"
    assert told(survey) == TYPEFORM_READ


@pytest.mark.parametrize(
    "kept", [("Submit Date (UTC)",), ("Start Date (UTC)", "Submit Date (UTC)"), ("Submit Date (UTC)", "Network ID")]
)
def test_typeform_with_some_of_its_columns_deleted(kept: tuple[str, ...]) -> None:
    survey = understood(table(*TYPEFORM_QUESTIONS, *[column for column in TYPEFORM_END if column[0] in kept]))
    assert survey.receipt.platform == "typeform"
    assert told(survey) == TYPEFORM_READ


def test_a_table_with_a_timestamp_elsewhere_is_not_google() -> None:
    survey = understood(
        table(("Shop", ["North", "South"]), ("Satisfaction", SATISFIED), ("Timestamp", ["2025-07-01 09:00:00"]))
    )
    assert survey.receipt.platform is None
    assert find(survey, "Timestamp").role is Role.DATE
