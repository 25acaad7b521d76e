"""Several files side by side, before they become one survey: what each is, how they belong together, what matches."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cxdesk.project.gathering import Bundle, Edit, File, Keys, Study, paired, study
from cxdesk.project.several import Input, Way
from cxdesk.reading.pairing import PairRefused
from cxdesk.text import Text, say
from cxdesk.ui.pages.page import Page
from cxdesk.ui.parts import button, card, clear, label, scrolling, set_icon
from cxdesk.ui.session import Session
from cxdesk.ui.tasks import TaskJob
from cxdesk.ui.widgets.file_list import FileList
from cxdesk.ui.widgets.join_panel import JoinPanel
from cxdesk.ui.widgets.pairs_panel import PairsPanel
from cxdesk.ui.widgets.way_choice import WayChoice

_FILES_SHARE, _WAYS_SHARE = 2, 3
_BESIDE_FROM = 1000
"""A width in pixels at 100 % text size."""


class FilesPage(Page):
    """Changes nothing that is open: it emits the files as they should be combined."""

    key: ClassVar[str] = "files"

    add_wanted = Signal()
    combine_wanted = Signal(object)
    """A `Study` that can be combined."""
    back_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Build the cards; they are filled as soon as it is known how the files fit."""
        super().__init__(session, parent)
        self._bundle = Bundle(())
        self._study: Study | None = None
        self._job: TaskJob | None = None
        self._shown_files: object = None
        self._older = 0
        self._fresh = False
        self._headline = label("", "headline", wrap=True)
        self._line = label("", "caption", wrap=True)
        self.files = FileList()
        self.add = button("")
        self.ways = WayChoice()
        self.pairs = PairsPanel()
        self.joins: list[JoinPanel] = []
        self._once = label("", "chipInfo", wrap=True)
        self._ways_title, self._match_title = label("", "title"), label("", "title")
        self._busy = label("", "caption")
        self._tables = QVBoxLayout()
        self.back = button("")
        self.show_results = button("", "primary")
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._files_card, self._ways_card, self._match_card = card(), card(), card()
        self.next_step = self.show_results
        self.setFocusProxy(self.next_step)
        self._lay_out()
        self._connect()

    def title(self) -> Text:
        """The page is reached through the menu of the file."""
        return say("Files")

    @property
    def bundle(self) -> Bundle:
        """The files as they are shown, with what was decided about them."""
        return self._bundle

    @property
    def has_files(self) -> bool:
        """Whether there is anything to show."""
        return bool(self._bundle.files) or self.session.workspace is not None

    def of_open_survey(self) -> Bundle:
        """The files of the open survey as a bundle to begin with; a single file is one, too."""
        session, workspace = self.session, self.session.workspace
        if workspace is None:
            return Bundle(())
        return session.bundle or Bundle((File(Input(session.path, session.choices), workspace.dataset.complete),))

    def show_bundle(self, bundle: Bundle) -> None:
        """Take over files; `refresh` shows them."""
        self._bundle, self._study, self._older, self._fresh = bundle, None, 0, True

    def refresh(self) -> None:
        """Show the files; how they fit together is found out in the background."""
        if not self._bundle.files:
            self.show_bundle(self.of_open_survey())
        self.arrange()
        self._say_words()
        self._show_files()
        if self._study is None or self._study.bundle is not self._bundle:
            self._find_out()
        else:
            self._show_study(self._study)

    def _connect(self) -> None:
        self.add.clicked.connect(self.add_wanted)
        self.back.clicked.connect(self.back_wanted)
        self.show_results.clicked.connect(self._on_show)
        self.files.left_out.connect(self._on_left_out)
        self.ways.chosen.connect(self._on_way)
        self.ways.swapped.connect(self._on_swapped)
        self.pairs.pair_chosen.connect(self._on_pair)
        self.pairs.older_chosen.connect(self._on_older)
        self.session.opened.connect(self._on_opened)

    def _lay_out(self) -> None:
        files = _column(self._files_card)
        files.addWidget(self.files)
        files.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        files.addStretch(1)
        ways = _column(self._ways_card)
        ways.addWidget(self._ways_title)
        ways.addWidget(self.ways)
        ways.addStretch(1)
        match = _column(self._match_card)
        self._tables.setSpacing(14)
        for widget in (self._match_title, self._busy, self._once, self.pairs):
            match.addWidget(widget)
        match.addLayout(self._tables)
        body = _Body()
        body.setObjectName("pageBody")
        column = QVBoxLayout(body)
        column.setContentsMargins(22, 14, 22, 8)
        column.setSpacing(10)
        self._top.setSpacing(10)
        self._top.addWidget(self._files_card, _FILES_SHARE)
        self._top.addWidget(self._ways_card, _WAYS_SHARE)
        column.addWidget(self._headline)
        column.addWidget(self._line)
        column.addLayout(self._top)
        column.addWidget(self._match_card)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(22, 0, 22, 14)
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.show_results)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addWidget(scrolling(body, "page"), 1)
        whole.addLayout(foot)

    def arrange(self) -> None:
        """Large text or a small window: what should happen goes below the files."""
        beside = self.width() >= self.session.theme.px(_BESIDE_FROM)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._top.setDirection(direction)

    def _say_words(self) -> None:
        session, several = self.session, len(self._bundle.files) > 1
        headline = say("One file is open")
        line = say(
            "Add last month's file to see what has changed, another file of the same survey, or a list of customers."
        )
        if several:
            headline = say("How do these files belong together?")
            line = say("Your files are only read, never changed. You can come back to this page from the file's menu.")
        self._headline.setText(session.say(headline))
        self._line.setText(session.say(line))
        self._ways_title.setText(session.say(say("What should happen with them?")))
        self._match_title.setText(session.say(say("What matches")))
        self._busy.setText(session.say(say("Comparing the questions…")))
        for pressed, text in (
            (self.add, say("Add a file…")),
            (self.back, say("Back")),
            (self.show_results, say("Show results")),
        ):
            pressed.setText(session.say(text))
            pressed.setAccessibleName(session.say(text))
        set_icon(self.add, session.theme, "plus", "text2", 14, gap=2)

    def _show_files(self) -> None:
        shown = (self._bundle.files, self.session.theme, self.session.language)
        if shown != self._shown_files:
            self._shown_files = shown
            self.files.show_files(self._bundle.files, self.session.theme, self.session.translator)
        self._ways_card.setVisible(len(self._bundle.read) > 1 and self._study is not None)
        self._match_card.setVisible(len(self._bundle.read) > 1)

    def _find_out(self) -> None:
        """Compare the files in the background."""
        if self._job is not None:
            self._job.cancel()
        bundle = self._bundle
        self.show_results.setEnabled(False)
        self._busy.setVisible(self._study is None)
        for widget in (self._once, self.pairs):
            widget.setVisible(self._study is not None and widget.isVisible())
        self._job = self.session.run(lambda _job: study(bundle), self._on_found, self.session.refused.emit)

    def _on_found(self, found: Study) -> None:
        self._job = None
        if found.bundle is self._bundle:
            self._show_study(found)

    def _show_study(self, found: Study) -> None:
        session = self.session
        self._study = found
        self._busy.hide()
        self.show_results.setEnabled(found.ready)
        several = len(found.datasets) > 1
        self._ways_card.setVisible(several)
        if several:
            self.ways.show_ways(found.way, *_sides(found), session.translator)
        self.pairs.setVisible(bool(found.pairings))
        if found.pairings:
            self._older = min(self._older, len(found.pairings) - 1)
            self.pairs.show_pairings(found.pairings, self._older, session.theme, session.translator)
        self._once.setVisible(bool(found.counted_once))
        if found.counted_once:
            told = say(
                "“{file}” holds the same answers as another file, in another form. They are counted once.",
                file=found.counted_once[0],
            )
            self._once.setText(session.say(told))
        self._show_tables(found)
        if self._fresh and self.isVisible():
            # The button could not take the focus before it was known that there is something to show.
            self._fresh = False
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_tables(self, found: Study) -> None:
        if len(self.joins) != len(found.tables):
            clear(self._tables)
            self.joins = [JoinPanel() for _ in found.tables]
            for panel in self.joins:
                panel.keys_chosen.connect(self._on_keys)
                self._tables.addWidget(panel)
        for panel, table in zip(self.joins, found.tables, strict=True):
            panel.show_table(found.datasets[0], table, self.session.theme, self.session.translator)

    def _change(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._show_files()
        self._find_out()

    @Slot(int)
    def _on_left_out(self, place: int) -> None:
        """Leave a file out; the focus stays on the page."""
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self._study = None
        self._change(self._bundle.without(self._bundle.files[place].input))
        self._say_words()

    @Slot(object)
    def _on_way(self, way: Way) -> None:
        self._change(replace(self._bundle, way=way))

    @Slot()
    def _on_swapped(self) -> None:
        found = self._study
        if found is not None and len(found.order) > 1:
            self._change(replace(self._bundle, newest=found.input_of(found.before)))

    @Slot(int)
    def _on_older(self, place: int) -> None:
        self._older = place
        if self._study is not None:
            self._show_study(self._study)

    @Slot(str, object)
    def _on_pair(self, a: str, b: str | None) -> None:
        found = self._study
        if found is None or found.bundle is not self._bundle:
            return
        pairing = found.pairings[self._older]
        newer, older = found.input_of(pairing.a), found.input_of(pairing.b)
        if newer is None or older is None:
            return

        def arrived(changed: Study) -> None:
            if found.bundle is self._bundle:
                self._bundle = changed.bundle
                self._show_study(changed)

        def failed(problem: Exception) -> None:
            if isinstance(problem, PairRefused):
                self.pairs.refuse(problem.reason)
            else:
                self.session.refused.emit(problem)

        edit = Edit(newer, older, a, b)
        self.session.run(lambda _job: paired(found, edit), arrived, failed)

    @Slot(str, str)
    def _on_keys(self, key: str, table_key: str) -> None:
        place = next((each for each, panel in enumerate(self.joins) if panel is self.sender()), None)
        if self._study is not None and place is not None:
            table = self._study.tables[place].file.input
            self._change(self._bundle.with_keys(Keys(table, key, table_key)))

    @Slot()
    def _on_show(self) -> None:
        if self._study is not None and self._study.bundle is self._bundle and self._study.ready:
            self.combine_wanted.emit(self._study)

    @Slot()
    def _on_opened(self) -> None:
        """The next time this page begins with what is open then."""
        self._bundle, self._study = Bundle(()), None


class _Body(QWidget):
    """As high as its words are at the width there is: Qt would take their height at the narrowest and scroll on."""

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


def _column(frame: QFrame) -> QVBoxLayout:
    column = QVBoxLayout(frame)
    column.setContentsMargins(16, 12, 16, 12)
    column.setSpacing(8)
    return column


def _sides(found: Study) -> tuple[str, str]:
    """The names of the newest file and of the one before it."""
    if found.order:
        return found.newest.source.name, found.before.source.name
    return found.datasets[0].source.name, found.datasets[1].source.name
