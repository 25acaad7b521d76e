"""What the Linux installers tell the system, and the scripts that install and remove without administrator rights."""

from __future__ import annotations

import configparser
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import begin
import PySide6
import pytest
from linux import deb, libraries, menu, run
from linux.libraries import Needs
from product import IDENTITY, OWN_KINDS, SURVEY_KINDS, version

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="shell scripts and program files of Linux")
NEEDS = Needs(("libX11.so.6", "libc.so.6", "libglib-2.0.so.0", "libgthread-2.0.so.0"), "2.35")
KINDS = {kind.mime for kind in (*OWN_KINDS, *SURVEY_KINDS)}


def entry(text: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    return parser


def test_dependencies_are_what_the_files_need_each_once() -> None:
    assert NEEDS.depends() == ("libc6 (>= 2.35)", "libglib2.0-0t64 | libglib2.0-0", "libx11-6")


@LINUX
@pytest.mark.skipif(bool(libraries.tools_missing()), reason="needs readelf")
def test_a_library_that_nobody_thought_of_stops_the_build(tmp_path: Path) -> None:
    plugin = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    shutil.copy(plugin, tmp_path)
    with pytest.raises(libraries.UnknownLibrary, match=r"libqxcb\.so needs lib"):
        libraries.needs(tmp_path)
    for name in ("libQt6Core.so.6", "libQt6Gui.so.6", "libQt6XcbQpa.so.6"):
        (tmp_path / name).touch()
    bundled = rb"libxcb-[a-z-]+\.so\.\d|libxkbcommon[a-z0-9-]*\.so\.\d"
    for found in re.findall(bundled, plugin.read_bytes()):
        (tmp_path / found.decode()).touch()
    assert "libX11.so.6" in libraries.needs(tmp_path).libraries


@pytest.mark.skipif(platform.machine() not in {"x86_64", "aarch64"}, reason="there is no package for this machine")
def test_the_control_file_says_version_size_and_dependencies() -> None:
    lines = deb.control("1.2.3", NEEDS, 240.0).splitlines()
    fields = dict(line.split(": ", 1) for line in lines if not line.startswith(" "))
    assert fields["Version"] == "1.2.3"
    assert fields["Installed-Size"] == "234375"
    assert fields["Depends"].startswith("libc6 (>= 2.35), libglib2.0-0t64 | libglib2.0-0, ")
    assert all(len(line) <= 80 for line in lines if line.startswith(" "))


def test_the_menu_entry_starts_the_program_and_offers_it_for_every_kind_of_survey() -> None:
    read = entry(menu.desktop_entry("/usr/bin/cxdesk"))["Desktop Entry"]
    assert read["Exec"] == "/usr/bin/cxdesk %F"
    assert set(read["MimeType"].strip(";").split(";")) == KINDS
    assert read["GenericName[zh_CN]"] == "问卷分析"


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="needs desktop-file-utils")
@pytest.mark.parametrize("removal", ["", '"/home/a b/.local/opt/cxdesk/uninstall.sh" --ask'])
def test_the_menu_entry_is_valid(tmp_path: Path, removal: str) -> None:
    path = tmp_path / "cxdesk.desktop"
    path.write_text(menu.desktop_entry('"/home/a b/.local/opt/cxdesk/cxdesk"', removal), encoding="utf-8")
    assert subprocess.run(["desktop-file-validate", path], capture_output=True, check=False).stdout == b""


def test_own_kinds_of_files_have_an_ending_an_icon_and_a_name_in_both_languages() -> None:
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    found = {each.get("type"): each for each in ElementTree.fromstring(menu.mime_package())}
    for kind in OWN_KINDS:
        named = [each.text for each in found[kind.mime].iter(f"{space}comment")]
        assert named == [kind.english, kind.chinese]
        assert [each.get("pattern") for each in found[kind.mime].iter(f"{space}glob")] == [f"*.{kind.ending}"]


def test_the_page_in_the_store_leads_to_the_menu_entry() -> None:
    page = ElementTree.fromstring(menu.metainfo("1.2.3", "2026-01-31"))
    assert page.findtext("id") == IDENTITY
    assert page.findtext("launchable") == "cxdesk.desktop"
    assert [each.attrib for each in page.iter("release")] == [{"version": "1.2.3", "date": "2026-01-31"}]


