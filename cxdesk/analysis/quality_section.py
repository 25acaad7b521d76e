"""The quality page: from the rows of the file to those in use, what waits for a decision, what else is to know."""

from __future__ import annotations

from cxdesk.analysis.found_rows import missing_key, unused_key
from cxdesk.analysis.measure import Measure, measure_name
from cxdesk.analysis.quality_values import Effect, Judged, Line, QualityResult, State, named
from cxdesk.analysis.wording import joined
from cxdesk.blocks.figure import Figure
from cxdesk.blocks.note import Note, NoteLevel
from cxdesk.blocks.palette import Tone
from cxdesk.blocks.section import Block, Row, Section
from cxdesk.blocks.table import Cell, Chip, ColumnType, Table, TableColumn, TableRow
from cxdesk.survey.receipt import Receipt, Unused
from cxdesk.text import Format, Label, Number, Text, say, say_n

CHECKS = "checks"
"""The key of the table with the checks."""

_DECIDE, _OPEN, _DECIDED = say("Decide"), say("Not decided"), say("Decided")
_AS_LAST = say("As last time")
_KNOW, _FINE = say("To know"), say("Fine")
_NO_SCORE = "no_score"
"""Whether these rows are kept or not, no score changes."""

_DISAGREEMENT = "readers_disagree"


def section(key: str, title: Text, result: QualityResult, *, printed: bool) -> Section:
    """Say the result of the analysis, on screen or ``printed`` in a report."""
    receipt = result.receipt
    warnings = tuple(Row((_warning(entry),)) for entry in receipt.unused if entry.code == _DISAGREEMENT)
    rows = (*warnings, _arithmetic(result), Row((_checks(result, printed=printed),)), Row((_unused(result),)))
    headline = _headline(result, printed=printed)
    return Section(key, title, headline, _base_line(receipt, result.filter), rows, _notes(result))


def open_decisions(shown: Section) -> int:
    """How many decisions wait on a finished quality page."""
    tables = (block for block in shown.blocks() if isinstance(block, Table) and block.key == CHECKS)
    return sum(cell.value == _DECIDE for table in tables for row in table.rows for cell in row.cells)


def _headline(result: QualityResult, *, printed: bool) -> Text:
    if result.used < result.receipt.rows:
        sentence = say("{used} of {rows} rows are used.", used=result.used, rows=result.receipt.rows)
    else:
        sentence = say_n("The 1 row of the file is used.", "All {count} rows of the file are used.", result.used)
    waiting = sum(each.open for each in result.judged)
    if not waiting:
        return sentence
    if printed:
        return say_n(
            "{sentence} 1 check is undecided.",
            "{sentence} {count} checks are undecided.",
            waiting,
            sentence=sentence,
        )
    return say_n(
        "{sentence} 1 thing needs your decision.",
        "{sentence} {count} things need your decision.",
        waiting,
        sentence=sentence,
    )


def _arithmetic(result: QualityResult) -> Row:
    """Rows in the file, minus each reason, make the rows that are used; and what that does to the score."""
    figures: list[Block] = [Figure("rows", say("Rows in the file"), Cell(result.receipt.rows, Format.COUNT))]
    gone = [(step.check, step.short, step.count) for step in result.steps]
    empty = result.receipt.rows - result.used - sum(count for _, _, count in gone)
    if empty > 0:
        gone.insert(0, ("no_answers", say("without answers"), empty))
    for key, words, count in gone:
        figures.append(Figure(key, words, Cell(-count, Format.COUNT, tone=Tone.DETRACTOR)))
    figures.append(Figure("used", say("Rows used"), Cell(result.used, Format.COUNT)))
    if result.steps and result.rule is not None and result.whole.other is not None:
        told = _kept_all(result.rule, result.whole)
        figures.append(Note(NoteLevel.INFO, say("What that does to the score"), told))
    return Row(tuple(figures), chained=True)


