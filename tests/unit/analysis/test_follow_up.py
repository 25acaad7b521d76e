"""The follow-up list: who is on it, in which order, what is masked, and what became of the last one."""

from __future__ import annotations

import datetime
from dataclasses import replace

import numpy as np
import pytest

from cxdesk.analysis.follow_up import FollowUp, with_status
from cxdesk.analysis.follow_up_people import REF, masked_contact, person_of, refs_of, survey_of
from cxdesk.analysis.follow_up_values import FollowUpResult, FollowUpSpec, Kept, Status, Who
from cxdesk.blocks.figure import Figure
from cxdesk.blocks.note import Empty
from cxdesk.blocks.section import Section
from cxdesk.blocks.table import ColumnType, Table
from cxdesk.job import Unattended
from cxdesk.stats.paired import nps_paired
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.text import Translator
from tests.builders import survey

ENGLISH = Translator("en")
PHONES = ["13800001234", "13900005678", None, "13700002222", "13600003333", "13500004444"]


def shop() -> Dataset:
    return survey(
        recommend=[9, 3, 0, 6, 8, 3],
        segment={"Region": ["North", "South", "North", "South", "North", "South"]},
        date=["2025-09-01", "2025-09-02", "2025-09-03", "2025-09-04", "2025-09-05", "2025-09-06"],
        comment=["fine", "slow, call 13912345678", None, "(空)", "ok", "rude"],
        private={"Phone": PHONES, "IP address": [f"192.0.2.{n}" for n in range(6)]},
        respondent=[f"id{n}" for n in range(6)],
    )


def computed(
    dataset: Dataset, spec: FollowUpSpec = FollowUpSpec(), selection: Selection = Selection()
) -> FollowUpResult:
    return FollowUp().compute(Sample(dataset, selection), Rules(), spec, Unattended())


def section(dataset: Dataset, spec: FollowUpSpec = FollowUpSpec()) -> Section:
    return FollowUp().present(spec, computed(dataset, spec))


def table(found: Section, key: str) -> Table:
    return next(block for block in found.blocks() if isinstance(block, Table) and block.key == key)


def test_the_lowest_scores_come_first_and_the_newest_among_them() -> None:
    result = computed(shop())
    assert [(person.score, person.day) for person in result.people] == [
        (0, datetime.date(2025, 9, 3)),
        (3, datetime.date(2025, 9, 6)),
        (3, datetime.date(2025, 9, 2)),
        (6, datetime.date(2025, 9, 4)),
    ]
    assert result.found == 4


@pytest.mark.parametrize(("who", "scores"), [(Who.MIDDLE, [8]), (Who.HIGH, [9]), (Who.ALL, [0, 3, 3, 6, 8, 9])])
def test_others_are_listed_when_they_are_wanted(who: Who, scores: list[int]) -> None:
    assert [person.score for person in computed(shop(), FollowUpSpec(who=who.value)).people] == scores


def test_contacts_and_personal_items_in_comments_are_masked() -> None:
    result = computed(shop())
    assert [question.text for question in result.contacts] == ["Phone"]
    contacts = [person.contacts[0] for person in result.people]
    assert contacts == ["", "135****4444", "139****5678", "137****2222"]
    assert result.reachable == 3
    words = " ".join(person.reason for person in result.people)
    assert "13912345678" not in words
    assert "slow" in words
    assert "(空)" not in words


@pytest.mark.parametrize(
    ("contact", "shown"), [("王小明", "王**"), ("Ada Lovelace", "A**"), ("", ""), ("ada@example.com", "a***@***")]
)
def test_a_contact_keeps_just_enough_to_be_known_again(contact: str, shown: str) -> None:
    assert masked_contact(contact) == shown


def test_a_filter_narrows_the_list() -> None:
    result = computed(shop(), selection=Selection((OneOf("region", (0,)),)))
    assert [person.score for person in result.people] == [0]


