"""Number formats: Excel shows every number as the screen does, in every sign and size."""

from __future__ import annotations

import pytest

from cxdesk.render.excel.formats import number_format, with_suffix
from cxdesk.survey.base import BaseLevel
from cxdesk.text import Format


@pytest.mark.parametrize(
    ("form", "value", "expected"),
    [
        (Format.COUNT, 2846, "#,##0_);\\−#,##0_);#,##0_)"),
        (Format.SCORE, 31.2, "+0_);\\−0_);0_)"),
        (Format.PERCENT, 0.82, "0%_);\\−0%_);0%_)"),
        (Format.PERCENT_GAP, -5.0, "+0_);\\−0_);0_)"),
        (Format.MEAN, 5.44, "0.0_);\\−0.0_);0.0_)"),
        (Format.MEAN_GAP, 0.3, "+0.0_);\\−0.0_);0.0_)"),
        (Format.GENERAL, 0.92, "#,##0.00_);\\−#,##0.00_);#,##0.00_)"),
        (Format.GENERAL, 12.0, "#,##0_);\\−#,##0_);#,##0_)"),
    ],
)
def test_each_format_shows_what_the_screen_shows(form: Format, value: float, expected: str) -> None:
    assert number_format(form, value) == expected


@pytest.mark.parametrize(
    ("form", "value"),
    [(Format.SCORE, -0.4), (Format.MEAN_GAP, 0.04), (Format.PERCENT, -0.004), (Format.PERCENT_GAP, 0.2)],
)
def test_what_rounds_to_zero_has_no_sign(form: Format, value: float) -> None:
    assert not set("+−") & set(number_format(form, value))


def test_small_bases_are_marked_and_stay_numbers() -> None:
    assert number_format(Format.COUNT, 62, BaseLevel.SMALL).startswith('#,##0"*"_)')
    assert number_format(Format.COUNT, 24, BaseLevel.UNTESTED).startswith('#,##0"**"_)')
    assert '"' not in number_format(Format.SCORE, 24, BaseLevel.SMALL)


def test_a_suffix_stands_behind_the_number_and_cannot_break_the_format() -> None:
    assert with_suffix("0.0;0.0", "of 7") == '0.0" of 7";0.0" of 7"'
    assert with_suffix("0", 'of "7"').count('"') == 2
