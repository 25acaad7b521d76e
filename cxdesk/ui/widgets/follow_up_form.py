"""The form of the follow-up page: save the list to work on, read it back, and who may be chosen as owner."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from cxdesk.analysis.follow_up_values import FollowUpSpec
from cxdesk.survey.dataset import Dataset
from cxdesk.text import Translator, say
from cxdesk.ui.parts import button, named_field, set_icon
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.option_form import OptionForm


class FollowUpForm(OptionForm):
    """Beside the options stand two buttons; saving asks each time whether contacts shall be readable."""

    save_wanted = Signal(bool)
    """Save the list; True with readable contacts."""

    read_wanted = Signal()

    def extras(self, dataset: Dataset, spec: Any, theme: Theme, translator: Translator) -> list[QWidget]:
        """Owners, and the buttons."""
        return [self._owners(spec, theme, translator), self._save(theme, translator), self._read(theme, translator)]

    def _owners(self, spec: FollowUpSpec, theme: Theme, translator: Translator) -> QWidget:
        title = translator(say("Owners"))
        known = ", ".join(spec.owners)
        field = QLineEdit(known)
        field.setPlaceholderText(translator(say("names, with commas between them")))
        field.setToolTip(translator(say("These names can be chosen in the saved list; others can be typed there.")))

        def typed() -> None:
            names = (name.strip() for name in field.text().replace("，", ",").replace("、", ",").split(","))
            owners = tuple(dict.fromkeys(name for name in names if name))
            if owners != spec.owners:
                self.spec_wanted.emit(say("Owners of the follow-up list"), replace(spec, owners=owners))

        field.editingFinished.connect(typed)
        holder = named_field(title, field, theme, 26)
        holder.setObjectName("owners")
        return holder

    def _save(self, theme: Theme, translator: Translator) -> QWidget:
        made = button(translator(say("Save the list…")), "primary")
        made.setObjectName("save_list")
        made.setAccessibleName(translator(say("Save the list…")))
        set_icon(made, theme, "save", "on_accent", gap=2)
        menu = QMenu(made)
        menu.addAction(translator(say("With masked contacts"))).triggered.connect(self._on_masked)
        menu.addAction(translator(say("With readable contacts"))).triggered.connect(self._on_readable)
        made.setMenu(menu)
        return made

    def _read(self, theme: Theme, translator: Translator) -> QWidget:
        made = button(translator(say("Read back a list…")))
        made.setObjectName("read_list")
        made.setAccessibleName(translator(say("Read back a list…")))
        made.setToolTip(translator(say("Takes over the statuses of a list that was worked on in Excel.")))
        set_icon(made, theme, "upload", "text", gap=2)
        made.clicked.connect(self.read_wanted)
        return made

    @Slot()
    def _on_masked(self) -> None:
        self.save_wanted.emit(False)

    @Slot()
    def _on_readable(self) -> None:
        self.save_wanted.emit(True)
