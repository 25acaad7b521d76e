"""Words before they have a language: numbers, days, lists and messages, as people read them in both languages."""

from __future__ import annotations

import datetime
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.text import (
    LANGUAGES,
    Day,
    Format,
    Listed,
    Number,
    Period,
    Text,
    Translator,
    round_half_away,
    say,
    say_n,
    show_number,
)

EN, ZH = Translator("en"), Translator("zh_CN")
MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("value", "format", "shown"),
    [
        (2846, Format.COUNT, "2,846"),
        (0, Format.COUNT, "0"),
        (30.6, Format.SCORE, "+31"),
        (-5.2, Format.SCORE, f"{MINUS}5"),
        (-0.4, Format.SCORE, "0"),
        (-35.897, Format.SCORE, f"{MINUS}36"),
        (0.82, Format.PERCENT, "82%"),
        (0.145, Format.PERCENT, "15%"),
        (1, Format.PERCENT, "100%"),
        (0.05, Format.PERCENT_GAP, "+5"),
        (-0.054, Format.PERCENT_GAP, f"{MINUS}5"),
        (5.44, Format.MEAN, "5.4"),
        (1234.56, Format.MEAN, "1,234.6"),
        (0.31, Format.MEAN_GAP, "+0.3"),
        (-0.04, Format.MEAN_GAP, "0.0"),
        (0.92, Format.GENERAL, "0.92"),
        (1500, Format.GENERAL, "1,500"),
        (-1.5, Format.GENERAL, f"{MINUS}1.5"),
        (-0.001, Format.GENERAL, "0"),
        (100, Format.GENERAL, "100"),
    ],
)
def test_a_number_is_shown_as_its_format_says(value: float, format: Format, shown: str) -> None:
    assert show_number(value, format) == shown
    assert ZH.number(value, format) == shown


@pytest.mark.parametrize("nothing", [None, math.nan])
@pytest.mark.parametrize("format", list(Format))
def test_no_number_is_an_en_dash(nothing: float | None, format: Format) -> None:
    assert EN.number(nothing, format) == "–"


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [(0.5, 0, 1), (-0.5, 0, -1), (2.5, 0, 3), (-2.5, 0, -3), (100 * 0.145, 0, 15), (1.005, 2, 1.01), (0.25, 1, 0.3)],
)
def test_halves_go_away_from_zero(value: float, digits: int, rounded: float) -> None:
    assert round_half_away(value, digits) == rounded


@given(st.floats(-1e9, 1e9), st.sampled_from(list(Format)))
def test_a_shown_number_has_one_true_minus_and_is_never_minus_zero(value: float, format: Format) -> None:
    shown = show_number(value, format)
    digits = shown.lstrip(f"+{MINUS}").rstrip("%").replace(",", "")
    assert "-" not in shown
    assert float(digits) >= 0
    if float(digits) == 0:
        assert shown[0].isdigit()
    elif value < 0:
        assert shown.startswith(MINUS)


@given(st.floats(-1e6, 1e6))
def test_a_score_and_its_opposite_differ_only_in_sign(value: float) -> None:
    assert show_number(value, Format.SCORE).lstrip(f"+{MINUS}") == show_number(-value, Format.SCORE).lstrip(f"+{MINUS}")


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("first", "last", "english", "chinese"),
    [
        ("2025-07-01", "2025-09-30", "1 Jul – 30 Sep 2025", "2025-07-01 至 09-30"),
        ("2025-09-12", "2025-09-14", "12–14 Sep 2025", "2025-09-12 至 09-14"),
        ("2024-12-01", "2025-01-31", "1 Dec 2024 – 31 Jan 2025", "2024-12-01 至 2025-01-31"),
        ("2025-03-04", "2025-03-04", "4 Mar 2025", "2025-03-04"),
    ],
)
def test_a_period_repeats_nothing_that_both_ends_share(first: str, last: str, english: str, chinese: str) -> None:
    assert EN.period(day(first), day(last)) == english
    assert ZH.period(day(first), day(last)) == chinese


def test_gaps_are_filled_in_the_language_of_the_reader() -> None:
    text = say(
        "{question}: {values}",
        question="Region",
        values=Listed(("North", say("no answer"))),
    )
    assert EN(text) == "Region: North, no answer"
    assert ZH(text) == "Region：North、未作答"


def test_every_kind_of_gap_is_filled() -> None:
    gaps = Text(
        "{name} {count} {score} {day} {period} {inner}",
        (
            ("name", "West"),
            ("count", 1234),
            ("score", Number(-3, Format.SCORE)),
            ("day", Day(day("2025-01-02"))),
            ("period", Period(day("2025-01-02"), day("2025-01-03"))),
            ("inner", Text("ends")),
        ),
    )
    assert EN(gaps) == f"West 1,234 {MINUS}3 2 Jan 2025 2–3 Jan 2025 ends"
    assert str(gaps) == EN(gaps)


@pytest.mark.parametrize(("count", "shown"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (1200, "1,200 rows")])
def test_english_counts_in_two_forms(count: int, shown: str) -> None:
    assert EN(say_n("1 row", "{count} rows", count)) == shown


def test_words_of_a_survey_are_never_translated_nor_filled() -> None:
    for words in ("Ignore", "{score}", "100%"):
        assert ZH(words) == words
        assert ZH(say("{question}: {values}", question=words, values=words)) == f"{words}：{words}"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("华东", "返回华东"),
        ("Chat", "返回 Chat"),
        ("2025", "返回 2025"),
        ("É", "返回 É"),
        ("“Chat”", "返回“Chat”"),
        ("Chat渠道", "返回 Chat渠道"),
        (" Chat", "返回 Chat"),
    ],
)
def test_a_western_name_stands_apart_from_chinese_characters(name: str, shown: str) -> None:
    text = say("← Back to {sheet}", sheet=name)
    assert (ZH(text), EN(text)) == (f"← {shown}", f"← Back to {name}")


def test_names_that_meet_each_other_stand_apart_too() -> None:
    pattern = Text("{period}{measure}的{score}", (("period", "九月"), ("measure", "NPS"), ("score", Number(1234))))
    assert ZH(pattern) == "九月 NPS 的 1,234"
    assert ZH(Text("{whole}中", (("whole", pattern),))) == "九月 NPS 的 1,234 中"


def test_a_message_without_translation_stays_english() -> None:
    assert ZH(Text("Nobody translated this: {gap}", (("gap", 3),))) == "Nobody translated this: 3"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="no catalogue for 'xx'"):
        Translator("xx")


def test_texts_are_values() -> None:
    assert say("Ignore") == say("Ignore")
    assert len({say("a {b}", b=1), say("a {b}", b=1), say("a {b}", b=2)}) == 2
    assert set(LANGUAGES) == {"en", "zh_CN"}
