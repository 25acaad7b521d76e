"""How many people were invited: typed as one number, or pasted as a table of groups with a number each."""

from __future__ import annotations

from dataclasses import dataclass

from cxdesk.analysis.groups import segment_questions
from cxdesk.analysis.quality_values import Invited
from cxdesk.project.typed import pasted_rows, typed_number
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.text import Listed, Text, say

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class PastedInvited:
    """What was understood of a pasted table: the numbers by group, or (None) the reason why it cannot be used."""

    invited: Invited | None
    problem: Text | None = None


def invited_number(text: str) -> int | None:
    """The number of people who were invited; 0 for an empty text, None for what is no whole number."""
    if not text.strip():
        return 0
    number = typed_number(text)
    return int(number) if number is not None and number >= 0 and number.is_integer() else None


def invited_groups(dataset: Dataset, text: str) -> PastedInvited:
    """Find the column whose groups were pasted with how many were invited of each, in any order, a head or none.

    Groups that were invited but never answered cannot be told apart from misspellings, so they are refused by name.
    """
    rows = [row for row in pasted_rows(text) if len(row) >= 2]
    if rows and typed_number(rows[0][1]) is None:
        rows = rows[1:]
    numbers: dict[str, int] = {}
    for row in rows:
        number = invited_number(row[1])
        if number is None:
            return PastedInvited(None, say("“{text}” is no number of people.", text=row[1]))
        numbers[_plain(row[0])] = numbers.get(_plain(row[0]), 0) + number
    if len(numbers) < 2 or not sum(numbers.values()):
        return PastedInvited(None, say("Paste two columns: the groups, and how many were invited of each."))
    best = max(segment_questions(dataset), key=lambda each: len(_names(each) & set(numbers)), default=None)
    if best is None or not _names(best) & set(numbers):
        return PastedInvited(None, say("No column has these groups. Their names must be as in the file."))
    unknown = [row[0] for row in rows if _plain(row[0]) not in _names(best)]
    if unknown:
        named = Listed(tuple(unknown[:_MOST_NAMED]))
        return PastedInvited(None, say("“{column}” has no group {groups}.", column=best.text, groups=named))
    return PastedInvited(Invited(best.id, tuple(numbers.get(_plain(option), 0) for option in best.options)))


def _names(question: Question) -> set[str]:
    return {_plain(option) for option in question.options}


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