def test_references_find_a_person_again_and_say_nothing_about_them() -> None:
    places = np.arange(6, dtype=np.intp)
    refs = refs_of(shop(), places)
    assert len(set(refs)) == 6
    assert all(REF.fullmatch(ref) for ref in refs)
    later = replace(shop(), source=replace(shop().source, digest="another month"))
    assert [person_of(ref) for ref in refs_of(later, places)] == [person_of(ref) for ref in refs]
    assert survey_of(later) != survey_of(shop())


def test_the_same_answers_twice_are_two_people() -> None:
    twins = survey(recommend=[3, 3, 9], comment=["slow", "slow", "fine"])
    refs = refs_of(twins, np.arange(3, dtype=np.intp))
    assert refs[1] == refs[0].replace(".", "-2.")


def test_a_status_can_be_chosen_for_each_person_on_the_page() -> None:
    found = table(section(shop()), "people")
    assert found.columns[-1].type is ColumnType.CHOICE
    first = found.rows[0].cells[-1]
    assert first.chosen == "open"
    assert [key for key, _ in first.choices] == [status.value for status in Status]


def test_a_status_set_on_the_page_is_kept_and_is_no_list_that_was_read_back() -> None:
    dataset = shop()
    ref = computed(dataset).people[1].ref
    spec = with_status(FollowUpSpec(), ref, Status.RESOLVED, 3, survey_of(dataset))
    result = computed(dataset, spec)
    assert [person.status for person in result.people] == [Status.OPEN, Status.RESOLVED, Status.OPEN, Status.OPEN]
    assert result.closing is None
    assert dict(result.worked_on) == {**dict.fromkeys(Status, 0), Status.OPEN: 3, Status.RESOLVED: 1}
    found = section(dataset, spec)
    assert ENGLISH(found.headline) == "4 unhappy customers to follow up"
    assert not [block for block in found.blocks() if getattr(block, "key", "") in {"closing", "again"}]
    (card,) = [block for block in found.blocks() if isinstance(block, Figure) and block.key == "worked_on"]
    assert (card.cell.value, [ENGLISH(text) for text in card.captions]) == (
        1,
        ["1 of 4 have a status", "1 contacted, 1 of them resolved"],
    )
    only = computed(dataset, replace(spec, show="resolved"))
    assert [person.ref for person in only.people] == [ref]


def test_whose_status_was_only_set_on_the_page_was_not_on_the_last_list() -> None:
    dataset = shop()
    people = computed(dataset).people
    spec = FollowUpSpec(people=(Kept(people[0].ref, Status.CONTACTED),), read="2025-09-11")
    spec = with_status(spec, people[1].ref, Status.RESOLVED, 3, survey_of(dataset))
    result = computed(dataset, with_status(spec, people[0].ref, Status.RESOLVED, 0, survey_of(dataset)))
    assert result.closing is not None
    assert result.closing.listed == 1
    assert dict(result.closing.by_status)[Status.RESOLVED] == 1


def test_what_is_overdue_is_counted_on_the_day_of_reading_back() -> None:
    dataset = shop()
    people = computed(dataset).people
    kept = (
        Kept(people[0].ref, Status.OPEN, due="2025-09-10"),
        Kept(people[1].ref, Status.OPEN, due="2025-09-12"),
        Kept(people[2].ref, Status.CONTACTED, due="2025-09-10"),
    )
    found = section(dataset, FollowUpSpec(people=kept, read="2025-09-11"))
    assert ENGLISH(found.headline) == "1 of 3 people on the last list were contacted, 0 are resolved."
    cells = {row.key: row.cells[1].value for row in table(found, "closing").rows}
    assert cells == {"all": 3, "open": 2, "contacted": 1, "resolved": 0, "unreachable": 0, "no_action": 0}
    result = computed(dataset, FollowUpSpec(people=kept, read="2025-09-11"))
    assert result.closing is not None
    assert result.closing.overdue == 1


