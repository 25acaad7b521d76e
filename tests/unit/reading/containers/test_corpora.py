"""Real survey files. The folder is kept outside the repository: CXDESK_CORPUS names it."""

import pytest

from cxdesk.reading.problem import ReadRefused

from .reading import cells, folder_of, notes, read

SIZES = {
    "gforms-r19-en.csv": (1839, 52),
    "gforms-r19-en.xlsx": (1839, 52),
    "wjx-800-text.xls": (801, 14),
    "wjx-800-seq.xls": (801, 36),
    "sm-sigdocs-2019-expanded.ods": (101, 107),
    "typeform-fcc-2016-p1.csv": (15654, 51),
    "qualtrics-num-zurich.csv": (159, 195),
    "dp-quantipy-A.csv": (8256, 78),
    "spss-sample.sav": (5, 7),
    "spss-sample.zsav": (5, 7),
    "spss-sample.por": (5, 7),
    "stata-sample.dta": (5, 7),
}


def test_every_survey_of_the_corpus_opens() -> None:
    refused = {}
    for path in sorted(folder_of("CXDESK_CORPUS").iterdir()):
        if path.suffix == ".md":
            continue
        try:
            grid = read(path)
        except ReadRefused as problem:
            refused[path.name] = problem.code
            continue
        assert grid.rows
        assert grid.columns
        if path.name in SIZES:
            assert (grid.rows, len(grid.columns)) == SIZES[path.name], path.name
        assert "error_cell" not in notes(grid), path.name
    assert set(refused.values()) <= {"json"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("gforms-r19-es.csv", "gforms-r19-es.cp1252.semicolon.csv"),
        ("gforms-r19-es.csv", "gforms-r19-es.sepline.csv"),
        ("gforms-r19-es.csv", "gforms-r19-es.utf16le.tab.txt"),
        ("wjx-800-text.utf8bom.csv", "wjx-800-text.gb18030.csv"),
        ("wjx-800-text.utf8bom.csv", "wjx-800-text.xls"),
        ("gforms-sudzilla-1.csv", "gforms-sudzilla.tsv"),
    ],
)
def test_the_same_survey_in_another_dress_has_the_same_cells(first: str, second: str) -> None:
    folder = folder_of("CXDESK_CORPUS")
    if not (folder / first).is_file() or not (folder / second).is_file():
        pytest.skip("this corpus does not hold the pair")
    one, other = cells(read(folder / first)), cells(read(folder / second))
    # The program that made the other dresses numbered a header that occurs twice.
    assert [column[0] for column in one] == [column[0].removesuffix(".1") for column in other]
    assert [column[1:] for column in one] == [column[1:] for column in other]
