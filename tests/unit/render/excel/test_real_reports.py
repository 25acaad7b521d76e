"""Reports of whole surveys: what the analyses say arrives in the workbook, with live formulas where counts give it."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache

import pytest

from cxdesk.blocks.table import Cell, Table
from cxdesk.job import Unattended
from cxdesk.render.excel.layout import layout
from cxdesk.render.excel.verify import verify_content
from cxdesk.render.excel.workbook import workbook_content
from cxdesk.report.build import build_report
from cxdesk.report.report import Report, ReportOptions
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.text import Translator
from tests.builders import survey
from tests.unit.render.excel.opening import opened
from tests.unit.render.reports import MADE

JOB = Unattended()


def answers(people: int) -> Dataset:
    dice = random.Random(5)
    region = [dice.choice(["North", "South", "=West", "东区"]) for _ in range(people)]
    recommend = [min(10, max(0, round(dice.gauss(9 if place == "North" else 6.5, 2)))) for place in region]
    return survey(
        recommend=recommend,
        satisfaction=[dice.choice([1, 3, 4, 5, None]) for _ in region],
        effort=[dice.randint(1, 7) for _ in region],
        rating={"Waiting time": [dice.randint(1, 5) for _ in region], "Staff": [dice.randint(2, 5) for _ in region]},
        segment={"Region": region, "Channel": [dice.choice("ab") for _ in region]},
        multiple={"Used": [[dice.choice(["App", "Shop"])] if dice.random() < 0.8 else None for _ in region]},
        date=[f"2025-0{dice.randint(1, 9)}-1{dice.randint(0, 9)}" for _ in region],
        comment=[dice.choice(["fine", "=1+1", "", "等了很久"]) for _ in region],
        private={"Phone": [f"139{dice.randint(10_000_000, 99_999_999)}" for _ in region]},
    )


@cache
def made_report(people: int, language: str) -> Report:
    options = ReportOptions(left_out=frozenset(), author="CX team")
    return build_report(Sample(answers(people)), Rules(), {}, options, language, MADE, "1.0", JOB)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("people", [4, 45, 900])
def test_a_report_of_any_size_reads_back_as_meant(people: int, language: str) -> None:
    model = layout(made_report(people, language), Translator(language))
    content = workbook_content(model, JOB)
    verify_content(content, model, JOB)
    written = {str(cell.value) for sheet in opened(content) for row in sheet.iter_rows() for cell in row}
    assert not any(text.startswith("139") for text in written)


def test_every_number_that_counts_give_is_a_live_formula() -> None:
    report = made_report(900, "en")
    derived = Counter(
        sheet.key
        for sheet in report.sheets
        for block in sheet.section.blocks()
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells
        for one in (cell, *cell.parts)
        if _has_value(one)
    )
    model = layout(report, Translator("en"))
    live = {sheet.key: sum(bool(cell.formula) for cell in sheet.cells) for sheet in model.sheets}
    assert sum(derived.values()) >= 40
    for key, count in derived.items():
        assert live[key] >= count, key


def _has_value(cell: Cell) -> bool:
    return cell.derivation is not None and isinstance(cell.value, int | float) and cell.shown is None


def test_names_lead_to_the_scores() -> None:
    content = workbook_content(layout(made_report(900, "en"), Translator("en")), JOB)
    book, results = opened(content), opened(content, results=True)
    for name in ("cx_NPS", "cx_NPS_low", "cx_NPS_high", "cx_NPS_n"):
        assert name in book.defined_names
    tab, _, place = book.defined_names["cx_NPS"].attr_text.partition("!")
    low_tab, _, low = book.defined_names["cx_NPS_low"].attr_text.partition("!")
    score = results[tab.strip("'")][place.replace("$", "")].value
    lowest = results[low_tab.strip("'")][low.replace("$", "")].value
    assert lowest < score < 100
