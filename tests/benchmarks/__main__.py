"""Print how many times faster the product is than its peers: ``python -m tests.benchmarks [pages|opening]``.

Contenders take turns, their numbers must agree before their times count, and medians are compared within one run.
"""

from __future__ import annotations

import argparse
import statistics
import time

import numpy as np

from cxdesk.survey.selection import Selection
from tests.benchmarks import drivers, opening
from tests.benchmarks.refresh import FILTERS, Contender, Numbers, contenders
from tests.builders import big_survey


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("pages", "opening"), default="pages")
    parser.add_argument("--respondents", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    if arguments.what == "opening":
        opening.report(arguments.rounds)
        return
    rivals = contenders(big_survey(arguments.respondents))
    agree(rivals, Selection())
    print(f"{arguments.respondents:,} respondents; one filter change, milliseconds, median of {arguments.rounds}")
    print(f"{'':28}" + "".join(f"{rival.name:>16}" for rival in rivals) + "    ratios")
    for name, conditions in FILTERS.items():
        agree(rivals, Selection(conditions))
        times = alternate(rivals, Selection(conditions), arguments.rounds)
        ratios = ", ".join(f"{other / times[0]:.0f}x" for other in times[1:])
        print(f"{name:28}" + "".join(f"{1000 * seconds:16.1f}" for seconds in times) + f"    {ratios}")
    drivers.report(arguments.rounds)


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
