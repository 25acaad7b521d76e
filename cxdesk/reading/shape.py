"""Builds questions of each kind from the columns of a draft: scores, choices, multiple answers, dates, texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cxdesk.reading import verbal
from cxdesk.reading.choices import Split, find_split, is_other, order_key, tick_matrix
from cxdesk.reading.found import Found
from cxdesk.reading.grouping import EXCLUSIVE, TICKS, Draft
from cxdesk.reading.lexicon import asks, no_answer_numbers, orders, plain, without
from cxdesk.reading.numerals import is_number, score_in
from cxdesk.reading.profile import Answer, Profile, shortened
from cxdesk.reading.scales import find_scale
from cxdesk.survey.question import Question, Recommends
from cxdesk.survey.role import Kind, Role, Sure
from cxdesk.text import Text

_EXAMPLES = 3


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """Everything that is known about one draft: its columns' profiles, and the people per number in its whole grid.

    ``coded`` is true if the platform wrote numbers in place of options, so that their order proves nothing; ``known``
    is the role of a platform's own column; ``dated`` if the container itself says that the cells are dates;
    ``month_first`` if the platform always writes the month first; ``battery`` if the column stands among others with
    small whole numbers; ``separators`` are the only signs that the platform writes between several answers;
    ``sibling_words`` are the words that its neighbours use on the same scale; ``positions`` if numbers count options
    from 1; ``ranked`` if the columns of the question hold places, no two of a person the same.
    """

    draft: Draft
    profiles: tuple[Profile, ...]
    header: str = ""
    siblings: tuple[tuple[int, int], ...] = ()
    coded: bool = False
    known: Role | None = None
    dated: bool = False
    month_first: bool = False
    battery: bool = False
    separators: tuple[str, ...] = ()
    sibling_words: tuple[str, ...] = ()
    positions: bool = False
    ranked: bool = False

    @property
    def profile(self) -> Profile:
        """The profile of the first column."""
        return self.profiles[0]

    @property
    def words(self) -> str:
        """All words of the question, its grid included."""
        return f"{self.draft.group} {self.draft.text}".strip()

    @property
    def spoken(self) -> str:
        """The words of the question and its code."""
        return f"{self.words} {self.header}"


def question(material: Material, kind: Kind, role: Role, sure: Sure = Sure.SURE, why: Text = Text("")) -> Question:
    """A question without scale or options. Private columns show no examples."""
    draft = material.draft
    examples = () if role is Role.PRIVATE or kind is Kind.EMPTY else _examples(material)
    return Question(
        question_id(draft),
        draft.text,
        kind,
        role,
        draft.columns,
        group=draft.group,
        sure=sure,
        why=why,
        examples=examples,
        recommends=_recommends(material),
    )


def _recommends(material: Material) -> Recommends:
    """What the question's words ask to recommend: nothing, the company or something of it, or the place of work."""
    words = material.words
    short = asks("recommend_short", material.draft.text) or asks("recommend_short", material.header)
    told = short and not asks("recommend_group", words)
    # "How useful were the recommended talks" asks for no recommendation.
    asked = asks("recommend", without("recommend_given", words))
    if not (told or asked or material.known is Role.RECOMMEND) or asks("against_recommend", words):
        return Recommends.NOTHING
    return Recommends.EMPLOYER if asks("employer", words) else Recommends.COMPANY


def question_id(draft: Draft) -> str:
    """A short name that stays the same as long as the columns stay where they are: "q7" begins in the 7th column."""
    return f"q{draft.columns[0] + 1}"


def scale_of(material: Material, *, chosen: bool = False) -> Found | None:
    """The scale that the answers of a draft fit, or None. Ticks are never a scale; an expanded single choice may be.

    ``chosen`` tells that a person says that these are scores.
    """
    draft = material.draft
    if draft.shape == TICKS:
        return None
    if draft.shape == EXCLUSIVE:
        return find_scale(_expanded(material), material.words)
    spoken = f"{material.words} {material.header}"
    ten = material.known is Role.RECOMMEND
    return find_scale(material.profile, spoken, dict(material.siblings), material.sibling_words, chosen=chosen, ten=ten)


