"""The terminal's commands in this process: what is typed wrongly is told in words, before any file is touched."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cxdesk import command
from cxdesk.project.process import Worker, WorkRefused
from cxdesk.reading.problem import ReadRefused
from cxdesk.render.excel.save import Written
from cxdesk.survey.dataset import Dataset
from cxdesk.text import say
from tests.builders import survey

Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _no_file_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a file was read although the command was wrong")

    monkeypatch.setattr(Worker, "read", refuse)


def reads(monkeypatch: pytest.MonkeyPatch, dataset: Dataset | None = None) -> None:
    """Let every file be this survey."""
    found = dataset or survey(recommend=[10, 9, 3, 8] * 10, segment={"Region": ["North", "South"] * 20})
    monkeypatch.setattr(Worker, "read", lambda *_: found)


def saves(monkeypatch: pytest.MonkeyPatch, renamed: bool = False) -> None:
    monkeypatch.setattr(Worker, "call", lambda _self, _name, arguments, _job: Written(arguments[1], renamed))


def run(said: Said, *words: str) -> tuple[int, str, str]:
    status = command.main(words)
    out, err = said.readouterr()
    return status, out, err


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ((), "Say what to do: report, inspect, table, followup."),
        (("bogus",), "This was not understood. See “cxdesk --help”."),
        (("report",), "Name the survey file."),
        (("inspect",), "Name the survey file."),
        (("report", "a.csv"), "Say where to save: -o NAME.xlsx"),
        (("report", "a.csv", "-o"), "This was not understood. See “cxdesk report --help”."),
        (("report", "a.csv", "-o", ""), "Say where to save: -o NAME.xlsx"),
        (("report", "a.csv", "-o", "a.csv"), "The name of the output must end in .xlsx."),
        (("report", "a.xlsx", "-o", "./a.xlsx"), "The output would replace the survey file itself."),
        (("table", "a.csv", "-o", "a.csv"), "The output would replace the survey file itself."),
        (("table", "a.csv", "-o", "b.xlsx"), "The name of the output must end in .csv."),
        (("inspect", "a.csv", "b.csv"), "“b.csv” is one word too many"),
        (("inspect", "a.csv", "--jsn"), "“--jsn” is one word too many, or an option that does not exist."),
        (("inspect", "a.csv", "--language", "fr"), "The languages are en, zh_CN."),
        (("inspect", "a.csv", "--encoding", "klingon"), "There is no encoding “klingon”; try utf-8 or gb18030."),
        (("inspect", "a.csv", "--encoding", "undefined"), "There is no encoding “undefined”"),
        (("inspect", "a.csv", "--encoding", "base64"), "There is no encoding “base64”"),
        (("inspect", "a.csv", "--add", "b.csv", "--earlier", "c.csv"), "Use only one of --add, --earlier and --join."),
        (("inspect", "a.csv", "--key", "Customer"), "--key names the column of --join, so it needs --join as well."),
        (("report", "a.csv", "--add", "b.xlsx", "-o", "b.xlsx"), "The output would replace the survey file itself."),
        (("table", "a.csv", "-o", "b.csv", "--filter", "A=b"), "“--filter” is one word too many"),
    ],
)
def test_wrong_usage_is_told_in_words(words: tuple[str, ...], answer: str, capsys: Said) -> None:
    status, out, err = run(capsys, *words)
    assert (status, out) == (2, "")
    assert err.startswith(answer)
    assert err.count("\n") == 1


@pytest.mark.parametrize("language", [("--language", "zh_CN"), ("--language=zh_CN",)])
def test_complaints_are_made_in_the_language_that_was_asked_for(language: tuple[str, ...], capsys: Said) -> None:
    assert run(capsys, "report", *language)[2] == "请给出问卷文件的名称。\n"


def test_help_names_every_option_in_both_languages(capsys: Said) -> None:
    for words in (("report", "--help"), ("report", "--language", "zh_CN", "--help")):
        with pytest.raises(SystemExit) as ended:
            command.main(words)
        out = capsys.readouterr().out
        assert ended.value.code == 0
        for option in ("--output", "--filter", "--role", "--json", "--language", "--sheet", "--encoding", "--data"):
            assert option in out
    assert "问卷文件" in out


def test_requests_that_do_not_fit_the_survey_are_told_in_words(capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    reads(monkeypatch)
    for option, request, answer in (
        ("--role", "Nowhere=recommend", "There is no column “Nowhere” in this file."),
        ("--role", "Region=recommend", "“Region”: "),
        ("--filter", "Region=East", "“Region” has no answer “East”. Its answers are North, South."),
        ("--filter", "Recommend=0", "The filter leaves nobody."),
    ):
        status, out, err = run(capsys, "report", "a.csv", "-o", "b.xlsx", option, request, "--json")
        assert (status, out) == (2, "")
        assert err.startswith(answer)
        assert err.count("\n") == 1


@pytest.mark.parametrize("json_", [True, False])
def test_a_refusal_is_on_standard_error_and_in_the_object(
    json_: bool, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise ReadRefused("empty", say("NPS"), say("no answer"))

    monkeypatch.setattr(Worker, "read", refuse)
    for words in (("inspect", "a.csv"), ("report", "a.csv", "-o", "b.xlsx")):
        status, out, err = run(capsys, *words, *(["--json"] if json_ else []))
        assert (status, err) == (3, "NPS no answer\n")
        assert not json_ or json.loads(out) == {"refused": {"reason": "NPS", "remedy": "no answer"}}
        assert json_ or not out


def test_work_that_was_refused_has_the_status_of_a_refusal(capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise WorkRefused("disk_full", say("NPS"), say("no answer"))

    reads(monkeypatch)
    monkeypatch.setattr(Worker, "call", refuse)
    status, out, err = run(capsys, "report", "a.csv", "-o", "b.xlsx", "--json")
    assert (status, err, json.loads(out)["refused"]["reason"]) == (3, "NPS no answer\n", "NPS")


def test_a_fault_of_the_program_is_no_traceback_and_tells_no_answer(
    capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("张三")

    monkeypatch.setattr(Worker, "read", fail)
    status, out, err = run(capsys, "inspect", "a.csv")
    assert (status, out) == (3, "")
    assert "Something went wrong inside the program." in err
    assert re.search(r"Details for support: KeyError test_command:\d+", err)
    assert "张三" not in err
    assert "Traceback" not in err


def test_interrupting_is_quiet(capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Worker, "read", interrupt)
    assert run(capsys, "inspect", "a.csv") == (130, "", "")


def test_key_figures_are_said_in_words(capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    reads(monkeypatch, survey(recommend=[10, 9, 3, 8] * 10, satisfaction=[5, 1] * 20, effort=[4] * 40))
    saves(monkeypatch)
    status, out, err = run(capsys, "report", "a.csv", "-o", "b.xlsx")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert re.fullmatch(r"NPS \+25, from [−+]\d+ to \+\d+ \(n = 40\), Recommend", lines[0])
    assert re.fullmatch(r"CSAT 50%, from \d+% to \d+% \(n = 40\), Satisfaction", lines[1])
    assert lines[2] == "CES 4.0 (n = 40), Effort"
    assert lines[3] == str(Path("b.xlsx").absolute())
    assert len(lines) == 4


def test_too_few_answers_have_no_score(capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    reads(monkeypatch, survey(recommend=[10, 9, 3]))
    saves(monkeypatch)
    assert run(capsys, "report", "a.csv", "-o", "b.xlsx")[1].startswith("NPS: too few answers (n = 3), Recommend\n")


def test_a_report_that_got_another_name_says_so(capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    reads(monkeypatch)
    saves(monkeypatch, renamed=True)
    status, out, err = run(capsys, "report", "a.csv", "-o", "b.xlsx", "--json")
    assert (status, json.loads(out)["output"]) == (0, str(Path("b.xlsx").absolute()))
    assert err == "The file was open in another program, so it was saved as b.xlsx.\n"


def test_inspect_lists_every_column(capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    reads(monkeypatch)
    out = run(capsys, "inspect", "a.csv")[1]
    assert out == ("40 respondents\n0. Recommend: NPS score (made for a test)\n1. Region: Segment (made for a test)\n")


# --- several files ----------------------------------------------------------------------------------------------------


def reads_each(monkeypatch: pytest.MonkeyPatch, **files: Dataset) -> None:
    """Let each file be its own survey, by the name without its ending."""
    monkeypatch.setattr(Worker, "read", lambda _self, path, *_: files[Path(path).stem])


def quarter(name: str, scores: list[int], **more: Any) -> Dataset:
    return survey(recommend=scores * 10, segment={"Region": ["North", "South"] * (5 * len(scores))}, name=name, **more)


def test_files_put_together_are_counted_together(capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    reads_each(monkeypatch, a=quarter("a.csv", [10, 9]), b=quarter("b.csv", [1, 2, 9, 8]))
    status, out, err = run(capsys, "inspect", "a.csv", "--add", "b.csv", "--json")
    assert (status, err) == (0, "")
    found = json.loads(out)
    assert (found["respondents"], found["source_column"], found["join"]) == (60, "source", None)
    assert [(part["name"], part["file"], part["respondents"]) for part in found["parts"]] == [
        ("a", "a.csv", 20),
        ("b", "b.csv", 40),
    ]
    (source,) = [question for question in found["questions"] if question["id"] == "source"]
    assert (source["role"], source["counts"]) == ("wave", {"a": 20, "b": 40})


def test_the_column_of_files_speaks_the_language_that_was_asked_for(
    capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads_each(monkeypatch, a=quarter("a.csv", [10, 9]), b=quarter("b.csv", [1, 2]))
    _, out, _ = run(capsys, "inspect", "a.csv", "--add", "b.csv", "--language", "zh_CN")
    assert "文件" in out.splitlines()[-1]


def test_an_earlier_file_is_compared_with(capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    # The day in the answers says otherwise, but the person said which file is the earlier one.
    days = ["2025-09-01"] * 20
    reads_each(monkeypatch, a=quarter("a.csv", [10, 9]), b=quarter("b.csv", [1, 9], date=days))
    saves(monkeypatch)
    status, out, _ = run(capsys, "report", "a.csv", "--earlier", "b.csv", "-o", "out.xlsx", "--json")
    found = json.loads(out)
    assert status == 0
    assert (found["nps"]["score"], found["nps"]["n"]) == (100, 20)
    assert (found["earlier"]["nps"]["score"], found["earlier"]["respondents"]) == (0, 20)


def test_a_filter_is_added_to_the_period(capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    reads_each(monkeypatch, a=quarter("a.csv", [10, 9]), b=quarter("b.csv", [1, 9]))
    saves(monkeypatch)
    words = ("report", "a.csv", "--earlier", "b.csv", "-o", "out.xlsx", "--json", "--filter")
    _, out, _ = run(capsys, *words, "Region=North")
    assert (json.loads(out)["respondents"], json.loads(out)["nps"]["n"]) == (10, 10)
    _, out, _ = run(capsys, *words, "File=b")
    assert json.loads(out)["nps"]["score"] == 0


@pytest.mark.parametrize("key", [(), ("--key", "Customer=Number"), ("--key", "respondent=number")])
def test_a_table_is_joined(key: tuple[str, ...], capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = quarter("a.csv", [10, 9], respondent=[f"K{n}" for n in range(20)])
    asked = tuple(
        replace(one, text="Customer") if one.id == "respondent" and key[1:] == ("Customer=Number",) else one
        for one in answers.questions
    )
    customers = survey(
        segment={"Plan": ["Gold", "Basic"] * 9}, comment={"Number": [f"K{n}" for n in range(18)]}, name="list.csv"
    )
    reads_each(monkeypatch, a=replace(answers, questions=asked), list=customers)
    status, out, _ = run(capsys, "inspect", "a.csv", "--join", "list.csv", *key, "--json")
    assert status == 0
    found = json.loads(out)
    assert (found["join"]["matched"], found["join"]["unmatched"], found["source_column"]) == (18, 2, None)
    assert found["questions"][-1]["counts"] == {"Gold": 9, "Basic": 9}
    assert [part["respondents"] for part in found["parts"]] == [20, 0]
    _, out, _ = run(capsys, "inspect", "a.csv", "--join", "list.csv", *key)
    assert "Found in the joined table: 18, not found: 2" in out


def test_a_key_that_is_no_column_is_told_in_words(capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    reads_each(monkeypatch, a=quarter("a.csv", [10, 9]), list=quarter("list.csv", [1, 2]))
    status, _, err = run(capsys, "inspect", "a.csv", "--join", "list.csv", "--key", "Nowhere")
    assert (status, err) == (2, "There is no column “Nowhere” in this file.\n")


def test_a_file_that_is_named_twice_is_refused(capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    reads_each(monkeypatch, a=quarter("a.csv", [10, 9]))
    status, _, err = run(capsys, "inspect", "a.csv", "--add", "a.csv")
    assert status == 3
    assert err == "“a.csv” was chosen twice, so everybody in it would be counted twice. Choose each file once.\n"
