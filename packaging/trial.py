"""Starts a built program the way a person does, and judges what it left: its pictures, its report, its own words.

    python packaging/trial.py PROGRAM [--file SURVEY] [--folder FOLDER] [--platform xcb|windows|cocoa|offscreen]

The hosted workflow runs this with what it has built and installed; `windows/prove.py` uses the judgement for the
program under Wine. The exit status is 0 if the program opened the file, showed every page without a missing character,
and wrote the report.
"""

from __future__ import annotations

import argparse
import json
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from product import ROOT, version

SAMPLE = ROOT / "resources" / "samples" / "store_zh.xlsx"
RESPONDENTS = 2846
"""How many answered the sample."""

RESULT, REPORT = "smoke.json", "report.xlsx"
_PATIENCE = 600.0
_FEWEST_PAGES = 8
_SMALLEST = (640, 400)
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong, each in words, and one line about what was seen."""

    problems: tuple[str, ...]
    seen: str


def judge(folder: Path, platform: str = "", respondents: int = RESPONDENTS, language: str = "") -> Verdict:
    """Judge what a trial left in ``folder``.

    ``platform`` is the one of Qt that it must have run on, ``language`` the one that it must have spoken; "" for any.
    """
    result = folder / RESULT
    if not result.is_file():
        return Verdict((f"the program left no {RESULT}",), "")
    told = json.loads(result.read_text(encoding="utf-8"))
    wanted = {"version": version(), "respondents": respondents, "missing_glyphs": 0}
    wanted |= {key: value for key, value in (("platform", platform), ("language", language)) if value}
    problems = [str(problem) for problem in told["problems"]]
    problems += [f"{key} is {told[key]!r}, not {value!r}" for key, value in wanted.items() if told[key] != value]
    problems += _pictures(folder, told["pages"])
    problems += _report(folder / REPORT)
    seconds = ", ".join(f"{name.replace('_', ' ')} {value:.1f} s" for name, value in told["seconds"].items())
    report = folder / REPORT
    size = report.stat().st_size // 1000 if report.is_file() else 0
    return Verdict(
        tuple(problems),
        f"{told['title']}: {told['respondents']} respondents, {len(told['pages'])} pages on {told['platform']} in"
        f" {told['language']}, report of {size} kB; {seconds}",
    )


def _pictures(folder: Path, pages: dict[str, dict[str, object]]) -> Iterator[str]:
    if len(pages) < _FEWEST_PAGES:
        yield f"only {len(pages)} pages were shown"
    for page in pages.values():
        path = folder / str(page["picture"])
        head = path.read_bytes()[:24] if path.is_file() else b""
        if not head.startswith(_PNG) or struct.unpack(">II", head[16:24]) < _SMALLEST:
            yield f"{path.name} is no picture of a page"


def _report(path: Path) -> Iterator[str]:
    if not path.is_file() or not zipfile.is_zipfile(path):
        yield f"{path.name} is no workbook"
        return
    with zipfile.ZipFile(path) as workbook:
        names = workbook.namelist()
        if workbook.testzip() is not None or "xl/workbook.xml" not in names:
            yield f"{path.name} is damaged"
        elif sum(name.startswith("xl/worksheets/sheet") for name in names) < 2:
            yield f"{path.name} has hardly any sheets"


def main() -> int:
    """Start the program, wait for it, print the verdict; the exit status is 0 if nothing is wrong."""
    parser = argparse.ArgumentParser(description="Try a built program and judge what it left.")
    parser.add_argument("program", type=Path)
    parser.add_argument("--file", type=Path, default=SAMPLE)
    parser.add_argument("--respondents", type=int, default=RESPONDENTS)
    parser.add_argument("--platform", default="")
    parser.add_argument("--folder", type=Path, help="where pictures and report shall stay; else they are thrown away")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        folder = (asked.folder or Path(passing)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        command = (str(asked.program), str(asked.file.resolve()), "--smoke", str(folder))
        status = subprocess.run(command, check=False, timeout=_PATIENCE).returncode
        verdict = judge(folder, asked.platform, asked.respondents)
    print(verdict.seen)
    print(*(f"WRONG: {problem}" for problem in verdict.problems), sep="\n")
    if status != 0:
        print(f"WRONG: it ended with status {status}")
    return 0 if status == 0 and not verdict.problems else 1


if __name__ == "__main__":
    sys.exit(main())
