"""Charts as pictures: the right places and colours, words that fit, and never a box for a character."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.image import imread
from matplotlib.text import Text as Words
from numpy.typing import NDArray

from cxdesk.blocks.chart import Bracket, Chart, ChartKind, Series
from cxdesk.blocks.palette import DARK, LIGHT, Palette, Tone
from cxdesk.render.axis import round_steps
from cxdesk.render.columns import spread
from cxdesk.render.figure import Look, draw, new_figure, picture
from cxdesk.render.typesetter import Typesetter, readable
from cxdesk.survey.base import Base
from cxdesk.text import Format, Translator, say, show_number
from tests.unit.render.drawing import check_words, figure, texts, words_of

ENGLISH = Translator("en")
CHINESE = Translator("zh_CN")
LONG = "How easy was it to find what you were looking for in our store on the day of your visit?"
HAN = "等待时间太长而且没有人来帮忙解决问题，真的很不满意"
SIZES = [(300, 180), (560, 300), (1200, 500)]
NPS_TONES = (Tone.DETRACTOR,) * 7 + (Tone.PASSIVE,) * 2 + (Tone.PROMOTER,) * 2
SHARES = (0.02, 0.01, 0.01, 0.01, 0.02, 0.05, 0.06, 0.14, 0.19, 0.2, 0.3)

COLUMNS = Chart(
    "answers",
    say("All"),
    ChartKind.COLUMNS,
    tuple(str(point) for point in range(11)),
    (Series(say("Share"), SHARES, NPS_TONES),),
    Format.PERCENT,
    say("All"),
    Base(2846),
    brackets=(
        Bracket(0, 6, say("Detractors"), Tone.DETRACTOR),
        Bracket(7, 8, say("Passives"), Tone.PASSIVE),
        Bracket(9, 10, say("Promoters"), Tone.PROMOTER),
    ),
)
WORDED = replace(
    COLUMNS,
    categories=("1 Very dissatisfied", "2 Dissatisfied", "3 Neither", "4 Satisfied", LONG),
    series=(Series(say("Share"), (0.1, 0.1, 0.2, 0.3, 0.3)),),
    brackets=(),
)
ENDS = replace(COLUMNS, categories=("0 Not at all likely", *(str(i) for i in range(1, 10)), "10 Extremely likely"))
HUNDRED = replace(
    COLUMNS,
    categories=tuple(str(point) for point in range(101)),
    series=(Series(say("Share"), tuple((point % 7 + 1) / 500 for point in range(101))),),
    brackets=(),
)
BARS = replace(
    WORDED,
    kind=ChartKind.BARS,
    categories=("$5 & $6_x^2", LONG, HAN, "Grüße", "-", "Z", "空"),
    series=(Series(say("Share"), (0.5, 0.4, 0.3, 0.2, 0.1, 0.0, None)),),
)
SCORES = replace(
    BARS,
    categories=("North", "West", "South"),
    series=(Series(say("NPS"), (40, -12, 3), low=(35, -20, -4), high=(45, -4, 10)),),
    format=Format.SCORE,
    reference=21,
)
SPLIT = replace(
    BARS,
    kind=ChartKind.SPLIT,
    categories=("North", "West", LONG),
    series=(
        Series(say("Detractors"), (0.18, 0.29, 0.02), (Tone.DETRACTOR,)),
        Series(say("Passives"), (0.33, 0.3, 0.03), (Tone.PASSIVE,)),
        Series(say("Promoters"), (0.49, 0.41, 0.95), (Tone.PROMOTER,)),
    ),
)
DOTS = replace(
    SCORES,
    kind=ChartKind.DOTS,
    categories=("All", "North", LONG, "机场店"),
    series=(
        Series(
            say("NPS"),
            (31, 40, 12, 8),
            (Tone.ACCENT, Tone.PROMOTER, Tone.DETRACTOR, Tone.FAINT),
            (28, 35, 4, -25),
            (34, 45, 20, 41),
            (False, False, False, True),
        ),
    ),
    reference=31,
)
DUMBBELL = replace(
    SPLIT,
    kind=ChartKind.DUMBBELL,
    categories=("等待时间", "Value for money", LONG, "Staff", "Clean"),
    series=(
        Series("West", (0.42, 0.57, 0.7, 0.84, 0.9), (Tone.DETRACTOR,) * 2 + (Tone.MUTED,) * 3),
        Series(say("All"), (0.64, 0.68, 0.75, 0.89, 0.9)),
    ),
)
ALL = {
    "columns": COLUMNS,
    "worded": WORDED,
    "ends": ENDS,
    "hundred": HUNDRED,
    "bars": BARS,
    "scores": SCORES,
    "split": SPLIT,
    "dots": DOTS,
    "dumbbell": DUMBBELL,
}


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("translator", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_words_stay_inside_and_never_overlap(
    name: str, size: tuple[int, int], scale: float, translator: Translator
) -> None:
    check_words(figure(ALL[name], size, Look(scale=scale), translator), size)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_columns_are_as_high_as_their_values(palette: Palette) -> None:
    pixels = drawn(COLUMNS, (560, 300), Look(palette))
    highest = tall(pixels, palette.promoter)
    assert tall(pixels, palette.detractor) / highest == pytest.approx(0.06 / 0.3, abs=0.02)
    assert tall(pixels, palette.passive) / highest == pytest.approx(0.19 / 0.3, abs=0.02)


def test_parts_of_a_split_bar_are_as_wide_as_their_shares() -> None:
    chart = replace(
        SPLIT, categories=("North",), series=tuple(replace(each, values=each.values[:1]) for each in SPLIT.series)
    )
    pixels = drawn(chart, (560, 120), Look())
    row = pixels[pixels.shape[0] // 2 + 20]
    widths = [int(np.isclose(row, to_rgb(color), atol=0.01).all(axis=1).sum()) for color in (LIGHT.detractor,)]
    whole = sum(int(near(row, color).sum()) for color in (LIGHT.detractor, LIGHT.passive, LIGHT.promoter))
    assert widths[0] / whole == pytest.approx(0.18, abs=0.02)


def test_hatching_marks_detractors_only_if_it_is_asked_for() -> None:
    plain, hatched = (drawn(SPLIT, (560, 200), Look(patterns=patterns)) for patterns in (False, True))
    assert near(hatched, LIGHT.detractor).sum() < 0.9 * near(plain, LIGHT.detractor).sum()
    assert near(hatched, LIGHT.promoter).sum() == near(plain, LIGHT.promoter).sum()


def test_a_small_base_is_drawn_hollow() -> None:
    shown = Chart(
        "d",
        say("All"),
        ChartKind.DOTS,
        ("A", "B"),
        (Series("NPS", (10.0, 10.0), low=(0.0, 0.0), high=(20.0, 20.0), hollow=(False, True)),),
        Format.SCORE,
        say("All"),
        span=(0, 20),
    )
    pixels = drawn(shown, (400, 200), Look())
    assert near(pixels[:100], LIGHT.accent).sum() > 40
    assert near(pixels[100:160], LIGHT.accent).sum() == 0


def test_places_of_the_categories_are_in_order_and_inside() -> None:
    for chart in ALL.values():
        spots = draw(new_figure(700, 400, Look()), chart, Look(), ENGLISH)
        assert all(0 <= spot.left < spot.right <= 700 for spot in spots)
        assert all(0 <= spot.top < spot.bottom <= 400 for spot in spots)
        across, down = [spot.left for spot in spots], [spot.top for spot in spots]
        assert across == sorted(across)
        assert len(set(across)) > 1 or down == sorted(down)


def test_rows_without_room_are_counted() -> None:
    many = replace(BARS, categories=tuple(f"Store {i}" for i in range(40)), series=(Series("n", (1.0,) * 40),))
    made = figure(many, (400, 180))
    spots = draw(new_figure(400, 180, Look()), many, Look(), ENGLISH)
    assert len(spots) < 40
    assert f"{40 - len(spots)} more in the table" in texts(made)


def test_long_answers_lie_beside_bars_where_columns_are_too_narrow() -> None:
    wide = draw(new_figure(1200, 300, Look()), WORDED, Look(), ENGLISH)
    narrow = draw(new_figure(300, 300, Look()), WORDED, Look(), ENGLISH)
    assert len({spot.top for spot in narrow}) == 5
    assert len({spot.left for spot in wide}) == 5
    assert len({spot.left for spot in narrow}) == 1


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_scale_with_words_at_its_ends_stays_a_row_of_columns(size: tuple[int, int]) -> None:
    shown = texts(figure(ENDS, size))
    assert {"0", "10", "Not at all likely", "Extremely likely"} <= set(shown)


def test_money_signs_are_no_formulas_and_survey_text_stays_as_it_is() -> None:
    shown = texts(figure(BARS, (1200, 500)))
    assert "$5 & $6_x^2" in shown


def test_every_character_is_in_one_of_our_fonts() -> None:
    odd = replace(
        BARS,
        categories=("😀 Grüße", "ไทย ภาษา", "龘 鑫 喆", "Щука", "Ελλάδα", "①②", "\u200b"),
        series=(Series("n", (1.0,) * 7, (Tone.ACCENT,)),),
    )
    figure(odd, (560, 300))  # a missing character would warn, and warnings are errors
    picture(odd, Look(), CHINESE, "png")
    assert readable("ไทย ภาษา") == "... ..."
    assert readable("\u200b") != ""


def test_measured_widths_are_the_drawn_ones() -> None:
    setter = Typesetter()
    canvas = FigureCanvasAgg(Figure(figsize=(8, 4), dpi=100))
    for words, bold in (
        ("Waiting time 42%", False),
        ("▲ Promoters", True),
        ("等待时间（n = 402）", True),
        ("−22", False),
    ):
        made = Words(0, 0, words, fontproperties=setter.font(words, bold=bold), figure=canvas.figure)
        drawn_width = made.get_window_extent(canvas.get_renderer()).width
        assert setter.width(words, bold=bold) == pytest.approx(drawn_width, rel=0.06, abs=2)


@pytest.mark.parametrize("scale", [1.0, 1.15, 1.3, 1.5])
@pytest.mark.parametrize("words", [LONG, HAN, "您在多大程度上同意：这次购物过程很轻松（1＝非常不同意）"])
def test_no_line_is_drawn_wider_than_it_was_measured(words: str, scale: float) -> None:
    setter = Typesetter(scale)
    canvas = FigureCanvasAgg(Figure(figsize=(8, 4), dpi=100))
    made = Words(0, 0, words, fontproperties=setter.font(words), figure=canvas.figure)
    assert made.get_window_extent(canvas.get_renderer()).width <= setter.width(words) + 1


def test_lines_break_at_words_and_never_start_with_a_stop() -> None:
    setter = Typesetter()
    lines = setter.lines(LONG, 200, 9)
    assert " ".join(lines) == LONG
    assert all(setter.width(line) <= 200 for line in lines)
    han = setter.lines(HAN, 130, 9)
    assert "".join(han) == HAN
    assert not any(line.startswith("，") for line in han)
    assert setter.lines(LONG, 200, 2)[-1].endswith("...")
    assert setter.lines(HAN, 100, 2)[-1].endswith("…")


def test_quotes_and_apostrophes_suit_the_language() -> None:
    assert readable("I don’t know “why”…") == 'I don\'t know "why"...'
    assert readable("“其他”……") == "“其他”……"
    assert readable("I don’t know 不知道") == "I don't know 不知道"


def test_a_label_may_be_wider_than_its_bar_where_nothing_is_in_its_way() -> None:
    teeth = replace(COLUMNS, series=(Series("Share", (0.3, 0.1) * 5 + (0.3,), NPS_TONES),))
    shown = texts(figure(teeth, (420, 330), Look(scale=1.5)))
    assert (shown.count("30%"), shown.count("10%")) == (6, 5)
    level = replace(COLUMNS, series=(Series("Share", (0.25,) * 11, NPS_TONES),))
    crowded = [words for words in words_of(figure(level, (330, 330), Look(scale=1.5))) if words.get_text() == "25%"]
    assert 4 <= len(crowded) < 11


def test_names_in_a_row_are_pushed_apart() -> None:
    placed = spread([10, 12, 14], [20, 20, 20], 0, 100, 5)
    assert all(right - left >= 25 for left, right in pairwise(placed))
    squeezed = spread([95, 97, 99], [20, 20, 20], 0, 100, 5)
    assert squeezed[-1] + 10 <= 100
    assert all(right - left >= 25 for left, right in pairwise(squeezed))


@pytest.mark.parametrize(
    ("form", "highest"), [(Format.PERCENT, 0.02), (Format.MEAN, 0.3), (Format.SCORE, 2.0), (Format.PERCENT, 0.9)]
)
def test_no_two_places_of_an_axis_show_the_same_number(form: Format, highest: float) -> None:
    shown = [show_number(step, form) for step in round_steps(0.0, highest, 6, form)]
    assert len(shown) > 1
    assert len(set(shown)) == len(shown)


def test_a_saved_picture_has_title_base_and_note() -> None:
    svg = picture(replace(COLUMNS, note=say("All")), Look(), ENGLISH, "svg").decode()
    assert svg.startswith("<?xml")
    assert svg.count("<g id=") > 10
    plain = picture(COLUMNS, Look(), ENGLISH, "svg")
    assert plain == picture(COLUMNS, Look(), ENGLISH, "svg")
    png = imread(io.BytesIO(picture(COLUMNS, Look(), ENGLISH, "png")))
    assert png.shape[:2] == (840, 1440)


def test_charts_need_no_window_and_no_global_state() -> None:
    code = (
        "import sys; import cxdesk.render.figure; "
        "bad = [m for m in sys.modules if m.startswith(('PySide6', 'matplotlib.pyplot'))]; sys.exit(bool(bad))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def drawn(chart: Chart, size: tuple[int, int], look: Look) -> NDArray[np.float64]:
    """The pixels of a chart: [height, width, 3] from 0 to 1."""
    made = figure(chart, size, look)
    canvas = FigureCanvasAgg(made)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[:, :, :3] / 255.0


def near(pixels: NDArray[np.float64], color: str) -> NDArray[np.bool_]:
    distance: NDArray[np.float64] = np.abs(pixels - np.array(to_rgb(color))).max(axis=-1)
    return distance < 0.01


def tall(pixels: NDArray[np.float64], color: str) -> int:
    """The height of the highest bar in a colour; lines and letters are too small to count."""
    return int(near(pixels[45:], color).sum(axis=0).max())
