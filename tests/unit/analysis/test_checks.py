"""Which rows a check marks, what happens unasked, and that every row counts once."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from cxdesk.analysis.checks import all_checks, left_out, marked_by
from cxdesk.analysis.checks_care import is_gibberish
from cxdesk.analysis.checks_values import Check
from cxdesk.analysis.durations import duration_text, durations, seconds_in, usable
from cxdesk.job import Unattended
from cxdesk.survey.dataset import Column, Dataset, Words
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind, Role
from cxdesk.text import Translator
from tests.builders import survey

ENGLISH = Translator("en")


def check(dataset: Dataset, key: str) -> Check:
    found = marked_by(dataset, (), key)
    assert found is not None
    return found


def rows(found: Check, way: str) -> list[int]:
    marked = next(each.marked for each in found.ways if each.key == way)
    assert marked is not None
    return np.flatnonzero(marked).tolist()


def with_column(dataset: Dataset, header: str, cells: list[str]) -> Dataset:
    """A survey with a further column that no page shows, as platforms add them."""
    values = ["", *sorted(set(cells) - {""})]
    codes = np.array([values.index(cell) for cell in cells], dtype=np.uint16)
    place = len(dataset.columns)
    column = Column(place, (header,), codes, Words.of(values))
    question = Question(f"q{place}", header, Kind.TEXT, Role.IGNORE, (place,))
    answers = {**dataset.answers, question.id: replace(dataset.answers["respondent"], codes=None)}
    return replace(
        dataset, columns=(*dataset.columns, column), questions=(*dataset.questions, question), answers=answers
    )


def timed(header: str, cells: list[str]) -> Dataset:
    n = len(cells)
    plain = survey(recommend=[9] * n, respondent=[str(row) for row in range(n)])
    return with_column(plain, header, cells)


def test_of_a_repeated_id_the_first_or_the_newest_answer_stays() -> None:
    dataset = survey(
        recommend=[9, 8, 7, 6, 5] * 20,
        respondent=["a", "b", "a", *[f"c{row}" for row in range(96)], "a"],
        date=["2025-07-02", "2025-07-01", "2025-07-01", *["2025-07-03"] * 96, "2025-07-09"],
    )
    found = check(dataset, "same_id")
    assert rows(found, "first") == [0, 99]
    assert rows(found, "newest") == [0, 2]
    assert found.unasked == "first"


def test_an_empty_id_is_nobodys() -> None:
    dataset = survey(recommend=[9, 8, 7], respondent=[None, None, "a"])
    assert check(dataset, "same_id").count == 0


def test_the_same_customer_in_two_waves_is_no_repetition() -> None:
    dataset = survey(recommend=[9, 8, 7, 6], respondent=["a", "b", "a", "a"], segment={"Wave": "1122"})
    waves = tuple(replace(each, role=Role.WAVE) if each.id == "wave" else each for each in dataset.questions)
    assert rows(check(replace(dataset, questions=waves), "same_id"), "first") == [3]


def test_many_repeated_ids_are_customers_and_stay() -> None:
    dataset = survey(recommend=[9] * 100, respondent=[str(row // 2) for row in range(100)])
    found = check(dataset, "same_id")
    assert (found.count, found.unasked) == (50, "keep")
    assert "customers who answered again" in ENGLISH(found.means)


def test_addresses_are_the_same_whatever_their_capitals_and_numbers_whatever_their_signs() -> None:
    dataset = survey(
        recommend=[9] * 5,
        private={
            "E-mail": ["A@x.com", "a@X.com ", "b@x.com", "c@x.com", None],
            "Phone": ["138 1234 5678", "13900000000", "13700000000", "138-1234-5678", "13600000000"],
        },
    )
    found = check(dataset, "same_contact")
    assert rows(found, "first") == [1, 3]
    assert found.unasked == "keep"
    assert found.column not in {place for each in dataset.with_role(Role.PRIVATE) for place in each.columns}


def test_rows_are_identical_only_with_their_comment() -> None:
    ratings = {f"R{number}": [4, 4, 4] for number in range(7)}
    same = survey(recommend=[9, 9, 9], rating=ratings, comment=["Good value", "Good value", "Slow"])
    assert rows(check(same, "same_row"), "first") == [1]
    silent = survey(recommend=[9, 9, 9], rating=ratings, comment=[None, None, "Slow"])
    assert check(silent, "same_row").count == 0


def test_fewer_than_eight_fields_are_not_compared() -> None:
    dataset = survey(recommend=[9, 9], comment=["Good", "Good"])
    assert marked_by(dataset, (), "same_row") is None


def test_rows_without_any_score_are_left_out_unless_there_are_many() -> None:
    few = survey(recommend=[9, None, 8] * 2, effort=[None, None, 7] * 2)
    assert rows(check(few, "no_score"), "leave_out") == [1, 4]
    assert check(few, "no_score").unasked == "leave_out"
    many = survey(recommend=[9, None] * 10)
    assert check(many, "no_score").unasked == "keep"


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("2分35秒", 155),
        ("00:02:35", 155),
        ("2:35", 155),
        ("1:02:35", 3755),
        ("3 min 20 s", 200),
        ("20 sec.", 20),
        ("1小时2分", 3720),
        ("155", 155),
        ("155,5", 155.5),
        ("１５５秒", 155),
        ("1500ms", 1.5),
    ],
)
def test_times_are_read_however_they_are_written(cell: str, seconds: float) -> None:
    assert seconds_in(cell) == pytest.approx(seconds)


@pytest.mark.parametrize("cell", ["", "abc", "3 apples", "2分35", "-5", "12/03/2025"])
def test_what_is_no_time_is_none(cell: str) -> None:
    assert np.isnan(seconds_in(cell))


def test_fast_people_are_under_half_of_the_median_and_stay_unasked() -> None:
    cells = [*["2分40秒"] * 38, "1分19秒", "50秒", "1分20秒"]
    found = check(timed("所用时间", cells), "fast")
    assert rows(found, "half") == [38, 39]
    assert rows(found, "third") == [39]
    assert found.unasked == "keep"
    assert "Under 1 min 20 s, half of the usual 2 min 40 s." in ENGLISH(found.means)


@pytest.mark.parametrize(
    ("header", "cell"),
    [("Duration (in seconds)", "160"), ("interviewtime", "160.0"), ("Total time (ms)", "160000"), ("总用时", "160000")],
)
def test_headers_and_sizes_tell_the_unit(header: str, cell: str) -> None:
    found = durations(timed(header, [cell] * 40))
    assert found is not None
    assert float(np.median(usable(found))) == pytest.approx(160)


def test_times_of_a_service_are_not_times_of_answering() -> None:
    assert durations(timed("First response time", ["00:10:00"] * 40)) is None


def test_page_times_are_judged_by_their_speed_index() -> None:
    """Leiner 2019: the mean over pages of median / time, each at most 3; from 2 on too fast."""
    slow = timed("Group time: A", [*["10"] * 39, "5"])
    found = check(with_column(slow, "Group time: B", [*["20"] * 39, "9"]), "fast")
    assert rows(found, "leave_out") == [39]


def test_times_follow_from_the_days_on_which_somebody_began_and_ended() -> None:
    dataset = survey(
        recommend=[9] * 40,
        date={"Start time": ["2025-07-01T10:00:00"] * 40, "Completion time": ["2025-07-01T10:03:00"] * 40},
    )
    found = durations(dataset)
    assert found is not None
    assert float(np.median(usable(found))) == pytest.approx(180, abs=0.01)


def test_too_few_times_say_nothing() -> None:
    assert durations(timed("所用时间", ["2分40秒"] * 29)) is None


def test_durations_are_said_in_words() -> None:
    assert [ENGLISH(duration_text(each)) for each in (45, 160, 3725)] == ["45 s", "2 min 40 s", "1 h 2 min"]


def test_the_same_answer_in_a_whole_grid_is_marked_and_kept() -> None:
    ratings = {f"R{number}": [4, 4, None] for number in range(5)} | {"R4": [4, 5, None]}
    dataset = survey(rating=ratings)
    grid = tuple(replace(each, group="How satisfied are you") for each in dataset.questions)
    found = check(replace(dataset, questions=grid), "same_answer_r0")
    assert rows(found, "leave_out") == [0]
    assert found.unasked == "keep"
    assert marked_by(dataset, (), "same_answer_r0") is None


def test_a_topic_that_may_be_skipped_is_part_of_its_grid() -> None:
    """Who gave that topic another value did not answer alike everywhere."""
    ratings = {f"R{number}": [4, 4] for number in range(5)} | {"Returns": [4, 1]}
    dataset = survey(rating=ratings)
    *others, last = (replace(each, group="How satisfied are you") for each in dataset.questions)
    assert last.scale is not None
    skipped = replace(last, scale=replace(last.scale, no_answer=("(skipped)",)))
    found = check(replace(dataset, questions=(*others, skipped)), "same_answer_r0")
    assert rows(found, "leave_out") == [0]
    assert ENGLISH(found.means).startswith("All 6 topics")


def test_four_questions_are_no_grid() -> None:
    dataset = survey(rating={f"R{number}": [4, 4] for number in range(4)})
    grid = tuple(replace(each, group="How satisfied are you") for each in dataset.questions)
    assert not [each for each in all_checks(replace(dataset, questions=grid), (), Unattended()) if "grid" in each.key]
    assert marked_by(replace(dataset, questions=grid), (), "same_answer_r0") is None


def test_incomplete_rows_have_fewer_than_half_of_what_most_people_answered() -> None:
    ratings: dict[str, list[int | None]] = {f"R{number}": [*[4] * 9, None if number else 3] for number in range(4)}
    asked_of_few: dict[str, list[int | None]] = {"Extra": [5, *[None] * 9]}
    found = check(survey(rating=ratings | asked_of_few), "incomplete")
    assert rows(found, "leave_out") == [9]


@pytest.mark.parametrize(
    "text", ["aaaa", "。。。。", "1111", "asdfgh", "lkjhgf", "qweqwe", "asdf asdf", "123456", "哈哈哈哈哈哈"]
)
def test_gibberish_is_found(text: str) -> None:
    assert is_gibberish(text)


@pytest.mark.parametrize(
    "text", ["", "ok", "好", "好好好", "哈哈哈", "were", "tree", "property", "power", "none", "A+", "10/10"]
)
def test_short_and_cheerful_comments_are_no_gibberish(text: str) -> None:
    assert not is_gibberish(text)


def test_gibberish_is_found_among_comments_of_every_length_and_script() -> None:
    sense = ["", "很好", "发货很快，客服耐心，下次还会再来", "ok", "Friendly staff", "property", "a b" * 40]
    none = ["asdfgh", "qwe" * 30, "哈 哈 哈 哈 哈 哈", "。" * 90, "a" * 500, "1234567890", "🙂🙂🙂🙂", "ＡＡＡＡ"]
    comments = [each for pair in itertools.zip_longest(sense, none, fillvalue="") for each in pair]
    found = check(survey(recommend=[9] * len(comments), comment=comments), "nonsense")
    marked = [comments[row] for row in rows(found, "leave_out")]
    assert marked == [each for each in comments if is_gibberish(each)]
    assert marked == none


def test_every_row_counts_once() -> None:
    """A row without a score is no duplicate of the same person's answer, and the steps add up."""
    dataset = survey(
        recommend=[*[9] * 60, None, 8, 7],
        respondent=[*[f"p{row}" for row in range(60)], "p0", "p1", "p2"],
        comment=[*["fine"] * 60, "aaaa", "aaaa", "good"],
    )
    gone = left_out(dataset, (("nonsense", "leave_out"),))
    assert [(step.check, step.count, step.decided) for step in gone.steps] == [
        ("no_score", 1, False),
        ("same_id", 2, False),
    ]
    assert np.flatnonzero(gone.mask).tolist() == [60, 61, 62]
    kept = left_out(dataset, (("no_score", "keep"), ("same_id", "keep"), ("nonsense", "leave_out")))
    assert [(step.check, step.count, step.decided) for step in kept.steps] == [("nonsense", 2, True)]
