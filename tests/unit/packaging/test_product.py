"""What all installers share: one version, the files that the program opens, the versions that it is built with."""

from __future__ import annotations

import re
import tomllib

import product
from build import differences
from contents import MODULES_OUT
from packaging.requirements import Requirement
from product import NOT_CLAIMED, OWN_KINDS, ROOT, SURVEY_KINDS

import cxdesk
from cxdesk.ui.dialogs import SURVEY_FILES

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINS = dict(
    re.findall(
        r"^([\w.-]+)==([\w.]+)", (ROOT / "packaging" / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE
    )
)


def test_the_version_comes_from_one_place() -> None:
    assert product.version() == cxdesk.__version__ == PROJECT["version"]


def test_every_file_that_can_be_chosen_is_offered_or_left_out_on_purpose() -> None:
    own = {kind.ending for kind in OWN_KINDS}
    offered = {kind.ending for kind in SURVEY_KINDS}
    assert offered | NOT_CLAIMED == set(SURVEY_FILES) - own
    assert not offered & NOT_CLAIMED


def test_every_library_of_the_program_is_pinned_within_its_limits() -> None:
    for line in PROJECT["dependencies"]:
        wanted = Requirement(line)
        assert wanted.name in PINS, f"{wanted.name} is not in packaging/requirements.txt"
        assert wanted.specifier.contains(PINS[wanted.name]), (
            f"{wanted.name} {PINS[wanted.name]} is not {wanted.specifier}"
        )


def test_what_is_not_installed_in_its_version_is_named() -> None:
    assert not [each for each in differences() if not re.fullmatch(r"[\w.-]+==[\w.]+", each)]


def test_the_program_imports_nothing_that_stays_out_of_the_bundle() -> None:
    outside = set(MODULES_OUT)
    for path in (ROOT / "cxdesk").rglob("*.py"):
        for name in re.findall(r"^\s*(?:from|import) ([\w.]+)", path.read_text(encoding="utf-8"), re.MULTILINE):
            parents = {name} | {name.rsplit(".", depth)[0] for depth in range(1, name.count(".") + 1)}
            assert not parents & outside, f"{path.name} imports {name}, which is left out of the bundle"
