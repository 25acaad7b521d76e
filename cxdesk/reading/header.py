"""Takes column headers apart: the question, and the option or grid row that one column of it stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_TAGS = re.compile(r"<[^<>]{1,80}>")
_INLINE = re.compile(r"</?(?:strong|em|b|i|u|span|font|sup|sub|a|mark|small)\b[^<>]{0,80}>", re.I)
_NUMBERING = re.compile(r"^\s*(?:[QＱ]\s*)?\d{1,3}\s*[、．.：:)）]\s*(?=\D)", re.I)
_BRACKET = re.compile(r"^(.*?)[\s.:]*\[([^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]\s*$", re.S)
_ROUND = re.compile(r"^((?:第\s*\d+\s*题|[QＱ]?\d{1,3}\s*[、.．]?)[^()（）]*)[(（](.+)[)）]\s*$", re.S)
_LONG_DASH = re.compile(r"^(.+?)\s*(?:—+|–)\s*(.+)$", re.S)
_DASH = re.compile(r"^(.+\S)\s+-\s+(.+)$", re.S)
_COLON = re.compile(r"^([^:：]{2,80})[:：]\s*(\S.*)$", re.S)
_CODE = re.compile(r"^(.*[^\d\W]\d*?|[A-Za-z]+\d+)[_.#](-?\d{1,4}|[a-z]|[A-Z]{1,3}\d{1,4}|r\d+c\d+)$")
_CODED = re.compile(r"^([A-Za-z]{1,4}\d{1,4}[_.-](?:\d{1,3}|[a-z]|[A-Z]{1,3}\d{1,4}))\s*[\s.:：、)]\s*(\S.{3,})$", re.S)
_GRID_CODE = re.compile(r"^(.*?[A-Za-z]*\d+)(r\d+(?:c\d+)?)$")


@dataclass(frozen=True, slots=True)
class Title:
    """What the headers of a column say: its question, the option or row it stands for, and the platform's short code.

    ``stem`` is equal for columns of one question; "" if the headers do not tell that there are others. ``whole`` marks
    a column that holds a complete single choice, so the file does not spread single choices over columns;
    ``written`` one of which the platform says that people wrote it themselves.
    """

    text: str
    stem: str = ""
    option: str = ""
    code: str = ""
    whole: bool = False
    written: bool = False


def clean(text: str) -> str:
    """A header as people should read it: without tags, line breaks and doubled spaces."""
    return " ".join(_TAGS.sub(" ", _INLINE.sub("", text)).replace("\u00a0", " ").replace("\ufeff", "").split())


def without_number(text: str) -> str:
    """A question without the number that the platform put before it: "3、满意度" -> "满意度"."""
    return _NUMBERING.sub("", text, count=1).strip() or text


def simple_title(headers: tuple[str, ...]) -> Title:
    """The title of a column with one header row; "Q5_1 Rate: Staff" is a code and its words."""
    text = clean(headers[-1]) if headers else ""
    found = _CODED.match(text)
    return Title(found[2], code=found[1]) if found else Title(text)


Splitter = Callable[[Title], tuple[str, str] | None]


def by_bracket(title: Title) -> tuple[str, str] | None:
    """Split ``Question [Row]``."""
    found = _BRACKET.match(title.text)
    return (found[1].strip(), found[2].strip()) if found and found[2].strip() else None


def by_round(title: Title) -> tuple[str, str] | None:
    """Split ``第6题(运动)`` and ``6、题目(选项)``."""
    found = _ROUND.match(title.text)
    return (found[1].strip(), found[2].strip()) if found else None


def by_long_dash(title: Title) -> tuple[str, str] | None:
    """Split ``题目—行``."""
    found = _LONG_DASH.match(title.text)
    return (found[1].strip(), found[2].strip()) if found else None


def by_dash(title: Title) -> tuple[str, str] | None:
    """Split ``Question - Row``."""
    found = _DASH.match(title.text)
    return (found[1].strip(), found[2].strip()) if found else None


def by_colon(title: Title) -> tuple[str, str] | None:
    """Split ``Question: option``."""
    found = _COLON.match(title.text)
    return (found[1].strip(), found[2].strip()) if found else None


def by_colon_behind(title: Title) -> tuple[str, str] | None:
    """Split ``Option:Question``, as Alchemer writes it."""
    option, colon, stem = title.text.partition(":")
    return (stem.lstrip(": ").strip(), option.strip()) if colon and len(stem.strip()) > 8 else None


def by_slash(title: Title) -> tuple[str, str] | None:
    """Split ``question/option``, as KoboToolbox writes it."""
    stem, slash, option = title.text.rpartition("/")
    return (stem, option) if slash and stem == stem.rstrip() and option == option.lstrip() else None


def by_code(title: Title) -> tuple[str, str] | None:
    """Split ``q5_1``, ``q14r01c01`` and ``Q2_-1``: columns that share a code."""
    code = title.code or title.text
    if " " in code.strip() or len(code) > 40:
        return None
    found = _CODE.match(code) or _GRID_CODE.match(code)
    return (found[1], found[2]) if found else None


SPLITTERS: tuple[Splitter, ...] = (
    by_bracket,
    by_round,
    by_code,
    by_long_dash,
    by_dash,
    by_colon,
    by_colon_behind,
    by_slash,
)


def common_stem(texts: Sequence[str]) -> tuple[str, list[str]]:
    """What several titles begin with, and what is left of each: ("Check all", ["Great", "Tolerable"]).

    The cut is made at a separator. Without a shared beginning the stem is "".
    """
    shared = _shared_beginning(texts)
    if len(set(texts)) == 1:
        return shared, ["" for _ in texts]
    cut = max(
        shared.rfind("-"),
        shared.rfind(":"),
        shared.rfind("—"),
        shared.rfind("："),
        shared.rfind("?"),
        shared.rfind("？"),
    )
    if cut < 3:
        return "", list(texts)
    return shared[:cut].rstrip(" -:—："), [text[cut + 1 :].strip(" -:—：") for text in texts]


def _shared_beginning(texts: Sequence[str]) -> str:
    first, last = min(texts), max(texts)
    length = next((place for place, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[:length]
