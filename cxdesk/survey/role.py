"""What a question is used for, and how sure we are of it."""

from __future__ import annotations

from enum import StrEnum

from cxdesk.text import Text, say


class Role(StrEnum):
    """The part a question plays in the results. A person can change it; everything is recomputed from it."""

    RECOMMEND = "recommend"
    SATISFACTION = "satisfaction"
    EFFORT = "effort"
    RATING = "rating"
    SEGMENT = "segment"
    WAVE = "wave"
    MULTIPLE = "multiple"
    DATE = "date"
    COMMENT = "comment"
    OPERATION = "operation"
    """A number or a yes-or-no that the company knows about the person: a time, an amount, whether they stayed."""
    WEIGHT = "weight"
    RESPONDENT = "respondent"
    PRIVATE = "private"
    IGNORE = "ignore"


SCORED = frozenset({Role.RECOMMEND, Role.SATISFACTION, Role.EFFORT, Role.RATING})
"""Roles whose answers are numbers on a scale."""

GROUPING = frozenset({Role.SEGMENT, Role.WAVE})
"""Roles whose answers form groups of people. A wave's groups are also periods, in their order."""

UNSHOWN = frozenset({Role.PRIVATE, Role.IGNORE, Role.RESPONDENT})
"""Roles whose answers appear on no page and in no report."""


class Sure(StrEnum):
    """How sure the program is of a role it chose."""

    SURE = "sure"
    CHECK = "check"
    GUESS = "guess"


class Kind(StrEnum):
    """The shape of a question's answers."""

    SCORE = "score"
    """A whole number on a scale."""
    CHOICE = "choice"
    """One of several texts."""
    MULTIPLE = "multiple"
    """Any number of several options."""
    NUMBER = "number"
    """A number that is not a scale: a weight, an amount, an age."""
    DATE = "date"
    """A day, perhaps with a time."""
    TEXT = "text"
    """Free words, names, identifiers."""
    EMPTY = "empty"
    """No answers at all."""


def role_name(role: Role) -> Text:
    """The name of a role as the check page shows it."""
    return _ROLE_NAMES[role]


_ROLE_NAMES = {
    Role.RECOMMEND: say("NPS score"),
    Role.SATISFACTION: say("CSAT score"),
    Role.EFFORT: say("CES score"),
    Role.RATING: say("Other score"),
    Role.SEGMENT: say("Segment"),
    Role.WAVE: say("Wave"),
    Role.MULTIPLE: say("Multiple answer"),
    Role.DATE: say("Date"),
    Role.COMMENT: say("Comment"),
    Role.OPERATION: say("Operational number"),
    Role.WEIGHT: say("Weight"),
    Role.RESPONDENT: say("Respondent ID"),
    Role.PRIVATE: say("Ignore (private)"),
    Role.IGNORE: say("Ignore"),
}
