"""Every page of a small survey in words and numbers, as it was last accepted, in both languages.

``CXDESK_ACCEPT=1 python -m pytest tests/golden`` writes them again; the difference is then read before it is committed.
"""

from __future__ import annotations

import json
import os
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from cxdesk.analysis import ANALYSES
from cxdesk.analysis.base import Analysis
from cxdesk.job import Unattended
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.text import Text, Translator
from tests.builders import survey

FOLDER = Path(__file__).with_name("sections")


def shop() -> Dataset:
    """Two hundred answers in which the West is lower, with one small and one tiny region."""
    regions = ["North"] * 70 + ["West"] * 70 + ["Kiosk"] * 40 + ["Airport"] * 15 + ["Pier"] * 5
    scores = [[10, 9, 8, 10, 5, 9, 7], [3, 8, 10, 2, 6, 9, 5]]
    return survey(
        recommend=[
            None if place % 41 == 0 else scores[region == "West"][place % 7] for place, region in enumerate(regions)
        ],
        satisfaction=[[5, 4, 4, 3, 5][place % 5] for place in range(200)],
        effort=[[6, 7, 5, 4][place % 4] for place in range(200)],
        rating={"Waiting": [[2, 3, 1][place % 3] if region == "West" else 4 for place, region in enumerate(regions)]},
        segment={"Region": regions, "Channel": ["Shop", "Web"] * 100},
        multiple={"Used": [["App"], ["App", "Web"], [], None] * 50},
        date=[f"2025-07-{1 + place % 28:02}" for place in range(200)],
        private={"Phone": [f"1000000{place:04}" for place in range(200)]},
        key="golden",
    )


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("analysis", list(ANALYSES), ids=lambda analysis: analysis.key)
def test_the_page_says_what_was_accepted(analysis: Analysis[Any, Any], language: str) -> None:
    dataset = shop()
    spec = analysis.default(dataset)
    section = analysis.present(spec, analysis.compute(Sample(dataset), Rules(), spec, Unattended()))
    told = json.dumps(plain(section, Translator(language)), ensure_ascii=False, indent=1) + "\n"
    path = FOLDER / f"{analysis.key}.{language}.json"
    if os.environ.get("CXDESK_ACCEPT"):
        FOLDER.mkdir(exist_ok=True)
        path.write_text(told, encoding="utf-8")
    assert told == path.read_text(encoding="utf-8")


def plain(value: object, translator: Translator) -> Any:
    """A value as JSON: words in a language, numbers to nine digits, what is empty left out."""
    match value:
        case Text():
            return translator(value)
        case Enum():
            return value.value
        case float():
            return float(f"{value:.9g}")
        case tuple():
            return [plain(item, translator) for item in value]
        case _ if is_dataclass(value):
            found = {field.name: plain(getattr(value, field.name), translator) for field in fields(value)}
            return {name: item for name, item in found.items() if item not in (None, [], "", False)}
        case _:
            return value
