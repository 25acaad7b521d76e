"""Key numbers of a measure as cards, and what the Notes sheet says about how it was computed."""

from __future__ import annotations

from cxdesk.analysis.measure import Measure, MeasureKind, Score, measure_name, rule_text, scale_warning
from cxdesk.analysis.targets import target_text
from cxdesk.analysis.wording import confidence_text, range_text, score_cell
from cxdesk.blocks.figure import Figure, Mix, MixPart, Ruler
from cxdesk.blocks.table import Cell
from cxdesk.survey.base import BaseLevel, Rules
from cxdesk.survey.question import Recommends
from cxdesk.survey.target import Target
from cxdesk.text import Format, Text, say


def figure(rule: Measure, score: Score, rules: Rules, target: Target | None = None) -> Figure:
    """The card of one measure: value, range, rule, n, target; an NPS card has a ruler from -100 to +100."""
    captions: list[Text] = []
    spread = range_text(rule, score, rules)
    if spread is not None:
        captions.append(spread)
    if rule.kind is not MeasureKind.NPS:
        captions.append(rule_text(rule))
    captions.append(say("n = {n}", n=score.base.n))
    warning = scale_warning(rule)
    if warning is not None and rule.kind is MeasureKind.NET:
        captions.append(warning)
    if target is not None:
        captions.append(target_text(rule, score, target))
    ruler = None
    if rule.is_net and score.value is not None and score.low is not None and score.high is not None:
        ruler = Ruler(score.value, score.low, score.high)
    level = rules.level(score.base)
    small = {
        BaseLevel.HIDDEN: say("Too few answers"),
        BaseLevel.UNTESTED: say("Very small sample"),
        BaseLevel.SMALL: say("Small sample"),
    }
    return Figure(
        rule.question.role.value,
        _title(rule),
        score_cell(rule, score),
        tuple(captions),
        suffix=say("of {highest}", highest=str(rule.scale.highest)) if rule.kind is MeasureKind.MEAN else None,
        chip=small.get(level),
        ruler=ruler,
        ruler_caption=say("Line: score · band: {level} range", level=confidence_text(rules)) if ruler else None,
    )


def mix(score: Score) -> Mix:
    """Who recommends: detractors, passives and promoters of everyone who gave a score."""
    return Mix(
        "mix",
        say("Who recommends us"),
        _part(say("Detractors"), score.bad, score.whole),
        _part(say("Passives"), score.middle, score.whole),
        _part(say("Promoters"), score.good, score.whole),
        score.base.n,
    )


def method_notes(rule: Measure, rules: Rules) -> tuple[tuple[Text, Text], ...]:
    """What the Notes sheet says: the rule, the method of the range, and a warning about an unusual scale."""
    level = confidence_text(rules)
    method = {
        MeasureKind.NPS: say("{level} range by the adjusted Wald method (Bonett and Price).", level=level),
        MeasureKind.NET: say("{level} range by the adjusted Wald method (Bonett and Price).", level=level),
        MeasureKind.TOP: say("{level} range by the Wilson method.", level=level),
        MeasureKind.MEAN: say("{level} range by the t method.", level=level),
    }[rule.kind]
    notes = [
        (
            _title(rule),
            say("“{question}”: {rule}. {method}", question=rule.question.text, rule=rule_text(rule), method=method),
        )
    ]
    warning = scale_warning(rule)
    if warning is not None:
        notes.append((say("Scale"), warning))
    return tuple(notes)


def _title(rule: Measure) -> Text:
    if rule.kind is not MeasureKind.NPS:
        return measure_name(rule)
    employer = rule.question.recommends is Recommends.EMPLOYER
    if rule.scale.lowest == 1:
        return say("eNPS, asked from 1 to 10") if employer else say("NPS, asked from 1 to 10")
    return say("Employee Net Promoter Score (eNPS)") if employer else say("Net Promoter Score")


def _part(name: Text, count: float, whole: float) -> MixPart:
    return MixPart(name, round(count), Cell(count / whole if whole else None, Format.PERCENT))
