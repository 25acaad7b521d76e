"""Several files on one command line, as people run it: put together, compared with an earlier one, joined."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.test_command import ASKED, CORPUS, Ran, cells, file, needs_corpus

__all__ = ["file"]


def test_a_month_is_compared_with_the_one_before(file: Path, tmp_path: Path) -> None:
    earlier = tmp_path / "早些时候.csv"
    lines = file.read_text(encoding="utf-8").replace(",10,", ",2,").splitlines()
    earlier.write_text("\n".join(lines[:81]) + "\n", encoding="utf-8")
    target = tmp_path / "report.xlsx"
    found = Ran("report", file, "--earlier", earlier, "-o", target, "--json").json
    assert (found["respondents"], found["earlier"]["respondents"]) == (120, 80)
    assert found["nps"]["score"] > found["earlier"]["nps"]["score"]
    assert [part["name"] for part in found["parts"]] == ["早些时候", "客户调查 😀"]
    assert any("早些时候" in cell for cell in cells(target))


def test_a_customer_list_is_joined_in_another_process(tmp_path: Path) -> None:
    answers, customers = tmp_path / "answers.csv", tmp_path / "customers.csv"
    answers.write_text(
        "\n".join([f"Customer ID,{ASKED}", *(f"{n:05},{n % 11}" for n in range(1, 121))]) + "\n", encoding="utf-8"
    )
    customers.write_text(
        "\n".join(["Number,Plan", *(f"{n},{('Gold', 'Basic')[n % 2]}" for n in range(11, 141))]) + "\n",
        encoding="utf-8",
    )
    found = Ran("inspect", answers, "--join", customers, "--key", "Customer ID=Number", "--json").json
    match = found["join"]
    assert (match["matched"], match["unmatched"], match["not_in_survey"], match["zeros_ignored"]) == (110, 10, 20, True)
    assert next(question for question in found["questions"] if question["text"] == "Plan")["answered"] == 110


@needs_corpus
def test_two_exports_of_one_form_together() -> None:
    names = ("gforms-sudzilla-1.csv", "gforms-sudzilla-2.csv")
    found = Ran("inspect", Path(CORPUS) / names[0], "--add", Path(CORPUS) / names[1], "--json").json
    assert (found["respondents"], [part["respondents"] for part in found["parts"]]) == (78, [39, 39])


@needs_corpus
def test_texts_and_code_numbers_of_one_survey_count_once() -> None:
    found = Ran("inspect", Path(CORPUS) / "wjx-800-seq.xls", "--add", Path(CORPUS) / "wjx-800-text.xls", "--json").json
    assert (found["respondents"], found["source_column"]) == (800, None)
    assert "same_answers" in [entry["code"] for entry in found["receipt"]["unused"]]


@needs_corpus
def test_published_scores_of_two_years_side_by_side(tmp_path: Path) -> None:
    new, old = (Path(CORPUS) / f"sm-cncf-maint-{year}.csv" for year in ("2023H2", "2020H2"))
    found = Ran("report", new, "--earlier", old, "-o", tmp_path / "two years.xlsx", "--json").json
    assert (round(found["nps"]["score"], 2), found["nps"]["n"]) == (49.62, 133)
    assert (round(found["earlier"]["nps"]["score"], 2), found["earlier"]["nps"]["n"]) == (55.67, 97)
