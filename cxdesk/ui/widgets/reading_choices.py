"""Where a guess about the file was wrong: another sheet, header row, encoding or separator, each with a real preview.

The worker process looks at the file; until it answers, the lists can be used without previews.
"""

from __future__ import annotations

import codecs
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cxdesk.job import Job
from cxdesk.reading.grid import Choices
from cxdesk.reading.looks import PREVIEW, Preview
from cxdesk.survey.receipt import Receipt
from cxdesk.text import Text, say, say_n
from cxdesk.ui.parts import button, clear, label
from cxdesk.ui.session import Session
from cxdesk.ui.widgets.encoding_ways import EncodingWays

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

DELIMITERS = ((",", say("Comma")), (";", say("Semicolon")), ("\t", say("Tab")), ("|", say("Vertical line")))
_HEADER_ROWS = 8
_CELLS = 6
_ROW_HIGH = 24


class ReadingChoices(QFrame):
    """A panel under the chips of the check page. Emits the `Choices` that were made, ready for reading again."""

    again_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Empty until `refresh`."""
        super().__init__(parent)
        self.setProperty("look", "card")
        self._session = session
        self._asked = 0
        self._receipt: Receipt | None = None
        self._lists: dict[str, QComboBox] = {}
        self._at_first: dict[str, int] = {}
        self._title = label("", "title", wrap=True)
        self.ways = EncodingWays()
        self.ways.way_chosen.connect(self._on_way)
        self.rows = QListWidget()
        self.rows.setObjectName("reading_header_row")
        self._rows_title = label("", "title", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.again = button("", "primary")
        self.again.setObjectName("again")
        self.again.clicked.connect(self._on_again)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 10, 14, 10)
        whole.setSpacing(8)
        whole.addWidget(self._title)
        whole.addWidget(self.ways)
        whole.addLayout(self._grid)
        whole.addWidget(self._rows_title)
        whole.addWidget(self.rows)
        foot = QHBoxLayout()
        foot.addWidget(self.again)
        foot.addStretch(1)
        whole.addLayout(foot)

    def refresh(self) -> None:
        """Offer what fits the open file; what is in use is chosen. Previews follow."""
        workspace = self._session.workspace
        if workspace is None:
            return
        receipt = self._receipt = workspace.dataset.receipt
        translate = self._session.say
        clear(self._grid)
        self._lists = {}
        if receipt.sheets:
            self._add_list("sheet", say("Sheet"), [(name, name) for name in receipt.sheets], receipt.sheet)
        elif receipt.encoding is not None:
            self._add_encodings(receipt.encoding)
            if receipt.delimiter is not None:
                names = [(sign, translate(name)) for sign, name in DELIMITERS]
                self._add_list("delimiter", say("Columns are separated by"), names, receipt.delimiter)
        self._at_first = {name: box.currentIndex() for name, box in self._lists.items()}
        self._title.setText(translate(say("In which of these can you read the text?")))
        for part in (self._title, self.ways):
            part.hide()
        self._rows_title.setText(translate(say("Which row holds the headers? Press it.")))
        self.rows.setAccessibleName(translate(say("Row with the headers")))
        self.rows.clear()
        self._show_rows((), shown=bool(receipt.header_rows))
        self.again.setText(translate(say("Read again")))
        self.again.setAccessibleName(translate(say("Read again")))
        self._look()

    def choices(self) -> Choices:
        """The choices made so far; what was left as it is stays to be found out."""
        choices = self._session.choices
        changed = {
            name: str(box.currentData())
            for name, box in self._lists.items()
            if box.currentIndex() != self._at_first[name]
        }
        row = self.rows.currentRow()
        if self._receipt is not None and self._receipt.header_rows and row not in {-1, self._receipt.header_rows[0]}:
            choices = replace(choices, header_row=row)
        return replace(
            choices,
            encoding=changed.get("encoding", choices.encoding),
            sheet=changed.get("sheet", choices.sheet),
            delimiter=changed.get("delimiter", choices.delimiter),
        )

    def _look(self) -> None:
        """Have the worker look at the file with the choices made so far; only the last answer is shown."""
        self._asked += 1
        number, path = self._asked, self._session.path
        choices, worker = self.choices(), self._session.worker

        def look(job: Job) -> Preview:
            found = worker.call(PREVIEW, (path, replace(choices, header_row=None)), job)
            return found if isinstance(found, Preview) else Preview()

        def show(found: Preview) -> None:
            if number == self._asked and self.isVisible():
                self._show(found)

        self._session.run_beside(look, show, lambda _problem: None)

    def _show(self, found: Preview) -> None:
        receipt, translate = self._receipt, self._session.say
        if receipt is None:
            return
        if found.ways:
            used = receipt.encoding or ""
            self.ways.show_ways(found.ways, used, self._session.theme, self._session.translator)
            for part in (self._title, self.ways):
                part.show()
        delimiter = self._lists.get("delimiter")
        if delimiter is not None:
            for sign, count in found.delimiters:
                place = delimiter.findData(sign)
                if place >= 0:
                    columns = say_n("1 column", "{count} columns", count)
                    named = say("{sign}: {columns}", sign=dict(DELIMITERS)[sign], columns=columns)
                    delimiter.setItemText(place, translate(named))
        self._show_rows(found.rows, shown=bool(receipt.header_rows))

    def _show_rows(self, rows: tuple[tuple[str, ...], ...], *, shown: bool) -> None:
        """The first rows of the file, the one with the headers chosen."""
        receipt, chosen = self._receipt, self.rows.currentRow()
        visible = shown and bool(rows)
        self._rows_title.setVisible(visible)
        self.rows.setVisible(visible)
        if receipt is None or not visible:
            return
        self.rows.clear()
        high = self._session.theme.px(_ROW_HIGH)
        for number, row in enumerate(rows[:_HEADER_ROWS]):
            cells = " · ".join(cell for cell in row[:_CELLS] if cell)
            item = QListWidgetItem(self._session.say(say("{row}: {cells}", row=number + 1, cells=cells)))
            item.setSizeHint(QSize(0, high))
            self.rows.addItem(item)
        first = receipt.header_rows[0] if receipt.header_rows else -1
        self.rows.setCurrentRow(chosen if chosen >= 0 else first if first < len(rows) else -1)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.rows.setFixedHeight(high * self.rows.count() + 2 * self.rows.frameWidth() + 2)

    def _add_encodings(self, used: str) -> None:
        """Every encoding that people meet, for the rare case that none of the previews is right."""
        known = {_tidy(name): words for name, words in ENCODINGS}
        names = [(name, self._session.say(words)) for name, words in ENCODINGS]
        if _tidy(used) not in known:
            names.insert(0, (used, used))
        current = next(name for name, _ in names if _tidy(name) == _tidy(used))
        self._add_list("encoding", say("Text encoding"), names, current)

    def _add_list(self, name: str, text: Text, values: list[tuple[str, str]], used: str | None) -> None:
        words = self._session.say(text)
        box = QComboBox()
        box.setObjectName(f"reading_{name}")
        box.setAccessibleName(words)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for value, shown in values:
            box.addItem(shown, value)
        box.setCurrentIndex(max(0, box.findData(used)))
        box.activated.connect(self._on_list)
        self._lists[name] = box
        row = self._grid.rowCount()
        named: QLabel = label(words, "caption2")
        self._grid.addWidget(named, row, 0)
        line = QHBoxLayout()
        line.addWidget(box)
        line.addStretch(1)
        self._grid.addLayout(line, row, 1)

    @Slot(int)
    def _on_list(self, _index: int) -> None:
        """Another sheet or separator has other first rows."""
        self.rows.clear()
        self._look()

    @Slot(str)
    def _on_way(self, codec: str) -> None:
        # Another encoding may need another separator and header row; both are found again.
        self.hide()
        self.again_wanted.emit(Choices(encoding=codec, sheet=self._session.choices.sheet, member=self._member()))

    @Slot()
    def _on_again(self) -> None:
        choices = self.choices()
        self.hide()
        self.again_wanted.emit(choices)

    def _member(self) -> str:
        return self._session.choices.member


def _tidy(encoding: str) -> str:
    """One name for an encoding: "UTF-8" and "utf8" are the same; a byte order mark plays no part."""
    try:
        return codecs.lookup(encoding).name.removesuffix("-sig").removesuffix("-le").removesuffix("-be")
    except LookupError:
        return encoding.casefold()
