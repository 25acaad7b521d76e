"""How drivers are shown and said: the plane, the ranking, the possible gain, and that a link is no proof of cause."""

from __future__ import annotations

from dataclasses import replace

from cxdesk.analysis.drivers_values import Driver, DriversResult
from cxdesk.analysis.measure import MeasureKind, measure_name
from cxdesk.analysis.wording import confidence_text, headline, joined, score_cell, weight_text
from cxdesk.blocks.chart import Chart, ChartKind, Plane, Spot
from cxdesk.blocks.note import Empty, Finding, Findings, Note, NoteLevel
from cxdesk.blocks.palette import Tone
from cxdesk.blocks.section import Row, Section
from cxdesk.blocks.table import Cell, ColumnType, Table, TableColumn, TableRow
from cxdesk.stats.interval import Difference
from cxdesk.survey.base import Base
from cxdesk.text import Format, Listed, Number, Param, Text, say, say_n

_BANDS = "ABCDEFGHIJKLMNOPQRST"


def drivers_section(key: str, title: Text, result: DriversResult) -> Section:
    """The page of a survey with enough topics and people."""
    cause = Note(
        NoteLevel.INFO,
        say("A link is not proof of cause."),
        say(
            "People who are happy for other reasons may also rate these topics higher. Use this to choose what to "
            "check first."
        ),
    )
    rows = [
        Row((cause,)),
        Row((_plane(result), _ranking(result)), (3, 2)),
        Row((_details(result),)),
    ]
    remarks = _remarks(result)
    if remarks.lines:
        rows.append(Row((remarks,)))
    return Section(
        key, title, headline(result.sample, _headline(result)), _base_line(result), tuple(rows), _notes(result)
    )


def no_drivers(key: str, title: Text, result: DriversResult) -> Section:
    """Why no drivers can be named, and what would be needed."""
    if result.rule is None:
        text = say("Tell us which column holds the score, then we can see what goes with it.")
        empty = Empty(say("There is no score to explain."), text, "check", say("Choose the score column"))
    elif result.topics < 3:
        text = say("Drivers need a score and at least 3 topics that people rated on a scale.")
        found = say("No rated topics were found.")
        if result.topics:
            found = say_n("Only 1 rated topic was found.", "Only {count} rated topics were found.", result.topics)
        empty = Empty(found, text, "check", say("Choose columns"))
    elif result.constant:
        text = say("Nearly everyone gave the same answers, so no topic can be told from another.")
        empty = Empty(say("The ratings do not vary enough for drivers."), text, "scores", say("See Scores"))
    else:
        needed = max(100, 10 * result.topics)
        text = say(
            "Needs about {needed} people who rated every topic; you have {people}.",
            needed=needed,
            people=result.people,
        )
        empty = Empty(say("Too few answers for drivers."), text, "scores", say("See Scores"))
    return Section(key, title, empty.title, weight_text(result.sample), (Row((empty,)),))


def _plane(result: DriversResult) -> Chart:
    spots = tuple(
        Spot(
            driver.topic.id,
            driver.topic.text,
            driver.score.value,
            driver.share,
            driver.score.low,
            driver.score.high,
            driver.low,
            driver.high,
            result.look_first(driver),
        )
        for driver in result.drivers
        if driver.score.value is not None
    )
    plane = Plane(
        say("Satisfied with this topic"),
        say("Strength of link with the score"),
        Format.PERCENT,
        Format.PERCENT,
        result.average_score,
        result.average_share,
        (say("Look here first"), say("Keep it up"), say("Lower priority"), say("Good enough")),
    )
    return Chart(
        "plane",
        say("Topics by link and rating"),
        ChartKind.PLANE,
        (),
        (),
        Format.PERCENT,
        _headline(result),
        Base(result.people),
        say("Lines cross at the averages; thin lines show the {level} range", level=confidence_text(result.rules)),
        spots=spots,
        plane=plane,
    )


