"""The program for macOS, as far as it can be looked at without a Mac: what it opens, what is signed, which keys."""

from __future__ import annotations

import plistlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from macos import dmg, plist
from product import IDENTITY, OWN_KINDS, SURVEY_KINDS, version

from cxdesk.text import LANGUAGES


def documents() -> list[dict[str, object]]:
    found = plistlib.loads(plistlib.dumps(plist.information("1.2.3")))["CFBundleDocumentTypes"]
    assert isinstance(found, list)
    return found


def test_the_bundle_says_its_version_its_languages_and_its_oldest_system() -> None:
    told = plist.information(version())
    assert told["CFBundleShortVersionString"] == told["CFBundleVersion"] == version()
    assert told["CFBundleLocalizations"] == list(LANGUAGES)
    assert told["LSMinimumSystemVersion"] == "12.0"


def test_survey_files_keep_the_program_that_opens_them() -> None:
    ranks = {tuple(each.get("CFBundleTypeExtensions", ())): each["LSHandlerRank"] for each in documents()}  # type: ignore[arg-type,var-annotated]
    for kind in SURVEY_KINDS:
        assert ranks[(kind.ending,)] == "Alternate"


def test_projects_and_templates_are_its_own() -> None:
    owned = [each["LSItemContentTypes"] for each in documents() if each["LSHandlerRank"] == "Owner"]
    assert owned == [[f"{IDENTITY}.{kind.ending}"] for kind in OWN_KINDS]
    declared = plist.information("1.2.3")["UTExportedTypeDeclarations"]
    assert isinstance(declared, list)
    assert [[each["UTTypeIdentifier"]] for each in declared] == owned


def test_signing_goes_from_the_inside_out(tmp_path: Path) -> None:
    app = tmp_path / "CX Desk.app"
    for name in ("Contents/MacOS/cxdesk", "Contents/Frameworks/deep/er/a.so", "Contents/Frameworks/QtCore"):
        (app / name).parent.mkdir(parents=True, exist_ok=True)
        (app / name).write_bytes(b"\xcf\xfa\xed\xfe" + bytes(28))
    (app / "Contents" / "Info.plist").write_text("<plist/>", encoding="utf-8")
    order = [path.relative_to(tmp_path).as_posix() for path in dmg.signed_one_by_one(app)]
    assert order == [
        "CX Desk.app/Contents/Frameworks/deep/er/a.so",
        "CX Desk.app/Contents/Frameworks/QtCore",
        "CX Desk.app/Contents/MacOS/cxdesk",
        "CX Desk.app",
    ]


def test_without_keys_nobody_signs_and_half_of_the_keys_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (dmg.IDENTITY, *dmg.NOTARY):
        monkeypatch.delenv(name, raising=False)
    assert dmg.keys() == dmg.Keys("-", ())
    monkeypatch.setenv(dmg.NOTARY[0], "key.p8")
    with pytest.raises(ValueError, match="takes all of"):
        dmg.keys()
    monkeypatch.setenv(dmg.IDENTITY, "Developer ID Application: Somebody")
    monkeypatch.setenv(dmg.NOTARY[1], "KEY")
    monkeypatch.setenv(dmg.NOTARY[2], "ISSUER")
    assert dmg.keys().notary == ("--key", "key.p8", "--key-id", "KEY", "--issuer", "ISSUER")


def test_the_keys_are_written_down() -> None:
    said = (dmg.HERE / "README.md").read_text(encoding="utf-8")
    assert {name for name in (dmg.IDENTITY, *dmg.NOTARY) if name not in said} == set()
    entitled = plistlib.loads((dmg.HERE / "entitlements.plist").read_bytes())
    assert all(entitled.values())
    assert all(re.fullmatch(r"com\.apple\.security\.[a-z.-]+", name) for name in entitled)


@pytest.mark.skipif(sys.platform == "darwin", reason="this is a Mac")
def test_elsewhere_it_says_that_it_takes_a_mac() -> None:
    assert [reason for reason in dmg.missing() if "Mac" in reason]


@pytest.mark.skipif(sys.platform != "darwin", reason="takes Apple's tools")
def test_signing_for_nobody_is_valid(tmp_path: Path) -> None:
    program = tmp_path / "true"
    program.write_bytes(Path("/usr/bin/true").read_bytes())
    dmg.sign(program, "-")
    subprocess.run(("codesign", "--verify", str(program)), check=True)
