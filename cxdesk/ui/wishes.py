"""Changes that must be counted before they are made, such as a filter: none is lost, and none waits for a page.

What a person does meanwhile does not undo the wish: it is made on the survey as it is when the answer is there, and
asked again if the answer was for another state of it. Only a wish for another survey is dropped, and that is said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from cxdesk.job import Job
from cxdesk.project.workspace import Workspace
from cxdesk.survey.question import Question
from cxdesk.text import Text, say
from cxdesk.ui.tasks import Failed, TaskJob, Tasks

if TYPE_CHECKING:
    from cxdesk.ui.session import Session


@dataclass(frozen=True, slots=True, eq=False)
class Wish:
    """One change that a person asked for, as something to be done to whatever the survey is by then.

    A new wish takes the place of a waiting one with the same ``key``; ``name`` is what the change is called. ``find``
    works in the background; ``make`` is called on the window's thread with the workspace of that moment and with what
    was found. ``about`` is all of a workspace that the finding depends on; ``known`` is what is found without work, or
    None. ``questions`` are those that the wish names by id: their answers must still mean the same. ``failed`` is told
    what went wrong, and ``dropped`` is called if the change will not be made and that was said already. ``shown`` is
    what is shown as chosen while it waits.
    """

    key: str
    name: Text
    find: Callable[[Workspace, Job], Any]
    make: Callable[[Workspace, Any], None]
    failed: Failed
    about: Callable[[Workspace], object]
    known: Callable[[Workspace], Any] = lambda _workspace: None
    questions: tuple[str, ...] = ()
    dropped: Callable[[], None] = lambda: None
    shown: Any = None


@dataclass(slots=True, eq=False)
class _Waiting:
    """A wish with the survey that it was meant for, and its work; no work while another file is being read."""

    wish: Wish
    path: str
    meant: Workspace
    job: TaskJob | None = None


class Wishes(QObject):
    """One for the session. They are looked into one after the other, on a thread that computes no pages."""

    changed = Signal()
    """What waits is not the same any more."""

    def __init__(self, session: Session) -> None:
        """Nothing waits."""
        super().__init__(session)
        self._session = session
        self._waiting: dict[str, _Waiting] = {}
        self.lane = Tasks(self)
        session.reading_changed.connect(self._on_reading)

    @property
    def shown(self) -> tuple[Wish, ...]:
        """The wishes that wait and show something, in the order in which they were asked for."""
        return tuple(each.wish for each in self._waiting.values() if each.wish.shown is not None)

    def add(self, wish: Wish) -> None:
        """Make a change as soon as it is known what it comes to."""
        session, workspace = self._session, self._session.workspace
        if workspace is None:
            return
        self.give_up(wish.key)
        known = wish.known(workspace)
        if known is not None:
            wish.make(workspace, known)
            return
        waiting = self._waiting[wish.key] = _Waiting(wish, session.path, workspace)
        self._look_into(waiting)
        self.changed.emit()

    def give_up(self, key: str) -> None:
        """Forget a wish, because something else was chosen in its place."""
        waiting = self._waiting.pop(key, None)
        if waiting is not None:
            if waiting.job is not None:
                waiting.job.cancel()
            self.changed.emit()

    def take_back(self) -> bool:
        """Forget what was asked for last, as Undo does with what was done last; False if nothing waits."""
        if not self._waiting:
            return False
        key, last = list(self._waiting.items())[-1]
        self.give_up(key)
        last.wish.dropped()
        return True

    def _look_into(self, waiting: _Waiting) -> None:
        workspace, wish = self._session.workspace, waiting.wish
        if workspace is None or not self._stands(waiting, workspace):
            self._drop(waiting)
            return
        waiting.job = self.lane.start(
            lambda job: wish.find(workspace, job),
            lambda found: self._on_answer(waiting, workspace, lambda now: wish.make(now, found)),
            lambda problem: self._on_answer(waiting, workspace, lambda _now: wish.failed(problem)),
        )

    def _on_answer(self, waiting: _Waiting, asked: Workspace, settle: Callable[[Workspace], None]) -> None:
        """An answer is there: use it if it is about the survey as it is now, or else ask again."""
        waiting.job = None
        if self._session.is_reading:
            return  # which survey is open then is known when that ends
        now, wish = self._session.workspace, waiting.wish
        if now is None or not self._stands(waiting, now) or wish.about(now) != wish.about(asked):
            self._look_into(waiting)
            return
        del self._waiting[wish.key]
        settle(now)
        self.changed.emit()

    @Slot(object)
    def _on_reading(self, report: object) -> None:
        """When reading ends, what had its answer meanwhile is looked into again."""
        if report is None and not self._session.is_reading:
            for waiting in [each for each in self._waiting.values() if each.job is None]:
                self._look_into(waiting)

    def _stands(self, waiting: _Waiting, now: Workspace) -> bool:
        """Whether this is still the survey that a wish is for, and the answers it names are the same ones."""
        return self._is_same_survey(waiting, now) and all(
            _meaning(waiting.meant, name) == _meaning(now, name) for name in waiting.wish.questions
        )

    def _is_same_survey(self, waiting: _Waiting, now: Workspace) -> bool:
        before, after = waiting.meant.dataset.complete.source, now.dataset.complete.source
        return before.digest == after.digest or bool(waiting.path and waiting.path == self._session.path)

    def _drop(self, waiting: _Waiting) -> None:
        del self._waiting[waiting.wish.key]
        now = self._session.workspace
        why = say("“{step}” was not done, because another survey was opened meanwhile.", step=waiting.wish.name)
        if now is not None and self._is_same_survey(waiting, now):
            why = say("“{step}” was not done, because its column was changed meanwhile.", step=waiting.wish.name)
        remedy = say("Choose it again if you still want it.")
        self._session.toast.emit(say("{first} {second}", first=why, second=remedy), ())
        waiting.wish.dropped()
        self.changed.emit()


def _meaning(workspace: Workspace, name: str) -> object:
    """What the answers of a question are called; None if there is no such question."""
    try:
        question: Question = workspace.dataset.question(name)
    except KeyError:
        return None
    return (question.kind, question.options, question.scale)
