"""Writes what a person saves from a page, a picture or a table, and says in words how it went."""

from __future__ import annotations

import contextlib
from pathlib import Path

from cxdesk.text import Text, say

_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"/\\|?*', " "))
_LONGEST = 80


def file_name(title: str, ending: str) -> str:
    """A name for a file that every system allows, from the words of a title."""
    words = " ".join("".join(sign for sign in title if sign.isprintable()).translate(_FORBIDDEN).split())
    return f"{words[:_LONGEST].strip(' .') or 'CX Desk'}.{ending}"


def save(path: str, content: bytes) -> Text:
    """Write a file, or leave an older one untouched; returns the sentence that tells the person."""
    target = Path(path)
    draft = target.with_name(f".{target.name}.part")
    try:
        draft.write_bytes(content)
        draft.replace(target)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        return say(
            "“{file}” could not be saved. It may be open in another program, or the folder cannot be written to. "
            "Close it or choose another folder and try again.",
            file=target.name,
        )
    return say("“{file}” was saved.", file=target.name)
