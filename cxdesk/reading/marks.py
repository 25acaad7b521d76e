"""What a survey platform says about whole answers: not finished, a preview, spam. They are counted and reported.

The rows stay in the results, because people may have good reasons to keep them; the receipt names how many there are.
Which column tells it and with which words stands in the platform's file (``marks``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cxdesk.reading.lexicon import plain, tokens
from cxdesk.reading.platform import Platform, facts
from cxdesk.reading.profile import Profile
from cxdesk.survey.receipt import Unused
from cxdesk.text import Text, say_n

_FINISHED = "finished"


def marked(platform: Platform | None, profiles: Sequence[Profile]) -> list[Unused]:
    """Count the rows that the platform marked; an empty cell is a mark too where its file says so."""
    marks: Mapping[str, Mapping[str, Sequence[str]]] = facts(platform.key).get("marks", {}) if platform else {}
    found: dict[str, Unused] = {}
    for profile in profiles:
        for header in map(plain, profile.column.header):
            kinds = marks.get(header, {"unfinished": sorted(tokens("no"))} if header == _FINISHED else {})
            for code, words in kinds.items():
                count = _count(profile, frozenset(words))
                if count and code not in found:
                    cells = _cells(profile, frozenset(words))
                    found[code] = Unused(code, count, _told(code, count), profile.column.position, cells)
    return list(found.values())


def _count(profile: Profile, words: frozenset[str]) -> int:
    count = sum(answer.count for answer in profile.answers if plain(answer.words) in words)
    # A column that is empty everywhere was not filled in by the platform.
    return count + (profile.rows - profile.filled if "" in words and profile.filled else 0)


def _cells(profile: Profile, words: frozenset[str]) -> tuple[str, ...]:
    """The cell texts that are such a mark, so that their rows can be shown."""
    cells = tuple(answer.cell for answer in profile.answers if plain(answer.words) in words)
    return (*cells, "") if "" in words else cells


def _told(code: str, count: int) -> Text:
    match code:
        case "test_row":
            return say_n(
                "1 row is a preview or test of the survey; it is counted like the others",
                "{count} rows are previews or tests of the survey; they are counted like the others",
                count,
            )
        case "spam_row":
            return say_n(
                "1 row was marked as spam by the survey platform; it is counted like the others",
                "{count} rows were marked as spam by the survey platform; they are counted like the others",
                count,
            )
        case "screened_out":
            return say_n(
                "1 person was screened out by the survey; what was answered is used",
                "{count} people were screened out by the survey; what they answered is used",
                count,
            )
        case _:
            return say_n(
                "1 person did not finish; what was answered is used",
                "{count} people did not finish; what they answered is used",
                count,
            )
