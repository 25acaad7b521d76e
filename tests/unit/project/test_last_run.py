"""A window that did not end as it should is noticed: at the next start, and by the worker process at once."""

from __future__ import annotations

import faulthandler
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cxdesk.project.last_run import begin_run, take_abnormal_end

ROOT = Path(__file__).resolve().parents[3]

DIES = """
import os, signal, sys
from cxdesk.project.last_run import begin_run
begin_run(os.getpid())
print(os.getpid(), flush=True)
sys.stdin.readline()
os.kill(os.getpid(), getattr(signal, sys.argv[1]))
"""

CRASHES = """
import os, signal, sys, time
from cxdesk.job import Unattended
from cxdesk.project.last_run import begin_run
from cxdesk.project.process import Worker

if __name__ == "__main__":
    sys.argv[0] = sys.argv[1]
    begin_run(os.getpid())
    worker = Worker()
    worker.start()
    worker.call("cxdesk.project.clock:now", (), Unattended()) if False else None
    while not worker._ready:
        try:
            worker.call("cxdesk.project.restart:nothing", (), Unattended())
        except Exception:
            pass
    os.kill(os.getpid(), signal.SIGSEGV)
"""


@pytest.fixture(autouse=True)
def _own_faulthandler() -> Iterator[None]:
    was_on = faulthandler.is_enabled()
    yield
    if was_on:
        faulthandler.enable()


def died(how: str) -> int:
    process = subprocess.Popen(
        [sys.executable, "-c", DIES, how], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    number, _ = process.communicate("\n", timeout=60)
    assert process.returncode != 0
    return int(number)


def test_a_run_that_ends_as_it_should_leaves_nothing(home: Path) -> None:
    end = begin_run(os.getpid())
    assert [path.name for path in (home / "runs").iterdir()] == [f"{os.getpid()}.run"]
    assert take_abnormal_end() is None  # it runs
    end()
    assert list((home / "runs").iterdir()) == []
    assert take_abnormal_end() is None


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no signals")
@pytest.mark.parametrize(("how", "crashed"), [("SIGSEGV", True), ("SIGABRT", True), ("SIGKILL", False)])
def test_an_end_that_was_none_is_told_once(home: Path, how: str, crashed: bool) -> None:
    died(how)
    found = take_abnormal_end()
    assert found is not None
    assert found.crashed is crashed
    assert ("<string>:7 <module>" in found.details) is crashed
    assert "/" not in found.details
    assert take_abnormal_end() is None


def test_details_hold_places_and_no_paths(home: Path) -> None:
    (home / "runs").mkdir()
    (home / "runs" / "999999999.run").write_text(
        "Fatal Python error: Segmentation fault\n\nCurrent thread 0x0001 (most recent call first):\n"
        '  File "/home/somebody/cxdesk/ui/main_window.py", line 12 in show_page\n',
        encoding="utf-8",
    )
    found = take_abnormal_end()
    assert found is not None
    assert "Segmentation fault" in found.details
    assert "main_window:12 show_page" in found.details
    assert "somebody" not in found.details


def test_the_end_of_one_process_can_be_asked_for(home: Path) -> None:
    (home / "runs").mkdir()
    for number in (999999998, 999999999):
        (home / "runs" / f"{number}.run").write_text(f"Fatal Python error: {number}", encoding="utf-8")
    found = take_abnormal_end(999999998)
    assert found is not None
    assert "999999998" in found.details
    assert [path.name for path in (home / "runs").iterdir()] == ["999999999.run"]


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no signals")
def test_the_worker_process_says_at_once_that_the_window_crashed(home: Path, tmp_path: Path) -> None:
    heard = tmp_path / "heard"
    os.mkfifo(heard)
    script, window = tmp_path / "main.py", tmp_path / "window.py"
    script.write_text(f"import sys\nopen({str(heard)!r}, 'w').write(' '.join(sys.argv[1:]))\n", encoding="utf-8")
    window.write_text(CRASHES, encoding="utf-8")
    listener = os.open(heard, os.O_RDONLY | os.O_NONBLOCK)
    try:
        process = subprocess.Popen(
            [sys.executable, str(window), str(script)], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}
        )
        assert process.wait(120) == -signal.SIGSEGV
        assert _line(listener) == f"--stopped {process.pid}"
    finally:
        os.close(listener)


def _line(descriptor: int) -> str:
    """What somebody writes into a pipe within a minute."""
    import select

    ready, _, _ = select.select([descriptor], [], [], 60)
    return os.read(descriptor, 1_000).decode() if ready else ""
