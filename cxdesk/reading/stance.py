"""Which way a question points: whether its words speak for something good or for something bad.

"I was unhappy with the staff" and "我不满意" turn a scale of agreement around, and words alone do not always tell ("I
would take another job"). So words of that kind never decide in silence: they make a guess, and the person is asked.

The name of a topic states nothing: "Problem resolution", "Not pushy", "没有排队" are rated like all other topics. A row
of a grid turns around only if it is a sentence; if it only sounds bad ("Slow service") it is asked, and answers tell.
"""

from __future__ import annotations

import re
from dataclasses import replace

from cxdesk.reading.lexicon import asks, mentions, plain, without
from cxdesk.survey.question import Ask, Reading
from cxdesk.survey.role import Role
from cxdesk.survey.scale import Direction, Scale
from cxdesk.text import Text, say

_END_BEHIND = re.compile(
    r"\d{1,2}\s*分?\s*(?:-|–|—|=|:|：|is\b|means\b|being\b|indicat\w*|represents\b|stands for\b|表示|代表|为|是"
    r"|bedeutet|signifie|significa|est\b|es\b)\s*[^\d,;，；。()（）]{2,60}",
    re.I,
)
_END_BEFORE = re.compile(r"[^,;，；。()（）:：?？]{2,40}[(（]\s*\d{1,2}\s*分?\s*[)）]")


def doubtful(words: str, group: str = "") -> bool:
    """Whether a question or the ``group`` above it says anything negative, apart from the words on the scale's ends."""
    return _negatives(words) + _negatives(group) > 0


def turned(words: str, group: str = "") -> bool:
    """Whether the negative words, taken together, turn the meaning around: "not difficult" does not.

    In a grid a row that is no sentence turns nothing.
    """
    own = _negatives(words) if not group or states(words) else 0
    return (own + _negatives(group)) % 2 == 1


def states(words: str) -> bool:
    """Whether words state something ("The queue was long"), unlike names ("Queue") and questions ("How was it?")."""
    return asks("statement", words) or (asks("sentence", words) and not asks("question", words))


def _bare(words: str) -> str:
    """The question without the words that it gives to the ends of its scale: "(1 = very dissatisfied)"."""
    return _END_BEHIND.sub(" ", _END_BEFORE.sub(" ", plain(words)))


def against_satisfaction(words: str) -> bool:
    """Whether a question is about dissatisfaction only: "I was dissatisfied", not "how satisfied or dissatisfied"."""
    bare = _bare(words)
    return asks("against_satisfaction", bare) and not asks("satisfaction", without("against_satisfaction", bare))


def against_recommending(words: str) -> bool:
    """Whether a question asks if people would not recommend, or advise against."""
    return asks("against_recommend", _bare(words))


def facing(scale: Scale, low_is_good: bool) -> Scale:
    """The scale with the direction that we guess."""
    return replace(scale, direction=Direction.LOW_IS_GOOD if low_is_good else Direction.HIGH_IS_GOOD)


def effort_ask(scale: Scale, reason: Text | None = None) -> Ask:
    """Ask which end of an effort scale is easy; the scale's direction is our guess."""
    top = str(scale.highest)
    easy = Reading(say("{top} means “very easy” (higher is better)", top=top), Role.EFFORT, facing(scale, False))
    hard = Reading(say("{top} means “very hard” (lower is better)", top=top), Role.EFFORT, facing(scale, True))
    low_is_good = scale.direction is Direction.LOW_IS_GOOD
    return Ask(
        (hard, easy) if low_is_good else (easy, hard),
        reason or say("The file does not say which end of the scale is easy."),
    )


def direction_ask(role: Role, scale: Scale, reason: Text, needed: bool = True) -> Ask:
    """Ask which end of a scale is good; the scale's direction is our guess."""
    high = Reading(say("{top} is the best answer", top=str(scale.highest)), role, facing(scale, False))
    low = Reading(say("{bottom} is the best answer", bottom=str(scale.lowest)), role, facing(scale, True))
    readings = (low, high) if scale.direction is Direction.LOW_IS_GOOD else (high, low)
    return Ask(readings, reason, needed)


def negative_reason() -> Text:
    """Why we ask about a question with negative words."""
    return say("The question is worded negatively, so a high answer may be a bad one.")


def _negatives(words: str) -> int:
    bare = without("harmless", _bare(words))
    return mentions("negative", bare if states(words) else without("topic_words", bare))
