"""How we understood the file: one line per question, changed with one click, and one plain question where we doubt."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from cxdesk.analysis.found_rows import found_rows
from cxdesk.project import store
from cxdesk.project.columns import RoleRefused, answer_ask, use_as, uses_of
from cxdesk.project.workspace import Workspace
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import SCORED, Role, role_name
from cxdesk.text import Text, say, say_n
from cxdesk.ui.dialogs import choose_target
from cxdesk.ui.pages.page import Page
from cxdesk.ui.parts import button, card, clear, label, scrolling
from cxdesk.ui.session import Session
from cxdesk.ui.widgets.check_model import CheckModel, Line
from cxdesk.ui.widgets.columns_table import ColumnsTable
from cxdesk.ui.widgets.flow import Flow
from cxdesk.ui.widgets.news_bar import NewsBar
from cxdesk.ui.widgets.question_panel import QuestionPanel
from cxdesk.ui.widgets.reading_choices import ReadingChoices
from cxdesk.ui.widgets.rows_dialog import RowsDialog

_TABLE_SHARE, _PANEL_SHARE = 75, 25
_CHIP_HIGH = 26
_STACKED_UNDER = 760
_LEAST_TABLE = 240
"""Lengths in pixels at 100 % text size."""


class CheckPage(Page):
    """Shown by itself only if a doubt would change the results; otherwise it is "Columns" in the sidebar."""

    key: ClassVar[str] = "check"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Build the table and the panel beside it."""
        super().__init__(session, parent)
        self._shown: Dataset | None = None
        self._look: object = None
        self._reading_again = False
        self._headline = label("", "headline", wrap=True)
        self._line = label("", "caption", wrap=True)
        self._warned = label("", wrap=True)
        self._warning = card("warn")
        self.news = NewsBar(linked=False)
        self.model = CheckModel(self)
        self.table = ColumnsTable(self.model, self._uses)
        self.panel = QuestionPanel()
        self.choices = ReadingChoices(session)
        self.unused = button("", "link")
        self.remember = QCheckBox()
        self.remember.setChecked(True)
        self.back = button("")
        self.show_results = button("", "primary")
        self.wrong = button("", "link")
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._panel_card = card()
        self._chips = QWidget()
        self._chip_row = Flow(self._chips)
        self.next_step = self.show_results
        self.setFocusProxy(self.next_step)
        self._lay_out()
        self._connect()

    def title(self) -> Text:
        """The page is called Columns in the sidebar."""
        return say("Columns")

    def refresh(self) -> None:
        """Show the survey as it is understood now; the chosen rows stay chosen."""
        workspace = self.session.workspace
        look = (self.session.language, self.session.theme)
        # The page is about the file, so it shows all rows, also those that were left out of the results.
        if workspace is None or (workspace.dataset.complete is self._shown and look == self._look):
            return
        dataset = workspace.dataset.complete
        another_file = self._shown is None or self._shown.source.digest != dataset.source.digest
        chosen = self.table.chosen()
        self._shown, self._look = dataset, look
        self._say_words(dataset)
        self.arrange()
        self.table.show_look(self.session.theme, self.session.translator)
        self.model.show_dataset(dataset, self.session.translator)
        if another_file:
            self.choices.hide()
            self.table.choose(self.model.first_of_interest())
        elif not self.table.chosen() and chosen:
            self.table.choose(max(0, self.model.row_of(chosen[0].first.id)))
        self._show_panel()

    def _connect(self) -> None:
        self.table.lines_chosen.connect(self._show_panel)
        self.table.role_chosen.connect(self._on_role)
        self.panel.reading_chosen.connect(self._on_reading)
        self.panel.menu_wanted.connect(self._on_menu)
        self.panel.rows_wanted.connect(self._on_rows)
        self.choices.again_wanted.connect(self._on_again)
        self.unused.clicked.connect(self._on_unused)
        self.news.closed.connect(self._on_news_read)
        self.back.clicked.connect(self._on_back)
        self.show_results.clicked.connect(self._on_show)
        self.wrong.clicked.connect(self._on_wrong)
        # Queued: the window has then shown the page that it opens files on.
        self.session.opened.connect(self._on_opened, Qt.ConnectionType.QueuedConnection)
        self.session.given_up.connect(self._on_opened)
        self.session.refused.connect(self._on_opened)

    def _lay_out(self) -> None:
        left = card()
        inside = QVBoxLayout(left)
        inside.setContentsMargins(6, 6, 6, 6)
        inside.setSpacing(2)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.unused, 0, Qt.AlignmentFlag.AlignLeft)
        self._middle.setSpacing(12)
        self._middle.addWidget(left, _TABLE_SHARE)
        self._middle.addWidget(self._panel_card, _PANEL_SHARE)
        panel = QVBoxLayout(self._panel_card)
        panel.setContentsMargins(2, 2, 2, 2)
        panel.addWidget(scrolling(self.panel))
        foot = QHBoxLayout()
        foot.setContentsMargins(22, 0, 22, 14)
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.remember)
        foot.addSpacing(12)
        foot.addWidget(self.show_results)
        warning = QVBoxLayout(self._warning)
        warning.setContentsMargins(14, 8, 14, 8)
        warning.addWidget(self._warned)
        body = QWidget()
        body.setObjectName("pageBody")
        column = QVBoxLayout(body)
        column.setContentsMargins(22, 14, 22, 0)
        column.setSpacing(8)
        for widget in (self._headline, self._line, self._chips, self._warning, self.news, self.choices):
            column.addWidget(widget)
        column.addLayout(self._middle, 1)
        self.choices.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addWidget(scrolling(body, "page"), 1)
        whole.addLayout(foot)

    def arrange(self) -> None:
        """Large text in a small window: the panel goes below the table, and the page scrolls."""
        theme = self.session.theme
        stacked = self.width() < theme.px(_STACKED_UNDER)
        direction = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self._middle.setDirection(direction)
        self.table.setMinimumHeight(theme.px(_LEAST_TABLE))
        self._panel_card.setMinimumHeight(theme.px(_LEAST_TABLE) if stacked else 0)

    def _say_words(self, dataset: Dataset) -> None:
        session = self.session
        self._headline.setText(session.say(say("We understood your file like this")))
        self._line.setText(session.say(_how_clear(session.doubts(), len(dataset.columns))))
        warnings = [session.say(text) for text in _warnings(dataset)]
        self._warned.setText("\n".join(warnings))
        self._warning.setVisible(bool(warnings))
        self.news.show_news(session.changes, session.translator)
        self._show_chips(dataset)
        total = dataset.receipt.cells_left_out
        self.unused.setVisible(bool(dataset.receipt.unused))
        self.table.setAccessibleName(session.say(say("Columns of the file")))
        for pressed, text in (
            (self.back, say("Back")),
            (self.show_results, say("Show results")),
            (self.wrong, say("Wrong sheet or garbled text?")),
            (self.unused, _unused_words(total)),
            (self.remember, say("Remember for files with these columns")),
        ):
            pressed.setText(session.say(text))
            pressed.setAccessibleName(session.say(text))
        self.remember.setVisible(session.preferences.remember_layouts)

    def _show_chips(self, dataset: Dataset) -> None:
        receipt = dataset.receipt
        self.wrong.setParent(self)
        clear(self._chip_row)
        if receipt.platform_name:
            told = say("{platform} export recognised", platform=receipt.platform_name)
            self._add_chip(say("✓ {told}", told=told), "chipOk")
        if receipt.sheet is not None and receipt.header_rows:
            place = say("Sheet “{sheet}”, header in row {row}", sheet=receipt.sheet, row=receipt.header_rows[-1] + 1)
            self._add_chip(place, "chipInfo")
        elif receipt.encoding is not None:
            self._add_chip(say("Text file, {encoding}", encoding=receipt.encoding), "chipInfo")
        rows = say_n("1 row", "{count} rows", receipt.rows)
        columns = say_n("1 column", "{count} columns", receipt.columns)
        self._add_chip(say("{rows}, {columns}", rows=rows, columns=columns), "chipInfo")
        self._chip_row.addWidget(self.wrong)
        # Several files have several sheets: each is read right before they are put together.
        self.wrong.setVisible(self.session.bundle is None)

    def _add_chip(self, text: Text, look: str) -> None:
        chip = label(self.session.say(text), look, parent=self._chips)
        # As high as the link at the end of the row.
        chip.setMinimumHeight(self.session.theme.px(_CHIP_HIGH))
        self._chip_row.addWidget(chip)

    def _uses(self, lines: tuple[Line, ...]) -> frozenset[Role]:
        workspace = self.session.workspace
        questions = [question for line in lines for question in line.questions]
        return frozenset() if workspace is None else uses_of(workspace.dataset, questions)

    def _apply(self, step: Text, change: Callable[[Workspace], Workspace]) -> None:
        workspace = self.session.workspace
        if workspace is None:
            return
        try:
            self.session.edit(step, change(workspace))
        except RoleRefused as refused:
            self.session.toast.emit(refused.reason, ())

    @Slot()
    def _show_panel(self) -> None:
        """Show what is chosen: one question, or what can be done with several."""
        lines, dataset = self.table.chosen(), self._shown
        if dataset is None or not lines:
            return
        if len(lines) > 1:
            self.panel.show_several(lines, self.session.theme, self.session.translator)
        else:
            self.panel.show_line(lines[0], dataset, self.session.theme, self.session.translator)

    @Slot(object, object)
    def _on_role(self, lines: tuple[Line, ...], role: Role) -> None:
        questions = [question for line in lines for question in line.questions]
        if len(questions) == 1:
            step = say("Use “{column}” as {role}", column=questions[0].text, role=role_name(role))
        else:
            columns = say_n("1 column", "{count} columns", len(questions))
            step = say("Use {columns} as {role}", columns=columns, role=role_name(role))
        self._apply(step, lambda workspace: use_as(workspace, questions, role))

    @Slot(object, int)
    def _on_reading(self, questions: tuple[Question, ...], number: int) -> None:
        step = say("Answer for “{column}”", column=questions[0].text)
        self._apply(step, lambda workspace: answer_ask(workspace, questions, number))

    @Slot(QPoint)
    def _on_menu(self, at: QPoint) -> None:
        self.table.open_menu(at)

    @Slot()
    def _on_news_read(self) -> None:
        self.session.changes = None
        self.news.hide()

    @Slot()
    def _on_unused(self) -> None:
        if self._shown is not None:
            self.panel.show_unused(self._shown, self.session.theme, self.session.translator)

    @Slot(str)
    def _on_rows(self, line: str) -> None:
        found = None if self._shown is None else found_rows(self._shown, line)
        if found is not None:
            session = self.session
            RowsDialog(found, session.theme, session.translator, self._choose_target, self._on_told, self).open()

    @Slot(object)
    def _on_told(self, text: Text) -> None:
        self.session.toast.emit(text, ())

    def _choose_target(self, suggested: str, _ending: str) -> str:
        title, kind = self.session.say(say("Save as")), self.session.say(say("Table"))
        return choose_target(self, title, suggested, ((kind, "csv"),))

    @Slot()
    def _on_show(self) -> None:
        workspace = self.session.workspace
        if workspace is not None and self.remember.isChecked() and self.session.preferences.remember_layouts:
            store.remember(workspace.dataset)
        self.session.go_to("overview")

    @Slot()
    def _on_back(self) -> None:
        self.session.go_to("welcome")

    @Slot()
    def _on_wrong(self) -> None:
        self.choices.setVisible(not self.choices.isVisible())
        if self.choices.isVisible():
            self.choices.refresh()

    @Slot(object)
    def _on_again(self, choices: object) -> None:
        self._reading_again = True
        self._shown = None
        self.session.go_to("welcome")
        self.session.reopen(choices)  # type: ignore[arg-type]

    @Slot()
    def _on_opened(self) -> None:
        """Come back to this page after reading the file in another way, or not, to see whether it is right now."""
        if self._reading_again:
            self._reading_again = False
            self.session.go_to("check")


def _how_clear(doubts: int, columns: int) -> Text:
    if not doubts:
        return say("Every column is clear. Press a box to use a column in another way.")
    return say_n(
        "1 of {all} columns needs a quick look; it is marked. You can also continue now and change this later.",
        "{count} of {all} columns need a quick look; they are marked. You can also continue now and change this later.",
        doubts,
        all=columns,
    )


def _unused_words(cells: int) -> Text:
    if not cells:
        return say("What was noticed while reading…")
    return say_n("1 value is not used…", "{count} values are not used…", cells)


def _warnings(dataset: Dataset) -> list[Text]:
    """What must be looked at before anything else: two counts of the file that disagree, or nothing that is a score."""
    found = [entry.text for entry in dataset.receipt.unused if entry.code == "readers_disagree"]
    if not dataset.with_role(*SCORED):
        found.append(
            say_n(
                "We found 1 column but no rating question. Tell us which column holds the score, or check that "
                "this is the data export, not the summary.",
                "We found {count} columns but no rating question. Tell us which column holds the score, or check "
                "that this is the data export, not the summary.",
                len(dataset.columns),
            )
        )
    return found
