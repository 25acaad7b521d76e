"""Takes a picture of every page, to be laid beside the pictures of the design.

``python -m tests.screens OUT [--file F] [--language zh_CN] [--theme dark] [--size 1024x640] [--text 150]``
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cxdesk.project.preferences import Preferences
from cxdesk.project.process import Worker
from cxdesk.resources import resource
from cxdesk.text import say
from cxdesk.ui import theme
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.session import Session

_PATIENCE = 60_000
_STEP = 20
_SAMPLES = {"en": "support_en.csv", "zh_CN": "store_zh.xlsx"}


def main() -> int:
    """Take the pictures and print where they are."""
    options = _parser().parse_args()
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="cxdesk-screens") as home:
        os.environ["CXDESK_HOME"] = home
        app = QApplication.instance() or QApplication(sys.argv[:1])
        assert isinstance(app, QApplication)
        theme.load_fonts()
        session = Session(
            Preferences(language=options.language, theme=options.theme, text_size=options.text), Worker(), app
        )
        theme.apply(app, session.theme)
        window = MainWindow(session)
        window.resize(*(int(each) for each in options.size.split("x")))
        window.show()
        suffix = f"{options.language[:2]}_{options.theme}"
        Camera(window, out, suffix, tuple(options.only)).take_all(
            options.file or str(resource("samples", _SAMPLES[options.language])), Path(home)
        )
        window.close()
    return 0


class Camera:
    """Leads the window through its pages and takes a picture of each."""

    def __init__(self, window: MainWindow, out: Path, suffix: str, only: tuple[str, ...]) -> None:
        self._window = window
        self._out = out
        self._suffix = suffix
        self._only = only

    def take_all(self, file: str, scratch: Path) -> None:
        """Every page: welcome, error, busy, each place of the sidebar, several files, export, filter, a small file."""
        window = self._window
        damaged = scratch / "Q3 export.xlsx"
        damaged.write_bytes(b"PK\x03\x04" + bytes(200))
        self.open(str(damaged))
        self.take("error")
        window.welcome.forget_problem()
        self.open(file)
        for name in ("Store survey 2025 Q2.xlsx", "Airport pilot.xlsx"):
            copy = scratch / name
            shutil.copy(resource("samples", "event_small.xlsx"), copy)
            self.open(str(copy))
        copy.unlink()
        self.open(file)
        window.show_page("welcome")
        self.take("welcome")
        window.welcome.zone.show_reading(Path(file).name)
        window.welcome.zone.note_progress((say("Recognising columns"), 1874, 2931))
        self.take("busy")
        window.welcome.zone.show_reading(None)
        for key in ("check", *(key for key in window.pages if key not in {"welcome", "check"})):
            window.show_page(key)
            self.take(key)
        window.several.show_all([file, str(scratch / "Store survey 2025 Q2.xlsx")])
        self._wait(lambda: window.page is window.files and not window.session.is_reading)
        self.take("several_files")
        window.show_page("overview")
        window.show_page("export")
        self.take("export")
        window.export.give_up()
        window.filter_bar.add_filter()
        self.take("filter")
        editor = window.filter_bar.editor
        assert editor is not None
        editor.close()
        self.open(str(resource("samples", "event_small.xlsx")))
        window.show_page("overview")
        self.take("small")

    def open(self, path: str) -> None:
        """Open a file and wait until its page is there."""
        self._window.opening.open(path)
        self._wait(lambda: not self._window.session.is_reading)

    def take(self, name: str) -> None:
        """Wait until nothing moves and save what is seen, popups included."""
        if self._only and name not in self._only:
            return
        for _ in range(2):
            self._wait(self._rests)
            QTest.qWait(_STEP)
        picture = self._window.grab()
        painter = QPainter(picture)
        for popup in QApplication.topLevelWidgets():
            if popup is not self._window and popup.isVisible():
                place = popup.mapToGlobal(QPoint(0, 0)) - self._window.mapToGlobal(QPoint(0, 0))
                painter.drawPixmap(place, popup.grab())
        painter.end()
        path = self._out / f"{name}_{self._suffix}.png"
        picture.save(str(path))
        print(path)

    def _rests(self) -> bool:
        timers = [timer for timer in self._window.findChildren(QTimer) if timer.parent() is not self._window.toasts]
        return self._window.session.idle and not any(timer.isActive() for timer in timers)

    def _wait(self, done: Callable[[], bool]) -> None:
        for _ in range(_PATIENCE // _STEP):
            if done():
                return
            QTest.qWait(_STEP)
        raise TimeoutError("the window did not come to rest")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.screens", description=__doc__)
    parser.add_argument("out", help="folder for the pictures")
    parser.add_argument("--file", help="survey to show; by default an example in the language of the screen")
    parser.add_argument("--language", choices=tuple(_SAMPLES), default="en")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--size", default="1440x900", help="of the window, in pixels")
    parser.add_argument("--text", type=int, default=100, choices=(100, 115, 130, 150), help="text size in per cent")
    parser.add_argument("--only", nargs="*", default=(), help="names of pictures, all by default")
    return parser


if __name__ == "__main__":
    sys.exit(main())
