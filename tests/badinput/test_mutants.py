"""A few broken files of every container; ``python -m tests.badinput --mutants 5000`` tries many."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.badinput.mutants import mutants
from tests.badinput.outcomes import READ, Outcome, run
from tests.badinput.seeds import SEEDS

EACH = 20


def test_no_mutant_harms_the_window(tmp_path: Path) -> None:
    def written() -> Iterator[Path]:
        for container in SEEDS:
            for number, content in enumerate(mutants(container, EACH, seed=2025)):
                path = tmp_path / f"{container}-{number}.{container}"
                path.write_bytes(content)
                yield path

    outcomes: list[Outcome] = []
    run(written(), lambda path, outcome: outcomes.append(outcome))
    assert {outcome.name: outcome.fault for outcome in outcomes if outcome.fault} == {}
    assert len(outcomes) == EACH * len(SEEDS)


def test_every_seed_is_a_survey_that_opens(tmp_path: Path) -> None:
    paths = []
    for container, make in SEEDS.items():
        path = tmp_path / f"seed.{container}"
        path.write_bytes(make())
        paths.append(path)
    outcomes = {}
    run(paths, lambda path, outcome: outcomes.update({path.suffix: (outcome.result, outcome.deaths)}))
    assert outcomes == {f".{container}": (READ, ()) for container in SEEDS}


@pytest.mark.parametrize("container", SEEDS)
def test_the_same_seed_makes_the_same_mutants_and_they_differ_from_the_original(container: str) -> None:
    first = list(mutants(container, 10, seed=7))
    assert first == list(mutants(container, 10, seed=7))
    assert sum(content != SEEDS[container]() for content in first) >= 8
