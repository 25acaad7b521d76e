"""A help desk survey as SurveyMonkey exports it (condensed, two header rows): 640 tickets, June to August 2025.

What it holds on purpose: chat makes it easiest, billing is behind the other teams, and only 26 people came through
social media.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence

from drawing import drawn, lean, moods, point, remark
from support_words import CLOSINGS, GOOD, OPENINGS, PLAIN, TROUBLE

CHANNELS = {"E-mail": (246, -0.08), "Phone": (214, -0.10), "Chat": (154, 0.34), "Social media": (26, 0.0)}
TEAMS = {"Technical": (0.42, 0.05), "Billing": (0.27, -0.42), "Orders": (0.31, 0.12)}
ISSUES = {
    "Technical": {"Login and access": 0.45, "Fault": 0.35, "How to": 0.20},
    "Billing": {"Invoice": 0.70, "Contract": 0.30},
    "Orders": {"Delivery": 0.55, "Return": 0.30, "Product question": 0.15},
}
RECOMMEND = (2, 1, 2, 3, 3, 6, 7, 15, 21, 18, 22)
SATISFACTION = {
    "Very dissatisfied": 3,
    "Dissatisfied": 6,
    "Neither satisfied nor dissatisfied": 13,
    "Satisfied": 43,
    "Very satisfied": 35,
}
EASE = {
    "Strongly disagree": 3,
    "Disagree": 5,
    "Somewhat disagree": 7,
    "Neither agree nor disagree": 11,
    "Somewhat agree": 19,
    "Agree": 33,
    "Strongly agree": 22,
}
TRIED = {
    "Searched the help pages": 0.52,
    "Asked a colleague": 0.28,
    "Restarted or tried again": 0.34,
    "Contacted you before": 0.21,
}
ENDS = {0: "Not at all likely - 0", 10: "Extremely likely - 10"}

UPPER = (
    "Respondent ID",
    "Collector ID",
    "Start Date",
    "End Date",
    "IP Address",
    "Email Address",
    "First Name",
    "Last Name",
    "How likely is it that you would recommend our support to a friend or colleague?",
    "Overall, how satisfied are you with the help you received?",
    "How much do you agree: It was easy to get my issue resolved.",
    "How did you contact us?",
    "Which team helped you?",
    "What was it about?",
    "What did you try first? (Please tick all that apply)",
    *[""] * (len(TRIED) - 1),
    "What is the main reason for your score?",
)
LOWER = (*[""] * 8, *["Response"] * 6, *TRIED, "Open-Ended Response")


def support_survey(rng: random.Random) -> list[Sequence[object]]:
    """Return two header rows and one row per ticket, in the order in which they came in."""
    people = [(channel, mood + lift) for channel, (count, lift) in CHANNELS.items() for mood in moods(rng, count)]
    rng.shuffle(people)
    start = datetime.datetime.fromisoformat("2025-06-02T07:30:00")
    moments = sorted(start + datetime.timedelta(seconds=rng.randrange(90 * 86_400)) for _ in people)
    rows: list[Sequence[object]] = [UPPER, LOWER]
    for number, ((channel, mood), moment) in enumerate(zip(people, moments, strict=True)):
        rows.append(_ticket(rng, number, moment, channel, mood))
    return rows


def _ticket(rng: random.Random, number: int, moment: datetime.datetime, channel: str, mood: float) -> list[object]:
    team = drawn(rng, {name: share for name, (share, _) in TEAMS.items()})
    mood += TEAMS[team][1]
    score = point(lean(rng, mood, 0.75), RECOMMEND)
    satisfied = point(lean(rng, mood, 0.80), tuple(SATISFACTION.values()))
    easy = point(lean(rng, mood + (0.15 if channel == "Chat" else 0.0), 0.72), tuple(EASE.values()))
    done = moment + datetime.timedelta(seconds=round(rng.lognormvariate(4.9, 0.5)))
    return [
        118_000_000_000 + 37 * number,
        400_000_001,
        f"{moment:%m/%d/%Y %I:%M:%S %p}",
        f"{done:%m/%d/%Y %I:%M:%S %p}",
        f"198.51.100.{rng.randrange(1, 255)}",
        f"customer{number:03}@example.com" if rng.random() < 0.4 else "",
        "",
        "",
        ENDS.get(score, str(score)) if rng.random() > 0.02 else "",
        list(SATISFACTION)[satisfied],
        list(EASE)[easy] if rng.random() > 0.05 else "",
        channel,
        team,
        drawn(rng, ISSUES[team]),
        *(way if rng.random() < share else "" for way, share in TRIED.items()),
        _comment(rng, score, channel, team),
    ]


def _comment(rng: random.Random, score: int, channel: str, team: str) -> str:
    """The unhappy write more often, and about what their channel and team are like."""
    if rng.random() > (0.58 if score <= 6 else 0.40):
        return ""
    if score >= 9:
        sentences = (*GOOD[channel], *GOOD[team])
    elif score >= 7:
        sentences = (*PLAIN, *GOOD[team])
    else:
        sentences = (*TROUBLE[team], *TROUBLE[channel])
    return " ".join(remark(rng, sentences, OPENINGS, CLOSINGS[score >= 7]))
