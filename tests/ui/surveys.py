"""Surveys for the window's tests, with everything that its pages can show."""

from __future__ import annotations

import datetime
import random
from dataclasses import replace

from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Ask, Reading
from cxdesk.survey.role import Role, Sure
from cxdesk.text import say
from tests.builders import survey

REGIONS = ("North", "East", "South", "West")


def store_survey(size: int = 240, key: str = "stores") -> Dataset:
    """Every kind of question; the west recommends clearly less than the rest."""
    chance = random.Random(7)
    regions = [REGIONS[number % 4] for number in range(size)]
    return survey(
        recommend=[chance.choice((2, 4, 6, 7, 8) if region == "West" else (7, 9, 10, 10)) for region in regions],
        satisfaction=[chance.choice((2, 3, 4, 4, 5)) for _ in regions],
        effort=[chance.choice((3, 5, 6, 7)) for _ in regions],
        rating={
            "Waiting time": [chance.randint(1, 5) for _ in regions],
            "Staff": [chance.randint(3, 5) for _ in regions],
        },
        segment={"Region": regions, "Store type": [chance.choice(("Mall", "Street")) for _ in regions]},
        multiple={"Used": [chance.choice((["App"], ["App", "Shop"], [], None)) for _ in regions]},
        date=[datetime.date(2025, 7, 1) + datetime.timedelta(days=number % 90) for number in range(size)],
        comment=[chance.choice(("Slow tills", "Friendly staff", None)) for _ in regions],
        private={"Phone": ["13800000000" for _ in regions]},
        key=key,
        name="Store survey 2025 Q3.xlsx",
    )


def unsure_survey() -> Dataset:
    """One scored question whose direction has to be asked."""
    dataset = store_survey(key="unsure")
    ask = Ask(
        (
            Reading(say("{number} means “very easy”", number="7"), Role.EFFORT),
            Reading(say("{number} means “very hard”", number="7"), Role.EFFORT),
        ),
        say("Higher scores go together with higher recommendation in your data."),
    )
    questions = tuple(
        replace(each, sure=Sure.CHECK, ask=ask) if each.id == "effort" else each for each in dataset.questions
    )
    return replace(dataset, questions=questions)


def small_survey() -> Dataset:
    """Forty-eight answers."""
    scores = [10] * 12 + [9] * 8 + [8] * 10 + [7] * 7 + [6] * 4 + [5] * 3 + [4, 3, 2, 0]
    return survey(recommend=scores, segment="ab" * 24, key="small", name="Event September.xlsx")


def survey_without_score() -> Dataset:
    """Nothing that was rated."""
    return survey(segment={"Region": REGIONS * 10}, comment=["Fine"] * 40, key="no score", name="List.csv")
