"""Puts columns together that belong to one question: tick boxes, expanded single choices, grids of ratings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cxdesk.reading.choices import NO, SILENT, SKIPPED, YES, is_other, tick_matrix, ticks
from cxdesk.reading.header import (
    SPLITTERS,
    Title,
    by_bracket,
    by_code,
    by_colon,
    by_colon_behind,
    by_slash,
    clean,
    common_stem,
)
from cxdesk.reading.lexicon import asks, plain, tokens
from cxdesk.reading.numerals import is_bare
from cxdesk.reading.profile import Profile

SINGLE, TICKS, EXCLUSIVE = "single", "ticks", "exclusive"
_ALL_THAT_APPLY = re.compile(
    r"all that apply|select all|check all|as many|multiple answers|tick all|多选|可多选|不定项|mehrfach"
    r"|plusieurs réponses|varias|todas las",
    re.I,
)
_EXCLUSIVE_FROM = 30
_CODE_ONLY = re.compile(r"^[A-Za-z_]{0,12}\d[A-Za-z0-9_.-]{0,20}$")


@dataclass(frozen=True, slots=True)
class Draft:
    """Columns of one question before anyone knows its role.

    ``shape``: "single" column; "ticks" (any number of ``options``, one column each); "exclusive" (one column per option
    of a single choice). ``group`` is the stem of a grid that the column is a row of.
    """

    columns: tuple[int, ...]
    text: str
    group: str = ""
    shape: str = SINGLE
    options: tuple[str, ...] = ()
    write_in: bool = False


def group_columns(
    titles: Sequence[Title], profiles: Sequence[Profile], own: Sequence[bool], *, spread: bool = True
) -> list[Draft]:
    """Put columns into questions. ``own`` marks the platform's own columns, which stay alone.

    ``spread`` says whether the file may spread a single choice over one column per option. Columns without a header
    and without answers make no question.
    """
    expanded = spread and not any(title.whole for title in titles)
    split = _split_titles(titles, profiles, own)
    drafts: list[Draft] = []
    for start, end in _runs([title.stem if not mine else "" for title, mine in zip(split, own, strict=True)]):
        if end - start == 1 or not split[start].stem:
            drafts += [_alone(split[place], place) for place in range(start, end)]
        else:
            drafts += _question(split[start:end], profiles[start:end], start, expanded)
    drafts = _boxes_named_like_their_ticks(drafts, profiles, own)
    return [draft for draft in drafts if draft.text or any(profiles[column].filled for column in draft.columns)]


def _alone(title: Title, place: int) -> Draft:
    if title.written and title.option:
        return Draft((place,), title.option, group=title.text, write_in=True)
    text = title.text if not title.option or title.text == title.option else f"{title.text} [{title.option}]"
    return Draft((place,), text, write_in=title.written)


def _runs(stems: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Stretches of neighbours with the same stem; columns without a stem stand alone."""
    start = 0
    for place in range(1, len(stems) + 1):
        if place == len(stems) or stems[place] != stems[start] or not stems[start]:
            yield start, place
            start = place


def _split_titles(titles: Sequence[Title], profiles: Sequence[Profile], own: Sequence[bool]) -> list[Title]:
    """Find stems and options in titles that do not have them yet, one way of writing after the other."""
    result = list(titles)
    for splitter in SPLITTERS:
        parts = [
            splitter(title) if not title.stem and not mine and title.text else None
            for title, mine in zip(result, own, strict=True)
        ]
        for start, end in _runs([part[0] if part else "" for part in parts]):
            found = [part for part in parts[start:end] if part is not None]
            if len(found) < 2 or len({option for _, option in found}) < 2:
                continue
            if not _belong_together(profiles[start:end], splitter):
                continue
            for place, (stem, option) in zip(
                range(start, end), _worded(result[start:end], found, splitter), strict=True
            ):
                result[place] = replace(result[place], text=stem, stem=f"{splitter.__name__}:{stem}", option=option)
    return result


