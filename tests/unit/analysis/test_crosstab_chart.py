"""The chart below a crosstab: which question, as parts or values, against the cells of the table; and its sheet."""

from __future__ import annotations

import datetime

import numpy as np
import pytest

from cxdesk.analysis.crosstab import Crosstab
from cxdesk.analysis.crosstab_values import ARROWS, SCORES, CrosstabSpec
from cxdesk.blocks.chart import Chart, ChartKind
from cxdesk.blocks.palette import Tone
from cxdesk.blocks.table import Mark, Table
from cxdesk.job import Unattended
from cxdesk.report.build import build_report
from cxdesk.report.report import Report, ReportOptions
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.text import Translator
from tests.builders import survey
from tests.unit.analysis.presenting import presented

REGIONS = ("North", "South", "East")
FRUIT = ("Apple", "Pear", "Plum", "Fig", "Lime", "Kiwi", "Date")
TOOLS = ("App", "Shop", "Phone")
ENGLISH = Translator("en")


@pytest.fixture(scope="module")
def shops() -> Dataset:
    random = np.random.default_rng(3)
    n = 900
    region = random.integers(0, 3, n)
    recommend = np.clip(random.normal(8.5 - 1.8 * region, 1.8, n).round(), 0, 10).astype(int)
    fruit = random.choice(7, n, p=[0.3, 0.2, 0.05, 0.2, 0.15, 0.06, 0.04])
    ticks = random.random((n, 3)) < [0.3, 0.7, 0.2]
    return survey(
        recommend=recommend.tolist(),
        satisfaction=random.integers(1, 6, n).tolist(),
        segment={"Region": [REGIONS[code] for code in region], "Fruit": [FRUIT[code] for code in fruit]},
        multiple={"Used": [[tool for tool, on in zip(TOOLS, row, strict=True) if on] for row in ticks.tolist()]},
        options={"Region": REGIONS, "Fruit": FRUIT, "Used": TOOLS},
    )


def both(dataset: Dataset, spec: CrosstabSpec) -> tuple[Table, Chart]:
    blocks = presented(Crosstab(), dataset, spec).blocks()
    return next(each for each in blocks if isinstance(each, Table)), next(
        each for each in blocks if isinstance(each, Chart)
    )


def line(table: Table, row: str) -> list[float | None]:
    heads = [column.key for column in table.columns if column.key == "total" or column.key in {"c0", "c1", "c2"}]
    return [table.cell(row, head).value for head in heads]  # type: ignore[misc]


def names(chart: Chart) -> list[str]:
    return [ENGLISH(series.name) for series in chart.series]


def test_a_score_is_drawn_as_the_parts_that_the_table_shows(shops: Dataset) -> None:
    table, chart = both(shops, CrosstabSpec(rows=("recommend", "fruit"), by="region"))
    assert chart.kind is ChartKind.SPLIT
    assert names(chart) == ["Detractors (0–6)", "Passives", "Promoters (9–10)"]
    assert [series.tones for series in chart.series] == [(Tone.DETRACTOR,), (Tone.PASSIVE,), (Tone.PROMOTER,)]
    assert [list(series.values) for series in chart.series] == [
        line(table, f"q0:{end}") for end in ("bad", "middle", "good")
    ]
    assert [sum(parts) for parts in zip(*(series.values for series in chart.series), strict=True)] == pytest.approx(
        [1.0] * 4
    )
    bases = line(table, "q0")
    assert [ENGLISH(name) for name in chart.categories] == [
        f"{name} (n = {n})" for name, n in zip(("Total", *REGIONS), bases, strict=True)
    ]


def test_the_finding_names_the_columns_at_both_ends(shops: Dataset) -> None:
    finding = ENGLISH(both(shops, CrosstabSpec(rows=("recommend",), by="region"))[1].finding)
    assert finding.startswith("Promoters (9–10): from ")
    assert finding.index("East") < finding.index("North")


def test_many_answers_are_drawn_as_the_largest_and_all_others(shops: Dataset) -> None:
    table, chart = both(shops, CrosstabSpec(rows=("fruit",), by="region"))
    assert names(chart) == ["Apple", "Pear", "Fig", "Lime", "Other answers"]
    rest = np.array([line(table, f"q0:answer{code}") for code in (2, 5, 6)], dtype=np.float64)
    assert chart.series[-1].values == pytest.approx(rest.sum(axis=0).tolist())
    assert len({series.tones for series in chart.series}) == 5


