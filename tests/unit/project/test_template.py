"""A template evaluates next month's export like this month's, holds nobody's answers, and says what changed."""

from __future__ import annotations

import datetime
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cxdesk.analysis.crosstab_values import CrosstabSpec
from cxdesk.analysis.quality_values import QualitySpec
from cxdesk.analysis.segments import SegmentsSpec
from cxdesk.blocks.figure import Figure
from cxdesk.job import Unattended
from cxdesk.project.engine import Engine
from cxdesk.project.package import ProjectRefused
from cxdesk.project.template import contents, read_template, save_template, taken_over, use_template
from cxdesk.project.workspace import Workspace
from cxdesk.reading.roles import with_role
from cxdesk.report.report import ReportOptions
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.role import Role
from cxdesk.survey.selection import Between, Mentions, OneOf, Selection
from cxdesk.survey.target import Target
from cxdesk.survey.theme import Theme
from cxdesk.survey.weighting import Margin, Weighting
from tests.builders import survey

MADE = datetime.date(2025, 9, 1)


def month(number: int, regions: str = "abcd", score: int = 9, size: int = 160, **more: Any) -> Dataset:
    """One month's export; the regions stand in the order in which they are met."""
    days = [datetime.date(2025, number, 1 + each % 28) for each in range(size)]
    return survey(
        recommend=[score if each % 3 else 4 for each in range(size)],
        segment={"Region": [regions[each % len(regions)] for each in range(size)], "Store": ["x", "y"] * (size // 2)},
        date={"Submitted": days},
        comment=["Zhang San, 13800000000"] * size,
        private={"Phone": ["13911111111"] * size},
        key=f"month {number} {regions} {score}",
        name=f"2025-{number:02d}.csv",
        **more,
    )


def august() -> Workspace:
    dataset = month(8)
    workspace = Workspace(dataset).with_spec("segments", SegmentsSpec(by="store", order="low", focus="1"))
    workspace = workspace.with_spec("crosstab", CrosstabSpec(rows=("recommend",), by="region"))
    return replace(
        workspace,
        rules=replace(workspace.rules, targets=(Target("nps", 30.0),)),
        weighting=Weighting(margins=(Margin("store", (0.3, 0.7)),)),
        report=ReportOptions(frozenset({"data"}), title="August", author="Wang Fang"),
    )


def used(workspace: Workspace, dataset: Dataset, folder: Path) -> Any:
    path = folder / "Monthly.cxt"
    save_template(str(path), workspace, MADE)
    return use_template(read_template(str(path)), Workspace(dataset))


def test_next_month_is_set_up_alike(tmp_path: Path) -> None:
    applied = used(august(), month(9), tmp_path)
    found = applied.workspace
    assert found.spec("segments") == SegmentsSpec(by="store", order="low")
    assert found.spec("crosstab") == CrosstabSpec(rows=("recommend",), by="region")
    assert found.weighting == Weighting(margins=(Margin("store", (0.3, 0.7)),))
    assert found.rules.targets == (Target("nps", 30.0),)
    assert (applied.changes, applied.lost) == (None, None)


def test_groups_are_found_by_their_names_wherever_they_stand(tmp_path: Path) -> None:
    workspace = replace(august(), selection=Selection((OneOf("region", (1, 2)),)))
    found = used(workspace, month(9, regions="dcbae"), tmp_path).workspace
    names = found.dataset.question("region").options
    (condition,) = found.selection.conditions
    assert isinstance(condition, OneOf)
    assert {names[code] for code in condition.codes} == {"b", "c"}


def test_columns_are_found_by_their_words_wherever_they_stand(tmp_path: Path) -> None:
    dataset = month(9)
    moved = replace(
        dataset,
        questions=tuple(replace(each, id=f"q{place}") for place, each in enumerate(dataset.questions)),
        answers={f"q{place}": dataset.answers[each.id] for place, each in enumerate(dataset.questions)},
    )
    found = used(august(), moved, tmp_path).workspace
    ids = {each.text: each.id for each in moved.questions}
    assert found.spec("segments").by == ids["Store"]
    assert found.weighting.margins[0].question == ids["Store"]


def test_what_is_gone_is_left_out_and_said(tmp_path: Path) -> None:
    workspace = replace(august(), selection=Selection((OneOf("region", (0,)),)))
    applied = used(workspace, month(9, regions="xyz"), tmp_path)
    assert not applied.workspace.selection.conditions
    assert "filter on “Region”" in str(applied.lost)


def test_a_role_that_was_chosen_is_chosen_again(tmp_path: Path) -> None:
    workspace = Workspace(with_role(month(8), "store", Role.IGNORE))
    assert used(workspace, month(9), tmp_path).workspace.dataset.question("store").role is Role.IGNORE


def test_another_survey_is_refused(tmp_path: Path) -> None:
    other = survey(satisfaction=[3] * 20, segment={"Car": "ab" * 10, "Garage": "cd" * 10}, effort=[4] * 20)
    with pytest.raises(ProjectRefused) as refused:
        used(august(), other, tmp_path)
    assert refused.value.code == "other_survey"


def test_no_answer_no_name_and_no_day_is_inside(tmp_path: Path) -> None:
    conditions = (
        OneOf("region", (1,)),
        Mentions("comment", "Zhang"),
        Between("submitted", datetime.date(2025, 8, 1), datetime.date(2025, 8, 31)),
    )
    workspace = replace(august(), selection=Selection(conditions))
    path = tmp_path / "Monthly.cxt"
    save_template(str(path), workspace, MADE)
    with zipfile.ZipFile(path) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist()).decode()
    for planted in ("Zhang", "138", "139", "Wang", "August", "2025-08.csv"):
        assert planted not in whole
    said = [str(each) for each in contents(workspace)]
    assert "the filter Region: b" in said
    assert not any("Zhang" in each for each in said)


def test_what_was_decided_is_named_before_a_template_is_saved() -> None:
    decided = august().with_spec("quality", QualitySpec(decisions=(("same_row", "keep"), ("nonsense", "leave_out"))))
    assert "2 decisions about doubtful answers" in [str(each) for each in contents(decided)]
    assert not any("decision" in str(each) for each in contents(august()))


def test_decisions_of_last_time_are_said_and_marked(tmp_path: Path) -> None:
    doubtful = (("same_row", "keep"), ("nonsense", "leave_out"))
    decided = august().with_spec("quality", QualitySpec(decisions=doubtful))
    decided = replace(decided, rules=replace(decided.rules, themes=(Theme("Price", ("dear",)),)))
    path = tmp_path / "Monthly.cxt"
    save_template(str(path), decided, MADE)
    template = read_template(str(path))
    applied = use_template(template, Workspace(month(9)))
    said = str(taken_over(template, applied))
    assert said == (
        "The template “Monthly” is used: what 6 columns are used for, 1 theme, 1 target, the weights, "
        "2 checks decided as last time."
    )
    spec = applied.workspace.spec("quality")
    assert isinstance(spec, QualitySpec)
    assert spec.decisions == doubtful
    assert spec.as_last == ("same_row", "nonsense")
    assert spec.deciding("same_row", "keep").as_last == ("nonsense",)


def test_only_what_a_template_holds_is_said_to_be_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "Monthly.cxt"
    save_template(str(path), Workspace(month(8)), MADE)
    template = read_template(str(path))
    said = str(taken_over(template, use_template(template, Workspace(month(9)))))
    assert said == "The template “Monthly” is used: what 6 columns are used for."


def changes(workspace: Workspace) -> list[str]:
    section = Engine().section(workspace, "overview", Unattended())
    return [str(block.change_text) for block in section.blocks() if isinstance(block, Figure) and block.change_text]


def test_the_next_report_says_what_changed_since_this_one(tmp_path: Path) -> None:
    workspace = replace(august(), weighting=None)
    found = used(workspace, month(9, score=7), tmp_path).workspace
    (change,) = changes(found)
    assert "the report of 1–28 Aug 2025" in change
    assert change.startswith("\N{MINUS SIGN}")


def test_figures_are_not_compared_with_people_who_are_in_them_already(tmp_path: Path) -> None:
    workspace = replace(august(), weighting=None)
    assert changes(used(workspace, month(8, score=7), tmp_path).workspace) == []


def test_figures_are_not_compared_once_the_filter_is_another(tmp_path: Path) -> None:
    found = used(replace(august(), weighting=None), month(9, score=7), tmp_path).workspace
    assert changes(replace(found, selection=Selection((OneOf("region", (1,)),)))) == []


def test_figures_of_few_people_are_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "few.cxt"
    save_template(str(path), Workspace(month(8, size=8)), MADE)
    assert read_template(str(path)).state.values["rules"].earlier == ()


def test_a_comparison_with_the_month_before_moves_on(tmp_path: Path) -> None:
    both = replace(month(8), key="both")
    days = Selection((Between("submitted", datetime.date(2025, 8, 1), datetime.date(2025, 8, 31)),))
    before = Selection((Between("submitted", datetime.date(2025, 7, 1), datetime.date(2025, 7, 31)),))
    workspace = replace(Workspace(both), selection=days, compare=before)
    size = 160
    later = survey(
        recommend=[9 if each % 3 else 4 for each in range(size)],
        segment={"Region": ["abcd"[each % 4] for each in range(size)], "Store": ["x", "y"] * (size // 2)},
        date={"Submitted": [datetime.date(2025, 8 + each % 2, 1 + each % 28) for each in range(size)]},
        comment=["Fine"] * size,
        private={"Phone": ["13911111111"] * size},
        key="later",
    )
    found = used(workspace, later, tmp_path).workspace
    (now,) = found.selection.conditions
    assert isinstance(now, Between)
    assert (now.first, now.last) == (datetime.date(2025, 9, 1), datetime.date(2025, 9, 30))
    assert found.compare is not None
    (then,) = found.compare.conditions
    assert isinstance(then, Between)
    assert then.first == datetime.date(2025, 8, 1)
