"""Small sheets for these tests: rows of texts become a Grid and then a survey, without any file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice, repeat

import numpy as np

from cxdesk.job import Unattended
from cxdesk.reading.grid import Choices, Grid, GridColumn
from cxdesk.reading.understand import understand
from cxdesk.survey.dataset import Dataset, Source, Words
from cxdesk.survey.question import Question

SOURCE = Source("survey.csv", "", 0, "digest")


def grid_of(rows: Sequence[Sequence[object]], name: str = "survey.csv", sheet: str | None = None) -> Grid:
    """A sheet of cells; short rows are filled up."""
    width = max(len(row) for row in rows)
    columns = []
    for place in range(width):
        texts = [str(row[place]).strip() if place < len(row) else "" for row in rows]
        known = {"": 0}
        codes = [known.setdefault(text, len(known)) for text in texts]
        columns.append(GridColumn(np.array(codes, dtype=np.uint32), Words.of(list(known))))
    return Grid(tuple(columns), len(rows), "csv", name, sheet=sheet)


def understood(
    rows: Sequence[Sequence[object]], name: str = "survey.csv", sheet: str | None = None, choices: Choices = Choices()
) -> Dataset:
    """The survey that a sheet of rows is understood as."""
    return understand(grid_of(rows, name, sheet), SOURCE, choices, Unattended())


def columns_of(answers: Mapping[str, Iterable[object]], people: int = 60, name: str = "survey.csv") -> Dataset:
    """A survey with one header row; the answers of each column repeat until there are enough people."""
    cells = [list(islice(chain.from_iterable(repeat(list(given))), people)) for given in answers.values()]
    return understood([list(answers), *map(list, zip(*cells, strict=True))], name)


def only(header: str, answers: Iterable[object], people: int = 60) -> Question:
    """How one column alone is understood."""
    return columns_of({header: answers}, people).questions[0]


def scores(dataset: Dataset, question_id: str) -> list[int | None]:
    """The scores that people gave, None for no answer."""
    scale = dataset.question(question_id).scale
    assert scale is not None
    return [scale.lowest + code if code < scale.size else None for code in dataset.codes(question_id).tolist()]
