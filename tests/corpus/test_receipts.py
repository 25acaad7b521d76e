"""The receipts of real exports are exact: every filled cell is used by a question or left out for one reason."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from cxdesk.job import Unattended
from cxdesk.reading import open_survey
from cxdesk.reading.grid import Choices
from cxdesk.reading.problem import ReadRefused
from cxdesk.survey.receipt import CELL_CODES, MOST_SHOWN

_CORPUS = os.environ.get("CXDESK_CORPUS", "")
_LARGEST = 1_500_000
_ENDINGS = {".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".sav"}


def exports() -> list[Path]:
    found = sorted(Path(_CORPUS).rglob("*")) if _CORPUS else []
    return [path for path in found if path.suffix.lower() in _ENDINGS and 0 < path.stat().st_size <= _LARGEST]


@pytest.mark.skipif(not _CORPUS, reason="CXDESK_CORPUS does not name a folder of survey exports")
def test_every_cell_of_real_exports_is_accounted_for() -> None:
    looked_at = 0
    for path in exports():
        try:
            survey = open_survey(str(path), Choices(), Unattended())
        except ReadRefused:
            continue
        looked_at += 1
        receipt = survey.receipt
        filled = sum(int(np.count_nonzero(column.codes)) for column in survey.columns)
        used = sum(int(survey.used_cells(place).sum()) for place in range(len(survey.columns)))
        assert (receipt.cells, receipt.cells_used) == (filled, used), path.name
        for entry in receipt.unused:
            if entry.code in CELL_CODES and 0 < len(entry.cells) < MOST_SHOWN:
                assert len(survey.rows_of(entry)) == entry.count, (path.name, entry.code)
    assert looked_at >= 20
