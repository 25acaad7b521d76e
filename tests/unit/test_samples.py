"""The examples that come with the program: made by the script in the repository, understood without a question."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from cxdesk.job import Unattended
from cxdesk.reading import open_survey
from cxdesk.reading.grid import Choices
from cxdesk.resources import resource
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.role import Kind, Role, Sure

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ("store_zh.xlsx", "support_en.csv", "event_small.xlsx")
SHOWN_AS_REGION = {"华东": 906, "华北": 812, "华南": 640, "华西": 402, "东北": 62, "机场店": 24}


@pytest.fixture(scope="module")
def opened() -> dict[str, Dataset]:
    return {name: open_survey(str(resource("samples", name)), Choices(), Unattended()) for name in SAMPLES}


def rows(path: Path) -> list[tuple[object, ...]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return [tuple(row) for row in csv.reader(stream)]
    book = openpyxl.load_workbook(path, read_only=True)
    try:
        return list(book.worksheets[0].iter_rows(values_only=True))
    finally:
        book.close()


def test_the_script_makes_the_files_that_are_shipped(tmp_path: Path) -> None:
    script = f"""
import pathlib, sys
sys.path.insert(0, {str(ROOT / "packaging" / "samples")!r})
import make_samples
make_samples.TARGET = pathlib.Path({str(tmp_path)!r})
make_samples.main()
"""
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, timeout=120)
    for name in SAMPLES:
        assert rows(tmp_path / name) == rows(resource("samples", name)), name


@pytest.mark.parametrize(
    ("name", "platform", "people", "columns"),
    [
        ("store_zh.xlsx", "wenjuanxing", 2846, 23),
        ("support_en.csv", "surveymonkey", 640, 19),
        ("event_small.xlsx", "google_forms", 48, 10),
    ],
)
def test_an_example_is_understood_without_a_question(
    opened: dict[str, Dataset], name: str, platform: str, people: int, columns: int
) -> None:
    dataset = opened[name]
    assert (dataset.receipt.platform, dataset.respondents, len(dataset.columns)) == (platform, people, columns)
    assert [question.text for question in dataset.questions if question.sure is not Sure.SURE] == []
    roles = {question.role for question in dataset.questions}
    assert {Role.RECOMMEND, Role.SATISFACTION, Role.SEGMENT, Role.COMMENT, Role.DATE} <= roles


def net(dataset: Dataset, rows: np.ndarray) -> float:
    (question,) = dataset.with_role(Role.RECOMMEND)
    codes = dataset.codes(question.id)[rows]
    answered = codes[codes < question.size]
    return 100 * float(np.mean(answered >= 9) - np.mean(answered <= 6))


def test_the_store_survey_has_something_to_find(opened: dict[str, Dataset]) -> None:
    store = opened["store_zh.xlsx"]
    region = next(question for question in store.with_role(Role.SEGMENT) if "大区" in question.text)
    codes = store.codes(region.id)
    sizes = {option: int(np.sum(codes == place)) for place, option in enumerate(region.options)}
    assert sizes == SHOWN_AS_REGION
    west = codes == region.options.index("华西")
    assert -28 < net(store, west) - net(store, ~west) < -16
    (date,) = store.with_role(Role.DATE)
    days = store.answers[date.id].numbers
    assert days is not None
    september = days >= np.datetime64("2025-09-01").astype(int)
    assert net(store, september) - net(store, ~september) > 8


def test_the_west_is_behind_mostly_for_its_waiting_time(opened: dict[str, Dataset]) -> None:
    store = opened["store_zh.xlsx"]
    region = next(question for question in store.with_role(Role.SEGMENT) if "大区" in question.text)
    west = store.codes(region.id) == region.options.index("华西")
    gaps = {}
    for topic in store.with_role(Role.RATING):
        codes = store.codes(topic.id)
        top = [float(np.mean(codes[group & (codes < 5)] >= 3)) for group in (west, ~west)]
        gaps[topic.text] = top[0] - top[1]
    assert len(gaps) == 7
    assert min(gaps, key=lambda topic: gaps[topic]) == "等待时间"
    assert gaps["等待时间"] < -0.15


def test_multiple_answers_keep_their_options_whole(opened: dict[str, Dataset]) -> None:
    for name, least in (("store_zh.xlsx", 5), ("support_en.csv", 4)):
        (question,) = (found for found in opened[name].questions if found.kind is Kind.MULTIPLE)
        assert len(question.options) >= least
        assert not any("┋" in option for option in question.options)


def test_the_small_example_is_the_one_that_the_help_explains(opened: dict[str, Dataset]) -> None:
    event = opened["event_small.xlsx"]
    (question,) = event.with_role(Role.RECOMMEND)
    counts = np.bincount(event.codes(question.id), minlength=12)
    assert counts.tolist() == [1, 0, 1, 1, 1, 3, 4, 7, 10, 8, 12, 0]


def test_personal_columns_are_private_and_plainly_invented(opened: dict[str, Dataset]) -> None:
    for name, headers in (("store_zh.xlsx", ("来自IP", "手机")), ("support_en.csv", ("IP Address", "Email"))):
        for header in headers:
            (question,) = (found for found in opened[name].questions if header in found.text)
            assert question.role is Role.PRIVATE
            assert question.examples in {(), ("",)} or not any(question.examples)
            texts = set(opened[name].columns[question.columns[0]].texts())
            reserved = ("192.0.2.", "198.51.100.", "@example.com", "0000", "(空)")
            assert all(any(mark in text for mark in reserved) for text in texts if text)
