"""Personal data is recognised by what headers say and by what cells hold, and shown nowhere."""

from __future__ import annotations

import pytest

from cxdesk.survey.role import Role
from tests.unit.reading.understanding.sheets import columns_of, only


@pytest.mark.parametrize(
    "header",
    [
        "Name",
        "First Name",
        "RecipientEmail",
        "E-mail address",
        "Phone number",
        "IP Address",
        "姓名",
        "手机号",
        "联系电话",
        "微信昵称",
        "openid",
        "身份证号",
        "LocationLatitude",
        "Your full name?",
        "Network ID",
        "邮箱",
        "家庭住址",
        "Adresse e-mail",
        "氏名",
    ],
)
def test_headers_that_announce_personal_data(header: str) -> None:
    assert only(header, [f"value {n}" for n in range(60)]).role is Role.PRIVATE


@pytest.mark.parametrize(
    "header",
    [
        "手机部数",
        "手机价格",
        "Store name",
        "公司名称",
        "Product name",
        "Do you use email marketing?",
        "Phone support",
        "门店名称",
    ],
)
def test_headers_that_only_look_alike(header: str) -> None:
    assert only(header, ["A", "B", "C"]).role is Role.SEGMENT


@pytest.mark.parametrize(
    "cell",
    [
        "138{:08d}",
        "user{}@example.com",
        "10.0.0.{}",
        "+49 170 12345{:02d}",
        "021-62345{:03d}",
        "31.2304{:03d}, 121.4737{:03d}",
    ],
)
def test_cells_that_hold_personal_data(cell: str) -> None:
    numbered = [cell.format(n, n) for n in range(100, 160)]
    assert only("Field 7", numbered).role is Role.PRIVATE


def test_identity_numbers_are_checked() -> None:
    good = "11010519491231002X"
    assert only("Field", [good]).role is Role.PRIVATE
    assert only("Field", ["110105194912310021"]).role is not Role.PRIVATE


def test_chinese_names_are_recognised_without_a_header() -> None:
    names = [
        family + given
        for family in "王李张刘陈杨"
        for given in ("小明", "芳", "志强", "丽", "伟", "静", "磊", "娜", "军", "敏")
    ]
    assert only("填写", names).role is Role.PRIVATE
    assert only("城市", ["金华", "石家庄", "江门", "温州"]).role is Role.SEGMENT


@pytest.mark.parametrize("header", ["护照办理服务满意度", "企业邮箱满意度", "Please rate the phone number search"])
def test_scores_about_such_things_are_scores(header: str) -> None:
    assert only(header, [1, 2, 3, 4, 5]).role in (Role.SATISFACTION, Role.RATING)


def test_private_columns_show_no_examples_and_are_counted() -> None:
    survey = columns_of({"Name": [f"Person {n}" for n in range(60)], "NPS": range(11)})
    assert survey.questions[0].examples == ()
    assert survey.questions[0].options == ()
    assert [(note.code, note.count, note.column) for note in survey.receipt.unused] == [("private_column", 60, 0)]


def test_an_empty_field_is_no_personal_data() -> None:
    """The survey program's "(空)" is nobody's phone number, so it is counted apart."""
    cells = ["(空)", "13800138000", "(空)", "13912345678", "(空)", "无"]
    survey = columns_of({"您的手机号": cells, "NPS": range(11)})
    assert survey.questions[0].role is Role.PRIVATE
    assert [(note.code, note.count, note.column, note.cells) for note in survey.receipt.unused] == [
        ("private_column", 20, 0, ()),
        ("no_answer", 40, 0, ()),
    ]
    assert survey.receipt.cells_left_out == 60
