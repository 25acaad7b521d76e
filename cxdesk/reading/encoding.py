"""Finds out in which encoding a text file was written, without asking if that can be helped.

The order is that of FORMATS.md 1.2: byte order mark, UTF-16 without one, strict UTF-8, UTF-8 with a few broken
places, then the detector, whose answer must also be plausible; at last Western text with its unreadable characters
counted.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

import chardet

from cxdesk.job import Job
from cxdesk.reading.guards import MEGABYTE
from cxdesk.reading.origin import Origin

_BLOCK = MEGABYTE
_SAMPLE = 200_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "hz": "hz",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "cp950",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
}
_EAST_ASIAN = frozenset(
    {"gb18030", "cp950", "big5hkscs", "cp932", "shift_jis_2004", "euc_jp", "euc_jis_2004", "cp949", "johab"}
)
_DATED = (
    "cp037",
    "cp273",
    "cp424",
    "cp437",
    "cp500",
    "cp720",
    "cp737",
    "cp775",
    "cp85",
    "cp86",
    "cp875",
    "cp10",
    "cp11",
    "mac",
)
_SHORT = 400
_LAST_RESORT = "cp1252"
_BROKEN = re.compile("\ufffd+")


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes become text: Python's codec, how many bytes of mark to skip, how many places are unreadable."""

    codec: str
    skip: int = 0
    unreadable: int = 0

    @property
    def name(self) -> str:
        """The name as the receipt shows it: "UTF-8", "GB18030", "Windows-1252"."""
        return _NAMES.get(self.codec, self.codec.upper().replace("_", "-"))


_NAMES = {
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp932": "Shift_JIS",
    "cp949": "EUC-KR",
    "cp950": "Big5",
    "mac-roman": "Mac Roman",
}


def find_encoding(origin: Origin, chosen: str | None, job: Job) -> Encoding:
    """The encoding of a text file; ``chosen`` by a person wins if Python knows it."""
    head = origin.head(4)
    codec = _lookup(chosen) if chosen else None
    for mark, marked in _MARKS:
        if head.startswith(mark) and codec in (None, marked, "utf-8", "utf-16", "utf-32"):
            return Encoding(marked, len(mark), _unreadable(origin, marked, len(mark), job))
    if codec is not None:
        return Encoding(codec, 0, _unreadable(origin, codec, 0, job))
    wide = wide_codec(origin.head(4096))
    if wide is not None:
        return Encoding(wide, 0, _unreadable(origin, wide, 0, job))
    head = origin.head(_SAMPLE)
    if b"\x1b$" in head and head.isascii():
        # The seven-bit encodings of Japanese and Korean mail switch alphabets by escape sequences.
        return Encoding(_guess(head))
    survey = _survey(origin, job)
    if survey.broken == 0 or survey.broken * 20 <= survey.good:
        # A few broken places among many good characters: exports cut a long text in the middle of a character.
        return Encoding("utf-8", 0, survey.broken)
    guessed = _guess(survey.sample)
    return Encoding(guessed, 0, _unreadable(origin, guessed, 0, job))


def _lookup(name: str) -> str | None:
    try:
        found = codecs.lookup(name)
        "".encode(found.name)
    except LookupError:  # unknown, or one of Python's codecs that do not make text
        return None
    return found.name


def _unreadable(origin: Origin, codec: str, skip: int, job: Job) -> int:
    """How many places of the file the codec cannot read."""
    decoder = codecs.getincrementaldecoder(codec)("replace")
    found = 0
    with origin.open() as stream:
        stream.seek(skip)
        while block := stream.read(_BLOCK):
            found += _broken(decoder.decode(block))
            job.check()
        return found + _broken(decoder.decode(b"", final=True))


def _broken(text: str) -> int:
    return len(_BROKEN.findall(text)) if "\ufffd" in text else 0


