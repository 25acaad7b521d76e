"""The question that a survey made of several files has in addition: which file an answer came from."""

from __future__ import annotations

from cxdesk.text import say

SOURCE = "source"
"""Its id."""

SOURCE_WORDS = say("File")
"""What it is called; whoever puts files together translates it, because questions have no language."""
