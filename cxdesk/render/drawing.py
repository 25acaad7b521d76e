"""How each kind of chart is drawn: few lines, direct labels, zero-based bars, order kept (UX.md 11)."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from cxdesk.blocks.chart import Chart, Series
from cxdesk.blocks.palette import Tone
from cxdesk.render.brush import LETTER, Brush, letters_of, wrapped
from cxdesk.text import Format, show_number


def draw_columns(brush: Brush, chart: Chart) -> None:
    """Vertical bars from zero with their values over them, and brackets over runs of them."""
    series = chart.series[0]
    values = [value or 0.0 for value in series.values]
    count = len(values)
    step = (brush.width - 20) / max(1, count)
    names = [wrapped(brush.translator(name), brush.letters(step * 0.96), 3) for name in chart.categories]
    lines = max(name.count("\n") + 1 for name in names)
    top = brush.size * (4.4 if chart.brackets else 1.2)
    axes = brush.axes(8, brush.size * (1.35 * lines + 0.9), 8, top)
    axes.set_xlim(-0.5, count - 0.5)
    most = max(values, default=0.0) or 1.0
    axes.set_ylim(0, most * 1.08)
    axes.set_yticks([])
    for place, value in enumerate(values):
        axes.bar(place, value, width=0.84, **brush.bar(series.tone(place)))
        brush.text(
            axes,
            place,
            value + most * 0.015,
            show_number(value, chart.format),
            ha="center",
            va="bottom",
            color=brush.palette.text,
        )
    axes.spines["bottom"].set_visible(True)
    axes.spines["bottom"].set_color(brush.palette.control)
    brush.tick_labels(axes, across=True, places=[float(place) for place in range(count)], words=names)
    _brackets(brush, axes, chart)


def _brackets(brush: Brush, axes: Axes, chart: Chart) -> None:
    signs = {Tone.DETRACTOR: "▼ ", Tone.PROMOTER: "▲ "}
    to_axes = axes.get_xaxis_transform()
    height = (brush.height - brush.headroom - brush.size * 4.4) or 1
    for bracket in chart.brackets:
        color = brush.palette.words(bracket.tone)
        level = 1 + brush.size * 1.5 / height
        axes.plot(
            [bracket.first - 0.42, bracket.last + 0.42],
            [level, level],
            color=color,
            linewidth=1.6,
            transform=to_axes,
            clip_on=False,
        )
        words = signs.get(bracket.tone, "") + brush.translator(bracket.name)
        middle = (bracket.first + bracket.last) / 2
        axes.text(
            middle,
            level + brush.size * 0.5 / height,
            words,
            ha="center",
            va="bottom",
            color=color,
            fontsize=brush.size,
            fontfamily=brush.family,
            fontweight="bold",
            transform=to_axes,
        )


def draw_bars(brush: Brush, chart: Chart) -> None:
    """Horizontal bars from zero, first category on top."""
    series = chart.series[0]
    axes, places = _rows(brush, chart, value_room=4.2)
    values = [value or 0.0 for value in series.values]
    lowest, most = min(0.0, *values), max(values, default=0.0) or 1.0
    axes.set_xlim(lowest, most)
    for index, (place, value) in enumerate(zip(places, values, strict=True)):
        axes.barh(place, value, height=0.62, **brush.bar(series.tone(index)))
        axes.annotate(
            show_number(value, chart.format),
            (max(value, 0.0), place),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=brush.size,
            fontfamily=brush.family,
            color=brush.palette.text,
            annotation_clip=False,
        )
    axes.set_xticks([])
    axes.axvline(0, color=brush.palette.control, linewidth=0.9)


def draw_split(brush: Brush, chart: Chart) -> None:
    """One 100 % bar per category, parts in their fixed order with their shares in them."""
    axes, places = _rows(brush, chart, value_room=0.8)
    axes.set_xlim(0, 1)
    axes.set_xticks([])
    for index, place in enumerate(places):
        start = 0.0
        for series in chart.series:
            value = series.values[index] or 0.0
            tone = series.tone(index)
            axes.barh(place, value, left=start, height=0.62, **brush.bar(tone))
            if value * brush.width > brush.size * 4:
                brush.text(
                    axes,
                    start + value / 2,
                    place,
                    show_number(value, Format.PERCENT),
                    ha="center",
                    va="center",
                    color=brush.palette.on(tone),
                    fontweight="bold",
                )
            start += value


def draw_dots(brush: Brush, chart: Chart) -> None:
    """A dot with its range per category, hollow for small bases, and a dashed line for everyone."""
    series = chart.series[0]
    axes, places = _rows(brush, chart, value_room=3.4, floor=True)
    lowest, highest = _span(chart, series)
    axes.set_xlim(lowest, highest)
    _value_axis(brush, axes, chart)
    if chart.reference is not None:
        axes.axvline(chart.reference, color=brush.palette.control, linewidth=1, linestyle=(0, (3, 3)), zorder=1)
    for index, place in enumerate(places):
        value = series.values[index]
        if value is None:
            continue
        color = brush.palette.fill(series.tone(index))
        hollow = bool(series.hollow) and series.hollow[index]
        low, high = (series.low[index], series.high[index]) if series.low else (None, None)
        if low is not None and high is not None:
            axes.errorbar(
                value,
                place,
                xerr=[[max(0.0, value - low)], [max(0.0, high - value)]],
                fmt="none",
                ecolor=color,
                elinewidth=1.5,
                capsize=3.5,
                capthick=1.5,
                zorder=2,
            )
        axes.plot(
            value,
            place,
            marker="o",
            markersize=brush.size * 0.72,
            color=color,
            zorder=3,
            markerfacecolor=brush.palette.surface if hollow else color,
            markeredgewidth=1.4,
        )
        axes.annotate(
            show_number(value, chart.format),
            (1, place),
            xycoords=("axes fraction", "data"),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            fontsize=brush.size,
            fontfamily=brush.family,
            color=brush.palette.text if not hollow else brush.palette.muted,
            annotation_clip=False,
        )


def draw_dumbbell(brush: Brush, chart: Chart) -> None:
    """Two marks per category joined by a line: a group (diamond) and everyone else (ring)."""
    here, there = chart.series[0], chart.series[1]
    legend = brush.size * 2.1
    axes, places = _rows(brush, chart, value_room=1.2, floor=True, ceiling=legend)
    values = [value for series in chart.series for value in series.values if value is not None]
    room = max(0.06, (max(values, default=1.0) - min(values, default=0.0)) * 0.16)
    axes.set_xlim(min(values, default=0.0) - room, max(values, default=1.0) + room)
    _value_axis(brush, axes, chart)
    for index, place in enumerate(places):
        one, other = here.values[index], there.values[index]
        if one is None or other is None:
            continue
        tone = here.tone(index)
        axes.plot([one, other], [place, place], color=brush.palette.control, linewidth=1.2, zorder=1)
        _mark(brush, axes, one, place, tone, ring=False)
        _mark(brush, axes, other, place, Tone.ACCENT, ring=True)
        left = one <= other
        for value, on_left, color in (
            (one, left, brush.palette.words(tone)),
            (other, not left, brush.palette.text2),
        ):
            axes.annotate(
                show_number(value, chart.format),
                (value, place),
                xytext=(-8 if on_left else 8, 0),
                textcoords="offset points",
                ha="right" if on_left else "left",
                va="center",
                fontsize=brush.size,
                fontfamily=brush.family,
                color=color,
                fontweight="bold" if value is one else "normal",
            )
    marks = [
        Line2D([], [], marker="D", linestyle="", markersize=brush.size * 0.7, color=brush.palette.fill(_loudest(here))),
        Line2D(
            [],
            [],
            marker="o",
            linestyle="",
            markersize=brush.size * 0.75,
            color=brush.palette.accent,
            markerfacecolor=brush.palette.surface,
            markeredgewidth=1.6,
        ),
    ]
    legend_box = brush.figure.legend(
        marks,
        [brush.translator(series.name) for series in chart.series],
        loc="upper left",
        bbox_to_anchor=(0, 1 - brush.headroom / brush.height),
        ncols=2,
        frameon=False,
        borderaxespad=0.1,
        handletextpad=0.2,
        prop={"family": brush.family, "size": brush.size},
    )
    for words in legend_box.get_texts():
        words.set_color(brush.palette.text2)


def _mark(brush: Brush, axes: Axes, value: float, place: float, tone: Tone, *, ring: bool) -> None:
    color = brush.palette.fill(tone)
    axes.plot(
        value,
        place,
        marker="o" if ring else "D",
        markersize=brush.size * (0.8 if ring else 0.72),
        color=color,
        markerfacecolor=brush.palette.surface if ring else color,
        markeredgewidth=1.8 if ring else 0.5,
        zorder=3,
    )


def _loudest(series: Series) -> Tone:
    for tone in (Tone.DETRACTOR, Tone.PROMOTER):
        if tone in series.tones:
            return tone
    return series.tones[0]


def _rows(
    brush: Brush, chart: Chart, *, value_room: float, floor: bool = False, ceiling: float = 0.0
) -> tuple[Axes, list[float]]:
    """Axes with one row per category, the first on top, and the categories' names at the left."""
    count = len(chart.categories)
    names = [brush.translator(name) for name in chart.categories]
    longest = max((letters_of(name) for name in names), default=4)
    fits = min(longest, brush.letters(brush.width * 0.38))
    left = (fits + 1.5) * brush.size * LETTER
    row = (brush.height - brush.headroom - ceiling - brush.size * 2.4) / max(1, count)
    lines = max(1, min(3, int(row / (brush.size * 1.35))))
    words = [wrapped(name, fits, lines) for name in names]
    axes = brush.axes(
        left + 6,
        brush.size * (2.1 if floor else 0.6),
        brush.size * value_room * LETTER * 1.3 + 4,
        brush.size * 0.5 + ceiling,
    )
    axes.set_ylim(-0.5, count - 0.5)
    places = [float(count - 1 - index) for index in range(count)]
    brush.tick_labels(axes, across=False, places=places, words=words)
    return axes, places


def _value_axis(brush: Brush, axes: Axes, chart: Chart) -> None:
    """A few light vertical lines with their values below."""
    axes.grid(axis="x", color=brush.palette.border, linewidth=0.8)
    axes.set_axisbelow(True)
    room = brush.width * 0.5 / (brush.size * 3.4)
    axes.locator_params(axis="x", nbins=max(2, min(5, int(room))))
    ticks = [float(tick) for tick in axes.get_xticks() if axes.get_xlim()[0] <= tick <= axes.get_xlim()[1]]
    if chart.format is Format.PERCENT:
        ticks = [tick for tick in ticks if 0 <= tick <= 1]
    brush.tick_labels(axes, across=True, places=ticks, words=[show_number(tick, chart.format) for tick in ticks])
    axes.spines["bottom"].set_visible(True)
    axes.spines["bottom"].set_color(brush.palette.control)


def _span(chart: Chart, series: Series) -> tuple[float, float]:
    if chart.span is not None:
        return chart.span
    known = [value for part in (series.values, series.low, series.high) for value in part if value is not None]
    if not known:
        return 0.0, 1.0
    lowest, highest = min(known), max(known)
    margin = (highest - lowest) * 0.06 or 1.0
    return lowest - margin, highest + margin
