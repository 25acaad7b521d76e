"""What the columns around a column tell about it: the numbers and words of its grid, a ranking, ratings in a row.

One column of a grid may happen to lack the lowest answer; its neighbours show that it was there to choose.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxdesk.reading import verbal
from cxdesk.reading.grouping import SINGLE, Draft
from cxdesk.reading.lexicon import asks, plain, tokens
from cxdesk.reading.numerals import score_in
from cxdesk.reading.profile import Profile
from cxdesk.reading.reach import pooled
from cxdesk.reading.scales import counts_of, end_words, top_of
from cxdesk.survey.dataset import Column
from cxdesk.survey.role import Role

_BATTERY = 3
_RANKS = 3
_ENOUGH = 5
_LOOKED_AT = 5_000
_SHARE = 0.95
_FEW = 30
_MOST_POINTS = 11
_PLACE = re.compile(r"^(?:(?:rank|rang|ranking|rangfolge|place|platz|puesto|orden|第)\s*)?\d{1,2}\s*(?:位|名)?$", re.I)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The numbers, with the people who gave each, and the words that columns with the same scale hold.

    ``ranked`` is true if the columns of a question hold places: no two of a person are the same; ``battery`` if the
    column stands among others with small whole numbers.
    """

    numbers: tuple[tuple[int, int], ...] = ()
    words: tuple[str, ...] = ()
    ranked: bool = False
    battery: bool = False


def neighbours(
    drafts: Sequence[Draft], profiles: Sequence[Profile], known: Sequence[Role | None]
) -> tuple[Neighbours, ...]:
    """What the neighbours of each draft tell. ``known`` are the roles of the platform's own columns."""
    asked = [draft.shape == SINGLE and known[draft.columns[0]] is None for draft in drafts]
    numbers = _numbers(drafts, profiles, asked)
    words = _words(drafts, profiles, asked)
    ranked = _ranked(drafts, profiles, asked)
    batteries = _batteries(drafts, profiles, asked)
    return tuple(
        Neighbours(numbers[place], words[place], place in ranked, place in batteries) for place in range(len(drafts))
    )


def _numbers(
    drafts: Sequence[Draft], profiles: Sequence[Profile], asked: Sequence[bool]
) -> list[tuple[tuple[int, int], ...]]:
    shared: dict[tuple[str, frozenset[str]], list[dict[int, int]]] = defaultdict(list)
    keys: list[tuple[str, frozenset[str]] | None] = []
    for draft, is_asked in zip(drafts, asked, strict=True):
        key = None
        if is_asked:
            profile = profiles[draft.columns[0]]
            ends = end_words(profile)
            if ends or draft.group:
                key = ("" if ends else draft.group, ends)
                shared[key].append(counts_of(profile))
        keys.append(key)
    together = {key: tuple(sorted(pooled(columns).items())) for key, columns in shared.items()}
    return [together[key] if key is not None else () for key in keys]


def _words(drafts: Sequence[Draft], profiles: Sequence[Profile], asked: Sequence[bool]) -> list[tuple[str, ...]]:
    """The words of the same grid; for few answers also those of other questions with a scale of the same kind."""
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    kinds: dict[str, dict[str, str]] = defaultdict(dict)
    own: list[tuple[dict[str, str], str]] = []
    for draft, is_asked in zip(drafts, asked, strict=True):
        texts = _scale_words(profiles[draft.columns[0]]) if is_asked else {}
        found = verbal.match(list(texts.values())) if len(texts) > 1 else None
        kind = found.measure if found is not None else ""
        own.append((texts, kind))
        if draft.group and texts:
            groups[draft.group].update(texts)
        if kind:
            kinds[kind].update(texts)
    result: list[tuple[str, ...]] = []
    for draft, (texts, kind) in zip(drafts, own, strict=True):
        few = bool(texts) and profiles[draft.columns[0]].answered < _FEW
        offered = [groups[draft.group] if draft.group and texts else {}, kinds[kind] if kind and few else {}]
        wider = next((words for words in reversed(offered) if _fits(texts, words)), {})
        result.append(tuple(words for key, words in wider.items() if key not in texts))
    return result


