"""Try to break the reader: ``python -m tests.badinput [FOLDER] [--mutants N] [--synthetic [NAME]]``.

FOLDER: every file in it goes through the worker process, as in the window; how each ended is counted, and where another
reader can read it too, the numbers of filled cells are compared. Without a folder, CXDESK_BADINPUT is used.
--mutants N: N broken files per container, made from small valid ones (and from those of CXDESK_BADINPUT, if it is set).
--synthetic: bombs and extremes, made here. The exit status is 0 only if nothing is wrong.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from tests.badinput.mutants import mutants
from tests.badinput.outcomes import MOST_GROWTH, READ, Outcome, files_in, run, tally
from tests.badinput.peers import Comparison, Peers, compare
from tests.badinput.seeds import SEEDS, foreign
from tests.badinput.synthetic import CASES


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.badinput", description=__doc__)
    parser.add_argument("folder", nargs="?", default=os.environ.get("CXDESK_BADINPUT"))
    parser.add_argument("--mutants", type=int, default=0, metavar="N", help="broken files per container")
    parser.add_argument("--containers", default=",".join(SEEDS), help="which containers to break")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for mutants that killed a worker or ended wrongly")
    parser.add_argument("--synthetic", nargs="?", const="", metavar="BEGINNING", help="all, or those so named")
    parser.add_argument("--workers", type=int, default=2, choices=(1, 2))
    arguments = parser.parse_args()
    if arguments.synthetic is not None:
        return try_synthetic(arguments.synthetic, arguments.workers)
    if arguments.mutants:
        return try_mutants(arguments)
    if not arguments.folder or not Path(arguments.folder).is_dir():
        parser.error("name a folder of files, or set CXDESK_BADINPUT")
    return try_folder(Path(arguments.folder), arguments.workers)


def try_folder(folder: Path, workers: int) -> int:
    """Every file of a folder, with the cells compared."""
    peers = Peers()
    found: list[Outcome] = []
    compared: list[Comparison] = []

    def seen(path: Path, outcome: Outcome) -> None:
        found.append(outcome)
        if outcome.fault:
            print(f"{path}: {outcome.fault}", flush=True)
        if outcome.grid is not None and (comparison := compare(peers, path, outcome.grid)):
            compared.append(comparison)
            if comparison.lost:
                print(f"{path}: {comparison.lost} cells lost ({comparison.ours}, {comparison.theirs})", flush=True)

    started = time.monotonic()
    try:
        run(files_in(folder), seen, workers=workers, cells=True)
    finally:
        peers.stop()
    report(found, time.monotonic() - started)
    lost = sum(bool(comparison.lost) for comparison in compared)
    alike = sum(comparison.ours == comparison.theirs for comparison in compared)
    print(f"{len(compared)} files read by two readers: {alike} the same, {lost} with cells lost")
    return 1 if lost or any(outcome.fault for outcome in found) else 0


def try_mutants(arguments: argparse.Namespace) -> int:
    """Broken files of each container, one container after the other."""
    wrong = 0
    others = os.environ.get("CXDESK_BADINPUT")
    for container in arguments.containers.split(","):
        further = foreign(Path(others), container) if others else []
        found: list[Outcome] = []
        with tempfile.TemporaryDirectory() as folder:

            def seen(path: Path, outcome: Outcome, found: list[Outcome] = found) -> None:
                found.append(outcome)
                if outcome.fault:
                    print(f"{path.name}: {outcome.fault}", flush=True)
                if arguments.keep and (outcome.fault or outcome.deaths):
                    arguments.keep.mkdir(parents=True, exist_ok=True)
                    (arguments.keep / path.name).write_bytes(path.read_bytes())
                path.unlink()

            def written(
                container: str = container, folder: str = folder, more: list[bytes] = further
            ) -> Iterator[Path]:
                for number, content in enumerate(mutants(container, arguments.mutants, arguments.seed, more)):
                    path = Path(folder) / f"{container}-{arguments.seed}-{number}.{container}"
                    path.write_bytes(content)
                    yield path

            started = time.monotonic()
            before = psutil.Process().memory_info().rss
            run(written(), seen, workers=arguments.workers)
        print(f"--- {container}: {arguments.mutants} mutants of {1 + len(further)} files")
        report(found, time.monotonic() - started)
        print(f"the window's process grew by {(psutil.Process().memory_info().rss - before) >> 20} MB", flush=True)
        wrong += sum(bool(outcome.fault) for outcome in found)
    return 1 if wrong else 0


def try_synthetic(beginning: str, workers: int) -> int:
    """Bombs and extremes; each must end as it is told to."""
    found: list[Outcome] = []
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:

        def written() -> Iterator[Path]:
            for case in (case for case in CASES if case.name.startswith(beginning)):
                yield case.write(Path(folder))

        def seen(path: Path, outcome: Outcome) -> None:
            nonlocal wrong
            found.append(outcome)
            case = next(case for case in CASES if f"{case.name}.{case.ending}" == path.name)
            fault = outcome.fault or ("" if outcome.result in case.ends else f"not one of {', '.join(case.ends)}")
            if not fault and outcome.growth > MOST_GROWTH and outcome.result != READ:
                fault = f"grew by {outcome.growth >> 20} MB"
            wrong += bool(fault)
            print(
                f"{case.name:<28} {outcome.result:<18} {outcome.seconds:5.1f} s  +{outcome.growth >> 20} MB  "
                f"{', '.join(outcome.deaths)}  {fault}",
                flush=True,
            )
            path.unlink()

        started = time.monotonic()
        run(written(), seen, workers=workers)
    report(found, time.monotonic() - started)
    return 1 if wrong else 0


def report(found: list[Outcome], seconds: float) -> None:
    """Counts per reason, deaths of workers, the slowest file and the largest growth."""
    for result, count in tally(found):
        print(f"  {result:<20} {count:>6}")
    slowest = max(found, key=lambda outcome: outcome.seconds)
    deaths = [link for outcome in found for link in outcome.deaths]
    links = ", ".join(f"{deaths.count(link)} in {link}" for link in sorted(set(deaths)))
    print(
        f"{len(found)} files in {seconds:.0f} s; {sum(bool(outcome.fault) for outcome in found)} wrong; "
        f"workers that died: {len(deaths)}{f' ({links})' if links else ''}; "
        f"slowest {slowest.seconds:.1f} s ({slowest.name}); most growth {max(o.growth for o in found) >> 20} MB"
    )


if __name__ == "__main__":
    sys.exit(main())
