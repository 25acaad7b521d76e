"""What every installer has to know about the product: its version, where things lie, which files it opens.

The version stands in ``cxdesk/__init__.py`` and in ``pyproject.toml``; both are read, and a build stops if they differ.
"""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
"""Everything in between: environments, logs, icons, roots of test systems. Can be deleted at any time."""
DIST = ROOT / "dist"
"""Installers, and the frozen program of each system in a folder of its own."""

NAME = "CX Desk"
COMMAND = "cxdesk"
IDENTITY = "io.github.cxdesk.CXDesk"
"""The name that application stores and macOS know the program by."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that the program opens: its ending, its MIME type, its name in both languages."""

    ending: str
    mime: str
    english: str
    chinese: str


OWN_KINDS = (
    FileKind("cxd", "application/x-cxdesk-project", "CX Desk project", "CX Desk 项目"),
    FileKind("cxt", "application/x-cxdesk-template", "CX Desk template", "CX Desk 模板"),
)
"""Files that only this program opens: it becomes what opens them."""

SURVEY_KINDS = (
    FileKind("csv", "text/csv", "CSV table", "CSV 表格"),
    FileKind("tsv", "text/tab-separated-values", "Table with tabs", "制表符分隔的表格"),
    FileKind(
        "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel workbook", "Excel 工作簿"
    ),
    FileKind("xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12", "Excel workbook", "Excel 工作簿"),
    FileKind("xlsb", "application/vnd.ms-excel.sheet.binary.macroEnabled.12", "Excel workbook", "Excel 工作簿"),
    FileKind("xls", "application/vnd.ms-excel", "Excel workbook", "Excel 工作簿"),
    FileKind("ods", "application/vnd.oasis.opendocument.spreadsheet", "OpenDocument table", "OpenDocument 表格"),
    FileKind("sav", "application/x-spss-sav", "SPSS data", "SPSS 数据"),
    FileKind("zsav", "application/x-spss-sav", "SPSS data", "SPSS 数据"),
    FileKind("por", "application/x-spss-por", "SPSS portable data", "SPSS 可移植数据"),
    FileKind("dta", "application/x-stata-dta", "Stata data", "Stata 数据"),
)
"""Files that belong to other programs: it is offered under "Open with", and never becomes what opens them by itself."""

NOT_CLAIMED = frozenset({"txt", "zip", "gz"})
"""Endings that it reads, too, but that are so general that nobody wants to see it offered for them."""


def version() -> str:
    """Return the product's version, for example "1.0.0"; ends the build if two places disagree."""
    code = (ROOT / "cxdesk" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', code, re.MULTILINE)
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    if found is None or found[1] != declared:
        sys.exit(f"cxdesk/__init__.py says version {found[1] if found else 'nothing'}, pyproject.toml {declared}.")
    return str(declared)


def frozen_folder(system: str) -> Path:
    """Where the frozen program of a system lies; ``system`` is `sys.platform` there."""
    return DIST / system / COMMAND
