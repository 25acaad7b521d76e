"""Excel number formats: the workbook shows every number exactly as the screen does, and keeps it a number.

Space at the right edge comes from the format (``_)``), not from indents, which programs render unevenly.
"""

from __future__ import annotations

from cxdesk.survey.base import BaseLevel
from cxdesk.text import Format, round_half_away, show_number

TEXT = "@"
LEFT_TEXT = "_(@"
RIGHT_TEXT = "@_)"
DAY = "yyyy-mm-dd"
MOMENT = "yyyy-mm-dd hh:mm"
WHOLE = "0_)"
ANY = "General_)"


def number_format(form: Format, value: float, level: BaseLevel = BaseLevel.PLAIN) -> str:
    """The number format for a value in the unit of the workbook (gaps of shares in points).

    A value that rounds to zero gets a format without signs, so that the sheet never shows +0 or −0. A COUNT on a small
    base is followed by its mark: 62*.
    """
    digits, signed = _shape(form, value)
    percent = "%" if form is Format.PERCENT else ""
    mark = {BaseLevel.SMALL: '"*"', BaseLevel.UNTESTED: '"**"', BaseLevel.HIDDEN: '"**"'}.get(level, "")
    tail = f"{digits}{percent}{mark if form is Format.COUNT else ''}_)"
    places = len(digits.partition(".")[2]) + (2 if percent else 0)
    if round_half_away(value, places) == 0:
        return ";".join([tail] * 3)
    return f"{'+' if signed else ''}{tail};\\−{tail};{tail}"


def with_suffix(form: str, suffix: str) -> str:
    """The number format followed by words: 5.4 of 7."""
    words = suffix.replace('"', '""').replace('""', "'")
    return ";".join(f'{part.removesuffix("_)")}" {words}"' for part in form.split(";"))


def chart_format(form: Format) -> str:
    """The number format of labels and axes in a chart."""
    digits, signed = _shape(form, 0)
    percent = "%" if form is Format.PERCENT else ""
    return f"{'+' if signed else ''}{digits}{percent};\\−{digits}{percent};{digits}{percent}"


def _shape(form: Format, value: float) -> tuple[str, bool]:
    """The digits of a format and whether it always carries a sign."""
    match form:
        case Format.COUNT:
            return "#,##0", False
        case Format.SCORE | Format.PERCENT_GAP:
            return "0", True
        case Format.PERCENT:
            return "0", False
        case Format.MEAN:
            return "0.0", False
        case Format.MEAN_GAP:
            return "0.0", True
        case Format.GENERAL:
            decimals = len(show_number(value, form).partition(".")[2])
            return "#,##0" + ("." + "0" * decimals if decimals else ""), False
