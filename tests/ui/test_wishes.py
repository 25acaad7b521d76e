"""What was chosen is done, whatever a person does while it is still being counted; if it cannot be, that is said."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from cxdesk.analysis.segments import SegmentsSpec
from cxdesk.project.workspace import Workspace
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.text import say
from cxdesk.ui.deciding import choose
from cxdesk.ui.filter_bar import FilterBar
from cxdesk.ui.main_window import MainWindow
from tests.builders import survey
from tests.ui.conftest import Shelf
from tests.ui.surveys import store_survey

Open = Callable[..., MainWindow]
WEST, MALL = OneOf("region", (3,)), OneOf("store type", (0,))


class Gate:
    """Holds up whatever counts in the background until the test opens it."""

    def __init__(self) -> None:
        self.open = threading.Event()

    def __call__(self) -> None:
        assert self.open.wait(30), "the gate was never opened"


@pytest.fixture
def gate() -> Iterator[Gate]:
    made = Gate()
    yield made
    made.open.set()


@pytest.fixture
def slowly(window: MainWindow, gate: Gate, monkeypatch: pytest.MonkeyPatch) -> Gate:
    """Every count waits for the gate."""
    count = window.session.count

    def held(workspace: Workspace) -> int:
        gate()
        return count(workspace)

    monkeypatch.setattr(window.session, "count", held)
    return gate


def workspace(window: MainWindow) -> Workspace:
    assert window.session.workspace is not None
    return window.session.workspace


def conditions(window: MainWindow) -> set[object]:
    return set(workspace(window).selection.conditions)


def chips(bar: FilterBar) -> list[str]:
    """The words of the chips that stand in the bar now."""
    return [chip.text() for chip in bar._chips_in_order() if chip.property("look") == "chipText"]


def toasts(window: MainWindow) -> list[str]:
    told: list[str] = []
    window.session.toast.connect(lambda text, _actions: told.append(window.session.say(text)))
    return told


def done(window: MainWindow, gate: Gate, qtbot: QtBot) -> None:
    gate.open.set()
    qtbot.waitUntil(lambda: window.session.idle)


def look_at_a_row(window: MainWindow) -> None:
    """What a click on a row of a table does."""
    window.session.look_at(workspace(window).with_spec("segments", SegmentsSpec(focus="region")))


def test_a_filter_is_shown_at_once_and_survives_a_click_on_a_row(opened: Open, slowly: Gate, qtbot: QtBot) -> None:
    window = opened(store_survey())
    window.filter_bar._on_condition(WEST)
    assert chips(window.filter_bar) == ["Region: West …"]
    assert conditions(window) == set()
    look_at_a_row(window)
    done(window, slowly, qtbot)
    assert conditions(window) == {WEST}
    assert workspace(window).spec("segments") == SegmentsSpec(focus="region")
    assert chips(window.filter_bar) == ["Region: West"]
    assert window.session.history is not None
    assert [window.session.say(step.name) for step in window.session.history.done] == ["Filter by Region"]


def test_two_filters_one_after_the_other_are_both_there(opened: Open, slowly: Gate, qtbot: QtBot) -> None:
    window = opened(store_survey())
    window.filter_bar._on_condition(WEST)
    window.filter_bar._on_condition(MALL)
    assert len(chips(window.filter_bar)) == 2
    done(window, slowly, qtbot)
    assert conditions(window) == {WEST, MALL}


def test_of_two_filters_on_one_question_the_last_counts(opened: Open, slowly: Gate, qtbot: QtBot) -> None:
    window = opened(store_survey())
    window.filter_bar._on_condition(OneOf("region", (0,)))
    window.filter_bar._on_condition(WEST)
    assert chips(window.filter_bar) == ["Region: West …"]
    done(window, slowly, qtbot)
    assert conditions(window) == {WEST}
    assert window.session.history is not None
    assert len(window.session.history.done) == 1


def test_a_filter_that_leaves_too_few_together_with_what_was_chosen_meanwhile_is_refused(
    opened: Open, slowly: Gate, qtbot: QtBot
) -> None:
    window = opened(store_survey(size=40))
    told = toasts(window)
    window.filter_bar._on_condition(OneOf("region", (0, 3)))
    window.session.edit(
        say("Filter by {question}", question="x"),
        replace(workspace(window), selection=Selection((OneOf("recommend", (10,)),))),
    )
    done(window, slowly, qtbot)
    assert conditions(window) == {OneOf("recommend", (10,))}
    assert "responses match" in told[-1]
    assert not any(chip.endswith("…") for chip in chips(window.filter_bar))


@pytest.mark.parametrize("by", ["cross", "delete", "undo", "clear"])
def test_what_still_waits_can_be_taken_back(opened: Open, slowly: Gate, qtbot: QtBot, by: str) -> None:
    window = opened(store_survey())
    bar = window.filter_bar
    bar._on_condition(WEST)
    chip = next(each for each in bar._chips_in_order() if each.text() == "Region: West …")
    if by == "cross":
        box = chip.parentWidget()
        assert box is not None
        next(each for each in box.findChildren(QPushButton) if each is not chip).click()
    elif by == "delete":
        qtbot.keyClick(chip, Qt.Key.Key_Delete)
    elif by == "undo":
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    else:
        next(each for each in bar.findChildren(QPushButton) if each.text() == "Clear all").click()
    assert chips(bar) == []
    done(window, slowly, qtbot)
    assert conditions(window) == set()


def test_a_filter_for_a_survey_that_is_no_longer_open_is_dropped_and_that_is_said(
    opened: Open, shelf: Shelf, slowly: Gate, qtbot: QtBot
) -> None:
    window = opened(store_survey())
    told = toasts(window)
    window.filter_bar._on_condition(WEST)
    shelf.files["other.csv"] = store_survey(200, key="other")
    with qtbot.waitSignal(window.session.opened):
        window.opening.open("/surveys/other.csv")
    done(window, slowly, qtbot)
    assert conditions(window) == set()
    assert any("“Filter by Region” was not done, because another survey was opened" in text for text in told)


def test_reading_the_same_file_again_keeps_the_filter_that_was_just_chosen(
    opened: Open, slowly: Gate, qtbot: QtBot
) -> None:
    window = opened(store_survey())
    window.filter_bar._on_condition(WEST)
    with qtbot.waitSignal(window.session.opened):
        qtbot.keyClick(window, Qt.Key.Key_F5)
    done(window, slowly, qtbot)
    assert conditions(window) == {WEST}


def test_an_answer_that_comes_while_another_file_is_read_waits_for_the_end_of_that(
    opened: Open, shelf: Shelf, slowly: Gate, qtbot: QtBot
) -> None:
    window = opened(store_survey())
    reading = Gate()

    def read(_job: object) -> object:
        reading()
        raise AssertionError

    shelf.files["other.csv"] = read  # type: ignore[assignment]
    window.filter_bar._on_condition(WEST)
    window.opening.open("/surveys/other.csv")
    slowly.open.set()
    qtbot.waitUntil(lambda: window.session.wishes.lane.idle)
    assert conditions(window) == set()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    reading.open.set()
    qtbot.waitUntil(lambda: window.session.idle)
    assert conditions(window) == {WEST}


def test_a_filter_on_a_column_that_means_something_else_now_is_dropped(
    opened: Open, slowly: Gate, qtbot: QtBot
) -> None:
    window = opened(store_survey())
    told = toasts(window)
    window.filter_bar._on_condition(WEST)
    now = workspace(window)
    questions = tuple(
        replace(each, options=tuple(reversed(each.options))) if each.id == "region" else each
        for each in now.dataset.questions
    )
    window.session.edit(say("Undo"), replace(now, dataset=replace(now.dataset, questions=questions, key="turned")))
    done(window, slowly, qtbot)
    assert conditions(window) == set()
    assert any("because its column was changed" in text for text in told)


def test_a_count_waits_for_no_page(opened: Open, gate: Gate, qtbot: QtBot) -> None:
    window = opened(store_survey())
    window.session.run(lambda _job: gate(), lambda _done: None, lambda _problem: None)
    window.filter_bar._on_condition(WEST)
    qtbot.waitUntil(lambda: conditions(window) == {WEST})
    assert not gate.open.is_set()
    gate.open.set()
    qtbot.waitUntil(lambda: window.session.idle)


def test_a_page_for_a_state_that_is_gone_is_computed_no_further(opened: Open, gate: Gate, qtbot: QtBot) -> None:
    window = opened(store_survey())
    window.session.run(lambda _job: gate(), lambda _done: None, lambda _problem: None)
    seen: list[object] = []
    window.session.section("drivers", seen.append, seen.append)
    look_at_a_row(window)
    gate.open.set()
    qtbot.waitUntil(lambda: window.session.idle)
    assert seen == []


def test_a_comparison_keeps_what_was_filtered_meanwhile(
    opened: Open, gate: Gate, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cxdesk.project.comparison import common

    def held(found: Workspace) -> tuple[int, int, int]:
        gate()
        return common(found)

    monkeypatch.setattr("cxdesk.ui.compare_control.common", held)
    window = opened(store_survey())
    control = window.filter_bar.compare
    control._fill()
    next(each for each in control.menu.actions() if each.text() == "Sep 2025 with Aug 2025").trigger()
    qtbot.waitUntil(control.isVisible)
    assert control.chip.text() == "Sep 2025 with Aug 2025 …"
    window.session.edit(say("Clear all filters"), replace(workspace(window), selection=Selection((WEST,))))
    gate.open.set()
    qtbot.waitUntil(lambda: window.session.idle)
    compare = workspace(window).compare
    assert compare is not None
    assert WEST in compare.conditions
    assert WEST in workspace(window).selection.conditions
    assert control.chip.text() == "Aug 2025"
    assert window.here() == "compare"


def test_two_decisions_and_a_click_on_a_row_are_all_done(
    opened: Open, gate: Gate, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cxdesk.project.decisions import check_of

    def held(found: Workspace, check: str) -> object:
        gate()
        return check_of(found, check)

    monkeypatch.setattr("cxdesk.ui.deciding.check_of", held)
    window = opened(
        survey(
            recommend=[*[9] * 40, *[0] * 21],
            segment={"Region": ["North", "South"] * 30 + ["North"]},
            comment=[*["Good"] * 59, "asdfgh", "Slow"],
            respondent=[*[f"p{row}" for row in range(60)], "p59"],
        )
    )
    refused: list[str] = []
    choose(window.session, "same_id", "keep", lambda: refused.append("same_id"))
    choose(window.session, "nonsense", "leave_out", lambda: refused.append("nonsense"))
    look_at_a_row(window)
    gate.open.set()
    qtbot.waitUntil(lambda: window.session.idle)
    assert dict(workspace(window).decisions) == {"same_id": "keep", "nonsense": "leave_out"}
    assert workspace(window).spec("segments") == SegmentsSpec(focus="region")
    assert refused == []


def test_a_template_is_used_on_the_survey_as_it_is_when_it_is_ready(
    opened: Open, gate: Gate, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    import datetime

    from cxdesk.project.state import Applied
    from cxdesk.project.template import Template, save_template, use_template

    def held(template: Template, found: Workspace) -> Applied:
        gate()
        return use_template(template, found)

    monkeypatch.setattr("cxdesk.ui.project_control.use_template", held)
    window = opened(store_survey())
    template = tmp_path / "Monthly.cxt"
    save_template(str(template), replace(workspace(window), selection=Selection((WEST,))), datetime.date(2025, 9, 1))
    window.projects.use(str(template))
    qtbot.waitUntil(lambda: not window.session.wishes.lane.idle)
    look_at_a_row(window)
    gate.open.set()
    qtbot.waitUntil(lambda: window.session.idle and window.projects.idle)
    assert conditions(window) == {WEST}
