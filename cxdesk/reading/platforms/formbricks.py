"""Formbricks: number, response and survey ids, then "1. Question" columns, variables and attributes."""

from __future__ import annotations

from cxdesk.reading.platform import Platform, by_signs

FORMBRICKS = Platform("formbricks", by_signs("formbricks"))
