"""Paints the rows of the check page: the role as a box to press, three squares for how sure, two lines of why."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QComboBox, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cxdesk.survey.role import Role, Sure, role_name
from cxdesk.text import Translator
from cxdesk.ui.icons import icon, pixmap
from cxdesk.ui.theme import CAPTION, Theme
from cxdesk.ui.widgets.check_model import LINE, NAME, ROLE, SURE, Line, sure_name

Index = QModelIndex | QPersistentModelIndex

ROLE_ICONS = {
    Role.RECOMMEND: "star",
    Role.SATISFACTION: "star",
    Role.EFFORT: "star",
    Role.RATING: "rating",
    Role.SEGMENT: "segments",
    Role.MULTIPLE: "multiple",
    Role.DATE: "calendar",
    Role.COMMENT: "comment",
    Role.WEIGHT: "weight",
    Role.RESPONDENT: "number",
    Role.PRIVATE: "lock",
    Role.IGNORE: "ignore",
}
_PADDING = 12


class RoleDelegate(QStyledItemDelegate):
    """Serves all four columns; `allowed` says which roles a row can play."""

    def __init__(self, allowed: Callable[[Line], tuple[Role, ...]], parent: QWidget) -> None:
        """``allowed`` is asked when a role is about to be changed."""
        super().__init__(parent)
        self._allowed = allowed
        self._theme = Theme()
        self._translator = Translator("en")

    def show_look(self, theme: Theme, translator: Translator) -> None:
        """Take over fonts, colours and language."""
        self._theme, self._translator = theme, translator

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines of text and air."""
        return QSize(self._theme.px(120), self._theme.px(44))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell; the selection never changes the colours that mean something."""
        line: Line = index.data(LINE)
        palette = self._theme.palette
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(rect, QColor(palette.selection))
        painter.setPen(QPen(QColor(palette.border), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(_PADDING, 0, -_PADDING, 0)
        match index.column():
            case 0:
                self._name(painter, inner, str(index.data()), bold=line.doubtful)
            case 1:
                self._role(painter, rect.adjusted(8, 6, -8, -6), line)
            case 2:
                self._sure(painter, inner, line.first.sure)
            case _:
                self._saw(painter, inner, str(index.data()))
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A list of the roles; those that the column cannot play are shown but cannot be chosen."""
        line: Line = index.data(LINE)
        allowed = self._allowed(line)
        box = QComboBox(parent)
        box.setAccessibleName(str(index.siblingAtColumn(NAME).data()))
        for role in Role:
            image = icon(ROLE_ICONS[role], self._theme.palette.text2, self._theme.palette.control)
            box.addItem(image, self._translator(role_name(role)), role.value)
            if role not in allowed and role is not line.first.role:
                item = box.model().index(box.count() - 1, 0)
                box.model().setData(item, 0, Qt.ItemDataRole.UserRole - 1)
        box.activated.connect(self._on_activated)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Start with the current role, and show the list at once."""
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(index.data(Qt.ItemDataRole.EditRole)))
            editor.showPopup()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand the chosen role to the model."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Lay the box over the painted one."""
        editor.setGeometry(option.rect.adjusted(8, 4, -8, -4))  # type: ignore[attr-defined]

    def _on_activated(self) -> None:
        box = self.sender()
        if isinstance(box, QComboBox):
            self.commitData.emit(box)
            self.closeEditor.emit(box)

    def _name(self, painter: QPainter, rect: QRect, text: str, *, bold: bool) -> None:
        painter.setFont(self._theme.font(bold=bold))
        painter.setPen(QColor(self._theme.palette.text))
        self._elided(painter, rect, text)

    def _role(self, painter: QPainter, rect: QRect, line: Line) -> None:
        palette, theme = self._theme.palette, self._theme
        width = 2 if line.doubtful else 1
        painter.setPen(QPen(QColor(palette.warn_line if line.doubtful else palette.control), width))
        painter.setBrush(QColor(palette.surface))
        painter.drawRoundedRect(rect, 5, 5)
        size = theme.px(15)
        ratio = painter.device().devicePixelRatioF()
        top = rect.center().y() - size // 2
        color = palette.text2
        painter.drawPixmap(rect.left() + 9, top, pixmap(ROLE_ICONS[line.first.role], color, size, ratio))
        painter.drawPixmap(rect.right() - size - 5, top, pixmap("chevron_down", color, size, ratio))
        painter.setFont(theme.font())
        painter.setPen(QColor(palette.text))
        self._elided(painter, rect.adjusted(size + 16, 0, -size - 8, 0), self._translator(role_name(line.first.role)))

    def _sure(self, painter: QPainter, rect: QRect, sure: Sure) -> None:
        palette, theme = self._theme.palette, self._theme
        filled = {Sure.SURE: 3, Sure.CHECK: 2, Sure.GUESS: 1}[sure]
        color = QColor(palette.ok_text if sure is Sure.SURE else palette.warn_text)
        side, height = theme.px(7), theme.px(12)
        for place in range(3):
            box = QRect(rect.left() + place * (side + 2), rect.center().y() - height // 2, side, height)
            painter.setPen(QPen(color, 1))
            painter.setBrush(color if place < filled else QColor(palette.surface))
            painter.drawRoundedRect(box, 2, 2)
        painter.setFont(theme.font(CAPTION, bold=sure is not Sure.SURE))
        painter.setPen(color)
        self._elided(painter, rect.adjusted(3 * (side + 2) + 6, 0, 0, 0), self._translator(sure_name(sure)))

    def _saw(self, painter: QPainter, rect: QRect, text: str) -> None:
        why, _, examples = text.partition("\n")
        painter.setFont(self._theme.font(CAPTION))
        half = rect.height() // 2
        painter.setPen(QColor(self._theme.palette.text2))
        upper = QRect(rect.left(), rect.top() + 3, rect.width(), half - 2)
        if not examples:
            upper = rect
        self._elided(painter, upper, why)
        painter.setPen(QColor(self._theme.palette.muted))
        self._elided(painter, QRect(rect.left(), rect.top() + half, rect.width(), half - 3), examples)

    def _elided(self, painter: QPainter, rect: QRect, text: str) -> None:
        shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


COLUMN_SHARES = {NAME: 43, ROLE: 20, SURE: 15}
"""The share of the table's width that each column gets, in percent; the last one takes the rest."""
