"""Comments as columns of a sheet, as comma-separated text, and for the clipboard: the same columns in each."""

from __future__ import annotations

from html import escape

import numpy as np
from numpy.typing import NDArray

from cxdesk.blocks.quote import GROUP_SIGNS, UNKNOWN, About, Quotes
from cxdesk.render.csv import raw_number, safe_text
from cxdesk.report.report import DataColumn
from cxdesk.survey.dataset import Words
from cxdesk.survey.role import Role, role_name
from cxdesk.text import Translator, say

Places = NDArray[np.intp]


def quote_columns(quotes: Quotes, places: Places, translator: Translator) -> tuple[DataColumn, ...]:
    """The comment, its score and group, the day, the person's groups and the themes, of some quotes in their order."""
    columns = [_comment(quotes, places, translator)]
    scores, days = quotes.scores[places], quotes.days[places]
    role = role_name(Role.COMMENT)
    if not np.isnan(quotes.scores).all():
        columns.append(DataColumn(translator(say("Score")), role, numbers=scores, listed=True))
        names = [_signed(quotes, place, translator) for place in range(UNKNOWN)]
        groups = quotes.groups[places].astype(np.uint32)
        columns.append(DataColumn(translator(say("Group")), role, groups, Words.of([*names, ""]), listed=True))
    if not np.isnan(quotes.days).all():
        columns.append(DataColumn(translator(say("Date")), role, numbers=np.floor(days), is_date=True, listed=True))
    columns += [_about(about, places, translator) for about in quotes.abouts]
    columns.append(_themes(quotes, places, translator))
    return tuple(columns)


def sheet_places(quotes: Quotes) -> Places:
    """The quotes that a workbook holds, the newest first."""
    wanted = quotes.chosen if quotes.sheet == "chosen" else np.ones(len(quotes), dtype=np.bool_)
    return quotes.in_order(np.flatnonzero(wanted), "newest")


def quotes_to_csv(quotes: Quotes, places: Places, translator: Translator) -> str:
    """One line per comment with a heading row; the caller adds the byte order mark."""
    heads, lines = _fields(quotes, places, translator)
    return "".join(",".join(_quoted(field) for field in line) + "\r\n" for line in (heads, *lines))


def quotes_to_clipboard(quotes: Quotes, places: Places, translator: Translator) -> tuple[str, str]:
    """The comments as (tab-separated text, HTML), headings first; a comment stays in one cell."""
    heads, lines = _fields(quotes, places, translator)
    rows = ["\t".join(safe_text(" ".join(field.split())) for field in line) for line in (heads, *lines)]
    head = "".join(f"<th>{escape(title)}</th>" for title in heads)
    body = "".join(f"<tr>{''.join(_cell(field) for field in line)}</tr>" for line in lines)
    html = f'<html><head><meta charset="utf-8"></head><body><table><tr>{head}</tr>{body}</table></body></html>'
    return "\r\n".join(rows) + "\r\n", html


def _comment(quotes: Quotes, places: Places, translator: Translator) -> DataColumn:
    used, codes = np.unique(quotes.texts[places], return_inverse=True)
    texts = Words.of(quotes.shown.some(used.astype(np.int64)))
    title, role = translator(say("Comment")), role_name(Role.COMMENT)
    return DataColumn(title, role, codes.astype(np.uint32), texts, listed=True)


def _signed(quotes: Quotes, place: int, translator: Translator) -> str:
    sign, name = GROUP_SIGNS[place], translator(quotes.group_name[place])
    return f"{sign} {name}" if sign else name


def _about(about: About, places: Places, translator: Translator) -> DataColumn:
    names = Words.of([translator(name) for name in about.names])
    return DataColumn(about.title, role_name(Role.COMMENT), about.codes[places].astype(np.uint32), names, listed=True)


def _themes(quotes: Quotes, places: Places, translator: Translator) -> DataColumn:
    used, inverse = np.unique(quotes.texts[places], return_inverse=True)
    listed = [translator.listed(quotes.themes[at].name for at in np.flatnonzero(quotes.has[:, text])) for text in used]
    distinct = list(dict.fromkeys(["", *listed]))
    place_of = {words: at for at, words in enumerate(distinct)}
    codes = np.array([place_of[words] for words in listed], dtype=np.uint32)[inverse]
    return DataColumn(translator(say("Themes")), role_name(Role.COMMENT), codes, Words.of(distinct), listed=True)


def _fields(quotes: Quotes, places: Places, translator: Translator) -> tuple[list[str], list[tuple[str, ...]]]:
    columns = quote_columns(quotes, places, translator)
    fields = [_texts(column) for column in columns]
    return [translator(column.header) for column in columns], list(zip(*fields, strict=True))


def _texts(column: DataColumn) -> list[str]:
    if column.codes is not None and column.values is not None:
        words = list(column.values)
        return [words[code] for code in column.codes.tolist()]
    numbers = [] if column.numbers is None else column.numbers.tolist()
    if column.is_date:
        days = np.array([np.nan if value != value else value for value in numbers])  # noqa: PLR0124 - NaN is not itself
        return ["" if np.isnan(day) else str(np.datetime64("1970-01-01") + int(day)) for day in days]
    return ["" if np.isnan(value) else raw_number(value) for value in numbers]


def _quoted(field: str) -> str:
    clean = safe_text(field).encode("utf-8", "replace").decode("utf-8")
    return '"' + clean.replace('"', '""') + '"'


def _cell(field: str) -> str:
    number = field.removeprefix("-").isdecimal()
    return f"<td>{field}</td>" if number else f"<td style=\"mso-number-format:'\\@'\">{escape(field)}</td>"
