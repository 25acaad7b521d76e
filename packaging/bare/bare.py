"""The least that such a program can be: a window, a table, a chart. What the product's times are compared with.

    bare SURVEY RESULT

Shows an empty window, reads the survey with pandas, shows its rows in a table and the answers of one question in a
chart, writes the seconds until each was on the screen to RESULT, and ends.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QMainWindow, QTableView, QWidget

Index = QModelIndex | QPersistentModelIndex


class Answers(QAbstractTableModel):
    """The rows of the survey as a table shows them."""

    def __init__(self, rows: list[list[str]], heads: list[str]) -> None:
        super().__init__()
        self._rows, self._heads = rows, heads

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: N802 - Qt's name
        """How many people answered."""
        return len(self._rows)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: N802 - Qt's name
        """How many columns the survey has."""
        return len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """One answer."""
        return self._rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None


class Painted(QObject):
    """Calls back once, after the widget that it watches was painted."""

    def __init__(self, widget: QWidget, then: object) -> None:
        super().__init__(widget)
        self._then = then
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Wait for the first paint; what follows begins when the event loop is free again."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._then)  # type: ignore[call-overload]
        return False


def main() -> int:
    """Show the window and time it."""
    survey, result = sys.argv[1:3]
    app = QApplication([sys.argv[0]])
    window = QMainWindow()
    window.resize(1280, 800)
    window.setCentralWidget(QLabel("..."))
    seconds: dict[str, float] = {}

    def first() -> None:
        seconds["first_window"] = process_seconds()
        page = overview(survey)
        window.setCentralWidget(page)
        Painted(page, last)

    def last() -> None:
        seconds["overview"] = process_seconds()
        Path(result).write_text(json.dumps(seconds), encoding="utf-8")
        app.quit()

    Painted(window.centralWidget(), first)
    window.show()
    return app.exec()


def overview(survey: str) -> QWidget:
    """Read the survey and show it: its rows, and how often each answer to the first question with a scale was given."""
    # After the first window, as the product does.
    import pandas as pd  # noqa: PLC0415
    from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    table = pd.read_excel(survey, engine="calamine", dtype=str)
    numbers = table.apply(pd.to_numeric, errors="coerce")
    scale = next(name for name in numbers if numbers[name].between(0, 10).mean() > 0.5)
    counts = numbers[scale].value_counts().sort_index()
    figure = Figure(layout="constrained")
    axes = figure.subplots()
    axes.bar(counts.index.to_numpy(), counts.to_numpy())
    page = QWidget()
    view = QTableView()
    view.setModel(Answers(table.fillna("").to_numpy().tolist(), [str(name) for name in table]))
    line = QHBoxLayout(page)
    line.addWidget(view)
    line.addWidget(FigureCanvasQTAgg(figure))
    return page


def process_seconds() -> float:
    """Seconds since the system started this process."""
    if sys.platform == "linux":
        started = int(Path("/proc/self/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19])
        return time.clock_gettime(time.CLOCK_BOOTTIME) - started / os.sysconf("SC_CLK_TCK")
    import psutil  # noqa: PLC0415 - not where it is not needed

    return time.time() - float(psutil.Process().create_time())


if __name__ == "__main__":
    sys.exit(main())
