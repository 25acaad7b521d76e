"""The drawn chart: a picture that is made when it is first seen, and made anew for another size, look or chart.

Not matplotlib's own widget: that one draws inside of paint events, asks for 640 x 480 pixels and cannot be focused.
Here a chart is drawn between two turns of the event loop, one chart per turn, and only if somebody looks at it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cxdesk.blocks.chart import Chart, ChartKind, Plane, Spot
from cxdesk.text import Listed, Number, Text, Translator, say
from cxdesk.ui.theme import Theme

_SETTLE = 70
"""Milliseconds without another change of size after which a chart is drawn anew."""

_LEAST = 60
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class DrawingTurns(QObject):
    """Lets charts draw one after the other, with the event loop in between."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Nobody waits yet."""
        super().__init__(parent)
        self._waiting: list[ChartCanvas] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_turn)

    def ask(self, canvas: ChartCanvas) -> None:
        """Let a chart draw when it is its turn."""
        if canvas not in self._waiting:
            self._waiting.append(canvas)
        self._timer.start()

    def forget(self, canvas: ChartCanvas) -> None:
        """A chart that goes away draws no more."""
        if canvas in self._waiting:
            self._waiting.remove(canvas)

    @Slot()
    def _on_turn(self) -> None:
        while self._waiting:
            canvas = self._waiting.pop(0)
            # A chart that was scrolled away in the meantime asks again when it comes back.
            if not canvas.visibleRegion().isEmpty():
                canvas.draw_now()
                break
        if self._waiting:
            self._timer.start()


