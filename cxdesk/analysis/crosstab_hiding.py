"""Which columns and cells of a crosstab must not be shown, so that no small group's answers can be worked out.

A table shows the answers to its row questions in its columns: a column with too few answers is hidden, and with it
columns that would give it away. Turned round, with scores in the columns and groups in the rows, it is the same
secret: how a group of five scored. There the line of the group is hidden. Two questions with scores make no groups,
and how many people of one group belong to another is a size, not an answer; those are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from cxdesk.analysis.crosstab_counts import Counts, heads_of
from cxdesk.survey.banner import Heads, layer_name, layers
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Codes, Dataset
from cxdesk.survey.parting import Parting, nested
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: the questions in them, and the code of each shown column, the total left out.

    The code of a pair is outer * inner size + inner.
    """

    outer: Heads | None = None
    inner: Heads | None = None
    shown: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """What these parts of people are known by."""
        return "" if self.outer is None else _key(self.outer, self.inner)


def columns_shown(
    sample: Sample, rows: Sequence[Question], by: Question | None, inside: Question | None, rules: Rules
) -> Iterator[Parting]:
    """The parts of people that a table shows answers of; those of a table with scores in its columns as well."""
    if by is None:
        return
    outer = heads_of(by, rules)[0]
    inner = None if inside is None else heads_of(inside, rules)[0]
    yield from _partings(sample, outer, inner, tuple(row.id for row in rows if row not in (by, inside)))
    for row in rows:
        if row.kind is Kind.SCORE:
            continue
        group = heads_of(row, rules)[0]
        if by.kind is Kind.SCORE:
            yield from _partings(sample, group, inner, (by.id,))
        if inside is not None and inside.kind is Kind.SCORE:
            yield from _partings(sample, group, outer, (inside.id,))


def withheld_columns(found: Counts, columns: Columns, rules: Rules) -> frozenset[int]:
    """The places of columns, counted from the total at 0, that must not be shown though they are large enough."""
    asked = found.question.id
    return frozenset(
        place for place, code in enumerate(columns.shown, start=1) if rules.hides(asked, columns.key, code)
    )


def withheld_cells(found: Counts, columns: Columns, dataset: Dataset, rules: Rules) -> list[frozenset[int]]:
    """For each line, the places of cells that would tell how a group scored which must not be shown."""
    nothing: list[frozenset[int]] = [frozenset() for _ in found.lines]
    if columns.outer is None or found.question.kind is Kind.SCORE:
        return nothing
    group = heads_of(found.question, rules)[0]
    secret = [
        (scored, beside, _other_heads(columns, outer_scored=outer_scored))
        for scored, beside, outer_scored in (
            (columns.outer, columns.inner, True),
            (columns.inner, columns.outer, False),
        )
        if scored is not None and dataset.question(scored.question).kind is Kind.SCORE
    ]
    for scored, beside, places_of in secret:
        for number, line in enumerate(found.lines):
            people = found.yes[number].people
            for other, places in places_of.items():
                n = int(people[places].sum())
                if any(_hidden(n, scored, group, beside, code, other, rules) for code in line.codes):
                    nothing[number] |= frozenset(places)
    return nothing


def _hidden(n: int, scored: Heads, group: Heads, beside: Heads | None, code: int, other: int, rules: Rules) -> bool:
    own = code if beside is None else code * beside.size + other
    return 0 < n < rules.hide_below or rules.hides(scored.question, _key(group, beside), own)


def _other_heads(columns: Columns, *, outer_scored: bool) -> dict[int, list[int]]:
    """The places of the columns under each heading of the question that is not the scored one."""
    wide = 1 if columns.inner is None else columns.inner.size
    found: dict[int, list[int]] = {}
    for place, code in enumerate(columns.shown, start=1):
        other = 0 if columns.inner is None else code % wide if outer_scored else code // wide
        found.setdefault(other, []).append(place)
    return found


def _partings(sample: Sample, outer: Heads, inner: Heads | None, measures: tuple[str, ...]) -> Iterator[Parting]:
    if not measures or (inner is not None and inner.question == outer.question):
        return
    key, wide = _key(outer, inner), 0 if inner is None else inner.size
    if inner is None and outer.kind is not Kind.MULTIPLE and outer.of_code == tuple(range(outer.size + 1)):
        codes = sample.dataset.codes(outer.question)
        places = tuple(range(outer.size))
        name = layer_name(outer, places)
        yield Parting(key, sample, lambda: codes, places, measures, question=outer.question, name=name)
        return
    for number, columns in enumerate(_layer_columns(outer, inner)):
        codes_of = partial(_layer_codes, sample.dataset, outer, inner, number)
        name = layer_name(outer, columns) if inner is None else ""
        yield Parting(key, sample, codes_of, columns, measures, name=name, wide=wide)


def _layer_columns(outer: Heads, inner: Heads | None) -> Iterator[tuple[int, ...]]:
    """The columns of each layer, as `survey.banner.layers` makes them, without touching a single respondent."""
    outside = [(place,) for place in range(outer.size)] if outer.kind is Kind.MULTIPLE else [tuple(range(outer.size))]
    if inner is None:
        yield from outside
        return
    inside = [(place,) for place in range(inner.size)] if inner.kind is Kind.MULTIPLE else [tuple(range(inner.size))]
    for one in outside:
        for other in inside:
            yield tuple(first * inner.size + second for first in one for second in other)


def _layer_codes(dataset: Dataset, outer: Heads, inner: Heads | None, number: int) -> Codes:
    return np.asarray(list(layers(dataset, outer, inner))[number].codes)


def _key(outer: Heads, inner: Heads | None) -> str:
    if inner is None:
        return _name(outer)
    return nested(_name(outer), _name(inner))


def _name(heads: Heads) -> str:
    """A question as columns; the ends of a long scale are no answers of their own."""
    plain = heads.kind is Kind.MULTIPLE or heads.of_code == tuple(range(heads.size + 1))
    return heads.question if plain else f"{heads.question} ends"
