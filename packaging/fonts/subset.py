"""Makes the two fonts that the program carries from Noto Sans CJK (SIL Open Font License 1.1).

Run with the Debian package fonts-noto-cjk installed and fontTools (a dependency of matplotlib):

    python packaging/fonts/subset.py FOLDER_WITH_NOTO_TTC

Regular holds every character of GBK (simplified and traditional), kana, Latin, Greek, Cyrillic and the signs of our
charts; Bold holds GB2312. The family is renamed to "CX Desk Sans", so that a different copy of Noto on a computer is
never mixed with ours and charts look the same everywhere.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

FAMILY = "CX Desk Sans"
TARGET = Path(__file__).resolve().parents[2] / "resources" / "fonts"
SIMPLIFIED_CHINESE = 2
"""The position of the SC face in Debian's collections."""

SIGNS = "▲▼◆●○◇■□△▽→←↑↓…−–—‘’“”·•×÷±≥≤≈≠‰％┋№℃①②③④⑤⑥⑦⑧⑨⑩★☆✓✗"
RANGES = ((0x20, 0x24F), (0x370, 0x3FF), (0x400, 0x45F), (0x2000, 0x206F), (0x20A0, 0x20BF), (0x3000, 0x30FF), (0xFF00, 0xFFEF))


def characters(encoding: str) -> set[int]:
    """Every character that a double-byte encoding can write, plus Latin, Greek, Cyrillic, kana and our signs."""
    found = {ord(sign) for sign in SIGNS}
    for first, last in RANGES:
        found.update(range(first, last + 1))
    found.update(_double_bytes(encoding))
    return found


def _double_bytes(encoding: str) -> Iterator[int]:
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            try:
                text = bytes((lead, trail)).decode(encoding)
            except UnicodeDecodeError:
                continue
            yield from (ord(letter) for letter in text)


def make(source: Path, encoding: str, style: str) -> Path:
    """Cut one face down to the characters of ``encoding`` and rename it; returns the file written."""
    font: TTFont = TTCollection(str(source)).fonts[SIMPLIFIED_CHINESE]
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum"]
    options.name_IDs = ["*"]
    options.hinting = False
    options.desubroutinize = False
    options.notdef_outline = True
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters(encoding))
    cutter.subset(font)
    _rename(font, style)
    path = TARGET / f"CXDeskSans-{style}.otf"
    font.save(path)
    return path


def _rename(font: TTFont, style: str) -> None:
    names = font["name"]
    names.names = [name for name in names.names if name.platformID == 3 and name.langID == 0x409]
    full = FAMILY if style == "Regular" else f"{FAMILY} {style}"
    for identifier, text in ((1, FAMILY), (2, style), (3, f"{full} 1"), (4, full), (6, f"CXDeskSans-{style}"), (16, FAMILY), (17, style)):
        names.setName(text, identifier, 3, 1, 0x409)
    top = font["CFF "].cff
    top.fontNames = [f"CXDeskSans-{style}"]
    top.topDictIndex[0].FamilyName = FAMILY
    top.topDictIndex[0].FullName = full


def main() -> None:
    """Make both fonts."""
    folder = Path(sys.argv[1])
    TARGET.mkdir(parents=True, exist_ok=True)
    for path in (
        make(folder / "NotoSansCJK-Regular.ttc", "gbk", "Regular"),
        make(folder / "NotoSansCJK-Bold.ttc", "gb2312", "Bold"),
    ):
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