def _kept_all(rule: Measure, effect: Effect) -> Text:
    name, other = measure_name(rule), Number(effect.other, rule.format)
    if effect.now is None:
        return say("With all rows kept, {measure} would be {other}.", measure=name, other=other)
    now = Number(effect.now, rule.format)
    if _alike(rule, effect):
        return say("With all rows kept, {measure} would still be {now}.", measure=name, now=now)
    return say("With all rows kept, {measure} would be {other} instead of {now}.", measure=name, other=other, now=now)


def _alike(rule: Measure, effect: Effect) -> bool:
    """Whether two values look the same where they are shown."""
    if effect.now is None or effect.other is None:
        return effect.now is effect.other
    digits = {Format.SCORE: 0, Format.PERCENT: 2}.get(rule.format, 1)
    return round(effect.now, digits) == round(effect.other, digits)


def _checks(result: QualityResult, *, printed: bool) -> Table:
    word = _OPEN if printed else _DECIDE
    waiting = [_check_row(each, result.rule, word) for each in result.judged if each.open]
    decided = [_check_row(each, result.rule) for each in result.judged if each.check.count and not each.open]
    fine = [_check_row(each, result.rule) for each in result.judged if not each.check.count]
    lines = [_line_row(line, result) for line in result.lines]
    columns = (
        TableColumn("check", say("Check"), ColumnType.NAME),
        TableColumn("result", say("Result"), ColumnType.CHIP),
        TableColumn("found", say("Found")),
        TableColumn("means", say("What it means"), ColumnType.TEXT),
        TableColumn("decision", say("Decision") if printed else say("Your decision"), ColumnType.CHOICE),
        TableColumn("show", "", ColumnType.ACTION),
    )
    legend = None
    if waiting and not printed:
        legend = say(
            "Until you decide, the list shows what happens unasked. Choose that or something else, or “Confirm all”."
        )
    return Table(CHECKS, say("Checks"), columns, (*waiting, *decided, *fine, *lines), legend=legend)


def _check_row(judged: Judged, rule: Measure | None, word: Text = _DECIDE) -> TableRow:
    check = judged.check
    if not check.count:
        found = (Cell(_FINE, chip=Chip.OK), Cell(0, Format.COUNT), Cell(say("None found.")))
        return TableRow(check.key, (Cell(check.name), *found, Cell(None), Cell(None)))
    decided = _AS_LAST if judged.as_last else _DECIDED
    chip = Cell(word, chip=Chip.WARN) if judged.open else Cell(decided, chip=Chip.OK)
    means = check.means
    if rule is not None and None not in (judged.effect.now, judged.effect.other) and check.key != _NO_SCORE:
        means = say("{means} {effect}", means=means, effect=_effect(rule, judged))
    cells = (
        Cell(check.name),
        chip,
        Cell(check.count, Format.COUNT),
        Cell(means),
        Cell(_said(judged), choices=tuple((way.key, way.name) for way in check.ways), chosen=judged.way),
        Cell(say("Show rows")),
    )
    return TableRow(check.key, cells, head=judged.open)


def _effect(rule: Measure, judged: Judged) -> Text:
    """The score with and without the rows of a check."""
    effect = judged.effect
    facts: dict[str, Text | Number] = {"measure": measure_name(rule), "now": Number(effect.now, rule.format)}
    if _alike(rule, effect):
        return say("{measure} is {now} with and without them.", **facts)
    other = Number(effect.other, rule.format)
    if _leaves_out(judged):
        return say("With them {measure} would be {other} instead of {now}.", other=other, **facts)
    return say("Without them {measure} would be {other} instead of {now}.", other=other, **facts)


def _leaves_out(judged: Judged) -> bool:
    return next(way.marked for way in judged.check.ways if way.key == judged.way) is not None


def _said(judged: Judged) -> Text:
    """What a report says about a decision: what was done, and whether somebody decided so."""
    way = _way(judged)
    if judged.as_last:
        return say("{way} (as last time)", way=way)
    return way if judged.decided else say("{way} (not decided)", way=way)


