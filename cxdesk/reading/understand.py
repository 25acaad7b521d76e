"""Understands a table: which row holds the headers, which columns belong together, and what each question is used for.

The work is done on the distinct texts of each column, so its cost hardly depends on the number of rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cxdesk.job import Job
from cxdesk.reading.answers import answers_of
from cxdesk.reading.grid import Choices, Grid
from cxdesk.reading.grouping import SINGLE, TICKS, Draft, group_columns
from cxdesk.reading.header import Title, simple_title
from cxdesk.reading.judge import judge
from cxdesk.reading.layout import Layout, find_layout, opening
from cxdesk.reading.lost import with_lost_options
from cxdesk.reading.marks import marked
from cxdesk.reading.neighbours import neighbours, short_code
from cxdesk.reading.notes import with_notes
from cxdesk.reading.problem import ReadRefused
from cxdesk.reading.profile import Profile, profile_of
from cxdesk.reading.settle import settle
from cxdesk.reading.shape import Material
from cxdesk.reading.summary import refuse_series, refuse_summary
from cxdesk.reading.table import cut_columns
from cxdesk.reading.transport import keyed
from cxdesk.survey.dataset import Column, Dataset, Source
from cxdesk.survey.question import Question
from cxdesk.survey.receipt import Receipt
from cxdesk.survey.role import Kind, Role
from cxdesk.text import say

_SERIES_ROWS = 150
_SERIES_COLUMNS = 12


def understand(grid: Grid, source: Source, choices: Choices, job: Job) -> Dataset:
    """Make a survey out of cells. Raises `ReadRefused` if they hold no single answers, and `Cancelled`.

    The answers are filled in; `transport.packed` takes them out for a short journey and `transport.restore` puts them
    back.
    """
    if not grid.coded:
        refuse_summary(grid)
    layout = find_layout(grid, choices.header_row)
    columns = cut_columns(grid, layout)
    if not len(layout.rows):
        raise ReadRefused(
            "only_headers",
            say("The file has headers but no answers below them."),
            say("Please export the answers again, one row per person, and open that file."),
        )
    _refuse_series(grid, layout, columns)
    profiles = []
    for place, column in enumerate(columns):
        job.check()
        job.progress(say("Recognising the columns"), place, len(columns))
        profiles.append(profile_of(column))
    titles, known = _titles(layout, grid, columns)
    own = [role is not None for role in known]
    if len(layout.header_rows) == 1:
        titles = with_lost_options(titles, profiles, own)
    spread = layout.platform is None or layout.platform.spreads
    drafts = _merged_sets(group_columns(titles, profiles, own, spread=spread), grid, titles)
    materials = _materials(drafts, grid, layout, profiles, known)
    judged = []
    for material in materials:
        job.check()
        judged.append(judge(material))
    questions = settle(judged, columns, own)
    if not layout.header_rows and not grid.coded:
        questions = tuple(map(_without_words, questions))
    answers = answers_of(questions, columns)
    job.check()
    receipt = _receipt(grid, layout, columns, profiles)
    notes = (*grid.unused, *layout.unused, *marked(layout.platform, profiles))
    receipt = replace(receipt, unused=notes)
    job.progress(say("Recognising the columns"), len(columns), len(columns))
    rows = layout.rows.astype(np.int32)
    found = Dataset("", source, len(rows), questions, tuple(columns), answers, receipt, rows=rows)
    return keyed(with_notes(found))


def _refuse_series(grid: Grid, layout: Layout, columns: Sequence[Column]) -> None:
    if grid.coded or len(layout.rows) > _SERIES_ROWS or len(columns) > _SERIES_COLUMNS:
        return
    refuse_series([" ".join(column.header) for column in columns], [column.texts() for column in columns])


def _titles(layout: Layout, grid: Grid, columns: Sequence[Column]) -> tuple[list[Title], list[Role | None]]:
    """What the headers say, and the roles of the platform's own columns. Blank cells continue the one before them."""
    platform = layout.platform
    told = platform.told(opening(grid, layout.header_rows[0])) if platform is not None and layout.header_rows else {}
    titles: list[Title] = []
    known: list[Role | None] = []
    above = ""
    for column, following in zip(columns, (*columns[1:], None), strict=True):
        headers = column.header
        if grid.coded:
            titles.append(Title(headers[-1].strip() or headers[0], code=headers[0]))
            known.append(None)
            continue
        if len(headers) > 1 and (platform is None or platform.continued):
            above = headers[0] or (above if headers[1] else "")
            headers = (above, *headers[1:])
        if platform is None:
            titles.append(_plain_title(headers))
            known.append(None)
            continue
        titles.append(platform.title(headers))
        role = platform.role(column.header, told)
        if role is None and following is not None and platform.repeats(headers[0], following.header[0]):
            role = Role.IGNORE
        known.append(role)
    return titles, known


