"""Several files as one survey: nothing is lost, nothing is counted twice, and what does not fit stays apart."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxdesk.job import Unattended
from cxdesk.reading import open_survey
from cxdesk.reading.grid import Choices
from cxdesk.reading.pairing import How, pair
from cxdesk.reading.stacking import stacked
from cxdesk.reading.together import oldest_first, pairings_of, put_together
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Column, Dataset, Words
from cxdesk.survey.role import Kind, Role
from cxdesk.survey.scale import Direction, Scale
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.survey.source import SOURCE
from tests.builders import survey
from tests.unit.reading.halves import agrees_with_its_columns, counted, rows_of, same_counts
from tests.unit.reading.opening import needs_corpus, notes, opened


def read(tmp_path: Path, name: str, lines: list[str]) -> Dataset:
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return open_survey(str(path), Choices(), Unattended())


# --- put together -----------------------------------------------------------------------------------------------------


def test_rows_lie_below_each_other_with_the_name_of_their_file() -> None:
    old = survey(recommend=[1, 2], date=["2025-01-01", "2025-01-02"], name="January.csv")
    new = survey(recommend=[9, 10, 8], date=["2025-02-01"] * 3, name="February.csv")
    for files in ([old, new], [new, old]):
        whole = put_together(files, source_words="Datei")
        source = whole.question(SOURCE)
        assert (source.options, source.role, source.kind, source.text) == (
            ("January", "February"),
            Role.WAVE,
            Kind.CHOICE,
            "Datei",
        )
        assert source.of_platform
        assert whole.codes(SOURCE).tolist() == [0, 0, 1, 1, 1]
        assert whole.codes("recommend").tolist() == [1, 2, 9, 10, 8]
        assert [part.respondents for part in whole.parts] == [2, 3]
        assert (whole.respondents, whole.receipt.rows, whole.source.name) == (5, 5, "January + February.csv")
        assert agrees_with_its_columns(whole) == []


def test_without_days_the_files_stay_in_their_order() -> None:
    first, second = survey(recommend=[1, 2], name="b.csv"), survey(recommend=[3, 4], name="a.csv")
    assert oldest_first([first, second]) == (0, 1)
    assert put_together([first, second]).question(SOURCE).options == ("b", "a")


def test_files_of_one_name_are_told_apart() -> None:
    one, other = survey(recommend=[1, 2], name="nps.csv"), survey(recommend=[3, 4], name="nps.csv")
    assert put_together([one, other]).question(SOURCE).options == ("nps", "nps (2)")


def test_a_question_of_one_file_has_no_answer_in_the_others() -> None:
    old = survey(recommend=[1, 2], segment={"Team": "ab"}, name="old.csv")
    new = survey(recommend=[9, 3], multiple={"Used": [["App"], ["Shop"]]}, name="new.csv")
    whole = put_together([old, new], order=[0, 1])
    assert whole.codes("used").tolist() == [[2, 2, 1, 0], [2, 2, 0, 1]]
    assert counted(whole, whole.question("team")) == [("a", 1), ("b", 1), ("no answer", 2)]
    assert {entry.count for entry in whole.receipt.unused if entry.code == "only_in_file"} == {1}
    assert agrees_with_its_columns(whole) == []


def test_an_option_that_a_file_does_not_have_was_not_asked_there() -> None:
    old = survey(multiple={"Used": [["App"], ["Shop", "App"], None]})
    new = survey(multiple={"Used": [["Chat"], ["App"], [], ["App", "Chat"]]})
    whole = put_together([old, new], order=[0, 1])
    ticks = dict(zip(whole.question("used").options, whole.codes("used").tolist(), strict=True))
    assert ticks == {
        "App": [1, 1, 2, 0, 1, 0, 1],
        "Chat": [2, 2, 2, 1, 0, 0, 1],
        "Shop": [0, 1, 2, 2, 2, 2, 2],
    }


def test_options_of_an_older_file_stand_where_they_stood() -> None:
    old = survey(segment="ab c", options={"Segment": ["a", "b", "c", "d"]})
    new = survey(segment="ad", options={"Segment": ["a", "d"]})
    assert put_together([old, new], order=[0, 1]).question("segment").options == ("a", "b", "c", "d")


def test_a_question_that_two_older_files_share_is_one_question() -> None:
    first = survey(recommend=[1, 2], segment={"Team": "ab"}, name="1.csv")
    second = survey(recommend=[1, 2], segment={"Team": "bc"}, name="2.csv")
    third = survey(recommend=[9, 9], name="3.csv")
    whole = put_together([first, second, third])
    assert counted(whole, whole.question("team")) == [("a", 1), ("b", 2), ("c", 1), ("no answer", 2)]


def test_a_survey_that_was_put_together_takes_another_file() -> None:
    files = [survey(recommend=[n, n], date=[f"2025-0{n}-01"] * 2, name=f"{n}.csv") for n in (1, 2, 3)]
    whole = put_together([put_together(files[:2]), files[2]])
    assert whole.question(SOURCE).options == ("1", "2", "3")
    assert whole.codes(SOURCE).tolist() == [0, 0, 1, 1, 2, 2]
    assert len(whole.parts) == 3


def test_the_good_end_must_be_the_same() -> None:
    low = Scale(1, 7, direction=Direction.LOW_IS_GOOD)
    new, old = survey(effort=[1, 7]), survey(effort=[1, 7], effort_scale=low)
    assert len(pair(new, old).clashes) == 1


def test_the_key_knows_the_files_and_the_pairs() -> None:
    new, old = survey(segment={"A": "ab", "B": "ba"}), survey(segment={"C": "ba", "B": "ba"})
    found = pair(new, old)
    keys = {
        put_together([old, new], order=[0, 1]).key,
        put_together([old, new], [found.with_pair("a", "c")], order=[0, 1]).key,
        put_together([new, old], order=[0, 1]).key,
    }
    assert len(keys) == 3


def test_the_same_answer_number_in_two_files_is_said() -> None:
    one = survey(recommend=[1, 2, 3], respondent=["1", "2", "3"], name="a.csv")
    other = survey(recommend=[1, 2, 3], respondent=["3", "4", "5"], name="b.csv")
    assert notes(put_together([one, other]))["same_respondents"].startswith("1 answer number occurs in more than one")


def test_cells_written_in_different_ways_mean_the_same(tmp_path: Path) -> None:
    american = [f'{n % 12 + 1}/{n % 27 + 1}/2025 3:0{n % 9}:00 PM,{n % 11},"App, Shop"' for n in range(40)]
    american += [f"12/30/2025 3:00:00 PM,9,{tick}" for tick in ('"App, Chat"', "Shop", '"Shop, Chat"', "App")] * 5
    iso = [f"2024-{n % 12 + 1:02}-0{n % 9 + 1} 08:00:00,{n % 11},App;Chat" for n in range(40)]
    iso += [f"2024-12-30 08:00:00,9,{tick}" for tick in ("App;Shop", "Chat;Shop", "Shop", "App")] * 5
    header = "Timestamp,How likely are you to recommend us?,Which did you use?"
    new, old = read(tmp_path, "new.csv", [header, *american]), read(tmp_path, "old.csv", [header, *iso])
    whole = put_together([new, old])
    assert whole.question(SOURCE).options == ("old", "new")
    assert agrees_with_its_columns(whole) == []
    date, recommend, used, _ = whole.questions
    assert [question.kind for question in (date, recommend, used)] == [Kind.DATE, Kind.SCORE, Kind.MULTIPLE]
    ticked = dict(zip(used.options, (whole.codes(used.id) == 1).sum(axis=1).tolist(), strict=True))
    assert ticked == {"App": 100, "Shop": 65, "Chat": 55}
    own = [file.answers[date.id].numbers for file in (old, new)]
    found = whole.answers[date.id].numbers
    assert found is not None
    np.testing.assert_allclose(found, np.concatenate([numbers for numbers in own if numbers is not None]))


def test_a_file_too_small_to_show_several_answers_is_read_like_the_other(tmp_path: Path) -> None:
    header = "How likely are you to recommend us?,Which did you use? Tick all"
    ticks = ("App;Shop", "Shop", "App", "Chat;App", "Chat;Shop", "App;Chat;Shop")
    large = read(tmp_path, "large.csv", [header, *(f"{n % 11},{ticks[n % 6]}" for n in range(60))])
    small = read(tmp_path, "small.csv", [header, "9,App;Shop", "8,App", *("7,Shop",) * 18])
    assert small.questions[1].kind is not Kind.MULTIPLE
    for order in ([0, 1], [1, 0]):
        whole = put_together([large, small], order=order)
        used = whole.questions[1]
        assert used.kind is Kind.MULTIPLE
        ticked = dict(zip(used.options, (whole.codes(used.id) == 1).sum(axis=1).tolist(), strict=True))
        assert ticked == {"App": 42, "Shop": 59, "Chat": 30}
        assert agrees_with_its_columns(whole) == []


def test_what_one_person_wrote_is_no_option_of_the_whole(tmp_path: Path) -> None:
    header = "How likely are you to recommend us?,Which did you use? Tick all"
    ticks = ("App;Shop", "Shop", "App", "Chat;App", "Chat;Shop", "App;Chat;Shop")
    rows = [f"{n % 11},{ticks[n % 6]}" for n in range(80)]
    rows += [
        f"9,App;{word}" for word in ("Fax", "Pigeon", "Letter", "Radio", "Telex", "Drum", "Flag", "Smoke", "TV", "Boat")
    ]
    rows += [
        f"9,Shop;{word}" for word in ("Yell", "Sign", "Lamp", "Bell", "Horn", "Pipe", "Harp", "Gong", "Song", "Hum")
    ]
    whole = read(tmp_path, "whole.csv", [header, *rows])
    halves = [read(tmp_path, f"{start}.csv", [header, *rows[start::2]]) for start in (0, 1)]
    again = put_together(halves)
    assert same_counts(counted(again, again.questions[1]), counted(whole, whole.questions[1]))


def test_code_books_that_disagree_are_written_out() -> None:
    codes = np.array([1, 2, 1], dtype=np.uint8)
    one = Column(0, ("Q",), codes, Words.of(["", "1", "2"]), (("1", "Yes"), ("2", "No")))
    other = Column(0, ("Q",), codes, Words.of(["", "1", "2"]), (("1", "No"), ("2", "Yes")), ("9",))
    assert stacked([one, other], [3, 3]).texts() == ["Yes", "No", "Yes", "No", "Yes", "No"]
    assert stacked([one, None], [3, 2]).texts() == ["1", "2", "1", "", ""]
    assert stacked([one, None], [3, 2]).labels == one.labels


# --- properties -------------------------------------------------------------------------------------------------------

scores = st.one_of(st.none(), st.integers(0, 10))
words = st.sampled_from([" ", "a", "b", "c", "d"])
ticks = st.one_of(st.none(), st.lists(st.sampled_from(["App", "Shop", "Chat"]), unique=True))
person = st.tuples(scores, words, ticks, st.integers(0, 1))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(person, min_size=2, max_size=25))
def test_a_survey_cut_in_two_and_put_together_counts_the_same(people: list[tuple[int, str, list[str], int]]) -> None:
    whole = survey(
        recommend=[one for one, _, _, _ in people],
        segment=[two for _, two, _, _ in people],
        multiple={"Used": [three for _, _, three, _ in people]},
        date=["2025-01-01"] * len(people),
    )
    sides = [[n for n, one in enumerate(people) if one[3] == side] for side in (0, 1)]
    if not all(sides):
        return
    halves = [rows_of(whole, rows, f"{side}.csv") for side, rows in enumerate(sides)]
    for files in (halves, halves[::-1]):
        again = put_together(files)
        assert again.respondents == len(people)
        for question in whole.questions:
            assert same_counts(counted(again, again.question(question.id)), counted(whole, question))
        for side, name in enumerate(("0", "1")):
            code = again.question(SOURCE).options.index(name)
            assert Sample(again, Selection((OneOf(SOURCE, (code,)),))).size == len(sides[side])


REAL = [
    "gforms-sudzilla-1.csv",
    "gforms-jupyter-edu-2016.csv",
    "sm-cncf-maint-2020H2.csv",
    "sm-south-expanded.csv",
    "sm-sigdocs-2019-expanded.ods",
    "alchemer-jupyter-2015.csv",
    "limesurvey-rse-de-2017.csv",
    "qualtrics-num-zurich.csv",
    "wjx-800-text.xls",
    "wjx-800-seq.xls",
    "spss-sample_large.sav",
    "carpentries-longterm-2020-01.csv",
]


@needs_corpus
@pytest.mark.parametrize("name", REAL)
def test_real_surveys_cut_in_two_count_the_same_again(name: str) -> None:
    whole = opened(name)
    halves = [rows_of(whole, range(start, whole.respondents, 2), f"{start}.csv") for start in (0, 1)]
    again = put_together(halves)
    assert agrees_with_its_columns(again) == []
    assert len(again.questions) == len(whole.questions) + 1
    different = [
        question.id
        for question in whole.questions
        if not same_counts(counted(again, again.question(question.id)), counted(whole, question))
    ]
    assert different == []


@needs_corpus
def test_two_exports_of_one_form_are_one_survey() -> None:
    files = [opened("gforms-sudzilla-1.csv"), opened("gforms-sudzilla-2.csv")]
    whole = put_together(files)
    assert whole.respondents == 78
    # The owner published 8 promoters and 22 detractors among 39.
    codes = whole.codes("q2")
    assert (int((codes[codes < 11] >= 9).sum()), int((codes <= 6).sum())) == (16, 44)
    assert [match.how for match in pairings_of(files)[0].pairs] == [How.SAME] * 11
    assert agrees_with_its_columns(whole) == []


@needs_corpus
def test_the_same_question_of_three_years_later_is_found() -> None:
    old, new = opened("sm-cncf-maint-2020H2.csv"), opened("sm-cncf-maint-2023H2.csv")
    (ours,), (theirs,) = new.with_role(Role.RECOMMEND), old.with_role(Role.RECOMMEND)
    partner = pair(new, old).partner(ours.id)
    assert partner is not None
    assert partner.id == theirs.id
    whole = put_together([old, new], order=[0, 1])
    (recommend,) = whole.with_role(Role.RECOMMEND)
    nps = []
    for file in (0, 1):
        counts = Sample(whole, Selection((OneOf(SOURCE, (file,)),))).counts(recommend.id)[:-1]
        nps.append(100 * (counts[-2:].sum() - counts[:6].sum()) / counts.sum())
    np.testing.assert_allclose(nps, [55.67, 49.62], atol=0.01)
    assert agrees_with_its_columns(whole) == []
