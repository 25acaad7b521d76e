"""The sentences that several pages share: who is looked at, what a score may be, what a mark means (UX.md 10).

Each sentence is a pure function of facts and has a condition; where the condition does not hold there is no sentence.
"""

from __future__ import annotations

import datetime
import math

from cxdesk.analysis.measure import Gap, Measure, MeasureKind, Score, measure_name, rule_text
from cxdesk.blocks.palette import Tone
from cxdesk.blocks.table import Cell, Derivation, Mark
from cxdesk.survey.base import Base, BaseLevel, Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Recommends
from cxdesk.survey.role import Role
from cxdesk.survey.selection import Between, Condition, Mentions, OneOf, answer_name
from cxdesk.text import Format, Label, Listed, Number, Period, Text, say, say_n, show_number

_EPOCH = datetime.date(1970, 1, 1)


def headline(sample: Sample, sentence: Text) -> Text:
    """Put the filter in front of a headline: "In Region North: NPS is +31"."""
    if not sample.selection.conditions:
        return sentence
    who = joined([_looked_at(condition, sample.dataset) for condition in sample.selection.conditions])
    return say("In {who}: {sentence}", who=who, sentence=sentence)


def _looked_at(condition: Condition, dataset: Dataset) -> Text:
    """One condition of a filter inside a sentence, where the colon of its chip would read badly."""
    asked = dataset.question(condition.question)
    match condition:
        case OneOf():
            names = Listed(tuple(answer_name(asked, code) for code in condition.codes))
            return say("{question} {answers}", question=asked.text, answers=names)
        case Between():
            return say("{period}", period=Period(condition.first, condition.last))
        case Mentions():
            return say("{question} with “{words}”", question=asked.text, words=condition.words)


def joined(parts: list[Text]) -> Text:
    """Join the parts of a base line with middle dots."""
    line = parts[0]
    for part in parts[1:]:
        line = say("{first} · {second}", first=line, second=part)
    return line


def period_text(sample: Sample) -> Text | None:
    """The first and last day of the answers looked at, or None if the survey has no date question."""
    for question in sample.dataset.with_role(Role.DATE):
        span = sample.dates(question.id)
        if span is not None:
            return say("{period}", period=Period(day_of(span[0]), day_of(span[1])))
    return None


def base_line(sample: Sample, question: Label, score: Score) -> Text:
    """Question, period, answers, those without an answer, filter and weighting in one grey line."""
    parts = [say("“{question}”", question=question)]
    period = period_text(sample)
    if period is not None and not any(isinstance(condition, Between) for condition in sample.selection.conditions):
        parts.append(period)
    parts.append(say_n("1 answer", "{count} answers", score.base.n))
    if score.base.no_answer:
        parts.append(say_n("1 response without a score", "{count} responses without a score", score.base.no_answer))
    if sample.selection.conditions:
        parts.append(sample.selection.describe(sample.dataset.question))
    parts.append(weight_text(sample, score.base))
    if not sample.weighted and sample.dataset.with_role(Role.WEIGHT):
        parts.append(say("the file has a weight column that is not used"))
    return joined(parts)


def weight_text(sample: Sample, base: Base | None = None) -> Text:
    """Whether people are weighted, as every base line ends; with the effective base of a figure where there is one."""
    if not sample.weighted:
        return say("not weighted")
    if base is None or base.effective is None:
        return say("weighted")
    return say("weighted; {n} answers carry the precision of {effective}", n=base.n, effective=round(base.effective))


def day_of(days: float) -> datetime.date:
    """The calendar day of a number of days since 1970-01-01."""
    return _EPOCH + datetime.timedelta(days=math.floor(days))


def range_text(rule: Measure, score: Score, rules: Rules) -> Text | None:
    """Say the range of a score, such as "95% range +28 to +34"; None where there is no range."""
    if score.low is None or score.high is None:
        return None
    if _is_narrow(rule, score):
        return say(
            "{level} range: hardly beyond {low}", level=confidence_text(rules), low=Number(score.low, rule.format)
        )
    return say(
        "{level} range {low} to {high}",
        level=confidence_text(rules),
        low=Number(score.low, rule.format),
        high=Number(score.high, rule.format),
    )


