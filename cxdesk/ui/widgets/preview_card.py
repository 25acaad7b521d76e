"""The preview beside the list of sheets: its page, turning pages, and looking at it in full size."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cxdesk.blocks.chart import Chart
from cxdesk.render.excel.model import SheetModel, WorkbookModel
from cxdesk.render.preview import SheetPages
from cxdesk.text import Text, Translator, say
from cxdesk.ui.parts import button, label, scrolling, set_icon
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.sheet_preview import SheetPreview


class PreviewCard(QFrame):
    """Shows one sheet of a workbook that was laid out but not written."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_sheet`."""
        super().__init__(parent)
        self.setProperty("look", "card")
        self._model: WorkbookModel | None = None
        self._sheet: SheetModel | None = None
        self._pages: SheetPages | None = None
        self._page = 0
        self._language = "en"
        self._theme = Theme()
        self._translator = Translator("en")
        self._title = label("", "title")
        self.note = label("", "caption", wrap=True)
        self.preview = SheetPreview()
        self.before = button("", "flat")
        self.after = button("", "flat")
        self.zoom = button("", "link")
        self.zoom.setCheckable(True)
        self._count = label("", "caption")
        self.before.clicked.connect(self._on_before)
        self.after.clicked.connect(self._on_after)
        self.zoom.toggled.connect(self._on_zoom)
        area = scrolling(self.preview, sideways=True)
        area.setCornerWidget(QWidget())
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.zoom)
        foot = QHBoxLayout()
        foot.addWidget(self.note, 1)
        foot.addWidget(self.before)
        foot.addWidget(self._count)
        foot.addWidget(self.after)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(area, 1)
        column.addLayout(foot)

    def show_sheet(self, model: WorkbookModel, key: str, name: Text, language: str, absent: Text | None = None) -> None:
        """Show a sheet of ``model``, whose words are in ``language``, or say that it is not in the report.

        ``absent`` is why this survey has nothing for the sheet.
        """
        sheet = next((each for each in model.sheets if each.key == key), None)
        another = self._sheet is None or sheet is None or self._sheet.key != key
        self._model, self._sheet, self._language = model, sheet, language
        self._pages = None if sheet is None else SheetPages(sheet, model.paper)
        if another:
            self._page = 0
        self._say_title(name)
        if sheet is None:
            self.tell(absent or say("This sheet is not in the report. Tick it to put it in."))
        else:
            self.tell(None)
        self._show()

    def show_nothing(self, name: Text, note: Text) -> None:
        """Say why there is no preview, or not yet; what was shown before goes away."""
        self._model = self._sheet = self._pages = None
        self._say_title(name)
        self.tell(note)
        self._show()

    def tell(self, note: Text | None) -> None:
        """Say something below the preview."""
        self.note.setText("" if note is None else self._translator(note))

    def show_look(self, theme: Theme, translator: Translator) -> None:
        """Take over fonts, colours and the language of the screen."""
        self._theme, self._translator = theme, translator
        set_icon(self.before, theme, "chevron_left")
        set_icon(self.after, theme, "chevron_right")
        self.before.setAccessibleName(translator(say("Page before")))
        self.before.setToolTip(translator(say("Page before")))
        self.after.setAccessibleName(translator(say("Next page")))
        self.after.setToolTip(translator(say("Next page")))
        self._on_zoom(self.zoom.isChecked())

    def _say_title(self, name: Text) -> None:
        self._title.setText(self._translator(say("Preview: {sheet}", sheet=name)))

    def _show(self) -> None:
        theme, sheet, pages, model = self._theme, self._sheet, self._pages, self._model
        several = pages is not None and pages.count > 1
        for widget in (self.before, self.after, self._count):
            widget.setVisible(several)
        self.zoom.setVisible(sheet is not None)
        if sheet is None or pages is None or model is None:
            self.preview.show_page(None, ("", "", ""), None, "", theme, self._title.text())
            return
        self._page = min(self._page, pages.count - 1)
        shown = say("Page {page} of {pages}", page=str(self._page + 1), pages=str(pages.count))
        self._count.setText(self._translator(shown))
        self.before.setEnabled(self._page > 0)
        self.after.setEnabled(self._page + 1 < pages.count)
        number = Translator(self._language)(shown)
        footer = (model.footer[0].replace("&&", "&"), sheet.name, number)
        charts = tuple(placed.chart for placed in sheet.charts)
        translator = Translator(self._language)

        ratio = self.devicePixelRatioF()

        def draw(place: int, width: int, height: int) -> bytes:
            return _picture(charts[place], translator, width, height, ratio)

        self.preview.show_page(pages.page(self._page), footer, draw, model.font, theme, self._title.text())

    @Slot()
    def _on_before(self) -> None:
        self._page = max(0, self._page - 1)
        self._show()

    @Slot()
    def _on_after(self) -> None:
        self._page += 1
        self._show()

    @Slot(bool)
    def _on_zoom(self, large: bool) -> None:
        words = self._translator(say("Whole page") if large else say("Larger"))
        self.zoom.setText(words)
        self.zoom.setAccessibleName(words)
        self.preview.show_full_size(large)


def _picture(chart: Chart, translator: Translator, width: int, height: int, ratio: float) -> bytes:
    # matplotlib is not imported before a chart is wanted.
    from cxdesk.render.figure import Look, picture  # noqa: PLC0415
    from cxdesk.render.typesetter import DPI  # noqa: PLC0415

    return picture(chart, Look(), translator, "png", width, height, round(DPI * ratio))
