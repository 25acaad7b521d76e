"""问卷网 (wenjuan.com): seq and source first, times and place last; multiple answers as Q6_A1."""

from __future__ import annotations

from cxdesk.reading.platform import Opening, Platform

_OWN = frozenset({"seq", "source", "start", "finish", "time_used", "ip_province", "ip_city"})


def _recognise(opening: Opening) -> int:
    return 1 if len(_OWN & opening.words()) >= 4 else 0


WENJUAN = Platform("wenjuan", _recognise)
