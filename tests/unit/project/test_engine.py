"""What is computed once is remembered, and a change of anything that matters computes it anew."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace
from typing import Any

import pytest

from cxdesk.analysis import ANALYSES, analysis
from cxdesk.job import Cancelled, Unattended
from cxdesk.project.engine import Engine
from cxdesk.project.workspace import Workspace
from cxdesk.reading.roles import with_role
from cxdesk.survey.base import Rules
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.role import Role
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.text import Text, Translator
from tests.builders import survey

JOB = Unattended()
NORTH = Selection((OneOf("region", (0,)),))


def shops(name: str = "shops.csv") -> Dataset:
    return survey(
        recommend=[10, 9, 3, 8] * 50,
        satisfaction=[5, 4, 2, 4] * 50,
        segment={"Region": ["North", "South"] * 100, "Shop": ["a", "b", "c", "d"] * 50},
        name=name,
    )


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The key of every analysis that is computed from now on."""
    computed: list[str] = []
    for one in ANALYSES:
        original = type(one).compute

        def compute(self: Any, *arguments: Any, original: Any = original) -> Any:
            computed.append(self.key)
            return original(self, *arguments)

        monkeypatch.setattr(type(one), "compute", compute)
    return computed


def test_a_section_is_computed_once(counted: list[str]) -> None:
    engine, workspace = Engine(), Workspace(shops())
    assert engine.known(workspace, "overview") is None
    first = engine.section(workspace, "overview", JOB)
    assert engine.section(workspace, "overview", JOB) is first
    assert engine.known(replace(workspace), "overview") is first
    assert counted == ["overview"]


@pytest.mark.parametrize(
    "change",
    [
        {"selection": NORTH},
        {"rules": Rules(confidence=0.9)},
        {"specs": (("overview", "other"),)},
        {"dataset": with_role(shops(), "shop", Role.IGNORE)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_matters_makes_a_section_stale_and_undo_brings_it_back(change: dict[str, Any], counted: list[str]) -> None:
    engine, workspace = Engine(), Workspace(shops())
    first = engine.section(workspace, "overview", JOB)
    changed = replace(workspace, **change)
    assert engine.known(changed, "overview") is None
    assert engine.section(changed, "overview", JOB) is not first
    assert engine.section(workspace, "overview", JOB) is first
    assert counted == ["overview", "overview"]


def test_a_choice_for_the_report_makes_nothing_stale(counted: list[str]) -> None:
    engine, workspace = Engine(), Workspace(shops())
    first = engine.section(workspace, "overview", JOB)
    titled = replace(workspace, report=replace(workspace.report, title="Shops"))
    assert engine.known(titled, "overview") is first
    other = titled.with_spec("scores", analysis("scores").default(titled.dataset))
    assert engine.known(other, "overview") is first


def test_the_sections_of_a_filter_speak_of_those_who_are_left() -> None:
    engine, workspace = Engine(), Workspace(shops())
    everyone = engine.section(workspace, "overview", JOB)
    north = engine.section(replace(workspace, selection=NORTH), "overview", JOB)
    english = Translator("en")
    # Of four answers 10, 9, 3, 8 the North gave 10 and 3: one promoter, one detractor.
    assert "+25" in english(everyone.headline)
    assert "+25" not in english(north.headline)
    assert "In Region North: " in english(north.headline)


def test_sizes_are_known_after_they_were_counted() -> None:
    engine, workspace = Engine(), Workspace(shops())
    assert engine.known_size(workspace) == 200
    filtered = replace(workspace, selection=NORTH)
    assert engine.known_size(filtered) is None
    assert engine.size(filtered) == 100
    assert engine.known_size(filtered) == 100


def test_samples_of_one_survey_are_shared_between_pages() -> None:
    engine, workspace = Engine(), Workspace(shops())
    filtered = replace(workspace, selection=NORTH)
    assert engine.sample(filtered) is engine.sample(replace(filtered, rules=Rules(confidence=0.9)))
    assert engine.sample(filtered) is not engine.sample(workspace)


def test_a_cancelled_section_is_not_remembered() -> None:
    class Stopped(Unattended):
        def check(self) -> None:
            raise Cancelled

    engine, workspace = Engine(), Workspace(shops())
    with pytest.raises(Cancelled):
        engine.section(workspace, "overview", Stopped())
    assert engine.known(workspace, "overview") is None
    assert engine.section(workspace, "overview", JOB).title == Text("Overview")


def test_an_analysis_that_does_not_exist_is_a_fault() -> None:
    with pytest.raises((KeyError, ValueError, StopIteration)):
        Engine().section(Workspace(shops()), "horoscope", JOB)


def test_memory_stays_bounded_and_another_file_frees_the_first(counted: list[str]) -> None:
    engine, workspace = Engine(), Workspace(shops())
    for least in range(10, 110):
        engine.section(replace(workspace, rules=Rules(hide_below=least)), "quality", JOB)
    assert engine.known(replace(workspace, rules=Rules(hide_below=10)), "quality") is None
    assert engine.known(replace(workspace, rules=Rules(hide_below=109)), "quality") is not None
    for code in range(20):
        engine.size(replace(workspace, selection=Selection((OneOf("shop", (code % 4, code)),))))
    answers = weakref.ref(engine.sample(workspace).dataset.answers["shop"].codes)
    engine.sample(Workspace(survey(recommend=[10, 3] * 100, name="other.csv")))
    del workspace
    gc.collect()
    assert answers() is None