def _ranking(result: DriversResult) -> Table:
    columns = (
        TableColumn("topic", say("Topic"), ColumnType.NAME),
        TableColumn("dots", say("Link"), ColumnType.DOTS, reference=result.average_share),
        TableColumn("share", say("Share of link")),
        TableColumn("satisfied", say("Satisfied")),
    )
    rows = tuple(
        TableRow(
            driver.topic.id,
            (
                Cell(say("◆ {topic}", topic=driver.topic.text) if result.look_first(driver) else driver.topic.text),
                Cell(driver.share, Format.PERCENT, low=driver.low, high=driver.high, tone=_tone(result, driver)),
                Cell(driver.share, Format.PERCENT, base=Base(result.people)),
                score_cell(driver.rated, driver.score),
            ),
        )
        for driver in result.drivers
    )
    subtitle = say("Share of the explained link, {level} range", level=confidence_text(result.rules))
    return Table("ranking", say("Ranking"), columns, rows, _tie_text(result), subtitle)


def _tone(result: DriversResult, driver: Driver) -> Tone:
    return Tone.DETRACTOR if result.look_first(driver) else Tone.ACCENT


def _tie_text(result: DriversResult) -> Text:
    """Whether the first two may swap (METHODS.md 8, driver_tie)."""
    first, *others = result.drivers
    tied = [driver for driver in others if driver.band == first.band]
    if not tied:
        return say(
            "“{topic}” was no. 1 in {share} of {resamples} resamples.",
            topic=first.topic.text,
            share=Number(first.first, Format.PERCENT),
            resamples=2000,
        )
    return say(
        "“{first}” and “{second}” have overlapping ranges: their order could swap in another sample. “{first}” was "
        "no. 1 in {share} of the resamples.",
        first=first.topic.text,
        second=tied[0].topic.text,
        share=Number(first.first, Format.PERCENT),
    )


def _details(result: DriversResult) -> Table:
    """All that is known of each topic: band, how often first, and what could be gained at most."""
    gains = any(driver.gain is not None for driver in result.drivers)
    level = confidence_text(result.rules)
    columns = [
        TableColumn("topic", say("Topic"), ColumnType.NAME),
        TableColumn("band", say("Band"), ColumnType.TEXT),
        TableColumn("share", say("Share of link")),
        TableColumn("share_range", say("{level} range", level=level), ColumnType.RANGE),
        TableColumn("first", say("No. 1 in")),
        TableColumn("n", say("n")),
        TableColumn("satisfied", say("Satisfied")),
        TableColumn("satisfied_range", say("{level} range", level=level), ColumnType.RANGE),
    ]
    if gains:
        columns.append(TableColumn("gain", say("NPS gain at most")))
        columns.append(TableColumn("gain_range", say("{level} range", level=level), ColumnType.RANGE))
    columns.append(TableColumn("advice", say("Suggestion"), ColumnType.TEXT))
    rows = []
    for driver in result.drivers:
        gain = None if driver.gain is None else driver.gain.gain
        cells = [
            Cell(driver.topic.text),
            Cell(_BANDS[driver.band]),
            Cell(driver.share, Format.PERCENT, base=Base(result.people)),
            Cell(None, Format.PERCENT, low=driver.low, high=driver.high),
            Cell(driver.first, Format.PERCENT),
            Cell(driver.score.base.n, Format.COUNT, base=driver.score.base),
            score_cell(driver.rated, driver.score),
            Cell(None, Format.PERCENT, low=driver.score.low, high=driver.score.high),
        ]
        if gains:
            cells += _gain_cells(gain)
        cells.append(Cell(_advice(result, driver)))
        rows.append(TableRow(driver.topic.id, tuple(cells)))
    parts = [say("topics in one band cannot be ranked against each other with this many answers")]
    if gains:
        parts.append(say("gain: if everyone not satisfied with the topic scored like the others; gains do not add up"))
    return Table("drivers", say("All topics"), tuple(columns), tuple(rows), joined(parts))


def _gain_cells(gain: Difference | None) -> tuple[Cell, Cell]:
    """What could be gained at most, with its range; nothing where those satisfied with a topic do not score higher."""
    nothing = Cell(None, Format.SCORE)
    if gain is None:
        return replace(nothing, shown=say("too few")), nothing
    if gain.value <= 0:
        return replace(nothing, shown=say("no gain")), nothing
    return Cell(gain.value, Format.SCORE), Cell(None, Format.SCORE, low=gain.low, high=gain.high)


