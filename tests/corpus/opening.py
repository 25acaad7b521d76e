"""Opens the files of the corpus, each once. They stay outside the repository: ``CXDESK_CORPUS`` names their folder."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from cxdesk.job import Unattended
from cxdesk.reading.container import read_grid
from cxdesk.reading.grid import Choices
from cxdesk.reading.understand import understand
from cxdesk.survey.dataset import Dataset, Source

CORPUS = os.environ.get("CXDESK_CORPUS", "")
needs_corpus = pytest.mark.skipif(not CORPUS, reason="CXDESK_CORPUS does not name the folder of real survey files")


@cache
def opened(name: str) -> Dataset:
    """The survey that a file of the corpus is understood as. Raises `ReadRefused`."""
    path = str(Path(CORPUS) / name)
    return understand(read_grid(path, Choices(), Unattended()), Source(name, path, 0, name), Choices(), Unattended())
