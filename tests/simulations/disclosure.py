"""Can hidden groups be worked out from what is published? Random tables and whole workbooks against an attacker."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from cxdesk.analysis.crosstab import Crosstab
from cxdesk.analysis.crosstab_values import CrosstabSpec
from cxdesk.analysis.segments import Segments, SegmentsSpec
from cxdesk.analysis.trend import TrendSpec
from cxdesk.job import Unattended
from cxdesk.render.excel.workbook import write_report
from cxdesk.report.build import build_report
from cxdesk.report.report import ReportOptions
from cxdesk.report.suppression import suppressed
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample, Tally
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.role import Role
from cxdesk.survey.selection import OneOf, Selection
from tests.builders import survey
from tests.simulations.attack import World, read_section, read_workbook
from tests.simulations.verdict import Verdict

TABLES, WORKBOOKS = 2_000, 100
MADE = datetime.datetime.fromisoformat("2025-10-05T09:14")
MEASURES = {"": "recommend", "Satisfied": "satisfaction", "Recommend": "recommend", "Satisfaction": "satisfaction"}


def recovered() -> Iterator[Verdict]:
    """How many hidden cells the attacker gets, with the plan; and, to show that the attack works, without."""
    for name, attack, runs in (
        ("random tables", attacked_table, TABLES),
        ("whole workbooks", attacked_workbook, WORKBOOKS),
    ):
        random = np.random.default_rng(8)
        results = [attack(random, planned=True) for _ in range(runs)]
        small, found = (sum(result[part] for result in results) for part in (0, 1))
        yield Verdict(f"hidden cells recovered, {runs:,} {name}", found, "exactly 0", found == 0 and small > 0)
        random = np.random.default_rng(8)
        bare = [attack(random, planned=False) for _ in range(max(runs // 20, 5))]
        share = 100 * sum(result[1] for result in bare) / max(sum(result[0] for result in bare), 1)
        yield Verdict("... in percent if only small groups were hidden", share, "over 5", share > 5)


def attacked_table(random: np.random.Generator, *, planned: bool) -> tuple[int, int]:
    """One table of two questions inside each other with both of their splits: small cells, and how many are found."""
    data = _survey(random, int(random.integers(60, 700)), rated=False)
    sample = Sample(data)
    spec = CrosstabSpec(rows=("recommend", "satisfaction"), by="region", inside="shop")
    rules = suppressed(sample, Rules(), {"crosstab": spec}) if planned else Rules()
    groups = _groups(data)
    world = World(groups, _answered(data), np.ones(data.respondents, dtype=np.bool_))
    for measure in world.answered:
        world.learn(measure, world.looked_at)
    read_section(world, Crosstab().present(spec, Crosstab().compute(sample, rules, spec, Unattended())), MEASURES)
    for by in ("region", "shop"):
        one = SegmentsSpec(by=by)
        read_section(world, Segments().present(one, Segments().compute(sample, rules, one, Unattended())), MEASURES)
    return world.recovered(_secrets(data, groups, world.looked_at))


def attacked_workbook(random: np.random.Generator, *, planned: bool) -> tuple[int, int]:
    """One report, written, read back and attacked: small groups on any sheet, and how many are found."""
    data = _survey(random, int(random.integers(120, 900)), rated=bool(random.random() < 0.5))
    tally = Tally(data)
    groups = _groups(data)
    everybody = np.ones(data.respondents, dtype=np.bool_)
    looked_at, before = everybody, None
    sample = tally.sample()
    if random.random() < 0.5:
        now, then = (Selection((OneOf("wave", (code,)),)) for code in (1, 0))
        sample = tally.sample(now, tally.sample(then))
        looked_at, before = (data.codes("wave") == code for code in (1, 0))
    specs = {
        "crosstab": CrosstabSpec(
            kept=(
                CrosstabSpec(rows=("recommend", "satisfaction"), by="region", inside="shop"),
                CrosstabSpec(rows=("shop",), by="recommend"),
            )
        ),
        "trend": TrendSpec(lines="region") if random.random() < 0.5 else TrendSpec(),
    }
    options = ReportOptions(hide_small=planned)
    if not planned:
        specs.pop("trend")
    report = build_report(sample, Rules(), specs, options, "en", MADE, "1", Unattended())
    world = World(groups, _answered(data), looked_at, before)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "report.xlsx"
        write_report(report, str(target), Unattended())
        read_workbook(world, target, MEASURES | {f"Rating {n}": f"rating {n}" for n in range(3)})
    secrets = list(_secrets(data, groups, looked_at))
    if before is not None:
        secrets += [mask & before for mask in groups.values()]
    waves = [groups[name] for name in data.question("wave").options]
    secrets += waves
    if "trend" in specs and specs["trend"] != TrendSpec():
        secrets += [wave & groups[name] for wave in waves for name in data.question("region").options]
    return world.recovered(secrets)


def _survey(random: np.random.Generator, people: int, *, rated: bool) -> Dataset:
    """Regions and shops, at times a shop in one region only, some answers missing, and waves of uneven size."""
    region = np.minimum((random.random(people) ** random.uniform(1, 2.5) * random.integers(2, 6)).astype(int), 5)
    shops = int(random.integers(2, 9))
    shop = np.minimum((random.random(people) ** random.uniform(1, 2.5) * shops).astype(int), shops - 1)
    if random.random() < 0.5:
        shop = region * 2 + shop % 2
    wave = np.minimum((random.random(people) ** random.uniform(0.4, 2) * random.integers(2, 7)).astype(int), 6)
    wave[:2] = [0, 1]
    gaps = random.choice([0.0, 0.01, 0.1])

    def missing(values: list[str]) -> list[str | None]:
        return [None if random.random() < gaps else value for value in values]

    def scores(lowest: int, highest: int) -> list[int | None]:
        kept = random.random(people) > random.choice([0.0, 0.3])
        drawn = random.integers(lowest, highest + 1, people).tolist()
        return [score if there else None for score, there in zip(drawn, kept.tolist(), strict=True)]

    data = survey(
        recommend=scores(0, 10),
        satisfaction=scores(1, 5),
        rating={f"Rating {n}": scores(1, 5) for n in range(3)} if rated else None,
        segment={
            "Region": missing([f"Region {code}" for code in region]),
            "Shop": missing([f"Shop {code}" for code in shop]),
            "Wave": [f"Wave {code}" for code in wave],
        },
        options={"Wave": [f"Wave {code}" for code in range(int(wave.max()) + 1)]},
    )
    return _with_wave(data)


def _with_wave(data: Dataset) -> Dataset:
    """The survey with its last segment as the wave."""
    questions = tuple(
        replace(question, role=Role.WAVE) if question.id == "wave" else question for question in data.questions
    )
    return replace(data, questions=questions)


def _groups(data: Dataset) -> dict[str, np.ndarray]:
    return {
        name: data.codes(by) == code
        for by in ("region", "shop", "wave")
        for code, name in enumerate(data.question(by).options)
    }


def _answered(data: Dataset) -> dict[str, np.ndarray]:
    scored = [question for question in data.questions if question.scale is not None]
    return {question.id: data.codes(question.id) < question.size for question in scored}


def _secrets(data: Dataset, groups: dict[str, np.ndarray], looked_at: np.ndarray) -> Iterator[np.ndarray]:
    """Every group of a split, and every pair of region and shop."""
    regions, shops = (data.question(by).options for by in ("region", "shop"))
    yield from (mask & looked_at for mask in groups.values())
    yield from (groups[region] & groups[shop] & looked_at for region in regions for shop in shops)
