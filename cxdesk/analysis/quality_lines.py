"""What is good to know about the data and needs no decision: scales, dates, empty answers, small groups, who answered.

Each function gives one line, or None where the survey has nothing of the kind: what cannot be known is not printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from cxdesk.analysis.durations import order_column
from cxdesk.analysis.found_rows import has_rows, missing_key, unused_key
from cxdesk.analysis.groups import segment_questions
from cxdesk.analysis.measure import Gap, Measure, gaps, headline_measure, mark, measure
from cxdesk.analysis.quality_values import Line, QualitySpec, State, Unanswered
from cxdesk.analysis.response import response_lines
from cxdesk.analysis.scored import known_by
from cxdesk.analysis.timing import date_question
from cxdesk.analysis.wording import is_clear
from cxdesk.blocks.table import Mark
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.role import SCORED, Role
from cxdesk.text import Format, Label, Listed, Number, Text, say, say_n

_NAMED = 4
_BATTERY = 3
_ONE_FIELDWORK = 62.0
"""In days: over a longer time a difference between early and late answers is a trend."""

_MOST_POSITIONS = 30


def lines(everyone: Sample, rules: Rules, spec: QualitySpec, unanswered: tuple[Unanswered, ...]) -> tuple[Line, ...]:
    """All lines of a survey in the order of the page; ``everyone`` are the rows that are used, without a filter."""
    dataset = everyone.dataset
    found = (
        _scales(dataset),
        _dates(dataset),
        _empty(dataset, unanswered),
        _small_groups(everyone, rules),
        _personal(dataset),
        _weights(everyone),
        _order(dataset),
        _position(everyone, rules),
        _early_and_late(everyone, rules),
        *response_lines(everyone, spec),
    )
    return tuple(line for line in found if line is not None)


def score_of(everyone: Sample, rules: Rules) -> Measure | None:
    """The measure that the survey is known by."""
    first = next(iter(known_by(everyone.dataset)), None)
    return None if first is None else headline_measure(first, rules)


def _scales(dataset: Dataset) -> Line | None:
    asked = dataset.with_role(*SCORED)
    if not asked:
        return None
    name = say("Scores outside the scale")
    entries = _entries(dataset, "off_scale")
    if not entries:
        return Line("scale", name, State.FINE, 0, say("All scores lie on their scales."))
    count = sum(dataset.complete.receipt.unused[index].count for index in entries)
    means = say_n(
        "1 cell is no score of its scale and does not count.",
        "{count} cells are no scores of their scales and do not count.",
        count,
    )
    return _told(dataset, "scale", name, entries, count, means)


def _dates(dataset: Dataset) -> Line | None:
    asked = date_question(dataset)
    days = None if asked is None else dataset.complete.answers[asked.id].numbers
    if days is None:
        return None
    name, opened = say("Dates"), dataset.complete.receipt.read_on
    entries = _entries(dataset, "not_readable_date")
    unreadable = sum(dataset.complete.receipt.unused[index].count for index in entries)
    later = 0 if opened is None else int(np.count_nonzero(days >= opened + 1))
    if later:
        means = say_n("1 date lies in the future.", "{count} dates lie in the future.", later)
        if unreadable:
            means = say("{first} {second}", first=means, second=_unreadable(unreadable))
        return Line("dates", name, State.KNOW, later + unreadable, means)
    if unreadable:
        return _told(dataset, "dates", name, entries, unreadable, _unreadable(unreadable))
    if opened is None:
        return Line("dates", name, State.FINE, 0, say("All dates are readable."))
    return Line("dates", name, State.FINE, 0, say("All dates are readable, none lies in the future."))


def _unreadable(count: int) -> Text:
    return say_n("1 cell could not be read as a date.", "{count} cells could not be read as dates.", count)


def _empty(dataset: Dataset, unanswered: tuple[Unanswered, ...]) -> Line | None:
    if not dataset.with_role(*SCORED):
        return None
    name = say("Empty answers")
    if not unanswered:
        return Line("empty", name, State.FINE, 0, say("Every scored question was answered in every row."))
    most = max(unanswered, key=lambda each: each.missing)
    means = say(
        "“{question}” is empty in {share} of rows; bases differ per question.",
        question=most.question.text,
        share=Number(min(0.99, max(0.01, most.missing / most.of)), Format.PERCENT),
    )
    return Line(missing_key(most.question), name, State.KNOW, most.missing, means, "rows")


def _small_groups(everyone: Sample, rules: Rules) -> Line | None:
    asked = segment_questions(everyone.dataset)
    if not asked:
        return None
    small: list[tuple[int, Text]] = []
    for question in asked:
        sizes = everyone.counts(question.id)[: question.size].tolist()
        for option, size in zip(question.options, sizes, strict=False):
            if 0 < size < rules.test_from:
                small.append((size, say("{name} ({count})", name=option, count=size)))
    name = say("Small groups")
    if not small:
        fine = say("Every group has {least} answers or more.", least=rules.test_from)
        return Line("groups", name, State.FINE, 0, fine)
    small.sort(key=lambda each: -each[0])
    groups = _first_few([text for _, text in small])
    means = say("{groups}. Shown with care or not at all, never compared.", groups=groups)
    return Line("groups", name, State.KNOW, len(small), means)


def _personal(dataset: Dataset) -> Line:
    asked = dataset.with_role(Role.PRIVATE)
    name = say("Personal data")
    if not asked:
        return Line("personal", name, State.FINE, 0, say("No column with personal data was found."))
    columns = sum(len(question.columns) for question in asked)
    names = _first_few([question.text for question in asked])
    means = say("{columns}: kept out of every page and report.", columns=names)
    return Line("personal", name, State.KNOW, columns, means, "columns")


def _first_few(names: Sequence[Label]) -> Listed | Text:
    """The first names of many, and how many others there are."""
    first = Listed(tuple(names[:_NAMED]))
    if len(names) <= _NAMED:
        return first
    return say("{parts} and {count} more", parts=first, count=len(names) - _NAMED)


def _weights(everyone: Sample) -> Line | None:
    asked = next(iter(everyone.dataset.with_role(Role.WEIGHT)), None)
    numbers = None if asked is None else everyone.dataset.answers[asked.id].numbers
    known = None if numbers is None else numbers[~np.isnan(numbers)]
    if known is None or not len(known):
        return None
    facts = {
        "low": Number(float(known.min()), Format.GENERAL),
        "high": Number(float(known.max()), Format.GENERAL),
        "mean": Number(float(known.mean()), Format.GENERAL),
    }
    means = say("From {low} to {high}, mean {mean}. Weighting is off.", **facts)
    if everyone.weighted:
        means = say("From {low} to {high}, mean {mean}. Weighting is on.", **facts)
    return Line("weights", say("Weights"), State.FINE, 0, means, "weights")


def _order(dataset: Dataset) -> Line | None:
    asked = next(iter(dataset.with_role(Role.RECOMMEND)), None)
    if asked is None:
        return None
    before = sum(each.columns[0] < asked.columns[0] for each in dataset.with_role(*SCORED))
    if before < _BATTERY:
        return None
    means = say(
        "“{question}” stands behind {count} other scores. What people rated just before can colour it; ask it first.",
        question=asked.text,
        count=before,
    )
    return Line("order", say("Order of questions"), State.KNOW, before, means)


def _position(everyone: Sample, rules: Rules) -> Line | None:
    """The score of those who saw the question first against the others, if the file knows the order."""
    column, rule = order_column(everyone.dataset), score_of(everyone, rules)
    if column is None or rule is None:
        return None
    numbers = [int(text) if text.strip().isdecimal() else -1 for text in column.values]
    places = sorted(number for number in set(numbers) if number >= 0)
    if not 2 <= len(places) <= _MOST_POSITIONS or any(number < 0 for number in numbers[1:]):
        return None
    position = np.array(numbers)[column.codes]
    codes = np.where(position < 0, 2, (position > places[0]).astype(np.int64)).astype(np.uint8)
    found = _two(everyone, rule, codes, rules)
    if found is None:
        return None
    first, later, reading = found
    facts = {"first": Number(first, rule.format), "later": Number(later, rule.format)}
    if is_clear(reading):
        means = say("{first} where it was shown first, {later} later: the order clearly matters.", **facts)
        return Line("position", say("Position of the question"), State.KNOW, None, means)
    means = say("{first} where it was shown first, {later} later: could be chance.", **facts)
    return Line("position", say("Position of the question"), State.FINE, None, means)


def _early_and_late(everyone: Sample, rules: Rules) -> Line | None:
    """The first third of the answers against the last: late ones resemble those who never answered."""
    asked, rule = date_question(everyone.dataset), score_of(everyone, rules)
    days = None if asked is None else everyone.dataset.answers[asked.id].numbers
    if days is None or rule is None or everyone.dataset.with_role(Role.WAVE):
        return None
    known = days[~np.isnan(days)]
    if len(known) < 3 * rules.test_from or not 0 < float(known.max() - known.min()) <= _ONE_FIELDWORK:
        return None
    low, high = np.quantile(known, [1 / 3, 2 / 3])
    codes = np.where(days <= low, 0, np.where(days > high, 1, 2)).astype(np.uint8)
    found = _two(everyone, rule, codes, rules)
    if found is None:
        return None
    early, late, reading = found
    name = say("Early and late answers")
    facts = {"early": Number(early, rule.format), "late": Number(late, rule.format)}
    if is_clear(reading):
        means = say(
            "{early} in the first third, {late} in the last: clearly different. Those who stayed away may differ too.",
            **facts,
        )
        return Line("early", name, State.KNOW, None, means)
    means = say("{early} in the first third, {late} in the last: could be chance.", **facts)
    return Line("early", name, State.FINE, None, means)


def _two(everyone: Sample, rule: Measure, codes: NDArray[np.uint8], rules: Rules) -> tuple[float, float, Mark] | None:
    """The scores of two groups (codes 0 and 1) and how their difference reads; None if one is too small."""
    table = everyone.within(rule.question.id, codes, 2)
    one, other = (measure(rule, table[place], rules) for place in (0, 1))
    found: Gap | None = gaps(rule, table[1:], table[:1], rules)[0]
    if one.value is None or other.value is None or found is None or found.p is None:
        return None
    return one.value, other.value, mark(rule, found, found.p, rules)


def _entries(dataset: Dataset, code: str) -> list[int]:
    return [index for index, entry in enumerate(dataset.complete.receipt.unused) if entry.code == code]


def _told(dataset: Dataset, key: str, name: Text, entries: list[int], count: int, means: Text) -> Line:
    """A line about entries of the receipt; where there is only one, its rows can be shown."""
    whole = dataset.complete
    if len(entries) == 1 and has_rows(whole, whole.receipt.unused[entries[0]]):
        return Line(unused_key(entries[0]), name, State.KNOW, count, means, "rows")
    return Line(key, name, State.KNOW, count, means)


def empty_answers(everyone: Sample) -> Iterator[Unanswered]:
    """The scored questions that some of the rows in use did not answer."""
    for question in everyone.dataset.with_role(*SCORED):
        missing = int(everyone.counts(question.id)[question.size])
        if missing:
            yield Unanswered(question, missing, everyone.dataset.respondents)
