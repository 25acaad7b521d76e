"""What every page makes of its tables: scores with ranges, tests with adjusted chances, links, letters and limits.

The product's own formulas on arrays, once for each table, so that rivals differ only in how they count.
"""

from __future__ import annotations

import numpy as np

from cxdesk.analysis.measure import (
    Gap,
    compared_measures,
    effective_parts,
    gap_tests,
    gaps,
    gaps_of_ends,
    headline_measure,
    mean_measure,
    measured,
    scores,
    share_measure,
)
from cxdesk.stats.change import mix_and_rate
from cxdesk.stats.columns import column_pairs
from cxdesk.stats.control import nps_chart
from cxdesk.stats.crosstab import association
from cxdesk.stats.difference import share_difference_each
from cxdesk.stats.importance import correlation_chances
from cxdesk.stats.multiple import adjusted_rows, holm
from cxdesk.stats.nps import nps_error_each, nps_score_each
from cxdesk.stats.resampling import jackknife
from cxdesk.stats.trend import level_shift, nps_line
from cxdesk.survey.base import Rules
from cxdesk.survey.dataset import Dataset
from tests.benchmarks.tables import FOCUSED, MEASURES, MONTH, RATED, SEGMENTS, TOPICS, Tables

_YEAR = 12


def worked_out(tables: Tables, data: Dataset) -> list[object]:
    """Everything that the six pages say about the tables."""
    rules = Rules()
    found = [_everyone(tables, data, rules), _groups(tables, data, rules), _links(tables, data, rules)]
    return [*found, _focus(tables, data, rules), _time(tables), _sides(tables, data, rules), _crossed(tables, data)]


def _everyone(tables: Tables, data: Dataset, rules: Rules) -> object:
    """Three measures of every scored question."""
    counts = [_padded(tables["all", name])[0] for name in RATED]
    kinds = (headline_measure, mean_measure, share_measure)
    return [measured([kind(data.question(name), rules) for name in RATED], counts, rules) for kind in kinds]


def _groups(tables: Tables, data: Dataset, rules: Rules) -> object:
    """All groups against everyone else, each month against two earlier ones, and the scores of two segments."""
    found: list[object] = []
    chances: list[np.ndarray] = []
    for measure in MEASURES:
        rule = headline_measure(data.question(measure), rules)
        groups = np.vstack([_padded(tables[segment, measure]) for segment in SEGMENTS])
        chances.append(gap_tests(rule, groups, _padded(tables["all", measure]) - groups, rules)[1].p)
        months = _padded(tables[MONTH, measure])
        found.append(scores(rule, months, rules))
        later, earlier = np.vstack([months[1:], months[_YEAR:]]), np.vstack([months[:-1], months[:-_YEAR]])
        found.append(_adjusted(gaps(rule, later, earlier, rules)))
    for segment in ("channel", "store"):
        rule = headline_measure(data.question("recommend"), rules)
        groups = _padded(tables[segment, "recommend"])
        found.append(scores(rule, groups, rules))
        found.append(_adjusted(gaps(rule, groups, _padded(tables["all", "recommend"]) - groups, rules)))
    beside = headline_measure(data.question("satisfaction"), rules)
    found.append(scores(beside, _padded(tables["store", "satisfaction"]), rules))
    return found, adjusted_rows(np.concatenate(chances)[None, :], "benjamini_hochberg")


def _links(tables: Tables, data: Dataset, rules: Rules) -> object:
    """How closely each topic goes with the score, and how sure that is."""
    answers = tables["links", "drawn"].astype(np.float64)
    rated = [share_measure(data.question(name), rules) for name in TOPICS]
    shares = measured(rated, [_padded(tables["all", name])[0] for name in TOPICS], rules)
    drawn = jackknife(answers[:, 0], answers[:, 1:], None, 50, 1 - (1 - rules.confidence) / len(TOPICS))
    return shares, drawn, None if drawn is None else correlation_chances(drawn.correlation, len(answers))


