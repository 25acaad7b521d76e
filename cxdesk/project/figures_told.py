"""The key figures of a survey as lines for the terminal: score, range, number of answers, what to check."""

from __future__ import annotations

from typing import Any

from cxdesk.survey.role import Role, role_name
from cxdesk.text import Format, Label, Number, Text, say

_FIGURES = (
    ("nps", "score", say("NPS"), Format.SCORE),
    ("net", "score", say("Net score"), Format.SCORE),
    ("csat", "share", say("CSAT"), Format.PERCENT),
    ("ces", "mean", say("CES"), Format.MEAN),
)


def figure_lines(figures: dict[str, Any]) -> list[Label]:
    """The lines that tell what `inspection.key_figures` found, and what else a report's JSON says, in their order."""
    lines: list[Label] = []
    for key, value, name, shown in _FIGURES:
        for found in [figures[key], *figures.get(f"other_{key}", ())]:
            if found is not None:
                lines.append(_figure(found, value, _marked(found) if key == "nps" else name, shown))
    if figures["weighting"] is not None:
        facts = {key: figures["weighting"][key] for key in ("text", "n")}
        effective = round(figures["weighting"]["effective"])
        lines.append(say("{text}; {n} answers carry the precision of {effective}", effective=effective, **facts))
    if figures["template"] is not None:
        lines.append(figures["template"])
    for gone in figures["left_out"]:
        lines.append(say("Left out: {rows} rows, {reason}", rows=gone["rows"], reason=gone["reason"]))
    for doubt in figures["unsure"]:
        facts = {"question": doubt["question"], "role": role_name(Role(doubt["role"])), "why": doubt["why"]}
        lines.append(say("Please check: “{question}” is used as {role} ({why})", **facts))
    return lines


def _marked(found: dict[str, Any]) -> Text:
    """NPS under the name that it has on every page: that of employees, and that of a scale from 1, are marked."""
    if found["employer"]:
        return say("eNPS (1–10)") if found["scale"][0] == 1 else say("eNPS")
    return say("NPS (1–10)") if found["scale"][0] == 1 else say("NPS")


def _figure(found: dict[str, Any], value: str, name: Text, shown: Format) -> Text:
    facts: dict[str, Any] = {"name": name, "n": found["n"], "question": found["question"]}
    if found[value] is None:
        return say("{name}: too few answers (n = {n}), {question}", **facts)
    facts["score"] = Number(found[value], shown)
    if found["low"] is None:
        return say("{name} {score} (n = {n}), {question}", **facts)
    facts |= {"low": Number(found["low"], shown), "high": Number(found["high"], shown)}
    return say("{name} {score}, from {low} to {high} (n = {n}), {question}", **facts)
