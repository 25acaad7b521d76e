"""How the follow-up list is shown: figures, the list with a status to choose for each person, what the last one did."""

from __future__ import annotations

from cxdesk.analysis.follow_up_people import MOST_PEOPLE
from cxdesk.analysis.follow_up_values import (
    NOBODY,
    REACHED,
    STATUS_NAMES,
    Again,
    Closing,
    FollowUpResult,
    FollowUpSpec,
    Person,
    Status,
    Who,
)
from cxdesk.analysis.measure import Measure
from cxdesk.analysis.wording import headline, joined
from cxdesk.blocks.figure import Figure
from cxdesk.blocks.note import Empty, Note, NoteLevel
from cxdesk.blocks.palette import Tone
from cxdesk.blocks.section import Row, Section
from cxdesk.blocks.table import Cell, ColumnType, Table, TableColumn, TableRow
from cxdesk.text import Day, Format, Label, Number, Text, say, say_n

PERSON = "person"
"""What the keys of rows about people begin with; the reference and the score follow."""

MOST_LISTS = 50
"""So many people can be given a status on the page; longer lists are worked through in the saved workbook."""


def follow_up_section(key: str, title: Text, spec: FollowUpSpec, result: FollowUpResult) -> Section:
    """The page with its list; without anybody to call it says so."""
    rule = result.rule
    if rule is None:
        return _nothing(key, title)
    rows: list[Row] = [Row(_figures(result, spec))]
    if result.unknown:
        rows.insert(0, Row((_unknown(result.unknown),)))
    if result.closing is not None:
        rows.append(Row((_closing_table(result.closing),)))
        if any(each.people for each in result.closing.again or ()):
            rows.append(Row((_again_table(rule, result.closing.again or ()),)))
    if result.people:
        rows.append(Row((_list(result, rule),)))
    elif spec.show != NOBODY:
        rows.append(Row((_nobody(spec),)))
    told = headline(result.sample, _sentence(result, spec))
    return Section(key, title, told, _base_line(result, rule), tuple(rows), _notes(result))


def who_name(who: Who, rule: Measure) -> Text:
    """Whom the list holds, in the words of the measure."""
    if rule.is_net:
        return {
            Who.LOW: say("Detractors"),
            Who.MIDDLE: say("Passives"),
            Who.HIGH: say("Promoters"),
            Who.ALL: say("Everyone with a score"),
        }[who]
    return {
        Who.LOW: say("Low scores"),
        Who.MIDDLE: say("Middle scores"),
        Who.HIGH: say("Good scores"),
        Who.ALL: say("Everyone with a score"),
    }[who]


def _nothing(key: str, title: Text) -> Section:
    text = say("Tell us which column holds the score; the list then begins with the lowest ones.")
    empty = Empty(say("There is no score to follow up."), text, "check", say("Choose the score column"))
    return Section(key, title, empty.title, say("Everything stays on this computer."), (Row((empty,)),))


def _sentence(result: FollowUpResult, spec: FollowUpSpec) -> Text:
    done = result.closing
    if done is not None:
        reached = sum(count for status, count in done.by_status if status in REACHED)
        resolved = dict(done.by_status)[Status.RESOLVED]
        return say(
            "{reached} of {listed} people on the last list were contacted, {resolved} are resolved.",
            reached=reached,
            listed=done.listed,
            resolved=resolved,
        )
    match Who(spec.who):
        case Who.LOW:
            return say_n("1 unhappy customer to follow up", "{count} unhappy customers to follow up", result.found)
        case Who.HIGH:
            return say_n("1 happy customer to thank or ask", "{count} happy customers to thank or ask", result.found)
        case _:
            return say_n("1 customer to follow up", "{count} customers to follow up", result.found)


def _base_line(result: FollowUpResult, rule: Measure) -> Text:
    parts = [say("“{question}”", question=rule.question.text)]
    if result.reason is not None:
        parts.append(say("reason: “{question}”", question=result.reason.text))
    parts.append(say("contacts are masked here and in reports"))
    return joined(parts)


