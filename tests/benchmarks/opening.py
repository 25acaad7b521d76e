"""Opening a file: the product against the libraries that an analyst would call for the same file.

The product's time is that of `open_survey`: hashing the file twice, reading every cell as text with its receipt,
understanding what each column is, and coding all answers. The peers' times are those of one call with default
arguments; for a CSV file also the conversion of every column to categories, which is what coded answers are.
Both must see the same answers to the question of recommendation before their times count.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
import pyreadstat
import xlsxwriter

from cxdesk.job import Unattended
from cxdesk.reading.container import read_with_source
from cxdesk.reading.grid import Choices
from cxdesk.reading.understand import understand
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.role import Role

_SEGMENTS = {
    "Channel": ("Shop", "Web", "Phone"),
    "Region": ("North", "South", "East", "West", "Islands", "Abroad", "Capital", "Coast"),
    "Age group": ("under 25", "25-34", "35-44", "45-54", "55-64", "65 and over"),
    "Product": tuple(f"Product {letter}" for letter in "ABCDEFGHIJKL"),
    "Plan": tuple(f"套餐 {number}" for number in range(1, 41)),
    "Store": tuple(f"Store {number:03}" for number in range(300)),
}
_LIKELY = (0.03, 0.01, 0.02, 0.03, 0.03, 0.07, 0.07, 0.14, 0.22, 0.18, 0.2)
_USED = ("Website", "App", "Hotline", "Branch", "Chat", "Letter")
_OPENINGS = ("I think", "In my opinion", "To be honest", "My wife says", "Last week", "总的来说", "说实话")
_MIDDLES = ("the delivery", "your staff", "the app", "the price", "the invoice", "售后服务", "物流速度")
_ENDINGS = ("was great, thank you", "could be better", 'is "fine", mostly', "took too long", "很满意", "需要改进，谢谢")


@dataclass(frozen=True, slots=True)
class Trial:
    """One kind of file: how it is made, and how the peer reads it and gives its scores from 0 to 10."""

    name: str
    rows: int
    goal: float
    suffix: str
    write: Callable[[Path, int], None]
    peer: str
    read: Callable[[Path], pd.DataFrame]


def report(rounds: int) -> None:
    """Print the seconds of both and how many times faster the product is, for each kind of file."""
    print(
        f"{'':32}{'reading':>9}{'underst.':>9}{'together':>9}{'peer':>9}   ratio (goal; processors), median of {rounds}"
    )
    for trial in TRIALS:
        with TemporaryDirectory() as folder:
            path = Path(folder, f"survey{trial.suffix}")
            trial.write(path, trial.rows)
            _agree(trial, path)
            times = np.array([_round(trial, path) for _ in range(rounds)])
        reading, understanding, peer, own, theirs = (statistics.median(column) for column in times.T.tolist())
        together = statistics.median((times[:, 0] + times[:, 1]).tolist())
        print(
            f"{trial.name:32}{reading:9.2f}{understanding:9.2f}{together:9.2f}{peer:9.2f}"
            f"   {peer / together:.2f}x ({trial.goal:g}x; {theirs / own:.2f}x) {trial.peer}"
        )


def _round(trial: Trial, path: Path) -> tuple[float, float, float, float, float]:
    """Seconds for reading, for understanding, and for the peer; and those of all processors for both and the peer."""
    start, busy = time.perf_counter(), time.process_time()
    grid, source = read_with_source(str(path), Choices(), Unattended())
    read = time.perf_counter()
    understand(grid, source, Choices(), Unattended())
    understood, own = time.perf_counter(), time.process_time()
    trial.read(path)
    peer, theirs = time.perf_counter() - understood, time.process_time() - own
    return read - start, understood - read, peer, own - busy, theirs


def _agree(trial: Trial, path: Path) -> None:
    """Stop if the product and the peer count other scores."""
    grid, source = read_with_source(str(path), Choices(), Unattended())
    counted = _recommended(understand(grid, source, Choices(), Unattended()))
    frame = trial.read(path)
    column = next(name for name in frame.columns if name.casefold().startswith(("how likely", "recommend")))
    scores = pd.to_numeric(frame[column].astype("float64")).dropna().astype("int64")
    if counted != np.bincount(scores, minlength=11).tolist():
        raise SystemExit(f"{trial.peer} and the product disagree about {trial.name}")


def _recommended(data: Dataset) -> list[int]:
    question = next(question for question in data.questions if question.role is Role.RECOMMEND)
    found: list[int] = np.bincount(data.codes(question.id), minlength=12)[:11].tolist()
    return found


def _survey(rows: int) -> dict[str, list[object]]:
    """A survey of 26 columns as export tools write them; None is an empty cell."""
    chance = np.random.default_rng(26)
    table: dict[str, list[object]] = {"Response ID": [f"R_{number:08x}" for number in chance.permutation(rows)]}
    moments = np.datetime64("2024-01-01T08:00:00") + chance.integers(0, 63_000_000, rows).astype("timedelta64[s]")
    table["Submitted at"] = [text.replace("T", " ") for text in np.datetime_as_string(moments, unit="s").tolist()]
    for name, options in _SEGMENTS.items():
        table[name] = _sparse(
            chance, [options[place] for place in chance.integers(0, len(options), rows).tolist()], 0.02
        )
    table["How likely are you to recommend us?"] = _sparse(chance, chance.choice(11, rows, p=_LIKELY).tolist(), 0.03)
    for aspect in ("staff", "price", "delivery", "app", "shop", "hotline", "website", "product", "advice", "repair"):
        table[f"How satisfied are you with our {aspect}?"] = _sparse(chance, chance.integers(1, 6, rows).tolist(), 0.06)
    table["It was easy to solve my problem"] = _sparse(chance, chance.integers(1, 8, rows).tolist(), 0.05)
    words = ("Very dissatisfied", "Dissatisfied", "Neither", "Satisfied", "Very satisfied")
    table["Overall, how satisfied are you?"] = [words[place] for place in chance.integers(0, 5, rows).tolist()]
    picks = chance.integers(1, 2 ** len(_USED), rows).tolist()
    table["Which ways did you use?"] = [
        "; ".join(option for place, option in enumerate(_USED) if pick >> place & 1) for pick in picks
    ]
    table["Are you a member?"] = _sparse(chance, [("No", "Yes")[place] for place in chance.integers(0, 2, rows)], 0.1)
    table["Weight"] = (chance.integers(40, 250, rows) / 100).tolist()
    table["Why?"] = _sparse(chance, _comments(chance, rows), 0.6)
    table["Anything else?"] = _sparse(chance, _comments(chance, rows), 0.75)
    return table


def _sparse(chance: np.random.Generator, cells: list[object], missing: float) -> list[object]:
    empty = chance.random(len(cells)) < missing
    return [None if gone else cell for cell, gone in zip(cells, empty.tolist(), strict=True)]


def _comments(chance: np.random.Generator, rows: int) -> list[object]:
    parts = [
        [options[place] for place in chance.integers(0, len(options), rows).tolist()]
        for options in (_OPENINGS, _MIDDLES, _ENDINGS, _MIDDLES, _ENDINGS)
    ]
    return [
        f"{opening} {first} {verdict}; {second} {other} ({number})"
        for number, (opening, first, verdict, second, other) in enumerate(zip(*parts, strict=True))
    ]


def _write_csv(path: Path, rows: int) -> None:
    pd.DataFrame(_survey(rows), dtype=object).to_csv(path, index=False, lineterminator="\r\n")


def _write_xlsx(path: Path, rows: int) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for place, (name, cells) in enumerate(_survey(rows).items()):
            sheet.write_string(0, place, name)
            for row, cell in enumerate(cells, start=1):
                if cell is not None:
                    sheet.write(row, place, cell)


def _write_sav(path: Path, rows: int) -> None:
    chance = np.random.default_rng(40)
    texts = _survey(rows)
    frame = pd.DataFrame({"id": np.arange(1, rows + 1, dtype=np.float64)})
    labels: dict[str, str | None] = {"id": "Response ID"}
    values: dict[str, dict[int | float, str]] = {}
    for name, options in _SEGMENTS.items():
        variable = name.casefold().replace(" ", "_")
        frame[variable] = chance.integers(1, len(options) + 1, rows).astype(np.float64)
        labels[variable], values[variable] = name, {}
        values[variable].update(enumerate(options, start=1))
    frame["recommend"] = np.where(chance.random(rows) < 0.03, np.nan, chance.choice(11, rows, p=_LIKELY))
    labels["recommend"] = "How likely are you to recommend us?"
    points: dict[int | float, str] = {
        1: "Very dissatisfied",
        2: "Dissatisfied",
        3: "Neither",
        4: "Satisfied",
        5: "Very satisfied",
    }
    for number in range(1, 29):
        frame[f"q{number}"] = np.where(chance.random(rows) < 0.06, np.nan, chance.integers(1, 6, rows))
        labels[f"q{number}"], values[f"q{number}"] = f"How satisfied are you with aspect {number}?", points
    frame["weight"] = chance.integers(40, 250, rows) / 100
    frame["why"] = pd.Series([text or "" for text in texts["Why?"]])
    frame["more"] = pd.Series([text or "" for text in texts["Anything else?"]])
    frame["submitted"] = pd.to_datetime(pd.Series(texts["Submitted at"]))
    pyreadstat.write_sav(frame, path, column_labels=labels, variable_value_labels=values, row_compress=True)


def _read_csv(path: Path) -> pd.DataFrame:
    frame = pd.read_csv(path)
    return pd.DataFrame({name: frame[name].astype("category") for name in frame.columns})


def _read_xlsx(path: Path) -> pd.DataFrame:
    return pd.read_excel(path, engine="openpyxl")


def _read_sav(path: Path) -> pd.DataFrame:
    frame: pd.DataFrame = pyreadstat.read_sav(path)[0]
    return frame


TRIALS = (
    Trial("CSV, 200,000 x 26", 200_000, 1.0, ".csv", _write_csv, "read_csv and categories", _read_csv),
    Trial("XLSX, 50,000 x 26", 50_000, 5.0, ".xlsx", _write_xlsx, "read_excel, openpyxl", _read_xlsx),
    Trial("SAV, 100,000 x 40", 100_000, 1.0, ".sav", _write_sav, "pyreadstat.read_sav", _read_sav),
)
