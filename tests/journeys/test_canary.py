"""Names, phones, e-mails and IDs planted in a survey turn up nowhere, and a kill costs no more than seconds of work.

A person opens the survey, looks at every page, filters, exports the report, saves a project without answers and a
template, and is killed in the middle of work; the next start goes on. Then every file that the program wrote is looked
through: reports, projects, settings, logs, kept states, the list of recent files, and what it left for the moment.
"""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from cxdesk.command import main as command
from cxdesk.survey.selection import OneOf
from cxdesk.ui.main_window import MainWindow
from tests.journeys.conftest import PATIENCE

NAMES = ("Quintessa Vanderplank", "Ezekiel Throckmorton", "欧阳锦瑟", "司徒怀远")
PHONES = ("13987654321", "18612340987", "+49 171 5559273")
MAILS = ("quintessa.v@canary-mail.example", "e.throck@canary-mail.example")
NUMBERS = ("11010519491231002X", "440524188001010014")
IDS = ("RSP-7743190-X", "RSP-7743191-X")
PLANTED = (*NAMES, *PHONES, *MAILS, *NUMBERS, *IDS)
EVERY_ROW = "Every row.xlsx"
MOST_LOST = 30.0


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """A survey of 240 rows with personal data in columns of their own and inside the comments."""
    path = tmp_path / "Stores.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as stream:
        writer = csv.writer(stream)
        writer.writerow(
            [
                "Respondent ID",
                "Name",
                "Mobile phone",
                "E-mail",
                "ID card number",
                "Submitted",
                "How likely are you to recommend us? (0-10)",
                "Overall satisfaction (1 = very dissatisfied, 5 = very satisfied)",
                "Region",
                "Why did you give this score?",
            ]
        )
        for row in range(240):
            writer.writerow(
                [
                    f"RSP-{7743190 + row}-X",
                    NAMES[row % 4],
                    PHONES[row % 2],
                    MAILS[row % 2],
                    NUMBERS[row % 2],
                    f"2025-0{1 + row % 9}-{1 + row % 28:02d}",
                    (10, 9, 3, 7, 8, 10)[row % 6],
                    (5, 4, 2, 3)[row % 4],
                    ("North", "East", "South")[row % 3],
                    (f"Call me: {PHONES[row % 3]}", f"Write to {MAILS[row % 2]} please", "The tills are slow")[row % 3],
                ]
            )
    return path


def test_nothing_planted_turns_up_and_a_kill_costs_seconds(
    planted: Path, home: Path, tmp_path: Path, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, moment = tmp_path / "given away", tmp_path / "moment"
    given.mkdir()
    moment.mkdir()
    kept_after = work_until_killed(planted, given, moment)
    assert kept_after < MOST_LOST
    go_on(window, qtbot)
    from_the_terminal(planted, given)
    window.close()
    assert {path.suffix for path in (*given.rglob("*"), *home.rglob("*"))} >= {".xlsx", ".cxd", ".cxt", ".json"}
    assert [hit for folder in (given, home, moment) for hit in hits(folder)] == []


def work_until_killed(survey: Path, given: Path, moment: Path) -> float:
    """Let a person work in a program of its own, and kill it; how long the last change was kept nowhere, in seconds."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.at_work", str(survey), str(given)],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "TMPDIR": str(moment)},
        stdout=subprocess.PIPE,
        text=True,
    )
    said: list[str] = []
    try:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line.strip())
            if said[-1] == "working":
                break
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
    assert said[-1:] == ["working"], said
    (kept,) = (line for line in said if line.startswith("kept after "))
    return float(kept.split(" ")[2])


def go_on(window: MainWindow, qtbot: QtBot) -> None:
    """The next start offers what was open, and brings back the very last change."""
    window.projects.offer_to_continue()
    qtbot.waitUntil(window.projects.card.isVisible, timeout=PATIENCE)
    buttons = {each.text(): each for each in window.projects.card.findChildren(QPushButton)}
    with qtbot.waitSignal(window.session.opened, timeout=PATIENCE):
        buttons["Continue where you stopped"].click()
    workspace = window.session.workspace
    assert workspace is not None
    (condition,) = workspace.selection.conditions
    assert isinstance(condition, OneOf)
    assert len(condition.codes) == 2
    qtbot.waitUntil(lambda: window.session.idle and window.projects.idle, timeout=PATIENCE)


def from_the_terminal(survey: Path, given: Path) -> None:
    """The report of the next month, set up by the template; all answers in a table; a report for each region."""
    template = ["--template", str(given / "Stores.cxt")]
    assert command(["report", str(survey), *template, "-o", str(given / "Next month.xlsx")]) == 0
    assert command(["report", str(survey), "--data", "-o", str(given / EVERY_ROW)]) == 0
    assert command(["table", str(survey), "-o", str(given / "Answers.csv")]) == 0
    assert command(["report", str(survey), "--split-by", "Region", "-o", str(given / "Regions")]) == 0


def hits(folder: Path) -> Iterator[str]:
    """Where a planted text turns up: in a file's name, in a file, or in a part of a file that is a container."""
    for path in folder.rglob("*"):
        if path.is_file():
            place = str(path.relative_to(folder))
            yield from _looked_through(place, place.encode("utf-8", "surrogatepass"))
            yield from _looked_through(place, path.read_bytes())


def _looked_through(place: str, content: bytes) -> Iterator[str]:
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield from _looked_through(f"{place}/{name}", archive.read(name))
    for text in PLANTED:
        escaped = text.encode("ascii", "backslashreplace")
        if any(form in content for form in (text.encode(), text.encode("utf-16-le"), escaped)):
            yield f"{text} in {place}"