def _figures(result: FollowUpResult, spec: FollowUpSpec) -> tuple[Figure, ...]:
    rule = result.rule
    named = say("To follow up") if rule is None else who_name(Who(spec.who), rule)
    cards = [Figure("listed", named, Cell(result.found, Format.COUNT))]
    reach = Cell(result.reachable, Format.COUNT) if result.contacts else Cell(None, Format.COUNT, shown=say("none"))
    captions = () if result.contacts else (say("The file has no column with a name, phone number or address."),)
    cards.append(Figure("reachable", say("With a contact"), reach, captions))
    counts = dict(result.worked_on)
    done = result.found - counts.get(Status.OPEN, 0)
    if result.closing is not None:
        cards += _closing_figures(result.closing)
    elif counts and done:
        reached = sum(counts[status] for status in REACHED)
        parts = (
            say("{part} of {whole} have a status", part=done, whole=result.found),
            say("{reached} contacted, {resolved} of them resolved", reached=reached, resolved=counts[Status.RESOLVED]),
        )
        cards.append(Figure("worked_on", say("Worked on"), Cell(done, Format.COUNT), parts))
    return tuple(cards)


def _closing_figures(done: Closing) -> list[Figure]:
    counts = dict(done.by_status)
    reached = counts[Status.CONTACTED] + counts[Status.RESOLVED]
    cards = [
        Figure(
            "contacted",
            say("Contacted"),
            Cell(reached / done.listed, Format.PERCENT),
            (say("{part} of {whole} on the last list", part=reached, whole=done.listed),),
        )
    ]
    if reached:
        cards.append(
            Figure(
                "resolved",
                say("Resolved"),
                Cell(counts[Status.RESOLVED] / reached, Format.PERCENT),
                (say("{part} of {whole} contacted", part=counts[Status.RESOLVED], whole=reached),),
            )
        )
    if done.overdue:
        overdue = Cell(done.overdue, Format.COUNT)
        cards.append(Figure("overdue", say("Overdue"), overdue, (say("open after their due date"),)))
    return cards


def _list(result: FollowUpResult, rule: Measure) -> Table:
    columns = [
        TableColumn("score", say("Score")),
        TableColumn("reason", say("Reason"), ColumnType.TEXT),
        *(TableColumn(f"group{place}", question.text, ColumnType.TEXT) for place, question in enumerate(result.groups)),
        TableColumn("day", say("Date"), ColumnType.TEXT),
        *(TableColumn(f"contact{n}", question.text, ColumnType.TEXT) for n, question in enumerate(result.contacts)),
        TableColumn("owner", say("Owner"), ColumnType.TEXT),
        TableColumn("status", say("Status"), ColumnType.CHOICE),
    ]
    rows = tuple(_row(person, rule, chosen=place < MOST_LISTS) for place, person in enumerate(result.people))
    parts = [say("Sorted by the lowest score, then the newest answer.")]
    if len(result.people) > MOST_LISTS:
        parts.append(
            say(
                "Choose a status here for the first {count}; work through the others in the saved list.",
                count=MOST_LISTS,
            )
        )
    if result.found > len(result.people) == MOST_PEOPLE:
        parts.append(
            say(
                "The first {shown} of {count} people; use a filter to see others.",
                shown=MOST_PEOPLE,
                count=result.found,
            )
        )
    parts.append(say("Ref finds a person again when the saved list is read back."))
    return Table("people", say("Follow-up list"), tuple(columns), rows, legend=joined(parts))


def _row(person: Person, rule: Measure, *, chosen: bool) -> TableRow:
    owner = "" if person.kept is None else person.kept.owner
    choices: tuple[tuple[str, Label], ...] = tuple((status.value, name) for status, name in STATUS_NAMES.items())
    cells = (
        _score(person, rule),
        Cell(person.reason),
        *(Cell(group) for group in person.groups),
        Cell("" if person.day is None else say("{day}", day=Day(person.day))),
        *(Cell(contact) for contact in person.contacts),
        Cell(owner),
        Cell(STATUS_NAMES[person.status], choices=choices if chosen else (), chosen=person.status.value),
    )
    return TableRow(f"{PERSON} {person.ref} {person.score}", cells)


