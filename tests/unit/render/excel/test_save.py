"""A finished report takes its place whole, or not at all, and says what to do if it cannot."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cxdesk.render.excel.problem import SaveRefused
from cxdesk.render.excel.save import save

OLD, NEW = b"old report", b"new report" * 1000
STEPS = ("open", "fdopen", "fsync", "replace")


def refuse(number: int) -> Callable[..., object]:
    def stop(*_: object, **__: object) -> object:
        raise OSError(number, os.strerror(number))

    return stop


def break_step(monkeypatch: pytest.MonkeyPatch, step: str, number: int) -> None:
    owner = Path if step == "replace" else os
    monkeypatch.setattr(owner, step, refuse(number))


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EIO, "disk_error"),
        (errno.EROFS, "not_writable"),
        (errno.EINVAL, "bad_place"),
    ],
)
def test_when_a_step_fails_the_old_file_is_whole_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, code: str
) -> None:
    target = tmp_path / "Report.xlsx"
    target.write_bytes(OLD)
    with monkeypatch.context() as broken:
        break_step(broken, step, number)
        with pytest.raises(SaveRefused) as refused:
            save(str(target), NEW)
    assert refused.value.code == code
    assert str(refused.value.reason)
    assert str(refused.value.remedy)
    assert str(tmp_path) not in f"{refused.value} {refused.value.reason}"
    assert target.read_bytes() == OLD
    assert [path.name for path in tmp_path.iterdir()] == ["Report.xlsx"]


def test_a_file_that_arrives_damaged_is_not_put_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "Report.xlsx"
    target.write_bytes(OLD)
    real = os.fsync

    def damage(descriptor: int) -> None:
        real(descriptor)
        os.pwrite(descriptor, b"X", 3)

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", damage)
        with pytest.raises(SaveRefused):
            save(str(target), NEW)
    assert target.read_bytes() == OLD


def test_a_file_that_is_open_elsewhere_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "Report.xlsx"
    target.write_bytes(OLD)
    (tmp_path / "Report (2).xlsx").write_bytes(OLD)
    real = Path.replace

    def locked(self: Path, other: Path) -> Path:
        if other == target:
            raise PermissionError(errno.EACCES, "locked")
        return real(self, other)

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", locked)
        written = save(str(target), NEW)
    assert written.renamed
    assert written.path == str(tmp_path / "Report (3).xlsx")
    assert Path(written.path).read_bytes() == NEW
    assert target.read_bytes() == OLD
    assert len(list(tmp_path.iterdir())) == 3


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "Report.xlsx").mkdir()
    with pytest.raises(SaveRefused) as refused:
        save(str(tmp_path / "Report.xlsx"), NEW)
    assert refused.value.code == "bad_place"


def test_a_folder_that_takes_no_files(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(SaveRefused):
        save(str(tmp_path / "file" / "Report.xlsx"), NEW)


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(SaveRefused) as refused:
        save(str(tmp_path / ("x" * 300 + ".xlsx")), NEW)
    assert refused.value.code == "bad_place"


def test_what_a_killed_run_left_is_swept_up(tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    left = tmp_path / f".Report.{int(ended.stdout)}.tmp"
    left.write_bytes(b"half")
    alive = tmp_path / f".Report.{os.getppid()}.tmp"
    alive.write_bytes(b"another window is writing")
    foreign = tmp_path / ".Other.1.tmp"
    foreign.write_bytes(b"not ours")
    save(str(tmp_path / "Report.xlsx"), NEW)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([foreign.name, alive.name, "Report.xlsx"])


def test_a_link_is_followed(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    (tmp_path / "link.xlsx").symlink_to(real / "Report.xlsx")
    save(str(tmp_path / "link.xlsx"), NEW)
    assert (real / "Report.xlsx").read_bytes() == NEW


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
        cwd=Path(__file__).parents[4],
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
