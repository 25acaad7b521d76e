"""Charts over periods, in a plane, before and now, and of steps, as the pages and the tests of drawing use them."""

from __future__ import annotations

from dataclasses import replace

from cxdesk.blocks.chart import Bracket, Chart, ChartKind, Event, Plane, Series, Spot
from cxdesk.blocks.palette import Tone
from cxdesk.survey.base import Base
from cxdesk.text import Format, say

SCORES = (22.0, 24.0, 23.0, 24.0, 25.0, 26.0, 27.0, 31.0, 35.0)
SIZES = (842, 801, 867, 853, 884, 873, 921, 968, 957)
MONTHS = tuple(f"2025年{month}月" for month in range(1, 10))


def ranged(values: tuple[float | None, ...], half: float, hollow: tuple[bool, ...] = ()) -> Series:
    """A line with the same range around each value; hollow points have one five times as wide."""
    wide = [5 * half if hollow and hollow[place] else half for place in range(len(values))]
    low = tuple(None if value is None else value - wide[place] for place, value in enumerate(values))
    high = tuple(None if value is None else value + wide[place] for place, value in enumerate(values))
    return Series("NPS", values, (Tone.ACCENT,), low, high, hollow)


LINE = Chart(
    "line",
    say("All"),
    ChartKind.LINE,
    MONTHS,
    (ranged(SCORES, 5.0),),
    Format.SCORE,
    say("All"),
    Base(sum(SIZES)),
    sizes=SIZES,
    target=30.0,
    shade=Bracket(6, 8, "Q3 2025", Tone.FAINT),
)
SMALL = replace(LINE, sizes=(), target=None)
_HOLLOW = tuple(place in {5, 6, 50} for place in range(60))
_WEEKLY = tuple(None if place == 40 else 20.0 + 9 * ((place * 7) % 5) - 4 * (place % 3) for place in range(60))
WEEKS = replace(
    LINE,
    categories=tuple(f"2024-W{week:02d}" for week in range(1, 61)),
    series=(ranged(_WEEKLY, 12.0, _HOLLOW),),
    sizes=tuple(0 if place == 40 else 12 if _HOLLOW[place] else 60 + place for place in range(60)),
    limits=tuple((None, None) if _HOLLOW[place] else (2.0 + place % 4, 62.0 - place % 4) for place in range(60)),
    events=(Event(30, say("possible change after {period}", period="2024-W31")),),
    target=None,
    shade=None,
)
LINES = replace(
    LINE,
    series=(
        Series("North", tuple(value + 15 for value in SCORES), (Tone.ACCENT,)),
        Series("West coast and the islands", tuple(value - 12 for value in SCORES), (Tone.SERIES_2,)),
        Series("South", SCORES, (Tone.SERIES_3,)),
        Series("机场店", (*SCORES[:4], None, *SCORES[5:]), (Tone.SERIES_4,), hollow=(False, True, *(False,) * 7)),
        Series("Others", tuple(value - 2 for value in SCORES), (Tone.FAINT,)),
    ),
    shade=None,
)


def spot(name: str, x: float, y: float, reach: float, *, chosen: bool = False) -> Spot:
    """A point with ranges on both axes."""
    return Spot(name, name, x, y, x - reach, x + reach, y - reach, y + reach, chosen)


PLANE = Chart(
    "plane",
    say("All"),
    ChartKind.PLANE,
    (),
    (),
    Format.PERCENT,
    say("All"),
    Base(2512),
    spots=(
        spot("Staff helpfulness", 0.88, 0.27, 0.03),
        spot("等待时间", 0.61, 0.24, 0.03, chosen=True),
        spot("Product range", 0.74, 0.17, 0.03),
        spot("Value for money", 0.66, 0.16, 0.03, chosen=True),
        spot("Cleanliness of the rooms and of everything around them", 0.9, 0.08, 0.02),
        spot("Website / app", 0.71, 0.05, 0.02),
        spot("Parking", 0.52, 0.03, 0.02),
    ),
    plane=Plane(
        say("Satisfied with this topic"),
        say("Strength of link with the score"),
        Format.PERCENT,
        Format.PERCENT,
        0.72,
        0.143,
        (say("Look here first"), say("Keep it up"), say("Lower priority"), say("Good enough")),
    ),
)
CROWD = replace(
    PLANE,
    spots=tuple(
        spot(name, 0.7 + 0.02 * (place % 5), 0.12 + 0.015 * (place % 4), 0.04, chosen=place == 2)
        for place, name in enumerate(
            ("Waiting time", "价格", "Staff", "Opening hours", "Parking", "App", "Delivery", "Rooms")
        )
    ),
)
NOW = Chart(
    "now",
    say("All"),
    ChartKind.DUMBBELL,
    ("North", "East", "South", "West"),
    (
        Series("Q2", (30.0, 26.0, 25.0, 18.0), (Tone.ACCENT,), hollow=(True,) * 4),
        Series("Q3", (40.0, 34.0, 25.5, 8.0), (Tone.PROMOTER, Tone.ACCENT, Tone.ACCENT, Tone.DETRACTOR)),
    ),
    Format.SCORE,
    say("All"),
)
BRIDGE = Chart(
    "bridge",
    say("All"),
    ChartKind.BRIDGE,
    ("Q2", "North", "West coast and the islands", "Other mix", "Q3"),
    (Series("NPS", (5.0, 4.0, -15.0, 2.5, -3.5)),),
    Format.SCORE,
    say("All"),
)
EVERY = {
    "line": LINE,
    "small": SMALL,
    "weeks": WEEKS,
    "lines": LINES,
    "plane": PLANE,
    "crowd": CROWD,
    "now": NOW,
    "bridge": BRIDGE,
}
