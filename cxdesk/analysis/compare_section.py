"""How a comparison is shown and said: changes with their ranges, groups before and now, the reasons, the likeness."""

from __future__ import annotations

from cxdesk.analysis.cards import method_notes
from cxdesk.analysis.compare_reasons import reasons_chart
from cxdesk.analysis.compare_tables import changes_table, groups_chart, groups_table, reasons_table, shift_name
from cxdesk.analysis.compare_values import CompareResult, Likeness
from cxdesk.analysis.wording import (
    confidence_text,
    distance_text,
    is_clear,
    joined,
    weight_text,
)
from cxdesk.blocks.note import Empty, Finding, Findings, Note, NoteLevel
from cxdesk.blocks.section import Block, Row, Section
from cxdesk.blocks.table import Mark
from cxdesk.text import Format, Number, Param, Text, say, say_n

_CLEAR_MIX = 0.05


def compare_section(key: str, title: Text, result: CompareResult) -> Section:
    """The page of a comparison with at least one measure."""
    rows = [Row((changes_table(result),))]
    mixed = _mix_note(result)
    if mixed is not None:
        rows.insert(0, Row((mixed,)))
    alike = _alike(result)
    beside: tuple[Block, ...] = (groups_chart(result), alike) if result.groups else (alike,)
    rows.append(Row(beside, (3, 2) if len(beside) == 2 else ()))
    if result.groups:
        rows.append(Row((groups_table(result),)))
    if result.reasons is not None and len(result.reasons.names) > 1:
        steps = reasons_chart(result, result.reasons)
        rows += [] if steps is None else [Row((steps,))]
        rows.append(Row((reasons_table(result, result.reasons),)))
    return Section(key, title, _headline(result), _base_line(result), tuple(rows), _notes(result))


def nothing_compared(key: str, title: Text, result: CompareResult) -> Section:
    """Why there is nothing to see, and how to choose what to compare with."""
    if not result.scored:
        text = say("Tell us which column holds the score, then it can be compared.")
        empty = Empty(say("There is no score to compare."), text, "check", say("Choose the score column"))
    elif result.sample.before is None:
        text = say("Choose an earlier file, period or group. Each measure is then shown beside it, with its change.")
        empty = Empty(say("Nothing to compare with yet."), text, "compare_with", say("Compare with…"))
    else:
        text = say("No question with a score was answered on both sides.")
        empty = Empty(say("The two sides have no measure in common."), text, "compare_with", say("Compare with…"))
    return Section(key, title, empty.title, weight_text(result.sample), (Row((empty,)),))


def _alike(result: CompareResult) -> Findings:
    """Are the two sides alike? The same questions, a similar mix, and what stands on one side only."""
    lines: list[Finding] = []
    for each in sorted(result.likeness, key=lambda one: -abs(one.shift)):
        if each.clear and abs(each.shift) > _CLEAR_MIX:
            lines.append(_mix_line(each, "warn"))
    calm = [each for each in result.likeness if not (each.clear and abs(each.shift) > _CLEAR_MIX)]
    if calm:
        largest = max(calm, key=lambda one: abs(one.shift))
        lines.append(
            Finding(
                say("Similar mix"),
                say_n(
                    "in “{segment}”; the largest shift is {shift} percentage points ({option}).",
                    "in {count} segments; the largest shift is {shift} percentage points (“{segment}”: {option}).",
                    len(calm),
                    segment=largest.question.text,
                    option=largest.option,
                    shift=round(100 * abs(largest.shift)),
                ),
                "ok",
            )
        )
    for name, questions in ((result.now, result.only_now), (result.before, result.only_before)):
        if questions:
            words = say_n(
                "“{question}” was only answered there and is not compared.",
                "{count} questions were only answered there and are not compared: “{question}” and others.",
                len(questions),
                question=questions[0].text,
            )
            lines.append(Finding(name, words, "warn"))
    if result.pairs is not None:
        lines.append(_pairs_line(result))
    nothing = say("Same questions; no segment tells the two sides apart.")
    return Findings("alike", say("Are the two sides alike?"), tuple(lines), nothing)


