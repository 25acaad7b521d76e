"""The editor of themes: words are typed, pasted, suggested; counts follow; Apply is one step of undo."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from cxdesk.analysis.comments_values import CommentsSpec
from cxdesk.project.preferences import Preferences
from cxdesk.survey.theme import Theme
from cxdesk.text import say
from cxdesk.ui.comments_control import CommentsControl
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.widgets.theme_editor import ThemeEditor
from tests.builders import survey
from tests.ui.reading_widgets import clipped, outside, overlapping, unnamed
from tests.ui.test_every_page import settle

Open = Callable[..., MainWindow]


class Desk:
    """The editor over the comments page."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot
        window.show_page("comments")
        self.rest()
        made = window.page.findChild(QPushButton, "edit_themes")
        assert made is not None
        QTest.mouseClick(made, Qt.MouseButton.LeftButton)
        self.rest()

    def rest(self) -> None:
        settle(self.window, self.qtbot)

    @property
    def editor(self) -> ThemeEditor:
        control = self.window.page.findChild(CommentsControl)
        assert control is not None
        assert control.editor is not None
        return control.editor

    def themes(self) -> tuple[Theme, ...]:
        workspace = self.window.session.workspace
        assert workspace is not None
        return workspace.rules.themes

    def feasible(self) -> tuple[tuple[str, int], ...]:
        workspace = self.window.session.workspace
        assert workspace is not None
        spec = workspace.spec("comments")
        assert isinstance(spec, CommentsSpec)
        return spec.feasible


@pytest.fixture
def desk(opened: Open, qtbot: QtBot) -> Desk:
    words = ["slow tills", "music is dull", "kind staff", "not friendly"] * 15
    return Desk(opened(survey(recommend=[3, 9] * 30, comment=words)), qtbot)


@pytest.mark.parametrize(
    "preferences",
    [
        pytest.param(Preferences(language=language, theme=theme, text_size=text), id=f"{language}-{theme}-{text}")
        for language, theme, text in (("en", "light", 100), ("zh_CN", "dark", 100), ("en", "light", 150))
    ],
)
def test_the_editor_is_whole(desk: Desk) -> None:
    editor = desk.editor
    assert [*unnamed(editor), *clipped(editor), *outside(editor), *overlapping(editor)] == []


def test_words_are_typed_and_counted_at_once(desk: Desk) -> None:
    editor = desk.editor
    QTest.mouseClick(editor.add, Qt.MouseButton.LeftButton)
    editor.words.name.setFocus()
    editor.words.name.selectAll()
    QTest.keyClicks(editor.words.name, "Car park")
    editor.words.include.setPlainText("music\nloud")
    desk.rest()
    assert "15 comments have this theme." in editor.words.told.text()
    assert editor.list.item(editor.place).text() == "Car park 15"
    QTest.mouseClick(editor.apply, Qt.MouseButton.LeftButton)
    desk.rest()
    assert desk.themes()[-1] == Theme("Car park", ("music", "loud"))
    desk.window.session.undo()
    assert desk.themes() == ()


def test_a_renamed_theme_keeps_its_feasibility(desk: Desk) -> None:
    session, editor = desk.window.session, desk.editor
    workspace = session.workspace
    assert workspace is not None
    first = editor.themes[0].name
    session.edit(say("Feasibility"), workspace.with_spec("comments", CommentsSpec(feasible=((first, 5),))))
    desk.rest()
    editor.words.name.setFocus()
    editor.words.name.selectAll()
    QTest.keyClicks(editor.words.name, "Money")
    QTest.mouseClick(editor.apply, Qt.MouseButton.LeftButton)
    desk.rest()
    assert desk.themes()[0].name == "Money"
    assert desk.feasible() == (("Money", 5),)
    session.undo()
    assert desk.feasible() == ((first, 5),)
    assert desk.themes() == ()


def test_a_suggestion_is_added_with_one_press(desk: Desk) -> None:
    editor = desk.editor
    chips = [each for each in editor.words.findChildren(QPushButton) if each.property("word")]
    assert "music" in {each.property("word") for each in chips}
    chip = next(each for each in chips if each.property("word") == "music")
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    desk.rest()
    assert "music" in editor.themes[editor.place].include
    left = {each.property("word") for each in editor.words.findChildren(QPushButton) if each.isVisible()}
    assert "music" not in left


def test_a_list_is_pasted_and_nonsense_is_refused_in_words(desk: Desk) -> None:
    editor = desk.editor
    before = editor.themes
    QGuiApplication.clipboard().setText("nothing")
    QTest.mouseClick(editor.paste, Qt.MouseButton.LeftButton)
    assert editor.themes == before
    assert "holds no list" in editor.words.told.text()
    QGuiApplication.clipboard().setText("Car park: parking, far")
    QTest.mouseClick(editor.paste, Qt.MouseButton.LeftButton)
    desk.rest()
    assert editor.themes[-1] == Theme("Car park", ("parking", "far"))
    assert editor.words.name.text() == "Car park"


def test_themes_are_moved_merged_and_removed(desk: Desk) -> None:
    editor = desk.editor
    first, second = editor.themes[:2]
    QTest.mouseClick(editor.down, Qt.MouseButton.LeftButton)
    assert editor.themes[:2] == (second, first)
    assert editor.place == 1
    editor.merge_into(0)
    assert set(first.include) < set(editor.themes[0].include)
    count = len(editor.themes)
    QTest.mouseClick(editor.remove, Qt.MouseButton.LeftButton)
    assert len(editor.themes) == count - 1


def test_denied_words_can_be_left_out(desk: Desk) -> None:
    editor = desk.editor
    QTest.mouseClick(editor.add, Qt.MouseButton.LeftButton)
    editor.words.include.setPlainText("friendly")
    desk.rest()
    assert "15 comments have this theme." in editor.words.told.text()
    editor.words.denied.setChecked(True)
    desk.rest()
    assert "0 comments have this theme." in editor.words.told.text()


def test_the_starter_list_comes_back(desk: Desk) -> None:
    QTest.mouseClick(desk.editor.remove, Qt.MouseButton.LeftButton)
    QTest.mouseClick(desk.editor.apply, Qt.MouseButton.LeftButton)
    desk.rest()
    assert desk.themes()
    made = desk.window.page.findChild(QPushButton, "edit_themes")
    assert made is not None
    QTest.mouseClick(made, Qt.MouseButton.LeftButton)
    desk.rest()
    QTest.mouseClick(desk.editor.starter, Qt.MouseButton.LeftButton)
    desk.rest()
    assert desk.themes() == ()
