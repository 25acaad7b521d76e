"""A chart on a card: its title and base, the drawing, and a menu to copy it, save it, or see its numbers as a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, Slot
from PySide6.QtGui import QAction, QGuiApplication, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QStackedWidget

from cxdesk.analysis.menu import MENU
from cxdesk.blocks.chart import Chart
from cxdesk.render.clipboard import table_to_clipboard
from cxdesk.render.csv import table_to_csv
from cxdesk.text import Text, Translator, say
from cxdesk.ui.parts import button, label, set_icon
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.card_head import CardHead
from cxdesk.ui.widgets.cards import CardBase
from cxdesk.ui.widgets.chart_canvas import ChartCanvas, DrawingTurns
from cxdesk.ui.widgets.saving import file_name, save
from cxdesk.ui.widgets.table_card import TableCard

ChooseTarget = Callable[[str, str], str]
"""Asks for a path to save at: (suggested name, ending) -> path or ""."""


class ChartCard(CardBase):
    """Title, base, the chart, and a menu with everything that can be done with it.

    With the focus in the card, T changes between chart and table, and Ctrl+C copies.
    """

    def __init__(
        self, chart: Chart, theme: Theme, translator: Translator, choose_target: ChooseTarget, turns: DrawingTurns
    ) -> None:
        """Build the card; the chart itself is drawn when it is seen."""
        super().__init__(theme, translator)
        self._choose_target = choose_target
        self._title = label("", "title", wrap=True)
        self._base = label("", "caption")
        self._subtitle = label("", "caption", wrap=True)
        self._note = label("", "caption", wrap=True)
        self._link = button("", "link")
        self._link.clicked.connect(self.follow)
        self._more = button("", "flat")
        self._more.clicked.connect(self._on_more)
        self._menu = QMenu(self)
        self.canvas = ChartCanvas(turns)
        self.faces = QStackedWidget()
        self.faces.addWidget(self.canvas)
        self._table: TableCard | None = None
        self.column.addLayout(CardHead(self._title, (self._base, self._link), self._more))
        self.column.addWidget(self._subtitle)
        self.column.addSpacing(4)
        self.column.addWidget(self.faces, 1)
        self.column.addWidget(self._note)
        for key, act in ((QKeySequence("T"), self.toggle_table), (QKeySequence.StandardKey.Copy, self.copy_picture)):
            shortcut = QShortcut(key, self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.chart = chart
        self.show_chart(chart, theme, translator)

    def show_chart(self, chart: Chart, theme: Theme, translator: Translator) -> None:
        """Show another chart in the same place; its table stays open."""
        self.chart, self.theme, self.translator = chart, theme, translator
        self._title.setText(translator(chart.title))
        self._base.setText("" if chart.base is None else translator(say("n = {n}", n=chart.base.n)))
        for widget, text in ((self._subtitle, chart.subtitle), (self._note, chart.note)):
            widget.setText("" if text is None else translator(text))
            widget.setVisible(text is not None)
        self._show_link(chart.link)
        self._more.setAccessibleName(translator(say("Copy or save “{title}”", title=chart.title)))
        self._more.setToolTip(translator(say("Copy, save, show as table")))
        set_icon(self._more, theme, "more")
        self.canvas.show_chart(chart, theme, translator)
        if self._table is not None:
            self._table.show_table(chart.as_table(), theme, translator)

    def menu_actions(self) -> list[QAction]:
        """What the menu offers now."""
        self._menu.clear()
        as_table = say("Show as table") if self._table is None else say("Show as chart")
        entries: tuple[tuple[Text, Callable[[], None]], ...] = (
            (as_table, self.toggle_table),
            (say("Copy as picture"), self.copy_picture),
            (say("Copy as table"), self.copy_table),
            (say("Save as PNG…"), self._save_png),
            (say("Save as SVG…"), self._save_svg),
            (say("Save as CSV…"), self._save_csv),
        )
        for text, act in entries:
            self._menu.addAction(self.translator(text)).triggered.connect(act)
        return self._menu.actions()

    @Slot()
    def toggle_table(self) -> None:
        """Show the numbers as a table, or the chart again."""
        if self._table is None:
            self._table = TableCard(
                self.chart.as_table(), self.theme, self.translator, self._choose_target, titled=False
            )
            self._table.setProperty("look", "")
            self._table.told.connect(self.told)
            self.faces.addWidget(self._table)
            self.faces.setCurrentWidget(self._table)
            self._table.view.setFocus()
            return
        old, self._table = self._table, None
        self.faces.setCurrentWidget(self.canvas)
        self.faces.removeWidget(old)
        old.deleteLater()
        self.canvas.setFocus()

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

    def _show_link(self, key: str) -> None:
        """Offer the page that shows more."""
        page = next((each.title for each in MENU if each.key == key), None)
        self._link.setVisible(page is not None)
        if page is not None:
            words = self.translator(say("Open {page}", page=page))
            self._link.setText(words)
            self._link.setAccessibleName(words)
            self._link.setProperty("link", key)

    def _table_data(self) -> QMimeData:
        text, html = table_to_clipboard(self.chart.as_table(), self.translator)
        data = QMimeData()
        data.setText(text)
        data.setHtml(html)
        return data

    def _picture(self, kind: str) -> bytes:
        # matplotlib is imported with the first chart, not with the window.
        from cxdesk.render.figure import Look, picture  # noqa: PLC0415

        return picture(self.chart, Look(self.theme.palette, 1.0, self.theme.patterns), self.translator, kind)

    def _save(self, ending: str) -> None:
        path = self._choose_target(file_name(self.translator(self.chart.title), ending), ending)
        if not path:
            return
        kind = Path(path).suffix.lstrip(".").lower()
        if kind == "csv":
            content = table_to_csv(self.chart.as_table(), self.translator).encode("utf-8-sig")
        else:
            content = self._picture("svg" if kind == "svg" else "png")
        self.told.emit(save(path, content))

    @Slot()
    def _save_png(self) -> None:
        self._save("png")

    @Slot()
    def _save_svg(self) -> None:
        self._save("svg")

    @Slot()
    def _save_csv(self) -> None:
        self._save("csv")

    @Slot()
    def _on_more(self) -> None:
        self.menu_actions()
        self._menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))
