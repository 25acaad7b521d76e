"""What people type or paste: numbers as they are written in different countries, and rows copied from a spreadsheet."""

from __future__ import annotations

import csv
import io
import math
import re

_DIGITS = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}([.,' ]\d{3})+")
_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2009"), " ")


def typed_number(text: str) -> float | None:
    """The number that was typed: "40", "+40", "−5", "4,5", "1,234", "35 %", "３５％"; None if it is none.

    A percent sign is left out, so "35 %" is 35; see `is_percent`.
    """
    plain = text.translate(_SPACES).translate(_WIDE).replace("\N{MINUS SIGN}", "-").replace("\u2013", "-")
    plain = plain.strip().removesuffix("%").strip()
    if _THOUSANDS.fullmatch(plain) and plain.count(".") != 1:  # "1.234" may as well be a little more than one
        plain = re.sub(r"[.,' ]", "", plain)
    elif "," in plain and "." in plain:
        decimal = max(plain.rfind(","), plain.rfind("."))
        plain = re.sub(r"[.,]", "", plain[:decimal]) + "." + plain[decimal + 1 :]
    if not _DIGITS.fullmatch(plain):
        return None
    value = float(plain.replace(",", "."))
    return value if math.isfinite(value) else None


def is_percent(text: str) -> bool:
    """Whether a percent sign was typed."""
    return text.translate(_WIDE).strip().endswith("%")


def pasted_rows(text: str) -> tuple[tuple[str, ...], ...]:
    """The cells of a copied table, row by row, without empty rows.

    Spreadsheets copy tabs; commas and semicolons are understood where there are none.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    sign = "\t" if "\t" in lines else ";" if ";" in lines else ","
    rows = (tuple(cell.strip() for cell in row) for row in csv.reader(io.StringIO(lines), delimiter=sign))
    return tuple(row for row in rows if any(row))


_WIDE = {ord("％"): "%", ord("．"): ".", ord("，"): ",", ord("－"): "-", ord("＋"): "+"} | {
    ord("０") + digit: str(digit) for digit in range(10)
}
