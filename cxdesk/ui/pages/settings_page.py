"""All settings on one page. Those that change numbers are an undoable step while a file is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from cxdesk.project import store
from cxdesk.project.preferences import CONFIDENCES, TEXT_SIZES
from cxdesk.project.traces import forget_files
from cxdesk.survey.base import Rules
from cxdesk.text import LANGUAGES, Format, Label, Number, Text, say
from cxdesk.ui.pages.page import Page
from cxdesk.ui.parts import button, card, clear, label, scrolling
from cxdesk.ui.session import Session
from cxdesk.ui.widgets.being_typed import taken_from
from cxdesk.ui.widgets.targets_card import TargetsCard


@dataclass(frozen=True, slots=True)
class Setting:
    """One line: its name, what it does, and its values with their names (none: on and off, or free ``words``).

    ``of_rules`` settings change numbers and live in `Rules`.
    """

    field: str
    name: Text
    hint: Text
    values: tuple[tuple[Any, Label], ...] = ()
    words: bool = False
    of_rules: bool = False


def _numbers(values: tuple[float, ...], format: Format) -> tuple[tuple[Any, Label], ...]:
    return tuple((value, say("{number}", number=Number(value, format))) for value in values)


GROUPS: tuple[tuple[Text, tuple[Setting, ...]], ...] = (
    (
        say("Look"),
        (
            Setting(
                "language",
                say("Language"),
                say("Language of the screen. Reports have their own."),
                (("", say("As the computer")), *LANGUAGES.items()),
            ),
            Setting(
                "theme",
                say("Colours"),
                say("Light or dark window. Reports are always light."),
                (("system", say("As the computer")), ("light", say("Light")), ("dark", say("Dark"))),
            ),
            Setting(
                "text_size",
                say("Text size"),
                say("Also with Ctrl + and Ctrl −."),
                tuple((size, say("{number}", number=Number(size / 100, Format.PERCENT))) for size in TEXT_SIZES),
            ),
            Setting("patterns", say("Patterns in charts"), say("Hatches detractors, for printing in grey.")),
        ),
    ),
    (
        say("Numbers"),
        (
            Setting(
                "satisfied_points",
                say("Satisfied means"),
                say("Which answers of a 5-point scale count as satisfied; other scales follow."),
                ((2, say("4 or 5 of 5")), (1, say("5 of 5"))),
                of_rules=True,
            ),
            Setting(
                "confidence",
                say("Confidence level"),
                say("How sure ranges and comparisons are. 95% is usual."),
                _numbers(CONFIDENCES, Format.PERCENT),
                of_rules=True,
            ),
            Setting(
                "hide_below",
                say("Hide groups under"),
                say("Groups with fewer answers show no score."),
                _numbers((10, 15, 20, 30, 50), Format.COUNT),
                of_rules=True,
            ),
            Setting(
                "test_from",
                say("Compare groups from"),
                say("Groups with fewer answers are shown but not compared."),
                _numbers((30, 50, 75, 100), Format.COUNT),
                of_rules=True,
            ),
        ),
    ),
    (
        say("Reports"),
        (
            Setting("author", say("Prepared by"), say("Printed on the first sheet; may stay empty."), words=True),
            Setting("paper", say("Paper"), say("Size of the printed report."), (("A4", "A4"), ("Letter", "Letter"))),
        ),
    ),
    (
        say("What is remembered"),
        (
            Setting("keep_recent", say("Recent files"), say("List the files opened last on the first page.")),
            Setting(
                "remember_layouts",
                say("Columns"),
                say("Use what you confirmed for the next file with the same columns. Answers are never kept."),
            ),
        ),
    ),
)

_OF_REPORTS = frozenset({"author", "paper"})
"""Settings that the open survey's report takes over at once."""

_TARGETS_AT = 3
"""The card of targets stands below those that change the look and the numbers."""

_PREFIX = "setting_"
_WIDE, _NAMES, _CONTROLS = 900, 170, 220
"""Widths in pixels at 100 % text size."""