def _score(person: Person, rule: Measure) -> Cell:
    """The score with its sign, because colour alone says nothing to many."""
    place = person.score - rule.scale.lowest
    badness = place if rule.high_is_good else rule.scale.size - 1 - place
    if badness < rule.bottom:
        return Cell(person.score, Format.COUNT, tone=Tone.DETRACTOR, shown=say("▼ {score}", score=person.score))
    if badness >= rule.scale.size - rule.good:
        return Cell(person.score, Format.COUNT, tone=Tone.PROMOTER, shown=say("▲ {score}", score=person.score))
    return Cell(person.score, Format.COUNT)


def _closing_table(done: Closing) -> Table:
    columns = (
        TableColumn("status", say("Status"), ColumnType.NAME),
        TableColumn("people", say("People")),
        TableColumn("share", say("Share")),
    )
    rows = [
        TableRow("all", (Cell(say("All")), Cell(done.listed, Format.COUNT), Cell(None, Format.PERCENT)), total=True)
    ]
    for status, count in done.by_status:
        share = Cell(count / done.listed, Format.PERCENT)
        rows.append(TableRow(status.value, (Cell(STATUS_NAMES[status]), Cell(count, Format.COUNT), share)))
    nobody = done.again is not None and not any(each.people for each in done.again)
    legend = say("Nobody on it has answered again so far.") if nobody else None
    return Table("closing", say("What became of the last list"), columns, tuple(rows), legend=legend)


def _again_table(rule: Measure, again: tuple[Again, ...]) -> Table:
    columns = (
        TableColumn("who", say("People who answered again"), ColumnType.NAME),
        TableColumn("people", say("n")),
        TableColumn("before", say("Then")),
        TableColumn("after", say("Now")),
        TableColumn("change", say("Change")),
        TableColumn("range", say("Range"), ColumnType.RANGE),
    )
    rows = []
    for each in again:
        name = say("Contacted") if each.reached else say("Not contacted")
        change = each.change
        moved = None if each.before is None or each.after is None else each.after - each.before
        rows.append(
            TableRow(
                "reached" if each.reached else "not_reached",
                (
                    Cell(name),
                    Cell(each.people, Format.COUNT),
                    _shown(each.before, rule.format),
                    _shown(each.after, rule.format),
                    _shown(moved, rule.gap_format),
                    Cell(
                        None,
                        rule.gap_format,
                        low=None if change is None else change.low,
                        high=None if change is None else change.high,
                    ),
                ),
            )
        )
    note = say(
        "Those who were called and those who were not may differ in other ways: this compares them, it does not prove "
        "what the call did."
    )
    return Table("again", say("Did their score move?"), columns, tuple(rows), legend=note)


def _shown(value: float | None, form: Format) -> Cell:
    return Cell(None, form, shown=say("too few")) if value is None else Cell(value, form)


def _unknown(count: int) -> Note:
    text = say_n(
        "1 person of the list is not in this survey; their status counts above.",
        "{count} people of the list are not in this survey; their status counts above.",
        count,
    )
    return Note(NoteLevel.INFO, say("List read back"), text)


def _nobody(spec: FollowUpSpec) -> Empty:
    if spec.show:
        text = say("Choose another status, or show every status.")
        return Empty(say("Nobody has this status."), text)
    return Empty(say("Nobody to follow up here."), say("Choose other scores above, or take a filter off."))


def _notes(result: FollowUpResult) -> tuple[tuple[Text, Text], ...]:
    detail = say(
        "{count} people. Statuses are what was set on the page or read back from a saved list. Contacts are masked; "
        "a person is known by a reference that cannot be turned back into a name or number.",
        count=Number(result.found),
    )
    return ((say("Follow-up list"), detail),)
