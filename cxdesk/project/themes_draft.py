"""Lists of themes while a person edits them: added, renamed, merged, moved, pasted. Nothing is lost by mistake.

Every function gives a new list; names stay different from each other, because chosen rows and typed feasibility are
known by them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from cxdesk.survey.theme import Theme

Themes = tuple[Theme, ...]

_BETWEEN_WORDS = re.compile(r"[\n\r\t,，、;；]+")
_AFTER_NAME = re.compile(r"[\t:：]")
_MOST_THEMES, _MOST_WORDS, _LONGEST = 100, 500, 80


def words_typed(text: str) -> tuple[str, ...]:
    """The words in a field: one per line, or with commas between them; each once, in their order."""
    words = (" ".join(word.split())[:_LONGEST] for word in _BETWEEN_WORDS.split(text))
    return tuple(dict.fromkeys(word for word in words if word.strip("*")))[:_MOST_WORDS]


def pasted_themes(text: str) -> Themes:
    """Themes out of lines such as "Price: expensive, cheap, -cheap talk"; a minus means: does not count.

    Cells of a spreadsheet do as well, the name in the first one. Lines with the same name are one theme; lines without
    words are left out.
    """
    found: dict[str, Theme] = {}
    for line in text.splitlines():
        name, _, rest = _parted(line)
        words = words_typed(rest)
        if not name or not words:
            continue
        before = found.get(name, Theme(name, ()))
        include = tuple(word for word in words if not word.startswith(("-", "−")))
        exclude = tuple(word[1:].strip() for word in words if word.startswith(("-", "−")) and word[1:].strip())
        found[name] = Theme(name, _union(before.include, include), _union(before.exclude, exclude))
    return tuple(theme for theme in found.values() if theme.include)[:_MOST_THEMES]


def with_pasted(themes: Themes, pasted: Themes) -> Themes:
    """A list with pasted themes: words join the theme of the same name, other themes are added at the end."""
    known = {theme.name: theme for theme in themes}
    for theme in pasted:
        old = known.get(theme.name)
        known[theme.name] = theme if old is None else _joined(old, theme)
    return tuple(known.values())[:_MOST_THEMES]


def added(themes: Themes, name: str) -> Themes:
    """A list with a new theme at its end."""
    if len(themes) >= _MOST_THEMES:
        return themes
    return (*themes, Theme(free_name(themes, name), ()))


def removed(themes: Themes, place: int) -> Themes:
    """A list without one theme."""
    return (*themes[:place], *themes[place + 1 :])


def changed(themes: Themes, place: int, theme: Theme) -> Themes:
    """A list with one theme in the place of another; a name that is taken or empty stays what it was."""
    others = removed(themes, place)
    name = " ".join(theme.name.split())[:_LONGEST]
    if not name or any(other.name == name for other in others):
        name = themes[place].name
    return (*themes[:place], replace(theme, name=name), *themes[place + 1 :])


def called_before(before: Mapping[str, str], old: str, new: str) -> dict[str, str]:
    """Which names themes had when editing began, by the names they have now, after one more was renamed.

    ``before`` holds the themes renamed so far; one that gets its first name back is no longer among them.
    """
    first = before.get(old, old)
    others = {name: known for name, known in before.items() if name != old}
    return others if first == new else {**others, new: first}


def by_new_names(typed: tuple[tuple[str, int], ...], before: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    """What was typed per theme, such as its feasibility, by the names that themes have now (see `called_before`)."""
    known = dict(typed)
    touched = {*before, *before.values()}
    kept = ((name, value) for name, value in typed if name not in touched)
    return (*kept, *((name, known[first]) for name, first in before.items() if first in known))


def moved(themes: Themes, place: int, by: int) -> Themes:
    """A list with one theme further up (-1) or down (1); the same list at its ends."""
    to = place + by
    if not 0 <= to < len(themes):
        return themes
    order = list(themes)
    order[place], order[to] = order[to], order[place]
    return tuple(order)


def merged(themes: Themes, place: int, into: int) -> Themes:
    """A list in which the words of one theme belong to another one."""
    if place == into:
        return themes
    both = _joined(themes[into], themes[place])
    return tuple(both if at == into else theme for at, theme in enumerate(themes) if at != place)


def with_word(themes: Themes, place: int, word: str) -> Themes:
    """A list with one more word in a theme."""
    theme = themes[place]
    return changed(themes, place, replace(theme, include=_union(theme.include, (word,))))


def free_name(themes: Sequence[Theme], name: str) -> str:
    """A name that no theme has: "Theme", "Theme 2", "Theme 3"."""
    taken = {theme.name for theme in themes}
    number = 2
    found = name
    while found in taken:
        found = f"{name} {number}"
        number += 1
    return found


def _parted(line: str) -> tuple[str, str, str]:
    sign = _AFTER_NAME.search(line)
    if sign is None:
        return "", "", ""
    return " ".join(line[: sign.start()].split())[:_LONGEST], sign.group(), line[sign.end() :]


def _joined(first: Theme, second: Theme) -> Theme:
    return replace(first, include=_union(first.include, second.include), exclude=_union(first.exclude, second.exclude))


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))[:_MOST_WORDS]
