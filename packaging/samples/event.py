"""A small event survey as Google Forms exports it: 48 answers, 12 to 14 September 2025.

It shows what the program does with few answers: 11 detractors, 17 passives and 20 promoters give +19, anywhere from −3
to +41; the groups are too small to be compared.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from typing import TypeVar

from drawing import five, lean, point

T = TypeVar("T")

SCORES = (0, 2, 3, 4, 5, 5, 5, 6, 6, 6, 6, *[7] * 7, *[8] * 10, *[9] * 8, *[10] * 12)
TOPICS = {"Speakers": 0.86, "Venue": 0.62, "Catering": 0.55, "Organisation": 0.80}
DAYS = ("Friday",) * 15 + ("Saturday",) * 19 + ("Both days",) * 14
VISITS = ("Yes",) * 18 + ("No",) * 30
GLAD = (
    "Great speakers, especially the closing talk.",
    "Loved the workshop on interviews!",
    "Well organised, I always knew where to go.",
    "Met people I had only known from e-mail. Thank you!",
    "Best event of the year so far.",
    "The examples from real companies were very useful.",
    "Please publish the slides, I want to show them to my team.",
)
FAIR = (
    "Good content, but the second hall was too small.",
    "More time for questions, please.",
    "Some talks overlapped that I wanted to see.",
    "Coffee ran out by ten o'clock.",
    "A bit long for one day.",
)
POOR = (
    "Hard to hear anything in the last rows.",
    "Waited half an hour for lunch.",
    "Too much advertising in the talks.",
    "The programme changed and nobody told us.",
    "I expected more practice and less theory.",
)
HEADER = (
    "Timestamp",
    "How likely are you to recommend the event to a colleague? (0 = not at all likely, 10 = extremely likely)",
    "Overall, how satisfied were you with the event?",
    *(f"Please rate the event from 1 (poor) to 5 (excellent) [{topic}]" for topic in TOPICS),
    "Which day did you attend?",
    "Was it your first time with us?",
    "What could we do better?",
)


def event_survey(rng: random.Random) -> list[Sequence[object]]:
    """Return the header and 48 rows in the order of their timestamps."""
    scores = _shuffled(rng, SCORES)
    days, visits = _shuffled(rng, DAYS), _shuffled(rng, VISITS)
    start = datetime.datetime.fromisoformat("2025-09-12T17:00:00")
    moments = sorted(start + datetime.timedelta(seconds=rng.randrange(52 * 3600)) for _ in scores)
    incomplete = set(rng.sample(range(len(scores)), 7))
    rows: list[Sequence[object]] = [HEADER]
    for number, (moment, score) in enumerate(zip(moments, scores, strict=True)):
        mood = (score - 7.5) / 2.4
        ratings: list[object] = [1 + point(lean(rng, mood, 0.6), five(share)) for share in TOPICS.values()]
        if number in incomplete:
            ratings[rng.randrange(len(ratings))] = ""
        satisfied = 1 + point(lean(rng, mood, 0.8), five(0.78))
        rows.append((moment, score, satisfied, *ratings, days[number], visits[number], _comment(rng, score)))
    return rows


def _shuffled(rng: random.Random, values: Sequence[T]) -> list[T]:
    return rng.sample(values, len(values))


def _comment(rng: random.Random, score: int) -> str:
    if rng.random() > 0.45:
        return ""
    return rng.choice(GLAD if score >= 9 else FAIR if score >= 7 else POOR)
