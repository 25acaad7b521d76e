"""Lines over periods, points in a plane, before and now, and steps: the right places, marks and words."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Ellipse, Polygon
from matplotlib.text import Text as Words
from numpy.typing import NDArray

from cxdesk.blocks.chart import Chart, Series
from cxdesk.blocks.palette import DARK, LIGHT, Palette, Tone
from cxdesk.render.brush import Box
from cxdesk.render.figure import Look, draw, new_figure, picture
from cxdesk.text import Format, Translator
from tests.unit.render.drawing import check_words, figure, texts
from tests.unit.render.period_charts import BRIDGE, CROWD, EVERY, LINE, LINES, NOW, PLANE, SMALL, WEEKS, ranged

ENGLISH, CHINESE = Translator("en"), Translator("zh_CN")
SIZES = [(300, 220), (560, 320), (1200, 480)]


def paths(made: Figure, color: str) -> list[Line2D]:
    """The lines through several places in a colour."""
    return [line for line in made.findobj(Line2D) if line.get_color() == color and len(line.get_xdata()) > 2]  # type: ignore[arg-type]


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("translator", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_words_stay_inside_and_never_overlap(
    name: str, size: tuple[int, int], scale: float, translator: Translator
) -> None:
    size = (round(size[0] * scale), round(size[1] * scale))
    check_words(figure(EVERY[name], size, Look(scale=scale), translator), size)


@pytest.mark.parametrize("name", EVERY)
def test_each_point_has_a_place_for_the_keyboard_and_the_mouse(name: str) -> None:
    chart = EVERY[name]
    spots = draw(new_figure(700, 420, Look()), chart, Look(), ENGLISH)
    assert len(spots) == len(chart.spots or chart.categories)
    assert all(-1 <= spot.left < spot.right <= 701 and -1 <= spot.top < spot.bottom <= 421 for spot in spots)


def test_a_line_runs_through_its_values() -> None:
    made = figure(LINE, (800, 400))
    (line,) = paths(made, LIGHT.accent)
    heights = np.asarray(line.get_ydata(), dtype=float)
    steps = np.diff(heights) / np.diff(np.asarray(LINE.series[0].values, dtype=float))
    assert np.ptp(steps) == pytest.approx(0, abs=1e-6)
    assert heights[-1] < heights[0]


def test_small_bases_and_gaps_are_not_joined() -> None:
    made = figure(WEEKS, (1200, 400))
    joined = sum(len(np.asarray(line.get_xdata())) for line in paths(made, LIGHT.accent))
    series = WEEKS.series[0]
    firm = sum(value is not None and not series.hollow[place] for place, value in enumerate(series.values))
    assert joined == firm
    hollow = [
        mark
        for mark in made.findobj(Ellipse)
        if mark.get_facecolor()[:3] == to_rgb(LIGHT.surface) and mark.get_edgecolor()[:3] == to_rgb(LIGHT.accent)
    ]
    assert len(hollow) == 3


def test_wide_ranges_of_small_bases_do_not_press_the_others_flat() -> None:
    hollow = (False,) * 8 + (True,)
    steady, shaken = (
        replace(LINE, target=None),
        replace(LINE, series=(ranged(LINE.series[0].values, 5.0, hollow),), target=None),
    )
    heights = [
        np.ptp(np.asarray(paths(figure(each, (800, 400)), LIGHT.accent)[0].get_ydata())[:8])
        for each in (steady, shaken)
    ]
    assert heights[1] > 0.6 * heights[0]


def test_a_period_beyond_its_limits_gets_a_ring() -> None:
    quiet = replace(LINE, limits=((10.0, 40.0),) * 9)
    loud = replace(LINE, limits=((10.0, 33.0),) * 9)
    rings = [
        sum(mark.get_edgecolor()[:3] == to_rgb(LIGHT.warn_text) for mark in figure(each, (800, 400)).findobj(Ellipse))
        for each in (quiet, loud)
    ]
    assert rings == [0, 1]


def test_each_of_several_lines_has_its_own_mark_dashes_and_name() -> None:
    made = figure(LINES, (900, 420))
    colors = [LIGHT.fill(series.tone(0)) for series in LINES.series[:4]]
    dashes = {str(vars(paths(made, color)[0])["_dash_pattern"]) for color in colors}
    assert len(dashes) == 4
    corners = [
        {len(mark.get_xy()) for mark in made.findobj(Polygon) if mark.get_facecolor()[:3] == to_rgb(color)}
        for color in colors
    ]
    assert corners == [set(), {5}, {5}, {4}]
    assert {"North", "South", "机场店", "Others", "Target +30"} <= set(texts(made))


def test_a_small_chart_says_where_the_line_starts_and_ends() -> None:
    shown = texts(figure(SMALL, (300, 220)))
    assert {"+22", "+35"} <= set(shown)
    assert not {"+24", "+31"} & set(shown)
    assert not any(text.startswith("n=") for text in shown)


def test_where_all_values_find_room_all_are_written() -> None:
    shown = texts(figure(LINE, (1200, 480)))
    assert [f"+{value:.0f}" for value in LINE.series[0].values if f"+{value:.0f}" not in shown] == []
    assert [f"n={size}" for size in LINE.sizes if f"n={size}" not in shown] == []
    assert [month for month in LINE.categories if month not in shown] == []


def test_sixty_weeks_name_the_last_one_and_turn_no_word() -> None:
    made = figure(WEEKS, (700, 380))
    assert {words.get_rotation() for words in made.findobj(Words)} == {0.0}
    named = [text for text in texts(made) if text.startswith("2024-W")]
    assert "2024-W60" in named
    assert 4 <= len(named) < 20
    assert "possible change after 2024-W31" in texts(made)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_what_to_look_at_first_is_a_diamond(palette: Palette) -> None:
    made = figure(PLANE, (800, 520), Look(palette))
    diamonds = [mark for mark in made.findobj(Polygon) if mark.get_facecolor()[:3] == to_rgb(palette.detractor)]
    dots = [mark for mark in made.findobj(Ellipse) if mark.get_facecolor()[:3] == to_rgb(palette.accent)]
    assert (len(diamonds), len(dots)) == (2, 5)
    assert {"Average 72%", "Average 14%", "Look here first"} <= set(texts(made))


def test_points_stand_where_their_values_say() -> None:
    spots = draw(new_figure(800, 520, Look()), PLANE, Look(), ENGLISH)
    across = [(spot.left + spot.right) / 2 for spot in spots]
    down = [(spot.top + spot.bottom) / 2 for spot in spots]
    for values, places, way in (([s.x for s in PLANE.spots], across, 1), ([s.y for s in PLANE.spots], down, -1)):
        order = np.argsort(values)
        assert all(way * (places[b] - places[a]) > 0 for a, b in pairwise(order))
        scale = [(places[b] - places[a]) / (values[b] - values[a]) for a, b in pairwise(order)]
        assert np.ptp(scale) == pytest.approx(0, abs=1e-6 * abs(scale[0]))


def test_in_a_crowd_most_names_find_a_place_and_the_chosen_one_always() -> None:
    shown = texts(figure(CROWD, (700, 480)))
    assert "Staff" in shown
    assert sum(str(spot.name) in shown for spot in CROWD.spots) >= 7


def test_before_is_a_ring_and_only_clear_changes_have_a_sign() -> None:
    made = figure(NOW, (700, 320))
    rings = [mark for mark in made.findobj(Ellipse) if mark.get_facecolor()[:3] == to_rgb(LIGHT.surface)]
    assert len(rings) == 5  # four groups and the legend
    assert {"+40 ▲", "▼ +8", "+34"} <= set(texts(made))


def test_steps_lead_from_one_level_to_the_other_across_zero() -> None:
    pixels = drawn(BRIDGE, (700, 320))
    spots = draw(new_figure(700, 320, Look()), BRIDGE, Look(), ENGLISH)
    extents = [extent(pixels, spot, color) for spot, color in zip(spots, bar_colors(), strict=True)]
    (start, level), north, west, mix, (end, zero) = extents
    unit = (level - start) / 5
    assert zero == pytest.approx(start, abs=2)
    assert north == pytest.approx((level, level + 4 * unit), abs=2)
    assert west == pytest.approx((north[1] - 15 * unit, north[1]), abs=4)
    assert mix == pytest.approx((west[0], west[0] + 2.5 * unit), abs=4)
    assert end == pytest.approx(mix[1], abs=2)


def test_steps_of_shares_are_said_in_points() -> None:
    shares = replace(BRIDGE, format=Format.PERCENT, series=(Series("CSAT", (0.5, 0.1, -0.05, 0.05, 0.6)),))
    assert {"50%", "+10", "−5", "60%"} <= set(texts(figure(shares, (600, 300))))


def test_saved_pictures_hold_title_and_all_words() -> None:
    for chart in EVERY.values():
        assert picture(chart, Look(), CHINESE, "svg").startswith(b"<?xml")
        assert picture(chart, Look(), ENGLISH, "png")[:4] == b"\x89PNG"


def bar_colors() -> list[str]:
    return [LIGHT.fill(tone) for tone in (Tone.ACCENT, Tone.SERIES_3, Tone.SERIES_2, Tone.SERIES_3, Tone.ACCENT)]


def drawn(chart: Chart, size: tuple[int, int]) -> NDArray[np.float64]:
    canvas = FigureCanvasAgg(figure(chart, size))
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[:, :, :3] / 255.0


def extent(pixels: NDArray[np.float64], spot: Box, color: str) -> tuple[float, float]:
    """From where to where a row has a colour."""
    row = pixels[round((spot.top + spot.bottom) / 2)]
    found = np.flatnonzero(np.isclose(row, to_rgb(color), atol=0.02).all(axis=-1))
    return float(found[0]), float(found[-1] + 1)
