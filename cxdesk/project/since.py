"""What differs between the columns of a file and those of last time, in one line."""

from __future__ import annotations

from cxdesk.text import Listed, Text, say, say_n


def since_last_time(new: int, gone: int, renamed: int, *, moved: bool = False) -> Text | None:
    """How many columns are new, gone or renamed, and whether their order changed; None if nothing differs."""
    parts: list[Text] = []
    if new:
        parts.append(say_n("1 column new", "{count} columns new", new))
    if gone:
        parts.append(say_n("1 column gone", "{count} columns gone", gone))
    if renamed:
        parts.append(say_n("1 renamed", "{count} renamed", renamed))
    if moved:
        parts.append(say("order changed"))
    return say("Since last time: {changes}", changes=Listed(tuple(parts))) if parts else None