def _is_narrow(rule: Measure, score: Score) -> bool:
    """Whether both ends of a range are shown as the same number."""
    return show_number(score.low, rule.format) == show_number(score.high, rule.format)


def confidence_text(rules: Rules) -> Text:
    """The confidence level as a percentage: 95%."""
    return say("{level}", level=Number(rules.confidence, Format.PERCENT))


def score_sentence(rule: Measure, score: Score, rules: Rules) -> Text:
    """The headline for one measure: the score, and how far it can be trusted (METHODS.md 8, UX.md 10.3)."""
    level = rules.level(score.base)
    if score.base.n == 0:
        return say("Nobody who is looked at answered “{question}”.", question=rule.question.text)
    if level is BaseLevel.HIDDEN or score.value is None:
        return _too_few(rule, score)
    if score.low is None or score.high is None:
        return say("Everyone gave the same answer, so no range can be computed. {fact}", fact=_fact(rule, score))
    ends = {"low": Number(score.low, rule.format), "high": Number(score.high, rule.format)}
    if level is not BaseLevel.PLAIN:
        return say(
            "{fact}, but with {n} answers it could be anywhere from {low} to {high}.",
            fact=_about(rule, score),
            n=score.base.n,
            **ends,
        )
    if _is_narrow(rule, score):
        return say("{fact}. If we asked everyone, it would most likely round to the same.", fact=_fact(rule, score))
    return say(
        "{fact}. If we asked everyone, it would most likely be between {low} and {high}.",
        fact=_fact(rule, score),
        **ends,
    )


def _too_few(rule: Measure, score: Score) -> Text:
    if rule.kind is MeasureKind.NPS:
        return say_n(
            "Only 1 answer: too few for a score. {promoters}, {passives}, {detractors}.",
            "Only {count} answers: too few for a score. {promoters}, {passives}, {detractors}.",
            score.base.n,
            promoters=say_n("1 promoter", "{count} promoters", round(score.good)),
            passives=say_n("1 passive", "{count} passives", round(score.middle)),
            detractors=say_n("1 detractor", "{count} detractors", round(score.bad)),
        )
    return say_n("Only 1 answer: too few for a score.", "Only {count} answers: too few for a score.", score.base.n)


def _fact(rule: Measure, score: Score) -> Text:
    value = Number(score.value, rule.format)
    match rule.kind:
        case MeasureKind.NPS if rule.scale.lowest == 1:
            return say("{name} on a 1–10 scale is {value}", name=_promoter_score(rule), value=value)
        case MeasureKind.NPS if rule.question.recommends is Recommends.EMPLOYER:
            return say("eNPS is {value}", value=value)
        case MeasureKind.NPS:
            return say("NPS is {value}", value=value)
        case MeasureKind.NET:
            return say("The net score is {value} ({rule})", value=value, rule=rule_text(rule))
        case MeasureKind.TOP if rule.question.role is Role.SATISFACTION:
            return say("{value} are satisfied ({rule})", value=value, rule=_scored(rule))
        case MeasureKind.TOP:
            return say("{value} gave a good score ({rule})", value=value, rule=_scored(rule))
        case MeasureKind.MEAN:
            return say(
                "{name} is {value} of {highest} on average",
                name=mean_name(rule),
                value=value,
                highest=str(rule.scale.highest),
            )


def _about(rule: Measure, score: Score) -> Text:
    value = Number(score.value, rule.format)
    match rule.kind:
        case MeasureKind.NPS if rule.scale.lowest == 1:
            return say("{name} on a 1–10 scale is about {value}", name=_promoter_score(rule), value=value)
        case MeasureKind.NPS if rule.question.recommends is Recommends.EMPLOYER:
            return say("eNPS is about {value}", value=value)
        case MeasureKind.NPS:
            return say("NPS is about {value}", value=value)
        case MeasureKind.NET:
            return say("The net score is about {value} ({rule})", value=value, rule=rule_text(rule))
        case MeasureKind.TOP if rule.question.role is Role.SATISFACTION:
            return say("About {value} are satisfied ({rule})", value=value, rule=_scored(rule))
        case MeasureKind.TOP:
            return say("About {value} gave a good score ({rule})", value=value, rule=_scored(rule))
        case MeasureKind.MEAN:
            return say(
                "{name} is about {value} of {highest} on average",
                name=mean_name(rule),
                value=value,
                highest=str(rule.scale.highest),
            )


