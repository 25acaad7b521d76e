"""Opening one file and several: read in the worker process, combined as the person wants, cancelled when they want."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cxdesk.job import Cancelled, Job, Unattended
from cxdesk.project import store
from cxdesk.project.engine import Engine
from cxdesk.project.opening import Opened, open_combined, open_file
from cxdesk.project.preferences import Preferences
from cxdesk.project.process import Worker
from cxdesk.project.several import Input, Plan, Way, combine, pairings_of, read_files
from cxdesk.project.workspace import Workspace
from cxdesk.reading import open_survey
from cxdesk.reading.archive import members
from cxdesk.reading.grid import Choices
from cxdesk.reading.problem import ReadRefused
from cxdesk.reading.roles import with_role
from cxdesk.survey.base import Rules
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.role import Role
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.survey.source import SOURCE
from cxdesk.text import Text, Translator

HEADER = ["Customer", "Date", "How likely are you to recommend us?", "Region"]


class Here(Worker):
    """A worker that reads in this process, as starting one for each test would take long."""

    def read(self, path: str, choices: Choices, job: Job) -> Dataset:
        job.check()
        return open_survey(path, choices, job)


@pytest.fixture
def worker() -> Worker:
    return Here()


@pytest.fixture
def process() -> Iterator[Worker]:
    """The worker as it is: a process of its own."""
    found = Worker()
    yield found
    found.stop()


def month(folder: Path, name: str, number: int, scores: tuple[int, ...], header: list[str] = HEADER) -> Input:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = [
            [
                f"K{number}{n:03}",
                f"2025-{number:02}-{n % 27 + 1:02}",
                scores[n % len(scores)],
                ("North", "South")[n % 2],
            ]
            for n in range(60)
        ]
        csv.writer(out).writerows([header, *rows])
    return Input(str(path))


def customers(folder: Path, keys: list[str]) -> Input:
    path = folder / "customers.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = [[key, ("Gold", "Silver")[n % 2], n * 100 + 50] for n, key in enumerate(keys)]
        csv.writer(out).writerows([["ID", "Plan", "Value"], *rows])
    return Input(str(path))


def opened(worker: Worker, files: list[Input], plan: Plan, before: Workspace | None = None) -> Opened:
    return open_files(files, plan, before, worker, Unattended())


def open_files(files: list[Input], plan: Plan, before: Workspace | None, worker: Worker, job: Job) -> Opened:
    datasets = read_files(files, worker, job, remember=Preferences().remember_layouts, way=plan.way)
    return open_combined(datasets, plan, Preferences(), before, Engine(), job)


class Seen:
    """A job that keeps what it was told, and is cancelled after so many reports."""

    def __init__(self, most: int = 10_000) -> None:
        self.said: list[str] = []
        self.most = most

    def progress(self, step: Text, done: int, total: int) -> None:
        self.said.append(Translator("en")(step))

    def check(self) -> None:
        if len(self.said) >= self.most:
            raise Cancelled


def test_two_months_put_together_are_looked_at_together(worker: Worker, tmp_path: Path) -> None:
    files = [month(tmp_path, "July.csv", 7, (10, 9, 3)), month(tmp_path, "June.csv", 6, (10, 3, 0))]
    found = opened(worker, files, Plan(Way.TOGETHER, source_words="文件")).workspace
    assert found.dataset.respondents == 120
    assert found.dataset.question(SOURCE).options == ("June", "July")
    assert found.dataset.question(SOURCE).text == "文件"
    assert (found.selection, found.compare) == (Selection(), None)


def test_an_earlier_period_is_compared_with(worker: Worker, tmp_path: Path) -> None:
    files = [month(tmp_path, "July.csv", 7, (10, 9, 3)), month(tmp_path, "June.csv", 6, (10, 3, 0))]
    found = opened(worker, files, Plan(Way.EARLIER)).workspace
    assert found.selection == Selection((OneOf(SOURCE, (1,)),))
    assert found.compare == Selection((OneOf(SOURCE, (0,)),))
    told = opened(worker, files, Plan(Way.EARLIER, current=1)).workspace
    assert told.dataset.question(SOURCE).options == ("July", "June")


def test_a_page_can_show_the_pairs_between_reading_and_combining(worker: Worker, tmp_path: Path) -> None:
    files = [
        month(tmp_path, "July.csv", 7, (10, 9, 3)),
        month(tmp_path, "June.csv", 6, (10, 3, 0), [*HEADER[:3], "Land"]),
    ]
    datasets = read_files(files, worker, Unattended(), remember=False)
    (pairing,) = pairings_of(datasets)
    (land,), (region,) = pairing.only_b, pairing.only_a
    assert (land.text, region.text) == ("Land", "Region")
    fixed = pairing.with_pair(region.id, land.id)
    plan = Plan(Way.TOGETHER, pairings=(fixed,))
    found = open_combined(datasets, plan, Preferences(), None, Engine(), Unattended()).workspace
    assert len(found.dataset.questions) == 5
    assert combine(datasets, Plan(Way.TOGETHER)).dataset.key != found.dataset.key


def test_a_customer_list_is_joined(worker: Worker, tmp_path: Path) -> None:
    survey = month(tmp_path, "July.csv", 7, (10, 9, 3))
    table = customers(tmp_path, [f"K7{n:03}" for n in range(50)])
    found = opened(worker, [survey, table], Plan(Way.JOIN)).workspace.dataset
    plan = next(question for question in found.questions if question.text == "Plan")
    assert found.respondents == 60
    assert int((found.codes(plan.id) < plan.size).sum()) == 50


def test_tables_without_a_common_column_are_refused_in_words(worker: Worker, tmp_path: Path) -> None:
    survey = month(tmp_path, "July.csv", 7, (10, 9, 3))
    table = customers(tmp_path, [f"X{n:03}" for n in range(50)])
    with pytest.raises(ReadRefused, match="no_key") as refused:
        opened(worker, [survey, table], Plan(Way.JOIN))
    assert str(refused.value.remedy).startswith("Both files need a column")
    datasets = read_files([survey, table], worker, Unattended(), remember=False, way=Way.JOIN)
    keys = (datasets[0].questions[0].id, datasets[1].questions[0].id)
    with pytest.raises(ReadRefused, match="no_match"):
        combine(datasets, Plan(Way.JOIN, key=keys[0], table_key=keys[1]))


def test_the_same_file_twice_is_refused(worker: Worker, tmp_path: Path) -> None:
    file = month(tmp_path, "July.csv", 7, (10, 9, 3))
    with pytest.raises(ReadRefused, match="same_file"):
        opened(worker, [file, file], Plan(Way.TOGETHER))


def test_progress_says_which_file_and_cancelling_works(process: Worker, tmp_path: Path) -> None:
    files = [month(tmp_path, "July.csv", 7, (10, 9, 3)), month(tmp_path, "June.csv", 6, (10, 3, 0))]
    job = Seen()
    open_files(files, Plan(Way.TOGETHER), None, process, job)
    assert "Putting the files together" in job.said
    assert all(said.startswith("File ") for said in job.said[: job.said.index("Putting the files together")])
    with pytest.raises(Cancelled):
        open_files(files, Plan(Way.TOGETHER), None, process, Seen(most=1))


def test_confirmed_roles_hold_for_each_file_and_for_the_whole(worker: Worker, tmp_path: Path) -> None:
    files = [month(tmp_path, "July.csv", 7, (10, 9, 3)), month(tmp_path, "June.csv", 6, (10, 3, 0))]
    july = read_files(files[:1], worker, Unattended(), remember=False)[0]
    store.remember(with_role(july, "q4", Role.IGNORE))
    found = opened(worker, files, Plan(Way.TOGETHER))
    assert found.workspace.dataset.question("q4").role is Role.IGNORE
    store.remember(with_role(found.workspace.dataset, "q4", Role.SEGMENT))
    again = opened(worker, files, Plan(Way.TOGETHER))
    assert again.remembered
    assert again.workspace.dataset.question("q4").role is Role.SEGMENT


def test_reading_again_keeps_what_was_chosen(worker: Worker, tmp_path: Path) -> None:
    files = [month(tmp_path, "July.csv", 7, (10, 9, 3)), month(tmp_path, "June.csv", 6, (10, 3, 0))]
    first = opened(worker, files, Plan(Way.EARLIER)).workspace
    chosen = Workspace(first.dataset, Selection((OneOf("q4", (0,)),)), Rules(confidence=0.9), compare=first.compare)
    again = opened(worker, files, Plan(Way.EARLIER), chosen).workspace
    assert (again.selection, again.compare, again.rules.confidence) == (chosen.selection, first.compare, 0.9)


def test_what_changed_since_the_layout_was_confirmed_is_said(worker: Worker, tmp_path: Path) -> None:
    def one(file: Input) -> Opened:
        return open_file(file.path, file.choices, Preferences(), None, worker, Engine(), Unattended())

    store.remember(one(month(tmp_path, "July.csv", 7, (10, 9, 3))).workspace.dataset)
    same = one(month(tmp_path, "August.csv", 8, (10, 9, 3)))
    assert (same.remembered, same.changes) == (True, None)
    edited = one(
        month(tmp_path, "September.csv", 9, (10, 9), ["Customer", "Date", "Would you recommend us?", "Region"])
    )
    assert edited.remembered
    assert str(edited.changes) == "Since last time: 1 column new, 1 column gone"


def test_one_member_of_an_archive_is_read(worker: Worker, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "months.zip", "w") as archive:
        for name, number in (("June.csv", 6), ("July.csv", 7)):
            archive.write(month(tmp_path, name, number, (9, 3)).path, f"data/{name}")
    path = str(tmp_path / "months.zip")
    assert members(path, Unattended()) == ("data/June.csv", "data/July.csv")
    with pytest.raises(ReadRefused, match="several_files"):
        read_files([Input(path)], worker, Unattended(), remember=False)
    both = [Input(path, Choices(member=name)) for name in members(path, Unattended())]
    files = read_files(both, worker, Unattended(), remember=False)
    assert [file.respondents for file in files] == [60, 60]
    assert combine(files, Plan(Way.TOGETHER)).dataset.question(SOURCE).options == ("June", "July")


def test_of_the_three_files_of_wenjuan_the_texts_are_read(worker: Worker, tmp_path: Path) -> None:
    texts = month(tmp_path, "texts.csv", 6, (9, 3))
    with zipfile.ZipFile(tmp_path / "wenjuan.zip", "w") as archive:
        archive.writestr("All_Data_Original.csv", "Q1\n1\n2\n")
        archive.write(texts.path, "All_Data_Readable.csv")
        archive.writestr("code.csv", "Q1,1\n")
    (found,) = read_files([Input(str(tmp_path / "wenjuan.zip"))], worker, Unattended(), remember=False)
    assert found.respondents == 60
