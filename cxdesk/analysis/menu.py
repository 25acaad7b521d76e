"""What the sidebar says about each analysis before its code is there, in the order of the menu and of the report."""

from __future__ import annotations

from dataclasses import dataclass

from cxdesk.text import Text, say


@dataclass(frozen=True, slots=True)
class Entry:
    """One analysis: ``key`` is also the name of its module, ``kind`` its class there.

    ``group`` is the part of the sidebar it stands in: "results", "voices" or "data". ``icon`` names an icon file.
    """

    key: str
    kind: str
    title: Text
    icon: str
    group: str


MENU = (
    Entry("overview", "Overview", say("Overview"), "overview", "results"),
    Entry("scores", "Scores", say("Scores"), "scores", "results"),
    Entry("segments", "Segments", say("Segments"), "segments", "results"),
    Entry("trend", "Trend", say("Trend"), "trend", "results"),
    Entry("compare", "Compare", say("Compare"), "compare", "results"),
    Entry("drivers", "Drivers", say("Drivers"), "drivers", "results"),
    Entry("crosstab", "Crosstab", say("Crosstab"), "crosstab", "results"),
    Entry("operations", "Operations", say("Operations"), "operations", "results"),
    Entry("comments", "Comments", say("Comments"), "comment", "voices"),
    Entry("follow_up", "FollowUp", say("Follow-up"), "follow_up", "voices"),
    Entry("journey", "Journey", say("Journey"), "journey", "voices"),
    Entry("quality", "Quality", say("Data quality"), "quality", "data"),
)


def entry(key: str) -> Entry:
    """The line of the menu with this key; raises `KeyError` if there is none."""
    for found in MENU:
        if found.key == key:
            return found
    raise KeyError(key)
