"""What the tests of whole exports share: a table in a platform's layout, and what was understood, as lines to compare.

Tables are written here the way FORMATS documents the exports: header rows, then people whose answers repeat in a
cycle, so that every count is known. Nothing is copied from a real file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import cycle, islice

from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind, Role, Sure
from cxdesk.survey.scale import Direction
from tests.unit.reading.understanding.sheets import scores, understood

PEOPLE = 120
"""Divisible by 2, 3, 4, 5, 6, 8, 10 and 12, so that cycles of answers come out even."""
NPS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 9]
FIVE = [1, 2, 3, 4, 5]
WHY = [
    "On my visit no # the staff was friendly",
    "",
    "I waited # minutes, which is far too long",
    "Nothing to complain about after # visits",
    "I would like # more colours to choose from",
    "Please open on Sundays, I came # times for nothing",
]
WARUM = [
    "Bei Besuch # war das Personal freundlich",
    "",
    "Ich habe # Minuten gewartet, das ist zu lang",
    "Auch nach # Besuchen nichts zu bemängeln",
    "Ich hätte gern # weitere Farben zur Auswahl",
    "Bitte auch am Sonntag öffnen, zum #. Mal",
]
WEISHENME = [
    "第#次来，店员还是很热情",
    "",
    "等了#分钟都没有人理我",
    "来了#次，没有什么可以挑剔的地方",
    "希望店里再多#种颜色可以选择",
    "周日上午也请开门营业，已经#次白跑了",
]
SATISFIED = ["Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"]
MANYI = ["非常不满意", "不满意", "一般", "满意", "非常满意"]
ZUFRIEDEN = ["sehr unzufrieden", "eher unzufrieden", "teils/teils", "eher zufrieden", "sehr zufrieden"]

Column = tuple[str | tuple[str, ...], Iterable[object]]
Tagged = tuple[tuple[str, str, str], Iterable[object]]
Rows = list[list[str]]


def table(*columns: Column, people: int = PEOPLE) -> Rows:
    """Rows of cells: the headers of each column (one or several), then its answers in a cycle; "#" counts people."""
    heads = [(header,) if isinstance(header, str) else header for header, _ in columns]
    answers = [list(islice(cycle(list(given)), people)) for _, given in columns]
    rows = [[head[level] for head in heads] for level in range(len(heads[0]))]
    return rows + [
        [str(cell).replace("#", str(n + 1)) for cell in row] for n, row in enumerate(zip(*answers, strict=True))
    ]


def told(survey: Dataset, *, own: bool = False) -> list[str]:
    """What was understood, one line per question: role, words, scale or options, and how many answers there are.

    ``own`` includes the columns that nobody looks at: private, ignored, respondent numbers.
    """
    hidden = () if own else (Role.PRIVATE, Role.IGNORE, Role.RESPONDENT)
    return [_line(survey, question) for question in survey.questions if question.role not in hidden]


def read(rows: Sequence[Sequence[object]], name: str = "export.csv", sheet: str | None = None) -> list[str]:
    """The lines of `told` for a table."""
    return told(understood(rows, name, sheet))


def hidden(survey: Dataset) -> dict[str, str]:
    """The roles of the columns that results do not use, by their words."""
    roles = (Role.PRIVATE, Role.IGNORE, Role.RESPONDENT)
    return {question.text: question.role.value for question in survey.questions if question.role in roles}


def receipt(survey: Dataset) -> dict[str, int]:
    """How many of what the receipt says was not used."""
    counts: Counter[str] = Counter()
    for note in survey.receipt.unused:
        counts[note.code] += note.count
    return dict(counts)


def given(survey: Dataset, text: str) -> list[int | None]:
    """The scores of all people for the question with these words."""
    return scores(survey, find(survey, text).id)


def find(survey: Dataset, text: str) -> Question:
    """The question with these words."""
    return next(
        question for question in survey.questions if text in (question.text, f"{question.group}: {question.text}")
    )


def _line(survey: Dataset, question: Question) -> str:
    words = f"{question.group}: {question.text}" if question.group else question.text
    doubt = "" if question.sure is Sure.SURE else "?!" if question.ask is not None and question.ask.needed else "?"
    return f"{question.role.value}{doubt} | {words}{_answers(survey, question)}"


def _answers(survey: Dataset, question: Question) -> str:
    if question.kind is Kind.SCORE and question.scale is not None:
        scale = question.scale
        kept = [score for score in scores(survey, question.id) if score is not None]
        falls = " falling" if scale.direction is Direction.LOW_IS_GOOD else ""
        return f" | {scale.lowest}-{scale.highest}{falls}, n {len(kept)}"
    if question.kind is Kind.CHOICE:
        codes = Counter(survey.codes(question.id).tolist())
        return " | " + ", ".join(f"{option} {codes[place]}" for place, option in enumerate(question.options))
    if question.kind is Kind.MULTIPLE:
        ticks = survey.codes(question.id)
        asked = int((ticks != 2).any(axis=0).sum())
        counts = [f"{option} {(row == 1).sum()}" for option, row in zip(question.options, ticks, strict=True)]
        return f" | {', '.join(counts)} of {asked}"
    return ""