class SettingsPage(Page):
    """Every change takes effect at once."""

    key: ClassVar[str] = "settings"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Empty until `refresh`."""
        super().__init__(session, parent)
        self._look: object = None
        self._controls: dict[str, QWidget] = {}
        self.targets = TargetsCard(session, self)
        self.targets.changed.connect(self._on_targets)
        self.targets.hide()
        body = QWidget()
        body.setObjectName("pageBody")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(22, 14, 22, 22)
        self._column.setSpacing(12)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(body, "page", sideways=True))

    def title(self) -> Text:
        """The name in the sidebar."""
        return say("Settings")

    def refresh(self) -> None:
        """Show the settings as they are; the control that has the focus keeps it."""
        look = (self.session.language, self.session.theme, self.session.preferences, self._rules())
        if look == self._look:
            return
        self._look = look
        focused = self.focusWidget()
        name = "" if focused is None or not self.isAncestorOf(focused) else focused.objectName()
        typed = taken_from(self._controls.get(name))
        self._column.removeWidget(self.targets)
        clear(self._column)
        self._controls = {}
        head = QHBoxLayout()
        head.addWidget(label(self.session.say(say("Settings")), "headline"))
        head.addStretch(1)
        if self.session.workspace is None:
            back = button(self.session.say(say("Back")))
            back.clicked.connect(self._on_back)
            head.addWidget(back)
        self._column.addLayout(head)
        for title, settings in GROUPS:
            self._column.addWidget(self._card(title, settings))
        self.targets.setMaximumWidth(self.session.theme.px(_WIDE))
        self.targets.refresh(self._rules())
        self._column.insertWidget(_TARGETS_AT, self.targets)
        self.targets.show()
        self._column.addStretch(1)
        again = self._controls.get(name)
        if again is not None:
            # Shown now, not with the next turn of the event loop: only what is shown can have the focus.
            again.show()
            again.setFocus(Qt.FocusReason.OtherFocusReason)
            if typed is not None:
                typed.go_on(again)

    def _card(self, title: Text, settings: tuple[Setting, ...]) -> QWidget:
        theme = self.session.theme
        frame = card()
        frame.setMaximumWidth(theme.px(_WIDE))
        grid = QGridLayout(frame)
        grid.setContentsMargins(18, 14, 18, 16)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.addWidget(label(self.session.say(title), "section"), 0, 0, 1, 3)
        # The same widths in every card, so that the controls stand below each other.
        grid.setColumnMinimumWidth(0, theme.px(_NAMES))
        grid.setColumnMinimumWidth(1, theme.px(_CONTROLS))
        for row, setting in enumerate(settings, start=1):
            grid.addWidget(label(self.session.say(setting.name), wrap=True), row, 0)
            grid.addWidget(self._control(setting), row, 1)
            grid.addWidget(label(self.session.say(setting.hint), "caption", wrap=True), row, 2)
        for row, (field, text, act) in enumerate(self._forgetting(settings), start=len(settings) + 1):
            forget = button(self.session.say(text))
            forget.setObjectName(f"{_PREFIX}forget_{field}")
            self._controls[forget.objectName()] = forget
            forget.clicked.connect(act)
            grid.addWidget(forget, row, 1, 1, 2, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(2, 1)
        return frame

    def _forgetting(self, settings: tuple[Setting, ...]) -> Iterator[tuple[str, Text, Callable[[], None]]]:
        """What can be forgotten at once, for each setting of a card that keeps something."""
        actions = {
            "keep_recent": (say("Clear the list of recent files"), self._on_forget_files),
            "remember_layouts": (say("Forget all remembered columns"), self._on_forget_columns),
        }
        for setting in settings:
            if setting.field in actions:
                yield setting.field, *actions[setting.field]

    def _control(self, setting: Setting) -> QWidget:
        value = getattr(self._rules() if setting.of_rules else self.session.preferences, setting.field)
        control: QWidget
        if setting.values:
            control = self._list(setting, value)
        elif setting.words:
            control = self._line(setting, str(value))
        else:
            control = self._switch(setting, on=bool(value))
        control.setAccessibleName(self.session.say(setting.name))
        control.setAccessibleDescription(self.session.say(setting.hint))
        control.setObjectName(f"{_PREFIX}{setting.field}")
        self._controls[control.objectName()] = control
        return control

    def _list(self, setting: Setting, value: Any) -> QWidget:
        box = QComboBox()
        values = setting.values
        if value not in [stored for stored, _ in values]:
            # A value that was set in the file by hand is shown as it is.
            values = (*values, (value, str(value)))
        for stored, name in values:
            box.addItem(self.session.say(name), stored)
        box.setCurrentIndex([stored for stored, _ in values].index(value))
        box.activated.connect(lambda place: self._change(setting, values[place][0]))
        return box

    def _line(self, setting: Setting, value: str) -> QWidget:
        line = QLineEdit(value)
        line.editingFinished.connect(lambda: self._change(setting, line.text().strip()))
        return line

    def _switch(self, setting: Setting, *, on: bool) -> QWidget:
        box = QCheckBox(self.session.say(say("On")))
        box.setChecked(on)
        box.clicked.connect(lambda checked: self._change(setting, checked))
        return box

    def _rules(self) -> Rules:
        workspace = self.session.workspace
        return self.session.preferences.rules if workspace is None else workspace.rules

    def _change(self, setting: Setting, value: Any) -> None:
        if getattr(self._rules() if setting.of_rules else self.session.preferences, setting.field) == value:
            return
        if setting.of_rules:
            self._change_rules(setting.name, replace(self._rules(), **{setting.field: value}))
            return
        self.session.set_preferences(replace(self.session.preferences, **{setting.field: value}))
        workspace = self.session.workspace
        if workspace is not None and setting.field in _OF_REPORTS:
            report = replace(workspace.report, **{setting.field: value})
            self.session.look_at(replace(workspace, report=report))
        self.refresh()

    def _change_rules(self, name: Text, rules: Rules) -> None:
        """Numbers change: the new files start with these rules, and the open one can go back with Undo."""
        self.session.set_preferences(replace(self.session.preferences, rules=rules))
        workspace = self.session.workspace
        if workspace is not None:
            self.session.edit(say("Setting: {name}", name=name), replace(workspace, rules=rules))
        self.refresh()

    @Slot(object)
    def _on_targets(self, rules: Rules) -> None:
        self._change_rules(say("Targets"), rules)

    @Slot()
    def _on_forget_files(self) -> None:
        forget_files()
        self.session.toast.emit(say("The list of recent files is empty."), ())

    @Slot()
    def _on_forget_columns(self) -> None:
        store.forget_layouts()
        self.session.toast.emit(say("All remembered columns are forgotten."), ())

    @Slot()
    def _on_back(self) -> None:
        self.session.go_to("before")
