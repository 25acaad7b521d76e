"""Decides what a scale is used for, by the words of its question: NPS, CSAT, CES, another score - or no score at all.

The rules are those of FORMATS.md 6.6 and 6.7 and UX.md 6: a 1-5 scale is never NPS; the direction of an effort
question, 0-10 against 1-10 and list positions are never guessed silently.
"""

from __future__ import annotations

from dataclasses import replace

from cxdesk.reading.found import Found
from cxdesk.reading.lexicon import asks
from cxdesk.reading.shape import Material
from cxdesk.reading.stance import (
    against_recommending,
    against_satisfaction,
    direction_ask,
    doubtful,
    effort_ask,
    facing,
    negative_reason,
    states,
    turned,
)
from cxdesk.reading.verdict import Verdict, saw_range, with_doubts
from cxdesk.survey.question import Ask, Reading
from cxdesk.survey.role import Role, Sure
from cxdesk.survey.scale import Direction, Scale
from cxdesk.text import Text, say

_MANY = 200
_LEVELS = 4
_USUAL_TOPS = (5, 7, 10)
_OPINIONS = frozenset({"agreement", "likelihood", "importance"})
_JUDGING = frozenset(
    {
        "satisfaction",
        "quality",
        "ease",
        "effort",
        "difficulty",
        "concern",
        "expectation",
        "comparison",
        "liking",
        "favour",
    }
)
"""What scales of words measure that say by themselves which answer is good; agreement and likelihood do not."""


def judge_scale(material: Material, found: Found) -> Verdict | None:
    """Decide the role of a scale; None if the numbers are codes, counts or ages and no score."""
    verdict = _judged(material, found)
    return with_doubts(verdict, found, material.profile.answered) if verdict is not None else None


def _judged(material: Material, found: Found) -> Verdict | None:
    words = material.words
    if material.ranked:
        return None
    if asks("rank", material.draft.group or material.draft.text):
        return None
    if found.basis == "words" and found.measure == "degree" and not _is_rated(material):
        return None
    if _recommends(material):
        if is_ten(found.scale):
            return _recommend(material, found)
        return _rating(material, found)
    if found.basis == "shifted":
        return None
    if asks("satisfaction", material.spoken) or found.measure == "satisfaction":
        return _with_direction(Role.SATISFACTION, material, found)
    if _about_effort(material, found):
        return _effort(material, found)
    if _is_count(material, found):
        return None
    if asks("difficult", words) or found.measure == "difficulty":
        return _difficulty(material, found)
    if found.worded or found.named or asks("rate", material.spoken) or asks("grade", words):
        return _rating(material, found)
    return _unnamed(material, found)


def _is_rated(material: Material) -> bool:
    """Whether a question asks for an opinion; "A lot", "Some", "Not at all" are a scale only then."""
    return any(asks(topic, material.words) for topic in ("rate", "satisfaction", "easy", "recommend"))


def _doubtful(material: Material) -> bool:
    return doubtful(material.draft.text, material.draft.group)


def _turned(material: Material) -> bool:
    return turned(material.draft.text, material.draft.group)


def is_ten(scale: Scale) -> bool:
    """Whether a scale is 0-10 or 1-10, the only ones on which NPS is counted."""
    return scale.highest == 10 and scale.lowest in (0, 1)


def _recommends(material: Material) -> bool:
    spoken = (material.words, material.header)
    if material.known is Role.RECOMMEND:
        return True
    if any(asks("recommend_group", part) for part in spoken) and not asks("recommend", material.words):
        return False
    return any(asks("recommend", part) or asks("recommend_short", part) for part in spoken)


