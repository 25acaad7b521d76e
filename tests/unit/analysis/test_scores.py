"""How every question was answered."""

from __future__ import annotations

import pytest

from cxdesk.analysis.scores import Scores, ScoresSpec
from cxdesk.blocks.chart import Chart, ChartKind
from cxdesk.blocks.note import Empty
from cxdesk.blocks.table import Table
from cxdesk.text import Translator
from tests.builders import survey
from tests.unit.analysis.presenting import presented

ENGLISH = Translator("en")
USED = [["App", "Shop"], ["App"], [], None] * 40


def test_the_base_of_a_multiple_answer_is_who_was_asked() -> None:
    section = presented(Scores(), survey(recommend=[10] * 160, multiple={"Used": USED}))
    chart = next(block for block in section.blocks() if isinstance(block, Chart) and block.kind is ChartKind.BARS)
    assert chart.categories == ("App", "Shop")
    assert chart.counts == (80, 40)
    assert chart.base is not None
    assert chart.base.n == 120
    assert chart.series[0].values == pytest.approx((80 / 120, 40 / 120))
    assert chart.note is not None
    assert "40 people ticked nothing." in ENGLISH(chart.note)


def test_measures_have_mean_share_and_ranges_of_their_reference() -> None:
    # Reference case ces_o1 of the oracles: mean 5.556 (4.987, 6.124), 80.6 % from 5 to 7 (65.0, 90.2).
    values = [int(score) for score in "637566567367576577772377673656173775"]
    section = presented(Scores(), survey(effort=values))
    table = next(block for block in section.blocks() if isinstance(block, Table) and block.key == "measures")
    assert table.cell("effort", "mean").value == pytest.approx(5.55555555555556)
    assert table.cell("effort", "mean_range").low == pytest.approx(4.98682363599823)
    assert table.cell("effort", "share").value == pytest.approx(0.805555555555556)
    assert table.cell("effort", "share_range").high == pytest.approx(0.902469045810713)
    assert "nps" not in {column.key for column in table.columns}


def test_answers_by_score_add_up_and_name_their_group() -> None:
    section = presented(Scores(), survey(recommend=[0, 6, 7, 8, 9, 10, 10, None] * 20))
    table = next(block for block in section.blocks() if isinstance(block, Table) and block.key == "nps_answers")
    counts = {row.key: table.cell(row.key, "n").value for row in table.rows}
    assert counts.pop("all") == 140
    assert sum(int(str(count)) for count in counts.values()) == 140
    groups = {row.key: ENGLISH(row.cells[3].value) for row in table.rows[1:]}  # type: ignore[arg-type]
    assert [groups["6"], groups["7"], groups["8"], groups["9"]] == ["Detractor", "Passive", "Passive", "Promoter"]


def test_only_scored_questions_on_request() -> None:
    dataset = survey(recommend=[10] * 120, segment={"Region": ["a", "b"] * 60})
    everything = presented(Scores(), dataset)
    scored = presented(Scores(), dataset, ScoresSpec(show="scored"))
    assert "region" in {block.key for block in everything.blocks() if isinstance(block, Chart)}
    assert "region" not in {block.key for block in scored.blocks() if isinstance(block, Chart)}


def test_many_options_are_put_together_without_losing_anyone() -> None:
    shops = [f"Shop {index:03}" for index in range(40) for _ in range(3)]
    section = presented(Scores(), survey(recommend=[10] * 120, segment={"Shop": shops}))
    chart = next(block for block in section.blocks() if isinstance(block, Chart) and block.key == "shop")
    assert len(chart.categories) == 15
    assert sum(chart.counts) == 120


def test_a_file_without_questions_says_what_to_do() -> None:
    section = presented(Scores(), survey(comment=["a", "b", "c"]))
    assert [type(block) for block in section.blocks()] == [Empty]
