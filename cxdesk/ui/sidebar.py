"""The list of places at the left: three groups, an icon and a name each, icons only in a narrow window."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cxdesk.text import Text, Translator, say
from cxdesk.ui.icons import pixmap
from cxdesk.ui.parts import label, set_icon
from cxdesk.ui.theme import Theme

WIDE, NARROW = 188, 60


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the sidebar: the key of its page, its name, its icon, and the group it stands in."""

    key: str
    name: Text
    icon: str
    group: str


GROUPS: tuple[tuple[str, Text | None], ...] = (
    ("results", say("Results")),
    ("voices", say("Voices")),
    ("data", say("Your data")),
    ("bottom", None),
)


class Sidebar(QFrame):
    """Arrow keys move between places; `chosen` tells which one was wanted."""

    chosen = Signal(str)

    def __init__(self, places: tuple[Place, ...], parent: QWidget | None = None) -> None:
        """Build one button per place."""
        super().__init__(parent)
        self.setProperty("look", "sidebar")
        self._places = places
        self._narrow = False
        self._buttons: dict[str, QPushButton] = {}
        self._badges: dict[str, QLabel] = {}
        self._told: dict[str, Text] = {}
        self._headings: list[tuple[QLabel, Text]] = []
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._on_clicked)
        self._mark = QLabel(self)
        self._brand = label("CX Desk", "title")
        self._lock = QLabel(self)
        self._promise = label("", "caption", wrap=True)
        self._scroll = QScrollArea(self)
        self._build()

    def show_look(self, theme: Theme, translator: Translator, *, narrow: bool) -> None:
        """Set words, icons and width."""
        self._narrow = narrow
        self.setFixedWidth(theme.px(NARROW if narrow else WIDE))
        self._mark.setPixmap(pixmap("app", theme.palette.accent, theme.px(20), self.devicePixelRatioF()))
        self._lock.setPixmap(pixmap("lock", theme.palette.muted, theme.px(14), self.devicePixelRatioF()))
        self._brand.setVisible(not narrow)
        promise = translator(say("Works offline. Files stay on this computer."))
        self._promise.setText(promise)
        self._promise.setVisible(not narrow)
        self._lock.setToolTip(promise)
        for heading, text in self._headings:
            heading.setText(translator(text))
            heading.setVisible(not narrow)
        for place in self._places:
            found = self._buttons[place.key]
            name = translator(place.name)
            found.setText("" if narrow else name)
            found.setToolTip(name if narrow else "")
            self._name(place, translator)
            self._tint(place, theme)

    def _name(self, place: Place, translator: Translator) -> None:
        """What a screen reader says: the name, and how many things wait there."""
        told = self._told.get(place.key)
        name = place.name if told is None else say("{name}: {waiting}", name=place.name, waiting=told)
        self._buttons[place.key].setAccessibleName(translator(name))
        self._badges[place.key].setToolTip("" if told is None else translator(told))

    def select(self, key: str, theme: Theme) -> None:
        """Mark the place whose page is shown."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)
            self._scroll.ensureWidgetVisible(self._buttons[key])
        for place in self._places:
            self._tint(place, theme)

    def _tint(self, place: Place, theme: Theme) -> None:
        found = self._buttons[place.key]
        gap = 0 if self._narrow else 8
        set_icon(found, theme, place.icon, "accent" if found.isChecked() else "text2", 18, gap)

    def place(self, key: str) -> QPushButton:
        """The button of a place."""
        return self._buttons[key]

    def badge(self, key: str) -> int:
        """How many things wait at a place."""
        return int(self._badges[key].text() or 0)

    def set_badge(self, key: str, count: int, told: Text, translator: Translator) -> None:
        """Show how many things wait at a place, and say it with the place's name; 0 hides the badge."""
        badge = self._badges[key]
        badge.setText(str(count))
        badge.setVisible(count > 0 and not self._narrow)  # beside an icon alone there is no room for it
        self._told.pop(key, None)
        if count:
            self._told[key] = told
        self._name(next(each for each in self._places if each.key == key), translator)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrow keys."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        order = [self._buttons[place.key] for place in self._places]
        current = self.focusWidget()
        if step is None or current not in order:
            super().keyPressEvent(event)
            return
        wanted = order[(order.index(current) + step) % len(order)]
        wanted.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(wanted)

    def _build(self) -> None:
        """All places stand in one column; where the window is too low for it, the column can be scrolled."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(8, 12, 8, 12)
        column.setSpacing(2)
        brand = QHBoxLayout()
        brand.setContentsMargins(8, 0, 8, 10)
        brand.setSpacing(9)
        brand.addWidget(self._mark)
        brand.addWidget(self._brand)
        brand.addStretch(1)
        column.addLayout(brand)
        for group, text in GROUPS:
            if group == "bottom":
                column.addStretch(1)
            elif text is not None:
                heading = label("", "caption")
                heading.setContentsMargins(10, 8, 0, 4)
                self._headings.append((heading, text))
                column.addWidget(heading)
            for place in self._places:
                if place.group == group:
                    column.addWidget(self._button(place))
        foot = QHBoxLayout()
        foot.setContentsMargins(8, 8, 4, 0)
        foot.addWidget(self._lock, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self._promise, 1)
        column.addLayout(foot)
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)

    def _button(self, place: Place) -> QPushButton:
        made = QPushButton(self)
        made.setCheckable(True)
        made.setProperty("look", "nav")
        made.setObjectName(f"place_{place.key}")
        self._group.addButton(made)
        self._buttons[place.key] = made
        badge = label("", "chipWarn", parent=made)
        badge.hide()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 8, 0)
        row.addStretch(1)
        row.addWidget(badge, 0, Qt.AlignmentFlag.AlignVCenter)
        self._badges[place.key] = badge
        return made

    @Slot(QAbstractButton)
    def _on_clicked(self, clicked: QAbstractButton) -> None:
        self.chosen.emit(clicked.objectName().removeprefix("place_"))