def _focus(tables: Tables, data: Dataset, rules: Rules) -> object:
    """Every topic in the group that stands out and among everyone else."""
    rated = [share_measure(data.question(name), rules) for name in FOCUSED]
    here = [_padded(tables["focus", name])[0] for name in FOCUSED]
    there = [_padded(tables["all", name])[0] - group for name, group in zip(FOCUSED, here, strict=True)]
    found = compared_measures(rated, here, there, rules)
    return found, _adjusted([gap for _, _, gap in found])


def _time(tables: Tables) -> object:
    """Whether the line rises, where its level changes, and its limits."""
    months = tables[MONTH, "recommend"]
    good, middle, bad = months[:, 9:].sum(axis=1), months[:, 7:9].sum(axis=1), months[:, :7].sum(axis=1)
    line = nps_line(good, middle, bad, np.arange(float(len(months))))
    return line, level_shift(nps_score_each(good, middle, bad).tolist()), nps_chart(good, middle, bad)


def _sides(tables: Tables, data: Dataset, rules: Rules) -> object:
    """Every measure now and before, the groups of a segment, why the score moved, and how alike both sides are."""
    now, before = ({name: _padded(tables[side, name]) for name in RATED} for side in ("now", "before"))
    alike = [name for name in RATED if name not in {"recommend", "effort"}][:10]
    shares = [share_measure(data.question(name), rules) for name in alike]
    changes = compared_measures(shares, [now[name][0] for name in alike], [before[name][0] for name in alike], rules)
    chances = [None if gap is None else gap.p for _, _, gap in changes]
    found: list[object] = [changes]
    for name in ("recommend", "effort"):
        rule = headline_measure(data.question(name), rules)
        found.append(scores(rule, np.vstack([now[name], before[name]]), rules))
        chances += [None if gap is None else gap.p for gap in gaps(rule, now[name], before[name], rules)]
    rule = headline_measure(data.question("recommend"), rules)
    found += gaps_of_ends(rule, now["recommend"], before["recommend"], rules)
    here, there = (_padded(tables[side, "by channel"]) for side in ("now", "before"))
    found += [scores(rule, here, rules), scores(rule, there, rules)]
    found.append(_adjusted(gaps(rule, here, there, rules)))
    parts = [effective_parts(rule, side)[::-1] for side in (there, here)]
    was, is_now = ((sum(ends), nps_score_each(*ends), nps_error_each(*ends)) for ends in parts)
    found.append(mix_and_rate(*was[:2], *is_now[:2], was[2], is_now[2]))
    moved = []
    for name in SEGMENTS:
        ours, theirs = tables["now", name], tables["before", name]
        code = int(np.argmax(np.abs(ours / ours.sum() - theirs / theirs.sum())))
        moved.append((ours[code], ours.sum(), theirs[code], theirs.sum()))
    return found, holm(chances), holm(share_difference_each(*np.array(moved).T).p.tolist())


def _crossed(tables: Tables, data: Dataset) -> object:
    """Letters between the channels for the ends of three scores, for their values and for several answers."""
    found: list[object] = []
    for name in MEASURES:
        rule = headline_measure(data.question(name), Rules())
        table = tables["channel", name]
        ends = np.stack(effective_parts(rule, _padded(table)))
        pairs = column_pairs(ends, table.sum(axis=1), Rules().test_from)
        first, second = pairs.first, pairs.second
        found += [pairs.higher(pairs.adjusted("holm")), association(ends)]
        found += [scores(rule, _padded(table), Rules())]
        found.append(
            holm(
                [
                    None if gap is None else gap.p
                    for gap in gaps(rule, _padded(table[first]), _padded(table[second]), Rules())
                ]
            )
        )
    ticked = tables["channel", "used"]
    pairs = column_pairs(ticked[:, :-2].T, ticked[:, -2], Rules().test_from)
    return found, pairs.higher(pairs.adjusted("holm"))


def _adjusted(found: list[Gap | None]) -> list[float | None]:
    return holm([None if gap is None else gap.p for gap in found])


def _padded(counts: np.ndarray) -> np.ndarray:
    """Tables [groups, answers] with nobody who gave no answer, as formulas expect them."""
    tables = np.atleast_2d(counts)
    found = np.zeros((len(tables), tables.shape[1] + 1), dtype=np.int64)
    found[:, :-1] = tables
    return found
