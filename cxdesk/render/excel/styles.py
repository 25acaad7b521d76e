"""The looks of the workbook's cells, all from the light palette: 10 pt body, navy headings, hairlines only."""

from __future__ import annotations

from dataclasses import replace

from cxdesk.blocks.palette import LIGHT
from cxdesk.render.excel.formats import LEFT_TEXT, RIGHT_TEXT
from cxdesk.render.excel.model import Style

FONTS = {"en": "Calibri", "zh_CN": "微软雅黑"}
HAIRLINE = LIGHT.passive

HEADLINE = Style(size=15, bold=True, color=LIGHT.accent)
BASE_LINE = Style(size=9.5, color=LIGHT.muted)
BACK_LINK = Style(size=9, color=LIGHT.link, underline=True)
HEADING = Style(size=12, bold=True, color=LIGHT.accent, bottom=LIGHT.accent)
PLAIN_HEADING = replace(HEADING, bottom="")
HEADER = Style(size=9.5, bold=True, color=LIGHT.on_accent, fill=LIGHT.accent, wrap=True, number_format=LEFT_TEXT)
HEADER_RIGHT = replace(HEADER, align="right", number_format=RIGHT_TEXT)
GROUP_EMPTY = replace(HEADER, wrap=False)
GROUP = replace(GROUP_EMPTY, bottom=LIGHT.faint)
BODY = Style(color=LIGHT.text, bottom=HAIRLINE)
NOTE = Style(size=9, color=LIGHT.muted, valign="top")
WRAPPED = replace(BODY, wrap=True, number_format=LEFT_TEXT)
BEHIND_HEADER = Style(size=8, color=LIGHT.muted, align="right", number_format=RIGHT_TEXT, wrap=True)
BEHIND = Style(size=8, color=LIGHT.muted, align="right")
BEHIND_NAME = Style(size=8, color=LIGHT.muted)
BEHIND_RIGHT = replace(BEHIND_NAME, align="right", number_format=RIGHT_TEXT)

BAND = Style(fill=LIGHT.accent)
BAND_TITLE = Style(size=20, bold=True, color=LIGHT.on_accent, fill=LIGHT.accent)
BAND_LINE = Style(color=LIGHT.surface2, fill=LIGHT.accent, valign="top")
SUMMARY_HEADLINE = Style(size=14, bold=True, color=LIGHT.accent, wrap=True)
TILE_TITLE = Style(size=9.5, bold=True, color=LIGHT.muted, fill=LIGHT.bg, wrap=True)
TILE_VALUE = Style(size=24, bold=True, color=LIGHT.text, fill=LIGHT.bg)
TILE_CAPTION = Style(size=9, color=LIGHT.muted, fill=LIGHT.bg, wrap=True)
TILE_CHIP = replace(TILE_CAPTION, color=LIGHT.warn_text, bold=True)
TILE_CHANGE = replace(TILE_CAPTION, bold=True)
FINDING_NUMBER = Style(size=11, bold=True, color=LIGHT.accent, bottom=HAIRLINE)
FINDING = Style(size=10.5, color=LIGHT.text, wrap=True, bottom=HAIRLINE)
FINDING_LINK = Style(size=9.5, color=LIGHT.link, underline=True, bottom=HAIRLINE)
CAPTION = Style(size=9, color=LIGHT.muted, valign="top", wrap=True)
CAPTION_TITLE = Style(size=9.5, bold=True, color=LIGHT.muted)
WARNING_LINE = Style(size=9.5, color=LIGHT.warn_text)
INFORMATION_LINE = Style(size=9.5, color=LIGHT.info_text)
WARNING = Style(size=9.5, color=LIGHT.warn_text, fill=LIGHT.warn_bg, wrap=True)
INFORMATION = Style(size=9.5, color=LIGHT.info_text, fill=LIGHT.info_bg, wrap=True)
