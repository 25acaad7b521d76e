"""Tries one library after another on a file, because none of them reads everything and each breaks on something.

A library that fails, or that died in an earlier attempt, is one failed link and not a failed program.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from cxdesk.job import Cancelled, Job
from cxdesk.reading.guards import announce, damaged, out_of_memory
from cxdesk.reading.problem import ReadRefused

Read = TypeVar("Read")


class LinkFailed(Exception):
    """This library could not read the file faithfully; the next one may."""


def first_that_reads(
    links: tuple[tuple[str, Callable[[], Read]], ...], job: Job, skip: frozenset[str], unpacked: int
) -> Read:
    """The result of the first link that is not skipped and does not fail.

    Raises `ReadRefused` "damaged" if none is left. ``unpacked`` is the size of the content in bytes; larger content
    may be silent for longer.
    """
    memory = False
    for name, read in links:
        if name in skip:
            continue
        announce(job, name, unpacked)
        try:
            return read()
        except MemoryError:
            memory = True
        except (ReadRefused, Cancelled, KeyboardInterrupt, SystemExit):
            raise
        except BaseException as problem:
            # Libraries raise anything on broken files; a panic of Rust code is not even an Exception.
            if not isinstance(problem, Exception) and type(problem).__name__ != "PanicException":
                raise
    raise out_of_memory() if memory else damaged()
