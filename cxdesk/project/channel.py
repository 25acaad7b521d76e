"""Carries messages between the window's process and its worker: frames of `cxdesk.wire`, never pickle."""

from __future__ import annotations

import struct
from multiprocessing.connection import Connection
from typing import Any

from cxdesk import wire

_COUNT = struct.Struct("<I")
_MOST_FRAMES = 200_000
_LONGEST_FRAME = 4 << 30


class Channel:
    """One end of a pipe. A message is a tuple whose first item says what it is."""

    def __init__(self, connection: Connection[bytes, bytes]) -> None:
        """Take over the connection."""
        self._connection = connection

    def send(self, *message: object) -> None:
        """Send a message. Raises `OSError` if the other end is gone, `TypeError` for what may not travel."""
        frames = wire.encode(message)
        self._connection.send_bytes(_COUNT.pack(len(frames)))
        for frame in frames:
            self._connection.send_bytes(frame)

    def waits(self, seconds: float) -> bool:
        """Wait at most so long for a message; also true if the other end is gone."""
        return self._connection.poll(seconds)

    def receive(self) -> tuple[Any, ...]:
        """The next message. Raises `EOFError` or `OSError` if the other end is gone, `WireError` for anything odd."""
        head = self._connection.recv_bytes(_COUNT.size)
        if len(head) != _COUNT.size or not 1 <= _COUNT.unpack(head)[0] <= _MOST_FRAMES:
            raise wire.WireError("not a message")
        frames = [self._connection.recv_bytes(_LONGEST_FRAME) for _ in range(_COUNT.unpack(head)[0])]
        message = wire.decode(frames)
        if not isinstance(message, tuple) or not message or not isinstance(message[0], str):
            raise wire.WireError("not a message")
        return message

    def close(self) -> None:
        """Hang up."""
        self._connection.close()
