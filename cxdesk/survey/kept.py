"""What was once made of the texts of a survey, which takes seconds: kept as long as the survey is open.

Neither weights nor filters, roles or rows that are left out change it, so it belongs to the survey itself: every
`Dataset` that was made from another one by `dataclasses.replace` shares its memory. It holds nothing that could not be
made again, travels nowhere and is saved nowhere.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from cxdesk.job import Job

_MOST = 24
_PATIENCE = 0.05

Made = TypeVar("Made")


class Elsewhere(Protocol):
    """Calls a function of this program in another process; None if that was not possible. Raises `Cancelled`."""

    def __call__(self, function: str, arguments: tuple[Any, ...], job: Job) -> Any | None:
        """``function`` is "module:name"; it gets ``*arguments, job``. All of it must be able to travel."""


@dataclass(init=False, eq=False)
class Kept:
    """Remembers; any thread may use it. Names should hold the texts themselves (`Words`, `Column`), not their names.

    It has no fields, because what is remembered is no part of a survey's value. ``elsewhere`` does long work in another
    process, if somebody offers one.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._found: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.RLock()
        self.elsewhere: Elsewhere | None = None

    def get(self, name: Hashable, make: Callable[[], Made], job: Job) -> Made:
        """What has this name, made if it is not there; whoever else wants something waits meanwhile.

        Raises `Cancelled` if the job says so.
        """
        while not self._lock.acquire(timeout=_PATIENCE):
            job.check()
        try:
            if name in self._found:
                self._found.move_to_end(name)
            else:
                self._found[name] = make()
                while len(self._found) > _MOST:
                    self._found.popitem(last=False)
            found: Made = self._found[name]
            return found
        finally:
            self._lock.release()
