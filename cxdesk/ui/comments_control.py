"""What a person does on the comments page: edits the themes, and marks comments for the report."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from cxdesk.analysis.comments import Comments
from cxdesk.analysis.comments_values import CommentsSpec
from cxdesk.blocks.quote import Quotes
from cxdesk.blocks.section import Section
from cxdesk.project.themes_draft import by_new_names
from cxdesk.project.workspace import Workspace
from cxdesk.survey.theme import Theme
from cxdesk.text import say
from cxdesk.ui.session import Session
from cxdesk.ui.tasks import Done, Work
from cxdesk.ui.widgets.comments_form import CommentsForm
from cxdesk.ui.widgets.section_view import SectionView
from cxdesk.ui.widgets.theme_editor import ThemeEditor

_BETWEEN = 15
"""Milliseconds between two rows of cards: time to lay out and paint what is there."""


class CommentsControl(QObject):
    """One for the page."""

    def __init__(self, session: Session, form: CommentsForm, view: SectionView, page: QWidget) -> None:
        """``page`` is what the editor stands over."""
        super().__init__(page)
        self._session, self._page = session, page
        self._section: Section | None = None
        self.editor: ThemeEditor | None = None
        self._view = view
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._on_later)
        self._rows = 0
        form.themes_wanted.connect(self.edit_themes)
        view.quotes_marked.connect(self._on_marked)

    def show_section(self, section: Section) -> None:
        """Show the comments at once, and what stands below them in the next moments, so that nothing waits for it."""
        self._section = section
        self._rows = max(1, self._rows)
        self._show(0)

    def _show(self, settled: int) -> None:
        section, session = self._section, self._session
        if section is None:
            return
        shown = replace(section, rows=section.rows[: self._rows])
        self._view.show_section(shown, session.theme, session.translator, settled)
        if self._rows < len(section.rows):
            self._later.start(_BETWEEN)

    @Slot()
    def _on_later(self) -> None:
        self._rows += 1
        self._show(self._rows - 1)

    @Slot()
    def edit_themes(self) -> None:
        """Open the list of themes; Apply is one step of undo."""
        blocks = () if self._section is None else self._section.blocks()
        quotes = next((block for block in blocks if isinstance(block, Quotes)), None)
        if quotes is None:
            return
        session = self._session
        self.editor = ThemeEditor(quotes, session.theme, session.translator, self._run, self._page)
        self.editor.themes_chosen.connect(self._on_themes)
        self.editor.destroyed.connect(self._on_closed)
        self.editor.open()

    def _run(self, work: Work, done: Done) -> None:
        editor = self.editor

        def arrived(found: object) -> None:
            if self.editor is editor and editor is not None:
                done(found)

        self._session.run(work, arrived, lambda _problem: None)

    @Slot()
    def _on_closed(self) -> None:
        self.editor = None

    @Slot(object, object)
    def _on_themes(self, themes: tuple[Theme, ...], before: dict[str, str]) -> None:
        workspace = self._session.workspace
        if workspace is None:
            return
        rules = replace(workspace.rules, themes=themes)
        # A row that was chosen may be gone, and with it what the list of comments was narrowed to.
        spec = _spec(workspace)
        spec = replace(spec, focus="", feasible=by_new_names(spec.feasible, before))
        self._session.edit(say("Edit themes"), replace(workspace.with_spec(Comments.key, spec), rules=rules))

    @Slot(object)
    def _on_marked(self, keys: tuple[str, ...]) -> None:
        workspace = self._session.workspace
        if workspace is None:
            return
        spec = _spec(workspace)
        name = say("Choose comments for the report")
        # Whoever chooses comments wants these in the report; a list that is left out stays left out.
        sheet = "chosen" if keys and spec.sheet == "all" and not spec.people else spec.sheet
        sheet = "all" if not keys and sheet == "chosen" else sheet
        self._session.edit(name, workspace.with_spec(Comments.key, replace(spec, people=keys, sheet=sheet)))
        if sheet == "chosen" != spec.sheet:
            self._session.toast.emit(say("The report now holds the chosen comments only."), ())


def _spec(workspace: Workspace) -> CommentsSpec:
    found = workspace.spec(Comments.key)
    return found if isinstance(found, CommentsSpec) else Comments().default(workspace.dataset)
