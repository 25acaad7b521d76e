"""飞书问卷 (Feishu, Lark): who submitted and when, and the questions as headers, without devices or browsers."""

from __future__ import annotations

from cxdesk.reading.platform import Platform, by_signs

FEISHU = Platform("feishu", by_signs("feishu"))
