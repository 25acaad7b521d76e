"""Pages: everything said, nothing cut, cards updated in place, options that fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from cxdesk.analysis.base import Choice, Option
from cxdesk.blocks.chart import Chart, ChartKind, Series
from cxdesk.blocks.figure import Figure, Mix, MixPart, Ruler
from cxdesk.blocks.note import Empty, Finding, Findings, Note, NoteLevel
from cxdesk.blocks.section import Row, Section
from cxdesk.blocks.table import Cell, ColumnType, Table, TableColumn, TableRow
from cxdesk.survey.base import Base
from cxdesk.text import Format, Text, Translator, say
from cxdesk.ui.theme import Theme, apply
from cxdesk.ui.widgets.chart_canvas import ChartCanvas
from cxdesk.ui.widgets.option_form import OptionForm
from cxdesk.ui.widgets.section_view import SectionView
from cxdesk.ui.widgets.table_view import TableView

ENGLISH = Translator("en")


def words(text: str) -> Text:
    return say("{text}", text=text)


def figure(key: str, title: str, value: float, form: Format, *, ruler: bool = False) -> Figure:
    return Figure(
        key,
        words(title),
        Cell(value, form),
        (words("95% range +28 to +34"), words("n = 2,846")),
        suffix=None if ruler else words("of 7"),
        chip=words("Small sample"),
        ruler=Ruler(31, 28, 34) if ruler else None,
        ruler_caption=words("Line: score · band: 95% range") if ruler else None,
    )


def mix() -> Mix:
    def part(name: str, count: int, share: float) -> MixPart:
        return MixPart(say("{name}", name=name), count, Cell(share, Format.PERCENT))

    parts = (part("Detractors", 518, 0.18), part("Passives", 928, 0.33), part("Promoters", 1400, 0.49))
    return Mix("mix", words("Who recommends us"), *parts, 2846)


def chart(values: tuple[float, ...] = (0.5, 0.3, 0.2)) -> Chart:
    return Chart(
        "c",
        words("NPS by Region, with 95% range"),
        ChartKind.BARS,
        ("North", "West", "South"),
        (Series("Share", values),),
        Format.PERCENT,
        words("West is lower"),
        Base(2846),
        link="segments",
    )


def table(n: int = 402) -> Table:
    columns = (TableColumn("name", "Region", ColumnType.NAME), TableColumn("n", "n"))
    rows = tuple(TableRow(key, (Cell(key), Cell(n, Format.COUNT))) for key in ("North", "West", "South"))
    return Table("t", words("Answers by region"), columns, rows, selectable=True)


def section(value: float = 31, n: int = 402) -> Section:
    findings = Findings(
        "f",
        words("Worth a look"),
        (
            Finding(
                "West", words("scores +12, 22 points below everyone else."), "below", "segments", words("See Segments")
            ),
        ),
        words("Nothing stands out beyond normal variation."),
    )
    note = Note(NoteLevel.WARN, words("Read these results as a first impression"), words("Fewer than 100 answers."))
    empty = Empty(words("No trend yet"), words("All answers are from three days."), "check", words("Open Columns"))
    figures = (
        figure("nps", "Net Promoter Score", value, Format.SCORE, ruler=True),
        mix(),
        figure("csat", "Satisfied", 0.82, Format.PERCENT),
        figure("ces", "Ease (CES)", 5.4, Format.MEAN),
    )
    rows = (
        Row((note,)),
        Row(figures, (6, 7, 2, 2)),
        Row((chart(), empty)),
        Row((table(n),)),
        Row((findings,)),
    )
    return Section("overview", words("Overview"), words("NPS is +31."), words("2,846 answers · not weighted"), rows)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[SectionView]:
    made = SectionView(choose_target=lambda *_: "")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(made)
    qtbot.addWidget(area)
    area.resize(1252, 806)
    yield made
    area.close()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("width", "scale"), [(1252, 1.0), (964, 1.0), (1092, 1.5), (964, 1.5)])
def test_no_words_are_cut_and_no_card_leaves_the_page(
    qtbot: QtBot, qapp: QApplication, view: SectionView, language: str, dark: bool, width: int, scale: float
) -> None:
    theme = Theme(dark, scale, language)
    apply(qapp, theme)
    view.show_section(section(), theme, Translator(language))
    show(qtbot, view, width)
    assert view.width() <= width
    for shown in view.findChildren(QLabel):
        if not shown.isVisible() or not shown.text():
            continue
        place = QRect(shown.mapTo(view, shown.rect().topLeft()), shown.size())
        assert view.rect().contains(place), shown.text()
        needed = shown.heightForWidth(shown.width()) if shown.wordWrap() else shown.sizeHint().height()
        assert shown.height() >= needed, shown.text()
        assert shown.wordWrap() or shown.width() >= shown.sizeHint().width(), shown.text()
    for pressed in view.findChildren(QAbstractButton):
        if pressed.isVisible():
            assert pressed.width() >= pressed.minimumSizeHint().width()


def test_everything_that_takes_the_focus_has_a_name(qtbot: QtBot, qapp: QApplication, view: SectionView) -> None:
    apply(qapp, Theme())
    view.show_section(section(), Theme(), ENGLISH)
    show(qtbot, view, 1252)
    taking = [each for each in view.findChildren(QWidget) if each.focusPolicy() != Qt.FocusPolicy.NoFocus]
    taking = [each for each in taking if each.isVisible() and not isinstance(each, QScrollArea)]
    assert len(taking) >= 4
    assert [type(each).__name__ for each in taking if not each.accessibleName()] == []


def test_a_refresh_of_the_same_shape_keeps_the_widgets(qtbot: QtBot, qapp: QApplication, view: SectionView) -> None:
    apply(qapp, Theme())
    view.show_section(section(), Theme(), ENGLISH)
    show(qtbot, view, 1252)
    area = view.window()
    assert isinstance(area, QScrollArea)
    area.verticalScrollBar().setValue(20)
    canvas, rows = view.findChild(ChartCanvas), view.findChild(TableView)
    assert canvas is not None
    assert rows is not None
    qtbot.waitUntil(lambda: canvas.is_drawn)
    view.show_section(section(value=-5, n=99), Theme(), ENGLISH)
    assert view.findChildren(ChartCanvas) == [canvas]
    assert view.findChildren(TableView) == [rows]
    assert canvas.is_drawn
    assert area.verticalScrollBar().value() == 20
    assert rows.table_model.data(rows.table_model.index(0, 1)) == "99"
    assert any(each.text() == "−5" for each in view.findChildren(QLabel))


def test_another_shape_replaces_the_cards(qtbot: QtBot, qapp: QApplication, view: SectionView) -> None:
    apply(qapp, Theme())
    view.show_section(section(), Theme(), ENGLISH)
    view.show_section(replace(section(), rows=(Row((table(),)),)), Theme(), ENGLISH)
    show(qtbot, view, 1252)
    visible = [each.text() for each in view.findChildren(QLabel) if each.isVisible()]
    assert "Net Promoter Score" not in visible
    assert len(view.findChildren(TableView, options=Qt.FindChildOption.FindChildrenRecursively)) >= 1


def test_rows_and_links_are_reported(qtbot: QtBot, qapp: QApplication, view: SectionView) -> None:
    apply(qapp, Theme())
    view.show_section(section(), Theme(), ENGLISH)
    show(qtbot, view, 1252)
    rows = view.findChild(TableView)
    assert rows is not None
    with qtbot.waitSignal(view.row_chosen) as chosen:
        rows.setCurrentIndex(rows.table_model.index(1, 0))
    assert chosen.args == ["t", "West"]
    found = [each for each in view.findChildren(QPushButton) if each.property("link") == "check"]
    with qtbot.waitSignal(view.link_activated) as opened:
        found[0].click()
    assert opened.args == ["check"]


def test_key_numbers_fold_in_a_narrow_window(qtbot: QtBot, qapp: QApplication, view: SectionView) -> None:
    apply(qapp, Theme())
    view.show_section(section(), Theme(), ENGLISH)
    for width, lines in ((1252, 1), (964, 2)):
        show(qtbot, view, width)
        titles = ("Net Promoter Score", "Who recommends us", "Satisfied", "Ease (CES)")
        tops = {each.mapTo(view, each.pos()).y() for each in view.findChildren(QLabel) if each.text() in titles}
        assert len(tops) == lines


OPTIONS = (
    Option("split", words("Split by"), tuple(Choice(name, name) for name in ("Region", "Store type", "Age"))),
    Option("measure", words("Measure"), tuple(Choice(f"q{i}", f"Topic {i}") for i in range(9))),
    Option("order", words("Sort"), (Choice("file", words("Sort: file order")), Choice("score", "Score")), at_end=True),
)


@pytest.fixture
def form(qtbot: QtBot, qapp: QApplication) -> OptionForm:
    apply(qapp, Theme())
    made = OptionForm()
    qtbot.addWidget(made)
    made.show_options(OPTIONS, {"split": "Age", "measure": "", "order": "file"}, Theme(), ENGLISH)
    made.resize(1000, made.heightForWidth(1000))
    made.show()
    qtbot.waitExposed(made)
    return made


def test_few_choices_stand_side_by_side_and_many_in_a_list(form: OptionForm) -> None:
    assert [each.text() for each in form.findChildren(QPushButton) if each.isChecked()] == ["Age"]
    boxes = form.findChildren(QComboBox)
    assert [box.accessibleName() for box in boxes] == ["Measure", "Sort"]
    assert boxes[0].currentText() == "Topic 0"


def test_choosing_names_field_and_value(qtbot: QtBot, form: OptionForm) -> None:
    with qtbot.waitSignal(form.chosen) as chosen:
        qtbot.mouseClick(form.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert chosen.args == ["split", "Region"]
    box = form.findChildren(QComboBox)[0]
    with qtbot.waitSignal(form.chosen) as chosen:
        box.setFocus()
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert chosen.args == ["measure", "q1"]


def test_the_last_option_stands_at_the_right_and_narrow_forms_wrap(form: OptionForm) -> None:
    order = form.findChildren(QComboBox)[1]
    assert order.mapTo(form, order.rect().topRight()).x() >= form.width() - 4
    assert form.heightForWidth(360) > form.heightForWidth(1000)


def test_the_focus_stays_where_it_was(qtbot: QtBot, form: OptionForm) -> None:
    form.findChildren(QComboBox)[0].setFocus()
    qtbot.waitUntil(form.findChildren(QComboBox)[0].hasFocus)
    form.show_options(OPTIONS, {"split": "Region", "measure": "q1", "order": "file"}, Theme(), ENGLISH)
    focused = form.focusWidget()
    assert isinstance(focused, QComboBox)
    assert focused.currentText() == "Topic 1"


def show(qtbot: QtBot, view: SectionView, width: int) -> None:
    """Show the page in a window of this width and let the layouts settle."""
    window = view.window()
    window.resize(width, 806)
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: view.width() <= width)
    QApplication.sendPostedEvents()