def test_people_who_answered_again_are_compared_by_whether_they_were_reached() -> None:
    """40 reached: 30 detractors became promoters, 10 stayed; 20 not reached stayed what they were."""
    now = [10] * 30 + [2] * 10 + [3] * 20
    dataset = survey(recommend=now, respondent=[f"p{n}" for n in range(60)])
    refs = refs_of(dataset, np.arange(60, dtype=np.intp))
    kept = tuple(
        Kept(ref, Status.CONTACTED if number < 40 else Status.OPEN, survey="LAST", score=2)
        for number, ref in enumerate(refs)
    )
    closing = computed(dataset, FollowUpSpec(people=kept)).closing
    assert closing is not None
    assert closing.again is not None
    reached, others = closing.again
    assert (reached.people, reached.before, reached.after) == (40, -100, 50)
    wanted = nps_paired([[10, 0, 0], [0, 0, 0], [30, 0, 0]])
    assert reached.change == wanted
    assert (others.people, others.before, others.after, others.change) == (20, -100, -100, None)


def test_the_answer_that_put_somebody_on_the_list_is_not_an_answer_again() -> None:
    dataset = shop()
    people = computed(dataset).people
    kept = tuple(Kept(person.ref, Status.OPEN, survey=survey_of(dataset), score=person.score) for person in people)
    closing = computed(dataset, FollowUpSpec(people=kept)).closing
    assert closing is not None
    assert closing.again is not None
    assert [again.people for again in closing.again] == [0, 0]
    found = section(dataset, FollowUpSpec(people=kept))
    assert not [block for block in found.blocks() if getattr(block, "key", "") == "again"]
    assert ENGLISH(table(found, "closing").legend or "") == "Nobody on it has answered again so far."


def test_a_reference_does_not_depend_on_who_else_is_looked_at() -> None:
    """One answer without a number of its respondent leaves those of the others as they are."""
    dataset = survey(recommend=[3, 9, 4], comment=["slow", "fine", "rude"], respondent=["a", None, "c"])
    everybody = refs_of(dataset, np.arange(3, dtype=np.intp))
    assert refs_of(dataset, np.array([0, 2], dtype=np.intp)) == [everybody[0], everybody[2]]
    assert refs_of(dataset, np.array([1], dtype=np.intp)) == [everybody[1]]


def test_whoever_was_left_out_is_still_in_the_survey() -> None:
    dataset = shop()
    kept = tuple(Kept(person.ref, Status.OPEN) for person in computed(dataset).people)
    fewer = dataset.without(np.array([False, True, False, False, False, False]))
    assert computed(fewer, FollowUpSpec(people=kept)).unknown == 0


def test_long_lists_say_where_their_statuses_are_chosen() -> None:
    long = table(section(survey(recommend=[0] * 51)), "people")
    assert [bool(row.cells[-1].choices) for row in long.rows] == [True] * 50 + [False]
    assert "for the first 50" in ENGLISH(long.legend or "")
    assert "for the first" not in ENGLISH(table(section(survey(recommend=[0] * 50)), "people").legend or "")


def test_without_numbers_of_respondents_nobody_is_recognised() -> None:
    dataset = survey(recommend=[3, 9], comment=["slow", "fine"])
    kept = (Kept(computed(dataset).people[0].ref, Status.CONTACTED, survey="LAST", score=2),)
    closing = computed(dataset, FollowUpSpec(people=kept)).closing
    assert closing is not None
    assert closing.again is None


def test_the_sheet_of_a_report_names_nobody() -> None:
    analysis = FollowUp()
    spec = analysis.on_sheet(FollowUpSpec())
    assert spec is not None
    found = section(shop(), spec)
    assert not any(isinstance(block, Empty) or getattr(block, "key", "") == "people" for block in found.blocks())
    assert ENGLISH(found.headline) == "4 unhappy customers to follow up"


def test_without_a_score_the_page_says_what_is_missing() -> None:
    found = section(survey(segment="ab" * 20))
    (empty,) = found.blocks()
    assert isinstance(empty, Empty)
    assert empty.action == "check"
