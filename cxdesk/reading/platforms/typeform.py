"""Typeform: "#" first, start and submit dates in UTC last; one column per option of a multiple choice."""

from __future__ import annotations

import re

from cxdesk.reading.header import Title, clean
from cxdesk.reading.platform import Platform, by_signs

_BOLD = re.compile(r"\*(?=\S)([^*]+)(?<=\S)\*")
_RECALLED = re.compile(r"\{\{[^{}]+\}\}")


def _title(headers: tuple[str, ...]) -> Title:
    """A question without its marks for bold type; an answer that it recalls is shown as a gap."""
    return Title(clean(_RECALLED.sub("…", _BOLD.sub(r"\1", headers[-1]))))


TYPEFORM = Platform("typeform", by_signs("typeform"), _title)
