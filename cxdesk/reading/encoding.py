"""Finds out in which encoding a text file was written, without asking if that can be helped.

The order is that of FORMATS.md 1.2: byte order mark, UTF-16 without one, strict UTF-8, UTF-8 with a few broken
places; then the usual encodings and what the detector adds, of which that one wins in which the bytes say the most
likely text (`languages`); at last Western text with its unreadable characters counted.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import chardet

from cxdesk.job import Job
from cxdesk.reading.guards import MEGABYTE
from cxdesk.reading.languages import likelihood, usual_share
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
_USUAL = (
    "gb18030",
    "cp950",
    "cp932",
    "euc_jp",
    "cp949",
    "cp1252",
    "cp1250",
    "iso8859-15",
    "iso8859-2",
    "mac-roman",
    "cp1251",
    "cp1253",
    "cp1254",
)
"""What spreadsheets and survey tools write; tried whatever the detector thinks."""
_NEVER = frozenset({"utf-8", "utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"})
"""Found or ruled out before anything is guessed."""
_RARE = -6.0
_OPINION = 4.0
_WESTERN = 2.0
_MOSTLY = 0.3
_SEVERAL = 4
_LOOKED_AT = 12_000
_PREVIEW = 1 << 16
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


@dataclass(frozen=True, slots=True)
class Candidate:
    """A way to read a file: what people call it, Python's codec, the text that it gives, and how usual that text is.

    ``right_share`` is the share (0 to 1) of the characters beyond ASCII that are usual in some language.
    """

    name: str
    codec: str
    sample: str
    right_share: float


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
    if survey.broken * 20 <= survey.good and (survey.good or not survey.cut):
        # A few broken places among many good characters: exports cut a long text in the middle of a character.
        return Encoding("utf-8", 0, survey.broken + survey.cut)
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
    """What reading as UTF-8 found: broken places, whether the end is cut, good characters, the lines that hold any."""

    broken: int
    cut: int
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
        cut = _broken(decoder.decode(b"", final=True))
    return _Survey(broken, cut, good, b"\n".join(sample))


def candidates(head: bytes, count: int = 3) -> tuple[Candidate, ...]:
    """The most likely ways to read the beginning of a text file, best first; no two of them show the same text.

    For a person who sees garbled text: one of these is meant. ``head`` may end inside a character. Costs some
    milliseconds for the first 64 KB, which are all that is looked at.
    """
    head = head[:_PREVIEW]
    marked = next((Encoding(codec, len(mark)) for mark, codec in _MARKS if head.startswith(mark)), None)
    wide = wide_codec(head[:4096])
    sure = [marked] if marked else [Encoding(wide)] if wide else []
    text = _read(head, "utf-8")
    if not head.isascii() and _broken(text) * 20 <= sum(not char.isascii() for char in text):
        sure.append(Encoding("utf-8"))
    sample = b"\n".join(line for line in re.split(rb"[\r\n]+", head) if not line.isascii())
    found: dict[str, Candidate] = {}
    for encoding in (*sure, *(Encoding(codec) for codec in _ranked(sample)), Encoding("utf-8"), Encoding(_LAST_RESORT)):
        text = _read(head[encoding.skip :], encoding.codec)
        if text not in found and len(found) < count:
            found[text] = Candidate(encoding.name, encoding.codec, text, usual_share(text))
    return tuple(found.values())


def _guess(sample: bytes) -> str:
    """The codec in which the sample would say the most likely text."""
    return next(iter(_ranked(sample)), _LAST_RESORT)


def _ranked(sample: bytes) -> list[str]:
    """Codecs that can read the sample, the most likely first.

    The detector adds encodings that people rarely meet and its own opinion, which grows better with more text; what
    the bytes would say decides between them.
    """
    answers = [_lookup(answer["encoding"] or "") for answer in _detected(sample)]
    rare = [_SUPERSETS.get(codec, codec) for codec in answers if codec is not None]
    scores: dict[str, float] = {}
    for codec in dict.fromkeys((*_USUAL, *rare)):
        text = _read(sample, codec) if codec not in _NEVER else ""
        if not _plausible(text, codec):
            continue
        score = likelihood(text[:_LOOKED_AT], wide=codec in _EAST_ASIAN)
        score += _RARE * (codec not in _USUAL) + _OPINION * (codec in rare[:1]) + _WESTERN * (codec == _LAST_RESORT)
        scores[codec] = score
    return sorted(scores, key=scores.__getitem__, reverse=True)


def _detected(sample: bytes) -> list[Any]:
    return list(chardet.detect_all(sample, ignore_threshold=True, max_bytes=_SAMPLE))[:6] if sample else []


def _read(sample: bytes, codec: str) -> str:
    """The text of bytes that may end inside a character."""
    return codecs.getincrementaldecoder(codec)("replace").decode(sample)


def _plausible(text: str, codec: str) -> bool:
    """Whether a text that was read with a codec is whole and, for East Asian codecs, really holds such writing."""
    broken, beyond = _broken(text), len(text) - len(text.encode("ascii", "ignore"))
    if codec.startswith("iso2022"):
        return beyond > 0 and not broken
    if not beyond or broken * 50 > beyond:
        return False
    if codec not in _EAST_ASIAN:
        return True
    # Two stray bytes in an English file make one rare character; real text has several, and mostly common ones.
    letters = sum(char.isascii() and char.isalpha() for char in text[:_LOOKED_AT])
    return (beyond >= _SEVERAL or beyond * 4 >= letters) and usual_share(text[:_LOOKED_AT]) >= _MOSTLY
