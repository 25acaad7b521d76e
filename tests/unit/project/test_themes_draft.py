"""Themes while they are edited: every step is a new list, and names stay different from each other."""

from __future__ import annotations

import pytest

from cxdesk.project import themes_draft as draft
from cxdesk.survey.theme import Theme

PRICE, STAFF, TILLS = (
    Theme("Price", ("dear",)),
    Theme("Staff", ("staff", "kind")),
    Theme("Tills", ("till",), ("until",)),
)
THEMES = (PRICE, STAFF, TILLS)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a\nb\n\na", ("a", "b")),
        ("贵，便宜、价格", ("贵", "便宜", "价格")),
        ("out  of   stock; sold out", ("out of stock", "sold out")),
        (" , * ,", ()),
    ],
)
def test_words_are_typed_in_many_ways(text: str, words: tuple[str, ...]) -> None:
    assert draft.words_typed(text) == words


def test_lists_are_pasted() -> None:
    text = (
        "Price: expensive, cheap, -cheap talk\n价格：贵，便宜\nQueue\twait*\tqueue\nno words here\nPrice: fee\nEmpty:\n"
    )
    assert draft.pasted_themes(text) == (
        Theme("Price", ("expensive", "cheap", "fee"), ("cheap talk",)),
        Theme("价格", ("贵", "便宜")),
        Theme("Queue", ("wait*", "queue")),
    )
    assert draft.pasted_themes("nothing") == ()
    both = draft.with_pasted(THEMES, draft.pasted_themes("Price: cheap\nParking: parking"))
    assert [theme.name for theme in both] == ["Price", "Staff", "Tills", "Parking"]
    assert both[0].include == ("dear", "cheap")


def test_themes_are_added_renamed_moved_merged_and_removed() -> None:
    added = draft.added(draft.added(THEMES, "New"), "New")
    assert [theme.name for theme in added[3:]] == ["New", "New 2"]
    assert draft.changed(THEMES, 1, Theme("People", ("staff",)))[1] == Theme("People", ("staff",))
    assert draft.changed(THEMES, 1, Theme("Price", ("x",)))[1] == Theme("Staff", ("x",)), "the name is taken"
    assert draft.changed(THEMES, 1, Theme("  ", ("x",)))[1].name == "Staff"
    assert [theme.name for theme in draft.moved(THEMES, 2, -1)] == ["Price", "Tills", "Staff"]
    assert draft.moved(THEMES, 0, -1) == THEMES
    assert draft.moved(THEMES, 2, 1) == THEMES
    assert draft.merged(THEMES, 2, 0) == (Theme("Price", ("dear", "till"), ("until",)), STAFF)
    assert draft.merged(THEMES, 1, 1) == THEMES
    assert draft.removed(THEMES, 1) == (PRICE, TILLS)
    assert draft.with_word(THEMES, 0, "fee")[0].include == ("dear", "fee")


def test_what_was_typed_for_a_theme_follows_it_through_renames() -> None:
    typed = (("Price", 5), ("Staff", 1), ("Parking", 2))
    before: dict[str, str] = {}
    for old, new in (("Price", "Pric"), ("Pric", "Cost"), ("Staff", "Price"), ("Tills", "Queue")):
        before = draft.called_before(before, old, new)
    assert before == {"Cost": "Price", "Price": "Staff", "Queue": "Tills"}
    assert dict(draft.by_new_names(typed, before)) == {"Cost": 5, "Price": 1, "Parking": 2}
    assert draft.called_before({"Cost": "Price"}, "Cost", "Price") == {}
    assert dict(draft.by_new_names(typed, {"Staff": "New theme"})) == {"Price": 5, "Parking": 2}
    assert draft.by_new_names(typed, {}) == typed
