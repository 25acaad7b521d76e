"""What is printed around the report: title, author, language, paper, and what stays hidden."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from cxdesk.report.privacy import hidden, kept_out
from cxdesk.report.report import ReportOptions
from cxdesk.text import LANGUAGES, Text, Translator, say
from cxdesk.ui.parts import label

PAPERS = ("A4", "Letter")


class ReportForm(QWidget):
    """`changed` comes with every key that is pressed, `committed` when a change is worth an undo step."""

    changed = Signal()
    committed = Signal(object)
    """The `Text` that names the change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without words until `show_options`."""
        super().__init__(parent)
        self._default_title = ""
        self._language_was_chosen = False
        self.report_title = QLineEdit()
        self.author = QLineEdit()
        self.language = QComboBox()
        self.paper = QComboBox()
        self.hide_private = QCheckBox()
        self.personal = label("", "caption", wrap=True)
        self.personal.hide()
        self.hide_small = QCheckBox()
        self.report_title.setMaxLength(200)
        self.author.setMaxLength(120)
        self._labels: list[QLabel] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for field in (self.report_title, self.author, self.language, self.paper):
            words = label("", "caption2")
            self._labels.append(words)
            column.addWidget(words)
            column.addWidget(field)
            column.addSpacing(4)
        column.addSpacing(4)
        column.addWidget(self.hide_private)
        column.addWidget(self.personal)
        column.addWidget(self.hide_small)
        column.addStretch(1)
        self.report_title.textEdited.connect(self.changed)
        self.author.textEdited.connect(self.changed)
        self.report_title.editingFinished.connect(self._on_title)
        self.author.editingFinished.connect(self._on_author)
        self.language.activated.connect(self._on_language)
        self.paper.activated.connect(self._on_paper)
        self.hide_private.clicked.connect(self._on_private)
        self.hide_small.clicked.connect(self._on_small)

    def show_options(self, options: ReportOptions, default_title: str, hide_below: int, translator: Translator) -> None:
        """Show the choices as they are. A field that is being typed in keeps what was typed."""
        self._default_title = default_title
        self._language_was_chosen = bool(options.language)
        texts = (say("Report title"), say("Prepared by"), say("Language of the report"), say("Paper"))
        fields = (self.report_title, self.author, self.language, self.paper)
        for words, field, text in zip(self._labels, fields, texts, strict=True):
            words.setText(translator(text))
            field.setAccessibleName(translator(text))
        masks = say("Masks phone numbers, e-mail addresses and the like in comments. Personal columns are never in it.")
        small = say("Leaves out the scores of groups with fewer answers.")
        for box, text, hint in (
            (self.hide_private, say("Hide personal data"), masks),
            (self.hide_small, say("Hide groups under {number}", number=hide_below), small),
        ):
            box.setText(translator(text))
            box.setAccessibleName(translator(text))
            box.setAccessibleDescription(translator(hint))
            box.setToolTip(translator(hint))
        _fill(self.language, LANGUAGES, options.language or translator.language)
        _fill(self.paper, {paper: paper for paper in PAPERS}, options.paper)
        if not self.report_title.hasFocus():
            self.report_title.setText(options.title or default_title)
        if not self.author.hasFocus():
            self.author.setText(options.author)
        self.hide_private.setChecked(options.hide_private)
        self.hide_small.setChecked(options.hide_small)

    def show_personal(self, columns: int, masked: int, translator: Translator) -> None:
        """Say how many personal columns the report leaves out and how many items in comments it masks."""
        told = [kept_out(columns)] * bool(columns) + [hidden(masked)] * bool(masked)
        self.personal.setText("\n".join(translator(text) for text in told))
        self.personal.setVisible(bool(told))

    def options(self, before: ReportOptions) -> ReportOptions:
        """``before`` with what the form says now.

        A title that is the file's name and a language that nobody chose stay open.
        """
        title = self.report_title.text().strip()
        return replace(
            before,
            title="" if title == self._default_title else title,
            author=self.author.text().strip(),
            language=str(self.language.currentData()) if self._language_was_chosen else "",
            paper=str(self.paper.currentData()),
            hide_private=self.hide_private.isChecked(),
            hide_small=self.hide_small.isChecked(),
        )

    def _commit(self, name: Text) -> None:
        self.changed.emit()
        self.committed.emit(name)

    @Slot()
    def _on_title(self) -> None:
        if not self.report_title.text().strip():
            self.report_title.setText(self._default_title)
        self._commit(say("Report title"))

    @Slot()
    def _on_author(self) -> None:
        self._commit(say("Prepared by"))

    @Slot()
    def _on_language(self) -> None:
        self._language_was_chosen = True
        self._commit(say("Language of the report"))

    @Slot()
    def _on_paper(self) -> None:
        self._commit(say("Paper"))

    @Slot()
    def _on_private(self) -> None:
        self._commit(say("Hide personal data"))

    @Slot()
    def _on_small(self) -> None:
        self._commit(say("Hide small groups"))


def _fill(box: QComboBox, values: dict[str, str], chosen: str) -> None:
    if box.count() != len(values):
        box.clear()
        for value, name in values.items():
            box.addItem(name, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
