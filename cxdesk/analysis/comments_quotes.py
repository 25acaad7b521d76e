"""Puts the comments of the kept respondents together as a list that people read: masked, with what is known of each."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxdesk.analysis.comments_coded import Coded
from cxdesk.analysis.comments_values import CommentsSpec
from cxdesk.analysis.comments_words import ends_of
from cxdesk.analysis.groups import segment_questions
from cxdesk.analysis.measure import Measure, MeasureKind
from cxdesk.analysis.timing import date_question
from cxdesk.blocks.quote import UNKNOWN, About, Quotes
from cxdesk.comments.terms import texts_with
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import Role
from cxdesk.survey.selection import answer_name
from cxdesk.text import Text, say, say_n

MOST_GROUPS = 2
THEME, WORD = "theme ", "word "
"""What the keys of chosen rows begin with."""

ALL_ROWS, NO_THEME_ROW = "all", "none"

_WIDEST = 400


def quotes_of(
    sample: Sample,
    of: Coded,
    rule: Measure | None,
    suggestions: tuple[tuple[str, int], ...],
    rules: Rules,
    spec: CommentsSpec,
) -> Quotes:
    """The list of everybody kept who wrote something, in the order of the file."""
    dataset = sample.dataset
    rows = sample.rows
    places = np.arange(dataset.respondents, dtype=np.intp) if rows is None else rows
    places = places[of.prepared.said[of.written.codes[places]]]
    texts = of.written.codes[places].astype(np.int32)
    scores, groups = np.full(len(places), np.nan), np.full(len(places), UNKNOWN, dtype=np.uint8)
    if rule is not None:
        codes = dataset.codes(rule.question.id)[places]
        groups = ends_of(rule)[codes]
        scores = np.where(codes < rule.scale.size, codes.astype(np.float64) + rule.scale.lowest, np.nan)
    when = date_question(dataset)
    days = None if when is None else dataset.answers[when.id].numbers
    names, name = group_names(rule)
    keys = _keys(dataset, of, places, texts)
    theme, word = _narrowed(of, spec.focus)
    wanted = frozenset(spec.people)
    return Quotes(
        "quotes",
        say("Comments"),
        of.prepared.shown,
        of.prepared.folded,
        texts,
        scores,
        groups,
        names,
        name,
        of.themes,
        of.has,
        tuple(_about(sample, question, places, rule, rules) for question in shown_groups(dataset)),
        np.full(len(places), np.nan) if days is None else days[places],
        keys,
        np.fromiter((key in wanted for key in keys), dtype=np.bool_, count=len(keys)),
        _note(int(of.prepared.masked[texts].sum())),
        theme,
        word,
        _holding(of, word),
        suggestions,
        spec.sheet,
    )


def shown_groups(dataset: Dataset) -> tuple[Question, ...]:
    """The segment questions whose answers stand beside each comment."""
    found = [question for question in segment_questions(dataset) if not question.of_platform]
    return tuple(question for question in found if question.size <= _WIDEST)[:MOST_GROUPS]


def group_names(rule: Measure | None) -> tuple[tuple[Text, Text, Text], tuple[Text, Text, Text]]:
    """What the ends of the scale and what lies between are called, in the plural and in the singular."""
    if rule is not None and rule.kind is MeasureKind.NPS:
        many = (say("Detractors"), say("Passives"), say("Promoters"))
        return many, (say("Detractor"), say("Passive"), say("Promoter"))
    if rule is not None and rule.question.role is Role.SATISFACTION:
        same = (say("Dissatisfied"), say("In between"), say("Satisfied"))
        return same, same
    scores = (say("Poor scores"), say("In between"), say("Good scores"))
    return scores, (say("Poor score"), say("In between"), say("Good score"))


def _about(sample: Sample, question: Question, places: NDArray[np.intp], rule: Measure | None, rules: Rules) -> About:
    """The answers of each person; groups that are too small for a score are not named beside single comments."""
    codes = sample.dataset.codes(question.id)
    if rule is None:
        sizes = sample.counts(question.id)[: question.size]
    else:
        sizes = sample.joint(rule.question.id, question.id)[: question.size, : rule.scale.size].sum(axis=1)
    names = [
        answer_name(question, code)
        if sizes[code] >= rules.hide_below
        and not (rule is not None and rules.hides(rule.question.id, question.id, code))
        else ""
        for code in range(question.size)
    ]
    return About(question.text, (*names, ""), codes[places])


def _keys(dataset: Dataset, of: Coded, places: NDArray[np.intp], texts: NDArray[Any]) -> tuple[str, ...]:
    """The place of each person in the complete survey, and a sum of the words, so that another file is not mistaken."""
    if dataset.left_out is not None:
        places = np.flatnonzero(~dataset.left_out)[places]
    used, inverse = np.unique(texts, return_inverse=True)
    sums = [
        f"{zlib.crc32(text.encode('utf-8', 'surrogatepass')):08x}"
        for text in of.prepared.shown.some(used.astype(np.int64))
    ]
    return tuple(f"{place}.{sums[text]}" for place, text in zip(places.tolist(), inverse.tolist(), strict=True))


def _narrowed(of: Coded, focus: str) -> tuple[int, str]:
    """What a chosen row narrows the list to: a theme, or a word."""
    if focus == NO_THEME_ROW:
        return -2, ""
    if focus.startswith(WORD):
        return -1, focus.removeprefix(WORD)
    names = [theme.name for theme in of.themes]
    name = focus.removeprefix(THEME)
    return (names.index(name) if focus.startswith(THEME) and name in names else -1), ""


def _holding(of: Coded, word: str) -> NDArray[np.bool_] | None:
    """The texts that hold a word as it is counted; None without a word."""
    if not word:
        return None
    terms = of.prepared.terms
    names = list(terms.vocabulary)
    held = np.zeros(len(of.prepared.said), dtype=np.bool_)
    if word in names:
        held[texts_with(terms, names.index(word))] = True
    return held


def _note(masked: int) -> Text:
    if not masked:
        return say("Phone numbers, e-mail addresses and identity numbers are always hidden.")
    return say_n(
        "1 phone number, e-mail address or identity number is hidden.",
        "{count} phone numbers, e-mail addresses and identity numbers are hidden.",
        masked,
    )
