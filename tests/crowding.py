"""How many programs share each processor right now, so that limits in seconds mean the same on a busy computer.

A limit is multiplied, never dropped: what hangs is still found, only later.
"""

import psutil

_MOST = 8.0


def crowding() -> float:
    """Programs that want to run, per processor, over the last minute: 1.0 (idle) to 8.0."""
    load: float = psutil.getloadavg()[0]
    return min(_MOST, max(1.0, load / (psutil.cpu_count() or 1)))
