"""Recognises files that are no survey export at all, whatever they are called, and says so in a plain sentence each."""

from __future__ import annotations

from cxdesk.reading.encoding import wide_codec
from cxdesk.reading.origin import Origin
from cxdesk.reading.problem import ReadRefused
from cxdesk.text import Text, say

_PICKLES = (b"\x80\x02", b"\x80\x03", b"\x80\x04\x95", b"\x80\x05\x95")
_IMAGES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
_PARQUET = (b"PAR1", b"ARROW1", b"FEA1", b"ORC")
_DATABASES = (b"SQLite format 3\0", b"\0\x01\0\0Standard Jet DB", b"\0\x01\0\0Standard ACE DB")
_PACKED = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd")
_TEXT_CONTROLS = bytes(byte for byte in range(32) if byte not in (*range(9, 16), *range(26, 32)))


def refuse_foreign(origin: Origin, head: bytes) -> None:
    """Raise `ReadRefused` if the bytes belong to a kind of file that holds no table of answers."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(_PICKLES):
        raise _refuse(
            "pickle", say("Whatever its name says, this file was saved by a programmer's tool, not by SPSS or Excel.")
        )
    if head.startswith(_IMAGES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        raise _refuse("picture", say("This is a picture, not a table of answers."))
    if head.startswith(b"%PDF") or b"%PDF-" in head[:1024]:
        raise _refuse("pdf", say("This is a PDF document. Answers cannot be read from it reliably."))
    if head.startswith(_DATABASES):
        raise _refuse("database", say("This is a database file, not a survey export."))
    if head.startswith(_PARQUET):
        raise _refuse("data_store", say("This is a data file of a kind that this program does not read."))
    if head.startswith(_PACKED):
        raise ReadRefused(
            "packed",
            say("This is a compressed archive of a kind that this program cannot unpack."),
            say("Unpack it first, then open the file with the answers."),
        )
    if b"ENCRYPTEDSAV" in head[:32]:
        raise ReadRefused(
            "password",
            say("The SPSS file is protected with a password."),
            say("Save it without a password in SPSS and open that file."),
        )
    if start.startswith(b"{\\rtf"):
        raise _refuse("document", say("This is a text document, not a table of answers."))
    if start.startswith((b"ID;P", b"ID;E", b"ID;N")):
        raise _resave("sylk", say("This is an exchange file of an old spreadsheet program."))
    if _is_xml(head):
        raise _resave("xml", say("This is an XML file, which this program does not read."))
    if _is_json(origin, start):
        raise _refuse("json", say("This is a JSON file, a format for programs. It holds no table of answers."))
    if _is_binary(head):
        raise _refuse("unknown", say("This is not a table of answers in any format that this program knows."))


def _refuse(code: str, reason: Text) -> ReadRefused:
    return ReadRefused(
        code,
        reason,
        say("Open the survey tool's export of the answers: an Excel, CSV or SPSS file with one row per person."),
    )


def _resave(code: str, reason: Text) -> ReadRefused:
    return ReadRefused(code, reason, say("Open it in Excel, save it as a new .xlsx file, and open that."))


def _is_xml(head: bytes) -> bool:
    text = _as_text(head).lstrip("\ufeff \t\r\n").lower()
    return text.startswith("<?xml") and "<html" not in text


def _is_json(origin: Origin, start: bytes) -> bool:
    if not start.startswith((b"{", b"[")):
        return False
    inner = start[1:].lstrip()
    if start.startswith(b"{"):
        return inner.startswith((b'"', b"}")) and b":" in start
    return inner.startswith((b"{", b"[", b'"')) and origin.tail(256).rstrip().endswith(b"]")


def _is_binary(head: bytes) -> bool:
    """Whether control characters that text never has make up more than a few of the first bytes."""
    if not head or _as_text(head) != head.decode("latin-1"):
        return False  # UTF-16 or UTF-32, where zero bytes are part of the writing
    strange = len(head) - len(head.translate(None, _TEXT_CONTROLS))
    zeros = head.count(0)
    return strange - zeros > len(head) / 50 or zeros > len(head) / 10


def _as_text(head: bytes) -> str:
    """The beginning as text, wide encodings recognised; every other byte stands for itself."""
    codec = wide_codec(head)
    return head.decode(codec, "replace") if codec else head.decode("latin-1")
