"""How operational numbers are written: times in the unit that people use, money with its sign, names of groups."""

from __future__ import annotations

from cxdesk.analysis.measure import Measure, MeasureKind
from cxdesk.analysis.operations_values import ColumnFacts, Fact, Meaning
from cxdesk.blocks.table import Mark
from cxdesk.survey.amount import TimeUnit, unit_name
from cxdesk.survey.base import BaseLevel, Rules
from cxdesk.text import Format, Label, Number, Param, Text, say, say_n

_LARGE = 100


def duration(seconds: float) -> Text:
    """A whole time, in the largest unit that it fills: "30 minutes", "24 hours", "3 days"."""
    if seconds >= 2 * TimeUnit.DAY.seconds:
        return say_n("1 day", "{count} days", round(seconds / TimeUnit.DAY.seconds))
    if seconds >= TimeUnit.HOUR.seconds:
        return say_n("1 hour", "{count} hours", round(seconds / TimeUnit.HOUR.seconds))
    return say_n("1 minute", "{count} minutes", round(seconds / TimeUnit.MINUTE.seconds))


def part_names(rule: Measure) -> tuple[Text, Text, Text]:
    """Who scored low, in between, and high."""
    if rule.kind is MeasureKind.NPS:
        return say("Detractors"), say("Passives"), say("Promoters")
    bad, good = rule.points(good=False), rule.points(good=True)
    return say("Low ({bad})", bad=bad), say("In between"), say("High ({good})", good=good)


def shown(facts: ColumnFacts, value: float | None) -> float | None:
    """A value in the unit that it is shown in."""
    return value if value is None or facts.meaning is not Meaning.TIME else value / facts.unit.seconds


def value_format(facts: ColumnFacts) -> Format:
    """How values are written: whole amounts from a hundred on, otherwise one decimal."""
    if facts.meaning is Meaning.OUTCOME:
        return Format.PERCENT
    usual = shown(facts, facts.everyone.value)
    return Format.COUNT if usual is not None and abs(usual) >= _LARGE else Format.MEAN


def gap_format(facts: ColumnFacts) -> Format:
    """How differences of values are written."""
    return Format.PERCENT_GAP if facts.meaning is Meaning.OUTCOME else Format.MEAN_GAP


def amount_text(facts: ColumnFacts, value: float | None) -> Text:
    """A value with its unit, inside a sentence: "3.2 hours", "¥1,204", "12%"."""
    number = Number(shown(facts, value), value_format(facts))
    if facts.meaning is Meaning.TIME:
        return {
            TimeUnit.SECOND: say("{number} seconds", number=number),
            TimeUnit.MINUTE: say("{number} minutes", number=number),
            TimeUnit.HOUR: say("{number} hours", number=number),
            TimeUnit.DAY: say("{number} days", number=number),
        }[facts.unit]
    sign = currency(facts)
    if sign and sign.isalpha():
        return say("{sign} {number}", sign=sign, number=number)
    return say("{sign}{number}", sign=sign, number=number)


def currency(facts: ColumnFacts) -> str:
    """The currency sign of an amount of money, as the file writes it; "" where there is none."""
    return "" if facts.question.amount is None or facts.meaning is not Meaning.MONEY else facts.question.amount.sign


def value_title(facts: ColumnFacts) -> Text:
    """The heading of the value that groups are compared by."""
    if facts.meaning is Meaning.TIME:
        return say("Median, {unit}", unit=unit_name(facts.unit))
    if facts.meaning is Meaning.OUTCOME:
        return say("Share “{answer}”", answer=facts.question.options[0])
    return say("Mean, {sign}", sign=currency(facts)) if currency(facts) else say("Mean")


def median_title(facts: ColumnFacts) -> Text:
    """The heading of the median beside a mean."""
    return say("Median, {sign}", sign=currency(facts)) if currency(facts) else say("Median")


def everyone_text(facts: ColumnFacts) -> Text:
    """A column for everyone, with its range: "Median “First reply”: 3.2 hours (2.9 hours to 3.6 hours, n = 812)"."""
    fact = facts.everyone
    if fact.value is None:
        return say("Only {n} people have a number in “{column}”: too few to show.", n=fact.base.n, column=_name(facts))
    told: dict[str, Param] = {
        "column": _name(facts),
        "value": amount_text(facts, fact.value),
        "n": fact.base.n,
    }
    if fact.low is None or fact.high is None:
        return say("“{column}”: everyone has {value} (n = {n}).", **told)
    told |= {"low": amount_text(facts, fact.low), "high": amount_text(facts, fact.high)}
    if facts.meaning is Meaning.TIME:
        return say("“{column}”: median {value} ({low} to {high}, n = {n}).", **told)
    if facts.meaning is Meaning.OUTCOME:
        return say("“{column}”: {value} ({low} to {high}, n = {n}).", **told)
    return say("“{column}”: {value} on average ({low} to {high}, n = {n}).", **told)


def standing_out(facts: ColumnFacts) -> Fact | None:
    """The score group, or else the segment, that differs most clearly from everyone else; None if none does."""
    for part in (facts.by_score, facts.by_segment):
        groups = () if part is None else part.groups
        clear = [fact for fact in groups if fact.mark in {Mark.ABOVE, Mark.BELOW}]
        if clear:
            return max(clear, key=_distance)
    return None


def standing_out_text(facts: ColumnFacts, fact: Fact, rules: Rules) -> Text:
    """A clear difference in words, with the range where the base is small (UX.md 10)."""
    told: dict[str, Param] = {
        "group": fact.name,
        "column": _name(facts),
        "value": amount_text(facts, fact.value),
        "n": fact.base.n,
        "comparison": _comparison(facts, fact),
    }
    if rules.level(fact.base) is not BaseLevel.PLAIN and fact.low is not None and fact.high is not None:
        told |= {"low": amount_text(facts, fact.low), "high": amount_text(facts, fact.high)}
        if facts.meaning is Meaning.TIME:
            return say(
                "{group}: median “{column}” about {value} (n = {n}; from {low} to {high}), {comparison}.", **told
            )
        return say("{group}: “{column}” about {value} (n = {n}; from {low} to {high}), {comparison}.", **told)
    if facts.meaning is Meaning.TIME:
        return say("{group}: median “{column}” {value} (n = {n}), {comparison}.", **told)
    if facts.meaning is Meaning.OUTCOME:
        return say("{group}: “{column}” {value} (n = {n}), {comparison}.", **told)
    return say("{group}: “{column}” {value} on average (n = {n}), {comparison}.", **told)


def _comparison(facts: ColumnFacts, fact: Fact) -> Text:
    gap = 0.0 if fact.gap is None else fact.gap.value
    if facts.meaning is Meaning.OUTCOME:
        points = say_n("1 percentage point", "{count} percentage points", round(abs(gap) * 100))
        if gap > 0:
            return say("{distance} above everyone else", distance=points)
        return say("{distance} below everyone else", distance=points)
    distance = amount_text(facts, abs(gap))
    if facts.meaning is Meaning.TIME:
        if gap > 0:
            return say("{distance} longer than everyone else", distance=distance)
        return say("{distance} shorter than everyone else", distance=distance)
    if gap > 0:
        return say("{distance} more than everyone else", distance=distance)
    return say("{distance} less than everyone else", distance=distance)


def _distance(fact: Fact) -> float:
    return 0.0 if fact.gap is None else abs(fact.gap.value)


def _name(facts: ColumnFacts) -> Label:
    return facts.question.text