def _line_row(line: Line, result: QualityResult) -> TableRow:
    chip = Cell(_FINE, chip=Chip.OK) if line.state is State.FINE else Cell(_KNOW, chip=Chip.INFO)
    opens = line.shows and (line.shows != "rows" or line.key in result.shown)
    words = {"rows": say("Show rows"), "columns": say("Show columns"), "weights": say("Show weights")}
    shows = Cell(words[line.shows] if opens else None)
    cells = (Cell(line.name), chip, Cell(line.found, Format.COUNT), Cell(line.means), Cell(None), shows)
    return TableRow(line.key, cells)


def _notes(result: QualityResult) -> tuple[tuple[Text, Text], ...]:
    """For the report's Notes: what was decided about each check that found something, and by whom."""
    return tuple((say("Data quality"), _note(each)) for each in result.judged if each.check.count)


def _note(judged: Judged) -> Text:
    facts: dict[str, Text | int] = {"check": judged.check.name, "count": judged.check.count, "way": _way(judged)}
    if judged.as_last:
        return say("{check}: {count} found. Decided as last time: {way}.", **facts)
    if judged.decided:
        return say("{check}: {count} found. Decided: {way}.", **facts)
    return say("{check}: {count} found. Nobody decided, so as always: {way}.", **facts)


def _way(judged: Judged) -> Text:
    return next(way.name for way in judged.check.ways if way.key == judged.way)


def _warning(entry: Unused) -> Note:
    return Note(NoteLevel.WARN, say("Please compare with your file"), entry.text)


def _base_line(receipt: Receipt, selected: Text | None) -> Text:
    parts = [say("Nothing is deleted: everything stays in your file.")]
    if selected is not None:
        parts.append(say("whole file, also what the filter ({filter}) leaves out", filter=selected))
    if receipt.platform_name:
        parts.append(say("{platform} export", platform=receipt.platform_name))
    parts.append(say_n("1 column", "{count} columns", receipt.columns))
    parts.append(say_n("1 filled cell", "{count} filled cells", receipt.cells))
    if receipt.cells_left_out:
        parts.append(say_n("1 of them not used", "{count} of them not used", receipt.cells_left_out))
    return joined(parts)


def _told_share(part: int, whole: int) -> float:
    """A share that rounding makes neither nothing nor everything: "0%" and "100%" are said only where they are true."""
    share = part / whole
    return share if part in {0, whole} else min(0.99, max(0.01, share))


def _unused(result: QualityResult) -> Table:
    rows: list[TableRow] = []
    told: dict[int, int] = {}
    for index, entry in enumerate(result.receipt.unused):
        key = unused_key(index)
        where = named(result.columns, entry.column) or say("Whole file")
        rows.append(_row(key, where, entry.count, entry.text, opens=key in result.shown))
        if entry.column is not None:
            told[entry.column] = told.get(entry.column, 0) + entry.count
    for missing in result.unanswered:
        if sum(told.get(column, 0) for column in missing.question.columns) == missing.missing:
            continue
        share = Number(_told_share(missing.missing, missing.of), Format.PERCENT)
        text = say("Empty in {share} of rows; these people do not count in this question.", share=share)
        key = missing_key(missing.question)
        rows.append(_row(key, missing.question.text, missing.missing, text, opens=key in result.shown))
    for question in result.private:
        if not any(column in told for column in question.columns):
            text = say("Personal data: kept out of every page and report.")
            rows.append(_row(f"private_{question.id}", question.text, None, text))
    if not rows:
        rows.append(_row("fine", say("Whole file"), 0, say("Every value of the file is used.")))
    columns = (
        TableColumn("where", say("Where"), ColumnType.NAME),
        TableColumn("found", say("Found")),
        TableColumn("means", say("What it means"), ColumnType.TEXT),
        TableColumn("show", "", ColumnType.ACTION),
    )
    return Table("unused", say("What was not used, and why"), columns, tuple(rows))


def _row(key: str, where: Label, count: int | None, text: Text, *, opens: bool = False) -> TableRow:
    shows = Cell(say("Show rows") if opens else None)
    return TableRow(key, (Cell(where), Cell(count, Format.COUNT), Cell(text), shows))
