"""The table in which target shares are typed: one block of rows per column of the survey, one row per answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from cxdesk.project.request import folded
from cxdesk.project.typed import pasted_rows, typed_number
from cxdesk.survey.question import Question
from cxdesk.text import Format, Number, Text, Translator, say, show_number
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.being_typed import CellTyping

ANSWER, HERE, TARGET, AFTER = range(4)
_WIDTHS = (0, 130, 130, 130)
_PLACE = Qt.ItemDataRole.UserRole

Place = tuple[int, int]
"""A block and the code of one of its answers."""


@dataclass(frozen=True, slots=True)
class Block:
    """One column of the survey with the shares (0..1) of its answers among the respondents.

    ``targets`` are in per cent, None where nothing was typed; ``achieved`` are shares after weighting, () if unknown.
    """

    question: Question
    before: tuple[float, ...]
    targets: tuple[float | None, ...]
    achieved: tuple[float, ...] = ()


class SharesTable(QTableWidget):
    """Only the target can be typed; Ctrl+V fills in a list of answers with shares, or a column of numbers."""

    typed = Signal(str, object)
    """Targets of a question in per cent: its id, and one number or None per answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_blocks`."""
        super().__init__(0, 4, parent)
        self._blocks: tuple[Block, ...] = ()
        self._filling = False
        self.setItemDelegate(CellTyping(self))
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        header = self.horizontalHeader()
        header.setSectionResizeMode(ANSWER, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        self.itemChanged.connect(self._on_changed)

    def show_blocks(self, blocks: Sequence[Block], theme: Theme, translator: Translator) -> None:
        """Show the columns; what is typed at this moment stays, and so does the place."""
        self._filling = True
        titles = (say("Answer"), say("Respondents"), say("Target, %"), say("After weighting"))
        self.setHorizontalHeaderLabels([translator(title) for title in titles])
        for column, width in enumerate(_WIDTHS):
            item = self.horizontalHeaderItem(column)
            if item is not None:
                side = Qt.AlignmentFlag.AlignLeft if column == ANSWER else Qt.AlignmentFlag.AlignRight
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            if width:
                self.setColumnWidth(column, theme.px(width))
        layout = [(block.question.id, len(block.targets)) for block in blocks]
        if layout != [(block.question.id, len(block.targets)) for block in self._blocks]:
            self.clearContents()
            self.clearSpans()
            self.setRowCount(sum(len(block.targets) + 1 for block in blocks))
        self._blocks = tuple(blocks)
        row = 0
        for block in blocks:
            self._show_head(row, block, theme, translator)
            for code in range(len(block.targets)):
                self._show_answer(row + 1 + code, block, code, theme)
            row += len(block.targets) + 1
        for row in range(self.rowCount()):
            self.setRowHeight(row, theme.px(30))
        self._filling = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V fills in what was copied elsewhere, Del empties; Enter goes one row down."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().text())
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._fill((self._place(index.row()), None) for index in self.selectedIndexes())
        else:
            super().keyPressEvent(event)

    def paste(self, text: str) -> None:
        """Fill in targets: rows of answer and number go to the answers they name, bare numbers from this row on."""
        rows = pasted_rows(text)
        numbers = [next((typed_number(cell) for cell in reversed(row) if cell), None) for row in rows]
        if all(len(row) == 1 for row in rows):
            start = max(self.currentRow(), 0)
            places = (self._place(row) for row in range(start, self.rowCount()))
            free = [place for place in places if place is not None]
            self._fill(zip(free, numbers, strict=False))
            return
        current = self._place(self.currentRow())
        known: dict[str, Place] = {}
        order = sorted(range(len(self._blocks)), key=lambda block: current is None or block != current[0])
        for block in order:
            for code, name in enumerate(self._blocks[block].question.options):
                known.setdefault(folded(name), (block, code))
        self._fill(
            (known[folded(row[0])], number)
            for row, number in zip(rows, numbers, strict=True)
            if number is not None and folded(row[0]) in known
        )

    def _fill(self, typed: Iterable[tuple[Place | None, float | None]]) -> None:
        """Take over some targets, and say so once per question."""
        places = {place: number for place, number in typed if place is not None}
        for block in sorted({place[0] for place in places}):
            targets = list(self._blocks[block].targets)
            for (owner, code), number in places.items():
                if owner == block:
                    targets[code] = number
            self.typed.emit(self._blocks[block].question.id, tuple(targets))

    def _on_changed(self, item: QTableWidgetItem) -> None:
        place = self._place(item.row())
        if self._filling or item.column() != TARGET or place is None:
            return
        number = typed_number(item.text())
        self._fill([(place, number)])
        self._go_down(item.row())

    def _go_down(self, row: int) -> None:
        following = next((below for below in range(row + 1, self.rowCount()) if self._place(below) is not None), None)
        if following is not None and self.currentRow() == row:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.setCurrentCell(following, TARGET, flags)

    def _place(self, row: int) -> Place | None:
        """The block and answer of a row; None for a heading."""
        item = self.item(row, TARGET) if row >= 0 else None
        found = None if item is None else item.data(_PLACE)
        return None if found is None else (int(found[0]), int(found[1]))

    def _show_head(self, row: int, block: Block, theme: Theme, translator: Translator) -> None:
        font = QFont(self.font())
        font.setBold(True)
        total = sum(target for target in block.targets if target is not None)
        words: tuple[str, ...] = (block.question.text, "", translator(_sum_text(total)), "")
        for column, text in enumerate(words):
            item = QTableWidgetItem(text)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            item.setFont(font)
            item.setBackground(QColor(theme.palette.surface2))
            if column == TARGET:
                fine = abs(total - 100) <= _CLOSE
                item.setForeground(QColor(theme.palette.text2 if fine else theme.palette.detractor_text))
            item.setTextAlignment(_side(column))
            self.setItem(row, column, item)

    def _show_answer(self, row: int, block: Block, code: int, theme: Theme) -> None:
        target = block.targets[code]
        after = show_number(block.achieved[code], Format.PERCENT) if block.achieved else ""
        name = block.question.options[code]
        typed = "" if target is None else show_number(target, Format.GENERAL)
        for column, text in ((ANSWER, name), (HERE, show_number(block.before[code], Format.PERCENT)), (AFTER, after)):
            self._set(row, column, text, Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        editable = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable
        item = self._set(row, TARGET, typed, editable)
        item.setData(_PLACE, (self._owner(block), code))
        item.setBackground(QColor(theme.palette.info_bg))
        item.setForeground(QColor(theme.palette.text))

    def _owner(self, block: Block) -> int:
        return next(number for number, each in enumerate(self._blocks) if each is block)

    def _set(self, row: int, column: int, text: str, flags: Qt.ItemFlag) -> QTableWidgetItem:
        """Change a cell in place, so that the one being edited is left alone."""
        item = self.item(row, column)
        if item is None or not item.flags() & Qt.ItemFlag.ItemIsSelectable:
            item = QTableWidgetItem()
            self.setItem(row, column, item)
        item.setText(text)
        item.setFlags(flags)
        item.setTextAlignment(_side(column))
        return item


_CLOSE = 0.5


def _sum_text(total: float) -> Text:
    return say("Sum {sum}%", sum=Number(total, Format.GENERAL))


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column == ANSWER else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
