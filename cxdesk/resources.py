"""Finds the files that the program carries with it: fonts, icons, words, samples, help.

They lie beside the package in a source tree, inside it in an installed wheel, and in the bundle of a frozen program.
"""

from __future__ import annotations

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """Return the path of a bundled resource, for example ``resource("fonts", "NotoSansSC.otf")``.

    Raises `FileNotFoundError` if it was not shipped, which is a fault of the build and never of the user.
    """
    for root in _roots():
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"resource not shipped: {'/'.join(parts)}")


def _roots() -> list[Path]:
    package = Path(__file__).resolve().parent
    roots = [package / "_resources", package.parent / "resources"]
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        roots.insert(0, Path(frozen) / "resources")
    return roots
