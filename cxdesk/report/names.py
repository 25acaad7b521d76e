"""Names that a manager's own workbook can link to: cx_NPS, cx_CSAT, cx_CES and one for each split (UX.md 14)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cxdesk.blocks.section import Section
from cxdesk.blocks.table import Table
from cxdesk.report.report import DefinedName
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.role import Role

_FIGURES = ((Role.RECOMMEND, "NPS", "nps"), (Role.SATISFACTION, "CSAT", "share"), (Role.EFFORT, "CES", "mean"))
_NOT_IN_A_NAME = re.compile(r"\W+")


def defined_names(dataset: Dataset, sections: Mapping[str, Section]) -> tuple[DefinedName, ...]:
    """Name the first question of each known role on Scores, and each table of groups on Segments."""
    names: list[DefinedName] = []
    measures = _table(sections["scores"], "measures")
    for role, name, column in _FIGURES:
        asked = dataset.with_role(role)
        if measures is None or not asked or column not in {found.key for found in measures.columns}:
            continue
        row = asked[0].id
        if measures.cell(row, column).value is None:
            continue
        names.append(DefinedName(f"cx_{name}", "scores", "measures", row, column))
        names.append(DefinedName(f"cx_{name}_low", "scores", "measures", row, f"{column}_range", "low"))
        names.append(DefinedName(f"cx_{name}_high", "scores", "measures", row, f"{column}_range", "high"))
        names.append(DefinedName(f"cx_{name}_n", "scores", "measures", row, "n"))
    taken: set[str] = set()
    for block in sections["segments"].blocks():
        if isinstance(block, Table) and block.columns[0].key == "name":
            name = f"cx_{block.columns[2].key}_by_{_NOT_IN_A_NAME.sub('_', str(block.columns[0].title)).strip('_')}"
            unique = name[:200]
            while unique.casefold() in taken:
                unique += "_2"
            taken.add(unique.casefold())
            names.append(DefinedName(unique, "segments", block.key))
    return tuple(names)


def _table(section: Section, key: str) -> Table | None:
    return next((block for block in section.blocks() if isinstance(block, Table) and block.key == key), None)
