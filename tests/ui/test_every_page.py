"""Every page in every state: each language and theme, in the smallest window and with the largest text.

No warning of Qt, everything that Tab reaches has a name, no word is cut off or lies over another.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from cxdesk.blocks.section import Section
from cxdesk.job import Job
from cxdesk.project.engine import Engine
from cxdesk.project.preferences import Preferences
from cxdesk.project.several import Way
from cxdesk.project.workspace import Workspace
from cxdesk.reading.problem import ReadRefused
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.text import say
from cxdesk.ui.main_window import MainWindow
from tests.builders import survey
from tests.ui.conftest import Shelf
from tests.ui.pages.test_files_page import told_apart
from tests.ui.reading_widgets import clipped, outside, overlapping, unnamed
from tests.ui.surveys import small_survey, store_survey, survey_without_score, unsure_survey

Open = Callable[..., MainWindow]
LOOKS = [
    pytest.param(Preferences(language=language, theme=theme), (1024, 640), id=f"{language}-{theme}")
    for language in ("en", "zh_CN")
    for theme in ("light", "dark")
]
SIZES = [
    pytest.param(Preferences(language=language, theme="light", text_size=text), size, id=f"{language}-{text}-{size[0]}")
    for language in ("en", "zh_CN")
    for text, size in ((100, (1440, 900)), (130, (1024, 640)), (150, (1280, 640)), (150, (1024, 640)))
]


def faults(window: MainWindow, state: str) -> list[str]:
    """What is wrong with the page that is shown."""
    found = {
        "unnamed": unnamed(window),
        "clipped": clipped(window),
        "outside": outside(window),
        "overlapping": overlapping(window),
    }
    return [f"{state}: {kind}: {fault}" for kind, faults in found.items() for fault in faults]


def look_at(window: MainWindow, state: str) -> None:
    told = faults(window, state)
    assert not told, "\n" + "\n".join(told)


def settle(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until everything is computed, laid out and drawn."""

    def rests() -> bool:
        timers = [timer for timer in window.findChildren(QTimer) if timer.parent() is not window.toasts]
        return window.session.idle and not any(timer.isActive() for timer in timers)

    for _ in range(2):
        qtbot.waitUntil(rests, timeout=10_000)
        with qtbot.waitCallback() as turned:
            QTimer.singleShot(0, turned)


def narrower(window: MainWindow) -> None:
    workspace = window.session.workspace
    assert workspace is not None
    selection = Selection((OneOf("region", (0, 1, 2)),))
    window.session.edit(say("Filter by {question}", question="Region"), replace(workspace, selection=selection))


def visit(window: MainWindow, qtbot: QtBot, state: str) -> None:
    told = []
    for key in window.pages:
        window.show_page(key)
        settle(window, qtbot)
        told += faults(window, f"{state} {key}")
    window.show_page("overview")
    window.show_page("export")
    settle(window, qtbot)
    told += faults(window, f"{state} export")
    window.export.give_up()
    assert not told, "\n" + "\n".join(told)


@pytest.mark.parametrize(("preferences", "size"), [*LOOKS, *SIZES])
def test_every_page_is_whole(opened: Open, qtbot: QtBot, size: tuple[int, int]) -> None:
    window = opened(store_survey())
    window.resize(*size)
    narrower(window)
    visit(window, qtbot, "full")


