"""The colours of the product: one table for light and one for dark; nothing else names a colour (UX.md 5).

Low is not "bad" by colour: detractors, passives and promoters differ in colour and also in order, sign and outline.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """The meaning of a colour in a chart, table or card."""

    DETRACTOR = "detractor"
    PASSIVE = "passive"
    PROMOTER = "promoter"
    ACCENT = "accent"
    """A single series."""
    FAINT = "faint"
    """A bar that is not singled out beside those that are."""
    SERIES_2 = "series_2"
    SERIES_3 = "series_3"
    SERIES_4 = "series_4"
    MUTED = "muted"
    """Small bases, and everything that is shown but not compared."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour token as #RRGGBB."""

    bg: str
    surface: str
    surface2: str
    border: str
    control: str
    text: str
    text2: str
    muted: str
    accent: str
    on_accent: str
    selection: str
    focus: str
    link: str
    detractor: str
    detractor_label: str
    detractor_text: str
    detractor_chip: str
    passive: str
    passive_outline: str
    passive_label: str
    promoter: str
    promoter_label: str
    promoter_text: str
    promoter_chip: str
    faint: str
    series_2: str
    series_3: str
    series_4: str
    warn_bg: str
    warn_text: str
    warn_line: str
    ok_bg: str
    ok_text: str
    info_bg: str
    info_text: str
    error_bg: str
    error_text: str
    scrim: str

    def fill(self, tone: Tone) -> str:
        """The colour of an area or line with this meaning."""
        return {
            Tone.DETRACTOR: self.detractor,
            Tone.PASSIVE: self.passive,
            Tone.PROMOTER: self.promoter,
            Tone.ACCENT: self.accent,
            Tone.FAINT: self.faint,
            Tone.SERIES_2: self.series_2,
            Tone.SERIES_3: self.series_3,
            Tone.SERIES_4: self.series_4,
            Tone.MUTED: self.passive_outline,
        }[tone]

    def on(self, tone: Tone) -> str:
        """The colour of a label that stands on an area with this meaning."""
        return {
            Tone.DETRACTOR: self.detractor_label,
            Tone.PASSIVE: self.passive_label,
            Tone.PROMOTER: self.promoter_label,
        }.get(tone, self.on_accent)

    def words(self, tone: Tone) -> str:
        """The colour of text with this meaning on a card."""
        return {
            Tone.DETRACTOR: self.detractor_text,
            Tone.PASSIVE: self.text2,
            Tone.PROMOTER: self.promoter_text,
            Tone.MUTED: self.muted,
        }.get(tone, self.text)


LIGHT = Palette(
    bg="#F4F6F8",
    surface="#FFFFFF",
    surface2="#EEF1F5",
    border="#DDE2E9",
    control="#858F9C",
    text="#18212E",
    text2="#445064",
    muted="#5C6777",
    accent="#1B3A5C",
    on_accent="#FFFFFF",
    selection="#E3EAF2",
    focus="#0B63CE",
    link="#0B5C9E",
    detractor="#C44E0B",
    detractor_label="#FFFFFF",
    detractor_text="#A8410A",
    detractor_chip="#FCEBE0",
    passive="#CBD2DB",
    passive_outline="#7D8896",
    passive_label="#18212E",
    promoter="#0B5C9E",
    promoter_label="#FFFFFF",
    promoter_text="#0B5C9E",
    promoter_chip="#E2EEF8",
    faint="#8197B3",
    series_2="#C44E0B",
    series_3="#2A8C82",
    series_4="#8E5BA6",
    warn_bg="#FFF3D6",
    warn_text="#7A4B00",
    warn_line="#D99A1C",
    ok_bg="#E3F4EA",
    ok_text="#14603A",
    info_bg="#E7EEF6",
    info_text="#1B3A5C",
    error_bg="#FDE8E8",
    error_text="#9B1C1C",
    scrim="#18212E",
)

DARK = Palette(
    bg="#12161C",
    surface="#1B212A",
    surface2="#242C37",
    border="#313B48",
    control="#7E8A9A",
    text="#EAEEF4",
    text2="#BCC6D3",
    muted="#9AA6B5",
    accent="#A9C9EC",
    on_accent="#10202F",
    selection="#2A3644",
    focus="#6CB4FF",
    link="#84C5F7",
    detractor="#F0914F",
    detractor_label="#1A1005",
    detractor_text="#F7A871",
    detractor_chip="#3A2517",
    passive="#566273",
    passive_outline="#8C98A8",
    passive_label="#FFFFFF",
    promoter="#63B3F0",
    promoter_label="#06192A",
    promoter_text="#84C5F7",
    promoter_chip="#15304A",
    faint="#5F7EA0",
    series_2="#F0914F",
    series_3="#3FA99C",
    series_4="#A06CC0",
    warn_bg="#3A2E12",
    warn_text="#F6CF7D",
    warn_line="#D99A1C",
    ok_bg="#16321F",
    ok_text="#8ED9AE",
    info_bg="#1D2C3D",
    info_text="#B9D4F2",
    error_bg="#3D1D1F",
    error_text="#F7A6A6",
    scrim="#000000",
)
