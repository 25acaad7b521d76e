"""Tries a build without a person: walks every page, takes its picture, writes the report, and says how it went.

Any program that was built, installed or not, can be checked with it: ``cxdesk FILE --smoke FOLDER`` leaves a picture of
every page, ``report.xlsx`` and ``smoke.json`` in the folder, and ends with status 0, or 1 if anything went wrong.
"""

from __future__ import annotations

import json
import logging
import platform
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot, qVersion
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from cxdesk import __version__
from cxdesk.job import Job
from cxdesk.project.clock import now
from cxdesk.project.folders import write_whole
from cxdesk.project.reporting import report_of
from cxdesk.resources import resource
from cxdesk.ui.first_paint import process_seconds
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.pages.help_page import TOPICS, HelpPage
from cxdesk.ui.widgets.chart_canvas import ChartCanvas
from cxdesk.ui.widgets.glyphs import Words, painted_words

RESULT, REPORT = "smoke.json", "report.xlsx"

_TICK = 10
_PATIENCE = 300.0
"""Seconds that one step may take: a first start under Wine or on a busy machine is slow."""

_LASTING = 2_000
"""Milliseconds; a timer that runs longer waits for a person and not for the page."""

_COLOURS = 8
"""A picture with fewer colours shows nothing."""

_SAMPLES = {"zh_CN": "store_zh.xlsx"}


@dataclass(frozen=True, slots=True)
class Seen:
    """One page: its picture, seconds from wanting it to having it, its characters, and those that no font has."""

    picture: str
    seconds: float
    characters: int
    missing: int


@dataclass(slots=True)
class _Findings:
    """What becomes smoke.json."""

    ok: bool = False
    problems: list[str] = field(default_factory=list)
    version: str = __version__
    python: str = platform.python_version()
    qt: str = qVersion()
    system: str = sys.platform
    frozen: bool = bool(getattr(sys, "frozen", False))
    platform: str = ""
    language: str = ""
    qt_cancel: str = ""
    title: str = ""
    page: str = ""
    respondents: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    pages: dict[str, Seen] = field(default_factory=dict)
    missing_glyphs: int = 0
    missing: str = ""
    report: dict[str, Any] = field(default_factory=dict)


