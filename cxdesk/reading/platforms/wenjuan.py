"""问卷网 (wenjuan.com): seq and source first, times and place last; multiple answers as Q6_A1."""

from __future__ import annotations

from cxdesk.reading.platform import Platform, by_signs

WENJUAN = Platform("wenjuan", by_signs("wenjuan"))
