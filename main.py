"""Starts CX Desk from the source tree: ``python main.py``."""

from __future__ import annotations

import sys

from cxdesk.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
