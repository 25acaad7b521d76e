"""The window is seen before anything heavy is imported, and whatever goes wrong before that is said."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

WATCH = """
import json, sys, time
from cxdesk import app
from cxdesk.ui.session import Session
from PySide6.QtWidgets import QApplication

def painted(session):
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    heavy = [name for name in ("pandas", "matplotlib", "openpyxl", "xlsxwriter", "scipy") if name in sys.modules]
    print(json.dumps({"windows": len(shown), "heavy": heavy}), flush=True)
    shown[0].close()
    QApplication.exit(0)

Session.warm = painted
sys.exit(app.main([]))
"""


def run(home: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=os.environ | {"CXDESK_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"} | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_the_first_picture_comes_before_pandas_and_matplotlib(home: Path) -> None:
    ended = run(home, "-c", WATCH)
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout) == {"windows": 1, "heavy": []}


FIRST = """
import json, sys
from PySide6.QtCore import QTimer
from cxdesk import app
from cxdesk.ui import first_paint, starting

class Seen(first_paint.FirstPaint):
    def __init__(self, window, then):
        def seen():
            picture = window.grab().toImage().scaled(200, 120)
            colours = {picture.pixel(x, y) for x in range(200) for y in range(120)}
            heavy = [name for name in ("numpy", "cxdesk.analysis", "cxdesk.reading") if name in sys.modules]
            before = (window.furnished, len(colours) > 8, heavy)
            then()
            QTimer.singleShot(0, lambda: tell(before))

        def tell(before):
            print(json.dumps([*before, window.furnished, window.pages["welcome"].isVisible()]), flush=True)
            window.close()

        super().__init__(window, seen)

starting.FirstPaint = Seen
sys.exit(app.main([]))
"""


def test_the_window_is_seen_before_the_program_is_there_and_then_filled(home: Path) -> None:
    ended = run(home, "-c", FIRST)
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout) == [False, True, [], True, True]


def test_a_start_ends_as_it_should_and_leaves_no_mark(home: Path) -> None:
    assert run(home, "-c", WATCH).returncode == 0
    log = (home / "log.txt").read_text(encoding="utf-8")
    assert "ERROR" not in log
    assert "WARNING" not in log
    assert list((home / "runs").iterdir()) == []


NO_OUTLETS = """
import sys
sys.stdout = sys.stderr = None
sys.argv = ["cxdesk", "--version"]
from cxdesk.__main__ import main
main()
sys.stderr.write("nobody hears this")
"""


def test_a_program_without_outlets_starts(home: Path) -> None:
    assert run(home, "-c", NO_OUTLETS).returncode == 0


BROKEN = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from cxdesk import app
from cxdesk.ui import starting
from cxdesk.ui.stopped import StoppedWindow

def broken(*given):
    raise ValueError("Smith, row 17")

def look():
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, StoppedWindow) and w.isVisible()]
    if shown:
        shown[0].copy.click()
        print(QApplication.clipboard().text())
        shown[0].close()
    else:
        QTimer.singleShot(10, look)

{place} = broken
kept = starting.tell_stopped
starting.tell_stopped = lambda *given: (QTimer.singleShot(0, look), kept(*given))[1]
sys.exit(app.main([]))
"""


@pytest.mark.parametrize("place", ["starting.MainWindow", "starting.MainWindow.furnish"])
def test_a_window_that_cannot_be_built_is_said_in_words(home: Path, place: str) -> None:
    ended = run(home, "-c", BROKEN.replace("{place}", place))
    assert ended.returncode == 1, ended.stderr
    assert "ValueError" in ended.stdout
    assert "Smith" not in ended.stdout + (home / "log.txt").read_text(encoding="utf-8")


LIGHT = """
import json, sys
from cxdesk import app
from cxdesk.ui.session import Session

def first(session):
    unasked = (
        "pandas", "matplotlib", "cxdesk.analysis.trend", "cxdesk.analysis.comments", "cxdesk.reading.understand",
        "cxdesk.ui.pages.check", "cxdesk.ui.pages.export_page", "cxdesk.render.preview",
    )
    print(json.dumps([name for name in unasked if name in sys.modules]), flush=True)
    window = next(each for each in app.QApplication.topLevelWidgets() if each.isVisible())
    window.close()
    app.QApplication.exit(0)

Session.warm = first
sys.exit(app.main([]))
"""


def test_the_first_page_waits_for_no_other_page(home: Path) -> None:
    ended = run(home, "-c", LIGHT)
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout) == []
