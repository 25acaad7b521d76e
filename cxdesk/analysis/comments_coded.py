"""The comments of a survey with their themes: each distinct text is prepared once and coded once per list of themes.

Other pages that want to know what people wrote about call `theme_names`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxdesk.comments.lexicon import severe
from cxdesk.comments.segment import Prepared, prepared, says_something
from cxdesk.comments.silent import says_nothing
from cxdesk.comments.themes import first_themes, matcher, theme_codes
from cxdesk.job import Job, Unattended
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Column, Dataset, Words
from cxdesk.survey.question import Question
from cxdesk.survey.role import Role
from cxdesk.survey.theme import Theme

TOGETHER = "*"
"""What stands for all comment columns together; no question is called that."""

_USUAL = 5
_PREPARE = "cxdesk.comments.segment:prepared"


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """The distinct texts of one or more comment columns, and which of them each respondent wrote: [respondents]."""

    texts: Words
    codes: NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """Comments with their themes. ``has`` says of each theme which texts speak of it: bool [themes, texts]."""

    written: Written
    prepared: Prepared
    themes: tuple[Theme, ...]
    has: NDArray[np.bool_]

    @property
    def said(self) -> NDArray[np.bool_]:
        """Who of all respondents wrote something: bool [respondents]."""
        return np.asarray(self.prepared.said[self.written.codes], dtype=np.bool_)

    @property
    def themed(self) -> NDArray[np.bool_]:
        """Which texts have a theme: bool [texts]."""
        return np.asarray(self.has.any(axis=0), dtype=np.bool_)


def comment_questions(dataset: Dataset) -> tuple[Question, ...]:
    """The questions that were answered in free words."""
    return tuple(question for question in dataset.with_role(Role.COMMENT) if question.columns)


def fullest(dataset: Dataset) -> Question | None:
    """The comment question with the most answers; None without any."""

    def filled(question: Question) -> int:
        return max(_answered(dataset.columns[place]) for place in question.columns)

    questions = comment_questions(dataset)
    return max(questions, key=filled) if len(questions) > 1 else next(iter(questions), None)


def _answered(column: Column) -> int:
    """How many wrote into a column. The survey program's word for an empty cell is always among the frequent texts."""
    numbers = np.bincount(column.codes, minlength=len(column.values))
    numbers[0] = 0
    usual = np.argpartition(-numbers, _USUAL)[:_USUAL] if len(numbers) > _USUAL else np.arange(len(numbers))
    empty = sum(int(numbers[place]) for place in usual.tolist() if says_nothing(column.values[place]))
    return int(numbers.sum()) - empty


def coded(dataset: Dataset, rules: Rules, column: str, job: Job) -> Coded | None:
    """The comments of a question ("" the fullest one, `TOGETHER` all of them) with the themes of the rules.

    None if the survey has no comment column. Raises `Cancelled` if the job says so.
    """
    written = _written(dataset, column, job)
    if written is None:
        return None
    kept = dataset.kept
    found: Prepared = kept.get(("prepared", written.texts), lambda: _prepared(dataset, written.texts, job), job)
    themes = rules.themes or first_themes(found.han, found.latin, found.said)

    def code() -> NDArray[np.bool_]:
        return theme_codes(list(found.folded), themes, job.check) & found.said

    return Coded(written, found, themes, kept.get(("coded", written.texts, themes), code, job))


def severe_texts(of: Coded, dataset: Dataset, job: Job) -> NDArray[np.bool_]:
    """Which texts hold a word that should not wait: bool [texts]."""

    def find() -> NDArray[np.bool_]:
        has = matcher(severe()).has
        return np.fromiter(map(has, of.prepared.folded), dtype=np.bool_, count=len(of.prepared.said))

    return dataset.kept.get(("severe", of.written.texts), find, job)


def theme_names(sample: Sample, rules: Rules, job: Job | None = None, column: str = "") -> tuple[tuple[str, ...], ...]:
    """The names of the themes in the comment of each kept respondent: () for those without a comment or a theme.

    One entry per respondent in ``sample``, in their order. Quick once the page of comments was computed; otherwise
    some seconds for tens of thousands of comments. Raises `Cancelled` if the job says so.
    """
    found = coded(sample.dataset, rules, column, job or Unattended())
    if found is None:
        return ((),) * sample.size
    names = [theme.name for theme in found.themes]
    texts = sample.take(found.written.codes)
    used, places = np.unique(texts, return_inverse=True)
    told = [tuple(name for name, has in zip(names, found.has[:, text], strict=True) if has) for text in used.tolist()]
    return tuple(told[place] for place in places.tolist())


def _written(dataset: Dataset, column: str, job: Job) -> Written | None:
    questions = comment_questions(dataset)
    if not questions:
        return None
    chosen = next((question for question in questions if question.id == column), None)
    if column == TOGETHER and len(questions) > 1:
        places = tuple(place for question in questions for place in question.columns)
    else:
        places = (chosen or fullest(dataset) or questions[0]).columns
    columns = tuple(dataset.columns[place] for place in places)
    if len(columns) == 1:
        return Written(columns[0].values, columns[0].codes)
    return dataset.kept.get(("written", columns), lambda: _joined(columns), job)


def _joined(columns: tuple[Column, ...]) -> Written:
    """Several columns as one: whoever wrote into two of them wrote one comment of two lines."""
    rows, codes = np.unique(np.stack([column.codes for column in columns]), axis=1, return_inverse=True)
    parts = [column.values.some(row.astype(np.int64)) for column, row in zip(columns, rows, strict=True)]
    return Written(Words.of([_line(line) for line in zip(*parts, strict=True)]), codes.reshape(-1))


def _line(parts: tuple[str, ...]) -> str:
    """What a person wrote into several columns, without the survey program's words for those that were left empty.

    Two times "none" is not more than one.
    """
    filled = [part for part in parts if part.strip()]
    written = [part for part in filled if not says_nothing(part)]
    return "\n".join(written if any(map(says_something, written)) else (written or filled)[:1])


def _prepared(dataset: Dataset, texts: Words, job: Job) -> Prepared:
    elsewhere = dataset.kept.elsewhere
    found = None if elsewhere is None else elsewhere(_PREPARE, (texts,), job)
    return found if isinstance(found, Prepared) else prepared(texts, job)
