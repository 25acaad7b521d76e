"""Makes the two fonts that the program carries: cut-down copies of Noto Sans CJK SC under a name of their own.

A chart or a window must never show an empty box, whatever fonts a computer has, so the program brings its own. The
full fonts hold 45,000 characters each; a survey needs what the usual character sets hold (GBK, Big5, JIS, EUC-KR and
the European ones) in the regular weight, and their everyday part (GB2312, level 1 of Big5, Korean syllables) in the
bold one, which titles and group names use. The family is renamed to "CX Desk Sans", so that Qt and matplotlib can never
mistake a different copy of Noto on a computer for it and charts look the same everywhere.

Run on Debian with the package fonts-noto-cjk: ``python packaging/fonts/subset.py``. The result is the same each time.
Variant forms for other regions and vertical writing are left out, which more than pays for the Korean and Japanese.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

FAMILY = "CX Desk Sans"
SOURCE = Path("/usr/share/fonts/opentype/noto")
TARGET = Path(__file__).resolve().parents[2] / "resources" / "fonts"

EVERYDAY = (
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x024F),  # Western, Central European, Turkish, Pinyin
    (0x02B0, 0x036F),  # modifiers and combining accents
    (0x0370, 0x052F),  # Greek and Cyrillic
    (0x1E00, 0x1EFF),  # Vietnamese
    (0x2000, 0x206F),  # punctuation and spaces
    (0x2070, 0x20CF),  # superscripts, currency
    (0x2100, 0x22FF),  # letter-like, numbers, arrows, mathematics
    (0x2300, 0x23FF),  # technical
    (0x2460, 0x27BF),  # circled numbers, lines, blocks, shapes, stars, ticks
    (0x2B00, 0x2BFF),  # more arrows and shapes
    (0x3000, 0x312F),  # CJK punctuation, kana, bopomofo
    (0x31F0, 0x33FF),  # kana, enclosed and squared CJK
    (0xFE30, 0xFE6F),  # compatibility and small forms
    (0xFF00, 0xFFEF),  # full-width and half-width forms
)
SAME_LOOK = {0x2007: 0x2002, 0x2009: 0x2006, 0x2011: 0x2010, 0x202F: 0x2006, 0xFFFD: 0x25C6}
"""Signs that the source may lack, and the characters that they are drawn like: spaces, a hyphen, a lost character."""

DROPPED_TABLES = ("VORG", "vhea", "vmtx", "DSIG")
"""Needed for vertical writing only."""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lead bytes of a two-byte encoding: all of it, or only its everyday part."""

    codec: str
    first: int = 0x81
    last: int = 0xFE


ALL = (Block("gbk"), Block("big5"), Block("cp932"), Block("cp949"))
COMMON = (Block("gb2312"), Block("big5", 0xA4, 0xC6), Block("euc_kr", 0xB0, 0xC8))


def characters(block: Block) -> Iterable[int]:
    """Every character that a block of a two-byte encoding can write."""
    for lead in range(block.first, block.last + 1):
        for trail in range(0x40, 0xFF):
            try:
                text = bytes((lead, trail)).decode(block.codec)
            except UnicodeDecodeError:
                continue
            yield from map(ord, text)


def wanted(blocks: Iterable[Block]) -> set[int]:
    """The code points to keep: the everyday ranges and everything in the given blocks."""
    points = {point for first, last in EVERYDAY for point in range(first, last + 1)}
    for block in blocks:
        points.update(characters(block))
    return points


def add_missing_signs(font: TTFont) -> None:
    """Let what the source lacks be drawn by a similar sign of the font, not by an empty box."""
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format in {4, 12}:
            for point, like in SAME_LOOK.items():
                table.cmap.setdefault(point, table.cmap.get(like, table.cmap[0x0020]))


def rename(font: TTFont, style: str) -> None:
    """Give the font its own family name in every table that holds one; copyright and licence stay."""
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    names = {1: FAMILY, 2: style, 3: f"2.004;{postscript}", 4: f"{FAMILY} {style}", 6: postscript}
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in {0, 5, 7, 8, 9, 10, 11, 12, 13, 14}]
    table.names = [record for record in table.names if record.langID == 0x409]
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)
    compact = font["CFF "].cff
    compact.fontNames = [postscript]
    top = compact.topDictIndex[0]
    top.FullName, top.FamilyName, top.Weight = f"{FAMILY} {style}", FAMILY, style


def cut(source: Path, style: str, blocks: tuple[Block, ...], target: Path) -> int:
    """Write the font cut down to ``blocks`` and return its size in bytes."""
    collection = TTCollection(str(source), lazy=True, recalcTimestamp=False)
    font = next(face for face in collection.fonts if face["name"].getDebugName(1) == "Noto Sans CJK SC")
    font.recalcTimestamp = False
    options = Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp"]
    options.layout_scripts = ["DFLT", "latn", "grek", "cyrl", "hani", "kana", "hang"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.hinting = True
    options.drop_tables = [*Options._drop_tables_default, *DROPPED_TABLES]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted(blocks))
    subsetter.subset(font)
    add_missing_signs(font)
    rename(font, style)
    font.save(str(target), reorderTables=True)
    return target.stat().st_size


def main() -> int:
    """Make both fonts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, default=SOURCE, help="folder with NotoSansCJK-*.ttc")
    parser.add_argument("--target", type=Path, default=TARGET, help="folder to write the fonts to")
    chosen = parser.parse_args()
    for style, blocks in (("Regular", ALL), ("Bold", COMMON)):
        target = chosen.target / f"CXDeskSans-{style}.otf"
        size = cut(chosen.source / f"NotoSansCJK-{style}.ttc", style, blocks, target)
        print(f"{target.name}: {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