def options_of(material: Material) -> tuple[str, ...]:
    """The answers of a single choice in the order in which they should be shown."""
    if material.draft.shape != "single":
        return material.draft.options
    merged: dict[str, tuple[str, int]] = {}
    for answer in _without_codes(material.profile.named):
        words = " ".join(answer.words.split())
        name, count = merged.get(plain(words), (words, 0))
        merged[plain(words)] = (name, count + answer.count)
    labels = [plain(label) for _, label in material.profile.column.labels]
    alphabetical = len(labels) > 2 and labels == sorted(labels)
    if labels and not (alphabetical and known_order([name for name, _ in merged.values()])):
        known = {label: place for place, label in enumerate(labels)}
        return tuple(name for key, (name, _) in sorted(merged.items(), key=lambda item: known.get(item[0], len(known))))
    return _ordered([name for name, _ in sorted(merged.values(), key=lambda item: -item[1])])


def multiple_options(material: Material) -> tuple[str, ...]:
    """The options of a multiple-answer question; () if the cells cannot be taken apart."""
    if material.draft.shape != "single":
        return material.draft.options
    split = split_of(material)
    return split.options if split is not None else ()


def split_of(material: Material) -> Split | None:
    """How the cells of a single column hold several answers; None if they hold one each."""
    text = material.draft.text
    told = asks("all_that_apply", text)
    return find_split(material.profile.named, material.separators, strict=asks("comment", text) and not told, told=told)


def number_share(profile: Profile) -> float:
    """Which share of the answers are numbers."""
    spoken = profile.spoken
    total = sum(answer.count for answer in spoken)
    read = sum(answer.count for answer in spoken if is_number(answer.cell))
    return read / total if total else 0.0


def _without_codes(answers: Sequence[Answer]) -> list[Answer]:
    """Choices written as numbers without the numbers that stand for "no answer"."""
    numbers = {answer.cell: found[0] for answer in answers if (found := score_in(answer.words)) and not found[1]}
    if len(numbers) != len(answers):
        return list(answers)
    rest = [value for value in numbers.values() if value not in no_answer_numbers()]
    if not rest or max(rest) > 20:
        return list(answers)
    return [
        answer
        for answer in answers
        if not (
            numbers[answer.cell] in no_answer_numbers()
            and (numbers[answer.cell] < 0 <= min(rest) or numbers[answer.cell] > 60)
        )
    ]


def known_order(names: Sequence[str]) -> dict[str, int] | None:
    """The positions of answers that stand in a known order (never ... always), by their plain words; None if not."""
    plains = [plain(name) for name in names]
    for order in orders():
        known = sum(name in order for name in plains)
        if (known >= 3 and known >= 0.7 * len(names)) or (known == len(names) >= 2):
            return order
    return None


def _ordered(names: list[str]) -> tuple[str, ...]:
    """Known words (never ... always) by their order, bands by their numbers, everything else by frequency."""
    order = known_order(names)
    if order is not None:
        return tuple(sorted(names, key=lambda name: order.get(plain(name), len(order))))
    words = verbal.match(names)
    if words is not None and words.seen >= 3:
        places = dict(words.points)
        return tuple(sorted(names, key=lambda name: places[name]))
    keys = {name: order_key(name) for name in names}
    banded = [name for name in names if keys[name] is not None]
    if len(banded) >= 2 and len(banded) >= 0.7 * len(names):
        rest = [name for name in names if keys[name] is None]
        return (*sorted(banded, key=lambda name: keys[name] or ()), *rest)
    others = [name for name in names if is_other(name)]
    return (*(name for name in names if name not in others), *others)


def _expanded(material: Material) -> Profile:
    """The profile that an expanded single choice would have in one column."""
    draft, profiles = material.draft, material.profiles
    matrix = tick_matrix([profile.column for profile in profiles], draft.options)
    counts = (matrix == 1).sum(axis=1).tolist()
    answers = tuple(
        Answer(option, option, int(count))
        for option, count in zip(draft.options, counts, strict=True)
        if not is_other(option)
    )
    filled = int(np.count_nonzero((matrix == 1).any(axis=0)))
    return Profile(profiles[0].column, profiles[0].rows, filled, len(answers), answers)


def _examples(material: Material) -> tuple[str, ...]:
    if material.draft.shape == "single":
        return material.profile.examples
    return tuple(shortened(option) for option in material.draft.options[:_EXAMPLES])
