"""The words that an error brings along: what happened, and what to do.

Files, reports, projects and the worker process refuse in their own ways; whoever tells a person about it needs only
these two.
"""

from __future__ import annotations

from cxdesk.text import Text


def words_of(problem: BaseException) -> tuple[Text, Text] | None:
    """The reason and the remedy of a refusal; None for an error that was not meant for people."""
    reason, remedy = getattr(problem, "reason", None), getattr(problem, "remedy", None)
    return (reason, remedy) if isinstance(reason, Text) and isinstance(remedy, Text) else None
