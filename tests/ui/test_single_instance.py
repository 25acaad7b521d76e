"""A second start hands its files over; whatever hangs, crashes or lies never keeps a window from opening."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess, QProcessEnvironment
from pytestqt.qtbot import QtBot

from cxdesk.ui.single_instance import SingleInstance
from tests.ui.test_start import ROOT

PATIENCE = 60_000

HOLDS = """
import sys
from cxdesk.ui.single_instance import SingleInstance
held = SingleInstance()
print(held.claim(), flush=True)
sys.stdin.readline()
"""

FIRST = """
import sys
from cxdesk import app
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.single_instance import SingleInstance

shown, listened = MainWindow._on_opened, SingleInstance.listen

def opened(window):
    shown(window)
    print(window.windowTitle(), flush=True)

def listening(single):
    listened(single)
    print("ready", flush=True)

MainWindow._on_opened, SingleInstance.listen = opened, listening
sys.exit(app.main(sys.argv[1:]))
"""


@pytest.fixture
def first(qtbot: QtBot) -> Iterator[SingleInstance]:
    made = SingleInstance()
    assert made.claim()
    made.listen()
    yield made
    made.release()


@pytest.fixture
def second() -> SingleInstance:
    """As in another process: a claim of one object is not shared with another."""
    return SingleInstance()


def start(qtbot: QtBot, *command: str, **environment: str) -> QProcess:
    process = QProcess()
    world = QProcessEnvironment.systemEnvironment()
    for name, value in environment.items():
        world.insert(name, value)
    process.setProcessEnvironment(world)
    process.setWorkingDirectory(str(ROOT))
    with qtbot.waitSignal(process.started, timeout=PATIENCE):
        process.start(sys.executable, list(command))
    return process


def messages(home: Path) -> list[Path]:
    return [path for path in (home / "window").rglob("*") if path.suffix in {".open", ".part"}]


def test_only_one_can_claim(first: SingleInstance, second: SingleInstance) -> None:
    assert not second.claim()
    first.release()
    assert second.claim()
    second.release()


def test_a_second_start_hands_its_file_over_and_ends(
    first: SingleInstance, qtbot: QtBot, home: Path, tmp_path: Path
) -> None:
    survey = tmp_path / "调查 数据.csv"
    survey.write_text("a\n1\n", encoding="utf-8")
    process = start(qtbot, "main.py", survey.as_uri())
    with qtbot.waitSignal(first.arrived, timeout=PATIENCE) as arrived:
        pass
    qtbot.waitUntil(lambda: process.state() is QProcess.ProcessState.NotRunning, timeout=PATIENCE)
    assert [Path(path) for path in arrived.args[0]] == [survey]
    assert (process.exitStatus(), process.exitCode()) == (QProcess.ExitStatus.NormalExit, 0)
    assert messages(home) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the folders of other people apart by itself")
def test_nobody_else_can_look_in(first: SingleInstance, home: Path) -> None:
    for folder in (home / "window", *(home / "window").iterdir()):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_start_without_a_file_asks_for_the_window_only(
    first: SingleInstance, second: SingleInstance, qtbot: QtBot
) -> None:
    told: list[object] = []
    first.arrived.connect(told.append)
    process = start(qtbot, "main.py")
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE)
    qtbot.waitUntil(lambda: process.state() is QProcess.ProcessState.NotRunning, timeout=PATIENCE)
    assert told == [()]


def test_a_window_that_hangs_is_not_waited_for(second: SingleInstance, home: Path, tmp_path: Path) -> None:
    hanging = SingleInstance()
    assert hanging.claim()
    assert not second.claim()
    assert not second.hand_over([str(tmp_path / "a.csv")], patience=0.1)
    assert messages(home) == []  # the window that wakes up later does not open it a second time
    hanging.release()


def test_a_window_that_crashed_stands_in_nobodys_way(second: SingleInstance, home: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDS], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    assert holder.stdout.readline().strip() == "True"
    assert not second.claim()
    holder.kill()
    holder.wait(60)
    holder.stdout.close()
    holder.stdin.close()
    assert second.claim()
    second.release()


def test_two_homes_have_two_windows(first: SingleInstance, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CXDESK_HOME", str(tmp_path))
    other = SingleInstance()
    assert other.claim()
    other.release()


def test_a_restarted_program_waits_for_the_window_before_it(second: SingleInstance, qtbot: QtBot) -> None:
    holder = start(qtbot, "-c", HOLDS)
    qtbot.waitUntil(holder.canReadLine, timeout=PATIENCE)
    holder.write(b"\n")  # it ends now, while the other waits
    assert holder.waitForBytesWritten(PATIENCE)
    assert second.claim(again=True)
    second.release()
    qtbot.waitUntil(lambda: holder.state() is QProcess.ProcessState.NotRunning, timeout=PATIENCE)


@pytest.mark.parametrize(
    "content",
    [
        "not a message",
        "[]",
        json.dumps({"paths": "a.csv", "token": ""}),
        json.dumps({"paths": ["relative.csv"], "token": ""}),
        json.dumps({"paths": [7], "token": ""}),
        json.dumps({"paths": ["/a\0b"], "token": ""}),
        json.dumps({"paths": [], "token": 1}),
        json.dumps({"paths": ["/a.csv"] * 1_000, "token": ""}),
        "[" * 100_000,
        " " * 300_000,
    ],
)
def test_what_is_no_message_is_removed_and_ignored(
    first: SingleInstance, qtbot: QtBot, home: Path, content: str
) -> None:
    told: list[object] = []
    first.arrived.connect(told.append)
    (folder,) = (home / "window").iterdir()
    (folder / "x.part").write_text(content, encoding="utf-8")
    (folder / "x.part").replace(folder / "x.open")
    qtbot.waitUntil(lambda: messages(home) == [])
    assert told == []


def test_old_messages_open_nothing(second: SingleInstance, qtbot: QtBot, home: Path) -> None:
    assert second.claim()
    second.release()
    (folder,) = (home / "window").iterdir()
    old, young = folder / "old.open", folder / "young.open"
    for message in (old, young):
        message.write_text(json.dumps({"paths": [str(home / message.stem)], "token": ""}), encoding="utf-8")
    os.utime(old, (1_000_000_000, 1_000_000_000))
    told: list[object] = []
    second.arrived.connect(told.append)
    assert second.claim()
    second.listen()
    assert told == [(str(home / "young"),)]
    second.release()


def test_the_open_window_takes_the_file_of_a_second_start(qtbot: QtBot, home: Path) -> None:
    samples = ROOT / "resources" / "samples"
    window = start(qtbot, "-c", FIRST, str(samples / "support_en.csv"), QT_QPA_PLATFORM="offscreen")
    heard: list[str] = []

    def listen() -> None:
        while window.canReadLine():
            heard.append(bytes(window.readLine().data()).decode("utf-8").strip())

    window.readyRead.connect(listen)
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=PATIENCE)
    assert sorted(heard) == ["ready", "support_en.csv – CX Desk"]
    other = start(qtbot, "main.py", "resources/samples/event_small.xlsx", QT_QPA_PLATFORM="offscreen")
    qtbot.waitUntil(lambda: heard[-1] == "event_small.xlsx – CX Desk", timeout=PATIENCE)
    qtbot.waitUntil(lambda: other.state() is QProcess.ProcessState.NotRunning, timeout=PATIENCE)
    assert other.exitCode() == 0
    window.kill()
    qtbot.waitUntil(lambda: window.state() is QProcess.ProcessState.NotRunning, timeout=PATIENCE)
