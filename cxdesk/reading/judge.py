"""Decides the role of each question: the order in which possibilities are tried, and the reason that people read."""

from __future__ import annotations

from dataclasses import replace

from cxdesk.reading.choices import is_other, ranking, tick_matrix
from cxdesk.reading.dated import dated
from cxdesk.reading.grouping import EXCLUSIVE, TICKS
from cxdesk.reading.lexicon import asks, plain, tokens
from cxdesk.reading.numbered import amounts, respondent, weight
from cxdesk.reading.operational import operation
from cxdesk.reading.private import private_by_header, private_by_values
from cxdesk.reading.profile import Profile
from cxdesk.reading.repeating import asks_for_words, groups_well, is_wordy, short_list
from cxdesk.reading.shape import (
    Material,
    known_order,
    number_share,
    options_of,
    question,
    scale_of,
    split_of,
)
from cxdesk.reading.stance import effort_ask
from cxdesk.reading.verdict import Verdict, with_doubts
from cxdesk.reading.waves import in_order, is_wave
from cxdesk.reading.wording import judge_scale
from cxdesk.survey.question import Ask, Question, Reading
from cxdesk.survey.role import Kind, Role, Sure
from cxdesk.text import Format, Number, Text, say, say_n

_FEW_WORDS = 7
_CLOSED = 0.8


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
        or weight(material)
        or operation(material)
        or respondent(material)
        or _wave(material)
        or _scored(material)
        or _ranked(material)
        or _multiple(material)
        or _constant(material)
        or amounts(material)
        or _choice_if_repeated(material)
        or _text(material)
    )


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
            if found is None or found.basis == "shifted":
                return None
            if role is Role.RECOMMEND and (found.scale.highest != 10 or found.scale.lowest > 1):
                return None
            scale = replace(found.scale, lowest=0, labels=()) if role is Role.RECOMMEND else found.scale
            verdict = Verdict(role, scale, Sure.SURE, why)
            if role is Role.EFFORT and not found.worded:
                verdict = replace(verdict, sure=Sure.CHECK, ask=effort_ask(scale))
            verdict = with_doubts(verdict, found, material.profile.answered)
            base = question(material, Kind.SCORE, verdict.role, verdict.sure, why)
            return replace(base, scale=scale, ask=verdict.ask)


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


def _wave(material: Material) -> Question | None:
    """The round of a repeated survey in which people answered: groups that are periods as well."""
    if not is_wave(material):
        return None
    options = in_order(options_of(material))
    why = say_n("1 value", "{count} different values", len(options))
    return replace(question(material, Kind.CHOICE, Role.WAVE, Sure.SURE, why), options=options)


def _scored(material: Material) -> Question | None:
    found = scale_of(material)
    verdict = judge_scale(material, found) if found is not None else None
    if verdict is None:
        return None
    base = question(material, Kind.SCORE, verdict.role, verdict.sure, verdict.why)
    return replace(base, scale=verdict.scale, ask=verdict.ask)


def _ranked(material: Material) -> Question | None:
    asked = material.draft.group or material.draft.text
    ordered = material.ranked or ranking(material.profile.spoken)
    if not ordered and not (asks("rank", asked) and number_share(material.profile) >= 0.9):
        return None
    why = say("An order of preference, which is not counted as a score")
    kind = Kind.NUMBER if number_share(material.profile) >= 0.9 else Kind.TEXT
    return question(material, kind, Role.IGNORE, Sure.CHECK, why)


def _multiple(material: Material) -> Question | None:
    if material.draft.write_in and not asks("all_that_apply", material.draft.text):
        return None
    split = split_of(material)
    if split is None:
        return None
    number = len(split.options)
    why = say_n("Several answers in one cell, 1 option", "Several answers in one cell, {count} options", number)
    base = replace(question(material, Kind.MULTIPLE, Role.MULTIPLE, Sure.SURE, why), options=split.options)
    if split.share >= _CLOSED or asks("all_that_apply", material.words):
        return base
    ask = Ask(
        (
            Reading(say("A list of answers that people chose from"), Role.MULTIPLE),
            Reading(say("Words that people wrote themselves"), Role.COMMENT),
        ),
        say("Many of the answers between the commas were given by one person only."),
        needed=False,
    )
    return replace(base, sure=Sure.CHECK, ask=ask)


def _ticks(material: Material) -> Question:
    options = material.draft.options
    matrix = tick_matrix([profile.column for profile in material.profiles], options)
    if not (matrix == 1).any():
        return question(material, Kind.EMPTY, Role.IGNORE, Sure.SURE, say("No answers in these columns"))
    why = say_n("1 column to tick", "{count} columns to tick", len(options))
    return replace(question(material, Kind.MULTIPLE, Role.MULTIPLE, Sure.SURE, why), options=options)


def _constant(material: Material) -> Question | None:
    profile = material.profile
    if (
        len({plain(answer.words) for answer in profile.named}) == 1
        and profile.answered > 1
        and not asks_for_words(material)
    ):
        return question(material, Kind.TEXT, Role.IGNORE, Sure.SURE, say("The same answer everywhere"))
    return None


def _choice_if_repeated(material: Material) -> Question | None:
    profile = material.profile
    if material.draft.write_in and not short_list(profile):
        return None
    if not groups_well(profile) or asks_for_words(material):
        return None
    return _unknown_scale(material) or _choice(material)


def _unknown_scale(material: Material) -> Question | None:
    """Words in answer to a question for a rating that are no scale that we know: groups, but not for sure.

    Words with a known order ("Beginner", "Expert") are no ratings.
    """
    options = options_of(material)
    words = [option for option in options if plain(option) not in tokens("no_answer")]
    if not 3 <= len(words) <= _FEW_WORDS or not asks("rating_words", material.words) or known_order(words):
        return None
    if all(any(sign.isdigit() for sign in word) for word in words) or asks("demographic", material.draft.text):
        return None
    why = say("{count} answers in words that we do not know as a scale", count=len(words))
    ask = Ask(
        (
            Reading(say("Groups of people, one for each answer"), Role.SEGMENT),
            Reading(say("Something else, do not use it"), Role.IGNORE),
        ),
        say("The question asks for a rating, but the order of these answers is not known."),
        needed=False,
    )
    return replace(question(material, Kind.CHOICE, Role.SEGMENT, Sure.CHECK, why), options=options, ask=ask)


def _choice(material: Material) -> Question:
    options = options_of(material)
    yes_no = {plain(option) for option in options} <= tokens("yes") | tokens("no")
    number = len(options)
    why = say("Yes or no") if yes_no and number == 2 else say_n("1 value", "{count} different values", number)
    base = replace(question(material, Kind.CHOICE, Role.SEGMENT, Sure.SURE, why), options=options)
    codes = (
        not yes_no
        and (not asks("demographic", material.spoken) or asks("statement", material.draft.text))
        and all(option.replace(".", "").isdigit() for option in options)
    )
    if not codes:
        return base
    found = scale_of(material)
    scored = (
        (Reading(say("A score: higher is better"), Role.RATING, found.scale),)
        if found is not None and found.basis == "numbers"
        else ()
    )
    ask = Ask(
        (
            Reading(say("Numbers that stand for groups"), Role.SEGMENT),
            *scored,
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
    return is_wordy(material.profile)
