"""Alchemer (SurveyGizmo): start and submission time and a status, then the questions; sub-questions stand in front."""

from __future__ import annotations

import re

from cxdesk.reading.header import Title, clean, simple_title
from cxdesk.reading.platform import Platform, by_signs

_WRITE_IN = re.compile(r"^([^:]{1,60} - Write In[^:]{0,20}):\s*(\S.*)$", re.I)


def _title(headers: tuple[str, ...]) -> Title:
    found = _WRITE_IN.match(clean(headers[-1]))
    return Title(found[2], option=found[1], written=True) if found else simple_title(headers)


ALCHEMER = Platform("alchemer", by_signs("alchemer"), _title)
