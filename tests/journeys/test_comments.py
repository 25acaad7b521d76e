"""20,000 Chinese comments are cut into words, coded, compared, searched and scrolled; the window always reacts."""

from __future__ import annotations

import csv
import random
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cxdesk.blocks.quote import Quotes
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.widgets.quotes_card import QuotesCard
from cxdesk.ui.widgets.table_card import TableCard
from tests.journeys.conftest import PATIENCE
from tests.journeys.test_responsiveness import measured, settle

COMMENTS = 20_000
_BAD = (
    "等了半小时还没有人来",
    "客服电话一直打不通",
    "配送太慢了",
    "价格比别家贵",
    "店员态度很差",
    "结账的时候系统卡死",
    "東西壞了也不給換",
)
_GOOD = ("店员很热情", "质量不错", "发货很快", "价格实惠", "环境干净整洁", "客服耐心", "种类很多")
_MORE = (
    "希望改进",
    "下次还会再来",
    "朋友推荐的",
    "在附近上班所以常来",
    "孩子也很喜欢",
    "买了三次了",
    "总体还可以",
    "周末人特别多",
)


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A survey of 20,000 people, each with a comment of their own; low scores go with what is bad."""
    chance = random.Random(23)
    path = tmp_path_factory.mktemp("chinese") / "门店调研.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as stream:
        writer = csv.writer(stream)
        writer.writerow(["提交时间", "您有多大可能向朋友推荐我们？（0-10）", "区域", "请说明打分的原因"])
        for number in range(COMMENTS):
            unhappy = chance.random() < 0.35
            words = [chance.choice(_BAD if unhappy != (chance.random() < 0.2) else _GOOD) for _ in range(2)]
            words += chance.sample(_MORE, chance.randint(1, 3))
            chance.shuffle(words)
            score = chance.randint(0, 6) if unhappy else chance.randint(7, 10)
            day = f"2025-{1 + number % 9:02d}-{1 + number % 28:02d}"
            text = f"{'，'.join(words)}，第{number}单"
            writer.writerow([day, score, chance.choice(("华北", "华东", "华南", "华西")), text])
    return path


def test_the_window_reacts_while_comments_are_read(
    window: MainWindow, qtbot: QtBot, chinese: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Other tests may have loaded it; its dictionary takes half a second, which no window should wait for.
    monkeypatch.delitem(sys.modules, "rjieba", raising=False)

    def read() -> None:
        with qtbot.waitSignal(window.session.opened, timeout=PATIENCE):
            window.opening.open(str(chinese))
        settle(window, qtbot)
        window.show_page("comments")
        settle(window, qtbot)

    measured("coding 20,000 comments", read)
    assert "rjieba" not in sys.modules
    card = window.page.findChild(QuotesCard)
    table = window.page.findChild(TableCard)
    assert isinstance(card, QuotesCard)
    assert isinstance(table, TableCard)
    quotes = card.model.quotes
    assert isinstance(quotes, Quotes)
    assert len(quotes) == COMMENTS

    def search() -> None:
        for words in ("客服", "客服 电话", "壞了", ""):
            card.search.setText(words)
            qtbot.waitUntil(lambda: not card._later.isActive(), timeout=PATIENCE)
            settle(window, qtbot)

    measured("searching", search)

    def narrow() -> None:
        for row in (1, 2, 0):
            table.view.selectRow(row)
            table.view.row_chosen.emit(table.view.table_model.row(row).key)
            settle(window, qtbot)
            QTest.mouseClick(card.groups[1], Qt.MouseButton.LeftButton)
            QTest.mouseClick(card.groups[0], Qt.MouseButton.LeftButton)
            settle(window, qtbot)

    measured("choosing themes and groups", narrow)

    def scroll() -> None:
        bar = card.view.verticalScrollBar()
        for step in range(40):
            bar.setValue(step * bar.maximum() // 40)
            with qtbot.waitCallback() as turned:
                QTimer.singleShot(0, turned)
        bar.setValue(bar.maximum())
        settle(window, qtbot)

    measured("scrolling", scroll)
    assert card.view.rowAt(card.view.viewport().height() - 2) == COMMENTS - 1
