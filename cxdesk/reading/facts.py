"""What a spreadsheet holds that its readers do not tell, and the lines of the receipt for it."""

from __future__ import annotations

from dataclasses import dataclass

from cxdesk.survey.receipt import Unused
from cxdesk.text import say_n


@dataclass(frozen=True, slots=True)
class Facts:
    """What was counted beside the reading: errors by code, formulas without result, hidden rows and columns."""

    errors: tuple[tuple[str, int], ...] = ()
    bare_formulas: int = 0
    hidden_rows: int = 0
    hidden_columns: int = 0


def facts_notes(facts: Facts, merged: int) -> list[Unused]:
    """The lines of the receipt; ``merged`` counts the cells that got the text of a merged cell."""
    notes = [
        Unused(
            "error_cell",
            count,
            say_n("1 cell holds the error {code}", "{count} cells hold the error {code}", count, code=code),
        )
        for code, count in facts.errors
    ]
    if facts.bare_formulas:
        words = say_n(
            "1 formula has no stored result; open and save the file in Excel to get it",
            "{count} formulas have no stored result; open and save the file in Excel to get them",
            facts.bare_formulas,
        )
        notes.append(Unused("formula_without_result", facts.bare_formulas, words))
    if facts.hidden_rows:
        words = say_n(
            "1 hidden row was read like the others",
            "{count} hidden rows were read like the others",
            facts.hidden_rows,
        )
        notes.append(Unused("hidden_row", facts.hidden_rows, words))
    if facts.hidden_columns:
        words = say_n(
            "1 hidden column was read like the others",
            "{count} hidden columns were read like the others",
            facts.hidden_columns,
        )
        notes.append(Unused("hidden_column", facts.hidden_columns, words))
    if merged:
        words = say_n(
            "1 cell was filled with the text of the merged cell that covers it",
            "{count} cells were filled with the text of the merged cells that cover them",
            merged,
        )
        notes.append(Unused("merged_cell", merged, words))
    return notes
