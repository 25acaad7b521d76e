"""What the Notes sheet says about weights: what was weighted by which targets, the cap, and what was achieved."""

from __future__ import annotations

from cxdesk.analysis.weights import MarginReport, cautions, weights_report
from cxdesk.survey.counting import Sample
from cxdesk.survey.role import Role
from cxdesk.survey.selection import answer_name
from cxdesk.survey.weighting import Weighting
from cxdesk.text import Format, Listed, Number, Text, say

Item = tuple[Text, Text]


def weighting_items(sample: Sample) -> list[Item]:
    """One line on whether and how people are weighted, and with own targets one line per column."""
    weights, weighting = sample.weights, sample.weighting
    if weights is None:
        return [(say("Weighting"), _off(sample))]
    n, effective = len(weights), float(weights.sum() ** 2 / (weights * weights).sum())
    cost = say(
        "{n} answers carry the precision of {effective}; design effect {deff}.",
        n=n,
        effective=round(effective),
        deff=Number(n / effective, Format.GENERAL),
    )
    if weighting is None:
        return [(say("Weighting"), say("On. {cost}", cost=cost))]
    if weighting.column:
        column = sample.dataset.question(weighting.column).text
        return [(say("Weighting"), say("On, by the column “{column}”. {cost}", column=column, cost=cost))]
    report = weights_report(sample.without(*(each.question for each in sample.selection.conditions)), weighting)
    items = [(say("Weighting"), _raked(weighting, report.margins, cost))]
    items += [(say("Target shares"), _shares(margin)) for margin in report.margins]
    items += [(say("Weights, with care"), caution) for caution in cautions(report)]
    return items


def _off(sample: Sample) -> Text:
    columns = sample.dataset.with_role(Role.WEIGHT)
    if not columns:
        return say("Off.")
    return say("Off. The file has a weight column (“{column}”) that is not used.", column=columns[0].text)


def _raked(weighting: Weighting, margins: tuple[MarginReport, ...], cost: Text) -> Text:
    names = Listed(tuple(margin.question.text for margin in margins))
    if weighting.cap:
        return say(
            "On, by raking, so that {columns} match own target shares; no weight above {cap}. {cost}",
            columns=names,
            cap=Number(weighting.cap, Format.GENERAL),
            cost=cost,
        )
    return say(
        "On, by raking, so that {columns} match own target shares; weights without a limit. {cost}",
        columns=names,
        cost=cost,
    )


def _shares(margin: MarginReport) -> Text:
    """Each answer with its share among the respondents, the target, and the share after weighting."""
    answers = tuple(
        say(
            "{answer} {before} (target {target}, weighted {achieved})",
            answer=answer_name(margin.question, code),
            before=Number(margin.before[code], Format.PERCENT),
            target=Number(margin.targets[code], Format.PERCENT),
            achieved=Number(margin.achieved[code], Format.PERCENT),
        )
        for code in range(margin.question.size)
    )
    return say("“{question}”: {answers}", question=margin.question.text, answers=Listed(answers))
