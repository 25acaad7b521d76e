"""What travels between the window and its worker arrives unchanged, and nothing else can."""

from __future__ import annotations

import datetime
import io
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.reading.grid import Choices
from cxdesk.survey.base import Base, BaseLevel
from cxdesk.survey.dataset import Words
from cxdesk.survey.role import Role
from cxdesk.survey.selection import Between, OneOf, Selection
from cxdesk.text import Format, Listed, Number, Text, say
from cxdesk.wire import WireError, decode, encode
from tests.builders import survey


def there_and_back(value: object) -> Any:
    return decode(encode(value))


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        False,
        0,
        -(2**40),
        1.5,
        float("inf"),
        "",
        "华北 🙂 \udcff",
        (),
        (1, ("a", None)),
        frozenset({"a", "b"}),
        {1: "one", "two": (2,)},
        datetime.date(2025, 9, 30),
        datetime.datetime.fromisoformat("2025-09-30T18:02:01.5"),
        Role.RECOMMEND,
        BaseLevel.SMALL,
        Base(12, 3),
        Choices(encoding="gb18030", header_row=2),
        Selection((OneOf("q1", (0, 2)), Between("q2", datetime.date(2025, 1, 1), datetime.date(2025, 2, 1)))),
        say("{a} of {b}", a=Number(0.5, Format.PERCENT), b=Listed(("North", say("Ignore")))),
    ],
)
def test_values_arrive_as_they_left(value: object) -> None:
    back = there_and_back(value)
    assert back == value
    assert type(back) is type(value)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=4)
        | st.frozensets(st.text(max_size=5), max_size=4)
    ),
    max_leaves=20,
)


@given(PLAIN)
def test_any_nesting_arrives_as_it_left(value: object) -> None:
    assert there_and_back(value) == value


@pytest.mark.parametrize("kind", ["uint8", "uint16", "uint32", "int64", "float64", "bool"])
def test_arrays_keep_their_type_shape_and_numbers(kind: str) -> None:
    array = np.arange(12).reshape(3, 4).astype(kind)
    back = there_and_back((array, array[0]))
    assert back[0].dtype == array.dtype
    np.testing.assert_array_equal(back[0], array)
    np.testing.assert_array_equal(back[1], array[0])


def test_numpy_numbers_become_plain_ones() -> None:
    back = there_and_back((np.int64(3), np.float32(0.5), np.bool_(True)))
    assert back == (3, 0.5, True)
    assert [type(each) for each in back] == [int, float, bool]


def test_a_whole_survey_travels() -> None:
    sent = survey(recommend=[10, None, 3], segment="aab", comment=["好", None, "=1+1"], name="北.csv")
    back = there_and_back(sent)
    assert back.key == sent.key
    assert back.source == sent.source
    assert back.questions == sent.questions
    assert back.receipt == sent.receipt
    for question in sent.questions:
        if sent.answers[question.id].codes is not None:
            np.testing.assert_array_equal(back.codes(question.id), sent.codes(question.id))
    assert [column.texts() for column in back.columns] == [column.texts() for column in sent.columns]
    assert isinstance(back.columns[0].values, Words)


@pytest.mark.parametrize(
    "value", [object(), b"bytes", {1, 2}, np.array([object()]), ValueError("x"), lambda: None, io.StringIO()]
)
def test_anything_else_stays_at_home(value: object) -> None:
    with pytest.raises(TypeError):
        encode(value)


def message(tree: object) -> list[bytes]:
    return [json.dumps(tree).encode()]


@pytest.mark.parametrize(
    "frames",
    [
        [],
        [b""],
        [b"\xff\xfe"],
        [b"{"],
        message({"no": "tag"}),
        message({"~": "unknown"}),
        message({"~": "value", "type": "os:system", "fields": ["true"]}),
        message({"~": "value", "type": "cxdesk_evil:Thing", "fields": []}),
        message({"~": "value", "type": "cxdesk.text:say", "fields": ["x"]}),
        message({"~": "value", "type": "cxdesk.text:Translator", "fields": ["en"]}),
        message({"~": "value", "type": "cxdesk.text:Text.__class__", "fields": []}),
        message({"~": "value", "type": "cxdesk.nowhere:Thing", "fields": []}),
        message({"~": "value", "type": "cxdesk.text:Nothing", "fields": []}),
        message({"~": "value", "type": "cxdesk.text:Day", "fields": []}),
        message({"~": "enum", "type": "cxdesk.text:Format", "value": "no such"}),
        message({"~": "enum", "type": "cxdesk.text:Text", "value": "x"}),
        message({"~": "array", "index": 0}),
        message({"~": "day", "value": "yesterday"}),
        [*message({"~": "array", "index": 0}), b"not an array"],
    ],
)
def test_what_is_no_message_is_refused(frames: list[bytes]) -> None:
    with pytest.raises(WireError):
        decode(frames)


def test_a_pickle_in_an_array_never_runs() -> None:
    buffer = io.BytesIO()
    np.save(buffer, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    with pytest.raises(WireError):
        decode([*message({"~": "array", "index": 0}), buffer.getvalue()])


@given(st.lists(st.binary(max_size=60), max_size=3))
def test_random_bytes_are_refused_or_plain(frames: list[bytes]) -> None:
    try:
        decode(frames)
    except WireError:
        return


def test_a_refusal_names_no_content() -> None:
    with pytest.raises(WireError) as caught:
        decode([b'"secret words'])
    assert "secret" not in str(caught.value)
    assert Text("x") == there_and_back(Text("x"))
