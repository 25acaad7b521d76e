"""Icons in every size and format, drawn here; a licence text for everything that goes into the bundle."""

from __future__ import annotations

import importlib.metadata
import io
import struct
from pathlib import Path

import licences
import pytest
from icons import make
from PIL import Image, ImageChops
from product import version
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from cxdesk.ui.icons import program_icon

BUNDLED = licences.bundled()


@pytest.fixture(scope="module")
def drawn(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("icons")
    make.draw_all(folder)
    return folder


@pytest.mark.parametrize("name", make.NAMES)
def test_every_icon_exists_in_every_size_and_shows_something(drawn: Path, name: str) -> None:
    for size in make.SIZES:
        with Image.open(drawn / f"{name}-{size}.png") as picture:
            assert picture.size == (size, size)
            assert picture.getpixel((0, 0))[3] < 255, "the corner is clear"  # type: ignore[index]
            colours = picture.convert("RGB").getcolors(1 << 20)
            assert colours is not None
            assert len(colours) > 8


@pytest.mark.parametrize("name", make.NAMES)
def test_windows_and_macos_find_their_sizes_in_one_file(drawn: Path, name: str) -> None:
    with Image.open(drawn / f"{name}.ico") as icon:
        assert icon.info["sizes"] == {(size, size) for size in (16, 24, 32, 48, 64, 256)}
        small = icon.ico.getimage((16, 16)).convert("RGBA")  # type: ignore[attr-defined]
    with Image.open(drawn / f"{name}-16.png") as picture:
        assert small.tobytes() == picture.convert("RGBA").tobytes()
    content = (drawn / f"{name}.icns").read_bytes()
    assert content[:4] == b"icns"
    assert struct.unpack(">I", content[4:8])[0] == len(content)
    with Image.open(io.BytesIO(content)) as icon:
        assert max(icon.info["sizes"]) == (512, 512, 2)


@pytest.mark.parametrize("size", [16, 24, 32, 48, 64, 128, 256])
def test_the_windows_of_the_program_show_the_icon_of_its_installers(drawn: Path, size: int) -> None:
    shown = program_icon().pixmap(size, size).toImage().convertToFormat(QImage.Format.Format_RGBA8888)
    with Image.open(drawn / f"cxdesk-{size}.png") as installed:
        ours = Image.frombytes("RGBA", (shown.width(), shown.height()), bytes(shown.constBits()))
        ground = Image.new("RGBA", (size, size), "white")
        both = [Image.alpha_composite(ground, each).convert("RGB") for each in (ours, installed.convert("RGBA"))]
    # One is drawn with and one without premultiplied colours, which rounds them differently.
    apart = ImageChops.difference(*both).convert("L").histogram()
    assert sum(apart[5:]) == 0


@pytest.fixture(autouse=True)
def only_what_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tool that freezes is there only where installers are built."""
    installed = {each.name.lower().replace("_", "-") for each in importlib.metadata.distributions()}
    present = [name for name in BUNDLED if name.lower().replace("_", "-") in installed]
    monkeypatch.setattr(licences, "bundled", lambda: present)


def test_everything_in_the_bundle_brings_its_licence(tmp_path: Path) -> None:
    folder = licences.collect(tmp_path / "licences")
    index = (folder / "index.txt").read_text(encoding="utf-8")
    assert index.startswith(f"CX Desk {version()} is under the MIT licence")
    for name in licences.bundled():
        assert f"\n{name} " in index
        texts = list((folder / name).iterdir())
        assert texts, f"{name} has no licence text"
        assert all(path.stat().st_size > 100 for path in texts)


def test_qt_comes_with_the_lesser_licence_and_says_how_to_replace_it(tmp_path: Path) -> None:
    qt = licences.collect(tmp_path / "licences") / "PySide6-Essentials"
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (qt / "LGPL-3.0.txt").read_text(encoding="utf-8")
    assert "You may replace these libraries" in (qt / "Qt.txt").read_text(encoding="utf-8")
    assert "{qt}" not in (qt / "Qt.txt").read_text(encoding="utf-8")
