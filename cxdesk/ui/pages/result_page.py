"""The page of an analysis: its options, and the section that it presents. One class serves them all."""

from __future__ import annotations

import importlib
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from cxdesk.analysis.base import Analysis
from cxdesk.blocks.note import Empty
from cxdesk.blocks.section import Row, Section
from cxdesk.project.workspace import Workspace
from cxdesk.text import Text, say
from cxdesk.ui.dialogs import choose_target
from cxdesk.ui.pages.page import Page
from cxdesk.ui.parts import label, scrolling
from cxdesk.ui.session import Session
from cxdesk.ui.widgets.news_bar import NewsBar
from cxdesk.ui.widgets.option_form import OptionForm
from cxdesk.ui.widgets.section_view import SectionView

if TYPE_CHECKING:
    # What only some analyses have is imported with their page, so that the first page does not wait for it.
    from cxdesk.analysis.found_rows import FoundRows
    from cxdesk.ui.comments_control import CommentsControl
    from cxdesk.ui.follow_up_control import FollowUpControl
    from cxdesk.ui.widgets.comments_form import CommentsForm
    from cxdesk.ui.widgets.follow_up_form import FollowUpForm

_SHOW_WAITING_AFTER = 400

_FORMS = {"comments": "CommentsForm", "crosstab": "CrosstabForm", "follow_up": "FollowUpForm", "quality": "QualityForm"}
"""Forms of single analyses, by the name that the analysis gives; each has a module of its own."""