def _recommend(material: Material, found: Found) -> Verdict:
    scale = found.scale
    if material.positions and found.basis == "numbers" and 0 not in found.values:
        # Nobody chose the last option; the numbers still count from 1.
        found = replace(found, basis="shifted")
        scale = replace(scale, lowest=0, codes=tuple((str(value), value - 1) for value in found.values))
    if found.basis == "shifted":
        stay = Scale(1, 11, no_answer=scale.no_answer)
        ask = Ask(
            (
                Reading(say("These are positions in a list: 1 means 0 and 11 means 10"), Role.RECOMMEND, scale),
                Reading(say("These are the scores themselves, from 1 to 11"), Role.RATING, stay),
            ),
            say("The answers go from 1 to 11. Exports by option number count a 0–10 question like that."),
        )
        return Verdict(Role.RECOMMEND, scale, Sure.CHECK, say("1–11, read as 0–10; wording matches"), ask)
    if scale.direction is Direction.LOW_IS_GOOD:
        return Verdict(
            Role.RECOMMEND,
            scale,
            Sure.CHECK,
            say("{range}, wording matches", range=saw_range(scale)),
            direction_ask(Role.RECOMMEND, scale, say("The words on the scale put the good end at the low numbers.")),
        )
    why = say("{range}, wording matches", range=saw_range(scale))
    if against_recommending(material.words):
        low = facing(scale, True)
        return Verdict(Role.RECOMMEND, low, Sure.CHECK, why, direction_ask(Role.RECOMMEND, low, negative_reason()))
    if scale.lowest == 0 or found.named or (scale.labels and scale.labels[0]):
        return Verdict(Role.RECOMMEND, scale, Sure.SURE, why)
    ten = replace(scale, lowest=0, labels=("", *scale.labels) if scale.labels else ())
    if any(asks("recommend_short", part) for part in (material.draft.text, material.header)):
        return Verdict(Role.RECOMMEND, ten, Sure.SURE, say("{range}, wording matches", range=saw_range(ten)))
    answered = material.profile.answered
    from_one = 1 in found.values or answered >= _MANY
    one_first = (
        Reading(say("1–10: 0 could not be chosen"), Role.RECOMMEND, scale),
        Reading(say("0–10: nobody chose 0"), Role.RECOMMEND, ten),
    )
    best = scale if from_one else ten
    ask = Ask(
        one_first if from_one else one_first[::-1],
        say("Nobody answered 0. The score is the same either way, but do not compare 1–10 results with 0–10 ones."),
        needed=False,
    )
    return Verdict(Role.RECOMMEND, best, Sure.CHECK, say("{range}, wording matches", range=saw_range(best)), ask)


def _about_effort(material: Material, found: Found) -> bool:
    if found.measure in ("ease", "effort"):
        return True
    if material.draft.group and not asks("easy", material.draft.group) and not asks("effort", material.words):
        return False
    if material.battery and not asks("effort", material.words):
        # "Ease of booking" between "Food" and "Comfort" is one of several rated points.
        return False
    return asks("effort", material.words) or asks("easy", material.words)


def _effort(material: Material, found: Found) -> Verdict:
    scale = found.scale
    hard = asks("effort", material.words) and not asks("easy", material.words)
    known = found.measure in ("ease", "effort", "difficulty") and found.worded
    if known and not material.coded:
        return Verdict(
            Role.EFFORT,
            scale,
            Sure.SURE,
            say("{range}, the words on the scale tell the direction", range=saw_range(scale)),
        )
    if found.worded and found.measure == "agreement" and not hard and not _doubtful(material):
        return Verdict(
            Role.EFFORT, scale, Sure.SURE, say("{range}, agreement that it was easy", range=saw_range(scale))
        )
    guess = facing(scale, True) if hard and not found.worded else scale
    if found.measure == "agreement" and (hard or _turned(material)):
        guess = facing(scale, True)
    why = say("{range}: which end is easy?", range=saw_range(scale))
    return Verdict(Role.EFFORT, guess, Sure.CHECK, why, effort_ask(guess))


def _with_direction(role: Role, material: Material, found: Found) -> Verdict:
    scale = found.scale
    why = say("{range}, wording matches", range=saw_range(scale))
    if found.measure not in _JUDGING and against_satisfaction(material.words):
        low = facing(scale, turned(material.words))
        return Verdict(role, low, Sure.CHECK, why, direction_ask(role, low, negative_reason()))
    if found.worded:
        return Verdict(role, scale, Sure.SURE, say("{range}, “satisfied” in the words", range=saw_range(scale)))
    if _like_school(material, scale):
        low = facing(scale, True)
        return Verdict(role, low, Sure.CHECK, why, direction_ask(role, low, _school_reason()))
    if material.coded:
        reason = say("This export writes numbers in place of the options, so their order is not known.")
        return Verdict(role, scale, Sure.CHECK, why, direction_ask(role, scale, reason))
    if scale.size == 3 and not found.named:
        ask = direction_ask(role, scale, say("There are only three numbers and no words for them."), needed=False)
        return Verdict(Role.RATING, scale, Sure.CHECK, why, replace(ask, readings=_as(Role.RATING, ask)))
    return Verdict(role, scale, Sure.SURE, why)


def _as(role: Role, ask: Ask) -> tuple[Reading, ...]:
    return tuple(replace(reading, role=role) for reading in ask.readings)


