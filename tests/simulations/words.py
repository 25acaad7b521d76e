"""How often words are called more common at one end where scores were dealt out by chance (METHODS.md 7)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cxdesk.analysis.comments_coded import coded
from cxdesk.analysis.comments_words import words_of
from cxdesk.analysis.measure import headline_measure
from cxdesk.job import Unattended
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from tests.builders import survey
from tests.simulations.verdict import Verdict

SURVEYS = 300
MOST = 5.0
_BEYOND_CHANCE = 2.5
"""Standard errors of the simulation itself that a share may lie above the level."""

_VOCABULARY = 900


def words_by_chance() -> Iterator[Verdict]:
    """The share of surveys in which any word is told, for 100 to 1,000 comments."""
    random = np.random.default_rng(17)
    most = MOST + 100 * _BEYOND_CHANCE * np.sqrt(0.05 * 0.95 / SURVEYS)
    for comments in (100, 200, 500, 1_000):
        wrong = sum(_tells_a_word(_by_chance(random, comments)) for _ in range(SURVEYS))
        share = 100 * wrong / SURVEYS
        name = f"surveys with a word told by chance, {comments:,} comments"
        yield Verdict(name, share, f"at most {MOST:g} (+{most - MOST:.1f})", share <= most)


def _tells_a_word(dataset: Dataset) -> bool:
    rules, sample = Rules(), Sample(dataset)
    found = coded(dataset, rules, "", Unattended())
    assert found is not None
    words = words_of(sample, found, headline_measure(dataset.question("recommend"), rules), rules)
    return bool(words.bad or words.good)


def _by_chance(random: np.random.Generator, comments: int) -> Dataset:
    """Comments of 3 to 20 words with the frequencies of a language (Zipf), and scores that know nothing of them."""
    frequency = 1 / np.arange(3, _VOCABULARY + 3)
    lengths = random.integers(3, 21, comments)
    drawn = random.choice(_VOCABULARY, lengths.sum(), p=frequency / frequency.sum())
    texts = [" ".join(f"word{word}" for word in part) for part in np.split(drawn, np.cumsum(lengths)[:-1])]
    scores = random.choice([2, 5, 6, 7, 8, 9, 10], comments).tolist()
    return survey(recommend=scores, comment=texts, key=str(random.integers(1 << 60)))
