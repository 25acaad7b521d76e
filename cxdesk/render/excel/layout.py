"""From a report to a workbook: which sheet is laid out how, what the tabs are called, and where the names point.

Pure: the same report and language always give the same workbook model. The export page paints its preview from it.
"""

from __future__ import annotations

from cxdesk.render.excel import styles, words
from cxdesk.render.excel.data import data_parts, data_sheets
from cxdesk.render.excel.model import SheetModel, WorkbookModel
from cxdesk.render.excel.notes import notes_sheet
from cxdesk.render.excel.result import LaidOut, result_sheet
from cxdesk.render.excel.summary import summary_sheet
from cxdesk.render.excel.tables import TablePlace
from cxdesk.report.report import DefinedName, Report, Sheet, SheetKind
from cxdesk.text import Text, Translator, say

_FOOTER_TITLE = 100


def layout(report: Report, translator: Translator) -> WorkbookModel:
    """Place every cell, chart and print setting of a report in the translator's language."""
    tabs = _tabs(report, translator)
    first = report.sheets[0] if report.sheets else None
    sheets: list[SheetModel] = []
    places: dict[tuple[str, str], tuple[str, TablePlace]] = {}
    for sheet in report.sheets:
        names = tabs[sheet.key]
        back = None if first is None or sheet is first else _back(first, tabs, translator)
        if sheet.kind is SheetKind.DATA:
            sheets.extend(data_sheets(sheet, names, report.data, back, translator))
            continue
        laid = _lay_out(report, sheet, names[0], back, {key: tab[0] for key, tab in tabs.items()}, translator)
        sheets.append(laid.sheet)
        places.update({(sheet.key, key): (names[0], place) for key, place in laid.places.items()})
    return WorkbookModel(
        tuple(sheets),
        _names(report.names, places),
        words.clean(report.title),
        words.clean(report.author),
        styles.FONTS.get(report.language, styles.FONTS["en"]),
        report.paper,
        report.made,
        _footer(report, translator),
    )


def _lay_out(
    report: Report, sheet: Sheet, tab: str, back: tuple[Text, str] | None, tabs: dict[str, str], translator: Translator
) -> LaidOut:
    if sheet.kind is SheetKind.SUMMARY:
        return summary_sheet(report, sheet, tab, tabs, translator)
    if sheet.kind is SheetKind.NOTES:
        return notes_sheet(sheet, tab, back, translator)
    return result_sheet(sheet, tab, back, translator, report.paper)


def _tabs(report: Report, translator: Translator) -> dict[str, list[str]]:
    """The tab names of each sheet; a Data sheet that does not fit on one has several."""
    wanted = []
    for sheet in report.sheets:
        name = translator(sheet.name)
        wanted += [(sheet.key, name)] * (len(data_parts(report.data)) if sheet.kind is SheetKind.DATA else 1)
    tidy = words.tab_names(name for _, name in wanted)
    tabs: dict[str, list[str]] = {}
    for (key, _), name in zip(wanted, tidy, strict=True):
        tabs.setdefault(key, []).append(name)
    return tabs


def _back(first: Sheet, tabs: dict[str, list[str]], translator: Translator) -> tuple[Text, str]:
    tab = tabs[first.key][0]
    return say("← Back to {sheet}", sheet=translator(first.name)), f"{tab}!A1"


def _names(
    wanted: tuple[DefinedName, ...], places: dict[tuple[str, str], tuple[str, TablePlace]]
) -> tuple[tuple[str, str], ...]:
    """Names with the cells they stand for; a name whose cell is not in this report is left out."""
    found: dict[str, tuple[str, str]] = {}
    for name in wanted:
        tab, place = places.get((name.sheet, name.table), ("", None))
        target = None if place is None else _target(name, place)
        tidy = words.defined_name(name.name)
        if target is not None and tidy.casefold() not in found:
            found[tidy.casefold()] = (tidy, f"{words.tab_reference(tab)}!{target}")
    return tuple(found.values())


def _target(name: DefinedName, place: TablePlace) -> str | None:
    if not name.row:
        start = words.cell_reference(place.header, place.columns[0], fixed=True)
        return f"{start}:{words.cell_reference(place.last, place.end - 1, fixed=True)}"
    row = place.row(name.row)
    column = place.column(name.column, name.part)
    if column is None and name.part:
        ranges = [i for i, flat in enumerate(place.flat.columns) if flat.part == name.part]
        column = place.columns[ranges[0]] if ranges else None
    return None if row is None or column is None else words.cell_reference(row, column, fixed=True)


def _footer(report: Report, translator: Translator) -> tuple[str, str, str]:
    """Title, sheet and page, with Excel's codes: &A is the sheet's name, &P the page, &N the number of pages."""
    title = words.clean(report.title)[:_FOOTER_TITLE].replace("&", "&&").replace("\n", " ")
    return title, "&A", translator(say("Page {page} of {pages}", page="&P", pages="&N"))
