"""How many of those who were invited answered, and do they look like the invited? Only if a person typed the numbers.

Weights can repair who is there, not what those who stayed away would have said; the line says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxdesk.analysis.quality_values import Line, QualitySpec, State
from cxdesk.stats.chi_square import chi_square_tail
from cxdesk.survey.counting import Sample
from cxdesk.survey.question import Question
from cxdesk.text import Format, Number, Text, say

_CHANCE = 0.05
_LOW_RATE = 0.3
_LEAST_EXPECTED = 5.0


def response_lines(everyone: Sample, spec: QualitySpec) -> Iterator[Line]:
    """The response rate, and whether the groups answered alike; nothing without the numbers of those invited."""
    if spec.invited:
        yield _rate(everyone.dataset.complete.receipt.rows_used, spec.invited)
    if spec.groups is not None:
        question = next((each for each in everyone.dataset.questions if each.id == spec.groups.question), None)
        if question is not None and question.size == len(spec.groups.numbers):
            yield _alike(everyone, question, spec.groups.numbers)


def _rate(answered: int, invited: int) -> Line:
    name = say("Response rate")
    if answered > invited:
        means = say("More answers than people invited ({invited}). Check the number.", invited=invited)
        return Line("rate", name, State.KNOW, None, means)
    share = answered / invited
    facts: dict[str, int | Number] = {"answered": answered, "invited": invited, "share": Number(share, Format.PERCENT)}
    means = say("{answered} of {invited} invited people answered: {share}.", **facts)
    if share < _LOW_RATE:
        means = say("{fact} {limit}", fact=means, limit=_limit())
    return Line("rate", name, State.KNOW if share < _LOW_RATE else State.FINE, None, means)


def _limit() -> Text:
    return say(
        "Those who stayed away may think differently. Weights can even out who answered, not what the others think."
    )


def _alike(everyone: Sample, question: Question, invited: tuple[int, ...]) -> Line:
    """Compare the groups of the respondents with those of the invited (chi-square of the shares, METHODS.md 6)."""
    name = say("Who answered")
    answered = everyone.counts(question.id)[: question.size].tolist()
    total, asked = sum(answered), sum(invited)
    pairs = [(count, total * number / asked) for count, number in zip(answered, invited, strict=True) if number]
    if not total or len(pairs) < 2 or min(expected for _, expected in pairs) < _LEAST_EXPECTED:
        means = say("Too few answers to compare the groups of “{question}” with those invited.", question=question.text)
        return Line("alike", name, State.KNOW, None, means)
    distance = sum((count - expected) ** 2 / expected for count, expected in pairs)
    if chi_square_tail(distance, len(pairs) - 1) > _CHANCE:
        means = say("The groups of “{question}” answered about as often as each other.", question=question.text)
        return Line("alike", name, State.FINE, None, means)
    gaps = [count / total - number / asked for count, number in zip(answered, invited, strict=True)]
    place = max(range(len(gaps)), key=lambda at: abs(gaps[at]))
    means = say(
        "{group} is {here} of the answers but {there} of those invited. Weights by “{question}” even that out. {limit}",
        group=question.options[place],
        here=Number(answered[place] / total, Format.PERCENT),
        there=Number(invited[place] / asked, Format.PERCENT),
        question=question.text,
        limit=_limit(),
    )
    return Line("alike", name, State.KNOW, None, means, "weights")
