"""A finished report takes its place whole, or not at all, and says what to do if it cannot."""

from __future__ import annotations

import errno
import os
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
