"""The form of the crosstab: its options, lines of one's own, and the tables that go into the report."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from cxdesk.analysis.crosstab import crosstab_name, plain, row_questions
from cxdesk.analysis.crosstab_values import CrosstabSpec, OwnNet
from cxdesk.survey.dataset import Dataset
from cxdesk.text import Text, Translator, say
from cxdesk.ui.parts import button, set_icon
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.net_editor import NetEditor
from cxdesk.ui.widgets.option_form import OptionForm

_MOST_KEPT = 30
_LONGEST = 60


class CrosstabForm(OptionForm):
    """Adds "Nets", "Keep for the report" and the list of kept tables to the options."""

    widest = 190

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until options are shown."""
        super().__init__(parent)
        self.menu = QMenu(self)
        self.editor: NetEditor | None = None

    def extras(self, dataset: Dataset, spec: Any, theme: Theme, translator: Translator) -> list[QWidget]:
        """The buttons behind the options."""
        made = [self._nets(dataset, spec, theme, translator), self._keep(dataset, spec, theme, translator)]
        if spec.kept:
            made.append(self._kept(dataset, spec, theme, translator))
        return list(made)

    def _nets(self, dataset: Dataset, spec: CrosstabSpec, theme: Theme, translator: Translator) -> QPushButton:
        words = say("Nets: {count}", count=len(spec.nets)) if spec.nets else say("Nets")
        made = _menu_button(translator(words), "nets", theme)
        made.setToolTip(translator(say("Put several answers together to one line")))

        def show() -> None:
            self._clear_menu()
            self.menu.addAction(translator(say("New net…"))).triggered.connect(lambda: edit(None))
            for place, net in enumerate(spec.nets):
                words = translator(say("{name}…", name=_short(net.name)))
                action = self.menu.addAction(words.replace("&", "&&"))
                action.triggered.connect(lambda _checked=False, place=place: edit(place))
            self._open_menu(made)

        def edit(place: int | None) -> None:
            if self.editor is not None:
                self.editor.deleteLater()
            net = None if place is None else spec.nets[place]
            self.editor = NetEditor(row_questions(dataset, spec), net, theme, translator, self.window())
            self.editor.net_chosen.connect(lambda chosen: self._set_net(spec, place, chosen))
            self.editor.edit_below(made)

        made.clicked.connect(show)
        return made

    def _set_net(self, spec: CrosstabSpec, place: int | None, net: OwnNet | None) -> None:
        nets = list(spec.nets)
        if place is not None:
            nets[place : place + 1] = [] if net is None else [net]
        elif net is not None:
            nets.append(net)
        name = say("Remove a net") if net is None else say("Net “{name}”", name=net.name)
        self.spec_wanted.emit(name, replace(spec, nets=tuple(nets)))

    def _keep(self, dataset: Dataset, spec: CrosstabSpec, theme: Theme, translator: Translator) -> QPushButton:
        there = plain(spec) in spec.kept
        made = button(translator(say("Kept for the report") if there else say("Keep for the report")))
        made.setObjectName("keep")
        made.setEnabled(not there and len(spec.kept) < _MOST_KEPT)
        set_icon(made, theme, "check" if there else "plus", size=14)

        def keep() -> None:
            title = crosstab_name(dataset, spec)
            self.spec_wanted.emit(say("Keep “{table}”", table=title), replace(spec, kept=(*spec.kept, plain(spec))))

        made.clicked.connect(keep)
        return made

    def _kept(self, dataset: Dataset, spec: CrosstabSpec, theme: Theme, translator: Translator) -> QPushButton:
        made = _menu_button(translator(say("In the report: {count}", count=len(spec.kept))), "kept", theme)

        def show() -> None:
            self._clear_menu()
            for place, table in enumerate(spec.kept):
                title = crosstab_name(dataset, table)
                inside = self.menu.addMenu(_short(translator(title)).replace("&", "&&"))
                again = replace(table, kept=spec.kept)
                self._offer(inside, translator(say("Show this table")), say("Show “{table}”", table=title), again)
                others = (*spec.kept[:place], *spec.kept[place + 1 :])
                fewer = replace(spec, kept=others)
                self._offer(
                    inside, translator(say("Take out of the report")), say("Remove “{table}”", table=title), fewer
                )
            self.menu.addSeparator()
            nothing = replace(spec, kept=())
            self._offer(self.menu, translator(say("Take all out of the report")), say("Remove kept tables"), nothing)
            self._open_menu(made)

        made.clicked.connect(show)
        return made

    def _clear_menu(self) -> None:
        """Empty the menu; menus inside of it would otherwise stay alive unseen."""
        for inside in self.menu.findChildren(QMenu):
            inside.deleteLater()
        self.menu.clear()

    def _offer(self, menu: QMenu, words: str, name: Text, spec: CrosstabSpec) -> None:
        menu.addAction(words).triggered.connect(lambda: self.spec_wanted.emit(name, spec))

    def _open_menu(self, anchor: QWidget) -> None:
        self.menu.popup(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))
        if self.menu.actions():
            self.menu.setActiveAction(self.menu.actions()[0])


def _menu_button(words: str, name: str, theme: Theme) -> QPushButton:
    made = button(words)
    made.setObjectName(name)
    made.setLayoutDirection(made.layoutDirection().RightToLeft)
    set_icon(made, theme, "chevron_down", size=12)
    return made


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
