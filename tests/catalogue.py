"""Everything that the product says, and whether its Chinese is complete: ``python -m tests.catalogue``.

The messages are collected from the source code, so they have to be literals. The translations are looked at as a
careful reader would: the same gaps as in the English, full-width punctuation between Chinese characters, no words that
claim more than the numbers hold. A line for each fault, and exit status 1 if there is one.
"""

from __future__ import annotations

import ast
import re
import string
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
CODE = ROOT / "cxdesk"
CATALOGUES = ROOT / "resources" / "i18n" / "zh_CN"

HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
HALF_WIDTH = re.compile(rf"{HAN}[,;:!?()](?![\w/])|{HAN}\s?[,;:!?()]\s?{HAN}|[,;:!?()]\s?{HAN}|{HAN}\.(?!\w)")
STRAIGHT_QUOTES = re.compile(r"\"|(?<!\w)'|'(?!\w)")
HYPHEN_AS_MINUS = re.compile(r"(?<![\w–-])-\d")
CLAIMS = re.compile(r"\b(significan\w*|margin of error|p[- ]values?|forecast\w*)\b", re.IGNORECASE)
CAUSES = re.compile(r"\b(because|due to|leads? to|caused? by|drives up|thanks to)\b", re.IGNORECASE)
CLAIMS_ZH = re.compile("显著|误差范围|误差幅度")
CAUSES_ZH = re.compile("导致|因为|由于|归因")


@dataclass(frozen=True, slots=True)
class Message:
    """One message and the places in the code that say it, as "reading/csv.py:12"."""

    msgid: str
    plural: str
    context: str
    places: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.msgid

    @property
    def in_results(self) -> bool:
        """Whether it can be part of a sentence about results, which never names a cause (UX.md 10.6)."""
        return any(place.startswith(("analysis/", "report/", "stats/")) for place in self.places)


@dataclass(frozen=True, slots=True)
class Translation:
    """One entry of a catalogue: the file that holds it and its wording in Chinese."""

    file: str
    msgid: str
    plural: str
    context: str
    wording: str

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.msgid


def messages(code: Path = CODE) -> tuple[list[Message], list[str]]:
    """Collect every ``say`` and ``say_n`` under a folder, and a line for each that is not a literal."""
    found: dict[tuple[str, str, str], list[str]] = {}
    faults: list[str] = []
    for path in sorted(code.rglob("*.py")):
        name = path.relative_to(code).as_posix()
        if name == "text.py":
            continue
        for call in _calls(ast.parse(path.read_text(encoding="utf-8"))):
            place = f"{name}:{call.lineno}"
            try:
                found.setdefault(_said(call), []).append(place)
            except ValueError as fault:
                faults.append(f"{place}: {fault}")
    return [Message(*key, tuple(places)) for key, places in found.items()], faults


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"say", "say_n"}:
            yield node


def _said(call: ast.Call) -> tuple[str, str, str]:
    assert isinstance(call.func, ast.Name)
    wanted = 2 if call.func.id == "say_n" else 1
    forms = [_literal(argument) for argument in call.args[:wanted]]
    if len(forms) < wanted:
        raise ValueError("the message has to come first")
    context = next((_literal(keyword.value) for keyword in call.keywords if keyword.arg == "context"), "")
    if call.func.id == "say" and len(call.args) > 1:
        context = _literal(call.args[1])
    gaps = {keyword.arg for keyword in call.keywords if keyword.arg not in {None, "context"}}
    if call.func.id == "say_n":
        gaps.add("count")
    for form in forms:
        missing = gaps_of(form) - gaps
        if missing and all(keyword.arg is not None for keyword in call.keywords):
            raise ValueError(f"nothing fills {sorted(missing)} in {form!r}")
    return forms[0], forms[1] if wanted == 2 else "", context


def _literal(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise ValueError("a message must be a literal, so that it can be translated")


def gaps_of(message: str) -> set[str]:
    """The names of the gaps of a message: {"count", "name"} of "{count} rows in {name}"."""
    return {name for _, name, _, _ in string.Formatter().parse(message) if name is not None}


def translations(folder: Path = CATALOGUES) -> list[Translation]:
    """Read every entry of the Chinese catalogues."""
    entries = []
    for path in sorted(folder.glob("*.po")):
        for entry in polib.pofile(str(path), encoding="utf-8"):
            wording = entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr
            entries.append(Translation(path.name, entry.msgid, entry.msgid_plural, entry.msgctxt or "", wording))
    return entries


def problems() -> list[str]:
    """Every fault in what the product says, one line each; an empty list means that both languages are complete."""
    said, faults = messages()
    written = translations()
    known = {entry.key: entry for entry in written if entry.wording}
    keys = {message.key for message in said}
    times = Counter(entry.key for entry in written)
    faults += [f"{message.places[0]}: no Chinese for {message.msgid!r}" for message in said if message.key not in known]
    faults += [f"{entry.file}: nobody says {entry.msgid!r}" for entry in written if entry.key not in keys]
    for key, count in times.items():
        if count > 1:
            files = ", ".join(entry.file for entry in written if entry.key == key)
            faults.append(f"{files}: translated {count} times: {key[1]!r}")
    for one, other in _clashing(said):
        faults.append(f"{one.places[0]}, {other.places[0]}: two plurals for {one.msgid!r}")
    for message in said:
        faults += [f"{message.places[0]}: {fault} in {message.msgid!r}" for fault in faults_in_english(message)]
        if message.key in known:
            entry = known[message.key]
            faults += [f"{entry.file}: {fault} in {entry.wording!r}" for fault in faults_in_chinese(message, entry)]
    return faults


def _clashing(said: list[Message]) -> Iterator[tuple[Message, Message]]:
    first: dict[tuple[str, str], Message] = {}
    for message in said:
        other = first.setdefault(message.key, message)
        if other is not message:
            yield other, message


def faults_in_english(message: Message) -> Iterator[str]:
    """What a careful reader would mark in the English of a message."""
    for form in (message.msgid, message.plural):
        if form != form.strip() or "  " in form:
            yield "stray spaces"
        if "..." in form:
            yield "three dots instead of an ellipsis"
        if STRAIGHT_QUOTES.search(form):
            yield "straight quotes"
        if HYPHEN_AS_MINUS.search(form):
            yield "a hyphen as minus"
        if CLAIMS.search(form):
            yield "a word that claims too much"
        if message.in_results and CAUSES.search(form):
            yield "a word of cause"


def faults_in_chinese(message: Message, entry: Translation) -> Iterator[str]:
    """What a careful reader would mark in its Chinese."""
    english = message.plural or message.msgid
    if gaps_of(entry.wording) != gaps_of(english):
        yield f"gaps differ from {english!r}"
    if bool(entry.plural) != bool(message.plural):
        yield "plural in one language only"
    if entry.wording != entry.wording.strip():
        yield "stray spaces"
    if re.search(HAN, entry.wording):
        if HALF_WIDTH.search(_without_gaps(entry.wording)):
            yield "half-width punctuation"
        if STRAIGHT_QUOTES.search(entry.wording):
            yield "straight quotes"
    if HYPHEN_AS_MINUS.search(entry.wording):
        yield "a hyphen as minus"
    if CLAIMS_ZH.search(entry.wording):
        yield "a word that claims too much"
    if message.in_results and CAUSES_ZH.search(entry.wording):
        yield "a word of cause"


def _without_gaps(wording: str) -> str:
    return re.sub(r"\{\w+\}", "0", wording)


def main() -> int:
    faults = problems()
    print(*faults, sep="\n")
    print(f"{len(messages()[0])} messages, {len(faults)} faults")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
