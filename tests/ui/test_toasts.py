"""Notices at the lower edge: every word and button of each can be read, also of one that takes another's place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cxdesk.survey.selection import OneOf, Selection
from cxdesk.text import Text, Translator, say
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.session import Session
from cxdesk.ui.toasts import Toasts
from tests.ui.surveys import store_survey

SAVED = say("Project saved: {name}", name="Quarter.cxd")
SHORT = say("Nothing is left to decide.")


def shown(session: Session, qtbot: QtBot) -> Toasts:
    around = QWidget()
    qtbot.addWidget(around)
    around.resize(1200, 700)
    toasts = Toasts(session, around)
    around.show()
    qtbot.waitExposed(around)
    return toasts


def told(toasts: Toasts, text: Text, qtbot: QtBot) -> tuple[int, int]:
    """The size of a notice once it is shown; every part of it has the room that it asks for."""
    toasts.tell(text, ((say("Show in folder"), lambda: None),))
    (made,) = toasts._buttons
    qtbot.waitUntil(lambda: made.isVisible() and toasts.text.isVisible())
    for part in (toasts.text, made):
        qtbot.waitUntil(partial(_has_room, part))
    return toasts.width(), toasts.height()


def _has_room(part: QWidget) -> bool:
    return part.width() >= part.sizeHint().width() and part.height() >= part.sizeHint().height()


def test_a_notice_that_takes_the_place_of_another_has_room_for_its_words(session: Session, qtbot: QtBot) -> None:
    toasts = shown(session, qtbot)
    first = told(toasts, SAVED, qtbot)
    assert told(toasts, SHORT, qtbot)[1] == first[1]
    assert told(toasts, SAVED, qtbot) == first


def test_an_offer_to_undo_goes_with_the_next_step(opened: Callable[..., MainWindow]) -> None:
    window = opened(store_survey())
    session = window.session
    workspace = session.workspace
    assert workspace is not None
    session.toast.emit(SAVED, ((say("Undo"), session.undo),))
    assert window.toasts.isVisible()
    session.edit(say("Filter"), replace(workspace, selection=Selection((OneOf("region", (0,)),))))
    assert not window.toasts.isVisible()
    session.toast.emit(SAVED, ((say("Show in folder"), lambda: None),))
    session.undo()
    assert window.toasts.isVisible()


def test_a_notice_is_said_again_when_the_language_changes(session: Session, qtbot: QtBot) -> None:
    toasts = shown(session, qtbot)
    told(toasts, SAVED, qtbot)
    session.set_preferences(replace(session.preferences, language="zh_CN"))
    assert toasts.text.text() == Translator("zh_CN")(SAVED)
    (made,) = toasts._buttons
    qtbot.waitUntil(lambda: _has_room(toasts.text) and _has_room(made))
    toasts.hide()
    session.set_preferences(replace(session.preferences, language="en"))
    assert not toasts.isVisible()
