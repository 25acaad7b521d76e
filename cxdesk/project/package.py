"""The container of projects and templates: one ZIP of texts and arrays that proves itself whole when it is opened.

``manifest.json`` says what it is, which program wrote it in which schema, whether people's answers are inside, and the
SHA-256 of every other part. Arrays are .npy files without pickled objects. A file of a newer schema is refused, never
changed; a sample of each schema that was ever released is kept among the tests.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cxdesk import __version__
from cxdesk.project.clock import now
from cxdesk.project.codec import Array
from cxdesk.text import Text, say

SCHEMA = 1
PROJECT, TEMPLATE = "project", "template"
ENDINGS = {PROJECT: ".cxd", TEMPLATE: ".cxt"}

_FORMAT = "cxdesk-"
_MANIFEST = "manifest.json"
_LARGEST_TEXT = 64 << 20
_LARGEST_ARRAY = 4 << 30
_MOST_PARTS = 200_000
_TIME = (1980, 1, 1, 0, 0, 0)
"""No part says when it was written: the same content gives the same bytes, and the manifest says it once."""


class ProjectRefused(Exception):
    """A project or template cannot be used. ``reason`` says what happened, ``remedy`` what to do; ``code`` is a word.

    ``place`` is where a file is missed, for asking where it has gone. The message of the exception holds the code only.
    """

    def __init__(self, code: str, reason: Text, remedy: Text, place: str = "") -> None:
        """Keep the words; they are translated where they are shown."""
        super().__init__(code)
        self.code = code
        self.reason = reason
        self.remedy = remedy
        self.place = place


@dataclass(frozen=True, slots=True, eq=False)
class Package:
    """What is inside: ``facts`` of the manifest, the other ``texts`` (JSON trees) by name, and ``arrays`` by number."""

    kind: str
    facts: Mapping[str, Any]
    texts: Mapping[str, Any]
    arrays: Mapping[int, Array]

    @property
    def answers(self) -> bool:
        """Whether people's answers are inside."""
        return self.facts.get("answers") is True

    @property
    def made(self) -> str:
        """When it was saved, as ISO text; "" if the file does not say."""
        made = self.facts.get("made")
        return made if isinstance(made, str) else ""


def is_package(path: str) -> bool:
    """Whether a name ends like that of a project or a template."""
    return Path(path).suffix.lower() in ENDINGS.values()


def pack(kind: str, facts: Mapping[str, Any], texts: Mapping[str, Any], arrays: list[Array]) -> bytes:
    """The bytes of a container. ``facts`` go into the manifest; "answers" among them must be true or false."""
    parts: dict[str, bytes] = {f"{name}.json": _json(tree) for name, tree in texts.items()}
    for number, array in enumerate(arrays):
        buffer = io.BytesIO()
        np.save(buffer, array, allow_pickle=False)
        parts[f"arrays/{number}.npy"] = buffer.getvalue()
    manifest = {
        "format": _FORMAT + kind,
        "schema": SCHEMA,
        "program": __version__,
        "made": now().isoformat(timespec="minutes"),
        **facts,
        "parts": {name: {"sha256": _digest(content), "size": len(content)} for name, content in parts.items()},
    }
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for name, content in {_MANIFEST: _json(manifest), **parts}.items():
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return whole.getvalue()


def unpack(path: Path) -> Package:
    """Read a container and check every part of it. Raises `ProjectRefused` with the reason in words."""
    try:
        content = path.read_bytes()
    except OSError:
        raise ProjectRefused(
            "no_access", say("The file cannot be read."), say("Check that it is still there.")
        ) from None
    return unpacked(content)


def unpacked(content: bytes) -> Package:
    """The container in some bytes. Raises `ProjectRefused`."""
    if content[:2] not in {b"PK", b""}:
        raise _not_ours()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _package(archive)
    except ProjectRefused:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        ValueError,
        LookupError,
        EOFError,
        RecursionError,
        NotImplementedError,
        RuntimeError,
        MemoryError,
    ):
        raise damaged() from None


def damaged() -> ProjectRefused:
    """Why a container cannot be used that is not as it was written."""
    return ProjectRefused(
        "damaged_project",
        say("It is damaged or was not saved completely."),
        say("Open the survey file itself, or an older copy of the project."),
    )


def _not_ours() -> ProjectRefused:
    return ProjectRefused(
        "not_ours",
        say("It is not a project or template of CX Desk."),
        say("Open the survey file itself, or the project that you saved here."),
    )


def _package(archive: zipfile.ZipFile) -> Package:
    manifest = json.loads(_part(archive, _MANIFEST, _LARGEST_TEXT))
    kind = str(manifest.get("format", "")).removeprefix(_FORMAT) if isinstance(manifest, dict) else ""
    if kind not in ENDINGS:
        raise _not_ours()
    schema = manifest.get("schema")
    if not isinstance(schema, int) or schema < 1:
        raise damaged()
    if schema > SCHEMA:
        raise ProjectRefused(
            "newer_schema",
            say("It was saved with a newer CX Desk ({version}).", version=str(manifest.get("program", ""))[:20]),
            say("Update CX Desk on this computer, then open it again. The file was not changed."),
        )
    parts = manifest.get("parts")
    if not isinstance(parts, dict) or len(parts) > _MOST_PARTS:
        raise damaged()
    texts: dict[str, Any] = {}
    arrays: dict[int, Array] = {}
    for name, said in parts.items():
        is_array = name.startswith("arrays/")
        content = _part(archive, name, _LARGEST_ARRAY if is_array else _LARGEST_TEXT * 8)
        if not isinstance(said, dict) or _digest(content) != said.get("sha256"):
            raise damaged()
        if is_array:
            arrays[int(name.removeprefix("arrays/").removesuffix(".npy"))] = np.load(
                io.BytesIO(content), allow_pickle=False
            )
        else:
            texts[name.removesuffix(".json")] = json.loads(content)
    return Package(kind, manifest, texts, arrays)


def _part(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    entry = archive.getinfo(name)
    if entry.file_size > most:
        raise damaged()
    with archive.open(entry) as stream:
        content = stream.read(most + 1)
    if len(content) != entry.file_size:
        raise damaged()
    return content


def _json(tree: Any) -> bytes:
    # Escaped, so that even half a character of a broken export survives.
    return json.dumps(tree, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
