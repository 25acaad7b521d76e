"""Targets as they are typed or pasted, row by row: measure, segment, answer, target. What does not fit is told why."""

from __future__ import annotations

from collections.abc import Sequence

from cxdesk.analysis.measure import Measure, MeasureKind
from cxdesk.analysis.targets import MEASURES, target_name, target_rule, value_format
from cxdesk.project.typed import is_percent, typed_number
from cxdesk.survey.base import Rules
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import GROUPING
from cxdesk.survey.target import Target
from cxdesk.text import Format, Label, Listed, Number, Text, Translator, say

Row = tuple[str, str, str, str]
"""Measure, segment, answer and target as they stand in the cells."""

_SHORT = {"nps": "nps", "enps": "nps", "nps (1–10)": "nps", "enps (1–10)": "nps", "csat": "csat", "ces": "ces"}
_SHOWN_ANSWERS = 6


class TargetRefused(Exception):
    """A row is no target: ``reason`` says why and what would fit."""

    def __init__(self, reason: Text) -> None:
        """Keep the words."""
        super().__init__("target")
        self.reason = reason


def read_target(row: Row, dataset: Dataset | None, rules: Rules) -> Target:
    """Understand a row. Raises `TargetRefused`.

    Without an open survey words are taken as they are: they may belong to another file.
    """
    name, segment, answer, value = (" ".join(cell.split()) for cell in row)
    measure = _SHORT.get(name.casefold(), name)
    if not measure:
        raise TargetRefused(say("Name the measure: NPS, CSAT, CES, or the words of a question."))
    rule = None if dataset is None else target_rule(dataset, rules, measure)
    if dataset is not None and rule is None and measure not in MEASURES:
        raise TargetRefused(
            say("This survey has no scored question “{measure}”. NPS, CSAT and CES also work.", measure=name)
        )
    segment, answer = _group(segment, answer, dataset)
    return Target(measure, _value(value, measure, rule), segment, answer)


def target_row(target: Target, dataset: Dataset | None, rules: Rules, translator: Translator) -> Row:
    """A target as it is shown in the table, and as it can be copied to a spreadsheet."""
    rule = None if dataset is None else target_rule(dataset, rules, target.measure)
    shown = translator.number(target.value, value_format(target.measure, rule, target.value))
    return translator(target_name(dataset, target.measure)), target.segment, target.option, shown


def as_row(cells: Sequence[str]) -> Row:
    """The cells of a pasted row: the target comes last, what lies between is segment and answer."""
    words = [*cells]
    if len(words) >= 4:
        return words[0], words[1], words[2], words[3]
    first, last = (words[0], words[-1]) if len(words) > 1 else (words[0] if words else "", "")
    return first, "", "", last


def _group(segment: str, answer: str, dataset: Dataset | None) -> tuple[str, str]:
    """The group's words as the file has them."""
    if bool(segment) != bool(answer):
        raise TargetRefused(say("Give segment and answer together, or neither for everybody."))
    if dataset is None or not segment:
        return segment, answer
    questions = dataset.with_role(*GROUPING)
    question = next((each for each in questions if _same(each.text, segment)), None)
    if question is None:
        known: tuple[Label, ...] = tuple(each.text for each in questions)
        raise TargetRefused(
            say("There is no segment “{segment}”. Segments are: {known}.", segment=segment, known=Listed(known))
        )
    return question.text, _answer(question, answer)


def _answer(question: Question, answer: str) -> str:
    found = next((option for option in question.options if _same(option, answer)), None)
    if found is None:
        raise TargetRefused(
            say(
                "“{segment}” has no answer “{answer}”. Its answers include: {known}.",
                segment=question.text,
                answer=answer,
                known=Listed(question.options[:_SHOWN_ANSWERS]),
            )
        )
    return found


def _value(typed: str, measure: str, rule: Measure | None) -> float:
    number = typed_number(typed)
    if number is None:
        raise TargetRefused(say("“{value}” is not a number.", value=typed))
    kind = rule.kind if rule is not None else _kind(measure, percent=is_percent(typed))
    if kind is MeasureKind.TOP:
        share = number / 100 if is_percent(typed) or number > 1 else number
        return _within(share, 0.0, 1.0, Format.PERCENT)
    if kind is MeasureKind.MEAN:
        low, high = (rule.scale.lowest, rule.scale.highest) if rule is not None else (0, 100)
        return _within(number, low, high, Format.GENERAL)
    return _within(number, -100.0, 100.0, Format.SCORE)


def _kind(measure: str, *, percent: bool) -> MeasureKind:
    """What a measure is measured in where no survey is open to say so."""
    known = {"nps": MeasureKind.NPS, "csat": MeasureKind.TOP, "ces": MeasureKind.MEAN}
    return known.get(measure, MeasureKind.TOP if percent else MeasureKind.MEAN)


def _within(value: float, low: float, high: float, format: Format) -> float:
    if not low <= value <= high:
        ends = {"low": Number(low, format), "high": Number(high, format)}
        raise TargetRefused(say("This target must lie between {low} and {high}.", **ends))
    return value


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
