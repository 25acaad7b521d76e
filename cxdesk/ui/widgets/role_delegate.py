"""Paints the rows of the check page: the role as a box to press, three squares for how sure, two lines of why."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cxdesk.survey.role import Role, Sure, role_name
from cxdesk.text import Translator
from cxdesk.ui.icons import pixmap
from cxdesk.ui.theme import CAPTION, Theme
from cxdesk.ui.widgets.check_model import LINE, Line, sure_name

Index = QModelIndex | QPersistentModelIndex

ROLE_ICONS = {
    Role.RECOMMEND: "star",
    Role.SATISFACTION: "star",
    Role.EFFORT: "star",
    Role.RATING: "rating",
    Role.SEGMENT: "segments",
    Role.WAVE: "segments",
    Role.MULTIPLE: "multiple",
    Role.DATE: "calendar",
    Role.OPERATION: "operations",
    Role.COMMENT: "comment",
    Role.WEIGHT: "weight",
    Role.RESPONDENT: "number",
    Role.PRIVATE: "lock",
    Role.IGNORE: "ignore",
}
_PADDING = 10
_ROW = 44
_ICON = 15
_SQUARE, _SQUARE_HIGH, _SQUARE_GAP = 7, 12, 2


class RoleDelegate(QStyledItemDelegate):
    """Serves all four columns. What is drawn as a box is pressed through the table, which opens the list of roles."""

    def __init__(self, parent: QWidget) -> None:
        """Plain until `show_look`."""
        super().__init__(parent)
        self._theme = Theme()
        self._translator = Translator("en")
        self._pictures: dict[tuple[str, float], QPixmap] = {}

    def show_look(self, theme: Theme, translator: Translator) -> None:
        """Take over fonts, colours and language."""
        self._theme, self._translator = theme, translator
        self._pictures.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines of text and air."""
        return QSize(self._theme.px(120), self._theme.px(_ROW))

    def role_width(self) -> int:
        """How wide the boxes have to be so that no role is cut, in pixels."""
        metrics = QFontMetrics(self._theme.font())
        widest = max(metrics.horizontalAdvance(self._translator(role_name(role))) for role in Role)
        return int(widest) + 2 * self._theme.px(_ICON) + 48

    def sure_width(self) -> int:
        """How wide the squares and their word are at most, in pixels."""
        metrics = QFontMetrics(self._theme.font(CAPTION, bold=True))
        widest = max(metrics.horizontalAdvance(self._translator(sure_name(sure))) for sure in Sure)
        return int(widest) + 3 * (self._theme.px(_SQUARE) + _SQUARE_GAP) + 8 + 2 * _PADDING

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell; the selection never changes the colours that mean something."""
        line: Line = index.data(LINE)
        palette = self._theme.palette
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(rect, QColor(palette.selection))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(palette.border))
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)  # type: ignore[attr-defined]
        inner = rect.adjusted(_PADDING, 0, -_PADDING, 0)
        match index.column():
            case 0:
                self._name(painter, inner, str(index.data()), bold=line.doubtful)
            case 1:
                self._role(painter, rect.adjusted(4, 6, -8, -7), line, focused=focused)
            case 2:
                self._sure(painter, inner, line.first.sure)
            case _:
                self._saw(painter, inner, str(index.data()))
        if focused and index.column() != 1:
            painter.setPen(QPen(QColor(palette.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -3), 4, 4)
        painter.restore()

    def _name(self, painter: QPainter, rect: QRect, text: str, *, bold: bool) -> None:
        painter.setFont(self._theme.font(bold=bold))
        painter.setPen(QColor(self._theme.palette.text))
        self._elided(painter, rect, text)

    def _role(self, painter: QPainter, rect: QRect, line: Line, *, focused: bool) -> None:
        palette, theme = self._theme.palette, self._theme
        edge = palette.focus if focused else palette.warn_line if line.doubtful else palette.control
        painter.setPen(QPen(QColor(edge), 2 if focused or line.doubtful else 1))
        painter.setBrush(QColor(palette.surface))
        painter.drawRoundedRect(rect.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        size = theme.px(_ICON)
        ratio = painter.device().devicePixelRatioF()
        top = rect.center().y() - size // 2
        painter.drawPixmap(rect.left() + 9, top, self._picture(ROLE_ICONS[line.first.role], ratio))
        painter.drawPixmap(rect.right() - size - 5, top, self._picture("chevron_down", ratio))
        painter.setFont(theme.font())
        painter.setPen(QColor(palette.text))
        self._elided(painter, rect.adjusted(size + 17, 0, -size - 8, 0), self._translator(role_name(line.first.role)))

    def _picture(self, name: str, ratio: float) -> QPixmap:
        """An icon, drawn once for all rows."""
        found = self._pictures.get((name, ratio))
        if found is None:
            found = pixmap(name, self._theme.palette.text2, self._theme.px(_ICON), ratio)
            self._pictures[name, ratio] = found
        return found

    def _sure(self, painter: QPainter, rect: QRect, sure: Sure) -> None:
        palette, theme = self._theme.palette, self._theme
        filled = {Sure.SURE: 3, Sure.CHECK: 2, Sure.GUESS: 1}[sure]
        color = QColor(palette.ok_text if sure is Sure.SURE else palette.warn_text)
        side, height = theme.px(_SQUARE), theme.px(_SQUARE_HIGH)
        for place in range(3):
            box = QRect(rect.left() + place * (side + _SQUARE_GAP), rect.center().y() - height // 2, side, height)
            painter.setPen(QPen(color, 1))
            painter.setBrush(color if place < filled else QColor(palette.surface))
            painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        painter.setFont(theme.font(CAPTION, bold=sure is not Sure.SURE))
        painter.setPen(color)
        self._elided(painter, rect.adjusted(3 * (side + _SQUARE_GAP) + 6, 0, 0, 0), self._translator(sure_name(sure)))

    def _saw(self, painter: QPainter, rect: QRect, text: str) -> None:
        why, _, examples = text.partition("\n")
        painter.setFont(self._theme.font(CAPTION))
        painter.setPen(QColor(self._theme.palette.text2))
        if not examples:
            self._elided(painter, rect, why)
            return
        half = rect.height() // 2
        self._elided(painter, QRect(rect.left(), rect.top() + 3, rect.width(), half - 2), why)
        painter.setPen(QColor(self._theme.palette.muted))
        self._elided(painter, QRect(rect.left(), rect.top() + half, rect.width(), half - 3), examples)

    def _elided(self, painter: QPainter, rect: QRect, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
