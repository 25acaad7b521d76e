"""Puts the comments page together, and explains what is missing where there is nothing to show."""

from __future__ import annotations

from dataclasses import replace

from cxdesk.analysis.cards import method_notes
from cxdesk.analysis.comments_priority import priority_table
from cxdesk.analysis.comments_said import base_line_of, headline_of, method_items
from cxdesk.analysis.comments_tables import effects_table, themes_table, words_table
from cxdesk.analysis.comments_values import CommentsResult, CommentsSpec
from cxdesk.analysis.menu import entry
from cxdesk.analysis.wording import headline
from cxdesk.blocks.note import Empty
from cxdesk.blocks.section import Block, Row, Section
from cxdesk.text import Text, say

KEY = "comments"
TITLE = entry(KEY).title


def section_of(spec: CommentsSpec, result: CommentsResult) -> Section:
    """The page, or the sheet if the options ask for it."""
    if result.quotes is None:
        return _nothing(result)
    rows = _sheet_rows(spec, result) if spec.printed else _page_rows(spec, result)
    notes = () if result.rule is None else method_notes(result.rule, result.rules)
    return Section(
        KEY,
        TITLE,
        headline(result.sample, headline_of(result)),
        base_line_of(result),
        tuple(rows),
        (*notes, *method_items(result)),
    )


def _page_rows(spec: CommentsSpec, result: CommentsResult) -> list[Row]:
    quotes = result.quotes
    rows = [] if quotes is None else [Row((themes_table(result, spec), quotes), (1, 3))]
    return rows + _table_rows(spec, result)


def _sheet_rows(spec: CommentsSpec, result: CommentsResult) -> list[Row]:
    """The sheet has the comments last: in a workbook nothing may stand beside or below a list that is filtered."""
    rows = _table_rows(spec, result)
    if result.rule is None:
        rows.insert(0, Row((replace(themes_table(result, spec), selectable=False, selected=""),)))
    quotes = result.quotes
    if quotes is not None and (quotes.sheet == "all" or (quotes.sheet == "chosen" and quotes.chosen.any())):
        rows.append(Row((quotes,)))
    return rows


def _table_rows(spec: CommentsSpec, result: CommentsResult) -> list[Row]:
    rule, words = result.rule, result.words
    if rule is None:
        return []
    rows = [Row((effects_table(result, rule),))]
    priorities = priority_table(result, rule, spec)
    if priorities.rows:
        rows.append(Row((priorities,)))
    if words is None or not words.compared:
        return rows
    tables: list[Block] = [
        words_table(result, words, bad=bad) for bad in (True, False) if (words.bad if bad else words.good)
    ]
    if tables:
        rows.append(Row(tuple(tables)))
    else:
        title = say("No word is clearly more common at one end of the scale.")
        text = say("Compared: {count} words that at least 5 people used.", count=words.compared)
        rows.append(Row((Empty(title, text),)))
    return rows


def _nothing(result: CommentsResult) -> Section:
    if not result.columns:
        title: Text = say("This file has no comment column.")
        empty = Empty(title, say("If there is one, choose it under Columns."), "check", say("Choose columns"))
    else:
        title = say("Nobody who is looked at wrote a comment.")
        empty = Empty(title, say("Remove a filter, or choose another comment column."))
    return Section(KEY, TITLE, empty.title, say("not weighted"), (Row((empty,)),))
