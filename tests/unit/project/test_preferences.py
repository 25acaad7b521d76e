"""The settings: kept, and never in the way, whatever happened to their file."""

from __future__ import annotations

import json
import os
from dataclasses import fields, replace
from pathlib import Path

import pytest

from cxdesk.project.folders import private_folder, settings_folder, write_whole
from cxdesk.project.preferences import Preferences, load_preferences, save_preferences
from cxdesk.survey.base import Rules

OTHER = Preferences(
    language="zh_CN",
    theme="dark",
    text_size=130,
    patterns=True,
    rules=Rules(confidence=0.99, hide_below=20, test_from=50, plain_from=200, satisfied_points=1),
    author="王芳 \udc80",
    paper="Letter",
    keep_recent=False,
    remember_layouts=False,
    left_out=("data", "notes"),
    geometry="01d9d0cb",
)


def settings() -> Path:
    return settings_folder() / "settings.json"


def test_what_was_saved_comes_back() -> None:
    for field in fields(Preferences):
        assert getattr(OTHER, field.name) != getattr(Preferences(), field.name), field.name
    save_preferences(OTHER)
    assert load_preferences() == OTHER


def test_the_first_start_has_the_defaults() -> None:
    assert load_preferences() == Preferences()


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe\x00", b"\x00" * 500, b'{"rules": 5}', b'{"theme": ["dark"]}', b"[" * 20_000],
)
def test_a_damaged_file_means_the_defaults(content: bytes) -> None:
    settings().write_bytes(content)
    assert load_preferences() == Preferences()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "purple"),
        ("language", "xx"),
        ("text_size", 1000),
        ("text_size", True),
        ("text_size", "130"),
        ("patterns", 1),
        ("paper", "A0"),
        ("geometry", "Zürich"),
        ("author", None),
    ],
)
def test_a_value_out_of_range_takes_its_default_and_the_others_stay(name: str, value: object) -> None:
    save_preferences(OTHER)
    stored = json.loads(settings().read_text(encoding="utf-8")) | {name: value}
    settings().write_text(json.dumps(stored), encoding="utf-8")
    assert load_preferences() == replace(OTHER, **{name: getattr(Preferences(), name)})


@pytest.mark.parametrize(
    "rules",
    [
        {"confidence": 0.5, "hide_below": 1, "test_from": 2, "plain_from": -5, "satisfied_points": 7},
        {"confidence": "0.95", "hide_below": 10**12, "test_from": 29.5, "plain_from": None, "satisfied_points": None},
        {"hide_below": True, "unknown": 1},
    ],
)
def test_rules_cannot_be_laxer_than_the_defaults(rules: dict[str, object]) -> None:
    settings().write_text(json.dumps({"rules": rules}), encoding="utf-8")
    assert load_preferences().rules == Rules()


def test_settings_that_cannot_be_written_are_no_interruption(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    blocked = home / "a file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("CXDESK_HOME", str(blocked / "inside"))
    save_preferences(OTHER)
    assert load_preferences() == Preferences()


class Killed(BaseException):
    """The program ends here."""


@pytest.mark.parametrize("point", ["mkstemp", "fdopen", "fsync", "replace"])
@pytest.mark.parametrize("end", [Killed, OSError])
def test_at_every_moment_the_old_or_the_new_file_is_whole(
    point: str, end: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    save_preferences(OTHER)

    def stop(*_: object, **__: object) -> object:
        raise end

    places = {
        "mkstemp": "tempfile.mkstemp",
        "fdopen": "os.fdopen",
        "fsync": "os.fsync",
        "replace": "pathlib.Path.replace",
    }
    with monkeypatch.context() as patched:
        patched.setattr(places[point], stop)
        if end is Killed:
            with pytest.raises(Killed):
                save_preferences(Preferences())
        else:
            save_preferences(Preferences())
    assert load_preferences() == OTHER
    assert [path.name for path in settings_folder().iterdir()] == ["settings.json"]


def test_what_a_killed_run_left_is_removed(home: Path) -> None:
    gone = settings().with_name(f"settings.json.{2**22 + 1}.abc.part")
    alive = settings().with_name(f"settings.json.{os.getpid()}.abc.part")
    for left in (gone, alive):
        left.write_text("half", encoding="utf-8")
    save_preferences(OTHER)
    assert not gone.exists()
    assert alive.exists()
    assert load_preferences() == OTHER


def test_a_file_is_replaced_and_not_written_into(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text("old", encoding="utf-8")
    other = tmp_path / "other.json"
    os.link(path, other)
    write_whole(path, "新\n")
    assert path.read_bytes() == "新\n".encode()
    assert other.read_text(encoding="utf-8") == "old"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the folder of a person private by itself")
def test_the_private_folder_is_for_one_person() -> None:
    private_folder().chmod(0o755)
    assert private_folder().stat().st_mode & 0o777 == 0o700
