"""A program that is killed while it saves leaves the old or the new report whole, whatever it was doing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cxdesk.render.excel.save import save

OLD, NEW = b"old report", b"new report" * 1000
SAVING = """
import os, sys
from cxdesk.render.excel.save import save
os.access("/start-of-saving", os.F_OK)
save(sys.argv[1], b"new report" * 1000)
os.access("/end-of-saving", os.F_OK)
"""


def run_saving(target: Path, trace: Path, *options: str) -> None:
    command = ["strace", "-qq", "-o", str(trace), *options, sys.executable, "-c", SAVING, str(target)]
    subprocess.run(
        command,
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )


def calls_while_saving(trace: Path) -> list[tuple[str, int]]:
    """Every system call between the two marks: its name, and the how many-th call of this name it is."""
    seen: dict[str, int] = {}
    found: list[tuple[str, int]] = []
    inside = False
    for line in trace.read_text("utf-8", "replace").splitlines():
        name = line.partition("(")[0]
        seen[name] = seen.get(name, 0) + 1
        inside = (inside or "/start-of-saving" in line) and "/end-of-saving" not in line
        if inside and "/start-of-saving" not in line and name in CHANGING:
            found.append((name, seen[name]))
    return found


CHANGING = {"openat", "write", "fsync", "rename", "renameat2", "unlink", "unlinkat", "close", "read", "lseek", "mkdir"}


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_killed_at_any_system_call_the_old_or_the_new_file_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    target = folder / "Report.xlsx"
    target.write_bytes(OLD)
    run_saving(target, tmp_path / "cache-filled")
    run_saving(target, tmp_path / "trace")
    points = calls_while_saving(tmp_path / "trace")
    if not points:
        pytest.skip("strace may not trace here")
    assert {name for name, _ in points} >= {"openat", "write", "fsync", "close"}
    outcomes = set()
    for name, number in points:
        target.write_bytes(OLD)
        run_saving(target, tmp_path / "killed", "-e", f"inject={name}:signal=KILL:when={number}")
        assert "killed by SIGKILL" in (tmp_path / "killed").read_text("utf-8", "replace"), (name, number)
        outcomes.add(target.read_bytes())
    assert outcomes == {OLD, NEW}
    save(str(target), NEW)
    assert [path.name for path in folder.iterdir()] == ["Report.xlsx"]
