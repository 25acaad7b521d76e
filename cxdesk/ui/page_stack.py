"""The pages of the window, one shown at a time; a page is made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtWidgets import QStackedWidget, QWidget

from cxdesk.ui.pages.page import Page


class Pages(Mapping[str, Page]):
    """Pages by key. Asking for one makes it; walking over the keys makes none."""

    def __init__(self, makers: Mapping[str, Callable[[], Page]], parent: QWidget | None = None) -> None:
        """``makers`` gives each page's key and what makes it, once."""
        self.stack = QStackedWidget(parent)
        self._makers = makers
        self._made: dict[str, Page] = {}

    def __getitem__(self, key: str) -> Page:
        """The page with this key; raises `KeyError` if there is none."""
        page = self._made.get(key)
        if page is None:
            page = self._made[key] = self._makers[key]()
            self.stack.addWidget(page)
        return page

    def __contains__(self, key: object) -> bool:
        """Whether there is such a page, made or not."""
        return key in self._makers

    def __iter__(self) -> Iterator[str]:
        """The keys in the order of the menu."""
        return iter(self._makers)

    def __len__(self) -> int:
        """How many pages there are."""
        return len(self._makers)

    def is_made(self, key: str) -> bool:
        """Whether somebody asked for this page before."""
        return key in self._made

    @property
    def here(self) -> str:
        """The key of the page that is shown; "" before the first."""
        shown = self.stack.currentWidget()
        return next((key for key, page in self._made.items() if page is shown), "")
