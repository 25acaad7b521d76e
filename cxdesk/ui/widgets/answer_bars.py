"""How often each answer occurs, drawn small: columns for the points of a scale, lines for named answers."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cxdesk.project.glance import Glance
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind
from cxdesk.survey.selection import answer_name
from cxdesk.text import Format, Translator, say, say_n, show_number
from cxdesk.ui.theme import CAPTION, Theme

_COLUMNS_HIGH = 124
_SHARES_FROM = 100
"""With fewer answers people are counted; a share of twenty says more than it knows."""

_MOST_LINES = 8
_LINE, _BAR = 34, 8


class AnswerBars(QWidget):
    """Painted for one question; a screen reader hears the figures."""

    def __init__(self, question: Question, glance: Glance, theme: Theme, translator: Translator) -> None:
        """``glance`` must have counts."""
        super().__init__()
        self._theme = theme
        self._upright = question.kind is Kind.SCORE
        self._counts = glance.counts
        self._names = [translator(answer_name(question, code)) for code in range(len(glance.counts))]
        self._more = ""
        if not self._upright:
            self._keep_most_frequent(translator)
        whole = max(1, glance.answered)
        as_share = glance.answered >= _SHARES_FROM
        self._shown = [
            show_number(count / whole, Format.PERCENT) if as_share else show_number(count, Format.COUNT)
            for count in self._counts
        ]
        figures = [
            translator(say("{answer}: {figure}", answer=name, figure=figure))
            for name, figure in zip(self._names, self._shown, strict=True)
        ]
        self.setAccessibleName(translator(say("Answers: {list}", list=translator.listed(figures))))
        self.setToolTip("\n".join(figures))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _keep_most_frequent(self, translator: Translator) -> None:
        order = sorted(range(len(self._counts)), key=lambda place: -self._counts[place])
        kept = sorted(order[:_MOST_LINES], key=order.index)
        if len(order) > len(kept):
            self._more = translator(say_n("and 1 more", "and {count} more", len(order) - len(kept)))
        self._names = [self._names[place] for place in kept]
        self._counts = tuple(self._counts[place] for place in kept)

    def sizeHint(self) -> QSize:
        """As high as its columns or lines need."""
        if self._upright:
            return QSize(self._theme.px(200), self._theme.px(_COLUMNS_HIGH))
        lines = len(self._counts) * self._theme.px(_LINE) + (self._theme.px(20) if self._more else 0)
        return QSize(self._theme.px(200), lines)

    def minimumSizeHint(self) -> QSize:
        """Narrow rooms cut names, never figures."""
        return QSize(self._theme.px(120), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw columns or lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._upright:
            self._paint_columns(painter)
        else:
            self._paint_lines(painter)
        painter.end()

    def _paint_columns(self, painter: QPainter) -> None:
        theme, palette = self._theme, self._theme.palette
        painter.setFont(theme.font(CAPTION - 1))
        metrics = painter.fontMetrics()
        text = metrics.height()
        floor = self.height() - text - 3
        room = floor - text - 2
        step = self.width() / max(1, len(self._counts))
        most = max(self._counts, default=0) or 1
        # Eleven columns leave too little room for "10%" in large text; every figure is in the tool tip.
        fits = all(metrics.horizontalAdvance(figure) <= step for figure in self._shown)
        for place, count in enumerate(self._counts):
            height = room * count / most
            bar = QRectF(place * step + step * 0.14, floor - height, step * 0.72, height)
            painter.fillRect(bar, QColor(palette.accent))
            painter.setPen(QColor(palette.text2))
            if fits or count == most:
                wide = QRectF(place * step - step, bar.top() - text - 1, 3 * step, text)
                painter.drawText(wide, Qt.AlignmentFlag.AlignCenter, self._shown[place])
            label = QRectF(place * step, floor + 2, step, text)
            painter.drawText(label, Qt.AlignmentFlag.AlignCenter, self._names[place])
        painter.fillRect(QRectF(0, floor, self.width(), 1), QColor(palette.control))

    def _paint_lines(self, painter: QPainter) -> None:
        theme, palette = self._theme, self._theme.palette
        painter.setFont(theme.font(CAPTION))
        metrics: QFontMetrics = painter.fontMetrics()
        line, bar = theme.px(_LINE), theme.px(_BAR)
        figures = max((metrics.horizontalAdvance(figure) for figure in self._shown), default=0)
        most = max(self._counts, default=0) or 1
        for place, (name, figure, count) in enumerate(zip(self._names, self._shown, self._counts, strict=True)):
            top = place * line
            words = QRectF(0, top, self.width() - figures - 8, line - bar - 4)
            painter.setPen(QColor(palette.text2))
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(words.width()))
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
            at_end = QRectF(self.width() - figures, top, figures, words.height())
            painter.drawText(at_end, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, figure)
            track = QRectF(0, top + line - bar - 3, self.width(), bar)
            painter.fillRect(track, QColor(palette.surface2))
            painter.fillRect(
                QRectF(track.left(), track.top(), track.width() * count / most, bar), QColor(palette.accent)
            )
        if self._more:
            painter.setPen(QColor(palette.muted))
            below = QRectF(0, len(self._counts) * line, self.width(), theme.px(20))
            painter.drawText(below, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._more)
