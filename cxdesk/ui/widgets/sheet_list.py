"""The sheets of a report: a tick for each, and the chosen one is shown in the preview.

A sheet that this survey has nothing for is grey, has no tick and says why; what the person chose for it is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPixmap,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cxdesk.text import Text, Translator, say
from cxdesk.ui.icons import pixmap
from cxdesk.ui.theme import CAPTION, Theme

Index = QModelIndex | QPersistentModelIndex
SheetName = tuple[str, Text, Text]
"""Key, name on the tab, and what the sheet holds."""

_KEY = Qt.ItemDataRole.UserRole
_ABOUT = Qt.ItemDataRole.UserRole + 1
_ABSENT = Qt.ItemDataRole.UserRole + 2
_TICKABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
_BOX, _LEFT, _GAP, _AIR = 18, 8, 10, 6


class SheetList(QListView):
    """Up and down choose a sheet, Space ticks it. The last ticked sheet stays: a report has at least one."""

    sheet_chosen = Signal(str)
    left_out_changed = Signal(object)
    """The keys of all sheets without a tick, as a frozenset."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_sheets`."""
        super().__init__(parent)
        self._model = QStandardItemModel(self)
        self._filling = False
        self._lines = SheetDelegate(self)
        self.setModel(self._model)
        self.setItemDelegate(self._lines)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._model.itemChanged.connect(self._on_changed)
        self.selectionModel().currentChanged.connect(self._on_current)

    @property
    def current(self) -> str:
        """The key of the chosen sheet."""
        return str(self.currentIndex().data(_KEY) or "")

    def show_sheets(
        self,
        sheets: Sequence[SheetName],
        left_out: frozenset[str],
        theme: Theme,
        translator: Translator,
        absent: Mapping[str, Text] | None = None,
    ) -> None:
        """Show the sheets in their order; the chosen one stays chosen. ``absent`` are those with nothing to show."""
        absent = absent or {}
        self._lines.show_look(theme)
        self._filling = True
        keys = [sheet[0] for sheet in sheets]
        if keys != [self._model.item(row).data(_KEY) for row in range(self._model.rowCount())]:
            self._model.clear()
            for key in keys:
                item = QStandardItem()
                item.setData(key, _KEY)
                self._model.appendRow(item)
        for row, (key, name, holds) in enumerate(sheets):
            item = self._model.item(row)
            words = translator(name)
            about = absent.get(key, holds)
            item.setText(words)
            item.setData(translator(about), _ABOUT)
            item.setData(key in absent, _ABSENT)
            item.setFlags(_TICKABLE & ~Qt.ItemFlag.ItemIsUserCheckable if key in absent else _TICKABLE)
            item.setCheckState(Qt.CheckState.Unchecked if key in left_out else Qt.CheckState.Checked)
            spoken = say("{sheet}: {about}", sheet=words, about=about)
            if key in absent:
                spoken = say("{sheet}, not in the report: {reason}", sheet=words, reason=about)
            item.setData(translator(spoken), Qt.ItemDataRole.AccessibleTextRole)
        self._filling = False
        if not self.currentIndex().isValid() and keys:
            self.setCurrentIndex(self._model.index(0, 0))
        self.doItemsLayout()

    def left_out(self) -> frozenset[str]:
        """The keys of all sheets without a tick."""
        items = [self._model.item(row) for row in range(self._model.rowCount())]
        return frozenset(str(item.data(_KEY)) for item in items if item.checkState() is Qt.CheckState.Unchecked)

    def choose(self, key: str) -> None:
        """Choose a sheet by its key."""
        for row in range(self._model.rowCount()):
            if self._model.item(row).data(_KEY) == key:
                self.setCurrentIndex(self._model.index(row, 0))

    def tick(self, key: str, *, on: bool) -> None:
        """Tick a sheet, or take its tick away."""
        for row in range(self._model.rowCount()):
            if self._model.item(row).data(_KEY) == key:
                self._model.item(row).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    @Slot(QStandardItem)
    def _on_changed(self, item: QStandardItem) -> None:
        if self._filling:
            return
        rows = [self._model.item(row) for row in range(self._model.rowCount())]
        if all(each.data(_ABSENT) or each.checkState() is Qt.CheckState.Unchecked for each in rows):
            self._filling = True
            item.setCheckState(Qt.CheckState.Checked)
            self._filling = False
            return
        self.left_out_changed.emit(self.left_out())

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.sheet_chosen.emit(str(now.data(_KEY)))


class SheetDelegate(QStyledItemDelegate):
    """Paints a tick box, the name, and below it what the sheet holds."""

    def __init__(self, parent: QListView) -> None:
        """Plain until `show_look`."""
        super().__init__(parent)
        self._view = parent
        self._theme = Theme()
        self._tick: QPixmap | None = None

    def show_look(self, theme: Theme) -> None:
        """Take over fonts and colours."""
        self._theme, self._tick = theme, None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The name, and as many lines as its explanation needs."""
        name = QFontMetrics(self._theme.font(bold=True)).height()
        about = self._about_box(str(index.data(_ABOUT)), self._view.viewport().width())
        return QSize(self._theme.px(120), name + about.height() + 2 * _AIR)

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """Pressing the tick box or Space ticks; pressing elsewhere only chooses."""
        rect: QRect = option.rect  # type: ignore[attr-defined]
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            wanted = event.position().x() <= rect.left() + self._theme.px(_BOX) + _LEFT + _GAP
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            wanted = event.key() == Qt.Key.Key_Space
        else:
            wanted = False
        if not wanted or index.data(_ABSENT):
            return False
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value
        state = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
        return model.setData(index, state.value, Qt.ItemDataRole.CheckStateRole)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        theme, palette = self._theme, self._theme.palette
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.selection))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 5, 5)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(palette.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), 5, 5)
        absent = bool(index.data(_ABSENT))
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value
        if not absent:
            self._paint_box(painter, rect, checked=ticked)
        left = rect.left() + theme.px(_BOX) + _LEFT + _GAP
        painter.setFont(theme.font(bold=True))
        painter.setPen(QColor(palette.muted if absent else palette.text))
        high = painter.fontMetrics().height()
        name = QRect(left, rect.top() + _AIR, rect.right() - left, high)
        painter.drawText(name, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        painter.setFont(theme.font(CAPTION))
        painter.setPen(QColor(palette.muted if absent else palette.text2))
        about = QRect(left, name.bottom() + 1, rect.right() - left - 4, rect.bottom() - name.bottom())
        painter.drawText(about, Qt.TextFlag.TextWordWrap, str(index.data(_ABOUT)))
        painter.restore()

    def _paint_box(self, painter: QPainter, rect: QRect, *, checked: bool) -> None:
        theme, palette = self._theme, self._theme.palette
        side = theme.px(_BOX)
        box = QRect(rect.left() + _LEFT, rect.top() + _AIR, side, side)
        painter.setPen(QPen(QColor(palette.accent if checked else palette.control), 1))
        painter.setBrush(QColor(palette.accent if checked else palette.surface))
        painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if checked:
            if self._tick is None:
                ratio = painter.device().devicePixelRatioF()
                self._tick = pixmap("check", palette.on_accent, theme.px(_BOX - 4), ratio)
            painter.drawPixmap(box.left() + 2, box.top() + 2, self._tick)

    def _about_box(self, about: str, width: int) -> QRect:
        room = max(40, width - self._theme.px(_BOX) - _LEFT - _GAP - 5)
        metrics = QFontMetrics(self._theme.font(CAPTION))
        return metrics.boundingRect(QRect(0, 0, room, 1000), Qt.TextFlag.TextWordWrap, about)
