"""Cells that say nothing are told by one list, whichever room asks: reading, comments, the follow-up list."""

from __future__ import annotations

import pytest

from cxdesk.comments.cells import plain, tokens
from cxdesk.comments.segment import says_something
from cxdesk.comments.silent import says_nothing
from cxdesk.reading import lexicon


@pytest.mark.parametrize(
    "text", ["", "  ", "(空)", "（空）", "N/A", "Ｎ／Ａ", "n/a.", "(跳过)", "--", "#N/A", "{question_not_shown}"]
)
def test_what_platforms_write_into_empty_cells_says_nothing(text: str) -> None:
    assert says_nothing(text)
    assert not says_something(plain(text))


@pytest.mark.parametrize("text", ["slow", "0", "no", "没有人接电话", "- late again", "none of the tills was open"])
def test_words_say_something(text: str) -> None:
    assert not says_nothing(text)
    assert says_something(plain(text)) is (text != "no")


def test_there_is_one_list() -> None:
    assert lexicon.tokens is tokens
    assert lexicon.plain is plain
    assert tokens("blank") < tokens("no_answer")
