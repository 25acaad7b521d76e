"""A build can be tried without a person: every page is seen, the report is written, and what is wrong is told."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QFont, QImage
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cxdesk import __version__
from cxdesk.analysis import ANALYSES
from cxdesk.project.preferences import Preferences, save_preferences
from cxdesk.resources import resource
from cxdesk.ui import theme
from cxdesk.ui.widgets.glyphs import missing_in, painted_words
from tests.ui.test_start import run


def tried(home: Path, folder: Path, *command: str, status: int = 0, **environment: str) -> dict[str, Any]:
    ended = run(home, "main.py", *command, **environment)
    assert ended.returncode == status, ended.stderr
    assert ended.stderr.replace("This plugin does not support propagateSizeHints()\n", "") == ""
    found: dict[str, Any] = json.loads((folder / "smoke.json").read_text(encoding="utf-8"))
    return found


def test_every_page_and_the_report_of_a_chinese_survey(home: Path, tmp_path: Path) -> None:
    save_preferences(Preferences(language="zh_CN"))
    survey = tmp_path / "门店 调查.xlsx"
    survey.write_bytes(resource("samples", "store_zh.xlsx").read_bytes())
    folder = tmp_path / "seen"
    told = tried(home, folder, survey.as_uri(), "--smoke", str(folder))
    assert told["problems"] == []
    assert told["ok"] is True
    assert (told["version"], told["platform"], told["language"]) == (__version__, "offscreen", "zh_CN")
    assert (told["page"], told["respondents"], told["title"]) == ("overview", 2846, "门店 调查.xlsx – CX Desk")
    assert told["qt_cancel"] == "取消"
    assert {analysis.key for analysis in ANALYSES} | {"check", "export", "settings", "welcome"} <= set(told["pages"])
    for page in told["pages"].values():
        assert not QImage(str(folder / page["picture"])).isNull()
        assert page["characters"] > 20
    assert (told["missing_glyphs"], told["missing"]) == (0, "")
    seconds = told["seconds"]
    assert 0 < seconds["first_window"] < seconds["overview"] < seconds["pages"] < seconds["report"] < 120
    with zipfile.ZipFile(folder / told["report"]["file"]) as report:
        assert "xl/workbook.xml" in report.namelist()


def test_what_cannot_be_opened_is_told_by_the_status_too(home: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04" + bytes(200))
    told = tried(home, tmp_path / "seen", str(broken), status=1, CXDESK_SMOKE=str(tmp_path / "seen"))
    assert told["ok"] is False
    assert any("not opened" in problem for problem in told["problems"])


def test_everything_that_is_painted_is_heard(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, theme.Theme())
    window = QWidget()
    area, inside = QScrollArea(), QWidget()
    column = QVBoxLayout(inside)
    for letter in "ABCDEFGHIJ":
        column.addWidget(QLabel(letter * 3))
    area.setWidget(inside)
    area.setFixedHeight(60)
    whole = QVBoxLayout(window)
    whole.addWidget(QLabel("净推荐值 \u2fe0"))
    whole.addWidget(area)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    heard = painted_words(window)
    assert set("ABCDEFGHIJ净推荐值") <= heard.characters
    assert heard.missing == {"\u2fe0"}


@pytest.mark.parametrize(
    ("sign", "known"), [("龘", True), ("é", True), ("−", True), ("\u2fe0", False), ("\U0003fff0", False)]
)
def test_boxes_are_told_from_letters(qapp: QApplication, sign: str, known: bool) -> None:
    missing = missing_in(frozenset({sign, "a", "你"}), QFont(theme.BUNDLED_FAMILY))
    assert missing == (frozenset() if known else {sign})
