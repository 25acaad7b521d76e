"""Several files on their way into the window: read one after the other, shown side by side, then made one survey.

Until the person is content with how they fit together, the open survey stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from cxdesk.ui.session import Session

if TYPE_CHECKING:
    # Most surveys are one file: what puts several together is imported with the first that are.
    from cxdesk.project.gathering import Bundle, File, Study
    from cxdesk.project.several import Way
    from cxdesk.ui.pages.files_page import FilesPage


class SeveralFiles(QObject):
    """Reads on the welcome page, like one file, and comes back to where it was asked for if reading is cancelled."""

    add_wanted = Signal()
    """The page asks for further files; whoever opens dialogs answers with `more`."""

    def __init__(
        self,
        session: Session,
        page: Callable[[], FilesPage],
        show: Callable[[str], None],
        here: Callable[[], str],
        parent: QObject,
    ) -> None:
        """``page`` is the page of files, which `listen` was called for when it was made.

        ``show`` shows a page of the window by its key, ``here`` is the key of the one that is shown.
        """
        super().__init__(parent)
        self._session = session
        self._the_page = page
        self._show = show
        self._here = here
        self._back = ""
        self._before = "welcome"
        session.given_up.connect(self._on_given_up)
        session.opened.connect(self._on_opened)

    def listen(self, page: FilesPage) -> None:
        """Do what the page of files asks for, from now on."""
        page.add_wanted.connect(self.add_wanted)
        page.combine_wanted.connect(self._on_combine)
        page.back_wanted.connect(self._on_back)

    @property
    def _page(self) -> FilesPage:
        return self._the_page()

    @property
    def is_shown(self) -> bool:
        """Whether the files are shown side by side now."""
        return self._here() == "files"

    @Slot()
    def begin(self) -> None:
        """Something shall be opened: show the page on which reading shows, and remember which one to come back to."""
        back = self._here()
        if back == "welcome" and self._back:
            back = self._back
        self._back = ""
        self._session.cancel()
        self._back = back
        self._show("welcome")

    @Slot()
    def go_back(self) -> None:
        """Show the page from which something should be opened, and nothing came of it."""
        back, self._back = self._back, ""
        if self._session.workspace is not None and back in {"", "welcome"}:
            back = self._session.landing
        if back:
            self._show(back)

    def show_all(self, paths: Sequence[str]) -> None:
        """Read files and show them side by side, in place of what is open."""
        self._read(paths, None)

    def add(self, paths: Sequence[str], way: Way | None = None) -> None:
        """Read files and show them beside the open survey; ``way`` says what they are to it, if that is known."""
        if paths:
            bundle = self._page.of_open_survey()
            way = way or (bundle.way if len(bundle.files) > 1 else None)
            self._read(paths, replace(bundle, way=way))

    def more(self, paths: Sequence[str]) -> None:
        """Read files and show them beside those that are shown already."""
        if paths:
            self._read(paths, self._page.bundle)

    def again(self, bundle: Bundle) -> None:
        """Read the files of the open survey once more and open them as before; one that is refused is shown."""
        from cxdesk.project.gathering import study  # noqa: PLC0415 - see above

        def read(files: tuple[File, ...]) -> None:
            whole = replace(bundle, files=files)
            if len(whole.read) < len(files):
                self._show_side_by_side(whole)
                return
            self._session.run(
                lambda _job: study(whole),
                lambda found: self._session.open_together(found, again=True),
                self._session.refused.emit,
            )

        self.begin()
        self._session.gather(bundle.inputs, (), read)

    @Slot()
    def show_open(self) -> None:
        """Show of which files the open survey was made, to change how they fit together."""
        self._before = self._here()
        self._page.show_bundle(self._page.of_open_survey())
        self._show("files")

    def _read(self, paths: Sequence[str], beside: Bundle | None) -> None:
        """Read files, and show them side by side with those that are ``beside`` them."""
        from cxdesk.project.gathering import Bundle  # noqa: PLC0415 - see above
        from cxdesk.project.several import Input  # noqa: PLC0415

        bundle = Bundle(()) if beside is None else beside
        if not self.is_shown:
            self._before = self._here()
        self.begin()
        inputs = [Input(path) for path in paths]
        self._session.gather(inputs, bundle.files, lambda files: self._show_side_by_side(replace(bundle, files=files)))

    def _show_side_by_side(self, bundle: Bundle) -> None:
        self._back = ""
        self._session.reading_changed.emit(None)
        self._page.show_bundle(bundle)
        self._show("files")

    @Slot(object)
    def _on_combine(self, found: Study) -> None:
        self.begin()
        self._session.open_together(found)

    @Slot()
    def _on_back(self) -> None:
        self._show(self._before)

    @Slot()
    def _on_given_up(self) -> None:
        if self._back:
            self.go_back()

    @Slot()
    def _on_opened(self) -> None:
        self._back = ""
