"""The columns of a table get the room that there is, to the pixel."""

from __future__ import annotations

from cxdesk.ui.widgets.column_room import narrowed, widened


def test_what_is_left_over_is_given_away_to_the_pixel() -> None:
    assert widened([100, 50, 50], [4, 0, 2], 100) == [167, 50, 83]
    assert widened([100, 50], [0, 0], 100) == [100, 50]
    assert widened([100, 50], [1, 1], -10) == [100, 50]


def test_words_wrap_where_that_keeps_all_columns_in_sight() -> None:
    assert narrowed([240, 150, 80], [120, 150, 80], 80) == [160, 150, 80]
    assert narrowed([240, 200, 80], [120, 120, 80], 150) == [120, 170, 80]


def test_words_stay_in_one_line_where_the_table_must_scroll_anyway() -> None:
    assert narrowed([240, 150, 80], [120, 150, 80], 121) == [240, 150, 80]