def _worded(
    titles: Sequence[Title], parts: list[tuple[str, str]], splitter: Callable[[Title], tuple[str, str] | None]
) -> list[tuple[str, str]]:
    """Codes group columns; the words of the question come from the texts beside the codes, if there are any."""
    texts = [title.text for title in titles]
    if splitter is not by_code or all(title.code in ("", title.text) for title in titles):
        if splitter is by_code:
            return [(stem, text) for (stem, _), text in zip(parts, texts, strict=True)]
        return parts
    stem, options = common_stem(texts)
    if not stem:
        return [(part[0], text) for part, text in zip(parts, texts, strict=True)]
    return [(stem, option or part[1]) for option, part in zip(options, parts, strict=True)]


def _belong_together(profiles: Sequence[Profile], splitter: Callable[[Title], tuple[str, str] | None]) -> bool:
    """Whether columns with a shared beginning also hold the same kind of answers."""
    boxes = [_is_box(profile) for profile in profiles]
    if sum(boxes) >= 2 and sum(boxes) >= len(boxes) - 1:
        return True
    if splitter is by_bracket:
        return True
    if splitter in (by_colon, by_colon_behind) and asks("date", profiles[0].header):
        return False
    filled = [profile for profile in profiles if profile.answered]
    if len(filled) < 2 or any(profile.distinct > 15 for profile in filled):
        return False
    words = [{plain(answer.words) for answer in profile.spoken} for profile in filled]
    numeric = [all(is_bare(answer.words) for answer in profile.spoken) for profile in filled]
    if splitter is by_slash:
        # Slashes also stand between the groups of a form and its questions.
        common = set.union(*words)
        return len(common) <= 12 and all(len(part) >= 0.6 * len(common) for part in words)
    if all(numeric):
        return True
    common = set.union(*words)
    return not any(numeric) and len(common) <= 12 and all(len(part & common) >= 0.4 * len(common) for part in words)


def _is_box(profile: Profile) -> bool:
    if profile.distinct > 12:
        return False
    return ticks(profile.column) is not None


def _question(titles: Sequence[Title], profiles: Sequence[Profile], start: int, expanded: bool) -> list[Draft]:
    """Make questions of neighbours with one stem."""
    text = titles[0].text
    leads = [place for place, title in enumerate(titles) if not title.option]
    rest = [place for place in range(len(titles)) if place not in leads]
    written = [
        place for place in rest if is_other(titles[place].option) and _is_written(profiles[place], titles[place])
    ]
    boxes = [
        place for place in rest if place not in written and _is_box(profiles[place]) and not _is_text(profiles[place])
    ]
    drafts = [Draft((start + place,), text) for place in leads]
    if len(boxes) >= 2 and len(boxes) + len(written) >= 0.6 * len(rest) and not _scored(profiles, boxes):
        if leads or any(is_other(titles[place].option) for place in boxes):
            # There is a box of its own for "Other"; this column only holds the words.
            written = []
        # The box for other answers comes last, also where the file has it first: its words are a question of their own.
        members = [*boxes, *written]
        drafts.append(
            _tick_question(
                text,
                [titles[place] for place in members],
                [profiles[place] for place in members],
                tuple(start + place for place in members),
                expanded,
            )
        )
        others = [place for place in rest if place not in members]
        drafts += [_row(titles[place], start + place, text, write_in=True) for place in {*others, *written}]
    else:
        alone = len(rest) == 1
        drafts += [
            _row(titles[place], start + place, text, write_in=bool(leads) and (alone or is_other(titles[place].option)))
            for place in rest
        ]
    return sorted(drafts, key=lambda draft: (draft.columns[0], len(draft.columns) == 1))


def _scored(profiles: Sequence[Profile], boxes: Sequence[int]) -> bool:
    """Whether the columns of a grid of ratings happen to hold very few different answers."""
    words = {plain(answer.words) for place in boxes for answer in profiles[place].spoken} - SKIPPED
    single = [place for place in boxes if len(profiles[place].spoken) <= 1]
    numbers = {word for word in words if is_bare(word)}
    return len(numbers) == len(words) > 2 and len(single) < 0.8 * len(boxes)


