"""Which texts say nothing: what platforms write into the cells of people who left a field empty."""

from __future__ import annotations

from cxdesk.comments.cells import plain, tokens


def says_nothing(text: str) -> bool:
    """Whether a cell is empty or holds a platform's word for it, such as "(空)" or "n/a"."""
    return not text.strip() or plain(text) in tokens("blank")
