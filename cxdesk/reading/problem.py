"""Why a file cannot be used, in words that a person can act on, and the whole list of such reasons."""

from __future__ import annotations

from cxdesk.text import Text

REASONS = {
    "missing": "the file is not there",
    "folder": "a folder was chosen",
    "not_allowed": "the computer does not let us read it",
    "unreachable": "its disk or network folder is gone",
    "changed": "another program changed it meanwhile",
    "same_file": "one of several files was chosen twice",
    "no_key": "two files have no column in common",
    "no_match": "no row of a joined table belongs to a respondent",
    "empty": "no filled cell",
    "only_headers": "column names without answers",
    "summary": "a table of results instead of answers",
    "no_table": "a web page without a table",
    "no_such_sheet": "the chosen sheet is not in the workbook",
    "several_files": "an archive with several files that may be meant",
    "nested_archive": "an archive inside an archive",
    "password": "locked with a password",
    "damaged": "broken or cut off",
    "unsafe": "holds declarations that could do harm",
    "unpacks_too_far": "a small file that claims to unpack into a huge one",
    "unpacked_too_big": "unpacks beyond the cap",
    "too_big": "larger than the cap on files",
    "too_many_rows": "more rows than the cap",
    "too_many_columns": "more columns than the cap",
    "too_many_cells": "a table beyond the cap on cells",
    "stray_cell": "a single cell far away makes the sheet too large",
    "long_line": "a line longer than the cap",
    "long_cell": "a cell longer than the cap",
    "too_slow": "our own code got stuck with it",
    "out_of_memory": "needs more memory than there is",
    "picture": "a picture",
    "pdf": "a PDF document",
    "document": "a text document or presentation",
    "database": "a database",
    "data_store": "a data file of another kind",
    "packed": "an archive that we cannot unpack",
    "numbers": "a document of Apple Numbers",
    "pickle": "a file saved by a programmer's tool",
    "sylk": "an exchange file of an old spreadsheet program",
    "xml": "XML of a kind that we do not read",
    "json": "JSON",
    "unknown": "no format that we know",
}
"""Every code of `ReadRefused`, with what it means. The words for people stand beside the code that finds the problem;
a test prints them all in both languages and fails for a code that is not listed here."""


class ReadRefused(Exception):
    """Nothing honest can be shown from this file. ``code`` is a stable lower-case word, one of `REASONS`.

    ``reason`` says what happened, ``remedy`` what to do. The message of the exception holds the code only, never data.
    """

    def __init__(self, code: str, reason: Text, remedy: Text) -> None:
        """Keep the words; they are translated where they are shown."""
        super().__init__(code)
        self.code = code
        self.reason = reason
        self.remedy = remedy
