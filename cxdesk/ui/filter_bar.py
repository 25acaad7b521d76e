"""The filter bar: one chip per condition, "Add filter", and how many responses are shown. The same on every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from cxdesk.analysis.wording import day_of
from cxdesk.project.opening import SMALLEST_SELECTION
from cxdesk.project.workspace import Workspace
from cxdesk.survey.question import Question
from cxdesk.survey.role import GROUPING, SCORED, Kind, Role
from cxdesk.survey.selection import Condition, OneOf, Selection, answer_name, describe_condition
from cxdesk.text import Format, Label, Listed, Number, Period, Text, say, say_n, show_number
from cxdesk.ui.chip import Chip, ChipBox
from cxdesk.ui.compare_control import CompareControl
from cxdesk.ui.filter_editor import FilterEditor
from cxdesk.ui.icons import pixmap
from cxdesk.ui.parts import button, label, set_icon
from cxdesk.ui.session import Session
from cxdesk.ui.weights_control import WeightsControl
from cxdesk.ui.widgets.flow import Flow
from cxdesk.ui.wishes import Wish

_FILTERED_ROLES = frozenset({*GROUPING, *SCORED, Role.MULTIPLE, Role.DATE, Role.COMMENT})
_MOST_NAMES = 3


class FilterBar(QFrame):
    """Chips open the editor; their cross or Del removes them. Every change is one undo step.

    A filter is shown at once, with “…” until it is known how many it leaves.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Build the fixed parts; `refresh` makes the chips."""
        super().__init__(parent)
        self.setProperty("look", "bar")
        self._session = session
        self._mark = QLabel(self)
        self._chips = QWidget(self)
        self._row = Flow(self._chips, spacing=6)
        self._add = button("", "chip", parent=self)
        self._add.clicked.connect(self._on_add)
        self._clear = button("", "link", parent=self)
        self._clear.clicked.connect(self._on_clear)
        self.count = label("", parent=self)
        self.count.setTextFormat(Qt.TextFormat.RichText)
        self.compare = CompareControl(session, self)
        self.weights = WeightsControl(session, self)
        self.editor: FilterEditor | None = None
        self._told: Workspace | None = None
        self._wanted: tuple[Condition, ...] = ()
        session.wishes.changed.connect(self._on_wishes)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(16, 5, 16, 5)
        whole.addWidget(self._mark)
        whole.addWidget(self._chips, 1, Qt.AlignmentFlag.AlignVCenter)
        whole.addWidget(self.weights)
        whole.addWidget(self.compare)
        whole.addSpacing(8)
        whole.addWidget(self.count)

    def refresh(self) -> None:
        """Show the conditions of the workspace."""
        session, theme = self._session, self._session.theme
        workspace = session.workspace
        self._mark.setPixmap(pixmap("filter", theme.palette.text2, theme.px(18), self.devicePixelRatioF()))
        focused = self._focused_question()
        for index in reversed(range(self._row.count())):
            item = self._row.takeAt(index)
            widget = item.widget() if item is not None else None
            if widget is not None and widget not in {self._add, self._clear}:
                widget.hide()
                widget.deleteLater()
        if workspace is None:
            return
        self._wanted = self._waiting()
        wanted = Selection(self._wanted)
        for condition in workspace.selection.conditions:
            if wanted.on(condition.question) is None:
                self._row.addWidget(self._chip(workspace, condition))
        for condition in self._wanted:
            self._row.addWidget(self._chip(workspace, condition, waits=True))
        date = _date_question(workspace)
        if date is not None and workspace.selection.on(date.id) is None and wanted.on(date.id) is None:
            self._row.addWidget(self._date_chip(date))
        self._add.setText(session.say(say("Add filter")))
        self._add.setAccessibleName(session.say(say("Add filter")))
        set_icon(self._add, theme, "plus", "text2", 14, 2)
        self._row.addWidget(self._add)
        self._clear.setText(session.say(say("Clear all")))
        self._clear.setAccessibleName(session.say(say("Clear all filters")))
        self._clear.setVisible(bool(workspace.selection.conditions or self._wanted))
        self._row.addWidget(self._clear)
        self._order_tabs()
        self._restore_focus(focused)
        self.compare.refresh()
        self.weights.refresh()
        self.setMinimumHeight(theme.px(44))
        self._show_count(workspace)

    def _order_tabs(self) -> None:
        """Tab walks the bar from left to right; chips are made anew and would come last in the window."""
        before: QWidget = self._chips
        # Qt orders only what may have the focus; the frame around the chips stands where they belong.
        self._chips.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for place in range(self._row.count()):
            item = self._row.itemAt(place)
            widget = None if item is None else item.widget()
            if widget is None:
                continue
            for pressed in [widget] if isinstance(widget, QPushButton) else widget.findChildren(QPushButton):
                QWidget.setTabOrder(before, pressed)
                before = pressed
        self._chips.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def focus_filters(self) -> None:
        """Put the focus on the first chip, for Ctrl+L; a bar that is not shown takes no keys."""
        if not self.isVisible():
            return
        chips = self._chips_in_order()
        (chips[0] if chips else self._add).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _chips_in_order(self) -> list[Chip]:
        """The chips from left to right; widgets know their children only in the order of their making."""
        found: list[Chip] = []
        for place in range(self._row.count()):
            item = self._row.itemAt(place)
            widget = None if item is None else item.widget()
            if isinstance(widget, Chip):
                found.append(widget)
            elif widget is not None:
                found.extend(widget.findChildren(Chip))
        return found

    def add_filter(self) -> None:
        """Open the editor for a new filter."""
        self._open_editor(self._add, "")

    def _focused_question(self) -> str | None:
        """The question whose chip has the focus, "" for another part of the row, None for none."""
        focused = self.focusWidget()
        if focused is None or not focused.hasFocus() or not self._chips.isAncestorOf(focused):
            return None
        return str(focused.property("question") or "")

    def _restore_focus(self, question: str | None) -> None:
        """Chips are made anew: the focus stays on the same condition, or goes to "Add filter" if it is gone."""
        if question is None:
            return
        same = [chip for chip in self._chips_in_order() if question and chip.property("question") == question]
        (same[0] if same else self._add).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_count(self, workspace: Workspace) -> None:
        """Say how many respondents are shown; a count that is not known yet follows."""
        session = self._session
        kept = session.known_size(workspace)
        if kept is None:
            session.size(workspace, lambda size: self._on_size(workspace, size), lambda _problem: None)
            return
        everyone = workspace.dataset.respondents
        if workspace.selection.conditions:
            text = say("Showing {kept} of {everyone} responses", kept=_strong(kept), everyone=everyone)
            plain = say("Showing {kept} of {everyone} responses", kept=kept, everyone=everyone)
        else:
            text = _all_shown(everyone, _strong(everyone))
            plain = _all_shown(everyone, Number(everyone))
        told = session.say(plain)
        changed = self.count.accessibleName() != told
        self.count.setText(session.say(text))
        self.count.setAccessibleName(told)
        if changed and self._told is not None and self._told.dataset.key == workspace.dataset.key:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, told))
        self._told = workspace

    def _on_size(self, workspace: Workspace, _size: int) -> None:
        if self._session.workspace is workspace:
            self._show_count(workspace)

    def _waiting(self) -> tuple[Condition, ...]:
        """The conditions that were chosen and are still being counted, if the open survey has their questions."""
        workspace = self._session.workspace
        known = set() if workspace is None else {question.id for question in workspace.dataset.questions}
        shown = (wish.shown for wish in self._session.wishes.shown)
        return tuple(each for each in shown if isinstance(each, Condition) and each.question in known)

    @Slot()
    def _on_wishes(self) -> None:
        """Show what was chosen as soon as it was, and no longer once it was refused or given up."""
        if self._waiting() != self._wanted:
            self.refresh()
        self.compare.refresh()

    def _chip(self, workspace: Workspace, condition: Condition, *, waits: bool = False) -> QWidget:
        session, theme = self._session, self._session.theme
        question = workspace.dataset.question(condition.question)
        whole = session.say(describe_condition(condition, workspace.dataset.question))
        box = ChipBox(self._chips)
        open_it, remove = box.chip, box.cross
        for pressed in (open_it, remove):
            pressed.setProperty("question", question.id)
        short, spoken_name = _short(question, condition), say("Filter: {filter}", filter=whole)
        if waits:
            short, spoken_name = say("{filter} …", filter=short), say("Filter, being applied: {filter}", filter=whole)
        open_it.setText(session.say(short).replace("&", "&&"))
        open_it.setAccessibleName(session.say(spoken_name))
        open_it.setToolTip(whole)
        if question.kind is Kind.DATE:
            set_icon(open_it, theme, "calendar", "text2", 16, 3)
        open_it.clicked.connect(self._on_chip)
        open_it.removed.connect(self._on_removed)
        spoken = say("Remove filter: {filter}", filter=whole)
        box.show_cross(theme, session.translator, say("Remove filter"), spoken)
        remove.clicked.connect(self._on_removed)
        return box

    def _date_chip(self, date: Question) -> QWidget:
        session = self._session
        span = session.span(date.id)
        text = say("Date")
        if span is not None:
            text = say("Date: {period}", period=Period(day_of(span[0]), day_of(span[1])))
        chip = Chip(self._chips, session.say(text), "chip")
        chip.setProperty("question", date.id)
        chip.setAccessibleName(session.say(text))
        set_icon(chip, session.theme, "calendar", "text2", 16, 3)
        chip.clicked.connect(self._on_chip)
        return chip

    @Slot()
    def _on_chip(self) -> None:
        sender = self.sender()
        if isinstance(sender, QPushButton):
            self._open_editor(sender, str(sender.property("question")))

    @Slot()
    def _on_add(self) -> None:
        self.add_filter()

    @Slot()
    def _on_removed(self) -> None:
        sender = self.sender()
        workspace = self._session.workspace
        if sender is not None and workspace is not None:
            question = str(sender.property("question"))
            self._widen((question,), workspace.selection.without(question), say("Remove filter"))

    @Slot()
    def _on_clear(self) -> None:
        self._widen([each.question for each in self._waiting()], Selection(), say("Clear all filters"))

    def _open_editor(self, anchor: QWidget, question: str) -> None:
        workspace = self._session.workspace
        if workspace is None:
            return
        if self.editor is not None:
            self.editor.close()
            self.editor.deleteLater()
        questions = tuple(filter(_can_be_filtered, workspace.dataset.questions))
        self.editor = FilterEditor(self._session, questions, question, self.window())
        self.editor.condition_chosen.connect(self._on_condition)
        self.editor.popup(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))

    @Slot(object)
    def _on_condition(self, condition: Condition) -> None:
        """Filter by a condition, unless it leaves too few: then say how many, and change nothing."""
        session, workspace = self._session, self._session.workspace
        if workspace is None:
            return
        name = say("Filter by {question}", question=workspace.dataset.question(condition.question).text)

        def narrowed(now: Workspace) -> Workspace:
            return replace(now, selection=now.selection.replacing(condition))

        def counted(now: Workspace, kept: int) -> None:
            if kept < SMALLEST_SELECTION:
                session.toast.emit(_too_few(kept), ())
            else:
                session.edit(name, narrowed(now))

        session.wishes.add(
            Wish(
                _key(condition.question),
                name,
                lambda now, _job: session.count(narrowed(now)),
                counted,
                self._on_failed,
                lambda now: (now.dataset, now.selection, now.compare, now.weighting),
                known=lambda now: session.known_size(narrowed(now)),
                questions=(condition.question,),
                shown=condition,
            )
        )

    def _widen(self, questions: Sequence[str], selection: Selection, name: Text) -> None:
        """Take conditions away, those that still wait too; whoever was looked at still is, so nobody is counted."""
        workspace = self._session.workspace
        for question in questions:
            self._session.wishes.give_up(_key(question))
        if workspace is not None and selection != workspace.selection:
            self._session.edit(name, replace(workspace, selection=selection))

    def _on_failed(self, problem: Exception) -> None:
        text = say("The filter could not be applied ({kind}). Nothing was changed.", kind=type(problem).__name__)
        self._session.toast.emit(text, ())


def _key(question: str) -> str:
    """What waits for a question: a second filter on it takes the place of the first."""
    return f"filter {question}"


def _too_few(kept: int) -> Text:
    if not kept:
        return say("No responses match these filters. The filter was not changed.")
    return say_n(
        "Only 1 response matches, and {least} are needed. The filter was not changed.",
        "Only {count} responses match, and {least} are needed. The filter was not changed.",
        kept,
        least=SMALLEST_SELECTION,
    )


def _all_shown(everyone: int, shown: str | Number) -> Text:
    return say_n("Showing the only response", "Showing all {everyone} responses", everyone, everyone=shown)


def _strong(count: int) -> str:
    return f"<b>{show_number(count, Format.COUNT)}</b>"


def _date_question(workspace: Workspace) -> Question | None:
    return next((question for question in workspace.dataset.with_role(Role.DATE) if question.kind is Kind.DATE), None)


def _short(question: Question, condition: Condition) -> Text:
    """A condition in a few words: long lists of answers are counted instead."""
    title = question.text if len(question.text) <= 24 else f"{question.text[:23]}…"
    if not isinstance(condition, OneOf):
        return describe_condition(condition, lambda _id: _titled(question, title))
    names: list[Label] = [answer_name(question, code) for code in condition.codes]
    if len(names) > _MOST_NAMES:
        return say("{question}: {chosen} of {all}", question=title, chosen=Number(len(names)), all=question.size)
    return say("{question}: {values}", question=title, values=Listed(tuple(names)))


def _can_be_filtered(question: Question) -> bool:
    """Answers of people, and a yes or no that is known about them; amounts have no list to choose from."""
    outcome = question.role is Role.OPERATION and question.kind is Kind.CHOICE
    return outcome or question.role in _FILTERED_ROLES


def _titled(question: Question, title: str) -> Question:
    return replace(question, text=title)