def wide_codec(head: bytes) -> str | None:
    """UTF-16 or UTF-32, with or without its mark, by the places where zero bytes stand; None for anything else."""
    for mark, codec in _MARKS[1:5]:
        if head.startswith(mark):
            return codec
    zeros = [head[place::4].count(0) for place in range(4)]
    quarter = len(head) / 4
    for codec, places in (("utf-32-le", (2, 3)), ("utf-32-be", (0, 1))):
        others = min(zeros[place] for place in range(4) if place not in places)
        if min(zeros[place] for place in places) > quarter * 0.9 and others < quarter * 0.1:
            return codec
    odd, even = zeros[1] + zeros[3], zeros[0] + zeros[2]
    codec, here, there = ("utf-16-le", odd, even) if odd > even else ("utf-16-be", even, odd)
    # Every ASCII character has its zero byte on the same side.
    if here <= len(head) / 40 or there * 20 > here:
        return None
    text = head[: len(head) // 2 * 2].decode(codec, "replace")
    strange = sum(unicodedata.category(char) in ("Cn", "Co", "Cc") and char not in "\r\n\t" for char in text)
    return codec if strange * 20 < len(text) else None


@dataclass(frozen=True, slots=True)
class _Survey:
    """What reading as UTF-8 found: broken places, good characters beyond ASCII, and the lines that hold either."""

    broken: int
    good: int
    sample: bytes


def _survey(origin: Origin, job: Job) -> _Survey:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    broken = good = 0
    sample: list[bytes] = []
    sampled = 0
    with origin.open() as stream:
        while block := stream.read(_BLOCK):
            job.check()
            text = decoder.decode(block)
            if not block.isascii():
                here = _broken(text)
                broken += here
                good += len(text) - len(text.encode("ascii", "ignore")) - here
                if sampled < _SAMPLE:
                    lines = [line for line in re.split(rb"[\r\n]+", block) if not line.isascii()]
                    piece = b"\n".join(lines)[: _SAMPLE - sampled]
                    sample.append(piece)
                    sampled += len(piece)
        broken += _broken(decoder.decode(b"", final=True))
    return _Survey(broken, good, b"\n".join(sample))


def _guess(sample: bytes) -> str:
    """The detector's most likely codec that can read the sample and does not see Chinese where there is none."""
    answers = chardet.detect_all(sample, ignore_threshold=True, max_bytes=_SAMPLE)
    codecs_found = [_lookup(answer["encoding"] or "") for answer in answers[:6]]
    if len(sample) < _SHORT:
        # A few words fit many encodings; those of DOS, old Macs and mainframes are then hardly meant.
        codecs_found.sort(key=lambda codec: codec is not None and codec.startswith(_DATED))
    for codec in codecs_found:
        if codec is None or codec in ("utf-8", "utf-7"):
            continue
        wide = _SUPERSETS.get(codec, codec)
        if _plausible(sample, wide):
            return wide
    return "gb18030" if _plausible(sample, "gb18030") else _LAST_RESORT


def _plausible(sample: bytes, codec: str) -> bool:
    """Whether the sample, read this way, is whole and, for East Asian codecs, really holds such writing."""
    try:
        text = sample.decode(codec, "replace")
    except (LookupError, UnicodeError):
        return False
    beyond = [char for char in text if not char.isascii()]
    if codec.startswith("iso2022"):
        return bool(beyond) and not _broken(text)
    if _broken(text) * 50 > len(beyond) or not beyond:
        return False
    if codec not in _EAST_ASIAN:
        return True
    common = sum(_is_common_east_asian(char) for char in beyond)
    # Two stray bytes in an English file make one rare character; real text has many common ones, often in a row.
    letters = sum(char.isascii() and char.isalpha() for char in text)
    return common * 10 >= len(beyond) * 7 and (common >= 8 or common * 4 >= letters)


def _is_common_east_asian(char: str) -> bool:
    return (
        "\u4e00" <= char <= "\u9fa5"
        or "\u3000" <= char <= "\u30ff"
        or "\uac00" <= char <= "\ud7a3"
        or "\uff01" <= char <= "\uff9f"
        or char in "“”‘’—…·、。《》【】×÷°±→←↑↓★☆○●◎△▲□■◇◆①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤ"
    )
