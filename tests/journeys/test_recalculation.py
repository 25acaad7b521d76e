"""LibreOffice computes every formula anew; each must give the result that was written with it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from xlsxwriter.workbook import Workbook

from tests.unit.render.excel.opening import made, opened
from tests.unit.render.excel.period_tables import periods_table, topics_table
from tests.unit.render.period_charts import LINE, NOW, PLANE
from tests.unit.render.reports import full_report, report, section, sheet

SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def recalculated(files: list[Path], folder: Path) -> Path:
    """The files as LibreOffice saves them after computing everything anew, in a folder."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, "utf-8")
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx"]
    command += ["--outdir", str(folder / "new"), *map(str, files)]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    return folder / "new"


def test_results_are_what_libreoffice_computes(tmp_path: Path) -> None:
    whole, periods, stale = (tmp_path / f"{name}.xlsx" for name in ("whole", "periods", "stale"))
    whole.write_bytes(made(full_report()))
    periods.write_bytes(made(report(sheet(section(LINE, periods_table(), PLANE, topics_table(), NOW)))))
    with Workbook(str(stale)) as book:
        book.add_worksheet("S").write_formula("A1", "=1+1", None, 99)
    folder = recalculated([whole, periods, stale], tmp_path)
    # Without this the comparison below would only compare stored results.
    assert opened(folder / "stale.xlsx", results=True)["S"]["A1"].value == 2
    assert compared(whole, folder) > 70
    assert compared(periods, folder) > 30


def compared(file: Path, folder: Path) -> int:
    """How many formulas of a file give what was written with them, as LibreOffice saved it in a folder."""
    formulas, stored = opened(file), opened(file, results=True)
    computed = opened(folder / file.name, results=True)
    count = 0
    for page in formulas:
        for cell in (cell for row in page.iter_rows() for cell in row if cell.data_type == "f"):
            meant = stored[page.title][cell.coordinate].value
            found = computed[page.title][cell.coordinate].value
            assert found == pytest.approx(meant, rel=1e-9, abs=1e-9), cell.coordinate
            count += 1
    return count
