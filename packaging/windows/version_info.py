"""What Windows shows of cxdesk.exe: its name, version and maker, in the Properties dialog and the task manager."""

from __future__ import annotations

_ENGLISH_UNICODE = "040904B0"
_WORDS = {
    "CompanyName": "CX Desk",
    "FileDescription": "CX Desk",
    "InternalName": "cxdesk",
    "LegalCopyright": "The CX Desk founders, MIT License",
    "OriginalFilename": "cxdesk.exe",
    "ProductName": "CX Desk",
}


def version_info(version: str) -> str:
    """Return the text of the version file that PyInstaller puts into the program; ``version`` is like "1.2.3"."""
    words = _WORDS | {"FileVersion": version, "ProductVersion": version}
    lines = ",\n            ".join(f"StringStruct({name!r}, {word!r})" for name, word in words.items())
    numbers = four_numbers(version)
    return f"""VSVersionInfo(
    ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0, OS=0x40004, fileType=1, subtype=0),
    kids=[
        StringFileInfo([StringTable({_ENGLISH_UNICODE!r}, [
            {lines},
        ])]),
        VarFileInfo([VarStruct("Translation", [0x0409, 1200])]),
    ],
)
"""


def four_numbers(version: str) -> tuple[int, int, int, int]:
    """Return a version as the four numbers that Windows wants: "1.2.3" is (1, 2, 3, 0)."""
    first, second, third, fourth = ([int(part) for part in version.split(".")] + [0, 0, 0, 0])[:4]
    return first, second, third, fourth
