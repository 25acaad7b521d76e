"""Numbers as people write them, and rows as spreadsheets copy them."""

from __future__ import annotations

import pytest

from cxdesk.project.typed import is_percent, pasted_rows, typed_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("40", 40),
        (" +40 ", 40),
        ("−5", -5),
        ("4,5", 4.5),
        ("35 %", 35),
        ("３５％", 35),
        ("1,234", 1234),
        ("1 234", 1234),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.5", 1.5),
        ("1.234", 1.234),
        ("0,125", 0.125),
        ("-.5", -0.5),
        ("", None),
        ("about 5", None),
        ("1e5", None),
        ("nan", None),
    ],
)
def test_a_number(text: str, number: float | None) -> None:
    assert typed_number(text) == number


def test_a_percent_sign_is_seen() -> None:
    assert is_percent("35 %")
    assert is_percent("３５％")
    assert not is_percent("35")


def test_rows_of_a_spreadsheet_and_of_a_text() -> None:
    assert pasted_rows("18-34\t20%\r\n55+\t30%\r\n\r\n") == (("18-34", "20%"), ("55+", "30%"))
    assert pasted_rows('"North, east";20\nSouth;80') == (("North, east", "20"), ("South", "80"))
    assert pasted_rows("20\n30") == (("20",), ("30",))
    assert pasted_rows("") == ()
