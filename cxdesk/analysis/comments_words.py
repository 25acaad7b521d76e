"""Words that one end of the scale uses more than the other, and frequent words that no theme holds yet (METHODS.md 7).

People are counted, not occurrences. A word is told only if it passes after allowing for every word that was compared;
the order is that of the log odds with a prior that knows how common each word is.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cxdesk.analysis.comments_coded import Coded
from cxdesk.analysis.comments_values import WordFound, WordsFound
from cxdesk.analysis.measure import Measure
from cxdesk.blocks.quote import BAD, GOOD, MIDDLE, UNKNOWN
from cxdesk.comments.terms import people_per_term, people_per_text, redundant
from cxdesk.comments.themes import matcher
from cxdesk.stats.keyness import compare_terms, log_odds, pooled_prior
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample

LEAST_PEOPLE = 5
ENOUGH_COMMENTS = 200
"""Below this many comments the words found are only hints."""

MOST_WORDS, MOST_SUGGESTIONS = 12, 24


def ends_of(rule: Measure) -> NDArray[np.uint8]:
    """Where each answer code stands: BAD, MIDDLE, GOOD, and UNKNOWN for "no answer". [size + 1]."""
    size = rule.scale.size
    ends = np.full(size + 1, MIDDLE, dtype=np.uint8)
    ends[: rule.bottom], ends[size - rule.good : size] = BAD, GOOD
    if not rule.high_is_good:
        ends[:size] = ends[:size][::-1]
    ends[size] = UNKNOWN
    return ends


def words_of(sample: Sample, of: Coded, rule: Measure, rules: Rules) -> WordsFound:
    """The words that are clearly more common at one end than at the other."""
    terms, said = of.prepared.terms, of.prepared.said
    texts = sample.take(of.written.codes)
    end = ends_of(rule)[sample.take(sample.dataset.codes(rule.question.id))]
    bad, good = (people_per_text(texts[end == side], len(said)) * said for side in (BAD, GOOD))
    in_bad, in_good = people_per_term(terms, bad), people_per_term(terms, good)
    chosen = np.flatnonzero(in_bad + in_good >= LEAST_PEOPLE)
    bad_people, good_people = int(bad.sum()), int(good.sum())
    if not len(chosen) or not bad_people or not good_people:
        return WordsFound((), (), bad_people, good_people, len(chosen))
    a, b = in_bad[chosen], in_good[chosen]
    clear = compare_terms(a, b, bad_people, good_people).clear(1 - rules.confidence)
    z = log_odds(a, b, pooled_prior(a, b)).z
    # The prior decides the order only; which end uses a word more is what was seen.
    more_bad = a * good_people > b * bad_people
    names = [str(terms.vocabulary[term]) for term in chosen.tolist()]
    told = np.flatnonzero(clear).tolist()
    covered = redundant(terms, bad + good, [int(chosen[place]) for place in told], [names[place] for place in told])
    found = [
        (bool(more_bad[place]), WordFound(names[place], int(a[place]), int(b[place]), float(z[place])))
        for place in told
        if int(chosen[place]) not in covered
    ]
    sides = [
        sorted((word for worse, word in found if worse is side), key=lambda word: -abs(word.z))
        for side in (True, False)
    ]
    return WordsFound(tuple(sides[0][:MOST_WORDS]), tuple(sides[1][:MOST_WORDS]), bad_people, good_people, len(chosen))


def suggestions_of(sample: Sample, of: Coded) -> tuple[tuple[str, int], ...]:
    """Words that many people wrote in comments without a theme, and that no theme's list would find."""
    terms = of.prepared.terms
    free = of.prepared.said & ~of.themed
    people = people_per_text(sample.take(of.written.codes), len(free)) * free
    counts = people_per_term(terms, people)
    order = np.argsort(-counts, kind="stable")[: 4 * MOST_SUGGESTIONS]
    chosen = [int(term) for term in order if counts[term] >= LEAST_PEOPLE]
    names = [str(terms.vocabulary[term]) for term in chosen]
    covered = redundant(terms, people, chosen, names)
    known = [matcher(theme) for theme in of.themes]
    found = [
        (name, int(counts[term]))
        for term, name in zip(chosen, names, strict=True)
        if term not in covered and not any(theme.has(name) for theme in known)
    ]
    return tuple(found[:MOST_SUGGESTIONS])
