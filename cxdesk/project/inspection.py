"""How a survey was understood and what its key figures are, as plain values for the terminal's JSON output."""

from __future__ import annotations

from typing import Any

from cxdesk.analysis.groups import segment_questions, split
from cxdesk.analysis.measure import Measure, MeasureKind, Score, headline_measure, measure, share_measure
from cxdesk.analysis.scored import scored_questions
from cxdesk.analysis.weights import weighting_name
from cxdesk.blocks.table import Mark
from cxdesk.reading.profile import profile_of
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample, Tally
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question, Recommends
from cxdesk.survey.role import Kind, Role, Sure
from cxdesk.survey.selection import Selection, answer_name
from cxdesk.text import Translator


def inspection(dataset: Dataset, translator: Translator) -> dict[str, Any]:
    """Describe how every column is read, with counts per answer and the receipt."""
    receipt = dataset.receipt
    sample = Sample(dataset)
    return {
        "refused": None,
        "container": receipt.container,
        "platform": receipt.platform,
        "encoding": receipt.encoding,
        "delimiter": receipt.delimiter,
        "sheet": receipt.sheet,
        "header_rows": len(receipt.header_rows),
        "respondents": dataset.respondents,
        "columns": len(dataset.columns),
        "questions": [_question(sample, question, translator) for question in dataset.questions],
        "receipt": {
            "rows": receipt.rows,
            "rows_used": receipt.rows_used,
            "columns": receipt.columns,
            "cells": receipt.cells,
            "cells_used": receipt.cells_used,
            "sheets": list(receipt.sheets),
            "unused": [
                {"code": entry.code, "count": entry.count, "column": entry.column, "text": translator(entry.text)}
                for entry in receipt.unused
            ],
        },
    }


def key_figures(
    dataset: Dataset, selection: Selection, rules: Rules, translator: Translator, tally: Tally | None = None
) -> dict[str, Any]:
    """NPS, CSAT, CES, every split, and the readings that nobody confirmed; weighted as the ``tally`` is."""
    sample = Sample(dataset, selection, tally)
    recommend = [headline_measure(question, rules) for question in dataset.with_role(Role.RECOMMEND)]
    nps = [_nps(sample, rule, rules) for rule in recommend if rule.kind is MeasureKind.NPS]
    return {
        "nps": nps[0] if nps else None,
        "other_nps": nps[1:],
        "net": _net(sample, rules),
        "csat": _first(sample, Role.SATISFACTION, rules),
        "ces": _first(sample, Role.EFFORT, rules),
        "segments": _segments(sample, rules, translator),
        "respondents": sample.size,
        "weighting": _weighting(sample, translator),
        "unsure": [
            {
                "question": question.text,
                "role": question.role.value,
                "sure": question.sure.value,
                "why": translator(question.why),
            }
            for question in dataset.questions
            if question.sure is not Sure.SURE and question.role is not Role.IGNORE
        ],
    }


def _question(sample: Sample, question: Question, translator: Translator) -> dict[str, Any]:
    counts, answered = _counts(sample, question, translator)
    scale = question.scale
    return {
        "id": question.id,
        "text": question.text,
        "group": question.group,
        "columns": list(question.columns),
        "kind": question.kind.value,
        "role": question.role.value,
        "scale": None
        if scale is None
        else {
            "lowest": scale.lowest,
            "highest": scale.highest,
            "labels": list(scale.labels),
            "direction": scale.direction.value,
        },
        "sure": question.sure.value,
        "why": translator(question.why),
        "ask": None if question.ask is None else [translator(reading.words) for reading in question.ask.readings],
        "answered": answered,
        "counts": counts,
    }


def _counts(sample: Sample, question: Question, translator: Translator) -> tuple[dict[str, int], int]:
    if question.kind is Kind.MULTIPLE:
        ticked = sample.ticked(question.id)
        counts = {name: int(count) for name, count in zip(question.options, ticked[:, 1], strict=True)}
        return counts, sample.ticked_any(question.id)
    if question.kind in {Kind.SCORE, Kind.CHOICE}:
        found = sample.counts(question.id)
        names = [translator(answer_name(question, code)) for code in range(question.size)]
        return {name: int(count) for name, count in zip(names, found, strict=False)}, int(found[:-1].sum())
    answers = sample.dataset.answers.get(question.id)
    if answers is not None and answers.numbers is not None:
        return {}, int((answers.numbers == answers.numbers).sum())
    wanted = set(question.columns)
    answered = [profile_of(column).answered for column in sample.dataset.columns if column.position in wanted]
    return {}, answered[0] if answered else 0


