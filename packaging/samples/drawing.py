"""How invented people answer: from a mood on a bell curve to a point on a scale.

Every answer of a person leans on one mood, so answers go together as they do in real surveys. A question has the
shares of its points; a person's place on the bell curve decides which point it is, so the shares come out as planned.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from itertools import accumulate
from statistics import NormalDist

CURVE = NormalDist()


def moods(rng: random.Random, count: int) -> list[float]:
    """Return ``count`` moods spread evenly over the bell curve, in random order: even a small group is a fair one."""
    spread = [CURVE.inv_cdf((place + 0.5) / count) for place in range(count)]
    rng.shuffle(spread)
    return spread


def lean(rng: random.Random, mood: float, weight: float) -> float:
    """Return a place on the bell curve that follows a mood with the given weight (0..1), the rest is the person's."""
    rest: float = (1 - weight**2) ** 0.5
    return weight * mood + rest * rng.gauss(0, 1)


def point(place: float, shares: Sequence[float]) -> int:
    """Return the position (0-based) whose share of the bell curve holds the place; shares need not add up to 1."""
    total = sum(shares)
    reached = CURVE.cdf(place) * total
    return next((at for at, upto in enumerate(accumulate(shares)) if reached < upto), len(shares) - 1)


def five(satisfied: float) -> tuple[float, ...]:
    """Return the shares of five points of which the upper two have a given share together."""
    return (
        0.12 * (1 - satisfied),
        0.28 * (1 - satisfied),
        0.60 * (1 - satisfied),
        0.56 * satisfied,
        0.44 * satisfied,
    )


def drawn(rng: random.Random, shares: Mapping[str, float]) -> str:
    """Draw one of several names by their shares."""
    return rng.choices(list(shares), list(shares.values()))[0]


def remark(rng: random.Random, sentences: Sequence[str], openings: Sequence[str], closings: Sequence[str]) -> list[str]:
    """Return one sentence, now and then with an opening or a closing, so that few people write the very same."""
    said = [rng.choice(sentences)]
    if rng.random() < 0.35:
        said.insert(0, rng.choice(openings))
    if rng.random() < 0.35:
        said.append(rng.choice(closings))
    return said
