"""A page of the report as it will be printed: painted from the same model that the workbook is written from."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from cxdesk.render.preview import Box, PrintedPage
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.press import Footer, Press, scaled

_EDGE = 8
"""Room around the paper."""

Drawing = Callable[[int, int, int], bytes]
"""Draws the chart at a position in a width and height in pixels, as a PNG picture."""


class SheetPreview(QWidget):
    """Shows one page, fitted into the room there is or at full size. Charts are drawn one per turn of the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is shown until `show_page`."""
        super().__init__(parent)
        self._page: PrintedPage | None = None
        self._footer: Footer = ("", "", "")
        self._draw: Drawing | None = None
        self._pictures: dict[int, QImage] = {}
        self._reduced: dict[int, QImage] = {}
        self._paper: tuple[tuple[float, float], QPixmap] | None = None
        self._waiting: list[tuple[Box, int]] = []
        self._font = ""
        self._theme = Theme()
        self._at_full_size = False
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._draw_next)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_page(
        self, page: PrintedPage | None, footer: Footer, draw: Drawing | None, font: str, theme: Theme, name: str
    ) -> None:
        """Show a page; ``draw`` makes its charts, ``font`` is the workbook's, ``name`` is what a screen reader says."""
        self._page, self._footer, self._draw, self._font, self._theme = page, footer, draw, font, theme
        self._pictures, self._reduced, self._paper = {}, {}, None
        self._waiting = list(page.charts) if page is not None and draw is not None else []
        self.setAccessibleName(name)
        if self._waiting:
            self._turn.start()
        else:
            self._turn.stop()
        self._resize()
        self.update()

    def show_full_size(self, on: bool) -> None:
        """Show the page at the size it is printed in, or fitted into the room."""
        self._at_full_size = on
        self._resize()
        self.update()

    @property
    def finished(self) -> bool:
        """Whether everything on the page is drawn."""
        return not self._waiting

    def sizeHint(self) -> QSize:
        """As large as there is room for, or as the paper."""
        page = self._page
        if page is None or not self._at_full_size:
            return QSize(360, 420)
        return QSize(
            round(page.width * self._theme.scale) + 2 * _EDGE, round(page.height * self._theme.scale) + 2 * _EDGE
        )

    def hideEvent(self, event: object) -> None:
        """Nothing is drawn that nobody sees."""
        self._turn.stop()

    def showEvent(self, event: object) -> None:
        """Go on drawing."""
        if self._waiting:
            self._turn.start()

    def changeEvent(self, event: QEvent) -> None:
        """Leave the drawing while the page is busy with something that the person waits for."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.EnabledChange and self.isEnabled() and self._waiting and self.isVisible():
            self._turn.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint paper, cells, charts and footer."""
        page = self._page
        if page is None:
            return
        zoom = min((self.width() - 2 * _EDGE) / page.width, (self.height() - 2 * _EDGE) / page.height)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        left = round((self.width() - page.width * zoom) / 2)
        top = round((self.height() - page.height * zoom) / 2) if not self._at_full_size else _EDGE
        painter.translate(left, top)
        paper = QRectF(0, 0, round(page.width * zoom), round(page.height * zoom))
        painter.drawPixmap(0, 0, self._printed(page, paper, zoom))
        painter.setPen(QPen(self._theme.color("border"), 1))
        painter.drawRect(paper)
        painter.setClipRect(paper)
        scale = page.scale * zoom
        painter.translate(page.left * zoom, page.top * zoom)
        painter.save()
        painter.setClipRect(QRectF(-page.left * zoom, 0, paper.width(), page.room * scale))
        for box, place in page.charts:
            self._chart(painter, place, scaled(box, scale))
        painter.restore()
        painter.end()

    def _printed(self, page: PrintedPage, paper: QRectF, zoom: float) -> QPixmap:
        """Paper, cells and footer, painted once for each size: only charts are added to a page that is shown."""
        ratio = self.devicePixelRatioF()
        wanted = (paper.width(), ratio)
        if self._paper is not None and self._paper[0] == wanted:
            return self._paper[1]
        picture = QPixmap(round(paper.width() * ratio), round(paper.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setClipRect(paper)
        Press(painter, self._font, self._theme).print_page(page, self._footer, zoom)
        painter.end()
        self._paper = (wanted, picture)
        return picture

    def _chart(self, painter: QPainter, place: int, box: QRectF) -> None:
        """A chart, reduced once for each size: letters stay readable only if every pixel of the picture counts."""
        picture = self._pictures.get(place)
        if picture is None:
            return
        ratio = painter.device().devicePixelRatioF()
        size = QSize(max(1, round(box.width() * ratio)), max(1, round(box.height() * ratio)))
        reduced = self._reduced.get(place)
        if reduced is None or reduced.size() != size:
            smooth = Qt.TransformationMode.SmoothTransformation
            reduced = picture.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            self._reduced[place] = reduced
        painter.drawImage(box, reduced)

    @Slot()
    def _draw_next(self) -> None:
        """One chart per turn, so that the window stays awake."""
        page, draw = self._page, self._draw
        if page is None or draw is None or not self._waiting or not self.isEnabled():
            self._turn.stop()
            return
        box, place = self._waiting.pop(0)
        self._pictures[place] = QImage.fromData(draw(place, round(box.width), round(box.height)))
        if not self._waiting:
            self._turn.stop()
        self.update()

    def _resize(self) -> None:
        if self._at_full_size and self._page is not None:
            self.setMinimumSize(self.sizeHint())
        else:
            self.setMinimumSize(160, 180)
        self.updateGeometry()
