"""The table of a crosstab: for each question a heading line with its bases, and its lines below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxdesk.analysis import crosstab_values as word
from cxdesk.analysis.crosstab_values import Block, Crossed, Crosstable, CrosstabResult, Line, LineKind, Together
from cxdesk.analysis.wording import joined
from cxdesk.blocks.palette import Tone
from cxdesk.blocks.table import Cell, ColumnType, Derivation, Mark, Net, Share, Table, TableColumn, TableRow
from cxdesk.survey.base import BaseLevel, Rules
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind
from cxdesk.text import Format, Label, Listed, Number, Text, say, say_n

_STRENGTHS = (0.1, 0.3, 0.5)
_ARROWS = {Mark.ABOVE: "▲", Mark.BELOW: "▼"}


def title_of(rows: Sequence[Question], by: Question | None, inside: Question | None) -> Text:
    """What is crossed: "4 questions by Region", "Channel by Region and Segment"."""
    name: Label = rows[0].text if len(rows) == 1 else say_n("1 question", "{count} questions", len(rows))
    if by is None:
        return say("{rows}, all respondents", rows=name)
    if inside is None:
        return say("{rows} by {columns}", rows=name, columns=by.text)
    return say("{rows} by {columns} and {inner}", rows=name, columns=by.text, inner=inside.text)


def table_title(table: Crosstable) -> Text:
    """What a finished table crosses."""
    return title_of([block.question for block in table.blocks], table.by, table.inside)


def columns_name(table: Crosstable) -> Label:
    """The questions in the columns."""
    if table.by is None or table.inside is None:
        return "" if table.by is None else table.by.text
    return say("{outer}, {inner}", outer=table.by.text, inner=table.inside.text)


def degree(strength: float) -> int:
    """How much questions have to do with each other, from 0 (hardly anything) to 3 (strongly)."""
    return sum(strength >= least for least in _STRENGTHS)


def crosstab_table(key: str, table: Crosstable, result: CrosstabResult) -> Table:
    """One column per answer of the questions in the columns, the total first."""
    lettered = table.spec.compare in {word.LETTERS, word.BONFERRONI}
    columns = [TableColumn("name", say("Question and answer"), ColumnType.NAME)]
    columns += [
        TableColumn(
            head.key,
            head.name,
            group=head.group,
            letter=head.letter if lettered else "",
            level=head.level,
        )
        for head in table.heads
    ]
    if _has_words(table):
        columns.append(TableColumn("words", say("In words"), ColumnType.TEXT))
    columns += [
        TableColumn(f"{head.key}_n", say("{part}, n", part=head.name), ColumnType.COUNT_BEHIND) for head in table.heads
    ]
    rows = tuple(row for number, block in enumerate(table.blocks) for row in _rows(number, block, table, result))
    return Table(key, table_title(table), tuple(columns), rows, _legend(table, result))


def _rows(number: int, block: Block, table: Crosstable, result: CrosstabResult) -> Iterator[TableRow]:
    key = f"q{number}"
    wordy = _has_words(table)
    name = say("{question} (n)", question=_question_name(block))
    base = tuple(Cell(base.n, Format.COUNT, base=base) for base in block.bases)
    behind = tuple(Cell(whole, Format.COUNT) for whole in block.wholes)
    words = (Cell("" if block.together is None else _link(block.together)),) if wordy else ()
    yield TableRow(key, (Cell(name), *base, *words, *behind), head=True)
    if result.sample.weighted:
        worth = tuple(Cell(base.size, Format.COUNT, base=base) for base in block.bases)
        blank = (Cell(""),) if wordy else ()
        yield TableRow(f"{key}:worth", (Cell(say("Effective base")), *worth, *blank, *_empty(behind)), indent=1)
    for line in block.lines:
        for part in _parts_shown(line, table.spec.show):
            yield _line(key, block, line, part, table, result.rules)


def _link(pair: Together) -> Text:
    """How a question goes together with the columns."""
    if pair.sparse:
        return say("too few answers per cell")
    if not pair.clear or pair.strength is None:
        return say("no clear link as a whole")
    strength = Number(pair.strength, Format.GENERAL)
    return (
        say("very weakly linked ({strength})", strength=strength),
        say("weakly linked ({strength})", strength=strength),
        say("linked ({strength})", strength=strength),
        say("strongly linked ({strength})", strength=strength),
    )[degree(pair.strength)]


def _question_name(block: Block) -> Label:
    question = block.question
    return say("{group}: {topic}", group=question.group, topic=question.text) if question.group else question.text


def _has_words(table: Crosstable) -> bool:
    """Whether there is something to say: how questions go together, or which columns are clearly higher."""
    spoken = table.spec.compare == word.WORDS and any(head.family >= 0 for head in table.heads)
    return spoken or any(block.together is not None for block in table.blocks)


def _parts_shown(line: Line, show: tuple[str, ...]) -> list[str]:
    """Which numbers a line has: a score itself; of an answer whatever was asked for, its share if nothing was."""
    if line.kind is LineKind.SCORE:
        return [word.SCORES]
    return [part for part in (word.SHARE, word.ROW_SHARE, word.COUNT) if part in show] or [word.SHARE]


def _line(key: str, block: Block, line: Line, part: str, table: Crosstable, rules: Rules) -> TableRow:
    first = part == _parts_shown(line, table.spec.show)[0]
    cells = [_cell(key, column, block, line, cell, part, first, table, rules) for column, cell in enumerate(line.cells)]
    if _has_words(table):
        told = first and table.spec.compare == word.WORDS
        cells.append(Cell(_words(line, table) if told else ""))
    behind = [Cell(cell.count, Format.COUNT) for cell in line.cells]
    name: Label = line.name if first else _PARTS[part]
    row_key = f"{key}:{line.key}" if first else f"{key}:{line.key}:{part}"
    return TableRow(row_key, (Cell(name), *cells, *behind), indent=1 if first else 2)


_PARTS = {word.SHARE: say("Column %"), word.ROW_SHARE: say("Row %"), word.COUNT: say("Count")}


def _cell(
    key: str,
    column: int,
    block: Block,
    line: Line,
    cell: Crossed,
    part: str,
    first: bool,
    table: Crosstable,
    rules: Rules,
) -> Cell:
    base = block.bases[column]
    level = rules.level(base)
    if not base.n:
        return Cell(None, base=base)
    if level is BaseLevel.HIDDEN:
        return Cell(None, base=base, shown=say("n < {least}", least=rules.hide_below))
    if cell.withheld:
        return Cell(None, base=base, shown=say("not shown"))
    head = table.heads[column].key
    value, form, derivation = _number(key, head, line, cell, part)
    return Cell(
        value,
        form,
        base=base,
        tone=Tone.MUTED if level is BaseLevel.UNTESTED else None,
        mark=cell.mark if first else None,
        derivation=derivation,
        letters=_letters(cell, table) if first else "",
    )


def _number(
    key: str, head: str, line: Line, cell: Crossed, part: str
) -> tuple[float | None, Format, Derivation | None]:
    count = f"{head}_n"
    if part == word.SCORES:
        net = None
        if line.parts is not None:
            good, bad = (f"{key}:{end}" for end in line.parts)
            net = Net((good, count), (bad, count), (key, count))
        return cell.value, line.format, net
    if part == word.COUNT:
        return cell.count, Format.COUNT, None
    if part == word.ROW_SHARE:
        return cell.row_share, Format.PERCENT, Share(("", count), ("", "total_n"))
    return cell.share, Format.PERCENT, Share(("", count), (key, count))


def _letters(cell: Crossed, table: Crosstable) -> str:
    if table.spec.compare == word.ARROWS:
        return "" if cell.mark is None else _ARROWS.get(cell.mark, "")
    if table.spec.compare == word.WORDS:
        return ""
    return " ".join(table.heads[place].letter for place in cell.higher)


def _words(line: Line, table: Crosstable) -> Label:
    """Which columns are clearly higher than which, in words."""
    told = [
        say(
            "{column} than {others}",
            column=_column_name(table, place),
            others=Listed(tuple(_column_name(table, other) for other in cell.higher)),
        )
        for place, cell in enumerate(line.cells)
        if cell.higher
    ]
    return joined([*told]) if told else ""


def _column_name(table: Crosstable, place: int) -> Label:
    return table.heads[place].name


def _empty(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return tuple(Cell(None, Format.COUNT) for _ in cells)


def _legend(table: Crosstable, result: CrosstabResult) -> Text:
    rules, spec = result.rules, table.spec
    parts = [say("bold: how many answered (n)")]
    levels = [rules.level(base) for block in table.blocks for base in block.bases if base.n]
    if table.by is not None:
        parts += _comparison_legend(table)
    if BaseLevel.SMALL in levels:
        parts.append(say("* base under {plain}, read with care", plain=rules.plain_from))
    if BaseLevel.UNTESTED in levels:
        parts.append(say("** base under {tested}, not compared", tested=rules.test_from))
    if BaseLevel.HIDDEN in levels:
        parts.append(say("n < {least}: too few for a number", least=rules.hide_below))
    if any(cell.withheld for block in table.blocks for line in block.lines for cell in line.cells):
        parts.append(say("not shown: small groups could be worked out from it"))
    if any(block.together is not None for block in table.blocks):
        parts.append(say("linked: Cramér’s V from 0 (not at all) to 1; no proof of cause"))
    if any(block.question.kind is Kind.MULTIPLE for block in table.blocks):
        parts.append(say("several answers per person: columns can add up to more than 100%"))
        parts.append(
            say("100% is everybody who was asked")
            if spec.base == "asked"
            else say("100% is everybody who ticked something")
        )
    if result.sample.weighted:
        parts.append(say("n counts people; shares and scores are weighted"))
    if table.unseen:
        parts.append(say_n("1 small column is not shown", "{count} small columns are not shown", table.unseen))
    return joined(parts)


def _comparison_legend(table: Crosstable) -> list[Text]:
    compare = table.spec.compare
    if compare == word.NOTHING:
        return []
    if compare == word.ARROWS:
        return [
            say("▲ ▼ clearly above or below everyone else"),
            say("the marks allow for all comparisons in the table"),
        ]
    if table.overlapping:
        return [say("the columns share people, so they are not compared with each other")]
    if compare == word.WORDS:
        return [say("columns that are not named do not differ clearly")]
    parts = [say("a letter: clearly higher than that column; no letter: no clear difference")]
    if table.inside is not None:
        parts.append(say("letters compare columns under the same heading"))
    parts.append(
        say("letters allow for all pairs of columns, as in SPSS")
        if compare == word.BONFERRONI
        else say("letters allow for all comparisons of their row")
    )
    return parts
