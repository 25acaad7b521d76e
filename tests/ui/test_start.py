"""The window is seen before anything heavy is imported, and a file given on the command line opens."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from cxdesk.resources import resource

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


def test_a_file_on_the_command_line_opens(home: Path, tmp_path: Path) -> None:
    seen = tmp_path / "seen.json"
    ended = run(home, "main.py", str(resource("samples", "event_small.xlsx")), CXDESK_SMOKE=str(seen))
    assert ended.returncode == 0, ended.stderr
    told = json.loads(seen.read_text(encoding="utf-8"))
    assert told["page"] == "overview"
    assert told["respondents"] == 48
    assert told["title"] == "event_small.xlsx – CX Desk"
    assert ended.stderr.replace("This plugin does not support propagateSizeHints()\n", "") == ""


def test_a_start_leaves_no_failure_behind(home: Path, tmp_path: Path) -> None:
    seen = tmp_path / "seen.json"
    run(home, "main.py", CXDESK_SMOKE=str(seen))
    assert json.loads(seen.read_text(encoding="utf-8"))["page"] == "welcome"
    log = (home / "log.txt").read_text(encoding="utf-8")
    assert "ERROR" not in log
    assert (home / "crash.txt").read_text(encoding="utf-8") == ""
