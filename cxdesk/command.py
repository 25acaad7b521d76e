"""The program without a window: report, inspect and table, for people who automate their mornings.

The same use cases as the window, in the same worker process; no Qt. Exit status 0, 2 for wrong usage, 3 for a file or
target that cannot be used (the reason is on standard error).
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from cxdesk import __version__
from cxdesk.job import Unattended
from cxdesk.project.clock import now
from cxdesk.project.inspection import inspection, key_figures
from cxdesk.project.process import Worker
from cxdesk.project.request import RequestError, apply_roles, selection_of
from cxdesk.reading.grid import Choices
from cxdesk.reading.problem import ReadRefused
from cxdesk.render.csv import answers_csv
from cxdesk.render.excel.problem import SaveRefused
from cxdesk.report.build import build_report
from cxdesk.report.report import ReportOptions
from cxdesk.survey.base import Rules
from cxdesk.survey.dataset import Dataset
from cxdesk.text import LANGUAGES, Text, Translator, say

USED, USAGE, REFUSED = 0, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status; never raises for anything a person can cause."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a Windows console may not know every character
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(arguments)
    translator = Translator(options.language)
    worker = Worker()
    try:
        run: Callable[[argparse.Namespace, Worker, Translator], int] = options.run
        return run(options, worker, translator)
    except RequestError as wrong:
        _complain(translator, wrong.reason)
        return USAGE
    except (ReadRefused, SaveRefused) as refused:
        if getattr(options, "json", False) and options.run is _inspect:
            _print_json({"refused": _refusal(refused, translator)})
        _complain(translator, refused.reason, refused.remedy)
        return REFUSED
    except OSError as problem:
        _complain(translator, say("The file could not be written ({kind}).", kind=type(problem).__name__))
        return REFUSED
    except KeyboardInterrupt:
        return 130
    finally:
        worker.stop()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="cxdesk", description="Survey scores and Excel reports, offline.")
    parser.add_argument("--version", action="version", version=f"CX Desk {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    report = commands.add_parser("report", help="write the Excel report of a survey file")
    report.add_argument("-o", "--output", required=True, metavar="OUT.xlsx")
    report.add_argument("--filter", action="append", default=[], metavar="COLUMN=VALUE[,VALUE]", dest="filters")
    report.add_argument("--title", default="", help="title of the report; the file's name if left out")
    report.add_argument("--author", default="", help="who prepared the report")
    report.add_argument("--data", action="store_true", help="add the Data sheet, one row per response")
    report.set_defaults(run=_report)
    inspect = commands.add_parser("inspect", help="say how a survey file is understood")
    inspect.set_defaults(run=_inspect)
    table = commands.add_parser("table", help="write the answers as they were understood")
    table.add_argument("-o", "--output", required=True, metavar="OUT.csv")
    table.set_defaults(run=_table)
    for command in (report, inspect, table):
        command.add_argument("file", metavar="FILE")
        command.add_argument("--language", choices=sorted(LANGUAGES), default="en")
        command.add_argument("--role", action="append", default=[], metavar="COLUMN=ROLE", dest="roles")
        command.add_argument("--sheet", default=None, help="the sheet that holds the answers")
        command.add_argument("--encoding", default=None, help="the encoding of a text file")
    for command in (report, inspect):
        command.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _read(options: argparse.Namespace, worker: Worker) -> Dataset:
    choices = Choices(encoding=options.encoding, sheet=options.sheet)
    dataset = worker.read(str(Path(options.file).resolve()), choices, Unattended())
    return apply_roles(dataset, options.roles)


def _report(options: argparse.Namespace, worker: Worker, translator: Translator) -> int:
    dataset = _read(options, worker)
    selection = selection_of(dataset, options.filters)
    left_out = frozenset() if options.data else frozenset({"data"})
    wanted = ReportOptions(left_out=left_out, title=options.title, author=options.author)
    rules = Rules()
    job = Unattended()
    report = build_report(dataset, selection, rules, {}, wanted, options.language, now(), __version__, job)
    written = worker.call(
        "cxdesk.render.excel.workbook:write_report", (report, str(Path(options.output).resolve())), job
    )
    figures = key_figures(dataset, selection, rules, translator)
    figures["sheets"] = [translator(sheet.name) for sheet in report.sheets]
    figures["output"] = written.path
    if options.json:
        _print_json(figures)
    else:
        _print_figures(figures, translator)
    return USED


def _inspect(options: argparse.Namespace, worker: Worker, translator: Translator) -> int:
    found = inspection(_read(options, worker), translator)
    if options.json:
        _print_json(found)
        return USED
    print(f"{found['container']}  {found['platform'] or '-'}  {found['respondents']} x {found['columns']}")
    for question in found["questions"]:
        print(f"{question['columns'][0]:>4}  {question['role']:<12} {question['sure']:<6} {question['text'][:70]}")
        print(f"{'':>25}{question['why']}")
    return USED


def _table(options: argparse.Namespace, worker: Worker, translator: Translator) -> int:
    dataset = _read(options, worker)
    with Path(options.output).open("w", encoding="utf-8-sig", newline="", errors="backslashreplace") as target:
        target.writelines(answers_csv(dataset, translator))
    return USED


def _print_figures(figures: dict[str, Any], translator: Translator) -> None:
    for key, name in (("nps", "NPS"), ("csat", "CSAT"), ("ces", "CES")):
        found = figures[key]
        if found is not None:
            value = {"nps": "score", "csat": "share", "ces": "mean"}[key]
            print(f"{name}: {found[value]}  ({found['low']} .. {found['high']})  n = {found['n']}  {found['question']}")
    for doubt in figures["unsure"]:
        print(f"{translator(say('Please check'))}: {doubt['question']} -> {doubt['role']} ({doubt['why']})")
    print(figures["output"])


def _refusal(refused: ReadRefused | SaveRefused, translator: Translator) -> dict[str, str]:
    return {"reason": translator(refused.reason), "remedy": translator(refused.remedy)}


def _complain(translator: Translator, *texts: Text) -> None:
    print(" ".join(translator(text) for text in texts), file=sys.stderr)


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False))
