"""Projects and templates of every schema that was released open for ever: one of each is kept in ``saved``."""

from __future__ import annotations

from pathlib import Path

import pytest

from cxdesk.analysis.segments import SegmentsSpec
from cxdesk.project.package import SCHEMA
from cxdesk.project.project_file import read_project
from cxdesk.project.state import apply_state
from cxdesk.project.template import read_template, use_template
from cxdesk.project.workspace import Workspace
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.survey.weighting import Margin, Weighting
from tests.ui.surveys import store_survey

SAVED = Path(__file__).parent / "saved"
SCHEMAS = range(1, SCHEMA + 1)


def holds(workspace: Workspace) -> None:
    assert workspace.selection == Selection((OneOf("region", (1, 3)),))
    assert workspace.weighting == Weighting(margins=(Margin("store type", (0.4, 0.6)),))
    assert workspace.spec("segments") == SegmentsSpec(by="store type", order="low")
    assert workspace.rules.confidence == 0.9
    assert workspace.report.left_out == {"data", "trend"}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_an_old_project_opens(schema: int) -> None:
    project = read_project(str(SAVED / f"schema_{schema}.cxd"))
    assert project.dataset is not None
    assert project.dataset.respondents == 240
    assert project.state.ignored == 0
    holds(apply_state(project.state, Workspace(project.dataset)).workspace)


@pytest.mark.parametrize("schema", SCHEMAS)
def test_an_old_template_is_used(schema: int) -> None:
    template = read_template(str(SAVED / f"schema_{schema}.cxt"))
    assert template.state.ignored == 0
    holds(use_template(template, Workspace(store_survey())).workspace)
