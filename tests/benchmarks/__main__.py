"""Print how many times faster the product is than its peers: ``python -m tests.benchmarks [refresh|pages|opening]``.

Contenders take turns, their numbers must agree before their times count, and medians are compared within one run.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Sequence

import numpy as np

from cxdesk.survey.dataset import Dataset
from cxdesk.survey.selection import Selection
from tests.benchmarks import drivers, opening
from tests.benchmarks.refresh import FILTERS, Contender, Numbers, contenders
from tests.builders import big_survey

_MEDIANS = "milliseconds, median of"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("refresh", "pages", "opening"), default="refresh")
    parser.add_argument("--respondents", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1, help="of polars and DuckDB; the product and pandas have one")
    arguments = parser.parse_args()
    if arguments.what == "opening":
        opening.report(arguments.rounds)
        return
    data = big_survey(arguments.respondents)
    if arguments.what == "pages":
        all_pages(data, arguments.rounds, arguments.threads)
        return
    rivals = contenders(data)
    agree(rivals, Selection())
    print(f"{arguments.respondents:,} respondents; two pages after a filter change, {_MEDIANS} {arguments.rounds}")
    print(_line("", [rival.name for rival in rivals], "ratios"))
    for name, conditions in FILTERS.items():
        agree(rivals, Selection(conditions))
        times = alternate(rivals, Selection(conditions), arguments.rounds)
        print(_line(name, [f"{1000 * seconds:.1f}" for seconds in times], _ratios(times)))
    drivers.report(arguments.rounds)


def all_pages(data: Dataset, rounds: int, threads: int) -> None:
    """Every page after a filter change, against peers that count the same tables."""
    from tests.benchmarks import pages

    rivals = pages.rivals(data, threads)
    print(f"{data.respondents:,} respondents; all pages after a filter change, {_MEDIANS} {rounds}; threads: {threads}")
    print(_line("", [rival.name for rival in rivals], "ratios, and of the processor's time"))
    for name, conditions in {"everybody": (), **FILTERS}.items():
        sides = pages.sides_of(data, Selection(conditions))
        wanted = rivals[0].tables(sides)
        for rival in rivals[1:]:
            different = pages.differing(rival.tables(sides), wanted)
            if different is not None:
                raise SystemExit(f"{rival.name} and the product disagree about {different}")
        times = np.array([[pages.timed(rival, sides) for rival in rivals] for _ in range(rounds)])
        walls, processors = np.median(times, axis=0).T.tolist()
        both = f"{_ratios(walls)}; {_ratios(processors)}"
        print(_line(name, [f"{1000 * seconds:.1f}" for seconds in walls], both))


def _line(name: str, cells: Sequence[str], end: str) -> str:
    return f"{name:28}" + "".join(f"{cell:>16}" for cell in cells) + f"    {end}"


def _ratios(times: Sequence[float]) -> str:
    return ", ".join(f"{other / times[0]:.1f}x" for other in times[1:])


def alternate(rivals: tuple[Contender, ...], selection: Selection, rounds: int) -> list[float]:
    """The median seconds of each contender; they take turns so that a busy moment hits all of them."""
    times: list[list[float]] = [[] for _ in rivals]
    for _ in range(rounds):
        for rival, taken in zip(rivals, times, strict=True):
            start = time.perf_counter()
            rival.refresh(selection)
            taken.append(time.perf_counter() - start)
    return [statistics.median(taken) for taken in times]


def agree(rivals: tuple[Contender, ...], selection: Selection) -> None:
    """Stop if a contender computes other numbers than the first."""
    first, *others = rivals
    wanted = first.numbers(selection)
    for rival in others:
        _compare(rival.name, rival.numbers(selection), wanted)


def _compare(name: str, got: Numbers, wanted: Numbers) -> None:
    for key, numbers in wanted.items():
        if not np.allclose(got[key], numbers, rtol=1e-9, atol=1e-12, equal_nan=True):
            raise SystemExit(f"{name} and the product disagree about {key}")


if __name__ == "__main__":
    main()
