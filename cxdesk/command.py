"""The program without a window: report, followup, inspect and table, for people who automate their mornings.

The same use cases as the window, in the same worker process; no Qt. Exit status 0, 2 for wrong usage, 3 for a file or
target that cannot be used. The reason is on standard error, in words; results are on standard output, always UTF-8.
"""

from __future__ import annotations

import argparse
import codecs
import io
import itertools
import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from cxdesk import __version__
from cxdesk.job import Unattended
from cxdesk.project.clock import now
from cxdesk.project.decisions import applied, keeping_all, left_out_json
from cxdesk.project.engine import sample_of, tally_of
from cxdesk.project.figures_told import figure_lines
from cxdesk.project.follow_up import list_of, spec_of
from cxdesk.project.inspection import inspection, key_figures
from cxdesk.project.package import ProjectRefused
from cxdesk.project.process import Worker, WorkRefused
from cxdesk.project.request import RequestError, apply_roles, check_enough, selection_of
from cxdesk.project.request_files import Gathered, Others, check_others, gather, gathered_json
from cxdesk.project.splitting_request import check_folder, incomplete, run_series, series_json, series_text
from cxdesk.project.template import read_template, taken_over, use_template
from cxdesk.project.weights_request import weighted
from cxdesk.project.workspace import Workspace
from cxdesk.reading.grid import Choices
from cxdesk.reading.problem import ReadRefused
from cxdesk.render.csv import answers_csv
from cxdesk.render.excel.problem import SaveRefused
from cxdesk.render.excel.save import Written, save
from cxdesk.report.build import build_report
from cxdesk.report.follow_up import NobodyListed
from cxdesk.report.report import ReportOptions
from cxdesk.report.suppression import suppressed
from cxdesk.survey.role import Role, role_name
from cxdesk.text import LANGUAGES, Listed, Text, Translator, say, say_n

USED, USAGE, REFUSED, STOPPED = 0, 2, 3, 130

Command = Callable[[argparse.Namespace, Worker, Translator], int | None]
"""Does what was asked for; gives the exit status if it is not the usual one."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status; never raises for anything a person can cause."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a Windows console may not know every character
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    words = list(sys.argv[1:] if arguments is None else arguments)
    translator = Translator(_language(words))
    try:
        return _answered(_options(words, translator), translator)
    except RequestError as wrong:
        _complain(translator, wrong.reason)
        return USAGE
    except KeyboardInterrupt:
        return STOPPED


def _answered(options: argparse.Namespace, translator: Translator) -> int:
    """Run the command that was asked for; every way in which it can end has its words."""
    worker = Worker()
    run: Command = options.run
    status = None
    try:
        status = run(options, worker, translator)
        print(end="", flush=True)
    except (ReadRefused, SaveRefused, WorkRefused, ProjectRefused, NobodyListed) as refused:
        if getattr(options, "json", False):
            reason, remedy = translator(refused.reason), translator(refused.remedy)
            _print_json({"refused": {"reason": reason, "remedy": remedy}})
        _complain(translator, refused.reason, refused.remedy)
        return REFUSED
    except BrokenPipeError:
        # Whoever reads our output has seen enough, as "| head" does; Python must not try to write the rest at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError:
        _complain(translator, say("The output could not be written. Check that the disk is not full and try again."))
        return REFUSED
    except (RequestError, KeyboardInterrupt):
        raise
    except Exception as problem:  # noqa: BLE001 - a fault of the program is told in words as well
        _complain(translator, say("Something went wrong inside the program. Your file was not changed."))
        _complain(translator, say("Details for support: {details}", details=_places(problem)))
        return REFUSED
    finally:
        worker.stop()
    return USED if status is None else status


class _Parser(argparse.ArgumentParser):
    """Tells what is wrong in the person's language; argparse itself only knows terms of the trade."""

    def error(self, message: str) -> NoReturn:  # noqa: ARG002 - argparse's own words are not for people
        """Refuse what could not be understood at all; anything more exact is found out after parsing."""
        raise RequestError(say("This was not understood. See “{help}”.", help=f"{self.prog} --help"))


