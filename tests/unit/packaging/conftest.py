"""Lets the tests import what lies in ``packaging``: scripts that find each other, and no package that is installed."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "packaging"))