class ChartCanvas(QWidget):
    """Shows a `Chart`. Arrow keys walk its points."""

    drawn = Signal()

    def __init__(self, turns: DrawingTurns, parent: QWidget | None = None) -> None:
        """Nothing is drawn yet; ``turns`` says when it is this chart's turn."""
        super().__init__(parent)
        self._turns = turns
        self._chart: Chart | None = None
        self._theme = Theme()
        self._translator = Translator("en")
        self._image: QImage | None = None
        self._spots: tuple[QRectF, ...] = ()
        self._stale = False
        self._point = -1
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE)
        self._settle.timeout.connect(self.update)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_chart(self, chart: Chart, theme: Theme, translator: Translator) -> None:
        """Take over a chart; what was drawn stays until the new one is there."""
        if (chart, theme, translator.language) == (self._chart, self._theme, self._translator.language):
            return
        same = self._chart is not None and chart.categories == self._chart.categories
        self._chart, self._theme, self._translator = chart, theme, translator
        self._point = self._point if same else -1
        self._stale = True
        self.setMinimumSize(theme.px(200), theme.px(150))
        hint = say("Press T to see the numbers as a table, arrow keys to hear them one by one.")
        self.setAccessibleName(translator(say("{title}. {finding}", title=chart.title, finding=chart.finding)))
        self.setAccessibleDescription(translator(hint))
        self.updateGeometry()
        self.update()

    @property
    def is_drawn(self) -> bool:
        """Whether the picture shows the chart as it is."""
        return self._image is not None and not self._stale

    @property
    def point(self) -> int:
        """The category that the arrow keys stand on, or -1."""
        return self._point

    def sizeHint(self) -> QSize:
        """Higher for more rows; the width follows the card."""
        if self._chart is None or self._chart.kind is ChartKind.COLUMNS:
            return QSize(self._theme.px(200), self._theme.px(260))
        if self._chart.kind in {ChartKind.LINE, ChartKind.PLANE}:
            return QSize(self._theme.px(200), self._theme.px(340 if self._chart.kind is ChartKind.LINE else 470))
        high = 46 + 32 * len(self._chart.categories)
        return QSize(self._theme.px(200), self._theme.px(max(150, min(700, high))))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture that there is, scaled while a new one is being made, and the focus ring."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        if self._image is not None:
            painter.drawImage(self.rect(), self._image)
        if self._stale and not self._settle.isActive():
            self._turns.ask(self)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
            if 0 <= self._point < len(self._spots):
                painter.drawRoundedRect(self._spots[self._point].adjusted(1, 1, -1, -1), 3, 3)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew when the size has settled; the first time at once."""
        self._stale = self._chart is not None
        if self._image is not None:
            self._settle.start()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus ring."""
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the focus ring."""
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys walk the points and say them."""
        step = _STEPS.get(Qt.Key(event.key()))
        count = 0 if self._chart is None else len(self._chart.spots or self._chart.categories)
        if step is not None and count:
            self._point = (self._point + step) % count if self._point >= 0 else (0 if step > 0 else count - 1)
            told = self.point_words(self._point)
            self.setAccessibleDescription(told)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, told))
            self.update()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say the point under the mouse."""
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return super().event(event)
        place = self.point_at(event.pos())
        if place >= 0:
            QToolTip.showText(event.globalPos(), self.point_words(place), self)
        else:
            QToolTip.hideText()
        return True

    def point_at(self, place: QPoint) -> int:
        """The category that is drawn at a place of the widget, or -1."""
        return next((i for i, spot in enumerate(self._spots) if spot.contains(place.toPointF())), -1)

    def point_words(self, place: int) -> str:
        """One point in words: its name, then each of its values with its range."""
        chart = self._chart
        if chart is not None and chart.plane is not None and 0 <= place < len(chart.spots):
            return self._spot_words(chart.plane, chart.spots[place])
        if chart is None or not 0 <= place < len(chart.categories):
            return ""
        form = chart.format_of(place)
        parts: list[Text] = []
        for series in chart.series:
            value: Text = say("{value}", value=Number(series.values[place], form))
            low = series.low[place] if series.low else None
            high = series.high[place] if series.high else None
            if low is not None and high is not None:
                value = say(
                    "{value}, from {low} to {high}",
                    value=value,
                    low=Number(low, form),
                    high=Number(high, form),
                )
            if series.hollow and series.hollow[place] and chart.kind is ChartKind.LINE:
                value = say("{first}, {second}", first=value, second=say("small sample"))
            parts.append(say("{column}: {value}", column=series.name, value=value))
        parts += _period_words(chart, place)
        name = say("{name}", name=chart.categories[place])
        return self._translator(say("{parts}", parts=Listed((name, *parts))))

    def _spot_words(self, plane: Plane, spot: Spot) -> str:
        """A point of a plane: its name, and where it stands on both axes."""
        parts: list[Text] = [say("{name}", name=spot.name)]
        for title, value, form, low, high in (
            (plane.x_title, spot.x, plane.x_format, spot.x_low, spot.x_high),
            (plane.y_title, spot.y, plane.y_format, spot.y_low, spot.y_high),
        ):
            words: Text = say("{value}", value=Number(value, form))
            if low is not None and high is not None:
                words = say(
                    "{value}, from {low} to {high}", value=words, low=Number(low, form), high=Number(high, form)
                )
            parts.append(say("{column}: {value}", column=title, value=words))
        return self._translator(say("{parts}", parts=Listed(tuple(parts))))

    @Slot()
    def draw_now(self) -> None:
        """Draw the chart at the size that the widget has."""
        if self._chart is None or not self._stale or self.width() < _LEAST or self.height() < _LEAST:
            return
        # matplotlib is imported with the first chart, not with the window.
        from cxdesk.render.figure import Look, draw, new_figure  # noqa: PLC0415
        from cxdesk.ui.widgets.agg import image_of  # noqa: PLC0415

        look = Look(self._theme.palette, self._theme.scale, self._theme.patterns)
        figure = new_figure(self.width(), self.height(), look)
        spots = draw(figure, self._chart, look, self._translator)
        self._spots = tuple(QRectF(spot.left, spot.top, spot.width, spot.height) for spot in spots)
        self._image = image_of(figure, self.devicePixelRatioF())
        self._stale = False
        self.update()
        self.drawn.emit()


def _period_words(chart: Chart, place: int) -> list[Text]:
    """What else stands in a chart over periods at one of them: answers, target, limits, events."""
    found: list[Text] = []
    if chart.sizes:
        found.append(say("n = {n}", n=chart.sizes[place]))
    if chart.target is not None:
        found.append(say("Target {value}", value=Number(chart.target, chart.format)))
    low, high = chart.limits[place] if chart.limits else (None, None)
    if low is not None and high is not None:
        limits = {"low": Number(low, chart.format), "high": Number(high, chart.format)}
        found.append(say("Control limits {low} to {high}", **limits))
    found += [event.name for event in chart.events if event.after == place]
    return found