def _language(words: Sequence[str]) -> str:
    """The language that was asked for, known before anything else so that complaints can be made in it."""
    pairs = [*itertools.pairwise(words), *(word.split("=", 1) for word in words if "=" in word)]
    return next((value for option, value in pairs if option == "--language" and value in LANGUAGES), "en")


def _options(words: Sequence[str], translator: Translator) -> argparse.Namespace:
    """Understand the command line. Raises `RequestError`; ends the program after ``--help`` and ``--version``."""
    options, unknown = _parser(translator).parse_known_args(words)
    if "run" not in options:
        raise RequestError(
            say("Say what to do: {commands}.", commands=Listed(("report", "inspect", "table", "followup")))
        )
    if unknown:
        raise RequestError(say("“{word}” is one word too many, or an option that does not exist.", word=unknown[0]))
    if options.language not in LANGUAGES:
        raise RequestError(say("The languages are {languages}.", languages=Listed(tuple(sorted(LANGUAGES)))))
    if options.file is None:
        raise RequestError(say("Name the survey file."))
    check_others(_others(options))
    if getattr(options, "split_by", None):
        check_folder(options.output)
    elif "output" in options:
        _check_output((options.file, *_others(options).paths), options.output, options.suffix)
    if options.encoding is not None:
        _check_encoding(options.encoding)
    return options


def _check_output(files: Sequence[str], output: str | None, suffix: str) -> None:
    if not output:
        raise RequestError(say("Say where to save: -o NAME{suffix}", suffix=suffix))
    if Path(output).suffix.lower() != suffix:
        raise RequestError(say("The name of the output must end in {suffix}.", suffix=suffix))
    if os.path.realpath(output) in map(os.path.realpath, files):
        raise RequestError(say("The output would replace the survey file itself. Choose another name."))


def _check_encoding(name: str) -> None:
    try:
        "".encode(codecs.lookup(name).name)
    except (LookupError, UnicodeError):
        raise RequestError(say("There is no encoding “{name}”; try utf-8 or gb18030.", name=name)) from None


def _parser(translator: Translator) -> argparse.ArgumentParser:
    parser = _Parser(prog="cxdesk", description=translator(say("Survey scores and Excel reports, offline.")))
    parser.add_argument("--version", action="version", version=f"CX Desk {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND")

    def command(name: str, purpose: Text, run: Command) -> argparse.ArgumentParser:
        said = translator(purpose)
        added = commands.add_parser(name, help=said, description=said, allow_abbrev=False)
        added.set_defaults(run=run)
        return added

    def option(of: argparse.ArgumentParser, name: str, help: Text, **how: Any) -> None:
        of.add_argument(name, help=translator(help), **how)

    report = command("report", say("write the Excel report of a survey file"), _report)
    inspect = command("inspect", say("say how a survey file is understood"), _inspect)
    table = command("table", say("write the answers as they were understood"), _table)
    followup = command("followup", say("write the list of the people to call"), _followup)
    for one in (report, inspect, table, followup):
        one.add_argument("file", metavar="FILE", nargs="?", help=translator(say("the survey file")))
    for one, suffix in ((report, ".xlsx"), (table, ".csv"), (followup, ".xlsx")):
        one.set_defaults(suffix=suffix)
        one.add_argument("-o", "--output", metavar=f"OUT{suffix}", help=translator(say("where to save")))
    whom = say("only these respondents: answers, days (2025-07-01..2025-09-30) or words in a text; may be repeated")
    value = "COLUMN=VALUE[,VALUE]"
    last_time = say("set the survey up as last time: a template saved in the window")
    everyone = say("use every row, also those without a score and repeated IDs")
    for one in (report, followup):
        option(one, "--filter", whom, action="append", default=[], metavar=value, dest="filters")
        option(one, "--template", last_time, metavar="T.cxt")
        option(one, "--all-rows", everyone, action="store_true")
    readable = say("write names and contacts as they are; without it they are masked")
    option(followup, "--contacts", readable, action="store_true")
    option(report, "--weight", say("weight the answers by a column of the file"), metavar="COLUMN")
    shares = say("weight so that groups have target shares: a table of question, answer, share")
    option(report, "--weight-targets", shares, metavar="FILE.csv")
    one_each = say("one report per answer of a column, and a contents workbook; the output is then a folder")
    option(report, "--split-by", one_each, metavar="COLUMN")
    option(report, "--title", say("title of the report; the file's name if left out"), default="")
    option(report, "--author", say("who prepared the report"), default="")
    option(report, "--data", say("add the Data sheet, one row per response"), action="store_true")
    roles = say("what a column is used for; it is named by header or position from 0; roles: {roles}", roles=_roles())
    for one in (report, inspect, table, followup):
        option(one, "--role", roles, action="append", default=[], metavar="COLUMN=ROLE", dest="roles")
        option(one, "--sheet", say("the sheet that holds the answers"))
        option(one, "--encoding", say("the encoding of a text file"))
        option(one, "--language", say("en or zh_CN"), default="en")
        more = say("another file of the same survey, to be put together with the first; may be repeated")
        option(one, "--add", more, action="append", default=[], metavar="FILE")
        option(one, "--earlier", say("the same survey of an earlier period, to compare with"), metavar="FILE")
        option(one, "--join", say("a table about the same people, such as a customer list"), metavar="FILE")
        key = say("the column that both files have, found by itself if left out")
        option(one, "--key", key, metavar="COLUMN[=COLUMN]")
    for one in (report, inspect):
        option(one, "--json", say("print one JSON object"), action="store_true")
    return parser


