"""Where a guess about the file was wrong: another sheet, header row, encoding or delimiter, with previews."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QComboBox, QFrame, QGridLayout, QHBoxLayout, QRadioButton, QSpinBox, QWidget

from cxdesk.survey.receipt import Receipt
from cxdesk.text import say
from cxdesk.ui.parts import button, clear, label
from cxdesk.ui.session import Session

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "cp1252", "shift_jis", "euc_kr")
"""The encodings that people meet, the most usual first; the one in use and two others are offered with a preview."""

DELIMITERS = (",", ";", "\t", "|")
_PREVIEWED = 4096
_SHOWN = 60


class ReadingChoices(QFrame):
    """A panel under the chips of the check page. "Read again" reads the file anew with what was chosen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Empty until `refresh`."""
        super().__init__(parent)
        self.setProperty("look", "card")
        self._session = session
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(14, 10, 14, 10)
        self._encodings = QButtonGroup(self)
        self._sheet: QComboBox | None = None
        self._delimiter: QComboBox | None = None
        self._header: QSpinBox | None = None
        self._previews: list[str] = []

    def refresh(self) -> None:
        """Offer what fits the open file."""
        workspace = self._session.workspace
        if workspace is None:
            return
        receipt = workspace.dataset.receipt
        clear(self._grid)
        self._sheet = self._delimiter = None
        self._previews = []
        row = self._offer_sheet(receipt) if receipt.sheets else self._offer_encoding(receipt)
        self._header = QSpinBox()
        self._header.setRange(1, 30)
        self._header.setValue(receipt.header_rows[-1] + 1 if receipt.header_rows else 1)
        self._add(row, say("Header in row"), self._header)
        again = button(self._session.say(say("Read again")), "primary")
        again.clicked.connect(self._on_again)
        foot = QHBoxLayout()
        foot.addWidget(again)
        foot.addStretch(1)
        self._grid.addLayout(foot, row + 1, 1)
        self._grid.setColumnStretch(1, 1)

    def _offer_sheet(self, receipt: Receipt) -> int:
        self._sheet = QComboBox()
        self._sheet.addItems(receipt.sheets)
        if receipt.sheet is not None:
            self._sheet.setCurrentText(receipt.sheet)
        self._add(0, say("Sheet"), self._sheet)
        return 1

    def _offer_encoding(self, receipt: Receipt) -> int:
        for radio in self._encodings.buttons():
            self._encodings.removeButton(radio)
        used = (receipt.encoding or "utf-8").lower()
        self._previews = [used, *[each for each in ENCODINGS if each != used]][:4]
        for row, encoding in enumerate(self._previews):
            radio = QRadioButton(encoding)
            radio.setChecked(row == 0)
            self._encodings.addButton(radio, row)
            self._grid.addWidget(radio, row, 0)
            self._grid.addWidget(label(_preview(self._session.path, encoding), "caption2"), row, 1)
        row = len(self._previews)
        self._delimiter = QComboBox()
        names = (say("Comma"), say("Semicolon"), say("Tab"), say("Vertical line"))
        for sign, name in zip(DELIMITERS, names, strict=True):
            self._delimiter.addItem(self._session.say(name), sign)
        self._delimiter.setCurrentIndex(max(0, self._delimiter.findData(receipt.delimiter or ",")))
        self._add(row, say("Columns are separated by"), self._delimiter)
        return row + 1

    def _add(self, row: int, text: object, widget: QWidget) -> None:
        words = self._session.say(text)  # type: ignore[arg-type]
        widget.setAccessibleName(words)
        self._grid.addWidget(label(words, "caption2"), row, 0)
        line = QHBoxLayout()
        line.addWidget(widget)
        line.addStretch(1)
        self._grid.addLayout(line, row, 1)

    @Slot()
    def _on_again(self) -> None:
        choices = self._session.choices
        if self._sheet is not None:
            choices = replace(choices, sheet=self._sheet.currentText())
        if self._previews:
            choices = replace(choices, encoding=self._previews[max(0, self._encodings.checkedId())])
        if self._delimiter is not None:
            choices = replace(choices, delimiter=str(self._delimiter.currentData()))
        if self._header is not None:
            choices = replace(choices, header_row=self._header.value() - 1)
        self.hide()
        self._session.reopen(choices)


def _preview(path: str, encoding: str) -> str:
    """The first words of a text file in an encoding, as one line."""
    try:
        with Path(path).open("rb") as stream:
            head = stream.read(_PREVIEWED)
        text = head.decode(encoding, errors="replace")
    except (OSError, LookupError):
        return ""
    words = " ".join(text.split())
    return words[:_SHOWN] + ("…" if len(words) > _SHOWN else "")
