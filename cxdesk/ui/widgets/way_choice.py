"""Three ways in which files can belong together, each with one sentence."""

from __future__ import annotations

from itertools import takewhile
from pathlib import PurePath

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QRadioButton, QWidget

from cxdesk.project.several import Way
from cxdesk.text import Text, Translator, say
from cxdesk.ui.parts import button, label

_LONGEST = 28
"""Letters of a file's name; what both names begin with is cut from longer ones, and told in full by the tooltip."""


class WayChoice(QWidget):
    """Emits the way that was chosen, or that newest and earlier file should change places."""

    chosen = Signal(object)
    swapped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without words until `show_ways`."""
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons = {way: QRadioButton() for way in Way}
        self._told = {way: label("", "caption", wrap=True) for way in Way}
        self.swap = button("", "link")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        for place, way in enumerate(Way):
            self._group.addButton(self._buttons[way], place)
            grid.addWidget(self._buttons[way], 2 * place, 0, 1, 2)
            self._told[way].setContentsMargins(30, 0, 0, 6)
            grid.addWidget(self._told[way], 2 * place + 1, 0)
        grid.addWidget(self.swap, 2 * list(Way).index(Way.EARLIER) + 1, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        self._group.buttonClicked.connect(self._on_clicked)
        self.swap.clicked.connect(self.swapped)

    def radio(self, way: Way) -> QRadioButton:
        """The button of a way."""
        return self._buttons[way]

    def show_ways(self, way: Way, newest: str, earlier: str, translator: Translator) -> None:
        """Show which way is chosen, with the names of the two files that would be compared."""
        first, second = _short(newest, earlier)
        short = say("Compare: {newest} with {earlier}", newest=first, earlier=second)
        full = say("Compare: {newest} with {earlier}", newest=newest, earlier=earlier)
        words: dict[Way, tuple[Text, Text]] = {
            Way.TOGETHER: (
                say("Put together as one survey"),
                say("All answers are counted together; the column “File” says which file each came from."),
            ),
            Way.EARLIER: (short, say("Every page shows what has changed since the earlier file.")),
            Way.JOIN: (
                say("Add columns from a list (customers, stores)"),
                say("Respondents get what a list knows about them, such as their region or who looks after them."),
            ),
        }
        for each, (title, told) in words.items():
            self._buttons[each].setText(translator(title).replace("&", "&&"))
            self._buttons[each].setAccessibleName(translator(full if each is Way.EARLIER else title))
            self._buttons[each].setAccessibleDescription(translator(told))
            self._buttons[each].setChecked(each is way)
            self._told[each].setText(translator(told))
        self._buttons[Way.EARLIER].setToolTip(translator(full))
        self.swap.setVisible(way is Way.EARLIER)
        self.swap.setText(translator(say("The other way round")))
        self.swap.setAccessibleName(translator(say("Compare the other way round")))

    @Slot(QAbstractButton)
    def _on_clicked(self, clicked: QAbstractButton) -> None:
        self.chosen.emit(next(way for way, made in self._buttons.items() if made is clicked))


def _short(newest: str, earlier: str) -> tuple[str, str]:
    """Both names without their endings, and without their common beginning if they are long: it tells nothing."""
    stems = [PurePath(name).stem or name for name in (newest, earlier)]
    if max(map(len, stems)) > _LONGEST:
        common = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(*stems, strict=False))))
        start = common - len(stems[0][:common].lstrip().split(" ")[-1])
        stems = [f"…{stem[start:]}" if start > 0 else stem for stem in stems]
    first, second = (stem if len(stem) <= _LONGEST else f"{stem[: _LONGEST - 1]}…" for stem in stems)
    return first, second
