"""Tells SPSS and Stata files by their first bytes, without the large library that reads them."""

from __future__ import annotations


def statistics_kind(head: bytes) -> str | None:
    """Which kind of SPSS or Stata file the bytes start: "sav", "zsav", "por", "dta", or None."""
    if head.startswith((b"$FL2", b"$FL3")):
        return "zsav" if head.startswith(b"$FL3") else "sav"
    if head.startswith(b"<stata_dta>") or (
        len(head) > 200 and 0x69 <= head[0] <= 0x73 and head[1] in (1, 2) and head[2] == 1
    ):
        return "dta"
    if b"SPSSPORT" in head[:600].translate(None, b"\r\n"):
        return "por"
    return None
