"""Where a guess about the file was wrong: another sheet, header row, encoding or delimiter, with previews."""

from __future__ import annotations

import codecs
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QComboBox, QFrame, QGridLayout, QHBoxLayout, QRadioButton, QWidget

from cxdesk.reading.grid import Choices
from cxdesk.survey.receipt import Receipt
from cxdesk.text import Text, say
from cxdesk.ui.parts import button, clear, label
from cxdesk.ui.session import Session

ENCODINGS: tuple[tuple[str, Text], ...] = (
    ("utf-8", say("Unicode (UTF-8)")),
    ("gb18030", say("Simplified Chinese (GB 18030)")),
    ("cp950", say("Traditional Chinese (Big5)")),
    ("cp1252", say("Western (Windows-1252)")),
    ("utf-16", say("Unicode (UTF-16)")),
    ("cp932", say("Japanese (Shift JIS)")),
    ("cp949", say("Korean (EUC-KR)")),
)
"""The encodings that people meet, the most usual first."""

_PREVIEWED = 3
DELIMITERS = ((",", say("Comma")), (";", say("Semicolon")), ("\t", say("Tab")), ("|", say("Vertical line")))
_HEADER_ROWS = 20
_READ = 4096
_SHOWN = 60
_BEFORE = 12
_MARK = 4
"""A byte order mark is shorter than this."""

_FIRST_OTHER = 0x80
_PACKED = (b"PK", b"\x1f\x8b")
"""How archives begin; the text inside is not looked at for a preview."""


class ReadingChoices(QFrame):
    """A panel under the chips of the check page. "Read again" emits the `Choices` that were made."""

    again_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Empty until `refresh`."""
        super().__init__(parent)
        self.setProperty("look", "card")
        self._session = session
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(14, 10, 14, 10)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(6)
        self._encodings = QButtonGroup(self)
        self._offered: tuple[str, ...] = ()
        self._lists: dict[str, QComboBox] = {}
        self._at_first: dict[str, int] = {}

    def refresh(self) -> None:
        """Offer what fits the open file; what is in use is chosen."""
        workspace = self._session.workspace
        if workspace is None:
            return
        receipt = workspace.dataset.receipt
        for radio in self._encodings.buttons():
            self._encodings.removeButton(radio)
        clear(self._grid)
        self._lists, self._offered = {}, ()
        if receipt.sheets:
            self._add_list("sheet", say("Sheet"), [(name, name) for name in receipt.sheets], receipt.sheet)
        elif receipt.encoding is not None:
            self._add_encodings(receipt)
            names = [(sign, self._session.say(name)) for sign, name in DELIMITERS]
            if receipt.delimiter is not None:
                self._add_list("delimiter", say("Columns are separated by"), names, receipt.delimiter)
        if receipt.header_rows:
            rows = [(str(row), f"{row + 1}") for row in range(_HEADER_ROWS)]
            self._add_list("header_row", say("Header in row"), rows, str(receipt.header_rows[0]))
        self._at_first = {name: box.currentIndex() for name, box in self._lists.items()}
        again = button(self._session.say(say("Read again")), "primary")
        again.setObjectName("again")
        again.clicked.connect(self._on_again)
        foot = QHBoxLayout()
        foot.addWidget(again)
        foot.addStretch(1)
        self._grid.addLayout(foot, self._grid.rowCount(), 1)
        self._grid.setColumnStretch(1, 1)

    def choices(self) -> Choices:
        """The choices made so far; what was left as it is stays to be found out."""
        choices = self._session.choices
        number = self._encodings.checkedId()
        if number > 0:
            choices = replace(choices, encoding=self._offered[number])
        changed = {
            name: str(box.currentData())
            for name, box in self._lists.items()
            if box.currentIndex() != self._at_first[name]
        }
        if "header_row" in changed:
            choices = replace(choices, header_row=int(changed["header_row"]))
        return replace(
            choices,
            sheet=changed.get("sheet", choices.sheet),
            delimiter=changed.get("delimiter", choices.delimiter),
        )

    def _add_encodings(self, receipt: Receipt) -> None:
        """The encoding in use and the most usual others, each with the file's first words as they would look."""
        used = _tidy(receipt.encoding or "")
        others = [name for name, _ in ENCODINGS if _tidy(name) != used]
        self._offered = (receipt.encoding or "", *others)[: _PREVIEWED + 1]
        names = {_tidy(name): words for name, words in ENCODINGS}
        for row, encoding in enumerate(self._offered):
            words = names.get(_tidy(encoding))
            radio = QRadioButton(encoding if words is None else self._session.say(words))
            preview = _preview(self._session.path, encoding)
            radio.setAccessibleName(radio.text())
            radio.setAccessibleDescription(preview)
            radio.setChecked(row == 0)
            self._encodings.addButton(radio, row)
            self._grid.addWidget(radio, row, 0)
            shown = label(preview, "caption2", wrap=True)
            self._grid.addWidget(shown, row, 1)

    def _add_list(self, name: str, text: Text, values: list[tuple[str, str]], used: str | None) -> None:
        words = self._session.say(text)
        box = QComboBox()
        box.setObjectName(f"reading_{name}")
        box.setAccessibleName(words)
        for value, shown in values:
            box.addItem(shown, value)
        box.setCurrentIndex(max(0, box.findData(used)))
        self._lists[name] = box
        row = self._grid.rowCount()
        self._grid.addWidget(label(words, "caption2"), row, 0)
        line = QHBoxLayout()
        line.addWidget(box)
        line.addStretch(1)
        self._grid.addLayout(line, row, 1)

    @Slot()
    def _on_again(self) -> None:
        choices = self.choices()
        self.hide()
        self.again_wanted.emit(choices)


def _tidy(encoding: str) -> str:
    """One name for an encoding: "UTF-8" and "utf8" are the same; a byte order mark plays no part."""
    try:
        return codecs.lookup(encoding).name.removesuffix("-sig").removesuffix("-le").removesuffix("-be")
    except LookupError:
        return encoding.casefold()


def _preview(path: str, encoding: str) -> str:
    """The first words of a text file in an encoding, as one line; "" if there is nothing to show."""
    try:
        with Path(path).open("rb") as stream:
            head = stream.read(_READ)
        if head.startswith(_PACKED):
            return ""
        text = head[_telling(head, encoding) :].decode(encoding, errors="replace")
    except (OSError, LookupError, ValueError):
        return ""
    words = " ".join(text.lstrip("\ufeff").split())
    return words[:_SHOWN] + ("…" if len(words) > _SHOWN else "")


def _telling(head: bytes, encoding: str) -> int:
    """Where a preview begins: English letters look the same in most encodings, so it starts before the first others."""
    if _tidy(encoding).startswith("utf-16"):
        return 0
    first = next((place for place in range(_MARK, len(head)) if head[place] >= _FIRST_OTHER), 0)
    return max(0, first - _BEFORE) if first > _SHOWN - _BEFORE else 0
