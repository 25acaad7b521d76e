"""What somebody is typing while the page around it is shown anew: it goes on as if nothing had happened."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QWidget


@dataclass(frozen=True, slots=True)
class BeingTyped:
    """The text of a field that has the focus, its cursor, and where a selection starts (-1: there is none) and ends."""

    text: str
    cursor: int
    start: int
    end: int

    def go_on(self, holder: QWidget) -> None:
        """Put it into the new field; what was not used yet is used when that field is left."""
        field = _field(holder)
        if field is None:
            return
        if field.text() != self.text:
            # Inserted as if by hand: a text that is set would not count as a change when the field is left.
            field.selectAll()
            field.insert(self.text)
        field.setCursorPosition(self.cursor)
        if self.start >= 0:
            backwards = self.cursor == self.start
            first, last = (self.end, self.start) if backwards else (self.start, self.end)
            field.setSelection(first, last - first)


class CellTyping(QStyledItemDelegate):
    """For tables with cells to type in: a cell that is open keeps what is typed while its table is filled anew."""

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Show the cell's text; Qt asks for that whenever anything about the cell changes, even its colour."""
        if not (isinstance(editor, QLineEdit) and editor.isModified()):
            super().setEditorData(editor, index)


def taken_from(holder: QWidget | None) -> BeingTyped | None:
    """What is typed in a field, or in the one inside ``holder``, that is about to go; None if none has the focus.

    The field says no more: losing the focus would look as if somebody had finished.
    """
    field = None if holder is None else _field(holder)
    if field is None or not field.hasFocus():
        return None
    field.blockSignals(True)
    return BeingTyped(field.text(), field.cursorPosition(), field.selectionStart(), field.selectionEnd())


def _field(holder: QWidget) -> QLineEdit | None:
    return holder if isinstance(holder, QLineEdit) else holder.findChild(QLineEdit)
