"""Text files: separators, quotes, line ends, odd rows, decimal commas, and nothing lost on the fast way."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

import pytest

from cxdesk.reading.grid import Choices
from cxdesk.reading.guards import LIMITS

from .reading import cells, notes, read_bytes, refusal, rows

Quoting = Literal[0, 1]

TABLE = [["Region", "Score", "Why"], ["North", "10", "fast, friendly"], ["South", "3", 'a "bad" day\nand a long wait']]


def written(
    table: Iterable[Sequence[str]], delimiter: str = ",", ends: str = "\r\n", quoting: Quoting = csv.QUOTE_MINIMAL
) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=ends, quoting=quoting).writerows(table)
    return out.getvalue().encode()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_finds_the_separator_whatever_the_line_ends(
    tmp_path: Path, delimiter: str, ends: str, quoting: Quoting
) -> None:
    grid = read_bytes(tmp_path, written(TABLE, delimiter, ends, quoting))
    assert rows(grid) == TABLE
    assert grid.delimiter == delimiter


def test_the_name_of_the_file_decides_nothing(tmp_path: Path) -> None:
    assert rows(read_bytes(tmp_path, written(TABLE, "\t"), "answers.xlsx")) == TABLE


def test_a_line_that_names_the_separator_is_obeyed_and_left_out(tmp_path: Path) -> None:
    grid = read_bytes(tmp_path, b"sep=;\r\n" + written(TABLE, ";"))
    assert rows(grid) == TABLE


def test_a_chosen_separator_wins(tmp_path: Path) -> None:
    grid = read_bytes(tmp_path, b"a,b;c\nx,y;3\n", choices=Choices(delimiter=";"))
    assert rows(grid) == [["a,b", "c"], ["x,y", "3"]]


def test_separators_inside_answers_do_not_confuse(tmp_path: Path) -> None:
    table = [["Used", "Score"], *[["mail; phone; shop", str(n)] for n in range(8)], ["mail", "3"]]
    assert rows(read_bytes(tmp_path, written(table))) == table


def test_titles_above_the_table_do_not_hide_its_separator(tmp_path: Path) -> None:
    table = b"Customer survey 2025\n\nRegion;Score\nNorth;9\nSouth;8\nEast;7\n"
    grid = read_bytes(tmp_path, table)
    assert grid.delimiter == ";"
    assert grid.row(2) == ["Region", "Score"]


def test_short_rows_are_filled_and_long_rows_keep_every_cell(tmp_path: Path) -> None:
    grid = read_bytes(tmp_path, b"a,b,c\n1\n1,2,3,4,5\n6,7,8\n")
    assert rows(grid)[1:] == [
        ["1", "", "", "", ""],
        ["1", "2", "3", "4", "5"],
        ["6", "7", "8", "", ""],
    ]


def test_rows_longer_than_the_header_never_make_the_first_column_an_index(tmp_path: Path) -> None:
    grid = read_bytes(tmp_path, b"a,b\n" + b"1,2,3\n" * 5)
    assert grid.row(1) == ["1", "2", "3"]


def test_doubled_line_ends_make_no_empty_rows(tmp_path: Path) -> None:
    grid = read_bytes(tmp_path, b"a,b\r\r\n1,2\r\r\n3,4\r\r\n")
    assert rows(grid) == [["a", "b"], ["1", "2"], ["3", "4"]]


def test_blank_rows_inside_stay_so_that_the_receipt_can_count_them(tmp_path: Path) -> None:
    assert rows(read_bytes(tmp_path, b"a,b\n\n1,2\n\n")) == [["a", "b"], ["", ""], ["1", "2"]]


def test_cells_are_trimmed_of_every_invisible_edge(tmp_path: Path) -> None:
    grid = read_bytes(tmp_path, "a,b\n\u00a0 yes\u200b ,\u3000１０\ufeff\n".encode())
    assert grid.row(1) == ["yes", "１０"]


def test_ids_and_long_numbers_stay_as_they_were_written(tmp_path: Path) -> None:
    grid = read_bytes(tmp_path, b"id,n\n007,4e492493924924\n0123456789012345678,1.0\n")
    assert rows(grid)[1:] == [["007", "4e492493924924"], ["0123456789012345678", "1.0"]]


def test_words_that_libraries_take_for_missing_stay(tmp_path: Path) -> None:
    grid = read_bytes(tmp_path, b"a,b\nNA,None\nnull,NaN\n")
    assert rows(grid)[1:] == [["NA", "None"], ["null", "NaN"]]


def test_a_quote_that_is_never_closed_swallows_nothing(tmp_path: Path) -> None:
    grid = read_bytes(tmp_path, b'a\tb\n1\t"tall\n2\tshort\n3\tshort\n')
    assert rows(grid) == [["a", "b"], ["1", '"tall'], ["2", "short"], ["3", "short"]]
    assert notes(grid) == {"open_quote": 1}


@pytest.mark.parametrize("rows_beyond", [0, 1, 2])
def test_the_end_is_seen_at_every_place_of_a_step(tmp_path: Path, rows_beyond: int) -> None:
    count = 4096 - 1 + rows_beyond
    grid = read_bytes(tmp_path, b"a,b\n" + b"1,2\n" * (count - 1))
    assert grid.rows == count


class TestDecimalComma:
    def column(self, tmp_path: Path, values: list[str], delimiter: str = ";") -> list[str]:
        lines = [f"id{delimiter}weight", *(f"r{n}{delimiter}{value}" for n, value in enumerate(values))]
        return cells(read_bytes(tmp_path, "\n".join(lines).encode()))[1]

    def test_a_column_of_numbers_is_turned(self, tmp_path: Path) -> None:
        assert self.column(tmp_path, ["0,92", "1", "-1,5", "1.234,5", ""]) == [
            "weight", "0.92", "1", "-1.5", "1234.5", "",
        ]  # fmt: skip

    def test_quoted_in_a_comma_file_too(self, tmp_path: Path) -> None:
        assert self.column(tmp_path, ['"0,92"', '"1,5"'], ",") == ["weight", "0.92", "1.5"]

    def test_thousands_stay(self, tmp_path: Path) -> None:
        assert self.column(tmp_path, ['"1,234"', '"12,500"'], ",") == ["weight", "1,234", "12,500"]

    def test_one_other_text_keeps_the_column_as_it_is(self, tmp_path: Path) -> None:
        assert self.column(tmp_path, ["3,5", "often", "2,5"]) == ["weight", "3,5", "often", "2,5"]


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    limits = LIMITS.__class__(line=1000)
    assert refusal(tmp_path, b"a,b\n" + b"x" * 2000 + b"\n", limits=limits).code == "long_line"


def test_a_cell_without_end_is_refused(tmp_path: Path) -> None:
    limits = LIMITS.__class__(field=100)
    assert refusal(tmp_path, b"a,b\n" + b"x" * 200 + b",1\n", limits=limits).code == "long_cell"


def test_caps_on_rows_and_columns(tmp_path: Path) -> None:
    assert refusal(tmp_path, b"a\n" * 20, limits=LIMITS.__class__(text_rows=10)).code == "too_many_rows"
    assert refusal(tmp_path, b"," * 20 + b"\n1\n", limits=LIMITS.__class__(columns=10)).code == "too_many_columns"
    assert refusal(tmp_path, b"a,b\n" * 20, limits=LIMITS.__class__(cells=30)).code == "too_many_cells"
