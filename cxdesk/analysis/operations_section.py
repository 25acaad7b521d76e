"""How operational numbers are shown and said: by score, by segment, by worth, with what to keep in mind."""

from __future__ import annotations

from cxdesk.analysis.measure import measure_name
from cxdesk.analysis.operations_tables import grid_picture, grid_table, groups_of, overview_table
from cxdesk.analysis.operations_values import ColumnFacts, Meaning, OperationsResult
from cxdesk.analysis.operations_words import everyone_text, standing_out, standing_out_text
from cxdesk.analysis.wording import confidence_text, headline, joined, weight_text
from cxdesk.blocks.note import Empty, Finding, Findings, Note, NoteLevel
from cxdesk.blocks.section import Row, Section
from cxdesk.survey.role import Sure
from cxdesk.text import Format, Number, Text, say, say_n

_HEAVY = 0.2
"""From this part of the sum on, the largest hundredth decides the mean."""


def operations_section(key: str, title: Text, result: OperationsResult) -> Section:
    """The page of a survey with operational columns."""
    cause = Note(
        NoteLevel.INFO,
        say("Side by side is not proof of cause."),
        say(
            "Customers with long waits or high spending may also differ in other ways. Use this to choose what to "
            "check first."
        ),
    )
    rows = [Row((cause,))]
    if len(result.overview) > 1:
        rows.append(Row((overview_table(result),)))
    for facts in result.columns:
        rows += _column_rows(facts, result)
    remarks = tuple(line for facts in result.columns for line in _remarks(facts))
    if remarks:
        rows.append(Row((Findings("remarks", say("To keep in mind"), remarks, say("Nothing to add.")),)))
    return Section(
        key,
        title,
        headline(result.sample, _headline(result)),
        _base_line(result),
        tuple(rows),
        _notes(result),
    )


def no_operations(key: str, title: Text, result: OperationsResult) -> Section:
    """What this page needs."""
    empty = Empty(
        say("There are no operational numbers beside the answers."),
        say(
            "Columns such as first reply time, resolution time, revenue, orders or churned (yes or no) can stand in "
            "the file or in a customer list that is joined to it. Choose “Operational number” for them under Columns."
        ),
        "check",
        say("Choose columns"),
    )
    return Section(key, title, empty.title, weight_text(result.sample), (Row((empty,)),))


def _column_rows(facts: ColumnFacts, result: OperationsResult) -> list[Row]:
    rows = []
    name = facts.question.id
    if facts.by_score is not None and facts.by_score.groups:
        rows.append(Row((groups_of(f"{name}_score", facts, facts.by_score, result.rules),)))
    if facts.by_segment is not None and facts.by_segment.groups:
        rows.append(Row((groups_of(f"{name}_segment", facts, facts.by_segment, result.rules),)))
    if facts.grid is not None:
        rows.append(Row((grid_picture(f"{name}_worth_chart", facts, facts.grid),)))
        rows.append(Row((grid_table(f"{name}_worth", facts, facts.grid, result.rules),)))
    if not rows:
        rows.append(Row((Empty(everyone_text(facts), _why_no_groups(facts, result)),)))
    return rows


def _why_no_groups(facts: ColumnFacts, result: OperationsResult) -> Text:
    if facts.everyone.value is None:
        return say("At least {least} people with a number are needed.", least=result.rules.hide_below)
    if result.rule is None:
        return say("With a score or a segment column, the number can be compared between groups.")
    return say("No group is large enough to be shown.")


def _headline(result: OperationsResult) -> Text:
    chosen = result.columns[0]
    out = standing_out(chosen)
    return everyone_text(chosen) if out is None else standing_out_text(chosen, out, result.rules)


def _base_line(result: OperationsResult) -> Text:
    chosen = result.columns[0]
    parts = [say("“{column}”", column=chosen.question.text)]
    if result.rule is not None:
        parts.append(say("beside {measure}", measure=measure_name(result.rule)))
    parts.append(say_n("1 person with a number", "{count} people with a number", chosen.everyone.base.n))
    if chosen.everyone.base.no_answer:
        parts.append(say_n("1 without", "{count} without", chosen.everyone.base.no_answer))
    if result.sample.selection.conditions:
        parts.append(result.sample.selection.describe(result.sample.dataset.question))
    parts.append(say("each group is compared with everyone else"))
    parts.append(say("{level} level", level=confidence_text(result.rules)))
    parts.append(weight_text(result.sample, chosen.everyone.base))
    return joined(parts)


def _remarks(facts: ColumnFacts) -> list[Finding]:
    lines = []
    name = facts.question.text
    many, part = facts.heaviest
    if part >= _HEAVY and facts.everyone.value is not None:
        words = say_n(
            "the largest amount is {part} of the sum. The mean follows it; the median says what is usual.",
            "the {count} largest amounts are {part} of the sum. The mean follows them; the median says what is usual.",
            many,
            part=Number(part, Format.PERCENT),
        )
        lines.append(Finding(name, words, "warn"))
    if facts.negative:
        words = say_n("1 time below zero was left out.", "{count} times below zero were left out.", facts.negative)
        lines.append(Finding(name, words, "warn"))
    if facts.meaning is Meaning.TIME and facts.question.sure is not Sure.SURE:
        words = say("the unit of these times is a guess. Say which it is under Columns.")
        lines.append(Finding(name, words, "warn", "check", say("Choose the unit")))
    return lines


def _notes(result: OperationsResult) -> tuple[tuple[Text, Text], ...]:
    level = confidence_text(result.rules)
    shown = {facts.meaning for facts in result.overview}
    notes = []
    if Meaning.TIME in shown:
        words = say(
            "Times: median with {level} range by the sign test; differences of medians by Price and Bonett; shares "
            "within a limit by Wilson and Newcombe. “9 in 10 within” is the 90th percentile (type 7).",
            level=level,
        )
        notes.append((say("Operational times"), words))
    if shown & {Meaning.MONEY, Meaning.NUMBER}:
        words = say(
            "Amounts: mean with {level} range by the t method, differences by Welch; the median stands beside it, as a "
            "few large amounts can move a mean. Differences under 5% of the overall value are not marked.",
            level=level,
        )
        notes.append((say("Operational amounts"), words))
    if Meaning.OUTCOME in shown:
        words = say("Shares with {level} range by Wilson, differences by Newcombe.", level=level)
        notes.append((say("Operational yes or no"), words))
    return tuple(notes)
