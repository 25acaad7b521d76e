"""Where on the way do we lose people? The score of each stage in the order of the journey, and of each channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cxdesk.analysis.base import Analysis, Choice, Option
from cxdesk.analysis.groups import split
from cxdesk.analysis.journey_channels import channel_grid, grid_parting
from cxdesk.analysis.journey_links import link_partings, stage_links
from cxdesk.analysis.journey_section import journey_section, no_journey
from cxdesk.analysis.journey_stages import (
    FILE_ORDER,
    Source,
    SourceKind,
    Stage,
    channels,
    chosen_channel,
    chosen_source,
    reordered,
    sources,
)
from cxdesk.analysis.journey_values import JourneyResult, StageScore
from cxdesk.analysis.measure import Measure, headline_measure, mean_measure, measure, share_measure
from cxdesk.analysis.scored import chosen_question, known_by, measure_choices, measures_of, scored_questions
from cxdesk.blocks.section import Section
from cxdesk.job import Job
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.parting import Parting, by_answers
from cxdesk.survey.question import Question
from cxdesk.survey.selection import Selection
from cxdesk.text import Listed, Text, say

_SHARE, _MEAN = "share", "mean"


@dataclass(frozen=True, slots=True)
class JourneySpec:
    """``source`` is the key of where stages come from ("" guesses), ``order`` "", "file" or keys joined by commas.

    ``measure`` is "share" or "mean" of rated stages, or a question id where a column holds the stages. ``channel`` is a
    question id, "" for the first column of channels, "none" for none.
    """

    source: str = ""
    order: str = ""
    measure: str = ""
    channel: str = ""


class Journey(Analysis[JourneySpec, JourneyResult]):
    """Stages in their order with ranges, the low point where it is clear, the link with the score, and channels."""

    key: ClassVar[str] = "journey"
    sheet: ClassVar[Text] = say("stages and channels, with the low point")

    def default(self, dataset: Dataset) -> JourneySpec:
        """Stages and channels as their words say."""
        return JourneySpec()

    def options(self, dataset: Dataset, spec: JourneySpec) -> tuple[Option, ...]:
        """Where stages come from, their order, the measure, and the channels."""
        return self.offered(dataset, spec, Selection())

    def offered(self, dataset: Dataset, spec: JourneySpec, selection: Selection) -> tuple[Option, ...]:
        """The same without stages and channels that the filter leaves one answer of."""
        found = sources(dataset, selection)
        if not found or not scored_questions(dataset):
            return ()
        source = chosen_source(found, spec.source)
        unchosen = () if source is not None and spec.source == "" else (Choice("", say("Choose…")),)
        named = tuple(Choice("" if each is source and not spec.source else each.key, each.name) for each in found)
        options = [Option("source", say("Stages"), (*(unchosen if source is None else ()), *named))]
        if source is None:
            return tuple(options)
        options.append(Option("order", say("Order"), _orders(source, spec.order)))
        options += _measures(dataset, source)
        by = channels(dataset, source, selection)
        if by:
            guess = chosen_channel(by, "")
            none = Choice("none" if guess is not None else "", say("No split"))
            names = tuple(Choice("" if each is guess else each.id, each.text) for each in by)
            options.append(Option("channel", say("Channel"), (*names, none)))
        return tuple(options)

    def shows(self, sample: Sample, spec: JourneySpec, *, whole: bool) -> tuple[Parting, ...]:
        """Stages of a column, channels, stages within channels, and who is satisfied with a stage."""
        dataset = sample.dataset
        source = chosen_source(sources(dataset, sample.selection), spec.source)
        if source is None:
            return ()
        outcome = _outcome(dataset, source, spec)
        by = chosen_channel(channels(dataset, source, sample.selection), spec.channel)
        measures = _asked(source, outcome)
        found = [] if source.column is None or outcome is None else [by_answers(source.column, sample, (outcome.id,))]
        if by is not None:
            found.append(by_answers(by, sample, measures))
            if source.column is not None and outcome is not None:
                found.append(grid_parting(sample, source.column, by, outcome.id))
        if outcome is not None:
            found += link_partings(sample, source, outcome, Rules())
        return tuple(found)

    def scope(self, spec: JourneySpec) -> object:
        """Stages, measure and channel."""
        return spec.source, spec.measure, spec.channel

    def compute(self, sample: Sample, rules: Rules, spec: JourneySpec, job: Job) -> JourneyResult:
        """Score the stages, find what goes with the score, and compare channels. Raises `Cancelled`."""
        dataset = sample.dataset
        offered = sources(dataset, sample.selection)
        source = chosen_source(offered, spec.source)
        if source is None:
            return JourneyResult(sample, rules, offered=bool(offered))
        outcome = _outcome(dataset, source, spec)
        rule = None if outcome is None else headline_measure(outcome, rules)
        stages = source.in_order(spec.order)
        job.check()
        hidden = withheld = comparisons = 0
        if source.column is None:
            scored = tuple(_rated(sample, stage, spec, source, rules) for stage in stages)
        elif rule is None:
            return JourneyResult(sample, rules, source, offered=True)
        else:
            found = split(sample, source.column, rule, rules)
            groups = {group.code: group for group in found.groups}
            scored = tuple(
                StageScore(stage, rule, group.score, group.level, group.gap, group.mark)
                for stage in stages
                if (group := groups.get(stage.code)) is not None
            )
            hidden, withheld, comparisons = found.hidden - found.withheld, found.withheld, found.comparisons
        job.check()
        by = chosen_channel(channels(dataset, source, sample.selection), spec.channel)
        grid = None if by is None else channel_grid(sample, source, scored, by, rules, job)
        return JourneyResult(
            sample,
            rules,
            source,
            True,
            scored,
            hidden,
            withheld,
            comparisons,
            rule,
            () if rule is None else stage_links(sample, stages, rule, rules, job),
            None if by is None or rule is None else split(sample, by, rule, rules),
            grid,
        )

    def present(self, spec: JourneySpec, result: JourneyResult) -> Section:
        """The stages, and below them links and channels."""
        if result.source is None or not result.stages:
            return no_journey(self.key, self.title, result)
        return journey_section(self.key, self.title, result)


def _orders(source: Source, order: str) -> tuple[Choice, ...]:
    """The usual order, the file's, the person's own, and every way to move one stage one place forward."""
    stages = source.in_order(order)
    names = Listed(tuple(stage.name for stage in stages))
    found = [Choice("", say("Journey order") if source.known_order else say("File order"))]
    if source.known_order:
        found.append(Choice(FILE_ORDER, say("File order")))
    if order not in {"", FILE_ORDER}:
        found.append(Choice(order, say("Own order: {stages}", stages=names)))
    known = {choice.value for choice in found}
    for place in range(1, len(stages)):
        moved = reordered(stages, place)
        if moved not in known:
            found.append(Choice(moved, say("Move “{stage}” forward", stage=stages[place].name)))
    return tuple(found)


def _measures(dataset: Dataset, source: Source) -> list[Option]:
    if source.column is not None:
        scored = measures_of(dataset)
        return [Option("measure", say("Measure"), measure_choices(scored))] if len(scored) > 1 else []
    if not _same_scale(source.stages):
        return []
    return [Option("measure", say("Measure"), (Choice(_SHARE, say("Share satisfied")), Choice(_MEAN, say("Mean"))))]


def _same_scale(stages: tuple[Stage, ...]) -> bool:
    """Whether means of the stages can stand beside each other."""
    scales = [stage.question.scale for stage in stages if stage.question is not None]
    return len({(s.lowest, s.highest, s.direction) for s in scales if s is not None}) == 1


def _rated(sample: Sample, stage: Stage, spec: JourneySpec, source: Source, rules: Rules) -> StageScore:
    if stage.question is None:
        raise ValueError(f"{stage.key} is no question")
    mean = spec.measure == _MEAN and _same_scale(source.stages)
    rule: Measure = (mean_measure if mean else share_measure)(stage.question, rules)
    score = measure(rule, sample.answers(stage.question.id), rules)
    return StageScore(stage, rule, score, rules.level(score.base))


def _outcome(dataset: Dataset, source: Source, spec: JourneySpec) -> Question | None:
    """What stages are linked with: the best known score that is no stage; of a column, the chosen score."""
    if source.kind is SourceKind.COLUMN:
        return chosen_question(measures_of(dataset), spec.measure)
    own = {stage.key for stage in source.stages}
    known = [question for question in known_by(dataset) if question.id not in own]
    return known[0] if known else None


def _asked(source: Source, outcome: Question | None) -> tuple[str, ...]:
    """The questions whose answers are shown for each channel."""
    own = tuple(stage.key for stage in source.stages if stage.question is not None)
    return own if outcome is None else (*own, outcome.id)
