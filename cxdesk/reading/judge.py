"""Decides the role of each question: the order in which possibilities are tried, and the reason that people read."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from cxdesk.reading.choices import is_other, ranking, tick_matrix
from cxdesk.reading.dated import dated
from cxdesk.reading.dates import order_of
from cxdesk.reading.grouping import EXCLUSIVE, TICKS
from cxdesk.reading.lexicon import asks, plain, tokens
from cxdesk.reading.numerals import number_in
from cxdesk.reading.private import private_by_header, private_by_values
from cxdesk.reading.profile import Profile
from cxdesk.reading.shape import Material, multiple_options, number_share, options_of, question, scale_of
from cxdesk.reading.wording import judge_scale
from cxdesk.survey.question import Ask, Question, Reading
from cxdesk.survey.role import Kind, Role, Sure
from cxdesk.text import Format, Number, Text, say, say_n

_MOST_GROUPS = 1000
_SHORT_HEADER = 25
_OFTEN = 5


def judge(material: Material) -> Question:
    """Decide what a question is used for. Never raises: what fits nothing is text that is not used."""
    if material.draft.shape == TICKS:
        return _ticks(material)
    if material.draft.shape == EXCLUSIVE:
        return _scored(material) or _choice(material)
    profile = material.profile
    if not profile.filled or not profile.spoken:
        return question(material, Kind.EMPTY, Role.IGNORE, Sure.SURE, say("No answers in this column"))
    if material.known is not None:
        known = _known(material, material.known)
        if known is not None:
            return known
    return (
        _private(material)
        or _group_of_recommend(material)
        or dated(material)
        or _weight(material)
        or _respondent(material)
        or _scored(material)
        or _ranked(material)
        or _multiple(material)
        or _constant(material)
        or _numbers(material)
        or _choice_if_repeated(material)
        or _text(material)
    )


def groups_well(profile: Profile) -> bool:
    """Whether a column's answers repeat like the names of groups: a few, or many that each come back often."""
    spoken = profile.named
    distinct = len({plain(answer.words) for answer in spoken}) + profile.distinct - len(profile.answers)
    answered = max(profile.answered, 1)
    longest = max((len(answer.words) for answer in spoken), default=0)
    average = sum(len(answer.words) * answer.count for answer in spoken) / max(sum(a.count for a in spoken), 1)
    if distinct < 2 or distinct > _MOST_GROUPS or profile.distinct > len(profile.answers):
        return False
    if distinct <= 6 and (answered >= 2 * distinct or (answered < 12 and distinct < answered)) and longest <= 300:
        return True
    if average > 80 or longest > 300:
        return False
    if distinct <= 40 and answered >= 3 * distinct:
        return True
    if distinct <= 60 and answered >= 5 * distinct:
        return True
    return average <= 40 and longest <= 120 and answered >= 8 * distinct


def _known(material: Material, role: Role) -> Question | None:
    """A platform's own column. None if the cells do not fit what it should be; it is then judged like any other."""
    why = say("A column of the survey platform")
    match role:
        case Role.RESPONDENT:
            return question(material, Kind.TEXT, role, Sure.SURE, say("The platform's number for each answer"))
        case Role.PRIVATE:
            return question(material, Kind.TEXT, role, Sure.SURE, say("Personal data, not used"))
        case Role.DATE:
            return dated(material)
        case Role.SEGMENT:
            if groups_well(material.profile):
                return replace(_choice(material), why=why, of_platform=True)
            return question(material, Kind.TEXT, Role.IGNORE, Sure.SURE, why)
        case Role.IGNORE:
            day = dated(material)
            if day is not None:
                return replace(day, role=Role.IGNORE, sure=Sure.SURE, ask=None, why=why)
            kind = Kind.NUMBER if number_share(material.profile) >= 0.9 else Kind.TEXT
            return question(material, kind, Role.IGNORE, Sure.SURE, why)
        case Role.COMMENT:
            return question(material, Kind.TEXT, role, Sure.SURE, _free_text(material.profile))
        case _:
            found = scale_of(material)
            if found is None or (role is Role.RECOMMEND and (found.scale.highest != 10 or found.scale.lowest > 1)):
                return None
            scale = replace(found.scale, lowest=0, labels=()) if role is Role.RECOMMEND else found.scale
            return replace(question(material, Kind.SCORE, role, Sure.SURE, why), scale=scale)


