"""Whatever a person can choose on a page is the same after it was saved and opened again."""

from __future__ import annotations

import json
from typing import Any, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxdesk.project.codec import decode, encode
from cxdesk.project.state import spec_types
from cxdesk.project.workspace import Workspace
from cxdesk.survey.base import Rules

KINDS: dict[str, Any] = {
    **{f"options of {key}": kind for key, kind in spec_types().items()},
    **{name: kind for name, kind in get_type_hints(Workspace).items() if name not in {"dataset", "specs"}},
}

WORDS = st.text(st.characters(exclude_categories=()), max_size=12)


@pytest.mark.parametrize("name", KINDS)
def test_what_was_saved_is_what_was_chosen(name: str) -> None:
    @settings(max_examples=25, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
    @given(st.from_type(KINDS[name]))
    def holds(value: Any) -> None:
        written = json.dumps(encode(value))
        found = decode(KINDS[name], json.loads(written))
        # As it is written, because a number that is none is not even equal to itself.
        assert (json.dumps(encode(found.value)), found.ignored) == (written, 0)
        assert type(found.value) is type(value)

    holds()


@pytest.mark.parametrize("name", KINDS)
def test_a_page_starts_with_its_own_defaults_where_a_file_says_nothing(name: str) -> None:
    kind = KINDS[name]
    if not isinstance(kind, type):
        pytest.skip("not a value with fields")
    assert decode(kind, {}).value == kind()


@given(st.recursive(st.none() | st.booleans() | st.integers() | WORDS, lambda inner: st.lists(inner, max_size=3)))
def test_nonsense_in_a_field_takes_its_default_and_is_counted(nonsense: Any) -> None:
    found = decode(Rules, {"confidence": 0.9, "targets": nonsense, "unheard": 1})
    assert isinstance(found.value, Rules)
    assert found.value.confidence == 0.9
    assert found.ignored >= 1
