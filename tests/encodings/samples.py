"""The heads of survey files whose encoding is known: headers and answers, written in one codec, cut after some bytes.

Every other sample is cut wherever the byte count falls, also inside a character, as a file that was sent in part would
be; the others end with a whole character.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

FAMILIES: dict[str, tuple[tuple[str, ...], tuple[str, ...], int]] = {
    "simplified Chinese": (("zh-Hans",), ("gb18030", "gbk", "utf-8", "utf-8-sig", "utf-16"), 10),
    "traditional Chinese": (("zh-Hant",), ("cp950", "utf-8"), 12),
    "Japanese": (("ja",), ("cp932", "euc_jp", "utf-8"), 10),
    "Korean": (("ko",), ("cp949", "euc_kr", "utf-8"), 10),
    "Western": (("fr", "de", "es", "pt", "it", "sv"), ("cp1252", "latin-1", "mac-roman", "utf-8", "utf-8-sig"), 3),
    "Central European": (("pl", "cs", "hu"), ("cp1250", "utf-8"), 4),
}
"""Languages, codecs, and how many samples each pair of them gives per length."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Bytes, and the codec that they were written with."""

    family: str
    language: str
    codec: str
    content: bytes

    @property
    def text(self) -> str:
        """What a person should see; a character cut in half at the end is a replacement character."""
        return self.content.decode(self.codec, "replace")


def samples(sentences: Mapping[str, tuple[str, ...]], length: int) -> Iterator[Sample]:
    """Every sample of ``length`` bytes; all of them hold characters beyond ASCII."""
    for family, (languages, codecs, count) in FAMILIES.items():
        for language in languages:
            for codec in codecs:
                for number in range(count):
                    written = _survey(sentences[language], number)
                    content = _cut(written, codec, length, safe=number % 2 == 0)
                    yield Sample(family, language, codec, content)


def _survey(sentences: tuple[str, ...], number: int) -> str:
    """A small survey: a row of headers and rows with a number, a score and an answer; long enough for any cut."""
    headers, answers = sentences[:3], sentences[3:]
    comma = "," if "," in headers[0] else ";"
    start = number * 5 % len(answers)
    rows = [
        f'{row + 1}{comma}{(row * 7 + number) % 11}{comma}"{answers[(start + row) % len(answers)]}"'
        for row in range(60)
    ]
    return "\r\n".join([headers[number % 3], *rows])


def _cut(text: str, codec: str, length: int, *, safe: bool) -> bytes:
    content = text.encode(codec)[:length]
    while safe and content.decode(codec, "ignore").encode(codec) != content:
        content = content[:-1]
    return content