def _difficulty(material: Material, found: Found) -> Verdict:
    words = material.words
    # "Difficulty of returns" between other rated topics is no reason to turn that one row around.
    row = material.draft
    alone = bool(row.group) and not asks("difficult", row.group) and not states(row.text)
    scale = found.scale if found.worded or alone else facing(found.scale, True)
    why = say("{range}, asks how difficult something was", range=saw_range(scale))
    if found.worded and found.measure not in _OPINIONS:
        return Verdict(Role.RATING, scale, Sure.SURE, why)
    if found.worded and not alone and not asks("negated", words):
        # To agree that something was difficult is no good answer.
        scale = facing(scale, True)
    reason = say("The question asks about difficulty, so low numbers are probably the good ones.")
    return Verdict(Role.RATING, scale, Sure.CHECK, why, direction_ask(Role.RATING, scale, reason, needed=False))


def _is_count(material: Material, found: Found) -> bool:
    """Ages, counts, months: numbers that look like a scale and are none."""
    if found.worded or found.named or found.basis in ("labels", "ends"):
        return False
    if asks("rate", material.words) or asks("statement", material.draft.text):
        return False
    return asks("not_score", material.spoken) or (not material.battery and asks("demographic", material.spoken))


def _rating(material: Material, found: Found) -> Verdict:
    scale = found.scale
    range_ = saw_range(scale)
    if found.basis == "shifted":
        scale = Scale(1, 11, no_answer=scale.no_answer)
    words = say("{count} answers in words that form a scale", count=scale.size)
    if found.measure not in _JUDGING and _doubtful(material):
        guess = facing(scale, _turned(material) != (scale.direction is Direction.LOW_IS_GOOD))
        why = words if found.basis == "words" else say("{range}, worded negatively", range=range_)
        ask = direction_ask(Role.RATING, guess, negative_reason(), needed=False)
        return Verdict(Role.RATING, guess, Sure.CHECK, why, ask)
    if found.basis == "words":
        return Verdict(Role.RATING, scale, Sure.SURE, words)
    why = (
        say("{range}, words on the scale", range=range_)
        if found.worded or scale.labels
        else say("{range}, asks for a rating", range=range_)
    )
    if material.coded and not found.worded:
        reason = say("This export writes numbers in place of the options, so their order is not known.")
        return Verdict(Role.RATING, scale, Sure.CHECK, why, direction_ask(Role.RATING, scale, reason, needed=False))
    if all(found.ends) and not found.worded and not any(asks("usual_end", end) for end in found.ends):
        first, last = found.ends
        reason = say("The words at the ends, “{low}” and “{high}”, do not say which one is good.", low=first, high=last)
        return Verdict(Role.RATING, scale, Sure.CHECK, why, direction_ask(Role.RATING, scale, reason, needed=False))
    graded = asks("grade", material.words) or _like_school(material, scale)
    if graded and not found.worded and scale.lowest == 1:
        best_first = facing(scale, True)
        ask = direction_ask(Role.RATING, best_first, _school_reason())
        return Verdict(Role.RATING, best_first, Sure.CHECK, why, ask)
    if scale.direction is Direction.LOW_IS_GOOD and found.basis != "labels":
        ask = direction_ask(
            Role.RATING, scale, say("The question puts the good words at the low numbers."), needed=False
        )
        return Verdict(Role.RATING, scale, Sure.CHECK, why, ask)
    return Verdict(Role.RATING, scale, Sure.SURE, why)


def _like_school(material: Material, scale: Scale) -> bool:
    """Whether bare numbers from 1 to 6 are asked for in the words of a country where 1 is the best grade."""
    return (scale.lowest, scale.highest) == (1, 6) and not any(scale.labels) and asks("school_words", material.words)


def _school_reason() -> Text:
    return say("School grades have their best answer at the low end in some countries.")


def _unnamed(material: Material, found: Found) -> Verdict | None:
    """Small whole numbers without any word about rating: a score only if they spread like one, and never silently."""
    scale = found.scale
    grid = bool(material.draft.group) or (material.battery and not material.coded)
    if not grid and (material.coded or found.seen < _LEVELS or scale.highest not in _USUAL_TOPS or scale.lowest > 1):
        return None
    if grid and scale.size < 3:
        return None
    high = Reading(say("A score: higher is better"), Role.RATING, scale)
    low = Reading(say("A score: lower is better"), Role.RATING, facing(scale, True))
    against = _turned(material)
    groups = Reading(say("Numbers that stand for groups"), Role.SEGMENT)
    ask = Ask(
        (low, high, groups) if against else (high, low, groups),
        say("The header does not say what the numbers mean."),
        needed=False,
    )
    return Verdict(
        Role.RATING,
        facing(scale, against),
        Sure.CHECK,
        say("{range}, but the header names no rating", range=saw_range(scale)),
        ask,
    )
