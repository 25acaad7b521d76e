"""The terminal's commands as people run them: a process of its own, real files, nothing but what it prints.

The figures of real surveys are those that their owners published; the folder of these files is named by the
environment variable ``CXDESK_CORPUS``.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

ROOT = Path(__file__).resolve().parents[2]
CORPUS = os.environ.get("CXDESK_CORPUS", "")
needs_corpus = pytest.mark.skipif(not CORPUS, reason="CXDESK_CORPUS does not name the folder of real survey files")

ASKED = "How likely are you to recommend us to a friend?"
REGIONS = ("West", "North, old", "a=b 😀")
ANSWERS = [
    [
        REGIONS[n % 3],
        str((10, 9, 3, 8)[n % 4]),
        f"2025-0{n % 3 + 7}-01",
        f"{('slow delivery', '=1+1', '发货太慢')[n % 3]} {n}",
    ]
    for n in range(120)
]


class Ran:
    """A finished run: exit status, standard output and standard error as UTF-8."""

    def __init__(self, *words: object, cwd: Path | None = None, **variables: str) -> None:
        environment = {**os.environ, **variables}
        done = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), *map(str, words)],
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=120,
        )
        self.status, self.out, self.err = done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        assert "Traceback" not in self.out + self.err

    @property
    def json(self) -> dict[str, Any]:
        assert self.status == 0, self.err
        found: dict[str, Any] = json.loads(self.out)
        return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "客户调查 😀.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["Region", ASKED, "Date", "Why=reason?"], *ANSWERS])
    return path


def cells(path: Path) -> list[str]:
    book = openpyxl.load_workbook(path)
    return [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


# --- report ---------------------------------------------------------------------------------------------------------


def test_report_writes_a_workbook_and_prints_one_object(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "new folder" / "报告 😀.xlsx"
    ran = Ran("report", file, "-o", target, "--json", PYTHONIOENCODING="ascii", LC_ALL="C")
    found = ran.json
    assert not ran.err
    assert found["output"] == str(target)
    assert openpyxl.load_workbook(target).sheetnames == found["sheets"]
    voices = ["Comments", "Follow-up", "Data quality"]
    assert found["sheets"] == ["Summary", "Scores", "Segments", "Trend", *voices, "Notes"]
    nps = found["nps"]
    assert (nps["promoters"], nps["passives"], nps["detractors"], nps["n"]) == (60, 30, 30, 120)
    assert (nps["score"], nps["scale"], nps["question"]) == (25.0, [0, 10], ASKED)
    assert set(found["segments"]["Region"]) == set(REGIONS)
    assert found["segments"]["Region"]["West"]["n"] == 40
    assert (found["csat"], found["ces"], found["other_nps"]) == (None, None, [])


@pytest.mark.skipif(sys.platform != "linux", reason="only here can a file name be no text")
def test_a_file_name_in_another_encoding_is_no_obstacle(file: Path, tmp_path: Path) -> None:
    named = tmp_path / os.fsdecode("客户.csv".encode("gb18030"))
    file.rename(named)
    target = named.with_suffix(".xlsx")
    found = Ran("report", named, "-o", target, "--json").json
    assert found["output"] == str(target)
    assert openpyxl.load_workbook(target).sheetnames == found["sheets"]


def test_report_in_chinese_of_a_part_of_the_answers(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "报告.xlsx"
    words = [
        "report",
        file.name,
        "-o",
        target.name,
        "--language",
        "zh_CN",
        "--data",
        "--title",
        "月报",
        "--author",
        "王芳",
    ]
    for wanted in ("Region=North, old,a=b 😀", "Date=2025-08-01..2025-09-30", "Why=reason?==1+1"):
        words += ["--filter", wanted]
    ran = Ran(*words, "--json", cwd=tmp_path)
    found = ran.json
    assert found["respondents"] == 40
    assert set(found["segments"]["Region"]) == {"North, old"}
    assert found["sheets"][-1] == "数据"
    written = cells(target)
    assert "月报" in written
    assert any("王芳" in cell for cell in written)
    assert any("筛选" in cell or "North, old" in cell for cell in written)
    assert "=1+1 1" in written
    assert not [cell for cell in written if "slow delivery" in cell]


def test_a_score_is_given_its_role_by_header_words_or_position(tmp_path: Path) -> None:
    path = tmp_path / "rated.csv"
    rows = "".join(f"{n % 11},{'ab'[n % 2]}\n" for n in range(110))
    path.write_text("Overall (0=bad),Shop\n" + rows, encoding="utf-8")
    for named in ("Overall (0=bad)", "0"):
        found = Ran("report", path, "-o", tmp_path / "o.xlsx", "--json", "--role", f"{named}=recommend").json
        assert (found["nps"]["n"], found["nps"]["promoters"], found["nps"]["detractors"]) == (110, 20, 70)
    assert Ran("report", path, "-o", tmp_path / "o.xlsx", "--json").json["nps"] is None


def test_readings_in_doubt_are_named_in_the_output_and_in_the_report(tmp_path: Path) -> None:
    path = tmp_path / "rated.csv"
    path.write_text("My rating of it\n" + "".join(f"{n % 11}\n" for n in range(110)), encoding="utf-8")
    ran = Ran("report", path, "-o", tmp_path / "o.xlsx")
    assert ran.status == 0
    assert "Please check: “My rating of it” is used as Other score" in ran.out
    notes = openpyxl.load_workbook(tmp_path / "o.xlsx")["Notes"]
    assert any("My rating of it" in str(cell.value) for row in notes.iter_rows() for cell in row)


def test_the_survey_file_is_only_read(file: Path, tmp_path: Path) -> None:
    before, changed = file.read_bytes(), file.stat().st_mtime_ns
    file.chmod(0o444)
    for words in (
        ("report", file, "-o", tmp_path / "o.xlsx"),
        ("inspect", file),
        ("table", file, "-o", tmp_path / "t.csv"),
    ):
        assert Ran(*words).status == 0
    assert (file.read_bytes(), file.stat().st_mtime_ns) == (before, changed)


# --- inspect and table ----------------------------------------------------------------------------------------------


def test_inspect_says_how_a_file_is_understood(file: Path) -> None:
    found = Ran("inspect", file, "--json").json
    assert (found["refused"], found["container"], found["encoding"], found["delimiter"]) == (None, "csv", "UTF-8", ",")
    assert (found["respondents"], found["columns"], found["header_rows"]) == (120, 4, 1)
    roles = {question["text"]: question["role"] for question in found["questions"]}
    assert roles == {"Region": "segment", ASKED: "recommend", "Date": "date", "Why=reason?": "comment"}
    asked = next(question for question in found["questions"] if question["role"] == "recommend")
    assert (asked["counts"]["10"], asked["answered"], asked["columns"]) == (30, 120, [1])
    listed = Ran("inspect", file, "--language", "zh_CN").out.splitlines()
    assert listed[0] == "120 位受访者"
    assert len(listed) == 5


def test_table_writes_the_answers_with_a_byte_order_mark(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "答案.csv"
    ran = Ran("table", file, "-o", target)
    assert (ran.status, ran.out) == (0, f"{target}\n")
    content = target.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["Region", ASKED, "Date", "Why=reason?"]
    assert rows[1] == ANSWERS[0]
    assert rows[2] == [*ANSWERS[1][:3], "'=1+1 1"]
    assert len(rows) == 121


# --- refusals -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", [("inspect",), ("report", "-o", "o.xlsx"), ("table", "-o", "o.csv")], ids=lambda w: w[0]
)
def test_a_file_that_cannot_be_used_is_refused_in_words(words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "noise.xlsx").write_bytes(bytes(range(256)) * 40)
    strange = ("folder.csv", "noise.xlsx", "empty.csv/inside.csv") if words[0] == "inspect" else ()
    for name in ("missing 😀.csv", *strange):
        ran = Ran(*words, name, cwd=tmp_path)
        assert (ran.status, ran.out) == (3, ""), name
        assert len(ran.err.split()) > 5, name
        assert ran.err.count("\n") == 1, ran.err
    if words[0] != "table":
        ran = Ran(*words, "empty.csv", "--json", cwd=tmp_path)
        assert ran.status == 3
        refused = json.loads(ran.out)["refused"]
        assert ran.err.strip() == f"{refused['reason']} {refused['remedy']}"
    assert not list(tmp_path.glob("o.*"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_file_does_not_keep_the_program_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert Ran("inspect", "pipe.csv", cwd=tmp_path).status == 3


@pytest.mark.parametrize("command", [("report", ".xlsx"), ("table", ".csv")], ids=lambda c: c[0])
def test_a_target_that_cannot_be_written_is_refused_in_words(
    command: tuple[str, str], file: Path, tmp_path: Path
) -> None:
    name, suffix = command
    (tmp_path / f"folder{suffix}").mkdir()
    (tmp_path / f"plain{suffix}").write_text("mine", encoding="utf-8")
    long = "x" * 300
    for target in (f"folder{suffix}", f"plain{suffix}/o{suffix}", f"{long}{suffix}"):
        ran = Ran(name, file, "-o", target, cwd=tmp_path)
        assert (ran.status, ran.out) == (3, ""), target
        assert "was not saved" in ran.err
        assert ran.err.count("\n") == 1
    assert (tmp_path / f"plain{suffix}").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".tmp")] == []


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the super-user may read and write anything"
)
def test_what_one_may_not_read_or_write_is_refused(file: Path, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    assert Ran("report", file, "-o", locked / "o.xlsx").status == 3
    file.chmod(0)
    assert Ran("inspect", file).status == 3


def test_a_full_disk_behind_the_output_is_told(file: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no device that is always full")
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        words = [sys.executable, str(ROOT / "main.py"), "inspect", str(file)]
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, check=False, timeout=120)
    assert done.returncode == 3
    assert done.stderr.decode() == "The output could not be written. Check that the disk is not full and try again.\n"


def test_a_reader_that_has_seen_enough_is_no_failure(file: Path) -> None:
    words = [sys.executable, str(ROOT / "main.py"), "inspect", str(file), "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert (process.stderr.read(), process.wait(120)) == (b"", 0)


def test_no_window_is_imported(file: Path, tmp_path: Path) -> None:
    script = """
