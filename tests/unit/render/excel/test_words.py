"""People's words in cells, tabs and names: made to fit where Excel is narrow, otherwise unchanged."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.render.excel import words


def test_text_that_fits_is_not_changed() -> None:
    for text in ("", "plain", "两行\n文字", "tab\there", "😀", "_x0041_", "'quoted'"):
        assert words.clean(text) == text


def test_line_ends_become_line_feeds() -> None:
    assert words.clean("a\r\nb\rc\nd") == "a\nb\nc\nd"


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1f", chr(0xD800), chr(0xDFFF), "\ufffe", "\uffff"])
def test_what_a_workbook_cannot_hold_becomes_a_visible_sign(bad: str) -> None:
    assert words.clean(f"a{bad}b") == "a\N{REPLACEMENT CHARACTER}b"


@pytest.mark.parametrize("character", ["x", "好", "😀"])
def test_long_text_is_cut_and_says_so(character: str) -> None:
    text = words.clean(character * 40_000)
    assert words.utf16_units(text) <= 32_767
    assert text.endswith("… [cut]")
    assert words.utf16_units(text) > 32_700
    exact = "x" * 32_767
    assert words.clean(exact) == exact


def test_no_more_lines_than_excel_takes() -> None:
    text = words.clean("a\n" * 400)
    assert text.count("\n") == 253
    assert text.count("a") == 400


@given(st.lists(st.text(max_size=60), max_size=12))
def test_tab_names_are_accepted_by_excel(names: list[str]) -> None:
    tabs = words.tab_names(names)
    assert len(tabs) == len(names)
    assert len({tab.casefold() for tab in tabs}) == len(tabs)
    for tab in tabs:
        assert 0 < words.utf16_units(tab) <= 31
        assert not set(tab) & set("[]:*?/\\")
        assert not tab.startswith("'")
        assert not tab.endswith("'")
        assert tab.casefold() != "history"


def test_good_tab_names_stay() -> None:
    assert words.tab_names(["Scores", "分组对比", "scores"]) == ["Scores", "分组对比", "scores (2)"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("cx_NPS", "cx_NPS"),
        ("cx NPS by 大区", "cx_NPS_by_大区"),
        ("A1", "_A1"),
        ("R1C1", "_R1C1"),
        ("1x", "_1x"),
        ("", "_"),
    ],
)
def test_defined_names(name: str, expected: str) -> None:
    assert words.defined_name(name) == expected


def test_columns_are_counted_in_letters() -> None:
    assert [words.column_letters(number) for number in (0, 25, 26, 701, 702, 16_383)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
        "XFD",
    ]
    assert all(words.column_number(words.column_letters(number)) == number for number in range(0, 16_384, 37))
    assert words.column_number(string.ascii_uppercase[3]) == 3


def test_references() -> None:
    assert words.cell_reference(3, 1) == "B4"
    assert words.cell_reference(3, 1, fixed=True) == "$B$4"
    assert words.tab_reference("It's") == "'It''s'"