def _private(material: Material) -> Question | None:
    # "Satisfaction with the passport office" speaks of passports and holds scores.
    announced = private_by_header(material.profile) and not _is_plainly_scored(material)
    if not announced and not private_by_values(material.profile):
        return None
    return question(material, Kind.TEXT, Role.PRIVATE, Sure.SURE, say("Personal data, not used"))


def _is_plainly_scored(material: Material) -> bool:
    found = scale_of(material)
    return found is not None and found.seen >= 3 and material.profile.answered >= 4 * found.seen


def _group_of_recommend(material: Material) -> Question | None:
    """The groups that a platform derives from the score (Qualtrics Q5_NPS_GROUP) are no rating."""
    words = {plain(answer.words) for answer in material.profile.spoken}
    told = any(asks("recommend_group", part) for part in (material.draft.text, *material.profile.column.header))
    derived = words <= {
        "detractor",
        "passive",
        "promoter",
        "detractors",
        "passives",
        "promoters",
        "贬损者",
        "中立者",
        "被动者",
        "推荐者",
    }
    if not (derived or (told and words <= {"1", "2", "3"})):
        return None
    why = say("Groups that the platform made from the score")
    return replace(question(material, Kind.CHOICE, Role.IGNORE, Sure.SURE, why), options=options_of(material))


def _weight(material: Material) -> Question | None:
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


def _respondent(material: Material) -> Question | None:
    profile = material.profile
    unique = profile.distinct >= 0.9 * profile.filled
    told = any(asks("respondent", part) for part in (material.draft.text, *profile.column.header) if part)
    if told and unique and not any(" " in answer.cell.strip() for answer in profile.answers[:50]):
        return question(material, Kind.TEXT, Role.RESPONDENT, Sure.SURE, say("All values differ"))
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


def _is_code(cell: str) -> bool:
    """Letters and digits in one piece, as programs number things; people's words have spaces or other letters."""
    mixed = any(sign.isdigit() for sign in cell) and any(sign.isalpha() for sign in cell)
    return mixed and cell.isascii() and not set(" /:") & set(cell)


def _counts_up(profile: Profile) -> bool:
    numbers = sorted(int(answer.cell) for answer in profile.answers)
    return numbers[0] in (0, 1, 2) and numbers[-1] <= 1.2 * profile.filled + 2


def _scored(material: Material) -> Question | None:
    found = scale_of(material)
    verdict = judge_scale(material, found) if found is not None else None
    if verdict is None:
        return None
    base = question(material, Kind.SCORE, verdict.role, verdict.sure, verdict.why)
    return replace(base, scale=verdict.scale, ask=verdict.ask)


def _ranked(material: Material) -> Question | None:
    if not asks("rank", material.words) and not ranking(material.profile.spoken):
        return None
    if not ranking(material.profile.spoken) and number_share(material.profile) < 0.9:
        return None
    why = say("An order of preference, which is not counted as a score")
    kind = Kind.NUMBER if number_share(material.profile) >= 0.9 else Kind.TEXT
    return question(material, kind, Role.IGNORE, Sure.CHECK, why)


def _multiple(material: Material) -> Question | None:
    options = multiple_options(material)
    if not options:
        return None
    why = say_n("Several answers in one cell, 1 option", "Several answers in one cell, {count} options", len(options))
    return replace(question(material, Kind.MULTIPLE, Role.MULTIPLE, Sure.SURE, why), options=options)


def _ticks(material: Material) -> Question:
    options = material.draft.options
    matrix = tick_matrix([profile.column for profile in material.profiles], options)
    if not (matrix == 1).any():
        return question(material, Kind.EMPTY, Role.IGNORE, Sure.SURE, say("No answers in these columns"))
    why = say_n("1 column to tick", "{count} columns to tick", len(options))
    return replace(question(material, Kind.MULTIPLE, Role.MULTIPLE, Sure.SURE, why), options=options)


