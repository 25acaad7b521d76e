"""The check page: what it says about each column, and that every change of a use can be made and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cxdesk.project import store
from cxdesk.project.preferences import Preferences
from cxdesk.survey.receipt import Unused
from cxdesk.survey.role import Role, Sure
from cxdesk.survey.scale import Direction
from cxdesk.text import Translator, say
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.pages.check import CheckPage
from cxdesk.ui.pages.result_page import ResultPage
from cxdesk.ui.widgets.answer_bars import AnswerBars
from cxdesk.ui.widgets.check_model import NAME, ROLE, SAW, SURE, CheckModel, lines_of
from tests.ui.pages.looking import said, settled
from tests.ui.pages.store import STORE
from tests.unit.reading.understanding.sheets import columns_of, understood

Open = Callable[..., MainWindow]


@pytest.fixture
def page(opened: Open) -> CheckPage:
    """The check page of the store's survey, which comes by itself: one question is in doubt."""
    window = opened(STORE, "/surveys/store.csv")
    assert window.page is window.check
    return window.check


def row(page: CheckPage, words: str) -> int:
    rows = range(page.model.rowCount())
    return next(each for each in rows if words in str(page.model.index(each, NAME).data()))


def press_box(page: CheckPage, qtbot: QtBot, words: str) -> QMenu:
    """Press the box of a row, and return the list that opens."""
    place = page.table.visualRect(page.model.index(row(page, words), ROLE)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    return menu()


def menu() -> QMenu:
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def uses(shown: QMenu) -> dict[str, QAction]:
    return {action.objectName(): action for action in shown.actions()}


def role_of(page: CheckPage, words: str) -> Role:
    workspace = page.session.workspace
    assert workspace is not None
    return next(each.role for each in workspace.dataset.questions if words in each.text)


def test_the_model_keeps_its_promises(qtbot: QtBot) -> None:
    model = CheckModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_dataset(STORE, Translator("en"))
    model.show_dataset(replace(STORE, questions=STORE.questions[::-1]), Translator("zh_CN"))
    model.show_dataset(STORE, Translator("en"))


def test_doubts_come_first_and_a_grid_is_one_row() -> None:
    lines = lines_of(STORE)
    assert lines[0].doubtful
    assert "effort" in lines[0].first.text
    assert [line.first.sure for line in lines[1:]].count(Sure.CHECK) == 0
    grid = next(line for line in lines if line.first.group == "Rate these points")
    assert [question.text for question in grid.questions] == ["Staff", "Price", "Range"]
    assert str(grid.name()) == "Rate these points (3 columns)"


def test_personal_answers_are_never_shown(page: CheckPage) -> None:
    mail = row(page, "E-mail")
    assert str(page.model.index(mail, SAW).data()).endswith("•••")
    page.table.choose(mail)
    assert "@" not in said(page)
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    words = [str(page.model.index(mail, column).data(role)) for column in range(4) for role in roles]
    assert not any("@" in each for each in words)


def test_a_row_says_everything_to_a_screen_reader(page: CheckPage) -> None:
    spoken = page.model.index(row(page, "recommend"), NAME).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "recommend" in spoken
    assert "NPS score" in spoken
    assert "Sure" in spoken


def test_a_use_is_changed_with_two_presses_and_taken_back(page: CheckPage, qtbot: QtBot) -> None:
    shown = press_box(page, qtbot, "Region")
    uses(shown)["ignore"].trigger()
    shown.close()
    assert role_of(page, "Region") is Role.IGNORE
    assert page.model.index(row(page, "Region"), ROLE).data() == "Ignore"
    undo = page.session.history.undo_name if page.session.history else None
    assert str(undo) == "Use “Region” as Ignore"
    page.session.undo()
    assert role_of(page, "Region") is Role.SEGMENT
    assert page.model.index(row(page, "Region"), ROLE).data() == "Segment"


def test_only_possible_uses_can_be_chosen(page: CheckPage, qtbot: QtBot) -> None:
    shown = press_box(page, qtbot, "Region")
    enabled = {name for name, action in uses(shown).items() if action.isEnabled()}
    shown.close()
    assert len(uses(shown)) == len(Role)
    assert "segment" in enabled
    assert "ignore" in enabled
    assert enabled.isdisjoint({"recommend", "satisfaction", "date", "weight"})


def test_a_use_is_changed_by_keys_alone(page: CheckPage, qtbot: QtBot) -> None:
    page.table.setFocus()
    page.table.choose(row(page, "Region"))
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    shown = menu()
    assert shown.activeAction() is uses(shown)["segment"]
    shown.setActiveAction(uses(shown)["ignore"])
    qtbot.keyClick(shown, Qt.Key.Key_Return)
    assert role_of(page, "Region") is Role.IGNORE


def test_a_changed_row_does_not_jump(page: CheckPage, qtbot: QtBot) -> None:
    before = [str(page.model.index(each, NAME).data()) for each in range(page.model.rowCount())]
    shown = press_box(page, qtbot, "effort")
    uses(shown)["ignore"].trigger()
    shown.close()
    after = [str(page.model.index(each, NAME).data()) for each in range(page.model.rowCount())]
    assert after == before
    assert [line.first.text for line in page.table.chosen()] == ["It took a lot of effort to get what I needed"]


def test_several_rows_change_at_once(page: CheckPage, qtbot: QtBot) -> None:
    page.table.choose(row(page, "Region"))
    place = page.table.visualRect(page.model.index(row(page, "Overall satisfaction"), NAME)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place)
    assert "2 columns chosen" in said(page.panel)
    shown = press_box(page, qtbot, "Region")
    uses(shown)["ignore"].trigger()
    shown.close()
    assert role_of(page, "Region") is role_of(page, "Overall satisfaction") is Role.IGNORE
    assert str(page.session.history.undo_name if page.session.history else "") == "Use 2 columns as Ignore"
    page.session.undo()
    assert role_of(page, "Overall satisfaction") is Role.SATISFACTION


def test_the_panel_offers_the_same_for_several(page: CheckPage, qtbot: QtBot) -> None:
    page.table.selectAll()
    button = page.panel.findChild(QPushButton, "useAs")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    shown = menu()
    assert uses(shown)["ignore"].isEnabled()
    assert not uses(shown)["recommend"].isEnabled()
    shown.close()


def test_a_grid_changes_as_one(page: CheckPage, qtbot: QtBot) -> None:
    shown = press_box(page, qtbot, "Rate these points")
    uses(shown)["ignore"].trigger()
    shown.close()
    assert {role_of(page, topic) for topic in ("Staff", "Price", "Range")} == {Role.IGNORE}
    assert page.model.index(row(page, "Rate these points"), NAME).data() == "Rate these points (3 columns)"


def test_the_question_is_answered_once_and_gone(page: CheckPage, qtbot: QtBot) -> None:
    page.table.choose(row(page, "effort"))
    first, second = page.panel.answers
    assert first.isChecked()
    assert page.session.doubts() == 1
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    workspace = page.session.workspace
    assert workspace is not None
    question = next(each for each in workspace.dataset.questions if "effort" in each.text)
    assert question.sure is Sure.SURE
    assert question.scale is not None
    assert question.scale.direction is Direction.HIGH_IS_GOOD
    assert page.session.doubts() == 0
    assert page.panel.answers == ()
    assert "Chosen by you" in said(page.panel)
    page.session.undo()
    assert len(page.panel.answers) == 2


def test_pressing_the_words_of_an_answer_chooses_it(page: CheckPage, qtbot: QtBot) -> None:
    page.table.choose(row(page, "effort"))
    words = page.panel.answers[1].parentWidget()
    assert words is not None
    qtbot.mouseClick(words, Qt.MouseButton.LeftButton, pos=QPoint(words.width() - 5, words.height() // 2))
    assert page.session.doubts() == 0


def test_the_guess_can_be_confirmed_as_it_is(page: CheckPage, qtbot: QtBot) -> None:
    page.table.choose(row(page, "effort"))
    agree = page.panel.findChild(QPushButton, "agree")
    assert agree is not None
    qtbot.mouseClick(agree, Qt.MouseButton.LeftButton)
    workspace = page.session.workspace
    assert workspace is not None
    question = next(each for each in workspace.dataset.questions if "effort" in each.text)
    assert question.scale is not None
    assert question.scale.direction is Direction.LOW_IS_GOOD
    assert page.model.index(row(page, "effort"), SURE).data() == "Sure"


def test_words_and_their_scores_are_shown(page: CheckPage) -> None:
    page.table.choose(row(page, "Overall satisfaction"))
    words = said(page.panel)
    assert "Very dissatisfied → 1" in words
    assert "Very satisfied → 5" in words
    assert "60 answers · 0 empty" in words


def test_the_distribution_is_drawn_and_spoken(page: CheckPage) -> None:
    page.table.choose(row(page, "Region"))
    bars = settled(page.panel).findChild(AnswerBars)
    assert bars is not None
    assert bars.accessibleName() == "Answers: North: 20, South: 20, East: 20"
    picture = bars.grab().toImage()
    accent = page.session.theme.color("accent")
    across, down = range(picture.width()), range(picture.height())
    assert any(picture.pixelColor(x, y) == accent for y in down for x in across)


def test_what_is_not_used_is_listed(opened: Open) -> None:
    unused = (Unused("blank_row", 3, say("{number} is blank", number="Row 7")),)
    window = opened(replace(STORE, receipt=replace(STORE.receipt, unused=unused)))
    page = window.check
    assert page.unused.text() == "What was noticed while reading…"
    page.unused.click()
    assert "Row 7 is blank" in said(page.panel)
    page.table.choose(row(page, "Region"))
    assert "Row 7" not in said(page.panel)


def test_two_counts_that_disagree_are_a_warning_at_the_top(opened: Open) -> None:
    unused = (Unused("readers_disagree", 6, say("{number} is blank", number="Two counts disagree: row 7")),)
    window = opened(replace(STORE, receipt=replace(STORE.receipt, unused=unused)), "/surveys/two.csv")
    assert "Two counts disagree" in said(window.check)
    window.show_page("quality")
    window.show_page("check")
    assert "Two counts disagree" in said(window.check)


def test_what_changed_since_last_time_is_said(opened: Open, qtbot: QtBot) -> None:
    window = opened(STORE, "/surveys/store.csv")
    window.session.changes = say("Since last time: {changes}", changes="2 columns new")
    window.show_page("overview")
    overview = window.pages["overview"]
    assert isinstance(overview, ResultPage)
    assert "2 columns new" in said(overview)
    overview.news.columns.click()
    assert window.page is window.check
    window.session.set_preferences(replace(window.session.preferences, language="zh_CN"))
    assert "2 columns new" in said(window.check)
    window.check.news.close_it.click()
    assert "2 columns new" not in said(window.check)
    window.show_page("overview")
    assert "2 columns new" not in said(overview)
    qtbot.waitUntil(lambda: window.session.idle)


def test_nothing_unused_is_no_link(page: CheckPage) -> None:
    window_receipt = page.session.workspace.dataset.receipt if page.session.workspace else None
    assert window_receipt is not None
    assert page.unused.isVisible() == bool(window_receipt.unused)


def test_results_are_one_key_away_and_the_layout_is_remembered(page: CheckPage, qtbot: QtBot) -> None:
    assert page.show_results.hasFocus()
    qtbot.keyClick(page.show_results, Qt.Key.Key_Return)
    window = page.window()
    assert isinstance(window, MainWindow)
    assert window.page is window.pages["overview"]
    recalled = store.recall(STORE)
    assert recalled is not None
    assert all(question.sure is Sure.SURE for question in recalled.dataset.questions)


def test_a_layout_is_not_remembered_against_the_wish(page: CheckPage, qtbot: QtBot) -> None:
    page.remember.setChecked(False)
    page.show_results.click()
    assert store.recall(STORE) is None


@pytest.mark.parametrize("preferences", [Preferences(language="en", theme="light", remember_layouts=False)])
def test_remembering_is_not_offered_when_it_is_switched_off(page: CheckPage) -> None:
    assert not page.remember.isVisible()
    page.show_results.click()
    assert store.recall(STORE) is None


def test_enter_presses_the_button_that_has_the_focus(page: CheckPage, qtbot: QtBot) -> None:
    page.back.setFocus()
    qtbot.keyClick(page.back, Qt.Key.Key_Return)
    window = page.window()
    assert isinstance(window, MainWindow)
    assert window.page is window.welcome


def test_a_file_without_a_score_says_so(opened: Open) -> None:
    window = opened(columns_of({"Region": ["North", "South"], "Town": ["York", "Hull", "Bath"]}))
    window.show_page("check")
    assert "We found 2 columns but no rating question." in said(window.check)


def test_five_hundred_columns_need_no_more_widgets_than_five(opened: Open) -> None:
    few = columns_of({f"Region {number}": ["North", "South"] for number in range(5)})
    many = columns_of({f"Region {number}": ["North", "South"] for number in range(500)}, name="many.csv")
    many = replace(many, source=replace(many.source, digest="many"))
    window = opened(few, "/surveys/few.csv")
    window.show_page("check")
    before = len(settled(window.check).findChildren(QWidget))
    window = opened(many, "/surveys/many.csv")
    window.show_page("check")
    assert window.check.model.rowCount() == 500
    assert len(settled(window.check).findChildren(QWidget)) == before


@pytest.mark.parametrize("preferences", [Preferences(language="zh_CN", theme="dark")])
def test_the_page_speaks_chinese(page: CheckPage) -> None:
    assert "我们这样理解您的文件" in said(page)
    assert page.model.headerData(1, Qt.Orientation.Horizontal) == "用途"
    assert page.model.index(row(page, "recommend"), ROLE).data() == "NPS 评分"


def test_rows_of_a_grid_with_another_doubt_stand_apart() -> None:
    """One answer is taken for all rows together, so "the first reading" must mean the same for each of them."""
    rows: list[list[object]] = [
        ["Please rate - Slow service", "Please rate - I had to wait too long", "Please rate - Bad smell"]
    ]
    rows += [[score, 6 - score, score] for score in [1, 2, 3, 4, 5, 5, 4, 5, 3, 4] * 6]
    lines = lines_of(understood(rows))
    assert [[question.text for question in line.questions] for line in lines] == [
        ["Slow service", "Bad smell"],
        ["I had to wait too long"],
    ]
