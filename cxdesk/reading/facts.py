"""What a spreadsheet holds that its readers do not tell, and the lines of the receipt for it."""

from __future__ import annotations

from dataclasses import dataclass

from cxdesk.survey.receipt import Place, Unused
from cxdesk.text import Number, say, say_n

ERROR_NAMES = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
    43: "#GETTING_DATA",
}
"""The numbers of errors in binary workbooks, in every language of the menus."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What was counted beside the reading: errors by code, formulas without result, hidden rows and columns.

    ``filled`` is the number of filled cells without errors by our own count; None where we did not count.
    ``error_places`` are the first error cells, where they are known: (code, name of the cell).
    """

    errors: tuple[tuple[str, int], ...] = ()
    bare_formulas: int = 0
    hidden_rows: int = 0
    hidden_columns: int = 0
    filled: int | None = None
    error_places: tuple[tuple[str, str], ...] = ()


def facts_notes(facts: Facts, merged: int) -> list[Unused]:
    """The lines of the receipt; ``merged`` counts the cells that got the text of a merged cell."""
    notes = [
        Unused(
            "error_cell",
            count,
            say_n("1 cell holds the error {code}", "{count} cells hold the error {code}", count, code=code),
            places=tuple(_place(name) for found, name in facts.error_places if found == code),
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


def _place(name: str) -> Place:
    """A cell by its name, such as D17."""
    return Place(int(name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1, name)


def disagreement(counted: int | None, read: int) -> list[Unused]:
    """The line for a library that read more or fewer cells than we counted; nothing if they agree."""
    if counted is None or counted == read:
        return []
    words = say(
        "Two ways of counting disagree: {counted} filled cells stand in the sheet, {read} were read; "
        "compare some columns with the file before you rely on them",
        counted=Number(counted),
        read=Number(read),
    )
    return [Unused("readers_disagree", abs(counted - read), words)]


def uncounted() -> Unused:
    """The line for a file whose error cells were not counted because it is too large or only one library reads it."""
    return Unused(
        "uncounted", 1, say("Cells with errors such as #N/A were read as empty; in this file they could not be counted")
    )
