"""Cards with words: what is worth a look, notices, and why there is nothing to show."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from cxdesk.blocks.note import Empty, Findings, Note
from cxdesk.text import Label, Translator, say
from cxdesk.ui.icons import pixmap
from cxdesk.ui.parts import button, label, restyle
from cxdesk.ui.widgets.cards import PADDING, BlockCard


class FindingsCard(BlockCard[Findings]):
    """What is worth a look, each line with a link, or the sentence that nothing is."""

    def fill(self, block: Findings) -> None:
        """Build the card."""
        theme, translator, findings = self.theme, self.translator, block
        self.column.addWidget(label(translator(findings.title), "title"))
        ratio = self.devicePixelRatioF()
        for line in findings.lines:
            row = QHBoxLayout()
            row.setSpacing(8)
            if line.sign in {"above", "below"}:
                above = line.sign == "above"
                mark = label("▲" if above else "▼", "promoter" if above else "detractor")
            else:
                image = {"warn": "warning", "ok": "check"}.get(line.sign, "info")
                color = {"warn": theme.palette.warn_text, "ok": theme.palette.ok_text}.get(
                    line.sign, theme.palette.info_text
                )
                mark = QLabel()
                mark.setPixmap(pixmap(image, color, theme.px(15), ratio))
            mark.setFixedWidth(theme.px(16))
            row.addWidget(mark)
            row.addWidget(_led(line.lead, line.text, translator), 1)
            if line.link and line.link_text is not None:
                name = f"{translator(line.link_text)}: {translator(line.lead)}"
                link = button(translator(line.link_text), "link", name=name)
                link.setProperty("link", line.link)
                link.clicked.connect(self.follow)
                row.addWidget(link)
            self.column.addLayout(row)
        if not findings.lines:
            self.column.addWidget(label(translator(findings.nothing), "caption2", wrap=True))


class NoteCard(BlockCard[Note]):
    """A coloured notice."""

    def fill(self, block: Note) -> None:
        """Build the card."""
        theme, translator, note = self.theme, self.translator, block
        restyle(self, note.level.value)
        row = QHBoxLayout()
        row.setSpacing(12)
        mark = QLabel()
        name = "warning" if note.level.value == "warn" else "info"
        color = theme.palette.warn_text if name == "warning" else theme.palette.info_text
        mark.setPixmap(pixmap(name, color, theme.px(18), self.devicePixelRatioF()))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(label(translator(note.title), "title", wrap=True))
        lines.addWidget(label(translator(note.text), wrap=True))
        row.addLayout(lines, 1)
        self.column.addLayout(row)
        self.setAccessibleName(translator(note.title))


class EmptyCard(BlockCard[Empty]):
    """Why there is nothing to show, and what to do."""

    def fill(self, block: Empty) -> None:
        """Build the card."""
        theme, translator, empty = self.theme, self.translator, block
        self.column.setContentsMargins(PADDING, 28, PADDING, 28)
        mark = QLabel()
        mark.setPixmap(pixmap("info", theme.palette.muted, theme.px(24), self.devicePixelRatioF()))
        title = label(translator(empty.title), "title", wrap=True)
        text = label(translator(empty.text), "caption", wrap=True)
        for widget in (mark, title, text):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.column.addWidget(widget)
        if empty.action and empty.action_text is not None:
            act = button(translator(empty.action_text))
            act.setProperty("link", empty.action)
            act.clicked.connect(self.follow)
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(act)
            row.addStretch(1)
            self.column.addSpacing(6)
            self.column.addLayout(row)

    def sizeHint(self) -> QSize:
        """At least as high as a small chart."""
        return super().sizeHint().expandedTo(QSize(200, self.theme.px(130)))


def _led(lead: Label, text: Label, translator: Translator) -> QLabel:
    """A sentence whose first words are bold; words of the survey are escaped, never read as markup."""
    first, whole = translator(lead), translator(say("{lead} {text}", lead=lead, text=text))
    made = label("", wrap=True)
    made.setTextFormat(Qt.TextFormat.RichText)
    rest = whole.removeprefix(first)
    made.setText(f"<b>{escape(first)}</b>{escape(rest)}")
    made.setAccessibleName(whole)
    return made
