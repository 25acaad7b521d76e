"""Measures how long the built program takes, beside a bare one that was frozen in the same way.

    python packaging/measure.py [PROGRAM] [--runs 5]

PROGRAM is the installed program, or the one in ``dist``. Both are started in turn, so that whatever else the machine
does slows both. Printed are the medians from the start of the process until the first window and until the sample's
overview were on the screen, and what they are of the bare program's; the status is 1 if that is more than the product
promises.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from freeze import freeze, size
from product import COMMAND, DIST, ROOT, frozen_folder

SAMPLE = ROOT / "resources" / "samples" / "store_zh.xlsx"
PROMISED = {"first_window": 1.5, "overview": 2.0}
"""How many times as long as the bare program each step may take."""

_PATIENCE = 300


def main() -> int:
    """Measure, print a table, and judge."""
    parser = argparse.ArgumentParser(description="Measure the built program beside a bare one.")
    parser.add_argument("program", nargs="?", type=Path, default=frozen_folder(sys.platform) / COMMAND)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    program = arguments.program.resolve()
    if not program.exists():
        print(f"There is no {program}. Build first: python packaging/build.py")
        return 1
    bare = DIST / sys.platform / "bare"
    if not bare.exists():
        freeze(ROOT / "packaging" / "bare" / "bare.spec", bare)
    ours: list[dict[str, float]] = []
    theirs: list[dict[str, float]] = []
    with _screen():
        for run in range(arguments.runs + 1):
            pair = (_product(program), _bare(bare / "bare"))
            # The first start reads everything from the disk and makes caches: for both, and not again.
            if run:
                ours.append(pair[0])
                theirs.append(pair[1])
    return _judge(ours, theirs, program, bare)


def _judge(ours: list[dict[str, float]], theirs: list[dict[str, float]], program: Path, bare: Path) -> int:
    print(f"{'':14} {'CX Desk':>9} {'bare':>9} {'ratio':>6} {'goal':>6}   seconds, median of {len(ours)} starts")
    missed = False
    for step, goal in PROMISED.items():
        own, other = (statistics.median(each[step] for each in runs) for runs in (ours, theirs))
        missed = missed or own / other > goal
        note = "" if own / other <= goal else "   missed"
        print(f"{step:14} {own:9.2f} {other:9.2f} {own / other:6.2f} {goal:6.1f}{note}")
    print(f"{'MB on disk':14} {size(program.resolve().parent):9.0f} {size(bare):9.0f}")
    return 1 if missed else 0


def _product(program: Path) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(tempfile.gettempdir()) / "cxdesk-measure"
        environment = os.environ | {"CXDESK_SMOKE": folder, "CXDESK_HOME": str(home)}
        subprocess.run([str(program), str(SAMPLE)], env=environment, timeout=_PATIENCE, check=True)
        seconds: dict[str, float] = json.loads((Path(folder) / "smoke.json").read_text(encoding="utf-8"))["seconds"]
        return seconds


def _bare(program: Path) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "seconds.json"
        subprocess.run([str(program), str(SAMPLE), str(result)], timeout=_PATIENCE, check=True)
        seconds: dict[str, float] = json.loads(result.read_text(encoding="utf-8"))
        return seconds


@contextmanager
def _screen() -> Iterator[None]:
    """The person's own screen, or a virtual one where there is none."""
    if sys.platform != "linux" or os.environ.get("DISPLAY"):
        yield
        return
    from linux.clean_root import screen  # noqa: PLC0415 - on Linux only

    with screen() as display:
        os.environ["DISPLAY"] = display
        yield


if __name__ == "__main__":
    sys.exit(main())
