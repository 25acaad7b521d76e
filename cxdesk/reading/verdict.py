"""What a scale is used for, and the doubts about its points that are the same for every use.

Whether 9 belongs to a scale, whether 0 is its lowest answer, what an answer of 7.5 means: each changes every share and
mean, so it is asked together with what is asked anyway.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cxdesk.reading.found import Found, Rival
from cxdesk.survey.question import Ask, Reading
from cxdesk.survey.role import Role, Sure
from cxdesk.survey.scale import Scale
from cxdesk.text import Listed, Number, Text, say, say_n

_ZERO_BESIDE = (5, 7)
_MOST_HALVES = 0.25
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a scale is used for: role, scale, how sure, why, and the question to ask if there is a doubt."""

    role: Role
    scale: Scale
    sure: Sure
    why: Text
    ask: Ask | None = None


def with_doubts(verdict: Verdict, found: Found, answered: int) -> Verdict:
    """The verdict with the questions about single points; ``answered`` is the number of people who answered."""
    verdict = _zero_asked(verdict, found)
    if found.rival is not None:
        verdict = _rival_asked(verdict, found.rival)
    return _halves_asked(verdict, found, answered) if found.halves else verdict


def saw_range(scale: Scale) -> Text:
    """How a scale is named in reasons: "1–5"."""
    return say("{low}–{high}", low=str(scale.lowest), high=str(scale.highest))


def _zero_asked(verdict: Verdict, found: Found) -> Verdict:
    """Ask what 0 means beside 1-5 or 1-7: the lowest answer, or "not applicable" (FORMATS.md 5)."""
    scale = verdict.scale
    usual = scale.lowest == 0 and scale.highest in _ZERO_BESIDE and found.seen == scale.size
    if not usual or found.named or found.worded or scale.labels or verdict.ask is not None or found.rival is not None:
        return verdict
    without = replace(scale, lowest=1, no_answer=(*scale.no_answer, "0"))
    ask = Ask(
        (
            Reading(say("0 is the lowest answer"), verdict.role, scale),
            Reading(say("0 stands for no answer"), verdict.role, without),
        ),
        say("Ratings up to {top} usually begin at 1.", top=str(scale.highest)),
        needed=False,
    )
    return replace(verdict, sure=Sure.CHECK, ask=ask)


def _rival_asked(verdict: Verdict, rival: Rival) -> Verdict:
    """Ask which of two scales it is: 1-5 with a few 9 that are no answers, or 1-10."""
    other = replace(rival.scale, direction=verdict.scale.direction)
    if verdict.ask is None:
        readings: tuple[Reading, ...] = (
            Reading(_named(verdict.scale, rival), verdict.role, verdict.scale),
            Reading(_named(other, rival), verdict.role, other),
        )
        return replace(verdict, sure=Sure.CHECK, ask=Ask(readings, _reason(rival)))
    own = tuple(_on(reading, reading.scale, rival) for reading in verdict.ask.readings)
    others = tuple(
        _on(reading, replace(other, direction=reading.scale.direction), rival)
        for reading in verdict.ask.readings
        if reading.scale is not None
    )
    reason = say("{first} {second}", first=verdict.ask.reason, second=_reason(rival))
    ask = replace(verdict.ask, readings=(*own[:1], *others[:1], *own[1:], *others[1:]), reason=reason)
    return replace(verdict, ask=ask)


def _on(reading: Reading, scale: Scale | None, rival: Rival) -> Reading:
    """A reading on one of the two scales, which its words name; the top and bottom that they speak of move along."""
    if scale is None:
        return reading
    ends = {"top": str(scale.highest), "bottom": str(scale.lowest)}
    moved = tuple((name, ends.get(name, param)) for name, param in reading.words.params)
    reading = replace(reading, words=replace(reading.words, params=moved))
    return replace(
        reading, scale=scale, words=say("{reading} ({scale})", reading=reading.words, scale=_named(scale, rival))
    )


def _named(scale: Scale, rival: Rival) -> Text:
    if rival.word:
        return say("{range}: “{word}” is {top}", range=saw_range(scale), word=rival.word, top=str(scale.highest))
    gone = [str(value) for value in rival.apart if not scale.lowest <= value <= scale.highest]
    if gone:
        return say("{range}, without {numbers}", range=saw_range(scale), numbers=Listed(tuple(gone)))
    return saw_range(scale)


def _reason(rival: Rival) -> Text:
    if rival.word:
        return say("“{word}” stands beside numbers up to {high}.", word=rival.word, high=str(rival.high))
    if not rival.apart:
        return say("Nobody answered more than {high}.", high=str(rival.high))
    return say_n(
        "1 answer is {numbers}, the other {others} lie from {low} to {high}. A number outside often means “no answer”.",
        "{count} answers are {numbers}, the other {others} lie from {low} to {high}. "
        "A number outside often means “no answer”.",
        rival.count,
        numbers=Listed(tuple(str(value) for value in rival.apart)),
        others=Number(rival.others),
        low=str(rival.low),
        high=str(rival.high),
    )


def _halves_asked(verdict: Verdict, found: Found, answered: int) -> Verdict:
    """Ask about answers between two points of the scale: they are never rounded in silence (METHODS.md 1.1)."""
    cells = Listed((*found.between[:_SHOWN], *(("…",) if len(found.between) > _SHOWN else ())))
    reason = say_n(
        "1 answer lies between two points of the scale and would be left out: {cells}",
        "{count} answers lie between two points of the scale and would be left out: {cells}",
        found.halves,
        cells=cells,
    )
    unused = Reading(say("Something else, do not use it"), Role.IGNORE)
    if verdict.ask is not None:
        used = tuple(reading for reading in verdict.ask.readings if reading.role is not Role.IGNORE)
        reason = say("{first} {second}", first=verdict.ask.reason, second=reason)
    else:
        words = say("{range}, whole numbers only", range=saw_range(verdict.scale))
        used = (Reading(words, verdict.role, verdict.scale),)
    if found.halves > _MOST_HALVES * answered:
        return replace(verdict, role=Role.IGNORE, sure=Sure.CHECK, ask=Ask((unused, *used), reason))
    return replace(verdict, sure=Sure.CHECK, ask=Ask((*used, unused), reason))
