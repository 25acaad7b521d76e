"""Real surveys go through every page: a page with nothing to show says why in one sentence, in both languages."""

from __future__ import annotations

import pytest

from cxdesk.analysis import ANALYSES
from cxdesk.blocks.note import Empty
from cxdesk.job import Unattended
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Tally
from cxdesk.survey.role import Role
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.text import Translator
from tests.corpus.opening import needs_corpus, opened

pytestmark = needs_corpus

MOST = {"overview", "scores", "segments", "crosstab", "quality"}
VOICES = {"comments", "follow_up"}
SHOWN = {
    "sm-south-expanded.csv": {"scores", "crosstab", "comments", "quality"},
    "wjx-800-text.xls": {"scores", "crosstab", "quality"},
    "dp-quantipy-A.csv": {*MOST, "trend", "drivers", *VOICES},
    "gforms-r19-en.csv": {*MOST, "trend", "drivers", *VOICES},
    "carpentries-longterm-2020-01.csv": {*MOST, "drivers", "follow_up"},
    "sm-sigdocs-2019-expanded.ods": {*MOST, *VOICES},
}
"""The pages that have something to show about each survey."""


@pytest.mark.parametrize("name", SHOWN)
def test_every_page_shows_something_or_says_why_not(name: str) -> None:
    dataset = opened(name)
    sample = Tally(dataset).sample()
    shown = set()
    for page in ANALYSES:
        spec = page.default(dataset)
        section = page.present(spec, page.compute(sample, Rules(), spec, Unattended()))
        blocks = section.blocks()
        for language in ("en", "zh_CN"):
            assert Translator(language)(section.headline).strip()
        if not all(isinstance(block, Empty) for block in blocks):
            shown.add(page.key)
            continue
        (empty,) = blocks
        assert isinstance(empty, Empty)
        for language in ("en", "zh_CN"):
            assert Translator(language)(empty.title).strip()
            assert Translator(language)(empty.text).strip()
    assert shown == SHOWN[name]


def test_the_waves_of_a_real_survey_can_be_compared() -> None:
    dataset = opened("dp-quantipy-A.csv")
    wave = dataset.with_role(Role.WAVE)[0]
    tally = Tally(dataset)
    before = tally.sample(Selection((OneOf(wave.id, (wave.size - 2,)),)))
    sample = tally.sample(Selection((OneOf(wave.id, (wave.size - 1,)),)), before)
    page = next(found for found in ANALYSES if found.key == "compare")
    spec = page.default(dataset)
    section = page.present(spec, page.compute(sample, Rules(), spec, Unattended()))
    assert {type(block).__name__ for block in section.blocks()} >= {"Table", "Findings"}
    assert str(wave.options[-1]) in str(section.base_line)