def _promoter_score(rule: Measure) -> Text:
    return say("eNPS") if rule.question.recommends is Recommends.EMPLOYER else say("NPS")


def counted_as(*rules: Measure) -> list[Text]:
    """How measures are counted, each way once: "Satisfied: % scoring 4–5 of 5". A rule is printed with every figure."""
    told = (say("{measure}: {rule}", measure=measure_name(rule), rule=rule_text(rule)) for rule in rules)
    return list(dict.fromkeys(told))


def mean_name(rule: Measure) -> Text:
    """What a mean is a mean of: Ease, Effort, or the question's own words."""
    if rule.question.role is Role.EFFORT:
        return say("Ease") if rule.high_is_good else say("Effort")
    return say("“{question}”", question=rule.question.text)


def _scored(rule: Measure) -> Text:
    return say("scored {top} of {highest}", top=rule.points(good=True), highest=str(rule.scale.highest))


def distance_text(rule: Measure, value: float) -> Text:
    """A difference without its sign, with its unit: "22 points", "5 percentage points", "0.4"."""
    size = abs(value)
    match rule.kind:
        case MeasureKind.NPS | MeasureKind.NET:
            return say_n("1 point", "{count} points", _rounded(size))
        case MeasureKind.TOP:
            return say_n("1 percentage point", "{count} percentage points", _rounded(size * 100))
        case MeasureKind.MEAN:
            return say("{size} points of the scale", size=Number(size, Format.MEAN))


def rounds_to_nothing(rule: Measure, value: float) -> bool:
    """Whether a difference would be written as 0."""
    match rule.kind:
        case MeasureKind.NPS | MeasureKind.NET:
            return _rounded(abs(value)) == 0
        case MeasureKind.TOP:
            return _rounded(abs(value) * 100) == 0
        case MeasureKind.MEAN:
            return _rounded(abs(value) * 10) == 0


def _rounded(value: float) -> int:
    return math.floor(value * (1 + 1e-12) + 0.5)


def tone_of(reading: Mark, otherwise: Tone = Tone.FAINT) -> Tone:
    """The colour of a difference: only clear ones have one of their own."""
    return {Mark.ABOVE: Tone.PROMOTER, Mark.BELOW: Tone.DETRACTOR}.get(reading, otherwise)


def is_clear(reading: Mark | None) -> bool:
    """Whether a mark allows the word "clearly"."""
    return reading in {Mark.ABOVE, Mark.BELOW}


def hidden_legend(small: int, withheld: int, rules: Rules) -> list[Text]:
    """How many groups are not shown, and why: too small, or needed to keep the small ones from being worked out."""
    parts: list[Text] = []
    if small:
        parts.append(
            say_n(
                "1 group under {least} answers is not shown",
                "{count} groups under {least} answers are not shown",
                small,
                least=rules.hide_below,
            )
        )
    if withheld:
        parts.append(
            say_n(
                "1 larger group is not shown either, so that the small ones cannot be worked out",
                "{count} larger groups are not shown either, so that the small ones cannot be worked out",
                withheld,
            )
        )
    return parts


def score_cell(rule: Measure, score: Score) -> Cell:
    """A score as a table cell; a hidden score says so."""
    if score.withheld:
        return Cell(None, rule.format, base=score.base, shown=say("not shown"))
    if score.value is None:
        return Cell(None, rule.format, base=score.base, shown=say("too few"))
    return Cell(score.value, rule.format, base=score.base, low=score.low, high=score.high)


def gap_cell(
    gap: Gap | None, reading: Mark, form: Format, derivation: Derivation | None, base: Base | None = None
) -> Cell:
    """A difference with its range as a table cell; one that was not tested says so."""
    if gap is None or reading is Mark.UNTESTED:
        return difference_cell(None, reading, form)
    return Cell(gap.value, form, base, reading, tone_of(reading), derivation, low=gap.low, high=gap.high)


def difference_cell(value: float | None, reading: Mark, form: Format) -> Cell:
    """A difference without its range as a table cell; one that was not tested says so."""
    if value is None or reading is Mark.UNTESTED:
        return Cell(None, form, mark=Mark.UNTESTED, shown=say("too few"))
    return Cell(value, form, mark=reading, tone=tone_of(reading))