def _plain_title(headers: tuple[str, ...]) -> Title:
    """Two header rows without a platform: codes above questions, or a question above its options."""
    title = simple_title(headers)
    if len(headers) < 2 or not headers[0]:
        return title
    upper = simple_title(headers[:1]).text
    if upper.isascii() and " " not in upper and len(upper) <= 16 and len(title.text) > len(upper):
        return replace(title, code=upper)
    return Title(upper, stem=upper, option=title.text) if title.text else Title(upper)


def _merged_sets(drafts: list[Draft], grid: Grid, titles: Sequence[Title]) -> list[Draft]:
    """Use the multiple-answer sets that an SPSS file declares itself."""
    names = {column.name: place for place, column in enumerate(grid.columns)}
    for name, label, members, counted in grid.sets:
        places = tuple(names[member] for member in members if member in names)
        if len(places) < 2 or not counted:
            continue
        text = label or name
        options = tuple(titles[place].text for place in places)
        rest = [draft for draft in drafts if not set(draft.columns) & set(places)]
        drafts = [*rest, Draft(places, text, shape=TICKS, options=options)]
    return sorted(drafts, key=lambda draft: (draft.columns[0], len(draft.columns) == 1))


def _materials(
    drafts: Sequence[Draft], grid: Grid, layout: Layout, profiles: Sequence[Profile], known: Sequence[Role | None]
) -> list[Material]:
    """Gather what is known about each draft, what its neighbours tell included."""
    platform = layout.platform
    around = neighbours(drafts, profiles, known)
    materials = []
    for draft, near in zip(drafts, around, strict=True):
        first = draft.columns[0]
        text = platform.words(draft.text) if platform is not None else draft.text
        group = platform.words(draft.group) if platform is not None else draft.group
        materials.append(
            Material(
                draft=replace(draft, text=text, group=group),
                profiles=tuple(profiles[place] for place in draft.columns),
                header=short_code(profiles[first].column),
                siblings=near.numbers,
                sibling_words=near.words,
                coded=layout.numbered,
                positions=layout.numbered and platform is not None and platform.positions,
                known=known[first] if draft.shape == SINGLE else None,
                dated=grid.columns[first].dates,
                month_first=platform is not None and platform.month_first,
                battery=near.battery,
                ranked=near.ranked,
                separators=platform.separators if platform is not None else (),
            )
        )
    return materials


def _without_words(question: Question) -> Question:
    """Without headers nobody knows what was asked: people must look at the scores before they use them."""
    if question.kind is not Kind.SCORE or question.ask is None:
        return question
    return replace(question, ask=replace(question.ask, needed=True))


def _receipt(grid: Grid, layout: Layout, columns: Sequence[Column], profiles: Sequence[Profile]) -> Receipt:
    platform = layout.platform
    return Receipt(
        container=grid.container,
        platform=platform.key if platform is not None else None,
        platform_name=platform.name if platform is not None else "",
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        sheet=grid.sheet,
        sheets=grid.sheets,
        header_rows=layout.header_rows,
        rows=grid.rows - (layout.header_rows[-1] + 1 if layout.header_rows else 0),
        rows_used=len(layout.rows),
        columns=sum(
            bool(any(column.header) or profile.filled) for column, profile in zip(columns, profiles, strict=True)
        ),
        cells=sum(int(np.count_nonzero(column.codes)) for column in columns),
    )
