"""腾讯问卷 (Tencent survey): answer times and place first, then "1.题目"; multiple answers as "1.题目:选项"."""

from __future__ import annotations

from cxdesk.reading.platform import Platform, by_signs

TENCENT = Platform("tencent", by_signs("tencent"))
