"""What is remembered between files: roles for a layout, recent files; never an answer."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from cxdesk.project import store
from cxdesk.project.folders import settings_folder
from cxdesk.project.store import RecentFile
from cxdesk.reading.roles import with_role
from cxdesk.reading.together import put_together
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.role import Role, Sure
from cxdesk.survey.scale import Direction, Scale
from tests.builders import survey

CANARIES = ("张三丰", "13912345678", "zhang@example.org", "Quetzalcoatlus", "shop 4711")


def shops(*, start: int = 0, region: str = "Region") -> Dataset:
    return survey(
        recommend=[10, 9, 3, 8, 7] * 8,
        effort=[1, 2, 3, 4, 7] * 8,
        rating={"Speed": [5, 4, 3, 2, 1] * 8},
        segment={region: ["North", "South"] * 20, "Shop": ["shop 4711", "b"] * 20},
        date=["2025-07-01", "2025-08-02"] * 20,
        comment=[f"Quetzalcoatlus {n + start}" for n in range(40)],
        private={"Name": ["张三丰"] * 40, "Phone": ["13912345678"] * 40, "Mail": ["zhang@example.org"] * 40},
    )


def files() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in settings_folder().rglob("*") if path.is_file()}


def test_a_new_layout_is_not_remembered() -> None:
    assert store.recall(shops()) is None


def test_confirmed_roles_and_scales_come_back_for_other_answers() -> None:
    easy_is_low = Scale(1, 7, direction=Direction.LOW_IS_GOOD)
    confirmed = with_role(with_role(shops(), "effort", Role.EFFORT, easy_is_low), "shop", Role.IGNORE)
    store.remember(confirmed)
    recalled = store.recall(shops(start=1000))
    assert recalled is not None
    assert recalled.changes is None
    assert [(q.id, q.role, q.scale) for q in recalled.dataset.questions] == [
        (q.id, q.role, q.scale) for q in confirmed.questions
    ]
    assert {question.sure for question in recalled.dataset.questions} == {Sure.SURE}
    np.testing.assert_array_equal(recalled.dataset.codes("effort"), confirmed.codes("effort"))


def test_scores_that_stand_for_words_of_a_code_book_come_back() -> None:
    words = Scale(1, 5, codes=(("5", 1), ("4", 2), ("3", 3), ("2", 4), ("1", 5)), no_answer=("99",))
    store.remember(with_role(shops(), "speed", Role.RATING, words))
    recalled = store.recall(shops())
    assert recalled is not None
    assert recalled.dataset.question("speed").scale == words


def test_the_order_of_day_and_month_comes_back() -> None:
    doubtful = [f"0{n % 9 + 1}/0{n % 8 + 1}/2025" for n in range(40)]
    plain = survey(recommend=[10, 9, 3, 8, 7] * 8, comment={"When": doubtful})
    confirmed = with_role(plain, "when", Role.DATE, day_first=False)
    store.remember(confirmed)
    recalled = store.recall(with_role(plain, "when", Role.DATE, day_first=True))
    assert recalled is not None
    assert recalled.dataset.question("when").day_first is False
    np.testing.assert_array_equal(recalled.dataset.answers["when"].numbers, confirmed.answers["when"].numbers)


def changed(**asked: object) -> tuple[Dataset, str] | None:
    """What comes back for a survey with other columns: the survey and what is said about it."""
    recalled = store.recall(survey(**asked))  # type: ignore[arg-type]
    return None if recalled is None else (recalled.dataset, str(recalled.changes))


def test_a_layout_is_identified_by_its_headers() -> None:
    assert store.fingerprint(shops()) == store.fingerprint(shops(start=5))
    assert store.fingerprint(shops()) != store.fingerprint(shops(region="Area"))


def test_roles_come_back_for_a_layout_that_was_edited_a_little() -> None:
    easy_is_low = Scale(1, 7, direction=Direction.LOW_IS_GOOD)
    store.remember(with_role(with_role(shops(), "effort", Role.EFFORT, easy_is_low), "shop", Role.IGNORE))
    found = store.recall(shops(region="Area"))
    assert found is not None
    assert found.dataset.question("shop").role is Role.IGNORE
    assert found.dataset.question("effort").scale == easy_is_low
    assert found.dataset.question("area").role is Role.SEGMENT
    assert str(found.changes) == "Since last time: 1 column new, 1 column gone"


def test_what_changed_is_said_in_one_line() -> None:
    months = {"How satisfied are you with the delivery?": [1, 5] * 20, "And with the price?": [2, 4] * 20}
    store.remember(survey(recommend=[9, 3] * 20, rating=months, segment={"Region": "ab" * 20, "Team": "xy" * 20}))
    found = changed(
        rating={
            "And with the price?": [1, 5] * 20,
            "How satisfied are you with our delivery?": [1, 5] * 20,
        },
        recommend=[9, 3] * 20,
        segment={"Region": "ab" * 20, "Team": "xy" * 20, "Plan": "ab" * 20, "Age": "cd" * 20},
    )
    assert found is not None
    assert found[1] == "Since last time: 2 columns new, 1 renamed, order changed"
    renamed = next(question for question in found[0].questions if "our delivery" in question.text)
    assert renamed.sure is Sure.SURE


def test_another_survey_is_not_taken_for_a_layout() -> None:
    store.remember(shops())
    assert changed(recommend=[9, 3], segment={"Plan": "ab", "Age": "cd", "Team": "xy"}, comment=["a", "b"]) is None
    assert changed(recommend=[9, 3]) is None


def test_the_nearest_of_several_layouts_is_taken() -> None:
    columns = {"Region": "ab" * 20, "Team": "xy" * 20, "Plan": "ab" * 20}
    store.remember(with_role(survey(segment={**columns, "Age": "cd" * 20}), "team", Role.IGNORE))
    store.remember(survey(segment={**columns, "Shop": "cd" * 20, "Size": "cd" * 20}))
    found = changed(segment={**columns, "Age": "cd" * 20, "Kind": "cd" * 20})
    assert found is not None
    assert found[0].question("team").role is Role.IGNORE


def test_a_question_that_is_now_asked_up_to_ten_keeps_its_new_scale() -> None:
    store.remember(shops())
    ten = survey(
        recommend=[10, 9, 3, 8, 7] * 8,
        effort=[1, 2, 3, 4, 7] * 8,
        rating={"Speed": [10, 9, 8, 7, 6] * 8},
        rating_scale=Scale(0, 10),
        segment={"Region": ["North", "South"] * 20, "Shop": ["a", "b"] * 20},
    )
    found = store.recall(ten)
    assert found is not None
    assert found.dataset.question("speed").scale == Scale(0, 10)


def test_layouts_of_the_first_version_are_still_known() -> None:
    store.remember(with_role(shops(), "shop", Role.IGNORE))
    layouts = json.loads((settings_folder() / "layouts.json").read_text(encoding="utf-8"))
    old = {
        key: {
            name: {"role": kept["role"], "scale": kept["scale"], "day_first": kept["day_first"]}
            for name, kept in one.items()
        }
        for key, one in layouts.items()
    }
    (settings_folder() / "layouts.json").write_text(json.dumps(old), encoding="utf-8")
    found = store.recall(shops(start=7))
    assert found is not None
    assert found.changes is None
    assert found.dataset.question("shop").role is Role.IGNORE
    assert store.recall(shops(region="Area")) is None


def test_the_column_of_files_is_no_part_of_a_layout() -> None:
    one, other = shops(), shops(start=100)
    in_english, in_german = (put_together([one, other], source_words=words) for words in ("File", "Datei"))
    assert store.fingerprint(in_english) == store.fingerprint(in_german)
    store.remember(with_role(in_english, "shop", Role.IGNORE))
    found = store.recall(one)
    assert found is not None
    assert found.dataset.question("shop").role is Role.IGNORE


def test_a_role_that_the_new_answers_cannot_play_is_left_out() -> None:
    store.remember(with_role(shops(), "shop", Role.IGNORE))
    layouts = json.loads((settings_folder() / "layouts.json").read_text(encoding="utf-8"))
    (layout,) = layouts.values()
    layout["comment"]["role"] = "recommend"
    layout["speed"] = {"role": "no such role"}
    layout["effort"]["scale"] = {"lowest": 3, "highest": 3}
    layout["region"] = "segment"
    (settings_folder() / "layouts.json").write_text(json.dumps(layouts), encoding="utf-8")
    recalled = store.recall(shops())
    assert recalled is not None
    assert [recalled.dataset.question(name).role for name in ("comment", "speed", "effort", "region", "shop")] == [
        Role.COMMENT,
        Role.RATING,
        Role.EFFORT,
        Role.SEGMENT,
        Role.IGNORE,
    ]


def test_what_was_confirmed_last_counts_and_can_be_forgotten() -> None:
    store.remember(with_role(shops(), "shop", Role.IGNORE))
    store.remember(shops())
    recalled = store.recall(shops())
    assert recalled is not None
    assert recalled.dataset.question("shop").role is Role.SEGMENT
    store.forget_layouts()
    assert store.recall(shops()) is None


def test_the_oldest_layouts_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    assert store._MOST_LAYOUTS >= 200
    monkeypatch.setattr(store, "_MOST_LAYOUTS", 20)
    first = survey(recommend=[10], segment={"Column 0": ["a"]})
    store.remember(first)
    for number in range(1, 20):
        store.remember(survey(recommend=[10], segment={f"Column {number}": ["a"]}))
    assert store.recall(first) is not None
    store.remember(survey(recommend=[10], segment={"Column 20": ["a"]}))
    assert store.recall(first) is None


def test_recent_files_are_listed_newest_first_and_once() -> None:
    for number in range(15):
        store.add_recent(RecentFile(f"/surveys/{number}.csv", f"{number}.csv", "2025-10-05T09:14", number))
    store.add_recent(RecentFile("/surveys/9.csv", "9.csv", "2025-10-06T10:00", 99, "+31"))
    found = store.recent_files()
    assert [file.name for file in found][:3] == ["9.csv", "14.csv", "13.csv"]
    assert len(found) == 12
    assert (found[0].rows, found[0].score) == (99, "+31")
    store.clear_recent()
    assert store.recent_files() == ()


@pytest.mark.parametrize("name", ["gone.csv", "bad\0name.csv", "x" * 5000])
def test_a_file_that_is_gone_is_missing(name: str, tmp_path: Path) -> None:
    assert RecentFile(str(tmp_path / name), name, "", 1).missing
    there = tmp_path / "there 😀.csv"
    there.write_text("", encoding="utf-8")
    assert not RecentFile(str(there), there.name, "", 1).missing


def test_a_name_that_is_no_text_does_not_stop_anything() -> None:
    file = RecentFile("/surveys/\udcff.csv", "\udcff.csv", "2025-10-05T09:14", 3)
    store.add_recent(file)
    assert store.recent_files() == (file,)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"files": 5}',
        '{"files": [5, null, {"path": 1, "name": "a", "opened": "", "rows": 1}, {"path": "a"}]}',
        '{"files": [{"path": "a", "name": "a", "opened": "", "rows": "many"}]}',
        '{"a": [',
        "[" * 20_000,
    ],
)
def test_damaged_files_count_as_empty(content: str) -> None:
    for name in ("recent.json", "layouts.json"):
        (settings_folder() / name).write_text(content, encoding="utf-8")
    assert store.recent_files() == ()
    assert store.recall(shops()) is None
    store.add_recent(RecentFile("/a.csv", "a.csv", "", 1))
    store.remember(shops())
    assert len(store.recent_files()) == 1
    assert store.recall(shops()) is not None


def test_a_folder_that_cannot_be_written_is_no_interruption(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    blocked = home / "a file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("CXDESK_HOME", str(blocked / "inside"))
    store.remember(shops())
    store.add_recent(RecentFile("/a.csv", "a.csv", "", 1))
    assert store.recent_files() == ()


def test_no_answer_ever_reaches_the_files() -> None:
    dataset = shops()
    for name in ("name", "comment"):
        dataset = with_role(dataset, name, Role.PRIVATE)
    store.remember(dataset)
    store.remember(with_role(dataset, "name", Role.COMMENT))
    store.add_recent(RecentFile(dataset.source.path, dataset.source.name, "2025-10-05T09:14", 40, "+31"))
    written = files()
    assert set(written) == {"layouts.json", "recent.json"}
    kept = json.dumps({name: json.loads(text) for name, text in written.items()}, ensure_ascii=False)
    assert [canary for canary in CANARIES if canary in kept] == []


def test_a_survey_is_not_changed_by_being_recalled() -> None:
    store.remember(with_role(shops(), "shop", Role.IGNORE))
    dataset = shops()
    before = dataset.questions
    store.recall(dataset)
    assert dataset.questions == before
    assert dataset.question("shop").role is Role.SEGMENT
