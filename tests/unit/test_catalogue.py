"""The reader of the catalogues sees the faults that it is there for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalogue import Message, Translation, faults_in_chinese, faults_in_english, gaps_of, messages


def message(msgid: str, plural: str = "", place: str = "analysis/overview.py:1") -> Message:
    return Message(msgid, plural, "", (place,))


@pytest.mark.parametrize(
    ("msgid", "fault"),
    [
        ("{group} is 22 points below the others.", None),
        ("Don't compare it.", None),
        ("from \N{MINUS SIGN}3 to +41", None),
        ("2025-07-01..2025-09-30", None),
        ("a significant difference", "a word that claims too much"),
        ("the margin of error", "a word that claims too much"),
        ("lower because of waiting", "a word of cause"),
        ("wait ...", "three dots instead of an ellipsis"),
        ('the "others"', "straight quotes"),
        ("the 'others'", "straight quotes"),
        ("from -3 to +41", "a hyphen as minus"),
        ("two  spaces", "stray spaces"),
        ("an end ", "stray spaces"),
    ],
)
def test_english_that_a_reader_would_mark(msgid: str, fault: str | None) -> None:
    assert list(faults_in_english(message(msgid))) == ([fault] if fault else [])


def test_a_refusal_may_name_its_cause_but_a_result_may_not() -> None:
    words = "The report was not saved because the disk is full."
    assert list(faults_in_english(message(words, place="render/excel/problem.py:1"))) == []
    assert list(faults_in_english(message(words))) == ["a word of cause"]


@pytest.mark.parametrize(
    ("wording", "fault"),
    [
        ("{group}比其他组低 22 分。", None),
        ("“{group}”（n = 1,200）：NPS 评分", None),
        ("{group}, 低于其他组", "half-width punctuation"),
        ("{group}(其他组)", "half-width punctuation"),
        ("{group}低于其他组.", "half-width punctuation"),
        ('{group}"其他组"', "straight quotes"),
        ("{group}显著更低", "a word that claims too much"),
        ("等待导致{group}更低", "a word of cause"),
        ("更低", "gaps differ from '{group} is lower'"),
        ("{group}和{other}更低", "gaps differ from '{group} is lower'"),
        ("{group}从 -3 到 +41", "a hyphen as minus"),
    ],
)
def test_chinese_that_a_reader_would_mark(wording: str, fault: str | None) -> None:
    said = message("{group} is lower")
    found = list(faults_in_chinese(said, Translation("x.po", said.msgid, "", "", wording)))
    assert found == ([fault] if fault else [])


def test_messages_are_collected_with_their_places(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(
        'say("a {gap}", gap=1)\nsay_n("1 row", "{count} rows", n)\nsay("May", context="month")\nsay("a {gap}", gap=2)\n'
    )
    found, faults = messages(tmp_path)
    assert faults == []
    assert [(each.msgid, each.plural, each.context, each.places) for each in found] == [
        ("a {gap}", "", "", ("one.py:1", "one.py:4")),
        ("1 row", "{count} rows", "", ("one.py:2",)),
        ("May", "", "month", ("one.py:3",)),
    ]


@pytest.mark.parametrize(
    "code",
    ['say(f"a {b}")', "say(words)", 'say("a" + b)', "say()", 'say_n("1 row", rows, n)', 'say("a {gap}", other=1)'],
)
def test_what_cannot_be_translated_is_a_fault(code: str, tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(code)
    found, faults = messages(tmp_path)
    assert found == []
    assert len(faults) == 1
    assert faults[0].startswith("one.py:1: ")


def test_gaps_are_found_by_name() -> None:
    assert gaps_of("{count} rows in {name}, {count} in all") == {"count", "name"}
    assert gaps_of("no gaps") == set()
