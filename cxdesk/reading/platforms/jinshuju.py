"""金数据 (Jinshuju): questions as headers, then who submitted, when, and with which device and browser."""

from __future__ import annotations

from cxdesk.reading.platform import Platform, by_signs

JINSHUJU = Platform("jinshuju", by_signs("jinshuju"))
