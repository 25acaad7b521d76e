"""Builds the disk image for macOS: the program beside a link to Applications, signed and notarised if there are keys.

Arm and Intel are built apart, each on its own machine, because the libraries come for one of the two. Without keys the
program is signed for nobody: it runs, but macOS asks people to allow it in the settings the first time.
``packaging/macos/README.md`` says which keys there are and where they come from.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from product import BUILD, NAME

SYSTEM = "darwin"
HERE = Path(__file__).resolve().parent

IDENTITY = "CXDESK_MAC_IDENTITY"
"""The environment variable with the name of a "Developer ID Application" certificate in the keychain."""

NOTARY = ("CXDESK_NOTARY_KEY", "CXDESK_NOTARY_KEY_ID", "CXDESK_NOTARY_ISSUER")
"""Environment variables for Apple's notary: the file with the key, its id, the id of the team's issuer."""

_NOBODY = "-"
_MACHO = frozenset({b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"})
"""How programs and libraries of macOS begin: for one machine, for several."""

_TRIES = 3
_BETWEEN_TRIES = 5.0
"""Seconds; making an image fails now and then because the system is still looking at the files."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Who signs: ``identity`` a certificate's name or "-" for nobody; ``notary`` the arguments of notarytool or ()."""

    identity: str
    notary: tuple[str, ...]


def missing() -> list[str]:
    """Return what this machine lacks to build the disk image, one sentence each."""
    if sys.platform != SYSTEM:
        return ["A disk image for macOS can be built on a Mac only; the hosted workflow does it for both processors."]
    return [f"{tool} is missing: xcode-select --install." for tool in ("codesign", "hdiutil") if not shutil.which(tool)]


def keys() -> Keys:
    """Return the keys that the environment names. Raises `ValueError` if it names only a part of the notary's."""
    identity = os.environ.get(IDENTITY) or _NOBODY
    given = tuple(os.environ.get(name, "") for name in NOTARY)
    if not any(given):
        return Keys(identity, ())
    if not all(given) or identity == _NOBODY:
        raise ValueError(f"Notarising takes all of {', '.join((IDENTITY, *NOTARY))}.")
    return Keys(identity, ("--key", given[0], "--key-id", given[1], "--issuer", given[2]))


def build(bundle: Path, version: str, out: Path) -> Path:
    """Wrap the program beside the frozen folder into a disk image in ``out``; returns its path.

    Raises `subprocess.CalledProcessError` if one of Apple's tools fails, `ValueError` as `keys` does.
    """
    who = keys()
    app = bundle.parent / f"{NAME}.app"
    for path in signed_one_by_one(app):
        sign(path, who.identity)
    subprocess.run(("codesign", "--verify", "--deep", "--strict", str(app)), check=True)
    stage = BUILD / "dmg"
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    # It keeps the links inside the bundle, which the signature covers.
    subprocess.run(("ditto", str(app), str(stage / app.name)), check=True)
    (stage / "Applications").symlink_to("/Applications")
    out.mkdir(parents=True, exist_ok=True)
    image = out / f"CXDesk-{version}-{platform.machine()}.dmg"
    _pack(stage, image)
    if who.identity != _NOBODY:
        sign(image, who.identity)
    if who.notary:
        subprocess.run(("xcrun", "notarytool", "submit", str(image), *who.notary, "--wait"), check=True)
        subprocess.run(("xcrun", "stapler", "staple", str(image)), check=True)
    return image


def signed_one_by_one(app: Path) -> Iterator[Path]:
    """Yield everything in a bundle that carries a signature, from the inside out, and the bundle itself at last."""
    files = (path for path in app.rglob("*") if path.is_file() and not path.is_symlink())
    inner = [path for path in files if _is_program(path)]
    yield from sorted(inner, key=lambda path: (-len(path.parts), str(path)))
    yield app


def _is_program(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) in _MACHO


def sign(path: Path, identity: str) -> None:
    """Sign a file or a bundle; ``identity`` "-" signs for nobody."""
    command = ["codesign", "--force", "--sign", identity]
    if identity != _NOBODY:
        command += ["--timestamp", "--options", "runtime", "--entitlements", str(HERE / "entitlements.plist")]
    subprocess.run((*command, str(path)), check=True)


def _pack(stage: Path, image: Path) -> None:
    command = ("hdiutil", "create", "-volname", NAME, "-srcfolder", str(stage), "-ov", "-format", "UDZO", str(image))
    for left in reversed(range(_TRIES)):
        if subprocess.run(command, check=left == 0).returncode == 0:
            return
        time.sleep(_BETWEEN_TRIES)
