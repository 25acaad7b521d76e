"""The form of the crosstab: several rows at once, lines of one's own, and tables kept for the report."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from cxdesk.analysis.crosstab_values import CrosstabSpec, OwnNet
from cxdesk.blocks.table import Table
from cxdesk.project.preferences import Preferences
from cxdesk.survey.role import Kind
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.pages.result_page import ResultPage
from cxdesk.ui.widgets.crosstab_form import CrosstabForm
from cxdesk.ui.widgets.table_card import TableCard
from tests.ui.surveys import store_survey
from tests.ui.test_every_page import look_at, settle

Open = Callable[..., MainWindow]
LOOKS = [
    pytest.param(Preferences(language=language, theme=theme, text_size=text), id=f"{language}-{theme}-{text}")
    for language, theme, text in (("en", "light", 100), ("zh_CN", "dark", 100), ("en", "light", 150))
]


class Bench:
    """The crosstab page of a window."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot
        window.resize(1024, 640)
        window.show_page("crosstab")
        self.rest()

    def rest(self) -> None:
        settle(self.window, self.qtbot)

    @property
    def form(self) -> CrosstabForm:
        page = self.window.pages["crosstab"]
        assert isinstance(page, ResultPage)
        assert isinstance(page.form, CrosstabForm)
        return page.form

    @property
    def spec(self) -> CrosstabSpec:
        assert self.window.session.workspace is not None
        found = self.window.session.workspace.spec("crosstab")
        return CrosstabSpec() if found is None else found

    @property
    def table(self) -> Table:
        return next(
            card for card in self.window.page.findChildren(TableCard) if card.isVisible()
        ).view.table_model.table

    def button(self, name: str) -> QPushButton:
        found = self.form._controls[name]
        assert isinstance(found, QPushButton)
        return found

    def press(self, name: str) -> None:
        self.button(name).setFocus()
        self.qtbot.keyClick(self.button(name), Qt.Key.Key_Space)


@pytest.fixture
def bench(opened: Open, qtbot: QtBot) -> Bench:
    return Bench(opened(store_survey()), qtbot)


def test_rows_are_ticked_with_the_keyboard(bench: Bench, qtbot: QtBot) -> None:
    bench.press("rows")
    popup = bench.form.popup
    assert popup is not None
    before = popup.ticks.values()
    popup.ticks.tick(())
    assert not popup.apply.isEnabled()
    popup.ticks.setCurrentRow(1)
    qtbot.keyClick(popup.ticks, Qt.Key.Key_Space)
    assert len(popup.ticks.values()) == 1
    qtbot.keyClick(popup.ticks, Qt.Key.Key_Return)
    bench.rest()
    assert bench.spec.rows != before
    assert len(bench.spec.rows) == 1
    assert sum(row.head for row in bench.table.rows) == 1
    bench.window.session.undo()
    bench.rest()
    assert bench.spec == CrosstabSpec()


def test_all_scores_are_ticked_at_once(bench: Bench) -> None:
    bench.press("rows")
    popup = bench.form.popup
    assert popup is not None
    popup.sets[0].click()
    popup.apply.click()
    bench.rest()
    workspace = bench.window.session.workspace
    assert workspace is not None
    scored = [question.id for question in workspace.dataset.questions if question.kind is Kind.SCORE]
    assert set(scored) == set(bench.spec.rows)


def test_a_net_of_ones_own_becomes_a_line(bench: Bench, qtbot: QtBot) -> None:
    bench.press("nets")
    bench.form.menu.actions()[0].trigger()
    bench.form.menu.close()
    editor = bench.form.editor
    assert editor is not None
    assert not editor.apply.isEnabled()
    editor.name.setText("Both ends")
    editor.ticks.tick(("0", "1"))
    qtbot.keyClick(editor.name, Qt.Key.Key_Return)
    bench.rest()
    (net,) = bench.spec.nets
    assert net == OwnNet(net.question, "Both ends", (0, 1))
    assert any(str(row.cells[0].value) == "Both ends" for row in bench.table.rows)
    bench.press("nets")
    bench.form.menu.actions()[1].trigger()
    bench.form.menu.close()
    again = bench.form.editor
    assert again is not None
    assert again.ticks.values() == ("0", "1")
    again.remove.click()
    bench.rest()
    assert bench.spec.nets == ()


def test_a_table_is_kept_for_the_report_and_taken_out_again(bench: Bench) -> None:
    assert "kept" not in bench.form._controls
    bench.press("keep")
    bench.rest()
    kept: tuple[CrosstabSpec, ...] = bench.spec.kept
    assert kept == (CrosstabSpec(),)
    assert not bench.button("keep").isEnabled()
    bench.press("kept")
    inside = bench.form.menu.findChildren(QMenu)[0]
    bench.form.menu.close()
    inside.actions()[1].trigger()
    bench.rest()
    assert bench.spec.kept == ()
    assert bench.button("keep").isEnabled()


@pytest.mark.parametrize("preferences", LOOKS)
def test_the_form_and_its_popups_are_whole(bench: Bench) -> None:
    look_at(bench.window, "crosstab")
    bench.press("rows")
    popup = bench.form.popup
    assert popup is not None
    for child in (popup.apply, *popup.sets):
        assert popup.rect().contains(child.geometry())
        assert child.width() >= child.minimumSizeHint().width()
    popup.close()
