"""Every check, in the order in which they are quickest to fail: ``python -m tests`` needs no screen and no network.

Extra arguments go to pytest. The exit status is 0 only if everything is green.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CODE = ("cxdesk", "tests", "packaging", "main.py")


def main() -> int:
    environment = os.environ | {"PYTHONUTF8": "1"}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    python = (sys.executable, "-m")
    linter = Path(sys.executable).with_name("lint-imports")
    steps: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("style", (*python, "ruff", "check", *CODE)),
        ("format", (*python, "ruff", "format", "--check", *CODE)),
        ("types", (*python, "mypy")),
        ("contracts", (str(linter),)),
        ("tests", (*python, "pytest", "-n", "2", "--dist", "loadfile", *sys.argv[1:])),
    )
    results = []
    for name, command in steps:
        print(f"--- {name}: {' '.join(command[1:])}", flush=True)
        started = time.monotonic()
        status = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        results.append((name, status, time.monotonic() - started))
    print("---")
    for name, status, seconds in results:
        print(f"{name:<10} {'passed' if status == 0 else 'FAILED'}  {seconds:.0f} s")
    return 0 if all(status == 0 for _, status, _ in results) else 1


if __name__ == "__main__":
    sys.exit(main())
