"""The words of one theme while they are edited: its name, what counts, what does not, and what could be added."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from cxdesk.project.themes_draft import words_typed
from cxdesk.survey.theme import Theme
from cxdesk.text import Text, Translator, say
from cxdesk.ui.parts import button, clear, label
from cxdesk.ui.theme import Theme as Look
from cxdesk.ui.widgets.flow import Flow

_MOST_CHIPS = 12


class ThemeWords(QWidget):
    """Emits the theme as it now is, and the suggestion that was pressed."""

    typed = Signal(object)
    suggestion_wanted = Signal(str)

    def __init__(self, look: Look, translator: Translator, parent: QWidget | None = None) -> None:
        """Empty until `show_theme`."""
        super().__init__(parent)
        self._translator = translator
        self.name = QLineEdit()
        self.include, self.exclude = QPlainTextEdit(), QPlainTextEdit()
        self.denied = QCheckBox(translator(say("Leave out words that are denied, as in “not friendly”")))
        self.told = label("", "caption", wrap=True)
        self._offer = label(
            translator(say("Frequent words without a theme. Press one to add it:")), "caption", wrap=True
        )
        self._chips = QWidget()
        self._flow = Flow(self._chips, spacing=6)
        self._chips.setLayout(self._flow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._named(say("Name"), self.name))
        column.addWidget(self.name)
        fields = QHBoxLayout()
        fields.setSpacing(12)
        for title, field, help_text in (
            (say("Words that count"), self.include, say("One per line. An asterisk stands for any ending: deliver*")),
            (
                say("Does not count"),
                self.exclude,
                say("Longer words that only look alike, or what rules a comment out"),
            ),
        ):
            side = QVBoxLayout()
            side.setSpacing(4)
            side.addWidget(self._named(title, field))
            field.setTabChangesFocus(True)
            field.setMinimumHeight(look.px(110))
            side.addWidget(field, 1)
            side.addWidget(label(translator(help_text), "caption", wrap=True))
            fields.addLayout(side, 1)
        column.addLayout(fields, 1)
        column.addWidget(self.denied)
        column.addWidget(self.told)
        column.addWidget(self._offer)
        column.addWidget(self._chips)
        self.name.textEdited.connect(self._on_typed)
        self.include.textChanged.connect(self._on_typed)
        self.exclude.textChanged.connect(self._on_typed)
        self.denied.toggled.connect(self._on_typed)

    def _named(self, title: Text, field: QWidget) -> QWidget:
        words = self._translator(title)
        field.setAccessibleName(words)
        return label(words, "caption")

    def show_theme(self, theme: Theme | None) -> None:
        """Show another theme; what is typed in this moment stays as it is written."""
        self.setEnabled(theme is not None)
        shown = theme or Theme("", ())
        blocked = [QSignalBlocker(each) for each in (self.name, self.include, self.exclude, self.denied)]
        if self.name.text() != shown.name and not (self.name.hasFocus() and theme is not None and self._is(theme)):
            self.name.setText(shown.name)
        for field, words in ((self.include, shown.include), (self.exclude, shown.exclude)):
            if words_typed(field.toPlainText()) != words:
                field.setPlainText("\n".join(words))
        self.denied.setChecked(shown.denied_out)
        del blocked

    def show_count(self, text: str) -> None:
        """Say how many comments have the theme."""
        self.told.setText(text)

    def show_suggestions(self, words: tuple[tuple[str, int], ...]) -> None:
        """Offer words with how many people wrote them."""
        clear(self._flow)
        self._offer.setVisible(bool(words))
        self._chips.setVisible(bool(words))
        for word, people in words[:_MOST_CHIPS]:
            text = self._translator(say("{word} {count}", word=word, count=people))
            made = button(text, "chip", name=self._translator(say("Add “{word}”", word=word)))
            made.setAutoDefault(False)
            made.setProperty("word", word)
            made.clicked.connect(self._on_chip)
            self._flow.addWidget(made)

    def _is(self, theme: Theme) -> bool:
        return words_typed(self.include.toPlainText()) == theme.include

    @Slot()
    def _on_typed(self) -> None:
        self.typed.emit(
            Theme(
                self.name.text(),
                words_typed(self.include.toPlainText()),
                words_typed(self.exclude.toPlainText()),
                self.denied.isChecked(),
            )
        )

    @Slot()
    def _on_chip(self) -> None:
        self.suggestion_wanted.emit(str(self.sender().property("word")))
        self.include.setFocus(Qt.FocusReason.OtherFocusReason)