def _row(title: Title, place: int, stem: str, write_in: bool) -> Draft:
    return Draft((place,), title.option or title.text, group=stem, write_in=write_in)


def _is_written(profile: Profile, title: Title) -> bool:
    """Whether the column of an "Other" option holds words of its own instead of ticks."""
    ticked = {plain(title.option), *tokens("yes"), *tokens("no")}
    return any(plain(answer.words) not in ticked for answer in profile.named)


def _is_text(profile: Profile) -> bool:
    return profile.distinct > 2 and any(len(answer.words) > 40 for answer in profile.answers)


def _tick_question(
    text: str, titles: Sequence[Title], profiles: Sequence[Profile], places: tuple[int, ...], expanded: bool
) -> Draft:
    options = tuple(_option(title, profile) for title, profile in zip(titles, profiles, strict=True))
    return Draft(
        places, text, shape=EXCLUSIVE if _exclusive(text, options, profiles, expanded) else TICKS, options=options
    )


def _option(title: Title, profile: Profile) -> str:
    """The name of a box: its header, or what its ticked cells say where the header is only a code."""
    ticked = [answer.words for answer in profile.spoken if plain(answer.words) not in tokens("no")]
    if len(ticked) != 1 or not _CODE_ONLY.match(title.option):
        return title.option
    return title.option if plain(ticked[0]) in tokens("yes") or is_bare(ticked[0]) else ticked[0]


def _exclusive(text: str, options: Sequence[str], profiles: Sequence[Profile], expanded: bool) -> bool:
    """Whether nobody ticked more than one box that shows its own text: a single choice in columns (FORMATS.md 3.2)."""
    if _ALL_THAT_APPLY.search(text) or not expanded:
        return False
    shown = [profile for profile in profiles if profile.distinct]
    if not shown or any(
        plain(a.words) in tokens("yes") | tokens("no") and plain(a.words) != plain(o)
        for p, o in zip(profiles, options, strict=True)
        for a in p.spoken
    ):
        return False
    matrix = tick_matrix([profile.column for profile in profiles], options)
    if (matrix == NO).sum() == 0 and (matrix == SILENT).all():
        return False
    per_person = (matrix == YES).sum(axis=0)
    answered = int(np.count_nonzero(per_person))
    return int(per_person.max(initial=0)) == 1 and answered >= min(_EXCLUSIVE_FROM, len(per_person))


def _boxes_named_like_their_ticks(drafts: list[Draft], profiles: Sequence[Profile], own: Sequence[bool]) -> list[Draft]:
    """Neighbouring columns whose only answer is their own header, or "x", are the options of one question (Typeform).

    A column "Other" with free words closes the group.
    """

    def named(draft: Draft) -> bool:
        if draft.shape != SINGLE or draft.group or own[draft.columns[0]]:
            return False
        profile = profiles[draft.columns[0]]
        if profile.distinct != 1 or not profile.answers:
            return False
        only = plain(clean(profile.answers[0].words))
        return only == plain(draft.text) or (only in tokens("yes") and profile.filled < profile.rows)

    result: list[Draft] = []
    place = 0
    while place < len(drafts):
        end = place
        while end < len(drafts) and named(drafts[end]):
            end += 1
        if end - place < 2:
            result.append(drafts[place])
            place += 1
            continue
        members = drafts[place:end]
        closing = end < len(drafts) and drafts[end].shape == SINGLE and is_other(drafts[end].text)
        write_in = drafts[end] if closing else None
        columns = tuple(draft.columns[0] for draft in (*members, *((write_in,) if write_in else ())))
        options = tuple(draft.text for draft in (*members, *((write_in,) if write_in else ())))
        text = " / ".join(options[:3]) + (" …" if len(options) > 3 else "")
        result.append(Draft(columns, text, shape=TICKS, options=options))
        if write_in is not None:
            result.append(replace(write_in, group=text, write_in=True))
        place = end + (write_in is not None)
    return result
