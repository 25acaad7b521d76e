"""Tells groups of people from words of their own: whether answers repeat like options, or read like sentences.

Only shares of people count here, never the rows: the work is done on a column's distinct answers.
"""

from __future__ import annotations

from cxdesk.reading.lexicon import asks, plain, tokens
from cxdesk.reading.profile import Profile
from cxdesk.reading.shape import Material

_MOST_GROUPS = 1000
_SHORT_HEADER = 25
_OFTEN = 5
_SMALL_FILE = 25
_NAME = 40
_MOST_OPTIONS = 40
_NEARLY_ALL = 0.85


def groups_well(profile: Profile) -> bool:
    """Whether a column's answers repeat like the names of groups: a few, or many that each come back often."""
    spoken = profile.named
    distinct = len({plain(answer.words) for answer in spoken}) + profile.distinct - len(profile.answers)
    answered = max(profile.answered, 1)
    longest = max((len(answer.words) for answer in spoken), default=0)
    average = sum(len(answer.words) * answer.count for answer in spoken) / max(sum(a.count for a in spoken), 1)
    if distinct < 2 or distinct > _MOST_GROUPS or profile.distinct > len(profile.answers):
        return False
    if distinct <= 6 and (answered >= 2 * distinct or (answered < 12 and distinct < answered)) and longest <= 300:
        return average <= 80 or answered >= 2 * distinct
    if profile.rows < _SMALL_FILE and answered >= 8 and longest <= _NAME and not is_wordy(profile):
        # In a short file the names of shops come back only two or three times.
        return distinct <= 0.6 * answered
    if average > 80:
        return False
    if longest > 300:
        return few_options(profile)
    if distinct <= 40 and answered >= 3 * distinct:
        return True
    if distinct <= 60 and answered >= 5 * distinct:
        return True
    return (average <= 40 and longest <= 120 and answered >= 8 * distinct) or few_options(profile)


def few_options(profile: Profile) -> bool:
    """Whether a short list of answers covers nearly everybody, and the rest is what people wrote under "Other"."""
    said = [answer for answer in profile.spoken if plain(answer.words) not in tokens("no") | tokens("nothing")]
    total = sum(answer.count for answer in said)
    enough = max(3, 0.01 * total)
    options = [answer for answer in said if answer.count >= enough]
    if not 3 <= len(options) <= _MOST_OPTIONS or total < 0.7 * profile.answered:
        return False
    return sum(answer.count for answer in options) >= _NEARLY_ALL * total


def asks_for_words(material: Material) -> bool:
    """Whether a header asks for comments and people wrote some: under a short one ("Why?", "建议") one is enough.

    Under a long one ("Why did you choose us?") the texts must hardly repeat, as options would.
    """
    text = material.draft.text
    profile = material.profile
    if not asks("comment", text):
        return False
    if asks("one_of", text) and (few_options(profile) or profile.distinct <= 0.75 * profile.answered):
        return False
    if len(text) > _SHORT_HEADER:
        return profile.answered < _OFTEN * profile.distinct and is_wordy(profile)
    return any(_is_sentence(answer.words) for answer in material.profile.spoken)


def short_list(profile: Profile) -> bool:
    """Whether a handful of answers each come back ten times: options even where people could write."""
    return profile.distinct <= 6 and profile.answered >= 10 * profile.distinct


def is_wordy(profile: Profile) -> bool:
    """Whether three in ten different answers are sentences."""
    spoken = profile.spoken
    return sum(_is_sentence(answer.words) for answer in spoken) >= 0.3 * len(spoken)


def _is_sentence(text: str) -> bool:
    if len(text.split()) >= 4:
        return True
    return sum("\u3040" <= sign <= "\u9fff" or "\uac00" <= sign <= "\ud7af" for sign in text) >= 6
