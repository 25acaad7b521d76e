"""How often the Overview says that something is "clearly" or "strongly" so in surveys where nothing is."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cxdesk.analysis.overview import Overview, OverviewSpec
from cxdesk.blocks.note import Findings
from cxdesk.blocks.section import Section
from cxdesk.job import Unattended
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.text import Translator
from tests.builders import survey
from tests.simulations.verdict import Verdict

SURVEYS = 1_000
MOST = 5.0
CLAIM = "clearly"


def claims() -> Iterator[Verdict]:
    """The share of surveys without any real difference whose Overview claims one."""
    random, english = np.random.default_rng(3), Translator("en")
    page, wrong = Overview(), 0
    for _ in range(SURVEYS):
        data = _nothing_to_find(random)
        spec = page.default(data)
        section = page.present(spec, page.compute(Sample(data), Rules(), spec, Unattended()))
        wrong += any(CLAIM in sentence for sentence in _sentences(section, english))
    share = 100 * wrong / SURVEYS
    yield Verdict(f'Overviews that say "{CLAIM}", {SURVEYS:,} surveys', share, f"at most {MOST:g}", share <= MOST)


def links() -> Iterator[Verdict]:
    """The share of surveys whose topics are all linked alike, but not all liked, in which one is called linked more."""
    random, page, wrong = np.random.default_rng(4), Overview(), 0
    for _ in range(SURVEYS):
        data = _all_linked_alike(random)
        wrong += any(
            line.link == "drivers"
            for line in page.compute(Sample(data), Rules(), OverviewSpec(), Unattended()).findings
        )
    share = 100 * wrong / SURVEYS
    yield Verdict(f"topics called strongly linked, {SURVEYS:,} surveys", share, f"at most {MOST:g}", share <= MOST)


def _all_linked_alike(random: np.random.Generator) -> Dataset:
    """A survey of eight topics that go with the score alike; half of them are rated lower."""
    people = int(random.integers(150, 2_000))
    mood = random.normal(0, 1, people)

    def scores(centre: float, spread: float, lowest: int, highest: int) -> list[int | None]:
        found = np.rint(centre + spread * (0.7 * mood + 0.7 * random.normal(0, 1, people)))
        return list(np.clip(found, lowest, highest).astype(int).tolist())

    ratings = {f"Rating {n}": scores(3.0 + n % 2, 1.0, 1, 5) for n in range(8)}
    return survey(recommend=scores(7.5, 2.0, 0, 10), rating=ratings, key="alike")


def _sentences(section: Section, english: Translator) -> Iterator[str]:
    yield english(section.headline)
    for row in section.rows:
        for block in row.blocks:
            if isinstance(block, Findings):
                yield from (english(line.text) for line in block.lines)


def _nothing_to_find(random: np.random.Generator) -> Dataset:
    """A survey whose scores hang together but not on any segment, wave or day."""
    people = int(random.integers(150, 1_200))
    mood = random.normal(0, 1, people)
    titles = ("Channel", "Region", "Plan", "Product", "Store")

    def scores(centre: float, spread: float, lowest: int, highest: int) -> list[int | None]:
        found = np.rint(centre + spread * (0.7 * mood + 0.7 * random.normal(0, 1, people)))
        kept = random.random(people) > 0.05
        pairs = zip(np.clip(found, lowest, highest).astype(int).tolist(), kept.tolist(), strict=True)
        return [score if there else None for score, there in pairs]

    def choices(size: int) -> list[str | None]:
        codes = np.minimum((random.random(people) ** 1.3 * size).astype(int), size - 1)
        return [f"option {code}" for code in codes.tolist()]

    days = np.datetime64("2024-01-01") + np.sort(random.integers(0, 365, people))
    return survey(
        recommend=scores(float(random.uniform(6.5, 9.0)), 2.0, 0, 10),
        satisfaction=scores(4.0, 1.0, 1, 5),
        effort=scores(5.2, 1.4, 1, 7),
        rating={f"Rating {n}": scores(3.5, 1.0, 1, 5) for n in range(1, 5)},
        segment={title: choices(int(random.integers(2, 9))) for title in titles[: int(random.integers(2, 6))]},
        date=[str(day) for day in days],
        key="nothing",
    )