import sys
from cxdesk import command
if __name__ == "__main__":
    status = command.main(sys.argv[1:])
    bad = {"PySide6", "shiboken6", "matplotlib"} & set(sys.modules)
    sys.exit(f"imported: {bad}" if bad else status)
"""
    for words in (
        ("inspect", file),
        ("report", file, "-o", tmp_path / "o.xlsx"),
        ("table", file, "-o", tmp_path / "t.csv"),
    ):
        done = subprocess.run(
            [sys.executable, "-c", script, *map(str, words)], cwd=ROOT, capture_output=True, check=False, timeout=120
        )
        assert (done.returncode, done.stderr) == (0, b"")


# --- real surveys ---------------------------------------------------------------------------------------------------


def report(name: str, tmp_path: Path, *words: str) -> dict[str, Any]:
    return Ran("report", Path(CORPUS) / name, "-o", tmp_path / "o.xlsx", "--json", *words).json


@needs_corpus
@pytest.mark.parametrize("name", ["gforms-sudzilla-1.csv", "gforms-sudzilla.tsv", "gforms-sudzilla.titled.xlsx"])
def test_a_rating_becomes_the_recommend_question(name: str, tmp_path: Path) -> None:
    inspected = Ran("inspect", Path(CORPUS) / name, "--json").json
    rating = next(q for q in inspected["questions"] if "Sudzilla" in q["text"] and q["role"] == "rating")
    for column in (rating["text"], str(rating["columns"][0])):
        nps = report(name, tmp_path, "--role", f"{column}=recommend")["nps"]
        assert (round(nps["score"], 1), nps["n"]) == (-35.9, 39)


@needs_corpus
@pytest.mark.parametrize(
    ("name", "score", "n", "scale"),
    [
        ("carpentries-longterm-2020-01.csv", 62.69, 134, None),
        ("carpentrycon-2020.csv", 62.10, 124, None),
        ("gforms-r19-en.csv", 73.98, 1795, [1, 10]),
        ("gforms-r19-es.cp1252.semicolon.csv", 77.04, 331, None),
        ("gforms-r19-es.sepline.csv", 77.04, 331, None),
        ("gforms-r19-es.utf16le.tab.txt", 77.04, 331, None),
        ("sm-cncf-maint-2020H2.csv", 55.67, 97, None),
        ("sm-cncf-maint-2023H2.csv", 49.62, 133, None),
    ],
)
def test_published_scores(name: str, score: float, n: int, scale: list[int] | None, tmp_path: Path) -> None:
    found = report(name, tmp_path)
    nps = found["nps"]
    assert (round(nps["score"], 2), nps["n"]) == (score, n)
    assert nps["low"] < nps["score"] < nps["high"]
    if scale is not None:
        assert nps["scale"] == scale
        assert any(doubt["question"] == nps["question"] for doubt in found["unsure"])


@needs_corpus
def test_published_counts() -> None:
    found = Ran("inspect", Path(CORPUS) / "sm-cncf-maint-2020H2.csv", "--json").json
    assert found["platform"] == "surveymonkey"
    (asked,) = (question for question in found["questions"] if question["role"] == "recommend")
    assert list(asked["counts"].values()) == [1, 0, 0, 0, 3, 6, 8, 15, 14, 50]


@needs_corpus
def test_a_summary_is_refused() -> None:
    ran = Ran("inspect", Path(CORPUS) / "sm-cncf-maint-2020H2-summary.csv", "--json")
    assert ran.status == 3
    assert json.loads(ran.out)["refused"]["reason"]


@needs_corpus
def test_no_score_is_invented(tmp_path: Path) -> None:
    found = report("segments-telco-7043.csv", tmp_path)
    assert (found["nps"], found["csat"], found["ces"], found["respondents"]) == (None, None, None, 7043)
    assert found["segments"]


@needs_corpus
@pytest.mark.parametrize("name", ["wjx-800-text.xls", "wjx-800-text.gb18030.csv", "wjx-800-text.utf8bom.csv"])
def test_multiple_answers_of_three_encodings(name: str) -> None:
    found = Ran("inspect", Path(CORPUS) / name, "--json").json
    assert found["platform"] == "wenjuanxing"
    asked = next(question for question in found["questions"] if "美食" in question["counts"])
    assert [asked["counts"][option] for option in ("运动", "美食", "旅游")] == [479, 492, 478]
