"""Cards with numbers: a key number with its ruler, and who recommends as one bar."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cxdesk.blocks.figure import Figure, Mix, Ruler
from cxdesk.blocks.palette import Tone
from cxdesk.blocks.table import Mark
from cxdesk.text import Format, say, show_number
from cxdesk.ui.parts import label
from cxdesk.ui.theme import CAPTION, Theme
from cxdesk.ui.widgets.cards import BlockCard
from cxdesk.ui.widgets.split_paint import paint_split


class FigureCard(BlockCard[Figure]):
    """A key number: title, value, captions, and for NPS the ruler from -100 to +100."""

    def fill(self, block: Figure) -> None:
        """Build the card."""
        theme, translator, figure = self.theme, self.translator, block
        self.column.addWidget(label(translator(figure.title), "title", wrap=True))
        cell = figure.cell
        shown = translator(cell.shown) if cell.shown is not None else ""
        if not shown and not isinstance(cell.value, str) and cell.format is not None:
            number = cell.value if isinstance(cell.value, int | float) else None
            shown = translator.number(number, cell.format)
        if figure.suffix is not None and cell.value is not None:
            shown = translator(say("{value} {suffix}", value=shown, suffix=figure.suffix))
        value = label(shown, "kpi" if figure.ruler is not None else "kpiSmall")
        captions = [translator(caption) for caption in figure.captions]
        if figure.ruler is None:
            self.column.addWidget(value)
            if figure.change_text is not None:
                self._put_change(self.column, figure)
            if figure.chip is not None:
                self.column.addLayout(_left(label(translator(figure.chip), "chipWarn")))
            for caption in captions:
                self.column.addWidget(label(caption, "caption", wrap=True))
            self.column.addStretch(1)
        else:
            row = QHBoxLayout()
            row.setSpacing(16)
            row.addWidget(value)
            beside = QVBoxLayout()
            beside.setSpacing(2)
            beside.addStretch(1)
            if figure.change_text is not None:
                self._put_change(beside, figure)
            if figure.chip is not None:
                beside.addLayout(_left(label(translator(figure.chip), "chipWarn")))
            for caption in captions:
                beside.addWidget(label(caption, "caption", wrap=True))
            beside.addStretch(1)
            row.addLayout(beside, 1)
            self.column.addLayout(row)
            self.column.addWidget(RulerView(figure.ruler, theme))
            if figure.ruler_caption is not None:
                self.column.addWidget(label(translator(figure.ruler_caption), "caption", wrap=True))
            self.column.addStretch(1)
        change = [] if figure.change_text is None else [translator(figure.change_text)]
        self.setAccessibleName(", ".join([translator(figure.title), shown, *change, *captions]))

    def _put_change(self, column: QVBoxLayout, figure: Figure) -> None:
        """The change: a coloured chip with a sign if it is clear, a plain line otherwise."""
        words = "" if figure.change_text is None else self.translator(figure.change_text)
        reading = None if figure.change is None else figure.change.mark
        sign = {Mark.ABOVE: "▲", Mark.BELOW: "▼"}.get(reading, "") if reading is not None else ""
        if sign:
            column.addLayout(_left(label(f"{sign} {words}", "chipInfo")))
        else:
            column.addWidget(label(words, "caption", wrap=True))


class RulerView(QWidget):
    """A line with its ticks; the band is the range, the stroke the score, the circle the score before."""

    def __init__(self, ruler: Ruler, theme: Theme) -> None:
        """Keep what is drawn."""
        super().__init__()
        self._ruler, self._theme = ruler, theme
        self.setFixedHeight(theme.px(38))
        self.setMinimumWidth(theme.px(230))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw line, ticks, band, circle and stroke."""
        theme, palette, ruler = self._theme, self._theme.palette, self._ruler
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(CAPTION - 1))
        side = theme.px(18)
        width = self.width() - 2 * side
        middle = theme.px(12)

        def at(value: float) -> float:
            return side + (value - ruler.lowest) / (ruler.highest - ruler.lowest) * width

        band = QColor(palette.accent)
        band.setAlphaF(0.35)
        painter.fillRect(QRectF(at(ruler.low), middle - 8, max(2.0, at(ruler.high) - at(ruler.low)), 16), band)
        painter.setPen(QPen(QColor(palette.control), 1))
        painter.drawLine(QPointF(side, middle), QPointF(side + width, middle))
        for step in range(5):
            value = ruler.lowest + (ruler.highest - ruler.lowest) * step / 4
            painter.setPen(QPen(QColor(palette.control), 1))
            painter.drawLine(QPointF(at(value), middle - 4), QPointF(at(value), middle + 4))
            painter.setPen(QColor(palette.muted))
            place = QRectF(at(value) - 40, middle + 8, 80, theme.px(16))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, show_number(value, Format.SCORE))
        if ruler.before is not None:
            painter.setPen(QPen(QColor(palette.text2), 1.8))
            painter.setBrush(QColor(palette.surface))
            painter.drawEllipse(QPointF(at(ruler.before), middle), 4.5, 4.5)
        painter.setPen(QPen(QColor(palette.accent), 3))
        painter.drawLine(QPointF(at(ruler.value), middle - 10), QPointF(at(ruler.value), middle + 10))
        painter.end()


