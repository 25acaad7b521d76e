"""A chart on a card: drawn when it is visible, redrawn after resizing; copied, saved, or shown as a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, QTimer, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QStackedWidget, QWidget

from cxdesk.blocks.chart import Chart, ChartKind
from cxdesk.render.clipboard import table_to_clipboard
from cxdesk.render.csv import table_to_csv
from cxdesk.text import Text, Translator, say
from cxdesk.ui.parts import button, label, set_icon
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.cards import CardBase
from cxdesk.ui.widgets.table_card import TableCard

ChooseTarget = Callable[[str, str], str]
"""Asks for a path to save at: (suggested name, ending) -> path or ""."""

_SETTLE = 60


class ChartCard(CardBase):
    """Title, base, the chart, and a menu with everything that can be done with it."""

    def __init__(self, chart: Chart, theme: Theme, translator: Translator, choose_target: ChooseTarget) -> None:
        """Build the card; the chart itself is drawn later."""
        super().__init__(theme, translator)
        self._choose_target = choose_target
        self._title = label("", "title", wrap=True)
        self._base = label("", "caption")
        self._subtitle = label("", "caption", wrap=True)
        self._note = label("", "caption", wrap=True)
        self._link = button("", "link")
        self._link.clicked.connect(self.follow)
        self._more = button("⋯", "flat")
        self._menu = QMenu(self._more)
        self._more.clicked.connect(self._on_more)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._base)
        head.addWidget(self._link)
        head.addWidget(self._more)
        self.canvas = ChartCanvas(self)
        self.canvas.table_wanted = self.toggle_table
        self.faces = QStackedWidget()
        self.faces.addWidget(self.canvas)
        self.column.addLayout(head)
        self.column.addWidget(self._subtitle)
        self.column.addWidget(self.faces, 1)
        self.column.addWidget(self._note)
        self.chart = chart
        self.show_chart(chart, theme, translator)

    def show_chart(self, chart: Chart, theme: Theme, translator: Translator) -> None:
        """Show another chart in the same place."""
        self.chart, self.theme, self.translator = chart, theme, translator
        self._title.setText(translator(chart.title))
        self._base.setText("" if chart.base is None else translator(say("n = {n}", n=chart.base.n)))
        for widget, text in ((self._subtitle, chart.subtitle), (self._note, chart.note)):
            widget.setText("" if text is None else translator(text))
            widget.setVisible(text is not None)
        self._link.setVisible(bool(chart.link))
        self._link.setProperty("link", chart.link)
        link = translator(say("Open Segments"))
        self._link.setText(link)
        self._link.setAccessibleName(link)
        self._more.setAccessibleName(translator(say("What can be done with “{title}”", title=chart.title)))
        self._more.setToolTip(translator(say("Copy, save, show as table")))
        set_icon(self._more, theme, "more", "text2")
        self._more.setText("")
        self.canvas.setAccessibleName(translator(say("{title}. {finding}", title=chart.title, finding=chart.finding)))
        hint = say("Press T to see the numbers as a table, arrow keys to hear them one by one.")
        self.canvas.setAccessibleDescription(translator(hint))
        self.canvas.show_chart(chart, theme, translator)
        if self.faces.count() > 1:
            self._drop_table()

    @Slot()
    def toggle_table(self) -> None:
        """Show the numbers as a table, or the chart again."""
        if self.faces.count() > 1:
            self._drop_table()
            self.canvas.setFocus()
            return
        table = TableCard(self.chart.as_table(), self.theme, self.translator, self._choose_target, titled=False)
        table.setProperty("look", "")
        self.faces.addWidget(table)
        self.faces.setCurrentWidget(table)
        table.view.setFocus()

    def _drop_table(self) -> None:
        old = self.faces.widget(1)
        self.faces.setCurrentIndex(0)
        self.faces.removeWidget(old)
        old.deleteLater()

    @Slot()
    def _on_more(self) -> None:
        self._menu.clear()
        as_table = say("Show as chart") if self.faces.count() > 1 else say("Show as table")
        entries: tuple[tuple[Text, Callable[[], None]], ...] = (
            (as_table, self.toggle_table),
            (say("Copy as picture"), self.copy_picture),
            (say("Copy as table"), self.copy_table),
            (say("Save as PNG…"), lambda: self._save("png")),
            (say("Save as SVG…"), lambda: self._save("svg")),
            (say("Save as CSV…"), lambda: self._save("csv")),
        )
        for text, act in entries:
            self._menu.addAction(self.translator(text)).triggered.connect(act)
        self._menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    @Slot()
    def copy_picture(self) -> None:
        """Copy picture and numbers together: each program takes what it can use."""
        data = self._table_data()
        data.setImageData(QImage.fromData(self._picture("png")))
        QGuiApplication.clipboard().setMimeData(data)

    @Slot()
    def copy_table(self) -> None:
        """Copy the numbers."""
        QGuiApplication.clipboard().setMimeData(self._table_data())

    def _table_data(self) -> QMimeData:
        text, html = table_to_clipboard(self.chart.as_table(), self.translator)
        data = QMimeData()
        data.setText(text)
        data.setHtml(html)
        return data

    def _picture(self, kind: str) -> bytes:
        from cxdesk.render.figure import Look, picture  # noqa: PLC0415 - matplotlib only when a chart is needed

        look = Look(self.theme.palette, 1.0, self.theme.patterns)
        return picture(self.chart, look, self.translator, kind)

    def _save(self, ending: str) -> None:
        path = self._choose_target(f"{self.translator(self.chart.title)}.{ending}".replace("/", "-"), ending)
        if not path:
            return
        ending = Path(path).suffix.lstrip(".").lower()
        if ending == "csv":
            Path(path).write_text(table_to_csv(self.chart.as_table(), self.translator), encoding="utf-8-sig")
        else:
            Path(path).write_bytes(self._picture("svg" if ending == "svg" else "png"))


class ChartCanvas(QWidget):
    """The drawn chart. It keeps a picture and paints it; the picture is made anew for another size, look or chart."""

    def __init__(self, parent: QWidget) -> None:
        """Nothing is drawn yet."""
        super().__init__(parent)
        self.table_wanted: Callable[[], None] | None = None
        self._chart: Chart | None = None
        self._theme = Theme()
        self._translator = Translator("en")
        self._image: QImage | None = None
        self._stale = True
        self._point = -1
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE)
        self._settle.timeout.connect(self._redraw)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(100, 150)

    def show_chart(self, chart: Chart, theme: Theme, translator: Translator) -> None:
        """Take over a chart; it is drawn when the event loop is free and the widget visible."""
        self._chart, self._theme, self._translator = chart, theme, translator
        self.setMinimumSize(theme.px(200), theme.px(150))
        self._point = -1
        self._stale = True
        if self.isVisible():
            self._settle.start(0)

    def sizeHint(self) -> QSize:
        """Higher for more rows; the width follows the card."""
        if self._chart is None:
            return QSize(200, 190)
        rows = len(self._chart.categories)
        if self._chart.kind is ChartKind.COLUMNS:
            return QSize(200, self._theme.px(260))
        return QSize(200, self._theme.px(max(150, min(620, 46 + rows * 30))))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture that there is, scaled while a new one is being made."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.rect(), self._image)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew when the size has settled."""
        self._stale = True
        self._settle.start(_SETTLE if self._image is not None else 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Draw on first sight."""
        if self._stale:
            self._settle.start(0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus ring."""
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the focus ring."""
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """T shows the table; arrow keys walk the points and say them."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}.get(
            Qt.Key(event.key())
        )
        if event.key() == Qt.Key.Key_T and self.table_wanted is not None:
            self.table_wanted()
        elif step is not None and self._chart is not None:
            count = len(self._chart.categories)
            self._point = (self._point + step) % count if self._point >= 0 else (0 if step > 0 else count - 1)
            told = self.point_text(self._point)
            self.setToolTip(told)
            self.setAccessibleDescription(told)
        else:
            super().keyPressEvent(event)

    def point_text(self, place: int) -> str:
        """One point in words."""
        if self._chart is None:
            return ""
        values = [
            f"{self._translator(series.name)}: {self._translator.number(series.values[place], self._chart.format)}"
            for series in self._chart.series
        ]
        return ", ".join([self._translator(self._chart.categories[place]), *values])

    @Slot()
    def _redraw(self) -> None:
        if self._chart is None or self.width() < 60 or self.height() < 60 or not self.isVisible():
            return
        from cxdesk.render.figure import Look, draw, new_figure  # noqa: PLC0415 - matplotlib only when needed
        from cxdesk.ui.widgets.agg import image_of  # noqa: PLC0415

        self._stale = False
        look = Look(self._theme.palette, self._theme.scale, self._theme.patterns)
        figure = new_figure(self.width(), self.height(), look)
        draw(figure, self._chart, look, self._translator)
        self._image = image_of(figure, self.devicePixelRatioF())
        self.update()
