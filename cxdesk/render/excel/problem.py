"""Why a report could not be saved, in words that a person can act on."""

from __future__ import annotations

import errno

from cxdesk.text import Text, say

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_CLOSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_IMPOSSIBLE = frozenset(
    {errno.ENAMETOOLONG, errno.EINVAL, errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ELOOP}
)


class SaveRefused(Exception):
    """The report could not be saved. ``reason`` says what happened, ``remedy`` what to do; ``code`` is a stable word.

    The message of the exception holds the code only, never a path.
    """

    def __init__(self, code: str, reason: Text, remedy: Text) -> None:
        """Keep the words; they are translated where they are shown."""
        super().__init__(code)
        self.code = code
        self.reason = reason
        self.remedy = remedy


def refusal(problem: OSError) -> SaveRefused:
    """Say in plain words why the disk said no."""
    if problem.errno in _FULL:
        return SaveRefused(
            "disk_full",
            say("The report was not saved because the disk is full. An older report of this name is unchanged."),
            say("Free some space, or save to another drive, and try again."),
        )
    if problem.errno in _CLOSED:
        return SaveRefused(
            "not_writable",
            say("The report was not saved because nothing may be written to this folder."),
            say("Choose another folder, for example Documents, and try again."),
        )
    if problem.errno in _IMPOSSIBLE:
        return SaveRefused(
            "bad_place",
            say("The report was not saved because there can be no file of this name in this place."),
            say("Choose a shorter name without special characters, or another folder."),
        )
    return SaveRefused(
        "disk_error",
        say("The report was not saved because the drive did not take it. An older report of this name is unchanged."),
        say("Check that the drive is still connected, or save to another place, and try again."),
    )


def not_as_meant() -> SaveRefused:
    """Say that the finished workbook did not read back as it was meant."""
    return SaveRefused(
        "not_as_meant",
        say("The report was not saved because it did not read back as it was meant. Your data is unchanged."),
        say("Leave out sheets one by one under Export to find the one concerned, and tell us about it."),
    )