def _numbers(material: Material) -> Question | None:
    profile = material.profile
    if number_share(profile) < 0.9 or profile.column.labels:
        return None
    values = [number_in(answer.cell) for answer in profile.spoken]
    values = [value for value in values if not math.isnan(value)]
    whole = all(value == int(value) for value in values)
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


def _shown(value: float) -> Number | str:
    """Years are written without a thousands separator."""
    return str(int(value)) if 1800 <= value <= 2200 and value == int(value) else Number(value, Format.GENERAL)


def _constant(material: Material) -> Question | None:
    profile = material.profile
    if (
        len({plain(answer.words) for answer in profile.named}) == 1
        and profile.answered > 1
        and not _asks_for_words(material)
    ):
        return question(material, Kind.TEXT, Role.IGNORE, Sure.SURE, say("The same answer everywhere"))
    return None


def _choice_if_repeated(material: Material) -> Question | None:
    profile = material.profile
    if material.draft.write_in and not _short_list(profile):
        return None
    if not groups_well(profile) or _asks_for_words(material):
        return None
    return _choice(material)


def _asks_for_words(material: Material) -> bool:
    """Whether a header asks for comments and people wrote some: under a short one ("Why?", "建议") one is enough.

    Under a long one ("Why did you choose us?") the texts must hardly repeat, as options would.
    """
    text = material.draft.text
    profile = material.profile
    if not asks("comment", text):
        return False
    if len(text) > _SHORT_HEADER:
        return profile.answered < _OFTEN * profile.distinct and _is_wordy(profile)
    return any(_is_sentence(answer.words) for answer in material.profile.spoken)


def _short_list(profile: Profile) -> bool:
    return profile.distinct <= 6 and profile.answered >= 10 * profile.distinct


def _choice(material: Material) -> Question:
    options = options_of(material)
    yes_no = {plain(option) for option in options} <= tokens("yes") | tokens("no")
    number = len(options)
    why = say("Yes or no") if yes_no and number == 2 else say_n("1 value", "{count} different values", number)
    base = replace(question(material, Kind.CHOICE, Role.SEGMENT, Sure.SURE, why), options=options)
    codes = (
        not yes_no
        and not asks("demographic", material.spoken)
        and all(option.replace(".", "").isdigit() for option in options)
    )
    if not codes:
        return base
    ask = Ask(
        (
            Reading(say("Numbers that stand for groups"), Role.SEGMENT),
            Reading(say("Something else, do not use it"), Role.IGNORE),
        ),
        say("The header does not say what the numbers mean."),
        needed=False,
    )
    return replace(base, sure=Sure.CHECK, ask=ask, why=say_n("1 number", "{count} different numbers", number))


def _text(material: Material) -> Question:
    profile = material.profile
    if _reads_like_comments(material):
        return question(material, Kind.TEXT, Role.COMMENT, Sure.SURE, _free_text(profile))
    return question(material, Kind.TEXT, Role.IGNORE, Sure.SURE, say("Short texts that hardly repeat"))


def _free_text(profile: Profile) -> Text:
    share = profile.answered / profile.rows if profile.rows else 0.0
    return say("Free text, {share} filled in", share=Number(share, Format.PERCENT))


def _reads_like_comments(material: Material) -> bool:
    """Whether texts are written by people in sentences, or the header asks for them."""
    spoken = material.profile.spoken
    links = sum("://" in answer.cell for answer in spoken)
    if links >= 0.5 * len(spoken):
        return False
    if asks("comment", material.draft.text) or is_other(material.draft.text):
        return True
    return _is_wordy(material.profile)


def _is_wordy(profile: Profile) -> bool:
    spoken = profile.spoken
    return sum(_is_sentence(answer.words) for answer in spoken) >= 0.3 * len(spoken)


def _is_sentence(text: str) -> bool:
    wide = sum("\u3040" <= sign <= "\u9fff" or "\uac00" <= sign <= "\ud7af" for sign in text)
    return wide >= 6 or len(text.split()) >= 4
