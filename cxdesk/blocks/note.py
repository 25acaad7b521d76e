"""Words on a page: notices, findings and empty states."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cxdesk.text import Label, Text


class NoteLevel(StrEnum):
    """How a note is coloured."""

    INFO = "info"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Note:
    """A coloured notice over the results: what happened, why it matters, what to do."""

    level: NoteLevel
    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of "Worth a look": ``lead`` is bold, ``link`` names the page that shows more ("" for none).

    ``sign`` is "above", "below", "warn", "ok" or "" (good to know) and decides the symbol in front.
    """

    lead: Label
    text: Text
    sign: str = ""
    link: str = ""
    link_text: Text | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """A card of findings, or the sentence that nothing stands out."""

    key: str
    title: Text
    lines: tuple[Finding, ...]
    nothing: Text


@dataclass(frozen=True, slots=True)
class Empty:
    """A card that explains why there is nothing to show and what to do; ``action`` names a page or command."""

    title: Text
    text: Text
    action: str = ""
    action_text: Text | None = None