def unpacked(folder: Path) -> Path:
    """What the self-extracting file unpacks, with a program that only says hello."""
    (folder / "program").mkdir(parents=True)
    program = folder / "program" / "cxdesk"
    program.write_text("#!/bin/sh\necho hello\n", encoding="utf-8")
    program.chmod(0o755)
    for place in ("applications", "mime/packages", "icons/hicolor/16x16/apps", "icons/hicolor/16x16/mimetypes"):
        (folder / "share" / place).mkdir(parents=True)
    command, removal = '"@HOME@/cxdesk"', '"@HOME@/uninstall.sh" --ask'
    texts = {
        "applications/cxdesk.desktop": menu.desktop_entry(command, removal),
        "mime/packages/cxdesk.xml": menu.mime_package(),
        "icons/hicolor/16x16/apps/cxdesk.png": "",
        "icons/hicolor/16x16/mimetypes/application-x-cxdesk-project.png": "",
    }
    for place, text in texts.items():
        (folder / "share" / place).write_text(text, encoding="utf-8")
    for script in ("install.sh", "uninstall.sh"):
        text = (run.HERE / script).read_text(encoding="utf-8")
        (folder / script).write_text(run.filled(text, version(), Needs((), "2.17")), encoding="utf-8")
    return folder


def shell(script: Path, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    settings = {"HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"} | environment
    return subprocess.run(["sh", script], env=settings, capture_output=True, text=True, timeout=60, check=False)


@LINUX
@pytest.mark.parametrize("name", ["person", "王 先生 & co"])
def test_it_installs_for_one_person_and_is_removed_without_a_trace(tmp_path: Path, name: str) -> None:
    home = tmp_path / name
    home.mkdir()
    source = unpacked(tmp_path / "source")
    done = shell(source / "install.sh", home)
    assert (done.returncode, done.stderr) == (0, "")
    command = home / ".local" / "bin" / "cxdesk"
    assert subprocess.run([command], capture_output=True, check=True).stdout == b"hello\n"
    read = entry((home / ".local/share/applications/cxdesk.desktop").read_text(encoding="utf-8"))["Desktop Entry"]
    assert read["Exec"] == f'"{home}/.local/opt/cxdesk/cxdesk" %F'
    assert shell(source / "install.sh", home).returncode == 0, "a second time is an upgrade"
    done = shell(home / ".local/opt/cxdesk/uninstall.sh", home, LANG="zh_CN.UTF-8")
    assert (done.returncode, done.stdout) == (0, "CX Desk 已卸载。\n")
    assert [path for path in home.rglob("*") if not path.is_dir()] == []


@LINUX
def test_it_does_not_replace_a_program_that_runs(tmp_path: Path) -> None:
    source = unpacked(tmp_path / "source")
    shell(source / "install.sh", tmp_path)
    program = tmp_path / ".local/opt/cxdesk/cxdesk"
    program.unlink()
    shutil.copy("/bin/sleep", program)
    with subprocess.Popen([program, "60"]) as running:
        refused = shell(source / "install.sh", tmp_path)
        running.kill()
    assert refused.returncode == 3
    assert "CX Desk is open" in refused.stderr
    assert program.stat().st_size == Path("/bin/sleep").stat().st_size


@LINUX
def test_an_old_system_is_told_what_it_lacks(tmp_path: Path) -> None:
    source = unpacked(tmp_path / "source")
    script = source / "install.sh"
    script.write_text(script.read_text(encoding="utf-8").replace("2.17", "99.1"), encoding="utf-8")
    refused = shell(script, tmp_path)
    assert refused.returncode == 1
    assert "99.1 is needed" in refused.stderr
    assert not (tmp_path / ".local").exists()


def test_programs_that_are_started_from_here_get_their_own_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/usr/lib/cxdesk/_internal")
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    monkeypatch.delenv("PYINSTALLER_RESET_ENVIRONMENT", raising=False)
    begin.give_back()
    assert "LD_LIBRARY_PATH" not in os.environ
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/opt/own")
    begin.give_back()
    assert os.environ["LD_LIBRARY_PATH"] == "/opt/own"


@pytest.mark.parametrize(("chosen", "asked"), [("fcitx", "fcitx;ibus"), ("ibus", None), ("", None)])
def test_chinese_can_be_written_with_fcitx(monkeypatch: pytest.MonkeyPatch, chosen: str, asked: str | None) -> None:
    monkeypatch.setenv("QT_IM_MODULE", chosen)
    monkeypatch.delenv("QT_IM_MODULES", raising=False)
    begin.find_input_method()
    assert os.environ.get("QT_IM_MODULES") == asked
