"""The files that the program carries are found in a source tree, in an installed package and in a frozen program."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import cxdesk.resources
from cxdesk.resources import resource
from tests.catalogue import translations


def test_a_source_tree_has_its_resources_beside_the_package() -> None:
    assert resource("fonts").is_dir()
    assert resource("samples", "samples.json").read_text(encoding="utf-8").startswith("[")


def test_what_was_not_shipped_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"resource not shipped: fonts/Nothing\.otf"):
        resource("fonts", "Nothing.otf")


def test_an_installed_package_has_them_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "site" / "cxdesk"
    (inside / "_resources" / "help").mkdir(parents=True)
    (inside / "_resources" / "help" / "guide.md").write_text("installed")
    monkeypatch.setattr(cxdesk.resources, "__file__", str(inside / "resources.py"))
    assert resource("help", "guide.md").read_text() == "installed"


def test_a_frozen_program_has_them_in_its_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources" / "fonts").mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource("fonts") == tmp_path / "resources" / "fonts"
    assert resource("i18n", "zh_CN").is_dir()


@pytest.mark.parametrize(("style", "weight"), [("Regular", 400), ("Bold", 700)])
def test_fonts_are_one_family_of_two_weights(style: str, weight: int) -> None:
    font = TTFont(resource("fonts", f"CXDeskSans-{style}.otf"))
    assert font["name"].getDebugName(1) == "CX Desk Sans"
    assert font["name"].getDebugName(2) == style
    assert font["OS/2"].usWeightClass == weight
    assert "Open Font License" in font["name"].getDebugName(13)


@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_fonts_can_draw_everything_that_the_product_says(style: str) -> None:
    drawn = TTFont(resource("fonts", f"CXDeskSans-{style}.otf")).getBestCmap()
    said = {letter for entry in translations() for letter in entry.msgid + entry.plural + entry.wording}
    signs = "▲▼◆◇●○■□★☆✓→←…–—−×±·•“”‘’％①⑩\u00a0\u2009\u202f"
    lacking = {letter for letter in said | set(signs) if ord(letter) not in drawn and letter != "\n"}
    assert lacking == set()


@pytest.mark.parametrize(
    ("codec", "first", "last"),
    [("gbk", 0x81, 0xFE), ("big5", 0xA4, 0xF9), ("euc_kr", 0xB0, 0xC8), ("cp932", 0x88, 0x9F)],
)
def test_the_regular_font_can_draw_what_people_in_east_asia_write(codec: str, first: int, last: int) -> None:
    drawn = TTFont(resource("fonts", "CXDeskSans-Regular.otf")).getBestCmap()
    letters: set[str] = set()
    for lead in range(first, last + 1):
        for trail in range(0x40, 0xFF):
            letters.update(bytes((lead, trail)).decode(codec, "ignore"))
    private_use = {letter for letter in letters if "\ue000" <= letter <= "\uf8ff"}
    lacking = {letter for letter in letters - private_use if ord(letter) not in drawn}
    assert len(letters) > 2000
    assert len(lacking) / len(letters) < 0.005, "".join(sorted(lacking))[:200]
