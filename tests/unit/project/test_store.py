"""What is remembered between files: confirmed roles by layout, and the files opened last. Never an answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cxdesk.project import store
from cxdesk.reading.roles import with_role
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.role import Role, Sure
from tests.builders import survey


def unsure(dataset: Dataset, id: str) -> Dataset:
    questions = tuple(replace(each, sure=Sure.CHECK) if each.id == id else each for each in dataset.questions)
    return replace(dataset, questions=questions)


def test_a_layout_that_was_confirmed_opens_with_its_roles() -> None:
    january = survey(recommend=[10, 9, 3], segment={"Region": ["a", "b", "a"], "Team": ["x", "x", "y"]})
    store.remember(with_role(january, "team", Role.IGNORE))
    february = survey(recommend=[1, 2, 3], segment={"Region": ["b", "b", "a"], "Team": ["z", "x", "y"]})
    recalled = store.recall(unsure(february, "region"))
    assert recalled is not None
    assert recalled.question("team").role is Role.IGNORE
    assert recalled.question("region").sure is Sure.SURE
    assert recalled.codes("recommend").tolist() == february.codes("recommend").tolist()


def test_another_layout_is_not_recalled() -> None:
    store.remember(survey(recommend=[10, 9, 3], segment={"Region": "aab"}))
    assert store.recall(survey(recommend=[10, 9, 3], segment={"District": "aab"})) is None


def test_a_role_that_no_longer_fits_is_left_as_it_was_read() -> None:
    store.remember(survey(recommend=[10, 9, 3], segment={"Region": "aab"}))
    words = survey(recommend=[10, 9, 3], segment={"Region": "aab"})
    kept = store._read("layouts.json")
    for layout in kept.values():
        layout["region"]["role"] = "weight"
    store._write("layouts.json", kept)
    recalled = store.recall(words)
    assert recalled is not None
    assert recalled.question("region").role is Role.SEGMENT


def test_forgotten_layouts_are_gone() -> None:
    dataset = survey(recommend=[10, 9, 3])
    store.remember(dataset)
    store.forget_layouts()
    assert store.recall(dataset) is None


def test_no_answer_is_written_down(home: Path) -> None:
    dataset = survey(
        recommend=[10, 9, 3], segment={"Region": ["Northland", "b", "a"]}, comment=["Slow tills", None, None]
    )
    store.remember(dataset)
    written = "".join(path.read_text(encoding="utf-8") for path in home.iterdir())
    assert "Slow tills" not in written
    assert "Northland" not in written
    assert "Region" not in written


@pytest.mark.parametrize("content", ["", "[]", "{", '{"files": [{"path": 1}, {"nothing": 2}]}', '{"x": {"y": 3}}'])
def test_damaged_memory_is_no_memory(home: Path, content: str) -> None:
    for name in ("layouts.json", "recent.json"):
        (home / name).write_text(content, encoding="utf-8")
    assert store.recent_files() == ()
    assert store.recall(survey(recommend=[10, 9, 3])) is None


def test_the_file_opened_last_stands_first_and_once(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv", "a.csv"):
        store.add_recent(store.RecentFile(str(tmp_path / name), name, "2025-10-01T09:14", 10))
    assert [file.name for file in store.recent_files()] == ["a.csv", "b.csv"]
    store.clear_recent()
    assert store.recent_files() == ()


def test_the_list_of_recent_files_has_an_end(tmp_path: Path) -> None:
    for number in range(30):
        store.add_recent(store.RecentFile(str(tmp_path / f"{number}.csv"), f"{number}.csv", "2025-10-01T09:14", 10))
    assert len(store.recent_files()) == 12
    assert store.recent_files()[0].name == "29.csv"


def test_a_file_that_was_moved_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "here.csv").write_text("a", encoding="utf-8")
    assert not store.RecentFile(str(tmp_path / "here.csv"), "here.csv", "2025-10-01T09:14", 1).missing
    assert store.RecentFile(str(tmp_path / "gone.csv"), "gone.csv", "2025-10-01T09:14", 1).missing
