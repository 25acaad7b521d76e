"""Heads of cards, and sentences with bold first words: nothing is cut, nothing is read as markup."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QTextDocumentFragment
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cxdesk.blocks.note import Finding, Findings
from cxdesk.text import Translator, say
from cxdesk.ui.parts import button, label
from cxdesk.ui.theme import Theme, apply
from cxdesk.ui.widgets.card_head import CardHead
from cxdesk.ui.widgets.note_cards import FindingsCard

LONG = "Overall, how would you rate the helpfulness and friendliness of our staff on the day of your visit?"
NAME = "<i>A & B</i>"


class Head(QWidget):
    """A head with a title, a base, a link, and the button for more."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = label(title, "title", wrap=True)
        self.base = label("n = 2,846", "caption")
        self.link = button("Open Segments", "link")
        self.more = button("…", "flat")
        self.setLayout(CardHead(self.title, (self.base, self.link), self.more))


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    apply(qapp, Theme())


@pytest.mark.parametrize("width", [250, 330, 420, 600, 1100])
@pytest.mark.parametrize("title", ["Value", "All answers, 0 to 10", LONG])
def test_a_title_is_whole_and_everything_beside_it_stands_apart(qtbot: QtBot, title: str, width: int) -> None:
    head = Head(title)
    qtbot.addWidget(head)
    head.show()
    head.resize(width, head.heightForWidth(width))
    parts = (head.title, head.base, head.link, head.more)
    qtbot.waitUntil(lambda: head.more.geometry().right() == width - 1)
    places = [part.geometry() for part in parts]
    assert all(head.rect().contains(place) for place in places)
    assert not any(one.intersects(other) for i, one in enumerate(places) for other in places[i + 1 :])
    assert head.title.height() >= head.title.heightForWidth(head.title.width())
    assert all(part.width() >= part.sizeHint().width() for part in parts[1:])


def test_a_long_title_takes_the_whole_width_and_a_short_one_shares_it(qtbot: QtBot) -> None:
    short, long = Head("Value"), Head(LONG)
    for head in (short, long):
        qtbot.addWidget(head)
        head.show()
        head.resize(420, head.heightForWidth(420))
    qtbot.waitUntil(lambda: long.base.y() > long.title.y() + long.title.height() - 1)
    assert short.base.y() < short.title.geometry().bottom()
    assert long.title.width() > 350


def test_what_is_hidden_takes_no_room(qtbot: QtBot) -> None:
    head = Head("Value")
    qtbot.addWidget(head)
    head.link.hide()
    head.show()
    head.resize(250, head.heightForWidth(250))
    qtbot.waitUntil(lambda: head.more.geometry().right() == 249)
    assert head.base.y() < head.title.geometry().bottom()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_finding_is_one_sentence_with_bold_first_words(qtbot: QtBot, language: str) -> None:
    finding = Finding(NAME, say("{score} points", score=12), "below", "segments", say("See Segments"))
    block = Findings("look", say("Worth a look"), (finding,), say("Nothing"))
    card = FindingsCard(block, Theme(language=language), Translator(language))
    qtbot.addWidget(card)
    shown = next(each for each in card.findChildren(QLabel) if "A" in each.text() and "12" in each.text())
    read = QTextDocumentFragment.fromHtml(shown.text()).toPlainText()
    assert read.startswith(NAME)
    assert "12" in read
    assert shown.text().startswith("<b>&lt;i&gt;A &amp; B&lt;/i&gt;</b>")
    heard = QAccessible.queryAccessibleInterface(shown).text(QAccessible.Text.Name)
    assert heard == read
    link = card.findChild(QPushButton)
    assert link is not None
    assert NAME in link.accessibleName()


def test_a_finding_wraps_as_one_text(qtbot: QtBot) -> None:
    finding = Finding("67 responses", say("{words}", words=LONG), "warn")
    card = FindingsCard(Findings("look", say("Worth a look"), (finding,), say("Nothing")), Theme(), Translator("en"))
    qtbot.addWidget(card)
    card.resize(360, 10)
    card.show()
    card.resize(360, card.heightForWidth(360))
    shown = next(each for each in card.findChildren(QLabel) if "67" in each.text())
    qtbot.waitUntil(lambda: shown.height() >= shown.heightForWidth(shown.width()) > 2 * shown.fontMetrics().height())
    assert card.rect().contains(QRect(shown.mapTo(card, shown.rect().topLeft()), shown.size()))
