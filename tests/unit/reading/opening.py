"""Opens files of the corpus for tests of the reading room, and shows what a receipt says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cxdesk.job import Unattended
from cxdesk.reading import open_survey
from cxdesk.reading.grid import Choices
from cxdesk.survey.dataset import Dataset
from cxdesk.text import Translator

_CORPUS = os.environ.get("CXDESK_CORPUS", "")
needs_corpus = pytest.mark.skipif(not _CORPUS, reason="CXDESK_CORPUS does not name the folder of real survey files")


def opened(name: str) -> Dataset:
    """A file of the corpus, read and understood."""
    return open_survey(str(Path(_CORPUS) / name), Choices(), Unattended())


def notes(dataset: Dataset) -> dict[str, str]:
    """What was left out: code -> words."""
    return {entry.code: Translator("en")(entry.text) for entry in dataset.receipt.unused}
