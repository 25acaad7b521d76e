"""The setup program for Windows: its words, the file types it registers, what it looks for in the frozen program."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from icons import make as icons
from product import OWN_KINDS, SURVEY_KINDS, version
from PySide6.QtWidgets import QApplication
from windows import imports, interpreter, prove, setup, wine, wine_math
from windows.version_info import four_numbers, version_info

HERE = setup.HERE


def words(file: str) -> dict[str, str]:
    text = (HERE / file).read_text(encoding="utf-8")
    return dict(re.findall(r'^\$\{WORD\} (\w+) "(.*)"$', text, re.MULTILINE))


def definition() -> str:
    return (HERE / "cxdesk.nsi").read_text(encoding="utf-8")


# --- the setup program ------------------------------------------------------------------------------------------------


def test_setup_speaks_both_languages() -> None:
    english, chinese = words("english.nsh"), words("simpchinese.nsh")
    assert english.keys() == chinese.keys()
    used = set(re.findall(r"\$\((\w+)\)", definition() + "\n".join(setup.type_lines())))
    assert used == english.keys()
    for name, said in chinese.items():
        assert re.search(r"[\u4e00-\u9fff]", said), name
        assert not re.search(r"[\u4e00-\u9fff][,:;()?!]|[,:;()?!][\u4e00-\u9fff]", said), name


def test_setup_registers_every_kind_of_file_that_the_product_names() -> None:
    lines = "\n".join(setup.type_lines())
    for kind in SURVEY_KINDS:
        assert f"${{DO}} {kind.ending}\n" in lines + "\n"
    for kind in OWN_KINDS:
        assert re.search(rf'\$\{{DO\}} {kind.ending} CXDesk\.\w+ "\$\(\w+\)" cxdesk-\w+\.ico', lines)
    # One type is never both: offered for it, and its owner.
    assert not {kind.ending for kind in SURVEY_KINDS} & {kind.ending for kind in OWN_KINDS}


def test_setup_takes_no_type_from_another_program() -> None:
    (offer,) = re.findall(r"!macro Offer ENDING\n(.*?)!macroend", definition(), re.DOTALL)
    written = re.findall(r'WriteRegStr SHCTX "([^"]+)" "([^"]*)"', offer)
    assert written
    assert all(name for _, name in written), "an unnamed value of the ending would be its owner"


def test_what_setup_writes_into_the_registry_the_remover_takes_out() -> None:
    text = definition()
    installing, removing = text.split('Section "un.${NAME}"')
    kept = {r"${CLASSES}\.${ENDING}", r"${CLASSES}\.${ENDING}\OpenWithProgids"}
    written = set(re.findall(r'Write\w+ SHCTX "([^"]+)"', installing)) - kept
    dropped = set(re.findall(r'DeleteRegKey SHCTX "([^"]+)"', text))
    assert {key for key in written if not any(key == top or key.startswith(top + "\\") for top in dropped)} == set()
    put = set(re.findall(r'"\$(?:SMPROGRAMS|DESKTOP)\\\$\{NAME\}\.lnk"', installing))
    assert put == set(re.findall(r'"\$(?:SMPROGRAMS|DESKTOP)\\\$\{NAME\}\.lnk"', removing))


def test_the_remover_deletes_nothing_that_setup_did_not_put_there() -> None:
    _, removing = definition().split('Section "un.${NAME}"')
    program, settings = removing.split("Section /o")
    trees = re.findall(r'RMDir /r "([^"]+)"', program)
    assert trees == [r"$INSTDIR\_internal", r"$INSTDIR\before"]
    # The person's settings are an extra that is not ticked.
    assert re.findall(r'RMDir /r "([^"]+)"', settings) == [r"$LOCALAPPDATA\${NAME}"]


@pytest.mark.skipif(shutil.which("makensis") is None, reason="the compiler of the setup program is not installed here")
def test_setup_compiles_without_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> None:
    icons.draw_all(tmp_path / "icons")
    monkeypatch.setattr(icons, "FOLDER", tmp_path / "icons")
    bundle = tmp_path / "cxdesk"
    (bundle / "_internal").mkdir(parents=True)
    (bundle / "cxdesk.exe").write_bytes(library("kernel32.dll"))
    (bundle / "_internal" / "data.txt").write_text("data", encoding="utf-8")
    made = setup.build(bundle, "1.2.3", tmp_path / "out")
    assert made.name == "CXDesk-1.2.3-setup.exe"
    assert "1.2.3" in made.read_bytes().decode("utf-16-le", errors="ignore")
    assert "asInvoker" in prove.manifest(made)
    monkeypatch.setattr(imports, "WINDOWS", frozenset())
    with pytest.raises(Exception, match="not whole"):
        setup.build(bundle, "1.2.3", tmp_path / "out")


# --- the frozen program -----------------------------------------------------------------------------------------------


def library(*imported: str, machine: int = 0x8664) -> bytes:
    """A small library for 64-bit Windows that imports others and does nothing."""
    base, raw = 0x1000, 0x200
    table = 20 * (len(imported) + 1)
    by_number = struct.pack("<QQ", 1 << 63 | 1, 0)
    entries, place = b"", base + table + len(by_number)
    for name in imported:
        entries += struct.pack("<IIIII", base + table, 0, 0, place, base + table)
        place += len(name) + 1
    names = b"".join(name.encode() + b"\0" for name in imported)
    section = (entries + bytes(20) + by_number + names).ljust(0x200, b"\0")
    header = struct.pack("<HHIIIHH", machine, 1, 0, 0, 0, 0xF0, 0x2022)
    optional = struct.pack("<HBBIIIII", 0x20B, 1, 0, 0, 0x200, 0, 0, base)
    optional += struct.pack("<QIIHHHHHHIIIIHH", 0x180000000, 0x1000, 0x200, 6, 0, 0, 0, 6, 0, 0, 0x2000, raw, 0, 2, 0)
    optional += struct.pack("<QQQQII", 0x100000, 0x1000, 0x100000, 0x1000, 0, 16)
    directories = bytearray(16 * 8)
    directories[8:16] = struct.pack("<II", base, table)
    sections = struct.pack("<8sIIIIIIHHI", b".idata", 0x200, base, 0x200, raw, 0, 0, 0, 0, 0x40000040)
    start = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x40)
    return (start + b"PE\0\0" + header + optional + bytes(directories) + sections).ljust(raw, b"\0") + section


def bundle_of(folder: Path, files: dict[str, bytes]) -> imports.Findings:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return imports.look(folder)


def test_a_bundle_that_has_everything_is_whole(tmp_path: Path) -> None:
    found = bundle_of(
        tmp_path,
        {
            "cxdesk.exe": library("KERNEL32.dll", "api-ms-win-crt-math-l1-1-0.dll"),
            "_internal/python311.dll": library("VCRUNTIME140.dll"),
            "_internal/VCRUNTIME140.dll": library("kernel32.dll"),
            "_internal/numpy/core.pyd": library("openblas.dll", "python311.dll"),
            "_internal/numpy.libs/openblas.dll": library("kernel32.dll"),
        },
    )
    assert found.good
    assert found.files == 5
    assert {each.where for each in found.imports} == {"of Windows", "beside it", "in the bundle"}


@pytest.mark.parametrize("name", ["icuuc.dll", "concrt140.dll", "libcrypto-3.dll"])
def test_a_library_that_old_windows_lacks_is_found_lacking(tmp_path: Path, name: str) -> None:
    found = bundle_of(tmp_path, {"_internal/PySide6/Qt6Core.dll": library("kernel32.dll", name)})
    assert [(each.file, each.library) for each in found.lacking] == [("_internal/PySide6/Qt6Core.dll", name)]
    assert f"NOT FOUND: {name}, imported by _internal/PySide6/Qt6Core.dll" in list(found.lines())


def test_a_library_where_the_loader_does_not_look_is_lacking(tmp_path: Path) -> None:
    found = bundle_of(
        tmp_path, {"cxdesk.exe": library("deep.dll"), "_internal/somewhere/deep.dll": library("kernel32.dll")}
    )
    assert [each.library for each in found.lacking] == ["deep.dll"]


def test_a_library_for_another_machine_and_an_empty_bundle_are_not_good(tmp_path: Path) -> None:
    assert not imports.look(tmp_path).good
    found = bundle_of(tmp_path, {"_internal/old.dll": library("kernel32.dll", machine=0x14C)})
    assert found.foreign == ("_internal/old.dll",)
    assert not found.good


def test_windows_shows_the_version_of_the_product() -> None:
    assert four_numbers("1.2.3") == (1, 2, 3, 0)
    said = version_info(version())
    assert f"filevers={four_numbers(version())}" in said
    assert f"StringStruct('ProductVersion', '{version()}')" in said
    compile(said, "version.txt", "eval")


# --- building it on Linux ---------------------------------------------------------------------------------------------


def test_the_pins_are_those_of_windows() -> None:
    pins = [line for line in setup.windows_pins() if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in pins), pins
    names = {line.split("==")[0].lower() for line in pins}
    assert {"pyside6-essentials", "pywin32-ctypes", "pefile", "pyinstaller"} <= names
    assert "macholib" not in names


def test_a_path_under_wine_is_called_as_windows_calls_it() -> None:
    assert wine.windows_path(Path("/data/数据 目录/a.xlsx")) == r"Z:\data\数据 目录\a.xlsx"


def test_without_wine_it_says_so_and_tries_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(wine.ROOT, str(tmp_path / "none"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert wine.found(tmp_path, ()) is None
    assert prove.prove(tmp_path / "setup.exe", tmp_path / "work") == 0
    assert "was not tried" in capsys.readouterr().out
    assert any("Wine" in reason for reason in setup.missing()) or sys.platform != "linux"


@pytest.mark.skipif(shutil.which(interpreter.COMPILER) is None, reason="the compiler for Windows is not here")
def test_the_two_missing_functions_are_written_into_a_copy_of_wines_library(tmp_path: Path) -> None:
    stub = "sub $40, %rsp; .byte 0x48, 0x8d, 0x0d, 0, 0, 0, 0; nop; nop; nop; nop; nop; ret"
    code = "\n".join(f'__asm__(".globl {name}\\n{name}: {stub}");' for name in wine_math.CODE)
    exported = "LIBRARY ucrtbase.dll\nEXPORTS\n" + "\n".join(wine_math.CODE)
    (tmp_path / "stub.c").write_text(code, encoding="ascii")
    (tmp_path / "stub.def").write_text(exported, encoding="ascii")
    order = (interpreter.COMPILER, "-shared", "-nostdlib", "-Wl,-e,0", "stub.c", "stub.def", "-o", "ucrtbase.dll")
    subprocess.run(order, cwd=tmp_path, check=True)
    assert wine_math.complete(tmp_path) == list(wine_math.CODE)
    content = (tmp_path / "ucrtbase.dll").read_bytes()
    assert all(body in content for body in wine_math.CODE.values())
    assert wine_math.complete(tmp_path) == []
