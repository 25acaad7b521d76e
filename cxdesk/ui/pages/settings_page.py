"""All settings on one page. Those that change numbers are an undoable step while a file is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from cxdesk.project import store
from cxdesk.project.preferences import CONFIDENCES, TEXT_SIZES, Preferences
from cxdesk.survey.base import Rules
from cxdesk.text import LANGUAGES, Format, Label, Number, Text, say
from cxdesk.ui.pages.page import Page
from cxdesk.ui.parts import button, card, clear, label
from cxdesk.ui.session import Session


@dataclass(frozen=True, slots=True)
class Setting:
    """One line: its name, what it does, its values with their names (none: on and off; a range; or free words).

    ``of_rules`` settings change numbers and live in `Rules`.
    """

    field: str
    name: Text
    hint: Text
    values: tuple[tuple[Any, Label], ...] = ()
    range: tuple[int, int] | None = None
    words: bool = False
    of_rules: bool = False


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
                tuple((size, say("{size}", size=Number(size / 100, Format.PERCENT))) for size in TEXT_SIZES),
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
                say("How sure ranges and comparisons are."),
                tuple((level, say("{level}", level=Number(level, Format.PERCENT))) for level in CONFIDENCES),
                of_rules=True,
            ),
            Setting(
                "hide_below",
                say("Hide groups under"),
                say("Groups with fewer answers show no score. At least 10."),
                range=(10, 100),
                of_rules=True,
            ),
            Setting(
                "test_from",
                say("Compare groups from"),
                say("Smaller groups are shown but not compared. At least 30."),
                range=(30, 500),
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


class SettingsPage(Page):
    """Every change takes effect at once."""

    key: ClassVar[str] = "settings"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Empty until `refresh`."""
        super().__init__(session, parent)
        self._look: object = None
        body = QWidget()
        body.setObjectName("pageBody")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(22, 14, 22, 22)
        self._column.setSpacing(12)
        area = QScrollArea()
        area.setObjectName("page")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def title(self) -> Text:
        """The name in the sidebar."""
        return say("Settings")

    def refresh(self) -> None:
        """Show the settings as they are."""
        look = (self.session.language, self.session.theme, self.session.preferences, self._rules())
        if look == self._look:
            return
        self._look = look
        clear(self._column)
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
        self._column.addStretch(1)

    def _card(self, title: Text, settings: tuple[Setting, ...]) -> QWidget:
        frame = card()
        frame.setMaximumWidth(self.session.theme.px(860))
        grid = QGridLayout(frame)
        grid.setContentsMargins(18, 14, 18, 16)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.addWidget(label(self.session.say(title), "section"), 0, 0, 1, 3)
        for row, setting in enumerate(settings, start=1):
            grid.addWidget(label(self.session.say(setting.name)), row, 0)
            grid.addWidget(self._control(setting), row, 1, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label(self.session.say(setting.hint), "caption", wrap=True), row, 2)
        if any(setting.field == "keep_recent" for setting in settings):
            forget = button(self.session.say(say("Forget recent files and columns now")))
            forget.clicked.connect(self._on_forget)
            grid.addWidget(forget, len(settings) + 1, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(2, 1)
        return frame

    def _control(self, setting: Setting) -> QWidget:
        value = getattr(self._rules() if setting.of_rules else self.session.preferences, setting.field)
        control: QWidget
        if setting.values:
            control = self._list(setting, value)
        elif setting.range is not None:
            control = self._number(setting, int(value), setting.range)
        elif setting.words:
            control = self._words(setting, str(value))
        else:
            control = self._switch(setting, bool(value))
        control.setAccessibleName(self.session.say(setting.name))
        control.setAccessibleDescription(self.session.say(setting.hint))
        control.setObjectName(f"setting_{setting.field}")
        return control

    def _list(self, setting: Setting, value: Any) -> QWidget:
        box = QComboBox()
        for stored, name in setting.values:
            box.addItem(self.session.say(name), stored)
        box.setCurrentIndex(next((i for i, (stored, _) in enumerate(setting.values) if stored == value), 0))
        box.setMinimumWidth(self.session.theme.px(170))
        box.activated.connect(self._setter(setting, lambda: setting.values[box.currentIndex()][0]))
        return box

    def _number(self, setting: Setting, value: int, limits: tuple[int, int]) -> QWidget:
        box = QSpinBox()
        box.setRange(*limits)
        box.setValue(value)
        box.setMinimumWidth(self.session.theme.px(100))
        box.setKeyboardTracking(False)
        box.editingFinished.connect(self._setter(setting, box.value))
        return box

    def _words(self, setting: Setting, value: str) -> QWidget:
        line = QLineEdit(value)
        line.setMinimumWidth(self.session.theme.px(240))
        line.editingFinished.connect(self._setter(setting, line.text))
        return line

    def _switch(self, setting: Setting, value: bool) -> QWidget:
        box = QCheckBox(self.session.say(say("On")))
        box.setChecked(value)
        box.clicked.connect(self._setter(setting, box.isChecked))
        return box

    def _setter(self, setting: Setting, value: Callable[[], Any]) -> Callable[..., None]:
        def change(*_: object) -> None:
            self._change(setting, value())

        return change

    def _rules(self) -> Rules:
        workspace = self.session.workspace
        return self.session.preferences.rules if workspace is None else workspace.rules

    def _change(self, setting: Setting, value: Any) -> None:
        preferences: Preferences = self.session.preferences
        if not setting.of_rules:
            if getattr(preferences, setting.field) != value:
                self.session.set_preferences(replace(preferences, **{setting.field: value}))
            return
        rules = replace(self._rules(), **{setting.field: value})
        if rules == self._rules():
            return
        self.session.set_preferences(replace(preferences, rules=rules))
        workspace = self.session.workspace
        if workspace is not None:
            self.session.edit(say("Setting: {name}", name=setting.name), replace(workspace, rules=rules))

    @Slot()
    def _on_forget(self) -> None:
        store.clear_recent()
        store.forget_layouts()
        self.session.toast.emit(say("Recent files and remembered columns are forgotten."), ())

    @Slot()
    def _on_back(self) -> None:
        self.session.go_to("welcome")
