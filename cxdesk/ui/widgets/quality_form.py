"""The form of the quality page: how many people were invited, in all or by group, if a person knows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from cxdesk.analysis.quality_values import QualitySpec
from cxdesk.project.invited_typed import invited_groups, invited_number
from cxdesk.survey.dataset import Dataset
from cxdesk.text import Format, Translator, say
from cxdesk.ui.parts import button, label, named_field, set_icon
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.option_form import OptionForm
from cxdesk.ui.widgets.popup import Popup

CONFIRM_ALL = "confirm_all"
"""What the form asks for when somebody agrees with everything."""


class QualityForm(OptionForm):
    """One field for a number and a button for a table; nothing is asked of those who do not know."""

    always = True

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until options are shown."""
        super().__init__(parent)
        self.groups: InvitedPopup | None = None

    def extras(self, dataset: Dataset, spec: Any, theme: Theme, translator: Translator) -> list[QWidget]:
        """The button to agree with everything, the number of people invited, and the button for a table of it."""
        confirm = button(translator(say("Confirm all")))
        confirm.setObjectName(CONFIRM_ALL)
        confirm.setToolTip(translator(say("Let everything that nobody decided be as the lists show it")))
        confirm.clicked.connect(self._on_confirm)
        return [confirm, self._number(spec, theme, translator), self._by_group(dataset, spec, theme, translator)]

    @Slot()
    def _on_confirm(self) -> None:
        self.action_wanted.emit(CONFIRM_ALL)

    def _number(self, spec: QualitySpec, theme: Theme, translator: Translator) -> QWidget:
        title = translator(say("People invited"))
        known = translator.number(spec.invited, Format.COUNT) if spec.invited else ""
        field = QLineEdit(known)
        field.setPlaceholderText(translator(say("not known")))
        expected = translator(say("Please type a whole number, such as {count}, or nothing.", count=1200))
        wrong = label("", "detractor")
        wrong.hide()

        def show_problem(text: str) -> None:
            wrong.setText(text)
            wrong.setVisible(bool(text))
            field.setAccessibleDescription(text)

        def typed() -> None:
            number = invited_number(field.text())
            show_problem(expected if number is None else "")
            if number is not None and number != spec.invited:
                name = say("{count} people invited", count=number) if number else say("Number invited not known")
                self.spec_wanted.emit(name, replace(spec, invited=number))

        field.editingFinished.connect(typed)
        field.textEdited.connect(lambda _text: show_problem(""))
        holder = named_field(title, field, theme, 16, wrong)
        holder.setObjectName("invited")
        return holder

    def _by_group(self, dataset: Dataset, spec: QualitySpec, theme: Theme, translator: Translator) -> QWidget:
        made = button(translator(say("By group…") if spec.groups is None else say("By group: given")))
        made.setObjectName("groups")
        set_icon(made, theme, "paste", size=14, gap=6)

        def show() -> None:
            if self.groups is not None:
                self.groups.deleteLater()
            self.groups = InvitedPopup(dataset, spec, theme, translator, self.window())
            self.groups.spec_wanted.connect(self.spec_wanted)
            self.groups.open_below(made, self.groups.field)

        made.clicked.connect(show)
        return made


class InvitedPopup(Popup):
    """Takes a pasted table of groups and numbers; says what it is missing as long as it cannot be used."""

    spec_wanted = Signal(object, object)

    def __init__(
        self, dataset: Dataset, spec: QualitySpec, theme: Theme, translator: Translator, parent: QWidget
    ) -> None:
        """``spec`` is what the numbers are added to."""
        super().__init__(parent)
        self._dataset, self._spec, self._translator = dataset, spec, translator
        words = translator(say("Paste two columns from a spreadsheet: the groups, and how many were invited of each."))
        self.field = QPlainTextEdit(self)
        self.field.setAccessibleName(words)
        self.field.setTabChangesFocus(True)
        self.told = label("", "caption", wrap=True, parent=self)
        self.apply = button(translator(say("Apply")), "primary", parent=self)
        self.remove = button(translator(say("Remove")), "flat", parent=self)
        self.remove.setVisible(spec.groups is not None)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(8)
        for each in (label(words, "caption", wrap=True), self.field, self.told):
            column.addWidget(each)
        foot = QHBoxLayout()
        foot.addWidget(self.remove)
        foot.addStretch(1)
        foot.addWidget(self.apply)
        column.addLayout(foot)
        self.setFixedSize(theme.px(340), theme.px(320))
        self.field.textChanged.connect(self._on_changed)
        self.apply.clicked.connect(self._on_apply)
        self.remove.clicked.connect(self._on_remove)
        if spec.groups is not None:
            question = dataset.question(spec.groups.question)
            lines = (f"{name}\t{number}" for name, number in zip(question.options, spec.groups.numbers, strict=False))
            self.field.setPlainText("\n".join(lines))
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        text = self.field.toPlainText()
        found = invited_groups(self._dataset, text) if text.strip() else None
        self.apply.setEnabled(found is not None and found.invited is not None)
        problem = None if found is None else found.problem
        self.told.setText("" if problem is None else self._translator(problem))

    @Slot()
    def _on_apply(self) -> None:
        found = invited_groups(self._dataset, self.field.toPlainText()).invited
        if found is not None:
            self.close()
            whole = replace(self._spec, groups=found, invited=self._spec.invited or sum(found.numbers))
            self.spec_wanted.emit(say("People invited by group"), whole)

    @Slot()
    def _on_remove(self) -> None:
        self.close()
        self.spec_wanted.emit(say("Number invited not known"), replace(self._spec, groups=None))
