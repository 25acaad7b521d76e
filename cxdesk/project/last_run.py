"""A mark for every window that runs, so that the next start, or a witness, knows of one that did not end as it should.

The mark is a file named by the number of the process. The system's last words about a crash go into it: places in the
code, never data. A window that ends as it should removes its mark.
"""

from __future__ import annotations

import contextlib
import faulthandler
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cxdesk import __version__
from cxdesk.project.folders import data_folder, own_folder
from cxdesk.project.restart import STOPPED, start_command

_SUFFIX = ".run"
_FRAME = re.compile(r'File "([^"]*)", line (\d+) in (\S+)')
_HEAD = re.compile(r"[A-Za-z0-9 :.]{1,80}")


@dataclass(frozen=True, slots=True)
class AbnormalEnd:
    """``crashed``: the system ended the program for a fault in it; otherwise somebody or the power ended it.

    ``details`` name the kind of fault and places in the code, and can be shown to anybody.
    """

    crashed: bool
    details: str


def begin_run(number: int) -> Callable[[], None]:
    """Mark that the window of the process ``number`` runs; returns what ends that. Crashes are recorded meanwhile.

    Where nothing can be written, nothing is recorded.
    """
    mark = _mark(number)
    try:
        record = mark.open("w", encoding="utf-8")
    except OSError:
        return lambda: None
    faulthandler.enable(record)

    def end() -> None:
        faulthandler.disable()
        record.close()
        with contextlib.suppress(OSError):
            mark.unlink()

    return end


def take_abnormal_end(number: int = 0) -> AbnormalEnd | None:
    """What the newest window left behind that did not end as it should, or None; its mark is removed.

    ``number`` asks for one process only. Marks of windows that run are left alone.
    """
    found: AbnormalEnd | None = None
    for mark in [_mark(number)] if number else sorted(_folder().glob(f"*{_SUFFIX}"), key=_written):
        if _runs(mark):
            continue
        with contextlib.suppress(OSError):
            record = mark.read_text(encoding="utf-8", errors="replace")
            mark.unlink()
            found = _told(record)
    return found


def bear_witness(number: int) -> None:
    """Start the program to say that it had to stop, if the process ``number`` is gone because of a fault in it.

    Called by the worker process, which outlives its window for a moment.
    """
    with contextlib.suppress(OSError):
        if _mark(number).stat().st_size > 0:
            import subprocess  # noqa: PLC0415 - hardly ever needed

            subprocess.Popen(
                start_command(STOPPED, str(number)),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )


def _told(record: str) -> AbnormalEnd:
    places = [f"{Path(file).stem}:{line} {name}" for file, line, name in _FRAME.findall(record)]
    head = _HEAD.match(record)
    kind = "ended from outside" if head is None else head.group()
    return AbnormalEnd(bool(record.strip()), "\n".join([f"CX Desk {__version__}, {sys.platform}", kind, *places]))


def _folder() -> Path:
    return own_folder(data_folder() / "runs")


def _mark(number: int) -> Path:
    return _folder() / f"{number}{_SUFFIX}"


def _runs(mark: Path) -> bool:
    """Whether the process of a mark is alive; a number that another process got since then is not."""
    try:
        import psutil  # noqa: PLC0415 - only where something was left over

        return mark.stem.isdigit() and psutil.Process(int(mark.stem)).create_time() <= _written(mark) + 2.0
    except psutil.Error:
        return False


def _written(mark: Path) -> float:
    with contextlib.suppress(OSError):
        return mark.stat().st_mtime
    return 0.0
