"""Why a file cannot be used, in words that a person can act on."""

from __future__ import annotations

from cxdesk.text import Text


class ReadRefused(Exception):
    """Nothing honest can be shown from this file. ``code`` is a stable lower-case word, such as "password".

    ``reason`` says what happened, ``remedy`` what to do. The message of the exception holds the code only, never data.
    """

    def __init__(self, code: str, reason: Text, remedy: Text) -> None:
        """Keep the words; they are translated where they are shown."""
        super().__init__(code)
        self.code = code
        self.reason = reason
        self.remedy = remedy
