"""Why something could not be saved, and what to do: the red card above the buttons of the export page."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cxdesk.project.refusal import words_of
from cxdesk.text import Translator, say
from cxdesk.ui.parts import label


class ProblemCard(QFrame):
    """Hidden until there is something to tell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without words."""
        super().__init__(parent)
        self.setProperty("look", "error")
        self._reason = label("", "title", wrap=True)
        self._remedy = label("", wrap=True)
        words = QVBoxLayout(self)
        words.setContentsMargins(14, 8, 14, 10)
        words.setSpacing(2)
        words.addWidget(self._reason)
        words.addWidget(self._remedy)
        self.hide()

    def tell(self, problem: Exception, translator: Translator) -> None:
        """Show the words of a refusal, or plain ones for an error that has none."""
        reason, remedy = words_of(problem) or (
            say("The report could not be saved ({kind}).", kind=type(problem).__name__),
            say("Nothing was changed. Choose another folder and try again."),
        )
        self._reason.setText(translator(reason))
        self._remedy.setText(translator(remedy))
        self.show()