@pytest.mark.parametrize(("preferences", "size"), LOOKS)
def test_the_first_page_is_whole_in_every_state(
    window: MainWindow, shelf: Shelf, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window.resize(*size)
    settle(window, qtbot)
    look_at(window, "empty welcome")
    window.show_page("settings")
    settle(window, qtbot)
    look_at(window, "settings without a file")
    window.show_page("welcome")
    window.welcome.zone.show_reading("Store survey 2025 Q3.xlsx")
    window.welcome.zone.note_progress((say("Opening the file"), 1874, 2931))
    settle(window, qtbot)
    look_at(window, "busy welcome")
    shelf.files["broken.xlsx"] = ZeroDivisionError()
    with qtbot.waitSignal(window.session.refused):
        window.opening.open("/surveys/broken.xlsx")
    settle(window, qtbot)
    look_at(window, "failed welcome")


@pytest.mark.parametrize(("preferences", "size"), LOOKS)
@pytest.mark.parametrize(
    "dataset", [small_survey(), survey_without_score(), unsure_survey()], ids=["small", "no score", "unsure"]
)
def test_every_page_is_whole_with_little_to_show(
    opened: Open, qtbot: QtBot, size: tuple[int, int], dataset: Dataset
) -> None:
    window = opened(dataset)
    window.resize(*size)
    visit(window, qtbot, dataset.key)


@pytest.mark.parametrize(("preferences", "size"), [*LOOKS, *SIZES])
def test_files_side_by_side_are_whole(window: MainWindow, shelf: Shelf, qtbot: QtBot, size: tuple[int, int]) -> None:
    ids = [f"K{number}" for number in range(240)]
    shelf.files |= {
        "Stores September 2025, all regions.csv": told_apart(store_survey()),
        "Stores August 2025, all regions.csv": told_apart(survey(recommend=[9, 7] * 120, respondent=ids, key="b")),
        "Customers.csv": told_apart(survey(segment={"Plan": ["Gold", "Basic"] * 120}, respondent=ids, key="c")),
        "locked.xlsx": ReadRefused("password", say("The file is protected with a password."), say("Remove it.")),
    }
    window.resize(*size)
    for state, names, way in (
        ("compared", ("Stores September", "Stores August", "locked"), Way.EARLIER),
        ("joined", ("Stores August", "Customers"), Way.JOIN),
        ("one", ("Stores September", "locked"), None),
    ):
        window.several.show_all([f"/x/{name}" for each in names for name in shelf.files if name.startswith(each)])
        qtbot.waitUntil(lambda: window.page is window.files)
        settle(window, qtbot)
        if way is not None:
            window.files.ways.radio(way).click()
        settle(window, qtbot)
        look_at(window, f"{state} files")


def shown_words(window: MainWindow) -> str:
    return " ".join(each.text() for each in window.page.findChildren(QLabel) if each.isVisible())


@pytest.mark.parametrize(("preferences", "size"), [*LOOKS, *SIZES])
def test_what_floats_over_a_page_is_whole(window: MainWindow, qtbot: QtBot, size: tuple[int, int]) -> None:
    window.resize(*size)
    window.failure.tell("CX Desk 0.1.0")
    actions = ((say("Open"), window.close), (say("Copy details for support"), window.close))
    window.session.toast.emit(say("“{name}” could not be opened", name="Store survey 2025 Q3.xlsx"), actions)
    settle(window, qtbot)
    look_at(window, "notices")


class Stuck(Engine):
    """Computes nothing until the test is over."""

    def __init__(self) -> None:
        super().__init__()
        self.over = threading.Event()

    def section(self, workspace: Workspace, key: str, job: Job) -> Section:
        while not self.over.wait(0.01):
            job.check()
        return super().section(workspace, key, job)


class Broken(Engine):
    """Fails at everything."""

    def section(self, workspace: Workspace, key: str, job: Job) -> Section:
        raise ZeroDivisionError("an answer that must not be shown")


@pytest.fixture
def stuck() -> Iterator[Stuck]:
    engine = Stuck()
    yield engine
    engine.over.set()


@pytest.mark.parametrize(("preferences", "size"), LOOKS)
def test_a_page_that_takes_long_says_so(opened: Open, qtbot: QtBot, size: tuple[int, int], stuck: Stuck) -> None:
    window = opened(store_survey())
    window.resize(*size)
    window.session._engine = stuck
    for key in ("overview", "scores", "segments", "quality"):
        window.show_page(key)
        narrower(window)
        qtbot.waitUntil(lambda: window.session.say(say("Calculating…")) in shown_words(window))
        look_at(window, f"loading {key}")
        window.session.undo()


@pytest.mark.parametrize(("preferences", "size"), LOOKS)
def test_a_page_that_cannot_be_computed_says_what_to_do(opened: Open, qtbot: QtBot, size: tuple[int, int]) -> None:
    window = opened(store_survey())
    window.resize(*size)
    window.session._engine = Broken()
    narrower(window)
    for key in ("overview", "scores", "segments", "quality"):
        window.show_page(key)
        settle(window, qtbot)
        look_at(window, f"failed {key}")
        assert "ZeroDivisionError" in shown_words(window)
        assert "must not be shown" not in shown_words(window)
