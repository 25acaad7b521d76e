"""What the product answers for words that one group uses more, and for answers given without reading."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from cxdesk.stats.keyness import compare_terms, log_odds, pooled_prior
from cxdesk.stats.quality import answer_spread, runs, speed_index, too_fast, too_fast_on_pages
from tests.oracles.given import Answer, Given, nulls, numbers, rows, words


def _keyness(given: Given) -> dict[str, Any]:
    counts = numbers(given["count_A"]), numbers(given["count_B"])
    found = compare_terms(*counts, given["total_A"], given["total_B"])
    exact = compare_terms(*counts, given["total_A"], given["total_B"], exact="always")
    return {
        "G2_2x2": found.likelihood.tolist(),
        "chi2": found.chi_square.tolist(),
        "fisher_p": exact.p.tolist(),
    }


def _log_odds(given: Given) -> dict[str, Any]:
    if given["tokenizer"] != "lower-case whitespace words":
        raise ValueError("another way to find words")
    a, b = (Counter(" ".join(words(given[key])).lower().split()) for key in ("docs_A", "docs_B"))
    terms = sorted(set(a) | set(b))
    counts = [a[term] for term in terms], [b[term] for term in terms]
    uniform = re.fullmatch(r"uniform alpha=([\d.]+) per term", given["prior"])
    informed = re.fullmatch(r"informative: alpha_w = ([\d.]+) \* pooled share of w", given["prior"])
    if uniform:
        prior: Any = float(uniform[1])
    elif informed:
        prior = pooled_prior(*counts, float(informed[1]))
    else:
        raise ValueError("another prior")
    return dict(zip(terms, log_odds(*counts, prior).z.tolist(), strict=True))


def _careless(given: Given) -> dict[str, Any]:
    answers = rows(given["responses"])
    found = runs(answers)
    return {
        "longstring": found.longest.tolist(),
        "avgstring": nulls(found.average),
        "irv": nulls(answer_spread(answers)),
    }


def _speeding(given: Given) -> dict[str, Any]:
    pages, total = rows(given["page_seconds"]), numbers(given["total_seconds"])
    half, third = too_fast(total), too_fast(total, 1 / 3)
    return {
        "rsi3": nulls(speed_index(pages)),
        "flag_rsi_ge_2": too_fast_on_pages(pages).tolist(),
        "median_total": half.usual,
        "flag_below_half_median": half.fast.tolist(),
        "flag_below_third_median": third.fast.tolist(),
    }


ANSWERS: dict[str, Answer] = {
    "keyness": _keyness,
    "log_odds": _log_odds,
    "careless": _careless,
    "speeding": _speeding,
}
