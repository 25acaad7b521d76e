"""Why a report, project or template could not be saved, in words that a person can act on."""

from __future__ import annotations

import errno

from cxdesk.text import Format, Number, Text, say

REPORT = say("report")
_MEGABYTE = 1_000_000
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_CLOSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_IMPOSSIBLE = frozenset(
    {errno.ENAMETOOLONG, errno.EINVAL, errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ELOOP}
)


class SaveRefused(Exception):
    """The file could not be saved. ``reason`` says what happened, ``remedy`` what to do; ``code`` is a stable word.

    The message of the exception holds the code only, never a path.
    """

    def __init__(self, code: str, reason: Text, remedy: Text) -> None:
        """Keep the words; they are translated where they are shown."""
        super().__init__(code)
        self.code = code
        self.reason = reason
        self.remedy = remedy


def refusal(problem: OSError, what: Text = REPORT, needed: int = 0, free: int | None = None) -> SaveRefused:
    """Say in plain words why the disk said no to ``what``.

    ``needed`` is its size in bytes, ``free`` the room that is left on the disk, None if that is not known.
    """
    if problem.errno in _FULL:
        return SaveRefused("disk_full", _full(what, needed, free), say("Free some space, or save to another drive."))
    if problem.errno in _CLOSED:
        return SaveRefused(
            "not_writable",
            say("The {what} was not saved because nothing may be written to this folder.", what=what),
            say("Choose another folder, for example Documents, and try again."),
        )
    if problem.errno in _IMPOSSIBLE:
        return SaveRefused(
            "bad_place",
            say("The {what} was not saved because there can be no file of this name in this place.", what=what),
            say("Choose a shorter name without special characters, or another folder."),
        )
    return SaveRefused(
        "disk_error",
        say(
            "The {what} was not saved because the drive did not take it. An older {what} of this name is unchanged.",
            what=what,
        ),
        say("Check that the drive is still connected, or save to another place, and try again."),
    )


def held(what: Text) -> SaveRefused:
    """Say that another program holds the file that would be replaced."""
    return SaveRefused(
        "held",
        say("The {what} was not saved because another program has the file open. It is unchanged.", what=what),
        say("Close it there and save again, or save under another name."),
    )


def _full(what: Text, needed: int, free: int | None) -> Text:
    room = Number(max(needed, _MEGABYTE // 100) / _MEGABYTE, Format.GENERAL)
    if free is None:
        return say(
            "The {what} was not saved because the disk is full; it needs {needed} MB. An older {what} of this name is "
            "unchanged.",
            what=what,
            needed=room,
        )
    return say(
        "The {what} was not saved because the disk is full; it needs {needed} MB and {free} MB are free. An older "
        "{what} of this name is unchanged.",
        what=what,
        needed=room,
        free=Number(free / _MEGABYTE, Format.GENERAL),
    )


def not_as_meant() -> SaveRefused:
    """Say that the finished workbook did not read back as it was meant."""
    return SaveRefused(
        "not_as_meant",
        say("The report was not saved because it did not read back as it was meant. Your data is unchanged."),
        say("Leave out sheets one by one under Export to find the one concerned, and tell us about it."),
    )
