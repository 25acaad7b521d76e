"""Every file that other people collected because it breaks readers, through the worker process as in the window."""

from pathlib import Path

import pytest

from tests.badinput.outcomes import READ, Outcome, files_in, run
from tests.badinput.peers import Peers, compare
from tests.unit.reading.containers.reading import folder_of


@pytest.mark.badinput
def test_every_bad_file_ends_in_cells_or_in_a_reason_and_no_cell_is_lost() -> None:
    peers = Peers()
    faults: dict[str, str] = {}
    results: list[str] = []
    compared: list[str] = []

    def seen(path: Path, outcome: Outcome) -> None:
        results.append(outcome.result)
        if outcome.fault:
            faults[str(path)] = outcome.fault
        if outcome.grid is not None and (comparison := compare(peers, path, outcome.grid)):
            compared.append(path.name)
            if comparison.lost:
                faults[str(path)] = f"{comparison.ours} here, {comparison.theirs} there"

    try:
        run(files_in(folder_of("CXDESK_BADINPUT")), seen, cells=True)
    finally:
        peers.stop()
    assert not faults
    assert results.count(READ) > len(results) / 2
    assert len(compared) > len(results) / 3
