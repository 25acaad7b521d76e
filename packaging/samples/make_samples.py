"""Makes the three examples that come with the program, in the layouts of real exports; the same files every time.

    python packaging/samples/make_samples.py

Nobody in them is real: scores are drawn from a seeded generator, telephone numbers and addresses are of the kinds that
are reserved for examples. The differences in them are put in on purpose, so that the pages have something to find, and
are of a size that real surveys have.
"""

from __future__ import annotations

import csv
import datetime
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from event import event_survey
from store import store_survey
from support import support_survey

TARGET = Path(__file__).resolve().parents[2] / "resources" / "samples"
MADE = datetime.datetime.fromisoformat("2025-10-08T09:00:00")

Row = Sequence[object]


def main() -> int:
    """Write all three."""
    write_workbook(TARGET / "store_zh.xlsx", "Sheet1", store_survey(random.Random(2025051)))
    write_csv(TARGET / "support_en.csv", support_survey(random.Random(640)))
    write_workbook(TARGET / "event_small.xlsx", "Form Responses 1", event_survey(random.Random(48)))
    for path in sorted(TARGET.glob("*.*")):
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")
    return 0


def write_csv(path: Path, rows: Sequence[Row]) -> None:
    """Write UTF-8 with a byte order mark and CRLF, as SurveyMonkey does."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(rows)


def write_workbook(path: Path, sheet: str, rows: Sequence[Row]) -> None:
    """Write one sheet; numbers and times as such, everything else as text that nothing interprets."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": MADE})
    page = book.add_worksheet(sheet)
    moment = book.add_format({"num_format": "m/d/yyyy h:mm:ss"})
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, datetime.datetime):
                page.write_datetime(row, column, cell, moment)
            elif isinstance(cell, int):
                page.write_number(row, column, cell)
            elif cell != "":
                page.write_string(row, column, str(cell))
    book.close()


if __name__ == "__main__":
    sys.exit(main())