def _roles() -> Listed:
    return Listed(tuple(Role))


def _others(options: argparse.Namespace) -> Others:
    return Others(tuple(options.add), options.earlier or "", options.join or "", options.key or "")


def _read(options: argparse.Namespace, worker: Worker, translator: Translator) -> Gathered:
    choices = Choices(encoding=options.encoding, sheet=options.sheet)
    gathered = gather(options.file, choices, _others(options), worker, translator)
    dataset = apply_roles(gathered.workspace.dataset, options.roles)
    return replace(gathered, workspace=replace(gathered.workspace, dataset=dataset))


def _report(options: argparse.Namespace, worker: Worker, translator: Translator) -> int | None:
    gathered = _read(options, worker, translator)
    settled, set_up = _settled(gathered.workspace, options)
    workspace = weighted(settled, options.weight or "", options.weight_targets or "")
    workspace = _filtered(workspace, options.filters)
    dataset, selection, rules, job = workspace.dataset, workspace.selection, workspace.rules, Unattended()
    check_enough(dataset, selection, rules)
    left_out = workspace.report.left_out - ({"data"} if options.data else frozenset())
    wanted = replace(workspace.report, left_out=left_out, title=options.title, author=options.author, language="")
    if options.split_by:
        return _series(workspace, wanted, options, worker, translator)
    tally = tally_of(workspace)
    sample, specs = sample_of(workspace, tally), dict(workspace.specs)
    report = build_report(sample, rules, specs, wanted, options.language, now(), __version__, job)
    target = str(Path(options.output).absolute())
    written: Written = worker.call("cxdesk.render.excel.workbook:write_report", (report, target), job)
    figures = key_figures(dataset, selection, suppressed(sample, rules, specs), translator, tally)
    figures["sheets"] = [translator(sheet.name) for sheet in report.sheets]
    figures["output"] = written.path
    figures["left_out"] = left_out_json(workspace, translator)
    figures["template"] = None if set_up is None else translator(set_up)
    figures |= gathered_json(gathered)
    if workspace.compare is not None:
        earlier = key_figures(dataset, workspace.compare, rules, translator, tally)
        figures["earlier"] = {key: earlier[key] for key in ("nps", "csat", "ces", "respondents")}
    if options.json:
        _print_json(figures)
    else:
        print(*map(translator, figure_lines(figures)), figures["output"], sep="\n")
    _say_renamed(written, translator)
    return None


def _series(
    workspace: Workspace, wanted: ReportOptions, options: argparse.Namespace, worker: Worker, translator: Translator
) -> int | None:
    finished = run_series(workspace, options.split_by, options.output, wanted, translator, now(), worker, sys.stderr)
    if options.json:
        _print_json(series_json(finished, translator))
    else:
        print(translator(series_text(finished)))
        print(finished.contents)
    missing = incomplete(finished)
    if missing is None:
        return None
    _complain(translator, missing.reason, missing.remedy)
    return REFUSED


