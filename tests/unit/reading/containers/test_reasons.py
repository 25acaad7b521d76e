"""Every reason for which a file can be refused: one fixed list, in plain words, in every language."""

import ast
import re
from pathlib import Path

import pytest

import cxdesk
from cxdesk.reading import guards
from cxdesk.reading.guards import LIMITS
from cxdesk.reading.problem import REASONS, ReadRefused
from cxdesk.text import LANGUAGES, Text, Translator

HOME = Path(cxdesk.__file__).parent
MAKERS = ("ReadRefused", "_refuse", "_resave")


def said(node: ast.AST) -> Text | None:
    """The text of a ``say("...", ...)`` with its gaps filled with something."""
    if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say"):
        return None
    words = ast.literal_eval(node.args[0])
    return Text(words, tuple((gap, "1") for gap in re.findall(r"\{(\w+)\}", words)))


def refusals() -> list[tuple[str, str, list[Text]]]:
    """(code, place, texts) of every refusal that the source code makes."""
    found = []
    for path in sorted(HOME.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MAKERS and node.args:
                texts = [text for argument in node.args for text in [said(argument)] if text is not None]
                if isinstance(node.args[0], ast.Constant) and texts:
                    found.append((str(node.args[0].value), f"{path.relative_to(HOME)}:{node.lineno}", texts))
    return found


FOUND = refusals()


def test_every_refusal_is_on_the_list_and_every_entry_of_the_list_is_made() -> None:
    assert {code for code, _, _ in FOUND} == REASONS.keys()
    assert len(REASONS) >= 35


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_reads_well(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    translate = Translator(language)
    for code, place, texts in FOUND:
        for text in texts:
            shown = translate(text)
            print(f"{code:18} {place:28} {shown}")
            assert shown.endswith("." if language == "en" else "。"), place
            assert not re.search(
                r"\b(XML|OOXML|BIFF|zlib|codec|exception|invalid|parse)\b",
                shown.replace("XML file", "").replace("XML 文件", ""),
            ), place
            if language != "en":
                assert re.search("[\u4e00-\u9fff]", shown), place
    assert len(capsys.readouterr().out.splitlines()) > 2 * len(REASONS) - 30


MADE = {
    "too_big": lambda: guards.check_size(LIMITS.file_bytes + 1, LIMITS),
    "too_many_rows": lambda: guards.check_rows(LIMITS.sheet_rows + 1, LIMITS.sheet_rows),
    "too_many_columns": lambda: guards.check_columns(LIMITS.columns + 1, LIMITS),
    "too_many_cells": lambda: guards.check_cells(1_000_001, 100, LIMITS),
    "stray_cell": lambda: guards.check_stray(1_048_576, 16_384, "XFD1048576", LIMITS),
}


@pytest.mark.parametrize("code", MADE)
def test_each_cap_has_its_own_words_and_the_value_below_it_passes(code: str) -> None:
    with pytest.raises(ReadRefused) as caught:
        MADE[code]()
    assert caught.value.code == code
    guards.check_size(LIMITS.file_bytes, LIMITS)
    guards.check_rows(LIMITS.sheet_rows, LIMITS.sheet_rows)
    guards.check_columns(LIMITS.columns, LIMITS)
    guards.check_cells(1_000_000, 100, LIMITS)
