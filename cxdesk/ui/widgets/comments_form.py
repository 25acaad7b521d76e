"""The form of the comments page: its options, and the way to the list of themes."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cxdesk.survey.dataset import Dataset
from cxdesk.text import Translator, say
from cxdesk.ui.parts import button
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.option_form import OptionForm


class CommentsForm(OptionForm):
    """Adds "Edit themes…" to the options."""

    themes_wanted = Signal()

    def extras(self, dataset: Dataset, spec: Any, theme: Theme, translator: Translator) -> list[QWidget]:
        """The button behind the options."""
        made = button(translator(say("Edit themes…")))
        made.setObjectName("edit_themes")
        made.clicked.connect(self.themes_wanted)
        return [made]
