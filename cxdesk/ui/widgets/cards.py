"""The cards of a page: key numbers with their ruler, who recommends, what is worth a look, notices and empty states."""

from __future__ import annotations

from html import escape
from typing import Generic, TypeVar

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from cxdesk.blocks.figure import Figure, Mix, Ruler
from cxdesk.blocks.note import Empty, Findings, Note
from cxdesk.blocks.palette import Tone
from cxdesk.text import Format, Label, Translator, say, show_number
from cxdesk.ui.icons import pixmap
from cxdesk.ui.parts import button, clear, label, restyle
from cxdesk.ui.theme import CAPTION, Theme

_PADDING = 14

Shown = TypeVar("Shown")


class CardBase(QFrame):
    """A framed card; links in it name a page or command."""

    link_activated = Signal(str)

    told = Signal(object)
    """A Text: how saving went."""

    def __init__(self, theme: Theme, translator: Translator, look: str = "card") -> None:
        """Keep what is needed to say and draw."""
        super().__init__()
        self.setProperty("look", look)
        self.theme = theme
        self.translator = translator
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(_PADDING, 12, _PADDING, 12)
        self.column.setSpacing(4)

    @Slot()
    def follow(self) -> None:
        """Emit the link of the button that was pressed."""
        self.link_activated.emit(str(self.sender().property("link")))


class BlockCard(CardBase, Generic[Shown]):
    """A card that is filled anew when its block is another one; the page around it stays as it is."""

    def __init__(self, block: Shown, theme: Theme, translator: Translator) -> None:
        """Fill the card."""
        super().__init__(theme, translator)
        self.block = block
        self.fill(block)

    def show_block(self, block: Shown, theme: Theme, translator: Translator) -> None:
        """Show another block of the same kind."""
        before = (self.block, self.theme, self.translator.language)
        self.block, self.theme, self.translator = block, theme, translator
        if before != (block, theme, translator.language):
            clear(self.column)
            self.fill(block)

    def fill(self, block: Shown) -> None:
        """Add everything that the block says to the empty column."""
        raise NotImplementedError


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
        self.setAccessibleName(", ".join([translator(figure.title), shown, *captions]))


