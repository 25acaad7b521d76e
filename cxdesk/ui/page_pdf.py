"""Saves the page that is shown as a PDF: laid out as its sheet of the report would print, with words that can be found.

The numbers are computed in the background; charts are drawn and pages printed one per turn of the event loop.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QObject, QRectF, QTimer, Slot
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QWidget

from cxdesk.analysis.menu import MENU
from cxdesk.blocks.section import Section
from cxdesk.job import Job
from cxdesk.project.clock import now
from cxdesk.text import Text, Translator, say
from cxdesk.ui.dialogs import choose_target
from cxdesk.ui.session import Session
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.saving import file_name, save

if TYPE_CHECKING:
    # What lays out a report is imported with the first page that is saved.
    from cxdesk.project.reporting import Prepared
    from cxdesk.render.excel.model import SheetModel, WorkbookModel
    from cxdesk.render.preview import PrintedPage

_INCH = 96
_DOTS = 600
_CHART_DOTS = 3
"""Dots of a chart's picture per pixel of 96 to the inch: as fine as a laser printer shows."""

_PAGES = {found.key: found.title for found in MENU}


class PagePdf(QObject):
    """Saves one page at a time; a second wish waits for nobody, it replaces the first."""

    def __init__(self, session: Session, here: Callable[[], str], window: QWidget) -> None:
        """``here`` gives the key of the page that is shown."""
        super().__init__(window)
        self._session = session
        self._here = here
        self._window = window
        self._print: _Print | None = None
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._on_turn)

    @Slot()
    def save_page(self) -> None:
        """Ask where to save the page that is shown, if it is one with results, and save it."""
        session, key = self._session, self._here()
        if session.workspace is None or key not in _PAGES:
            session.toast.emit(say("Only a page with results can be saved as a PDF. Turn to one first."), ())
            return
        name = file_name(session.say(say("{file} – {page}", file=session.file_name, page=_PAGES[key])), "pdf")
        kinds = ((session.say(say("PDF document")), "pdf"),)
        path = choose_target(self._window, session.say(say("Save as")), name, kinds)
        if path:
            session.section(key, lambda section: self._lay_out(section, path), self._on_failed)

    def _lay_out(self, section: Section, path: str) -> None:
        session, workspace = self._session, self._session.workspace
        if workspace is not None:
            language, made = session.language, now()

            def prepare(job: Job) -> Prepared:
                from cxdesk.project.reporting import prepare_page  # noqa: PLC0415 - see above

                return prepare_page(workspace, section, language, made, job)

            session.run(
                prepare,
                lambda prepared: self._begin(prepared, path, language),
                self._on_failed,
            )

    def _begin(self, prepared: Prepared, path: str, language: str) -> None:
        self._print = _Print(prepared.model, path, Translator(language))
        self._turn.start()

    def _on_failed(self, _problem: Exception) -> None:
        self._session.toast.emit(say("This page could not be saved. Your file was not changed; please try again."), ())

    @Slot()
    def _on_turn(self) -> None:
        told = None if self._print is None else self._print.go_on()
        if self._print is None or told is not None:
            self._turn.stop()
            self._print = None
        if told is not None:
            self._session.toast.emit(told, ())


class _Print:
    """A PDF in the making: each call of `go_on` draws a chart or prints a page."""

    def __init__(self, model: WorkbookModel, path: str, translator: Translator) -> None:
        from cxdesk.render.preview import SheetPages  # noqa: PLC0415 - see above

        self._model, self._path, self._translator = model, path, translator
        self._sheet: SheetModel = model.sheets[0]
        self._pages = SheetPages(self._sheet, model.paper)
        self._page: PrintedPage | None = None
        self._number = 0
        self._pictures: dict[int, QImage] = {}
        self._buffer = QBuffer()
        self._buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._writer = QPdfWriter(self._buffer)
        self._writer.setResolution(_DOTS)
        self._writer.setTitle(self._sheet.name)
        self._writer.setCreator("CX Desk")
        size = QPageSize.PageSizeId.Letter if model.paper == "Letter" else QPageSize.PageSizeId.A4
        across = self._pages.width > self._pages.height
        turned = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
        self._writer.setPageLayout(QPageLayout(QPageSize(size), turned, QMarginsF(0, 0, 0, 0)))
        self._painter = QPainter(self._writer)

    def go_on(self) -> Text | None:
        """Do a little; the sentence that tells the person how it went once all is done."""
        if self._number == self._pages.count:
            self._painter.end()
            return save(self._path, bytes(self._buffer.data().data()))
        page = self._page = self._page or self._pages.page(self._number)
        missing = next(((box, place) for box, place in page.charts if place not in self._pictures), None)
        if missing is not None:
            box, place = missing
            self._pictures[place] = self._drawn(place, round(box.width), round(box.height))
        else:
            self._print_page(page)
            self._number, self._page = self._number + 1, None
        return None

    def _print_page(self, page: PrintedPage) -> None:
        if self._number:
            self._writer.newPage()
        painter = self._painter
        painter.save()
        painter.scale(_DOTS / _INCH, _DOTS / _INCH)
        count = say("Page {page} of {pages}", page=str(self._number + 1), pages=str(self._pages.count))
        footer = (self._model.footer[0].replace("&&", "&"), self._sheet.name, self._translator(count))
        from cxdesk.ui.widgets.press import Press  # noqa: PLC0415 - see above

        Press(painter, self._model.font, Theme(dark=False)).print_page(page, footer)
        painter.translate(page.left, page.top)
        painter.scale(page.scale, page.scale)
        painter.setClipRect(QRectF(-page.left / page.scale, 0, page.width / page.scale, page.room))
        for box, place in page.charts:
            painter.drawImage(QRectF(box.x, box.y, box.width, box.height), self._pictures[place])
        painter.restore()

    def _drawn(self, place: int, width: int, height: int) -> QImage:
        # matplotlib is not imported before a chart is wanted.
        from cxdesk.render.figure import Look, picture  # noqa: PLC0415
        from cxdesk.render.typesetter import DPI  # noqa: PLC0415

        chart = self._sheet.charts[place].chart
        return QImage.fromData(picture(chart, Look(), self._translator, "png", width, height, DPI * _CHART_DOTS))
