"""Check promises that only many surveys can check: ``python -m tests.simulations`` prints a table.

The exit status is 1 if one fails. Seeded, so the same code prints the same numbers; about four minutes.
"""

from __future__ import annotations

import sys
import time

from tests.simulations import disclosure, exact, overview, parts, weighted, words


def main() -> int:
    failed = False
    checks = (
        exact.coverage,
        exact.alarms,
        exact.claims,
        weighted.coverage,
        parts.sums,
        overview.claims,
        overview.links,
        disclosure.recovered,
        words.words_by_chance,
    )
    for check in checks:
        started = time.monotonic()
        for verdict in check():
            failed |= not verdict.passed
            word = "ok" if verdict.passed else "FAILED"
            print(f"{verdict.name:58} {verdict.value:10.4g}   {verdict.wanted:20} {word}", flush=True)
        print(f"{'':58} {time.monotonic() - started:9.0f} s", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