class MixCard(BlockCard[Mix]):
    """One bar of detractors, passives and promoters, with their counts below."""

    def fill(self, block: Mix) -> None:
        """Build the card."""
        theme, translator, mix = self.theme, self.translator, block
        self.column.addWidget(label(translator(mix.title), "title"))
        parts = (mix.detractors, mix.passives, mix.promoters)
        shares = [float(part.share.value) if isinstance(part.share.value, int | float) else 0.0 for part in parts]
        self.column.addStretch(1)
        if mix.before is None:
            self.column.addWidget(SplitBar(shares, theme))
        else:
            self.column.addLayout(self._both(mix, mix.before))
        row = QHBoxLayout()
        told = []
        for place, (part, look) in enumerate(zip(parts, ("detractor", "passive", "promoter"), strict=True)):
            words = translator(say("{name} {count}", name=part.name, count=part.count))
            told.append(words)
            sign = {"detractor": f"▼ {words}", "promoter": f"{words} ▲"}.get(look, words)
            if place:
                row.addStretch(1)
            row.addWidget(label(sign, look))
        self.column.addLayout(row)
        base = translator(say("n = {n}", n=mix.n))
        if mix.before is None:
            self.column.addWidget(label(base, "caption"))
        self.column.addStretch(1)
        self.setAccessibleName(", ".join([translator(mix.title), *told, base]))

    def _both(self, now: Mix, before: Mix) -> QGridLayout:
        """Two bars, now over before, each with its name and the number of answers."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for row, side in enumerate((now, before)):
            parts = (side.detractors, side.passives, side.promoters)
            shares = [float(part.share.value) if isinstance(part.share.value, int | float) else 0.0 for part in parts]
            grid.addWidget(label(self.translator(side.label), "caption2" if row == 0 else "caption"), row, 0)
            grid.addWidget(SplitBar(shares, self.theme, low=bool(row)), row, 1)
            grid.addWidget(label(self.translator(say("n = {n}", n=side.n)), "caption"), row, 2)
        grid.setColumnStretch(1, 1)
        return grid


class SplitBar(QWidget):
    """Detractors, passives and promoters as parts of one bar."""

    def __init__(self, shares: list[float], theme: Theme, *, low: bool = False) -> None:
        """``shares`` are those of detractors, passives and promoters, from 0 to 1; ``low`` for the bar before."""
        super().__init__()
        self._shares, self._theme = shares, theme
        self.setFixedHeight(theme.px(20 if low else 32))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        parts = list(zip(self._shares, (Tone.DETRACTOR, Tone.PASSIVE, Tone.PROMOTER), strict=True))
        paint_split(painter, QRectF(self.rect()), parts, self._theme)
        painter.end()


def _left(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(widget)
    row.addStretch(1)
    return row
