"""The survey platforms that the program recognises; the first that recognises a file wins.

To add one: write its file, add its words to ``resources/platforms`` and its name to this tuple.
"""

from __future__ import annotations

from cxdesk.reading.platform import Platform
from cxdesk.reading.platforms.alchemer import ALCHEMER
from cxdesk.reading.platforms.delighted import DELIGHTED
from cxdesk.reading.platforms.feishu import FEISHU
from cxdesk.reading.platforms.formbricks import FORMBRICKS
from cxdesk.reading.platforms.google_forms import GOOGLE_FORMS
from cxdesk.reading.platforms.jinshuju import JINSHUJU
from cxdesk.reading.platforms.kobo import KOBO
from cxdesk.reading.platforms.limesurvey import LIMESURVEY
from cxdesk.reading.platforms.microsoft_forms import MICROSOFT_FORMS
from cxdesk.reading.platforms.qualtrics import QUALTRICS
from cxdesk.reading.platforms.surveymonkey import SURVEYMONKEY
from cxdesk.reading.platforms.tencent import TENCENT
from cxdesk.reading.platforms.typeform import TYPEFORM
from cxdesk.reading.platforms.wenjuan import WENJUAN
from cxdesk.reading.platforms.wenjuanxing import WENJUANXING

PLATFORMS: tuple[Platform, ...] = (
    QUALTRICS,
    SURVEYMONKEY,
    WENJUANXING,
    TENCENT,
    WENJUAN,
    FORMBRICKS,
    GOOGLE_FORMS,
    MICROSOFT_FORMS,
    TYPEFORM,
    ALCHEMER,
    LIMESURVEY,
    KOBO,
    DELIGHTED,
    JINSHUJU,
    FEISHU,
)
