"""Makes broken files out of valid ones, the same ones for the same seed.

A mutant has a few bytes flipped, a piece cut off, moved, repeated or replaced, or a number inside set to an extreme.
Of zip files mostly the unpacked parts are changed and packed again, because broken packing is found at once.
"""

from __future__ import annotations

import gzip
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator

from tests.badinput.seeds import SEEDS, ZIPPED

_EXTREMES = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
_WORDS = (b"1048576", b"-1", b"1e308", b"NaN", b"\xff\xfe", b"\0", b"<", b"</", b'"', b"\n", b"99999999999999999999")


def mutants(container: str, count: int, seed: int, further: list[bytes] | None = None) -> Iterator[bytes]:
    """``count`` broken files of a container, made from our seed and, in turn, from ``further`` valid ones."""
    seeds = [SEEDS[container](), *(further or [])]
    for number in range(count):
        chance = random.Random(f"{container} {seed} {number}")
        yield mutate(seeds[number % len(seeds)], container, chance)


def mutate(content: bytes, container: str, chance: random.Random) -> bytes:
    """One broken file out of a valid one."""
    if container in ZIPPED and chance.random() < 0.8:
        return _in_a_part(content, chance)
    if container == "gz" and chance.random() < 0.5:
        return gzip.compress(_broken(gzip.decompress(content), chance), mtime=0)
    return _broken(content, chance)


def _broken(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        if not changed:
            break
        chance.choice(_CHANGES)(changed, chance)
    return bytes(changed)


def _place(changed: bytearray, chance: random.Random) -> int:
    """Anywhere, but often near the beginning, where the structure is described."""
    return int(len(changed) * chance.random() ** chance.choice((1, 1, 3)))


def _flip(changed: bytearray, chance: random.Random) -> None:
    changed[_place(changed, chance)] ^= 1 << chance.randrange(8)


def _replace(changed: bytearray, chance: random.Random) -> None:
    changed[_place(changed, chance)] = chance.randrange(256)


def _number(changed: bytearray, chance: random.Random) -> None:
    place = _place(changed, chance)
    form = chance.choice(("<B", "<H", "<I", ">I", "<Q"))
    value = chance.choice(_EXTREMES) & (1 << 8 * struct.calcsize(form)) - 1
    changed[place : place + struct.calcsize(form)] = struct.pack(form, value)


def _cut(changed: bytearray, chance: random.Random) -> None:
    del changed[_place(changed, chance) :]


def _remove(changed: bytearray, chance: random.Random) -> None:
    place = _place(changed, chance)
    del changed[place : place + chance.choice((1, 2, 4, 16, 200))]


def _move(changed: bytearray, chance: random.Random) -> None:
    start, place = _place(changed, chance), _place(changed, chance)
    piece = changed[start : start + chance.choice((1, 4, 40, 400))]
    if chance.random() < 0.5:
        changed[place : place + len(piece)] = piece
    else:
        changed[place:place] = piece


def _repeat(changed: bytearray, chance: random.Random) -> None:
    start = _place(changed, chance)
    piece = changed[start : start + chance.choice((1, 10, 100))]
    changed[start:start] = piece * chance.choice((2, 30, 1000))


def _word(changed: bytearray, chance: random.Random) -> None:
    place = _place(changed, chance)
    word = chance.choice(_WORDS)
    end = place + len(word) if chance.random() < 0.5 else place
    changed[place:end] = word


_CHANGES = (_flip, _flip, _replace, _number, _number, _cut, _remove, _move, _repeat, _word)


def _in_a_part(content: bytes, chance: random.Random) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old:
            parts = [(info.filename, old.read(info)) for info in old.infolist()]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error, EOFError):
        return _broken(content, chance)
    if not parts:
        return _broken(content, chance)
    chosen = chance.randrange(len(parts))
    name, part = parts[chosen]
    match chance.randrange(10):
        case 0:
            del parts[chosen]
        case 1:
            other = chance.choice(parts)
            parts[chosen] = (other[0], part)
        case 2:
            parts.append((chance.choice(("xl/workbook.xml", "content.xml", "../../x", name)), part))
        case _:
            parts[chosen] = (name, _broken(part, chance))
    out = io.BytesIO()
    packing = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    with zipfile.ZipFile(out, "w", packing) as new:
        for name, part in parts:
            new.NameToInfo.pop(name, None)  # a second part of the same name is meant; Python would warn
            new.writestr(name, part)
    return out.getvalue()
