"""Undo and redo: a list of named snapshots of the workspace."""

from __future__ import annotations

from dataclasses import dataclass

from cxdesk.project.workspace import Workspace
from cxdesk.text import Text

MOST_STEPS = 100


@dataclass(frozen=True, slots=True)
class Step:
    """What was done, and the workspace before it."""

    name: Text
    before: Workspace


@dataclass(frozen=True, slots=True)
class History:
    """The current workspace with the steps behind and ahead of it. Every change makes a new History."""

    now: Workspace
    done: tuple[Step, ...] = ()
    undone: tuple[tuple[Text, Workspace], ...] = ()

    def edit(self, name: Text, workspace: Workspace) -> History:
        """Do something: the oldest of more than 100 steps is forgotten, and what was undone is gone."""
        if workspace == self.now:
            return self
        return History(workspace, (*self.done, Step(name, self.now))[-MOST_STEPS:])

    def replace(self, workspace: Workspace) -> History:
        """Change something that is not worth a step, such as which row is looked at."""
        return History(workspace, self.done, self.undone)

    def undo(self) -> History:
        """Go back one step; unchanged if there is none."""
        if not self.done:
            return self
        last = self.done[-1]
        return History(last.before, self.done[:-1], (*self.undone, (last.name, self.now)))

    def redo(self) -> History:
        """Go forward one step; unchanged if there is none."""
        if not self.undone:
            return self
        name, workspace = self.undone[-1]
        return History(workspace, (*self.done, Step(name, self.now)), self.undone[:-1])

    @property
    def undo_name(self) -> Text | None:
        """What Undo would take back."""
        return self.done[-1].name if self.done else None

    @property
    def redo_name(self) -> Text | None:
        """What Redo would do again."""
        return self.undone[-1][0] if self.undone else None
