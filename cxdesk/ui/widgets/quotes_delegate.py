"""Paints one comment: the score in a chip, the words with what was looked for, the themes, groups and day below."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from cxdesk.blocks.quote import BAD, GOOD, GROUP_SIGNS, UNKNOWN, Quotes
from cxdesk.text import say
from cxdesk.ui.icons import pixmap
from cxdesk.ui.theme import BODY, CAPTION
from cxdesk.ui.widgets.quotes_model import Index, QuotesModel
from cxdesk.ui.widgets.row_delegate import RowDelegate, broken

_SIDE, _TOP, _CHIP, _CHIP_HIGH, _BESIDE, _LINE, _STAR = 14, 10, 42, 24, 12, 22, 16
_PILL, _PILL_AIR, _BETWEEN = 20, 8, 8


class QuotesDelegate(RowDelegate):
    """Paints the rows of a `QuotesModel`; the list asks for the height of those in sight only."""

    def __init__(self, model: QuotesModel, parent: QWidget) -> None:
        """``model`` is the one of the list that this delegate serves."""
        super().__init__(parent)
        self._model = model

    def least(self) -> int:
        """The height of a comment of one line."""
        return self._theme.px(2 * _TOP + _LINE + 4) + self._line_height()

    def height(self, row: int, width: int) -> int:
        """The height that a comment needs at a width."""
        quotes = self._model.quotes
        if quotes is None:
            return self.least()
        place = self._model.place(row)
        layout = self._laid_out(quotes.text(place), self._room(width), [])
        return self._theme.px(2 * _TOP + _LINE + 4) + ceil(layout.boundingRect().height())

    def star_at(self, rect: QRect, place: QPoint) -> bool:
        """Whether a place in a row is on the star that marks a comment for the report."""
        return self._star(rect).adjusted(-6, -6, 6, 6).contains(place)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows are measured by the list."""
        return QSize(200, self.least())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Background, hairline, chip, words, what is known of the person, and the star."""
        quotes = self._model.quotes
        if quotes is None:
            return
        rect, _ = self._begin(painter, option)
        theme, place = self._theme, self._model.place(index.row())
        top, left = rect.top() + theme.px(_TOP), rect.left() + theme.px(_SIDE)
        self._paint_score(painter, QRectF(left, top, theme.px(_CHIP), theme.px(_CHIP_HIGH)), quotes, place)
        left += theme.px(_CHIP + _BESIDE)
        layout = self._laid_out(quotes.text(place), self._room(rect.width()), self._model.spans(place))
        painter.setPen(theme.color("text"))
        layout.draw(painter, QPointF(left, top + theme.px(2)))
        below = top + ceil(layout.boundingRect().height()) + theme.px(6)
        self._paint_about(painter, QRect(left, below, self._room(rect.width()), theme.px(_PILL)), quotes, place)
        star = self._star(rect)
        chosen = bool(self._model.chosen[place])
        ratio = painter.device().devicePixelRatioF()
        ink = theme.palette.link if chosen else theme.palette.control
        painter.drawPixmap(star.topLeft(), pixmap("star_full" if chosen else "star", ink, star.width(), ratio))
        if self._has_focus(index):
            painter.setPen(theme.color("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for inset in (0, 1):
                painter.drawRect(rect.adjusted(inset, inset, -inset - 1, -inset - 2))
        painter.restore()

    def _has_focus(self, index: Index) -> bool:
        view = self.parent()
        if not isinstance(view, QWidget) or not view.hasFocus() or not hasattr(view, "currentIndex"):
            return False
        return bool(view.currentIndex().row() == index.row())

    def _paint_score(self, painter: QPainter, chip: QRectF, quotes: Quotes, place: int) -> None:
        score, group = quotes.score(place), int(quotes.groups[place])
        if score is None or group == UNKNOWN:
            return
        palette = self._theme.palette
        behind, ink = {
            BAD: (palette.detractor_chip, palette.detractor_text),
            GOOD: (palette.promoter_chip, palette.promoter_text),
        }.get(group, (palette.surface2, palette.text2))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(behind))
        painter.drawRoundedRect(chip, 4, 4)
        painter.setFont(self._theme.font(BODY, bold=True))
        metrics = painter.fontMetrics()
        words, half = str(score), self._theme.px(5)
        wide = metrics.horizontalAdvance(words)
        signed = bool(GROUP_SIGNS[group])
        left = chip.center().x() - (wide + (2 * half + self._theme.px(4) if signed else 0)) / 2
        painter.setBrush(QColor(ink))
        if signed:
            # The sign is drawn, not written: as a letter it has another size in every font.
            down = half - 1 if group == BAD else 1 - half
            middle = chip.center().y()
            corners = [(left, middle - down), (left + 2 * half, middle - down), (left + half, middle + down)]
            painter.drawPolygon([QPointF(x, y) for x, y in corners])
            left += 2 * half + self._theme.px(4)
        painter.setPen(QColor(ink))
        box = QRectF(left, chip.top(), wide + 2, chip.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_about(self, painter: QPainter, line: QRect, quotes: Quotes, place: int) -> None:
        theme, left = self._theme, line.left()
        painter.setFont(theme.font(CAPTION))
        metrics = painter.fontMetrics()
        themes = sorted(quotes.themes_of(place), key=lambda theme: theme != quotes.theme)
        for each in themes:
            name = quotes.themes[each].name
            wide = metrics.horizontalAdvance(name) + theme.px(2 * _PILL_AIR)
            if left + wide > line.right():
                break
            pill = QRectF(left, line.top(), wide, line.height())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("surface2"))
            painter.drawRoundedRect(pill, line.height() / 2, line.height() / 2)
            painter.setPen(theme.color("text2"))
            painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), name)
            left += wide + theme.px(_BETWEEN)
        words = self._model.about(place)
        if not words:
            return
        told = words[0]
        for word in words[1:]:
            told = self._model.translator(say("{first} · {second}", first=told, second=word))
        painter.setPen(theme.color("muted"))
        room = max(0, line.right() - left)
        shown = metrics.elidedText(told, Qt.TextElideMode.ElideRight, room)
        painter.drawText(
            QRect(left, line.top(), room, line.height()),
            int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter),
            shown,
        )

    def _laid_out(self, text: str, width: int, spans: list[tuple[int, int]]) -> QTextLayout:
        """Words broken into lines; what is looked for is bold on a coloured ground."""
        marked = [self._highlight(text, first, last) for first, last in spans]
        return broken(text.replace("\n", "\N{LINE SEPARATOR}"), self._theme.font(BODY), width, marked)

    def _highlight(self, text: str, first: int, last: int) -> QTextLayout.FormatRange:
        """Qt counts in units of 16 bits, where an emoji is two."""
        found = QTextLayout.FormatRange()
        found.start = _units(text[:first])  # type: ignore[attr-defined]
        found.length = _units(text[first:last])  # type: ignore[attr-defined]
        look = QTextCharFormat()
        look.setBackground(self._theme.color("warn_bg"))
        look.setForeground(self._theme.color("text"))
        look.setFontWeight(QFont.Weight.DemiBold)
        found.format = look  # type: ignore[attr-defined]
        return found

    def _room(self, width: int) -> int:
        """The width of the words."""
        return width - self._theme.px(2 * _SIDE + _CHIP + 2 * _BESIDE + _STAR)

    def _star(self, rect: QRect) -> QRect:
        side = self._theme.px(_STAR)
        return QRect(rect.right() - self._theme.px(_SIDE) - side, rect.top() + self._theme.px(_TOP + 2), side, side)

    def _line_height(self) -> int:
        return QFontMetrics(self._theme.font(BODY)).lineSpacing()


def _units(text: str) -> int:
    return len(text) + sum(sign > "\uffff" for sign in text)
