"""What the tests of the readers share: reading a file in this process, and looking at its cells."""

import os
from pathlib import Path
from typing import Any

import pytest

from cxdesk.job import Unattended
from cxdesk.reading.container import read_grid
from cxdesk.reading.grid import Choices, Grid, GridColumn
from cxdesk.reading.guards import LIMITS, Limits
from cxdesk.reading.problem import ReadRefused


def read(path: Path, choices: Choices = Choices(), skip: frozenset[str] = frozenset(), limits: Limits = LIMITS) -> Grid:
    return read_grid(str(path), choices, Unattended(), skip, limits)


def read_bytes(folder: Path, content: bytes, name: str = "survey.csv", *how: Any, **more: Any) -> Grid:
    """The other arguments are those of `read`."""
    path = folder / name
    path.write_bytes(content)
    return read(path, *how, **more)


def rows(grid: Grid) -> list[list[str]]:
    return [grid.row(number) for number in range(grid.rows)]


def texts(column: GridColumn) -> list[str]:
    values = list(column.values)
    return [values[code] for code in column.codes.tolist()]


def cells(grid: Grid) -> list[list[str]]:
    """All cells by column; quick for large grids."""
    return [texts(column) for column in grid.columns]


def refusal(folder: Path, content: bytes, name: str = "survey.csv", *how: Any, **more: Any) -> ReadRefused:
    with pytest.raises(ReadRefused) as caught:
        read_bytes(folder, content, name, *how, **more)
    return caught.value


def notes(grid: Grid) -> dict[str, int]:
    found: dict[str, int] = {}
    for unused in grid.unused:
        found[unused.code] = found.get(unused.code, 0) + unused.count
    return found


def folder_of(variable: str) -> Path:
    """A folder of files that is kept outside the repository; the test is skipped where there is none."""
    place = os.environ.get(variable)
    if not place or not Path(place).is_dir():
        pytest.skip(f"{variable} does not name a folder of survey files")
    return Path(place)
