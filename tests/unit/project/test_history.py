"""Undo: a hundred named steps."""

from __future__ import annotations

from dataclasses import replace

from cxdesk.project.history import MOST_STEPS, History
from cxdesk.project.workspace import Workspace
from cxdesk.survey.base import Rules
from cxdesk.text import Text, say
from tests.builders import survey

START = Workspace(survey(recommend=[10, 9, 3]))


def step(number: int) -> Workspace:
    return replace(START, rules=Rules(plain_from=100 + number))


def steps(count: int, history: History | None = None) -> History:
    history = History(START) if history is None else history
    for number in range(1, count + 1):
        history = history.edit(Text(f"step {number}"), step(number))
    return history


def test_a_hundred_steps_lead_back_to_the_start_and_forth_again() -> None:
    last = back = steps(MOST_STEPS)
    for number in range(MOST_STEPS, 0, -1):
        assert str(back.undo_name) == f"step {number}"
        back = back.undo()
    assert back.now == START
    assert back.undo() is back
    for _ in range(MOST_STEPS):
        back = back.redo()
    assert back == last
    assert back.redo() is back


def test_the_oldest_of_more_than_a_hundred_steps_is_forgotten() -> None:
    history = steps(MOST_STEPS + 7)
    for _ in range(MOST_STEPS + 20):
        history = history.undo()
    assert history.now == step(7)


def test_an_edit_after_undo_drops_what_was_undone() -> None:
    history = steps(3).undo().undo().edit(say("Filter"), step(50))
    assert history.redo_name is None
    assert history.undo().now == step(1)


def test_what_changes_nothing_is_no_step() -> None:
    history = steps(2)
    assert history.edit(say("Filter"), step(2)) is history


def test_looking_elsewhere_is_no_step_and_keeps_what_was_undone() -> None:
    history = steps(2).undo()
    looked = history.replace(history.now.with_spec("segments", "north"))
    assert looked.now.spec("segments") == "north"
    assert (looked.undo_name, looked.redo_name) == (history.undo_name, history.redo_name)
    assert looked.redo().now == step(2)


def test_options_of_an_analysis_replace_each_other() -> None:
    workspace = START.with_spec("segments", "a").with_spec("scores", "b").with_spec("segments", "c")
    assert (workspace.spec("segments"), workspace.spec("scores"), workspace.spec("trend")) == ("c", "b", None)
    assert len(workspace.specs) == 2