def _nps(sample: Sample, rule: Measure, rules: Rules) -> dict[str, Any]:
    score = measure(rule, sample.answers(rule.question.id), rules)
    return _score(rule, score) | {"promoters": score.good, "passives": score.middle, "detractors": score.bad}


def _first(sample: Sample, role: Role, rules: Rules) -> dict[str, Any] | None:
    """The first question with this role: its share at the good end, beside the measure that it is known by."""
    questions = sample.dataset.with_role(role)
    if not questions:
        return None
    counts = sample.answers(questions[0].id)
    rule, share_rule = headline_measure(questions[0], rules), share_measure(questions[0], rules)
    share = {"share": measure(share_rule, counts, rules).value}
    return share | _score(rule, measure(rule, counts, rules)) | {"top": share_rule.points(good=True)}


def _net(sample: Sample, rules: Rules) -> dict[str, Any] | None:
    """The net score of the first question that asks for a recommendation on a short scale; it is no NPS."""
    found = (headline_measure(question, rules) for question in scored_questions(sample.dataset))
    rule = next((each for each in found if each.kind is MeasureKind.NET), None)
    if rule is None:
        return None
    ends = {"top": rule.points(good=True), "bottom": rule.points(good=False)}
    return _score(rule, measure(rule, sample.answers(rule.question.id), rules)) | ends


def _weighting(sample: Sample, translator: Translator) -> dict[str, Any] | None:
    """By what the answers are weighted and what that costs; None if they are not."""
    weights = sample.weights
    if weights is None or sample.weighting is None:
        return None
    effective = float(weights.sum() ** 2 / (weights * weights).sum())
    name = translator(weighting_name(sample.dataset, sample.weighting))
    return {"text": name, "n": len(weights), "effective": effective, "largest": float(weights.max())}


def _score(rule: Measure, score: Score) -> dict[str, Any]:
    name = {MeasureKind.TOP: "share", MeasureKind.MEAN: "mean"}.get(rule.kind, "score")
    return {
        name: score.value,
        "low": score.low,
        "high": score.high,
        "n": score.base.n,
        "effective": score.base.effective,
        "employer": rule.question.recommends is Recommends.EMPLOYER,
        "scale": [rule.scale.lowest, rule.scale.highest],
        "question": rule.question.text,
    }


def _segments(sample: Sample, rules: Rules, translator: Translator) -> dict[str, dict[str, dict[str, Any]]]:
    """Every group of every segment question. ``n`` counts answers to the first measure, or people if there is none."""
    measures = []
    for role, name in ((Role.RECOMMEND, "nps"), (Role.SATISFACTION, "csat"), (Role.EFFORT, "ces")):
        rules_of = [headline_measure(question, rules) for question in sample.dataset.with_role(role)]
        measures += [(rule, name) for rule in rules_of[:1] if name != "nps" or rule.kind is MeasureKind.NPS]
    questions = segment_questions(sample.dataset)
    return {
        name: _groups(sample, by, measures, rules, translator)
        for name, by in zip(_apart(questions), questions, strict=True)
    }


def _groups(
    sample: Sample, by: Question, measures: list[tuple[Measure, str]], rules: Rules, translator: Translator
) -> dict[str, dict[str, Any]]:
    found = [(split(sample, by, rule, rules, small=True).groups, name) for rule, name in measures]
    people = sample.counts(by.id).tolist()
    answered = {group.code for groups, _ in found for group in groups}
    groups: dict[str, dict[str, Any]] = {}
    for code in range(by.size):
        if code not in answered and (measures or not people[code]):
            continue
        entry: dict[str, Any] = {} if measures else {"n": people[code]}
        for measured, name in found:
            group = next((group for group in measured if group.code == code), None)
            entry["n" if "n" not in entry else f"{name}_n"] = 0 if group is None else group.score.base.n
            entry[name] = None if group is None else group.score.value
            entry[f"{name}_low"] = None if group is None else group.score.low
            entry[f"{name}_high"] = None if group is None else group.score.high
            entry[f"{name}_mark"] = Mark.UNTESTED.value if group is None else group.mark.value
        groups[translator(answer_name(by, code))] = entry
    return groups


def _apart(questions: tuple[Question, ...]) -> list[str]:
    """A name for each question that no other has: its words, with its group's or a number where needed."""
    names: list[str] = []
    for question in questions:
        same = sum(other.text == question.text for other in questions) > 1
        name = f"{question.group}: {question.text}" if same and question.group else question.text
        number = 2
        while name in names:
            name, number = f"{question.text} ({number})", number + 1
        names.append(name)
    return names
