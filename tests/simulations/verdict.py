"""One line of the table: what was simulated, what came out, what it should be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """``value`` is in percent unless ``name`` says otherwise."""

    name: str
    value: float
    wanted: str
    passed: bool
