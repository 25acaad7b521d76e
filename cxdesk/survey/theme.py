"""A theme of comments: a name and the words by which a comment is known to speak of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """A list of words that a person can edit.

    A comment has the theme if it holds any of ``include``. Words may be phrases; those in Latin letters are whole words
    and may end in ``*``, others may stand anywhere. What stands in ``exclude`` does not count: a longer word that only
    looks like an included one ("VIP card" for "card"), or, if it holds none of them, the whole comment that has it.
    With ``denied_out`` a word does not count where it is denied shortly before ("not friendly").
    """

    name: str
    include: tuple[str, ...]
    exclude: tuple[str, ...] = ()
    denied_out: bool = False
