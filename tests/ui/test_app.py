"""What the start of the program sets up around the window."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from cxdesk.project.folders import private_folder
from cxdesk.ui.program import QtWords
from cxdesk.ui.starting import empty_private_folder, prepare_charts


def test_qt_speaks_the_language_of_the_screen(qapp: QApplication) -> None:
    before = QLocale()
    words = QtWords(qapp)
    words.use("zh_CN")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    words.use("en")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
    QLocale.setDefault(before)


def test_charts_are_kept_in_our_own_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MPLCONFIGDIR", "MPL_IGNORE_SYSTEM_FONTS"):
        monkeypatch.setenv(name, "")  # so that it is as before after the test, even if it was not there
        monkeypatch.delenv(name)
    prepare_charts()
    assert os.environ["MPL_IGNORE_SYSTEM_FONTS"] == "1"
    assert Path(os.environ["MPLCONFIGDIR"]).is_relative_to(home)


def test_only_pasted_tables_of_earlier_days_are_removed(home: Path) -> None:
    old, new = private_folder() / "old.tsv", private_folder() / "new.tsv"
    for path in (old, new):
        path.write_text("a\tb\n1\t2\n", encoding="utf-8")
    long_ago = time.time() - 2 * 24 * 3600
    os.utime(old, (long_ago, long_ago))
    empty_private_folder()
    assert not old.exists()
    assert new.exists()
