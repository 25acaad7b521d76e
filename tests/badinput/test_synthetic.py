"""Bombs and extremes that are made within a moment; ``python -m tests.badinput --synthetic`` runs all of them."""

from pathlib import Path

import pytest

from tests.badinput.outcomes import MOST_GROWTH, READ, Outcome, run
from tests.badinput.synthetic import CASES, Case


def test_every_bomb_is_refused_in_time_and_costs_the_window_nothing(tmp_path: Path) -> None:
    cheap = {f"{case.name}.{case.ending}": case for case in CASES if case.cheap}
    assert len(cheap) > 50
    wrong: dict[str, str] = {}
    seen: list[str] = []

    def look(path: Path, outcome: Outcome) -> None:
        seen.append(path.name)
        case = cheap[path.name]
        if outcome.fault or outcome.result not in case.ends:
            wrong[path.name] = outcome.fault or f"{outcome.result}, not {' or '.join(case.ends)}"
        elif outcome.growth > MOST_GROWTH and outcome.result != READ:
            wrong[path.name] = f"grew by {outcome.growth >> 20} MB"
        path.unlink()

    run((case.write(tmp_path) for case in cheap.values()), look)
    assert not wrong
    assert sorted(seen) == sorted(cheap)


def test_names_of_cases_are_unique() -> None:
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.name.startswith(("laughs", "zip-that"))], ids=lambda case: case.name
)
def test_cases_are_the_same_every_time(case: Case) -> None:
    assert case.make() == case.make()