class ResultPage(Page):
    """Computes in the background and shows the answer; the last one stays until the next is there."""

    def __init__(self, session: Session, analysis: Analysis[Any, Any], parent: QWidget | None = None) -> None:
        """Make an empty page for one analysis."""
        super().__init__(session, parent)
        self.analysis = analysis
        self._shown: Workspace | None = None
        self._section: Section | None = None
        self._look: object = None
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_SHOW_WAITING_AFTER)
        self._waiting.timeout.connect(self._on_slow)
        self.form = _form(analysis.form)
        self.form.chosen.connect(self._on_option)
        self.form.spec_wanted.connect(self._on_spec)
        self.form.action_wanted.connect(self._on_form_action)
        self.view = SectionView(choose_target=self._choose_target)
        self._people: FollowUpControl | None = None
        self._comments: CommentsControl | None = None
        self._add_own()
        self.view.row_chosen.connect(self._on_row)
        self.view.action_wanted.connect(self._on_action)
        self.view.choice_made.connect(self._on_choice)
        self.view.link_activated.connect(session.go_to)
        self.view.told.connect(self._on_told)
        self.news = NewsBar()
        self.news.columns_wanted.connect(self._on_columns)
        self.news.closed.connect(self._on_news_read)
        self._note: QLabel = label("", "caption")
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._note.hide()
        self.view.set_controls(self.form)
        self.area = scrolling(self.view, "page")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._note)
        above = QVBoxLayout()
        above.setContentsMargins(22, 10, 22, 0)
        above.addWidget(self.news)
        column.addLayout(above)
        column.addWidget(self.area, 1)

    def title(self) -> Text:
        """The name of the analysis."""
        return self.analysis.title

    def refresh(self) -> None:
        """Compute the current workspace, unless it is already shown in the current look."""
        workspace = self.session.workspace
        look = (self.session.language, self.session.theme)
        first = self.analysis.key == self.session.landing
        self.news.show_news(self.session.changes if first else None, self.session.translator)
        if workspace is None or (workspace is self._shown and look == self._look):
            return
        self._waiting.start()
        self.session.section(self.analysis.key, self._on_section, self._on_failed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll with the keys, as a page of text would."""
        bar, key = self.area.verticalScrollBar(), Qt.Key(event.key())
        steps = {
            Qt.Key.Key_Down: bar.singleStep(),
            Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
            Qt.Key.Key_Home: -bar.maximum(),
            Qt.Key.Key_End: bar.maximum(),
        }
        if key in steps:
            bar.setValue(bar.value() + steps[key])
        else:
            super().keyPressEvent(event)

    def _add_own(self) -> None:
        """What only the pages of single analyses can do."""
        if self.analysis.form == "follow_up":
            from cxdesk.ui.follow_up_control import FollowUpControl  # noqa: PLC0415 - see above

            self._people = FollowUpControl(self.session, cast("FollowUpForm", self.form), self)
        elif self.analysis.form == "comments":
            from cxdesk.ui.comments_control import CommentsControl  # noqa: PLC0415 - see above

            self._comments = CommentsControl(self.session, cast("CommentsForm", self.form), self.view, self)

    def _spec(self, workspace: Workspace) -> Any:
        return workspace.spec(self.analysis.key) or self.analysis.default(workspace.dataset)

    def _on_section(self, section: Section) -> None:
        workspace = self.session.workspace
        if workspace is None:
            return
        self._waiting.stop()
        self._note.hide()
        look = (self.session.language, self.session.theme)
        self._shown = workspace
        if section is self._section and look == self._look:
            # The workspace changed in something that this page does not show.
            return
        self._section, self._look = section, look
        spec = self._spec(workspace)
        options = self.analysis.offered(workspace.dataset, spec, workspace.selection)
        found = {field.name: getattr(spec, field.name) for field in fields(spec)}
        values = {name: value if isinstance(value, tuple) else str(value) for name, value in found.items()}
        about = (workspace.dataset, spec)
        self.form.show_options(options, values, self.session.theme, self.session.translator, about)
        if self._comments is not None:
            self._comments.show_section(section)
        else:
            self.view.show_section(section, self.session.theme, self.session.translator)

    def _on_failed(self, problem: Exception) -> None:
        self._waiting.stop()
        self._note.hide()
        text = say(
            "This page could not be calculated ({kind}). Your file was not changed. Undo the last step or open the "
            "file again.",
            kind=type(problem).__name__,
        )
        empty = Empty(say("Something went wrong here"), text, "undo", say("Undo"))
        section = Section(self.analysis.key, self.title(), empty.title, say("Nothing is lost."), (Row((empty,)),))
        self.view.show_section(section, self.session.theme, self.session.translator)
        self._section = None

    @Slot()
    def _on_slow(self) -> None:
        self._note.setText(self.session.say(say("Calculating…")))
        self._note.show()

    @Slot(str, object)
    def _on_option(self, field: str, value: Any) -> None:
        workspace = self.session.workspace
        if workspace is None:
            return
        spec = self._spec(workspace)
        if str(getattr(spec, field)) == str(value):
            return
        changed = replace(spec, **{field: value})
        if any(each.name == "focus" for each in fields(spec)) and field != "order":
            changed = replace(changed, focus="")
        name = say("Options of {page}", page=self.title())
        self.session.edit(name, workspace.with_spec(self.analysis.key, changed))

    @Slot(object, object)
    def _on_spec(self, name: Text, spec: Any) -> None:
        workspace = self.session.workspace
        if workspace is not None:
            self.session.edit(name, workspace.with_spec(self.analysis.key, spec))

    @Slot(str, str)
    def _on_row(self, _table: str, row: str) -> None:
        workspace = self.session.workspace
        if workspace is None:
            return
        spec = self._spec(workspace)
        if getattr(spec, "focus", row) != row:
            self.session.look_at(workspace.with_spec(self.analysis.key, replace(spec, focus=row)))

    @Slot(str, str)
    def _on_action(self, _table: str, row: str) -> None:
        """Follow the link of a row: show the rows that it is about, or go where it leads."""
        self._follow(row)

    @Slot(str)
    def _on_form_action(self, action: str) -> None:
        self._follow(action)

    def _follow(self, link: str) -> None:
        from cxdesk.ui.deciding import follow  # noqa: PLC0415 - see above

        follow(self.session, link, self._show_rows)

    @Slot(str, str, str)
    def _on_choice(self, table: str, row: str, choice: str) -> None:
        workspace = self.session.workspace
        if workspace is None:
            return
        changed = self.analysis.chosen(self._spec(workspace), table, row, choice)
        if changed is not None:
            name, spec = changed
            self.session.edit(name, workspace.with_spec(self.analysis.key, spec))
        elif self._people is None or not self._people.chooses(row, choice):
            from cxdesk.ui.deciding import choose  # noqa: PLC0415 - see above

            choose(self.session, row, choice, self._show_again)

    def _show_rows(self, found: FoundRows) -> None:
        session = self.session
        from cxdesk.ui.widgets.rows_dialog import RowsDialog  # noqa: PLC0415 - see above

        RowsDialog(found, session.theme, session.translator, self._choose_target, self._on_told, self).open()

    def _show_again(self) -> None:
        """Show what is true after a decision was refused: the lists still say what was wanted."""
        if self._section is not None:
            self.view.show_section(self._section, self.session.theme, self.session.translator)

    @Slot()
    def _on_columns(self) -> None:
        self.session.go_to("check")

    @Slot()
    def _on_news_read(self) -> None:
        self.session.changes = None
        self.news.hide()

    @Slot(object)
    def _on_told(self, text: Text) -> None:
        self.session.toast.emit(text, ())

    def _choose_target(self, suggested: str, ending: str) -> str:
        kinds = {
            "png": ((self.session.say(say("Picture")), "png"), (self.session.say(say("Drawing")), "svg")),
            "svg": ((self.session.say(say("Drawing")), "svg"), (self.session.say(say("Picture")), "png")),
            "csv": ((self.session.say(say("Table")), "csv"),),
        }[ending]
        return choose_target(self, self.session.say(say("Save as")), suggested, kinds)


def _form(name: str) -> OptionForm:
    """The form of an analysis: one of its own, or the one that serves most."""
    if name not in _FORMS:
        return OptionForm()
    made: OptionForm = getattr(importlib.import_module(f"cxdesk.ui.widgets.{name}_form"), _FORMS[name])()
    return made