class Smoke(QObject):
    """Leads the window through its pages between the turns of the event loop, and ends the program."""

    def __init__(self, window: MainWindow, folder: Path, seconds: dict[str, float]) -> None:
        """``seconds``: from the start of the process until each step so far. Begins with `start`."""
        super().__init__(QCoreApplication.instance())
        self._window = window
        self._folder = folder
        self._found = _Findings(seconds=dict(seconds))
        self._words = Words()
        self._steps = self._walk()
        self._ready: Callable[[], bool] = self._rests
        self._asked = time.monotonic()
        self._rested_at = 0.0
        self._chart_complaints = _Complaints()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self._on_tick)

    def start(self) -> None:
        """Begin; a survey must be opening already."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._window.session.refused.connect(self._on_refused)
        logging.captureWarnings(capture=True)
        logging.getLogger("py.warnings").addHandler(self._chart_complaints)
        self._timer.start()

    def note_failure(self, details: object) -> None:
        """Something failed that nobody caught."""
        self._found.problems.append(str(details))

    def _on_refused(self, problem: Exception) -> None:
        self._found.problems.append(f"not opened: {getattr(problem, 'code', type(problem).__name__)}")

    def _on_tick(self) -> None:
        try:
            self._look_for_overview()
            if not self._ready():
                if time.monotonic() - self._asked > _PATIENCE:
                    raise TimeoutError("the window did not come to rest")
                return
            self._rested_at = self._asked = time.monotonic()
            self._ready = next(self._steps)
        except StopIteration:
            self._finish()
        except Exception as problem:  # noqa: BLE001 - whatever happens is what this was asked to find
            self._found.problems.append(f"{type(problem).__name__}: {problem}")
            self._finish()

    def _rests(self) -> bool:
        """Whether nothing is computed, drawn or moved; messages that will go away by themselves do not count."""
        window = self._window
        if not window.session.idle:
            return False
        timers = [timer for timer in window.findChildren(QTimer) if timer.parent() is not window.toasts]
        # What is done between two turns of the event loop, such as drawing a preview, has a timer without a pause.
        at_work = (each for each in timers if each.isActive() and (each.isSingleShot() or not each.interval()))
        return not any(each.interval() < _LASTING for each in at_work)

    def _look_for_overview(self) -> None:
        """Note when the overview is on the screen with all its charts, whatever else is still done unseen."""
        seconds, page = self._found.seconds, self._window.page
        if "overview" in seconds or self._window.here() != "overview":
            return
        charts = [each for each in page.findChildren(ChartCanvas) if not each.visibleRegion().isEmpty()]
        if charts and all(chart.is_drawn for chart in charts):
            seconds["overview"] = process_seconds()

    def _walk(self) -> Iterator[Callable[[], bool]]:
        """Every step, with what it waits for."""
        window, found = self._window, self._found
        workspace = window.session.workspace
        found.platform, found.language = QGuiApplication.platformName(), window.session.language
        found.qt_cancel = QCoreApplication.translate("QPlatformTheme", "Cancel")
        if workspace is None:
            found.problems.append("no survey is open")
            return
        found.page, found.title = self._here(), window.windowTitle()
        found.respondents = workspace.dataset.respondents
        if found.page != "overview":
            window.show_page("overview")
            yield self._rests
        # A survey without a score has no chart to wait for.
        found.seconds.setdefault("overview", process_seconds())
        self._keep("overview", 0.0)
        for key in window.pages:
            if key in {"overview", "welcome", "help"} or (key == "files" and not window.files.has_files):
                continue
            wanted = time.monotonic()
            window.show_page(key)
            yield self._rests
            if self._here() != key:
                found.problems.append(f"the page {key} was not shown")
            self._keep(key, self._rested_at - wanted)
        yield from self._walk_help()
        wanted = time.monotonic()
        window.show_page("overview")
        window.show_page("export")
        yield self._rests
        self._keep("export", self._rested_at - wanted)
        window.export.give_up()
        window.show_page("welcome")
        yield self._rests
        self._keep("welcome", self._rested_at - wanted)
        found.seconds["pages"] = process_seconds()
        yield from self._write_report()

    def _walk_help(self) -> Iterator[Callable[[], bool]]:
        page = self._window.pages["help"]
        assert isinstance(page, HelpPage)
        self._window.show_page("help")
        for topic, _ in TOPICS:
            wanted = time.monotonic()
            page.show_topic(topic)
            yield self._rests
            self._keep(f"help_{topic}", self._rested_at - wanted)

    def _write_report(self) -> Iterator[Callable[[], bool]]:
        """Write the report as the export page does: laid out in a thread, written by the worker process."""
        session, found = self._window.session, self._found
        workspace, language = session.workspace, session.language
        assert workspace is not None
        target, made, wanted = self._folder / REPORT, now(), time.monotonic()

        def save(job: Job) -> Any:
            report = report_of(workspace, workspace.report, language, made, job)
            return session.worker.call("cxdesk.render.excel.workbook:write_report", (report, str(target)), job)

        def saved(written: Any) -> None:
            path = Path(written.path)
            found.report = {
                "file": path.name,
                "bytes": path.stat().st_size,
                "seconds": round(time.monotonic() - wanted, 3),
            }

        def not_saved(problem: Exception) -> None:
            code = getattr(problem, "code", type(problem).__name__)
            found.problems.append(f"the report was not written: {code}")

        session.run_beside(save, saved, not_saved)
        yield self._rests
        found.seconds["report"] = process_seconds()

    def _here(self) -> str:
        return self._window.here()

    def _keep(self, key: str, seconds: float) -> None:
        """Keep the picture of what is seen, and look for characters that no font can draw."""
        words = painted_words(self._window)
        self._words |= words
        picture = self._window.grab().toImage()
        name = f"{key}.png"
        if not picture.save(str(self._folder / name)):
            raise OSError(f"{name} could not be written")
        if _colours(picture) < _COLOURS:
            self._found.problems.append(f"the page {key} is empty")
        self._found.pages[key] = Seen(name, round(seconds, 3), len(words.characters), len(words.missing))

    def _finish(self) -> None:
        """Close the window, as that may fail too, and tell afterwards."""
        self._timer.stop()
        QApplication.setQuitOnLastWindowClosed(False)
        QTimer.singleShot(0, self._tell)
        self._window.close()

    @Slot()
    def _tell(self) -> None:
        found = self._found
        logging.getLogger("py.warnings").removeHandler(self._chart_complaints)
        found.missing = "".join(sorted(self._words.missing))
        found.missing_glyphs = len(found.missing) + self._chart_complaints.glyphs
        if found.missing_glyphs:
            found.problems.append(f"{found.missing_glyphs} characters are missing in all fonts")
        if found.language.startswith("zh") and found.qt_cancel == "Cancel":
            found.problems.append("Qt's own words are not translated")
        found.seconds = {key: round(value, 3) for key, value in found.seconds.items()}
        found.ok = not found.problems
        write_whole(self._folder / RESULT, json.dumps(asdict(found), ensure_ascii=False, indent=1))
        QApplication.exit(0 if found.ok else 1)


class _Complaints(logging.Handler):
    """Counts the characters that charts could not draw: matplotlib warns of each."""

    def __init__(self) -> None:
        super().__init__()
        self.glyphs = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.glyphs += "Glyph" in record.getMessage()


def sample(language: str) -> str:
    """The path of the example that is opened if no file was given."""
    return str(resource("samples", _SAMPLES.get(language, "support_en.csv")))


def _colours(picture: QImage) -> int:
    """How many colours a picture has, on a coarse grid."""
    small = picture.scaled(96, 60)
    return len({small.pixel(x, y) for x in range(small.width()) for y in range(small.height())})