def _mix_line(each: Likeness, sign: str) -> Finding:
    facts: dict[str, Param] = {
        "segment": each.question.text,
        "now": Number(each.now, Format.PERCENT),
        "before": Number(each.before, Format.PERCENT),
    }
    if each.shift > 0:
        return Finding(each.option, say("({segment}): {now} of the answers now, {before} before.", **facts), sign)
    return Finding(each.option, say("({segment}): only {now} of the answers now, {before} before.", **facts), sign)


def _pairs_line(result: CompareResult) -> Finding:
    pairs = result.pairs
    people = 0 if pairs is None else pairs.people
    value = 0.0 if pairs is None else pairs.value
    facts: dict[str, Param] = {
        "value": Number(abs(value), Format.COUNT),
        "low": Number(None if pairs is None else pairs.low, Format.SCORE),
        "high": Number(None if pairs is None else pairs.high, Format.SCORE),
    }
    lead = say_n("1 respondent answered both times", "{count} respondents answered both times", people)
    if pairs is None or not pairs.clear:
        return Finding(lead, say("; their NPS shows no clear change (likely {low} to {high}).", **facts))
    if value > 0:
        return Finding(lead, say("; their NPS rose by {value} (likely {low} to {high}).", **facts), "above")
    return Finding(lead, say("; their NPS fell by {value} (likely {low} to {high}).", **facts), "below")


def _mix_note(result: CompareResult) -> Note | None:
    """A clear shift of the mix stands above the numbers, because it may be all that changed."""
    shifted = [each for each in result.likeness if each.clear and abs(each.shift) > _CLEAR_MIX]
    if not shifted:
        return None
    most = max(shifted, key=lambda each: abs(each.shift))
    return Note(
        NoteLevel.WARN,
        say("Other people answered than before."),
        say(
            "{option} ({segment}) went from {before} to {now} of the answers. Look at the changes by group before you "
            "read the overall change.",
            option=most.option,
            segment=most.question.text,
            before=Number(most.before, Format.PERCENT),
            now=Number(most.now, Format.PERCENT),
        ),
    )


def _headline(result: CompareResult) -> Text:
    main = [shift for shift in result.shifts if not shift.part]
    clear = [shift for shift in main if is_clear(shift.mark)]
    facts: dict[str, Param] = {"before": result.before, "now": result.now}
    if clear:
        first = clear[0]
        facts |= {
            "measure": shift_name(first, result.shifts),
            "value": Number(first.now.value, first.rule.format),
            "distance": distance_text(first.rule, first.gap.value if first.gap is not None else 0.0),
            "old": Number(first.before.value, first.rule.format),
        }
        if first.mark is Mark.ABOVE:
            told = say("{measure} is clearly higher: {value}, {distance} above {before} ({old}).", **facts)
        else:
            told = say("{measure} is clearly lower: {value}, {distance} below {before} ({old}).", **facts)
        others = len(clear) - 1
        if others:
            more = say_n("1 more measure changed clearly.", "{count} more measures changed clearly.", others)
            return say("{first} {second}", first=told, second=more)
        return told
    first = main[0]
    if first.mark is Mark.UNTESTED:
        return say("Too few answers to compare {now} with {before}.", **facts)
    return say("No clear change between {before} and {now}; every difference could be chance.", **facts)


def _base_line(result: CompareResult) -> Text:
    before = result.sample.before
    parts = [
        say(
            "{now} ({now_n} responses) compared with {before} ({before_n} responses)",
            now=result.now,
            now_n=result.sample.size,
            before=result.before,
            before_n=0 if before is None else before.size,
        )
    ]
    shared = (
        [] if before is None else [c for c in result.sample.selection.conditions if c in before.selection.conditions]
    )
    if shared:
        selection = type(result.sample.selection)(tuple(shared))
        parts.append(selection.describe(result.sample.dataset.question))
    parts.append(weight_text(result.sample))
    return joined(parts)


def _notes(result: CompareResult) -> tuple[tuple[Text, Text], ...]:
    level = confidence_text(result.rules)
    seen: list[tuple[Text, Text]] = []
    for shift in result.shifts:
        if not shift.part:
            seen.extend(note for note in method_notes(shift.rule, result.rules) if note not in seen)
    seen.append(
        (
            say("Comparison of two sides"),
            say(
                "Different people on both sides; {level} level, Holm adjustment within each table. Why it moved: mix "
                "and rate after Kitagawa and Das Gupta, one segment at a time; groups under 10 answers are put "
                "together.",
                level=level,
            ),
        )
    )
    return tuple(seen)