class RulerView(QWidget):
    """A line with its ticks; the band is the range, the stroke is the score."""

    def __init__(self, ruler: Ruler, theme: Theme) -> None:
        """Keep what is drawn."""
        super().__init__()
        self._ruler, self._theme = ruler, theme
        self.setFixedHeight(theme.px(38))
        self.setMinimumWidth(theme.px(230))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw line, ticks, band and stroke."""
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
        painter.setPen(QPen(QColor(palette.accent), 3))
        painter.drawLine(QPointF(at(ruler.value), middle - 10), QPointF(at(ruler.value), middle + 10))


class MixCard(BlockCard[Mix]):
    """One bar of detractors, passives and promoters, with their counts below."""

    def fill(self, block: Mix) -> None:
        """Build the card."""
        theme, translator, mix = self.theme, self.translator, block
        self.column.addWidget(label(translator(mix.title), "title"))
        parts = (mix.detractors, mix.passives, mix.promoters)
        shares = [float(part.share.value) if isinstance(part.share.value, int | float) else 0.0 for part in parts]
        self.column.addStretch(1)
        self.column.addWidget(SplitBar(shares, theme, theme.px(32)))
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
        self.column.addWidget(label(base, "caption"))
        self.column.addStretch(1)
        self.setAccessibleName(", ".join([translator(mix.title), *told, base]))


class SplitBar(QWidget):
    """Shares of one whole from left to right, with 2 px gaps and their percentages."""

    def __init__(self, shares: list[float], theme: Theme, height: int) -> None:
        """``shares`` are detractors, passives, promoters."""
        super().__init__()
        self._shares, self._theme = shares, theme
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_split(painter, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self._shares, self._theme)


def paint_split(painter: QPainter, rect: QRectF, shares: list[float], theme: Theme, *, faint: bool = False) -> None:
    """Paint detractors, passives and promoters into a rectangle; labels only where they fit."""
    left = rect.left()
    room = rect.width() - 4
    painter.setFont(theme.font(CAPTION, bold=True))
    painter.save()
    if faint:
        painter.setOpacity(0.55)
    for share, tone in zip(shares, (Tone.DETRACTOR, Tone.PASSIVE, Tone.PROMOTER), strict=False):
        part = QRectF(left, rect.top(), room * share, rect.height())
        left += room * share + 2
        if part.width() < 1:
            continue
        outline = theme.palette.passive_outline if tone is Tone.PASSIVE else theme.palette.fill(tone)
        painter.setPen(QPen(QColor(outline), 1))
        painter.setBrush(QColor(theme.palette.fill(tone)))
        painter.drawRoundedRect(part, 2, 2)
        if theme.patterns and tone is Tone.DETRACTOR:
            painter.setBrush(Qt.BrushStyle.BDiagPattern)
            painter.drawRoundedRect(part, 2, 2)
        words = show_number(share, Format.PERCENT)
        if painter.fontMetrics().horizontalAdvance(words) + 6 <= part.width():
            painter.setPen(QColor(theme.palette.on(tone)))
            painter.drawText(part, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()


class FindingsCard(BlockCard[Findings]):
    """What is worth a look, each line with a link, or the sentence that nothing is."""

    def fill(self, block: Findings) -> None:
        """Build the card."""
        theme, translator, findings = self.theme, self.translator, block
        self.column.addWidget(label(translator(findings.title), "title"))
        ratio = self.devicePixelRatioF()
        for line in findings.lines:
            row = QHBoxLayout()
            row.setSpacing(8)
            if line.sign in {"above", "below"}:
                above = line.sign == "above"
                mark = label("▲" if above else "▼", "promoter" if above else "detractor")
            else:
                mark = QLabel()
                mark.setPixmap(pixmap("warning", theme.palette.warn_text, theme.px(15), ratio))
            mark.setFixedWidth(theme.px(16))
            row.addWidget(mark)
            row.addWidget(_led(line.lead, line.text, translator), 1)
            if line.link and line.link_text is not None:
                name = f"{translator(line.link_text)}: {translator(line.lead)}"
                link = button(translator(line.link_text), "link", name=name)
                link.setProperty("link", line.link)
                link.clicked.connect(self.follow)
                row.addWidget(link)
            self.column.addLayout(row)
        if not findings.lines:
            self.column.addWidget(label(translator(findings.nothing), "caption2", wrap=True))


class NoteCard(BlockCard[Note]):
    """A coloured notice."""

    def fill(self, block: Note) -> None:
        """Build the card."""
        theme, translator, note = self.theme, self.translator, block
        restyle(self, note.level.value)
        row = QHBoxLayout()
        row.setSpacing(12)
        mark = QLabel()
        name = "warning" if note.level.value == "warn" else "info"
        color = theme.palette.warn_text if name == "warning" else theme.palette.info_text
        mark.setPixmap(pixmap(name, color, theme.px(18), self.devicePixelRatioF()))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(label(translator(note.title), "title", wrap=True))
        lines.addWidget(label(translator(note.text), wrap=True))
        row.addLayout(lines, 1)
        self.column.addLayout(row)
        self.setAccessibleName(translator(note.title))


class EmptyCard(BlockCard[Empty]):
    """Why there is nothing to show, and what to do."""

    def fill(self, block: Empty) -> None:
        """Build the card."""
        theme, translator, empty = self.theme, self.translator, block
        self.column.setContentsMargins(_PADDING, 28, _PADDING, 28)
        mark = QLabel()
        mark.setPixmap(pixmap("info", theme.palette.muted, theme.px(24), self.devicePixelRatioF()))
        title = label(translator(empty.title), "title", wrap=True)
        text = label(translator(empty.text), "caption", wrap=True)
        for widget in (mark, title, text):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.column.addWidget(widget)
        if empty.action and empty.action_text is not None:
            act = button(translator(empty.action_text))
            act.setProperty("link", empty.action)
            act.clicked.connect(self.follow)
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(act)
            row.addStretch(1)
            self.column.addSpacing(6)
            self.column.addLayout(row)

    def sizeHint(self) -> QSize:
        """At least as high as a small chart."""
        return super().sizeHint().expandedTo(QSize(200, self.theme.px(130)))


def _led(lead: Label, text: Label, translator: Translator) -> QLabel:
    """A sentence whose first words are bold; words of the survey are escaped, never read as markup."""
    first, whole = translator(lead), translator(say("{lead} {text}", lead=lead, text=text))
    made = label("", wrap=True)
    made.setTextFormat(Qt.TextFormat.RichText)
    rest = whole.removeprefix(first)
    made.setText(f"<b>{escape(first)}</b>{escape(rest)}")
    made.setAccessibleName(whole)
    return made


def _left(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(widget)
    row.addStretch(1)
    return row
