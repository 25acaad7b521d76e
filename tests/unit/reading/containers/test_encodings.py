"""Text in the encodings that survey tools and spreadsheets write, found without asking."""

from pathlib import Path

import pytest

from cxdesk.reading.grid import Choices

from .reading import notes, read_bytes, rows

CHINESE = "序号,地区,推荐分数,原因\n1,华北,10,服务很好，下次还来\n2,华东,3,物流太慢，等了一个星期\n3,华南,8,价格合适\n"
SPANISH = "Región;Puntuación;Opinión\nAndalucía;9;Muy rápido, señor Núñez\nMálaga;2;Atención pésima\n"
JAPANESE = "地域,点数,理由\n東京,10,とても使いやすいです\n大阪,4,サポートの返事が遅い\n京都,7,まあまあでした\n"
KOREAN = "지역,점수,이유\n서울,10,매우 만족합니다\n부산,3,배송이 너무 늦어요\n대구,8,가격이 좋습니다\n"
RUSSIAN = "Регион;Оценка;Причина\nМосква;10;Очень быстро и удобно\nКазань;4;Долго ждал ответа поддержки\n"


def table(text: str, delimiter: str) -> list[list[str]]:
    return [line.split(delimiter) for line in text.splitlines()]


@pytest.mark.parametrize(
    ("text", "delimiter", "codec", "name"),
    [
        (CHINESE, ",", "utf-8", "UTF-8"),
        (CHINESE, ",", "utf-8-sig", "UTF-8"),
        (CHINESE, ",", "gb18030", "GB18030"),
        (CHINESE, ",", "utf-16", "UTF-16"),
        (CHINESE, ",", "utf-16-le", "UTF-16"),
        (CHINESE, ",", "utf-16-be", "UTF-16"),
        (CHINESE, ",", "utf-32-le", "UTF-32"),
        (SPANISH, ";", "cp1252", "Windows-1252"),
        (SPANISH, ";", "utf-16-be", "UTF-16"),
        (JAPANESE, ",", "cp932", "Shift_JIS"),
        (JAPANESE, ",", "euc_jp", "EUC-JP"),
        (JAPANESE, ",", "iso2022_jp", "ISO2022-JP"),
        (KOREAN, ",", "cp949", "EUC-KR"),
        (RUSSIAN, ";", "cp1251", "Windows-1251"),
    ],
)
def test_reads_the_text_as_it_was_written(tmp_path: Path, text: str, delimiter: str, codec: str, name: str) -> None:
    grid = read_bytes(tmp_path, text.encode(codec))
    assert rows(grid) == table(text, delimiter)
    assert grid.encoding == name
    assert grid.unused == ()


def test_two_stray_bytes_in_an_english_file_are_not_chinese(tmp_path: Path) -> None:
    lines = ["id,opinion", *[f"{n},A rather long answer about the film number {n}" for n in range(300)]]
    content = "\n".join(lines).encode().replace(b"film number 7\n", b"film\x8c\xe6 number 7\n")
    grid = read_bytes(tmp_path, content)
    assert not any("\u4e00" <= char <= "\u9fff" for char in grid.cell(8, 1))
    assert grid.cell(8, 1).startswith("A rather long answer about the film")


def test_a_character_cut_in_half_does_not_spoil_a_utf8_file(tmp_path: Path) -> None:
    broken = CHINESE.encode() + "4,西北,6,".encode() + "太".encode()[:2] + b"\n"
    grid = read_bytes(tmp_path, broken)
    assert grid.encoding == "UTF-8"
    assert grid.cell(1, 1) == "华北"
    assert notes(grid) == {"replaced_character": 1}


def test_what_nothing_can_read_is_shown_and_counted(tmp_path: Path) -> None:
    grid = read_bytes(tmp_path, SPANISH.encode("cp1252") + b"C\x81diz;5;ok\n")
    assert grid.cell(1, 0) == "Andalucía"
    assert notes(grid) in ({"replaced_character": 1}, {})
    assert grid.cell(3, 1) == "5"


def test_a_chosen_encoding_wins(tmp_path: Path) -> None:
    grid = read_bytes(tmp_path, CHINESE.encode("gb18030"), choices=Choices(encoding="latin-1"))
    assert grid.cell(0, 0) == "序号".encode("gb18030").decode("latin-1")


def test_a_codec_that_makes_no_text_is_ignored(tmp_path: Path) -> None:
    assert rows(read_bytes(tmp_path, CHINESE.encode(), choices=Choices(encoding="rot13"))) == table(CHINESE, ",")
