"""Runs a scene in a process of its own and lets strace kill it, or refuse it a system call, at the n-th call."""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.faults.scenes import NEW, SCENES, Scene, left_over

CALLS = ("openat", "write", "fsync", "rename", "unlink", "close", "read", "lseek", "mkdir", "chmod")
"""What saving asks of the system. The last ones change nothing; a kill there shows the moments in between."""

ERRORS = ("ENOSPC", "EIO", "EACCES")
CHANGING = ("openat", "write", "fsync", "rename", "mkdir")

_MOST = 60
_PATIENCE = 20.0
_SET_PTRACER, _ANYBODY = 0x59616D61, ctypes.c_ulong(-1).value


@dataclass(frozen=True, slots=True)
class Point:
    """One fault: in which scene, at which call, what happened there ("KILL" or an error)."""

    scene: str
    call: str
    number: int
    fault: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a fault left: the number in the file, or the reason why it is not whole, and halves that stayed."""

    point: Point
    found: int | None
    broken: str = ""
    left: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether the old or the new file is whole and nothing else is there."""
        return not self.broken and not self.left


def at_hand() -> bool:
    """Whether faults can be injected on this computer."""
    if shutil.which("strace") is None or not hasattr(os, "fork"):
        return False
    child, release = _child(lambda: None)
    try:
        tracer = _attach(child, ())
    except OSError:
        return False
    finally:
        os.close(release)
        os.waitpid(child, 0)
    tracer.wait(_PATIENCE)
    return True


def kills(folder: Path, scenes: tuple[Scene, ...] = SCENES, calls: tuple[str, ...] = CALLS) -> Iterator[Outcome]:
    """Kill every scene at each of its calls."""
    for scene in scenes:
        for call in calls:
            for number in range(1, _MOST):
                outcome = _run(folder / "scene", scene, Point(scene.name, call, number, "KILL"))
                if outcome is None:
                    break
                yield outcome


def refusals(folder: Path, scenes: tuple[Scene, ...] = SCENES, errors: tuple[str, ...] = ERRORS) -> Iterator[Outcome]:
    """Refuse every scene each of its changing calls, from the n-th one on."""
    counts = {(scene.name, call): _count(folder / "scene", scene, call) for scene in scenes for call in CHANGING}
    for scene in scenes:
        for call in CHANGING:
            for number in range(1, counts[scene.name, call] + 1):
                for error in errors:
                    outcome = _run(folder / "scene", scene, Point(scene.name, call, number, error))
                    if outcome is not None:
                        yield outcome


def _count(folder: Path, scene: Scene, call: str) -> int:
    """How often a scene makes a call: as often as it can be killed there."""
    number = 1
    while number < _MOST and _run(folder, scene, Point(scene.name, call, number, "KILL")) is not None:
        number += 1
    return number - 1


def _run(folder: Path, scene: Scene, point: Point) -> Outcome | None:
    """Save with a fault; None if the scene has fewer calls than that."""
    scene.prepare(folder)
    kill = point.fault == "KILL"
    what = f"signal=KILL:when={point.number}" if kill else f"error={point.fault}:when={point.number}+"
    options = ("-e", f"trace={point.call}", "-e", f"inject={point.call}:{what}")
    child, release = _child(lambda: scene.save(folder, NEW))
    tracer = _attach(child, options)
    os.write(release, b"x")
    os.close(release)
    _, status = os.waitpid(child, 0)
    tracer.wait(_PATIENCE)
    if kill and not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL):
        return None
    return _outcome(folder, scene, point)


def _outcome(folder: Path, scene: Scene, point: Point) -> Outcome:
    try:
        found = scene.read(folder)
    except Exception as problem:  # noqa: BLE001 - whatever makes it unreadable is what is looked for
        return Outcome(point, None, type(problem).__name__)
    broken = "" if found in scene.allowed() else "neither old nor new"
    scene.save(folder, NEW)
    return Outcome(
        point, found, broken or ("" if scene.read(folder) == NEW else "not saved again"), tuple(left_over(folder))
    )


def _child(work: object) -> tuple[int, int]:
    """A process that waits for a byte, does its work and ends; and where to write the byte."""
    waits, release = os.pipe()
    child = os.fork()
    if child:
        os.close(waits)
        return child, release
    try:
        os.close(release)
        # Where the system lets only parents look into a process, strace is no parent.
        ctypes.CDLL(None).prctl(_SET_PTRACER, ctypes.c_ulong(_ANYBODY), 0, 0, 0)
        os.read(waits, 1)
        with contextlib.suppress(Exception):
            if callable(work):
                work()
    finally:
        os._exit(0)


def _attach(child: int, options: tuple[str, ...]) -> subprocess.Popen[bytes]:
    """Start strace and wait until it holds the process. Raises `OSError` if it may not."""
    tracer = subprocess.Popen(
        ["strace", "-o", os.devnull, *options, "-p", str(child)], stderr=subprocess.PIPE, stdin=subprocess.DEVNULL
    )
    if tracer.stderr is None:
        raise OSError("no answer from strace")
    ready, _, _ = select.select([tracer.stderr], [], [], _PATIENCE)
    told = tracer.stderr.readline() if ready else b""
    if b"attached" not in told:
        tracer.kill()
        tracer.wait()
        tracer.stderr.close()
        raise OSError("strace may not look into processes here")
    return tracer
