"""The look of the window: fonts, sizes, and colours from the palette, as Qt's palette and one style sheet.

Fusion everywhere, with both a QPalette and a style sheet from the same tokens: with a style sheet alone, dark radio
buttons and menus keep light parts.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from cxdesk.blocks.palette import DARK, LIGHT, Palette
from cxdesk.project.preferences import Preferences
from cxdesk.resources import resource
from cxdesk.text import LANGUAGES
from cxdesk.ui.dressing import change_style_sheet
from cxdesk.ui.stylesheet import stylesheet

BUNDLED_FAMILY = "CX Desk Sans"

BODY, CAPTION = 13, 12
"""Text sizes in pixels at 100 % (UX.md 5)."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One look: dark or light, text scale (1.0 to 1.5), language of the words, and hatching in charts."""

    dark: bool = False
    scale: float = 1.0
    language: str = "en"
    patterns: bool = False

    @property
    def palette(self) -> Palette:
        """The colours."""
        return DARK if self.dark else LIGHT

    def px(self, size: float) -> int:
        """A length or text size in pixels at the chosen text size."""
        return round(size * self.scale)

    def font(self, size: float = BODY, *, bold: bool = False) -> QFont:
        """A font of this look. Chinese puts the Chinese face first, so that “ ” and … come out full width."""
        font = QFont()
        font.setFamilies(self.families())
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def families(self) -> list[str]:
        """The font families in order; the bundled one is always there, so no character shows as a box."""
        latin = {"win32": "Segoe UI", "darwin": ".AppleSystemUIFont"}.get(sys.platform, "Noto Sans")
        han = {"win32": "Microsoft YaHei UI", "darwin": "PingFang SC"}.get(sys.platform, BUNDLED_FAMILY)
        ordered = [han, latin] if self.language.startswith("zh") else [latin, han]
        return [*ordered, BUNDLED_FAMILY]

    def color(self, name: str) -> QColor:
        """A colour token as a QColor."""
        return QColor(getattr(self.palette, name))


def language_of(preferences: Preferences) -> str:
    """The language of the screen: the setting, or else that of the system."""
    if preferences.language in LANGUAGES:
        return preferences.language
    return "zh_CN" if QLocale.system().language() == QLocale.Language.Chinese else "en"


def theme_of(preferences: Preferences) -> Theme:
    """The look that the settings and the system ask for."""
    dark = preferences.theme == "dark"
    if preferences.theme == "system":
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return Theme(dark, preferences.text_size / 100, language_of(preferences), preferences.patterns)


def load_fonts() -> None:
    """Register the bundled fonts with Qt; charts register them with matplotlib themselves."""
    for path in sorted(Path(resource("fonts")).glob("*.otf")):
        QFontDatabase.addApplicationFont(str(path))


def apply(app: QApplication, theme: Theme) -> None:
    """Give the whole program this look; windows repaint at once, hidden pages get it when they are shown."""
    if not app.styleSheet():
        # Once: every further time Qt would style all widgets again.
        app.setStyle("Fusion")
    app.setFont(theme.font())
    app.setPalette(_qt_palette(theme.palette))
    change_style_sheet(app, stylesheet(theme.palette, theme.px, dark=theme.dark))


def _qt_palette(tokens: Palette) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: tokens.bg,
        QPalette.ColorRole.WindowText: tokens.text,
        QPalette.ColorRole.Base: tokens.surface,
        QPalette.ColorRole.AlternateBase: tokens.surface2,
        QPalette.ColorRole.Text: tokens.text,
        QPalette.ColorRole.PlaceholderText: tokens.muted,
        QPalette.ColorRole.Button: tokens.surface,
        QPalette.ColorRole.ButtonText: tokens.text,
        QPalette.ColorRole.ToolTipBase: tokens.surface,
        QPalette.ColorRole.ToolTipText: tokens.text,
        QPalette.ColorRole.Highlight: tokens.selection,
        QPalette.ColorRole.HighlightedText: tokens.text,
        QPalette.ColorRole.Link: tokens.link,
        QPalette.ColorRole.Accent: tokens.accent,
        QPalette.ColorRole.Light: tokens.surface,
        QPalette.ColorRole.Mid: tokens.border,
        QPalette.ColorRole.Dark: tokens.control,
    }
    for role, value in roles.items():
        palette.setColor(role, QColor(value))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.control))
    return palette
