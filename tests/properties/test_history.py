"""Undo and redo: whatever was done, going back and forth again changes nothing."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from cxdesk.project.history import MOST_STEPS, History
from cxdesk.project.workspace import Workspace
from cxdesk.survey.base import Rules
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.text import Number, say
from tests.builders import survey

SURVEY = survey(recommend=[10, 9, 3], segment="aab")
START = Workspace(SURVEY)


class UndoAndRedo(RuleBasedStateMachine):
    """A model of three plain lists beside the real thing."""

    def __init__(self) -> None:
        super().__init__()
        self.history = History(START)
        self.now, self.behind, self.ahead = START, list[Workspace](), list[Workspace]()

    def _edit(self, workspace: Workspace) -> None:
        self.history = self.history.edit(say("Step {number}", number=Number(len(self.behind))), workspace)
        if workspace != self.now:
            self.behind = [*self.behind, self.now][-MOST_STEPS:]
            self.now, self.ahead = workspace, []

    @rule(code=st.integers(0, 2))
    def filters(self, code: int) -> None:
        self._edit(replace(self.now, selection=Selection((OneOf("segment", (code,)),))))

    @rule(least=st.integers(10, 14))
    def hides(self, least: int) -> None:
        self._edit(replace(self.now, rules=Rules(hide_below=least)))

    @rule(first=st.integers(1000, 9000))
    def many(self, first: int) -> None:
        for least in range(first, first + 30):
            self._edit(replace(self.now, rules=Rules(plain_from=least)))

    @rule(focus=st.text(max_size=3))
    def looks(self, focus: str) -> None:
        self.now = self.now.with_spec("segments", focus)
        self.history = self.history.replace(self.now)

    @rule()
    def undo(self) -> None:
        self.history = self.history.undo()
        if self.behind:
            self.ahead.append(self.now)
            self.now = self.behind.pop()

    @rule()
    def redo(self) -> None:
        self.history = self.history.redo()
        if self.ahead:
            self.behind.append(self.now)
            self.now = self.ahead.pop()

    @precondition(lambda self: self.behind)
    @rule()
    def there_and_back(self) -> None:
        assert self.history.undo().redo() == self.history

    @precondition(lambda self: self.ahead)
    @rule()
    def back_and_there(self) -> None:
        assert self.history.redo().undo() == self.history

    @invariant()
    def agrees_with_the_model(self) -> None:
        assert self.history.now == self.now
        assert [step.before for step in self.history.done] == self.behind
        assert [workspace for _, workspace in self.history.undone] == self.ahead
        assert (self.history.undo_name is None) == (not self.behind)
        assert (self.history.redo_name is None) == (not self.ahead)
        assert len(self.history.done) <= MOST_STEPS


TestUndoAndRedo = UndoAndRedo.TestCase
