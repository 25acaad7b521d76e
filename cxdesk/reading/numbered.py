"""Columns of numbers that are no scores: weights, the numbers of respondents, amounts and times."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from cxdesk.reading.dates import order_of
from cxdesk.reading.lexicon import asks
from cxdesk.reading.numerals import number_in
from cxdesk.reading.profile import Profile
from cxdesk.reading.repeating import groups_well
from cxdesk.reading.shape import Material, number_share, question
from cxdesk.survey.question import Ask, Question, Reading
from cxdesk.survey.role import Kind, Role, Sure
from cxdesk.text import Format, Number, say


def weight(material: Material) -> Question | None:
    """A weight per respondent, which is never used without asking: decimals around 1 under a header that says so."""
    profile = material.profile
    header = material.header or material.draft.text
    if not (asks("weight", header) or asks("weight", material.draft.text)) or number_share(profile) < 0.95:
        return None
    values = [number_in(answer.cell) for answer in profile.spoken]
    counts = [answer.count for answer in profile.spoken]
    mean = float(np.average(values, weights=counts)) if values else 0.0
    if (
        not values
        or min(values) < 0
        or not 0.2 <= mean <= 5
        or len(set(values)) < 2
        or all(value == int(value) for value in values)
    ):
        return None
    ask = Ask(
        (
            Reading(say("A weight: people with 2 count twice"), Role.WEIGHT),
            Reading(say("Something else, do not use it"), Role.IGNORE),
        ),
        say("The header speaks of a weight and the numbers lie around {mean}.", mean=Number(mean, Format.GENERAL)),
        needed=False,
    )
    base = question(
        material, Kind.NUMBER, Role.WEIGHT, Sure.CHECK, say("Decimals around {mean}", mean=Number(mean, Format.GENERAL))
    )
    return replace(base, ask=ask)


def respondent(material: Material) -> Question | None:
    """A number or code for each respondent: announced by the header, or a row number, or all different and coded."""
    profile = material.profile
    unique = profile.distinct >= 0.9 * profile.filled
    told = any(asks("respondent", part) for part in (material.draft.text, *profile.column.header) if part)
    if told and unique and not any(" " in answer.cell.strip() for answer in profile.answers[:50]):
        all_differ = profile.distinct == profile.filled
        reason = say("All values differ") if all_differ else say("Nearly all values differ")
        return question(material, Kind.TEXT, Role.RESPONDENT, Sure.SURE, reason)
    if profile.filled < 10 or profile.distinct != profile.filled or profile.filled < 0.95 * profile.rows:
        return None
    cells = [answer.cell for answer in profile.answers]
    if all(cell.isdigit() for cell in cells):
        # Sorted numbers without gaps are a row number, long ones an identifier; both are no answers.
        if (len({len(cell) for cell in cells}) <= 2 and len(cells[0]) >= 6) or _counts_up(profile):
            return question(material, Kind.TEXT, Role.RESPONDENT, Sure.SURE, say("All values differ"))
        return None
    coded = sum(_is_code(cell) for cell in cells)
    if coded >= 0.95 * len(cells) and min(map(len, cells)) >= 6 and order_of(cells[:20]) is None:
        return question(material, Kind.TEXT, Role.RESPONDENT, Sure.SURE, say("All values differ"))
    return None


def amounts(material: Material) -> Question | None:
    """Amounts, ages, years, times: numbers that are no scale; None if they repeat like the codes of groups."""
    profile = material.profile
    if number_share(profile) < 0.9 or profile.column.labels:
        return None
    values = [number_in(answer.cell) for answer in profile.spoken]
    values = [value for value in values if not math.isnan(value)]
    whole = all(value == int(value) for value in values)
    clock = sum(":" in answer.cell for answer in profile.spoken) >= 0.5 * len(profile.spoken)
    if clock:
        return question(material, Kind.NUMBER, Role.IGNORE, Sure.SURE, say("Times of day or durations"))
    if (
        whole
        and groups_well(profile)
        and (
            profile.distinct <= 12
            or (
                asks("demographic", material.spoken)
                and profile.distinct <= 40
                and not asks("not_score", material.spoken)
            )
        )
    ):
        return None
    # One slip of the keyboard (12321231231) should not be what people read.
    edges = np.percentile(values, [2, 98], method="nearest").tolist()
    low, high = (_shown(edge) for edge in edges)
    return question(
        material,
        Kind.NUMBER,
        Role.IGNORE,
        Sure.SURE,
        say("Numbers, mostly {low} to {high}, no scale", low=low, high=high),
    )


def _is_code(cell: str) -> bool:
    """Letters and digits in one piece, as programs number things; people's words have spaces or other letters."""
    mixed = any(sign.isdigit() for sign in cell) and any(sign.isalpha() for sign in cell)
    return mixed and cell.isascii() and not set(" /:") & set(cell)


def _counts_up(profile: Profile) -> bool:
    numbers = sorted(int(answer.cell) for answer in profile.answers)
    return numbers[0] in (0, 1, 2) and numbers[-1] <= 1.2 * profile.filled + 2


def _shown(value: float) -> Number | str:
    """Years are written without a thousands separator."""
    return str(int(value)) if 1800 <= value <= 2200 and value == int(value) else Number(value, Format.GENERAL)
