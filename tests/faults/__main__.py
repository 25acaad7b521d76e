"""Prints how many faults each way of saving met, and what they left: ``python -m tests.faults [FOLDER] [--sample]``."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.faults.injecting import Outcome, at_hand, kills, refusals
from tests.faults.scenes import NEW, SCENES

NOT_HERE = "strace is not at hand, or may not look into processes here: no fault was injected"
SAMPLE = ("fsync", "rename", "write")


def main(arguments: list[str]) -> int:
    """Inject the faults; the exit status is 1 if one of them broke a file, 2 if there was nothing to inject with."""
    if not at_hand():
        print(NOT_HERE)
        return 2
    sample = "--sample" in arguments
    folders = [word for word in arguments if not word.startswith("-")]
    with tempfile.TemporaryDirectory(dir=folders[0] if folders else None) as folder:
        place = Path(folder)
        killed = list(kills(place, calls=SAMPLE) if sample else kills(place))
        refused = list(refusals(place, SCENES[1:2], ("ENOSPC",)) if sample else refusals(place))
    _print("killed", killed)
    _print("refused by the disk", refused)
    bad = [outcome for outcome in killed + refused if not outcome.good]
    for outcome in bad:
        print("BROKEN:", outcome)
    print(f"{len(killed)} kills, {len(refused)} refusals, {len(bad)} broken files or halves left behind")
    return 1 if bad else 0


def _print(what: str, outcomes: list[Outcome]) -> None:
    print(f"{what:24}{'points':>8}{'new file':>10}{'old file':>10}{'broken':>8}")
    for scene in SCENES:
        mine = [outcome for outcome in outcomes if outcome.point.scene == scene.name]
        found = Counter("broken" if not each.good else "new" if each.found == NEW else "old" for each in mine)
        print(f"  {scene.name:22}{len(mine):>8}{found['new']:>10}{found['old']:>10}{found['broken']:>8}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
