"""A sample of the faults with every run of the suite; ``python -m tests.faults`` injects them all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.__main__ import NOT_HERE


def test_killed_or_refused_the_old_or_the_new_file_is_whole(tmp_path: Path) -> None:
    # In a process of its own, because it forks, and forking is not for a process with windows and threads.
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", str(tmp_path), "--sample"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    if NOT_HERE in done.stdout:
        pytest.skip(NOT_HERE)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    kills = int(done.stdout.splitlines()[-1].split(" ")[0])
    assert kills >= 40
