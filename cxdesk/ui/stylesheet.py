"""The style sheet: the same tokens for every control, in both themes and at every text size."""

from __future__ import annotations

from collections.abc import Callable
from string import Template

from cxdesk.blocks.palette import Palette
from cxdesk.resources import resource


def stylesheet(tokens: Palette, px: Callable[[float], int], *, dark: bool) -> str:
    """Fill the template: ``px`` turns sizes at 100 % into pixels at the chosen text size."""
    names = {name: getattr(tokens, name) for name in Palette.__dataclass_fields__}
    sizes = {f"px{size}": f"{px(size)}px" for size in (4, 5, 6, 8, 10, 11, 12, 13, 14, 15, 16, 20, 26, 28, 32, 36, 44)}
    theme = "dark" if dark else "light"
    images = {f"{name}_image": resource("style", f"{name}_{theme}.svg").as_posix() for name in ("check", "down")}
    return Template(resource("style", "window.qss").read_text(encoding="utf-8")).substitute(names | sizes | images)
