"""The engine computes what a workspace shows, once, and tells what it already knows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cxdesk.analysis import ANALYSES
from cxdesk.job import Cancelled, Unattended
from cxdesk.project.engine import Engine
from cxdesk.project.workspace import Workspace
from cxdesk.survey.base import Rules
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.text import Text
from tests.builders import survey

SCORES = [10, 9, 8, 3, 10, 7, 10, 2, 9, 6] * 6
WORKSPACE = Workspace(survey(recommend=SCORES, segment="aabbabbaab" * 6))


class Impatient:
    """A job that is cancelled at its first question."""

    def progress(self, step: Text, done: int, total: int) -> None:
        """Nobody listens."""

    def check(self) -> None:
        raise Cancelled


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda each: each.key)
def test_every_analysis_is_computed_and_then_known(analysis: object) -> None:
    key = analysis.key  # type: ignore[attr-defined]
    engine = Engine()
    assert engine.known(WORKSPACE, key) is None
    section = engine.section(WORKSPACE, key, Unattended())
    assert engine.known(WORKSPACE, key) is section
    assert engine.section(WORKSPACE, key, Unattended()) is section


def test_whatever_changes_numbers_is_computed_anew() -> None:
    engine = Engine()
    engine.section(WORKSPACE, "overview", Unattended())
    narrower = replace(WORKSPACE, selection=Selection((OneOf("segment", (0,)),)))
    stricter = replace(WORKSPACE, rules=Rules(confidence=0.99))
    for other in (narrower, stricter):
        assert engine.known(other, "overview") is None
    assert engine.section(narrower, "overview", Unattended()) != engine.section(WORKSPACE, "overview", Unattended())


def test_a_workspace_is_counted_once() -> None:
    engine = Engine()
    narrower = replace(WORKSPACE, selection=Selection((OneOf("segment", (0,)),)))
    assert engine.known_size(WORKSPACE) == 60
    assert engine.known_size(narrower) is None
    assert engine.size(narrower) == 30
    assert engine.known_size(narrower) == 30


def test_work_that_was_cancelled_leaves_nothing_behind() -> None:
    engine = Engine()
    with pytest.raises(Cancelled):
        engine.section(WORKSPACE, "overview", Impatient())
    assert engine.known(WORKSPACE, "overview") is None