def _advice(result: DriversResult, driver: Driver) -> Text:
    """The corner of the plane, only where both ranges stay on one side; otherwise it lies on the border."""
    low_rated = driver.score.high is not None and driver.score.high < result.average_score
    well_rated = driver.score.low is not None and driver.score.low > result.average_score
    strong, weak = driver.low > result.average_share, driver.high < result.average_share
    if strong and low_rated:
        return say("Look here first")
    if strong and well_rated:
        return say("Keep it up")
    if weak and low_rated:
        return say("Lower priority")
    if weak and well_rated:
        return say("Good enough")
    return say("On the border")


def _remarks(result: DriversResult) -> Findings:
    lines: list[Finding] = []
    negative = [driver.topic.text for driver in result.drivers if driver.correlation < 0]
    mixed = [driver.topic.text for driver in result.drivers if driver.mixed]
    twins = [driver.topic.text for driver in result.drivers if driver.twin]
    for names, words in (
        (negative, say("goes with a lower score. The scale may be reversed: check it under Columns.")),
        (mixed, say("gives a mixed signal: it points the other way once the other topics are known.")),
        (twins, say("move together so closely that only their sum can be read.")),
    ):
        if names:
            lines.append(Finding(say("{names}", names=Listed(tuple(names))), words, "warn"))
    if result.skipped:
        rare = tuple(question.text for question in result.skipped)
        words = say("left out: too few people rated them, and complete answers are needed.")
        lines.append(Finding(say("{names}", names=Listed(rare)), words))
    if result.unvaried:
        same = tuple(question.text for question in result.unvaried)
        lines.append(Finding(say("{names}", names=Listed(same)), say("left out: everyone gave the same answer.")))
    return Findings("remarks", say("To keep in mind"), tuple(lines), say("Nothing to add."))


def _headline(result: DriversResult) -> Text:
    first = next((driver for driver in result.drivers if result.look_first(driver)), None)
    if first is not None:
        return say(
            "“{topic}” is the first place to look: closely linked with the score, and only {satisfied} are satisfied.",
            topic=first.topic.text,
            satisfied=Number(first.score.value, Format.PERCENT),
        )
    top = [driver for driver in result.drivers if driver.band == 0]
    facts: dict[str, Param] = {
        "topic": result.drivers[0].topic.text,
        "share": Number(result.drivers[0].share, Format.PERCENT),
        "low": Number(result.drivers[0].low, Format.PERCENT),
        "high": Number(result.drivers[0].high, Format.PERCENT),
    }
    if len(top) == 1:
        return say(
            "“{topic}” goes with the score most: {share} of what the ratings explain ({low} to {high}).", **facts
        )
    if len(top) == len(result.drivers):
        return say("The topics cannot be ranked with this many answers.")
    names = Listed(tuple(driver.topic.text for driver in top[:3]))
    return say(
        "Most closely linked with the score: {names}. They cannot be ranked with this many answers.", names=names
    )


def _base_line(result: DriversResult) -> Text:
    rule = result.rule
    parts = []
    if rule is not None:
        parts.append(
            say(
                "Link between {topics} rated topics and {measure}",
                topics=len(result.drivers),
                measure=say("the NPS score (0–10)")
                if rule.kind is MeasureKind.NPS and rule.scale.lowest == 0
                else measure_name(rule),
            )
        )
    parts.append(say_n("1 respondent who rated all topics", "{count} respondents who rated all topics", result.people))
    if result.lost:
        parts.append(say_n("1 without all ratings left out", "{count} without all ratings left out", result.lost))
    share = Number(result.r2, Format.PERCENT)
    parts.append(say("together the topics explain {share} of how people’s scores differ", share=share))
    if result.rough:
        parts.append(say("rough: under 200 answers"))
    if result.sample.selection.conditions:
        parts.append(result.sample.selection.describe(result.sample.dataset.question))
    parts.append(weight_text(result.sample))
    return joined(parts)


def _notes(result: DriversResult) -> tuple[tuple[Text, Text], ...]:
    return (
        (
            say("Drivers"),
            say(
                "Johnson's relative weights of the topics for the score, Pearson correlations, complete answers only; "
                "{level} ranges from 2,000 resamples. Topics whose ranges overlap share a band. A link is not proof of "
                "cause.",
                level=confidence_text(result.rules),
            ),
        ),
        (
            say("Gain at most"),
            say(
                "NPS of the people satisfied with a topic minus NPS of everyone: what NPS could rise at most if the "
                "others scored like them. Gains of several topics do not add up."
            ),
        ),
    )
