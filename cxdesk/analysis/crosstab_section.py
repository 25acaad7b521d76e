"""How a crosstab is shown and said: table and chart, how questions go together, and what the marks mean."""

from __future__ import annotations

from cxdesk.analysis import crosstab_values as word
from cxdesk.analysis.crosstab_chart import crosstab_chart
from cxdesk.analysis.crosstab_table import columns_name, crosstab_table, degree, table_title
from cxdesk.analysis.crosstab_values import Crosstable, CrosstabResult, Together
from cxdesk.analysis.wording import confidence_text, headline, joined, weight_text
from cxdesk.blocks.note import Empty, Note, NoteLevel
from cxdesk.blocks.section import Row, Section
from cxdesk.survey.base import Rules
from cxdesk.text import Text, say, say_n


def crosstab_section(key: str, title: Text, result: CrosstabResult) -> Section:
    """The page: one table; in the report, all that were kept."""
    rows = []
    for number, table in enumerate(result.tables):
        name = "crosstab" if len(result.tables) == 1 else f"crosstab{number}"
        if table.too_many_rows:
            rows.append(Row((_too_many(),)))
        rows.append(Row((crosstab_table(name, table, result),)))
        chart = crosstab_chart(name, table, result.rules)
        if chart is not None:
            rows.append(Row((chart,)))
    return Section(
        key, title, headline(result.sample, _headline(result)), _base_line(result), tuple(rows), (_note(result.rules),)
    )


def nothing_to_cross(key: str, title: Text) -> Section:
    """What to do without any question that has repeating answers."""
    text = say("A crosstab needs questions with a few repeating answers, such as scores, regions or channels.")
    empty = Empty(say("There are no questions to cross."), text, "check", say("Choose columns"))
    return Section(key, title, empty.title, say("not weighted"), (Row((empty,)),))


def _headline(result: CrosstabResult) -> Text:
    if len(result.tables) > 1:
        return say_n("1 table kept for the report.", "{count} tables kept for the report.", len(result.tables))
    table = result.tables[0]
    if table.by is None:
        return say_n("1 question among all respondents.", "{count} questions among all respondents.", len(table.blocks))
    columns = columns_name(table)
    if len(table.blocks) == 1 and table.inside is None and table.blocks[0].together is not None:
        return _pair_sentence(table, table.blocks[0].together)
    clear = sum(
        bool(cell.higher) or cell.mark is not None
        for block in table.blocks
        for line in block.lines
        for cell in line.cells
    )
    compared = any(head.family >= 0 for head in table.heads) or table.spec.compare == word.ARROWS
    if not compared:
        return say_n("1 question by {columns}.", "{count} questions by {columns}.", len(table.blocks), columns=columns)
    if not clear:
        return say("No clear difference between the columns of “{columns}”.", columns=columns)
    if table.spec.compare == word.ARROWS:
        return say_n(
            "1 cell of “{columns}” differs clearly from everyone else.",
            "{count} cells of “{columns}” differ clearly from everyone else.",
            clear,
            columns=columns,
        )
    return say_n(
        "1 cell of “{columns}” is clearly higher than another column.",
        "{count} cells of “{columns}” are clearly higher than another column.",
        clear,
        columns=columns,
    )


def _pair_sentence(table: Crosstable, pair: Together) -> Text:
    names = {"row": table.blocks[0].question.text, "columns": "" if table.by is None else table.by.text}
    if pair.sparse:
        return say("“{row}” by “{columns}”: too few answers per cell to say if they go together.", **names)
    if not pair.clear or pair.strength is None:
        return say("“{row}” and “{columns}”: no clear link as a whole.", **names)
    return (
        say("“{row}” and “{columns}” are very weakly linked.", **names),
        say("“{row}” and “{columns}” are weakly linked.", **names),
        say("“{row}” and “{columns}” are linked.", **names),
        say("“{row}” and “{columns}” are strongly linked.", **names),
    )[degree(pair.strength)]


def _base_line(result: CrosstabResult) -> Text:
    parts = [table_title(result.tables[0])] if len(result.tables) == 1 else []
    parts.append(say_n("1 respondent", "{count} respondents", result.sample.size))
    if result.sample.selection.conditions:
        parts.append(result.sample.selection.describe(result.sample.dataset.question))
    parts.append(weight_text(result.sample))
    return joined(parts)


def _too_many() -> Note:
    return Note(
        NoteLevel.INFO,
        say("Only the first 20 questions are shown"),
        say("Make a second table for the others and keep both for the report."),
    )


def _note(rules: Rules) -> tuple[Text, Text]:
    return (
        say("Crosstab"),
        say(
            "Letters: each pair of columns, {level} level; shares by the pooled z test without correction (Fisher’s "
            "exact test where under 5 people are expected), NPS and means as on the other pages; Holm adjustment per "
            "row, or all pairs as in SPSS if chosen. Arrows: each column against everyone else, Benjamini-Hochberg "
            "over the table. Links: chi-square with Cramér’s V, weighted by Rao and Scott. Columns under "
            "{tested} are not compared, under {least} not shown.",
            level=confidence_text(rules),
            tested=rules.test_from,
            least=rules.hide_below,
        ),
    )