def test_scores_without_their_ends_are_values_with_ranges(shops: Dataset) -> None:
    spec = CrosstabSpec(rows=("recommend",), by="region", show=(SCORES,), compare=ARROWS)
    table, chart = both(shops, spec)
    (series,) = chart.series
    assert chart.kind is ChartKind.DOTS
    assert list(series.values) == line(table, "q0:score")
    assert all(
        low is not None and value is not None and high is not None and low < value < high
        for low, value, high in zip(series.low, series.values, series.high, strict=True)
    )
    marked = {Mark.ABOVE: Tone.PROMOTER, Mark.BELOW: Tone.DETRACTOR, None: Tone.FAINT}
    marks = [table.cell("q0:score", head).mark for head in ("c0", "c1", "c2")]
    assert marks[0] is Mark.ABOVE
    assert marks[2] is Mark.BELOW
    assert series.tones == (Tone.ACCENT, *(marked[mark] for mark in marks))


def test_of_several_answers_one_is_drawn_and_can_be_chosen(shops: Dataset) -> None:
    spec = CrosstabSpec(rows=("used",), by="region")
    table, chart = both(shops, spec)
    assert (chart.kind, names(chart)) == (ChartKind.BARS, ["Shop"])
    assert list(chart.series[0].values) == line(table, "q0:answer1")
    option = next(each for each in Crosstab().options(shops, spec) if each.field == "drawn")
    assert [ENGLISH(choice.name) for choice in option.choices] == [
        "Used",
        "Used: App",
        "Used: Shop",
        "Used: Phone",
        "No chart",
    ]
    chosen = CrosstabSpec(rows=("used",), by="region", drawn=option.choices[3].value)
    assert names(both(shops, chosen)[1]) == ["Phone"]


def test_several_answers_of_everybody_are_all_drawn(shops: Dataset) -> None:
    table, chart = both(shops, CrosstabSpec(rows=("used",), by="-"))
    assert list(chart.categories) == list(TOOLS)
    assert list(chart.series[0].values) == [table.cell(f"q0:answer{code}", "total").value for code in range(3)]


def test_another_question_can_be_drawn_or_none(shops: Dataset) -> None:
    rows = ("recommend", "fruit")
    assert "Fruit" in ENGLISH(both(shops, CrosstabSpec(rows=rows, by="region", drawn="fruit"))[1].title)
    blocks = presented(Crosstab(), shops, CrosstabSpec(rows=rows, by="region", drawn="-")).blocks()
    assert not [each for each in blocks if isinstance(each, Chart)]
    gone = both(shops, CrosstabSpec(rows=rows, by="region", drawn="gone"))[1]
    assert "Fruit" not in ENGLISH(gone.title)


def test_columns_of_too_few_are_not_drawn() -> None:
    dataset = survey(
        satisfaction=[5] * 60 + [1] * 60 + [3] * 5, segment={"Region": ["N"] * 60 + ["S"] * 60 + ["E"] * 5}
    )
    _, chart = both(dataset, CrosstabSpec(rows=("satisfaction",), by="region"))
    assert [ENGLISH(name) for name in chart.categories] == ["Total (n = 125)", "N (n = 60)", "S (n = 60)"]
    assert chart.note is not None
    assert "10" in ENGLISH(chart.note)


def test_columns_inside_columns_are_named_with_both(shops: Dataset) -> None:
    _, chart = both(shops, CrosstabSpec(rows=("satisfaction",), by="region", inside="used"))
    assert ENGLISH(chart.categories[1]).startswith("North: App (n = ")


def test_the_report_has_a_sheet_only_for_kept_tables(shops: Dataset) -> None:
    def made(spec: CrosstabSpec) -> Report:
        return build_report(
            Sample(shops),
            Rules(),
            {"crosstab": spec},
            ReportOptions(),
            "en",
            datetime.datetime(2025, 10, 1),  # noqa: DTZ001
            "1",
            Unattended(),
        )

    without = made(CrosstabSpec())
    assert "crosstab" not in [sheet.key for sheet in without.sheets]
    assert "Keep for the report" in str(dict(without.absent)["crosstab"])
    kept = made(CrosstabSpec(kept=(CrosstabSpec(by="fruit"),)))
    assert "crosstab" in [sheet.key for sheet in kept.sheets]
    assert "crosstab" not in dict(kept.absent)
