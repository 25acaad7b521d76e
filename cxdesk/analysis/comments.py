"""What do people say in their own words, and what goes with a low score? Themes, words, priorities, comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

import numpy as np

from cxdesk.analysis.base import Analysis, Choice, Option
from cxdesk.analysis.comments_coded import TOGETHER, Coded, coded, comment_questions, fullest, severe_texts
from cxdesk.analysis.comments_measured import measured
from cxdesk.analysis.comments_quotes import THEME, quotes_of, shown_groups
from cxdesk.analysis.comments_section import KEY, section_of
from cxdesk.analysis.comments_values import EASIEST, HARDEST, CommentsResult, CommentsSpec
from cxdesk.analysis.comments_words import suggestions_of, words_of
from cxdesk.analysis.measure import headline_measure
from cxdesk.analysis.scored import chosen_question, measure_choices, measures_of
from cxdesk.blocks.section import Section
from cxdesk.comments.silent import says_nothing
from cxdesk.job import Job
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.parting import Parting, by_answers
from cxdesk.text import Label, Text, say


class Comments(Analysis[CommentsSpec, CommentsResult]):
    """Themes beside the comments that speak of them; what themes move, what to work on first, telling words."""

    key: ClassVar[str] = KEY
    sheet: ClassVar[Text] = say("themes, priorities, words, comments with personal data masked")
    form: ClassVar[str] = "comments"

    def default(self, dataset: Dataset) -> CommentsSpec:
        """The comment column with the most answers, and the best known measure."""
        question = fullest(dataset)
        return CommentsSpec(column="" if question is None else question.id)

    def options(self, dataset: Dataset, spec: CommentsSpec) -> tuple[Option, ...]:
        """Which comments, which measure, and which comments the report holds."""
        questions = comment_questions(dataset)
        measures = measures_of(dataset)
        if not questions:
            return ()
        found: list[Option] = []
        if len(questions) > 1:
            columns = [Choice(question.id, question.text) for question in questions]
            found.append(Option("column", say("Comments on"), (*columns, Choice(TOGETHER, say("All together")))))
        if len(measures) > 1:
            found.append(Option("measure", say("Measure"), measure_choices(measures)))
        kept = (
            Choice("all", say("In the report: all comments")),
            Choice("chosen", say("In the report: chosen comments")),
            Choice("none", say("In the report: no comments")),
        )
        found.append(Option("sheet", say("Comments in the report"), kept, at_end=True))
        return tuple(found)

    def on_sheet(self, spec: CommentsSpec) -> CommentsSpec:
        """The sheet has the comments of everybody, whatever the page was narrowed to."""
        return replace(spec, focus="", printed=True)

    def shows(self, sample: Sample, spec: CommentsSpec, *, whole: bool) -> tuple[Parting, ...]:
        """The groups that are named beside comments; themes overlap, and are protected where they are measured."""
        asked = chosen_question(measures_of(sample.dataset), spec.measure)
        if asked is None or not comment_questions(sample.dataset):
            return ()
        return tuple(by_answers(question, sample, (asked.id,)) for question in shown_groups(sample.dataset))

    def chosen(self, spec: CommentsSpec, table: str, row: str, choice: str) -> tuple[Text, CommentsSpec] | None:
        """A feasibility that was chosen in the priority table."""
        if table != "priority" or not row.startswith(THEME) or not choice.isdecimal():
            return None
        theme, value = row.removeprefix(THEME), max(HARDEST, min(EASIEST, int(choice)))
        others = tuple(pair for pair in spec.feasible if pair[0] != theme)
        return say("Feasibility of “{theme}”", theme=theme), replace(spec, feasible=(*others, (theme, value)))

    def compute(self, sample: Sample, rules: Rules, spec: CommentsSpec, job: Job) -> CommentsResult:
        """Code what was written, measure each theme among those who wrote, and find the words of both ends."""
        dataset = sample.dataset
        questions = comment_questions(dataset)
        of = coded(dataset, rules, spec.column, job)
        if of is None:
            return CommentsResult(sample, rules, 0)
        texts = sample.take(of.written.codes)
        wrote = int(np.count_nonzero(of.prepared.said[texts]))
        if not wrote:
            return CommentsResult(sample, rules, len(questions))
        asked = chosen_question(measures_of(dataset), spec.measure)
        rule = None if asked is None else headline_measure(asked, rules)
        job.check()
        silent, empty = _silent(of, texts)
        themes = measured(sample, of, rule, severe_texts(of, dataset, job), rules)
        job.check()
        words = None if rule is None else words_of(sample, of, rule, rules)
        suggestions = suggestions_of(sample, of)
        job.check()
        return CommentsResult(
            sample,
            rules,
            len(questions),
            _about(dataset, spec),
            rule,
            wrote,
            silent,
            int(of.prepared.masked[texts].sum()),
            themes.everyone,
            themes.found,
            themes.leading,
            themes.uncoded,
            themes.latest,
            not rules.themes,
            words,
            suggestions,
            quotes_of(sample, of, rule, suggestions, rules, spec),
            empty,
        )

    def present(self, spec: CommentsSpec, result: CommentsResult) -> Section:
        """Say it: headline, themes with the comments, what they move, what to work on first, words."""
        return section_of(spec, result)


def _about(dataset: Dataset, spec: CommentsSpec) -> Label:
    if spec.column == TOGETHER:
        return say("All together")
    question = next((each for each in comment_questions(dataset) if each.id == spec.column), fullest(dataset))
    return "" if question is None else question.text


def _silent(of: Coded, texts: np.ndarray) -> tuple[int, int]:
    """How many wrote something that says nothing, and in how many cells the survey program wrote that nobody did."""
    kinds = np.fromiter(
        (0 if said or not text.strip() else 2 if says_nothing(text) else 1 for text, said in _folded(of)),
        dtype=np.uint8,
        count=len(of.prepared.said),
    )
    numbers = np.bincount(kinds[texts], minlength=3).tolist()
    return numbers[1], numbers[2]


def _folded(of: Coded) -> Iterator[tuple[str, bool]]:
    return zip(of.prepared.folded, of.prepared.said.tolist(), strict=True)
