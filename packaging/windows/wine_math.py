"""Gives Wine two functions of Windows that numpy cannot start without; nothing of the product is changed for it.

Wine 10 lacks the real and the imaginary part of a complex number in single precision (``crealf``, ``cimagf``) in its
C library and ends a program that calls them, which numpy does when it is imported. A copy of Wine's library, with those
two written over the stubs that would end the program, is put into the Windows folder and preferred there. On real
Windows both exist.
"""

from __future__ import annotations

from pathlib import Path

import pefile

LIBRARY = "ucrtbase"
OVERRIDE = f"{LIBRARY}=n,b"
"""For WINEDLLOVERRIDES: prefer the copy."""

CODE = {
    "crealf": bytes.fromhex("660f6ec1 c3"),  # movd xmm0, ecx; ret: both parts of the number arrive in rcx
    "cimagf": bytes.fromhex("48c1e920 660f6ec1 c3"),  # shr rcx, 32; movd xmm0, ecx; ret
}
_STUB = bytes.fromhex("4883ec28 488d0d")
"""How a function begins that Wine only has the name of: sub rsp, 40; lea rcx, [...]."""

_BUILTIN = b"Wine builtin DLL"
"""Stands in the header of Wine's own libraries; one with it would be replaced by the original when it is loaded."""


def complete(system: Path) -> list[str]:
    """Complete the library in ``system``, the folder of Windows' own; returns the names that were missing."""
    path = system / f"{LIBRARY}.dll"
    content = bytearray(path.read_bytes())
    with pefile.PE(data=bytes(content)) as image:
        places = {
            symbol.name.decode("ascii"): image.get_offset_from_rva(symbol.address)
            for symbol in image.DIRECTORY_ENTRY_EXPORT.symbols
            if symbol.name
        }
    written = []
    for name, code in CODE.items():
        place = places[name]
        if content[place : place + len(_STUB)] == _STUB:
            content[place : place + len(code)] = code
            written.append(name)
    if written:
        mark = content.find(_BUILTIN)
        content[mark : mark + len(_BUILTIN)] = bytes(len(_BUILTIN))
        path.write_bytes(content)
    return written
