"""The application that Qt asks for: its name, the files that macOS hands it, and Qt's own words in our language."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QTranslator, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from cxdesk import __version__


class Program(QApplication):
    """macOS tells the application, and nobody else, which files were double-clicked."""

    file_wanted = Signal(object)
    """A tuple of one path."""

    def __init__(self, arguments: Sequence[str]) -> None:
        """``arguments`` are those that Qt may read; files to open are not among them."""
        super().__init__(list(arguments))
        self.setApplicationName("CX Desk")
        self.setApplicationVersion(__version__)
        self.setDesktopFileName("cxdesk")

    def event(self, event: QEvent) -> bool:
        """Pass on a file that the system wants to be opened."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_wanted.emit((event.file(),))
            return True
        return super().event(event)


class QtWords:
    """Qt's own words (Cancel, Yes, the file dialog) in the language of the screen."""

    def __init__(self, app: QApplication) -> None:
        """English until `use` is called."""
        self._app = app
        self._translator: QTranslator | None = None

    def use(self, language: str) -> None:
        """Speak a language from now on; where its words were not shipped, Qt stays English."""
        if self._translator is not None:
            self._app.removeTranslator(self._translator)
            self._translator = None
        QLocale.setDefault(QLocale(language))
        if language == "en":
            return
        translator = QTranslator(self._app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load(f"qtbase_{language}", folder):
            self._app.installTranslator(translator)
            self._translator = translator