def _followup(options: argparse.Namespace, worker: Worker, translator: Translator) -> None:
    """The same list as the window saves, of the same people; contacts are masked there as well unless asked for."""
    settled, _ = _settled(_read(options, worker, translator).workspace, options)
    workspace, job = _filtered(settled, options.filters), Unattended()
    check_enough(workspace.dataset, workspace.selection, workspace.rules)
    found = list_of(workspace, spec_of(workspace), options.language, now(), job, reveal=options.contacts)
    target = str(Path(options.output).absolute())
    written: Written = worker.call("cxdesk.render.excel.follow_up:write_follow_up", (found, target), job)
    print(translator(say_n("1 person on the list", "{count} people on the list", len(found.rows))))
    print(written.path)
    _say_renamed(written, translator)


def _settled(workspace: Workspace, options: argparse.Namespace) -> tuple[Workspace, Text | None]:
    """The survey as a template says, without doubtful answers unless all rows are wanted; what the template did."""
    settled, set_up = _templated(workspace, options)
    return keeping_all(settled) if options.all_rows else applied(settled), set_up


def _templated(workspace: Workspace, options: argparse.Namespace) -> tuple[Workspace, Text | None]:
    """The survey set up as a template says, and what that did; roles that were asked for here count more.

    Raises `ProjectRefused`.
    """
    if not options.template:
        return workspace, None
    template = read_template(options.template)
    used = use_template(template, workspace)
    dataset = apply_roles(used.workspace.dataset.complete, options.roles)
    return replace(used.workspace, dataset=dataset), taken_over(template, used)


def _filtered(workspace: Workspace, requests: list[str]) -> Workspace:
    """The respondents that were asked for; what a request says about a column replaces what the files say about it."""
    selection = workspace.selection
    for condition in selection_of(workspace.dataset, requests).conditions:
        selection = selection.replacing(condition)
    return replace(workspace, selection=selection)


def _inspect(options: argparse.Namespace, worker: Worker, translator: Translator) -> None:
    gathered = _read(options, worker, translator)
    found = inspection(gathered.workspace.dataset, translator) | gathered_json(gathered)
    if options.json:
        _print_json(found)
        return
    print(translator(say_n("1 respondent", "{count} respondents", found["respondents"])))
    for part in found.get("parts", ()):
        people = say_n("1 respondent", "{count} respondents", part["respondents"])
        print(translator(say("{file}: {what}", file=part["file"], what=people)))
    if gathered.match is not None:
        found_rows, not_found = gathered.match.matched, gathered.match.unmatched
        told = say(
            "Found in the joined table: {matched}, not found: {unmatched}", matched=found_rows, unmatched=not_found
        )
        print(translator(told))
    for question in found["questions"]:
        facts = {
            "position": str(question["columns"][0]),
            "question": question["text"],
            "role": role_name(Role(question["role"])),
            "why": question["why"],
        }
        if question["sure"] == "sure":
            print(translator(say("{position}. {question}: {role} ({why})", **facts)))
        else:
            print(translator(say("{position}. {question}: {role}, please check ({why})", **facts)))


def _table(options: argparse.Namespace, worker: Worker, translator: Translator) -> None:
    dataset = _read(options, worker, translator).workspace.dataset
    content = "".join(answers_csv(dataset, translator)).encode("utf-8-sig", "backslashreplace")
    written = save(str(Path(options.output).absolute()), content)
    print(written.path)
    _say_renamed(written, translator)


def _say_renamed(written: Written, translator: Translator) -> None:
    if written.renamed:
        name = Path(written.path).name
        _complain(translator, say("The file was open in another program, so it was saved as {name}.", name=name))


def _places(problem: BaseException) -> str:
    """The type of a fault and the place in this program; never its message, which may hold people's answers."""
    last = traceback.extract_tb(problem.__traceback__)[-1]
    return f"{type(problem).__name__} {Path(last.filename).stem}:{last.lineno}"


def _complain(translator: Translator, *texts: Text) -> None:
    print(" ".join(translator(text) for text in texts), file=sys.stderr)


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False))