def _fits(texts: dict[str, str], words: dict[str, str]) -> bool:
    return len(words) > len(texts) and verbal.match(list({**words, **texts}.values())) is not None


def _scale_words(profile: Profile) -> dict[str, str]:
    """The answers of a column that could be a scale of words, by the form in which words are compared."""
    texts = {plain(answer.words): answer.words for answer in profile.spoken}
    if not 1 <= len(texts) <= _MOST_POINTS or any(score_in(text) for text in texts.values()):
        return {}
    return texts


def _batteries(drafts: Sequence[Draft], profiles: Sequence[Profile], asked: Sequence[bool]) -> set[int]:
    """Drafts in stretches of small whole numbers: ratings of several points are asked in a row."""
    alike = [
        is_asked
        and not draft.group
        and top_of(profiles[draft.columns[0]]) in range(4, 8)
        and not asks("not_score", f"{draft.text} {short_code(profiles[draft.columns[0]].column)}")
        for draft, is_asked in zip(drafts, asked, strict=True)
    ]
    marked: set[int] = set()
    start = 0
    for place in range(len(alike) + 1):
        if place < len(alike) and alike[place]:
            continue
        if place - start >= _BATTERY:
            marked.update(range(start, place))
        start = place + 1
    return marked


def short_code(column: Column) -> str:
    """The short code above the question, where the file has one."""
    return column.header[0] if len(column.header) > 1 else ""


def _ranked(drafts: Sequence[Draft], profiles: Sequence[Profile], asked: Sequence[bool]) -> set[int]:
    groups: dict[str, list[int]] = defaultdict(list)
    for place, (draft, is_asked) in enumerate(zip(drafts, asked, strict=True)):
        if is_asked and draft.group and not draft.write_in:
            groups[draft.group].append(place)
    found: set[int] = set()
    for places in groups.values():
        columns = [profiles[drafts[place].columns[0]] for place in places]
        titled = all(_PLACE.match(drafts[place].text) for place in places)
        seen: dict[str, int] = {}
        tables = [_texts(profile, seen) if titled else _places(profile, len(places)) for profile in columns]
        known = [table for table in tables if table is not None]
        if len(places) >= _RANKS and len(known) == len(places) and _all_differ(columns, known):
            found.update(places)
    return found


def _places(profile: Profile, most: int) -> NDArray[np.int64] | None:
    """For each distinct cell its place from 1 to ``most``, 0 for none; None if the column holds anything else."""
    table = np.zeros(len(profile.column.values), dtype=np.int64)
    if profile.distinct > most + 4:
        return None
    for position, cell in enumerate(profile.column.values):
        found = score_in(cell) if cell and plain(cell) not in tokens("no_answer") else None
        if cell and found is None and plain(cell) not in tokens("no_answer"):
            return None
        if found is not None and (found[1] or found[0] > most):
            return None
        table[position] = max(found[0], 0) if found is not None else 0
    return table


def _texts(profile: Profile, seen: dict[str, int]) -> NDArray[np.int64] | None:
    """For each distinct cell a number that is the same wherever its text stands, 0 for empty cells."""
    if profile.distinct > _MOST_POINTS:
        return None
    cells = [plain(cell) if cell else "" for cell in profile.column.values]
    return np.array([seen.setdefault(cell, len(seen) + 1) if cell else 0 for cell in cells], dtype=np.int64)


def _all_differ(profiles: Sequence[Profile], tables: Sequence[NDArray[np.int64]]) -> bool:
    """Whether hardly anybody gave the same place twice, and people did not all give the same order."""
    step = max(profiles[0].rows // _LOOKED_AT, 1)
    rows = np.stack([table[profile.column.codes[::step]] for profile, table in zip(profiles, tables, strict=True)])
    several = (rows != 0).sum(axis=0) >= _RANKS
    rows = rows[:, several]
    if rows.shape[1] < _ENOUGH or not (rows != rows[:, :1]).any():
        return False
    ordered = np.sort(rows, axis=0)
    twice = ((ordered[1:] == ordered[:-1]) & (ordered[1:] != 0)).any(axis=0)
    return int(np.count_nonzero(~twice)) >= _SHARE * int(rows.shape[1])
