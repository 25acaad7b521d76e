"""The tables of the comments page: the themes, what each of them moves, and words."""

from __future__ import annotations

from cxdesk.analysis.comments_priority import is_untested, too_few
from cxdesk.analysis.comments_quotes import ALL_ROWS, NO_THEME_ROW, THEME, WORD, group_names
from cxdesk.analysis.comments_said import link_note
from cxdesk.analysis.comments_values import (
    CommentsResult,
    CommentsSpec,
    ThemeFound,
    WordFound,
    WordsFound,
)
from cxdesk.analysis.comments_words import ENOUGH_COMMENTS
from cxdesk.analysis.measure import Measure, MeasureKind, Score, measure_name
from cxdesk.analysis.wording import hidden_legend, is_clear, joined, score_cell, tone_of
from cxdesk.blocks.palette import Tone
from cxdesk.blocks.table import Cell, ColumnType, Mark, Share, Table, TableColumn, TableRow
from cxdesk.survey.base import BaseLevel
from cxdesk.text import Format, Label, Number, Text, say, say_n


def themes_table(result: CommentsResult, spec: CommentsSpec) -> Table:
    """The narrow list beside the comments: a theme, how many mention it, how these score."""
    columns = [
        TableColumn("name", say("Theme"), ColumnType.NAME),
        TableColumn("bar", "", ColumnType.BAR),
        TableColumn("n", say("Comments")),
    ]
    most = max((theme.people for theme in result.themes), default=0)
    if result.rule is not None:
        columns.append(TableColumn("score", measure_name(result.rule)))
    rows = [_theme_row(result, theme, f"{THEME}{theme.name}", most) for theme in result.themes if theme.people]
    if result.uncoded is not None:
        rows.append(_theme_row(result, result.uncoded, NO_THEME_ROW))
    total = [Cell(say("All comments")), Cell(None), Cell(result.wrote, Format.COUNT)]
    if result.rule is not None:
        total.append(_score(result, result.everyone))
    rows.insert(0, TableRow(ALL_ROWS, tuple(total), total=True))
    known = {row.key for row in rows}
    return Table(
        "themes",
        say("Themes"),
        tuple(columns),
        tuple(rows),
        legend=_uncoded_text(result),
        selectable=True,
        selected=spec.focus if spec.focus in known else ALL_ROWS if not spec.focus else "",
    )


def effects_table(result: CommentsResult, rule: Measure) -> Table:
    """Every theme with the score of those who mention it, against everybody else who wrote, and what it moves."""
    name = measure_name(rule)
    columns = (
        TableColumn("name", say("Theme"), ColumnType.NAME),
        TableColumn("n", say("Comments")),
        TableColumn("share", say("Share")),
        TableColumn("score", name),
        TableColumn("range", say("Range"), ColumnType.RANGE),
        TableColumn("gap", say("Difference from the others"), ColumnType.GAP),
        TableColumn("drag", say("Moves the whole by")),
        TableColumn("drag_range", say("Range of that"), ColumnType.RANGE),
    )
    total = TableRow(
        ALL_ROWS,
        (
            Cell(say("All comments")),
            Cell(result.wrote, Format.COUNT),
            Cell(1.0 if result.wrote else None, Format.PERCENT, derivation=_share(result)),
            _score(result, result.everyone),
            _range(
                rule,
                result.everyone.low if result.everyone else None,
                result.everyone.high if result.everyone else None,
            ),
            Cell(None),
            Cell(None),
            Cell(None),
        ),
        total=True,
    )
    themes = [theme for theme in result.themes if theme.people]
    rows = [_effect_row(result, rule, theme, f"{THEME}{theme.name}") for theme in themes]
    if result.uncoded is not None and result.uncoded.people:
        rows.append(_effect_row(result, rule, result.uncoded, NO_THEME_ROW))
    withheld = sum(theme.score is not None and theme.score.withheld for theme in themes)
    return Table(
        "effects",
        say("What people who mention a theme say about us"),
        columns,
        (total, *rows),
        legend=joined(
            [
                link_note(result.rules),
                say("* base under {plain}, read with care", plain=result.rules.plain_from),
                say("** base under {tested}, not compared", tested=result.rules.test_from),
                *_uncoded_list(result),
                *hidden_legend(0, withheld, result.rules),
            ]
        ),
    )


def words_table(result: CommentsResult, words: WordsFound, *, bad: bool) -> Table:
    """Words that are clearly more common at one end of the scale, with the share of people at both."""
    names, _ = group_names(result.rule)
    ends = (names[0], names[2])
    columns = (
        TableColumn("word", say("Word"), ColumnType.NAME),
        TableColumn("n", say("People")),
        TableColumn("bad", ends[0]),
        TableColumn("good", ends[1]),
    )
    found = words.bad if bad else words.good
    rows = tuple(
        TableRow(
            f"{WORD}{word.word}",
            (
                Cell(word.word),
                Cell(word.bad + word.good, Format.COUNT),
                Cell(word.bad / words.bad_people, Format.PERCENT, tone=Tone.DETRACTOR if bad else None),
                Cell(word.good / words.good_people, Format.PERCENT, tone=None if bad else Tone.PROMOTER),
            ),
        )
        for word in found
    )
    comments = words.bad_people + words.good_people
    hint = say_n("1 comment: only hints.", "{count} comments are few: these are only hints.", comments)
    return Table(
        "words_bad" if bad else "words_good",
        say("Words more often with: {group}", group=ends[0 if bad else 1]),
        columns,
        rows,
        legend=hint if comments < ENOUGH_COMMENTS else None,
        subtitle=_word_text(result, words, found[0]) if found else None,
        selectable=True,
    )


def _theme_row(result: CommentsResult, theme: ThemeFound, key: str, most: int | None = None) -> TableRow:
    """``most``: how many mention the theme that is mentioned most; its bar fills the column. None: no bar."""
    cells = [Cell(theme.name), Cell(theme.people / most if most else None), Cell(theme.people, Format.COUNT)]
    if result.rule is not None:
        cells.append(_score(result, theme.score, theme.mark))
    return TableRow(key, tuple(cells), _level(result, theme))


def _difference(rule: Measure, theme: ThemeFound) -> Cell:
    if theme.gap is None:
        return Cell(None, rule.gap_format)
    if is_untested(theme):
        return too_few(rule.gap_format)
    return Cell(theme.gap.value, rule.gap_format, mark=theme.mark)


def _effect_row(result: CommentsResult, rule: Measure, theme: ThemeFound, key: str) -> TableRow:
    score, drag = theme.score, theme.drag
    return TableRow(
        key,
        (
            Cell(theme.name),
            Cell(theme.people, Format.COUNT),
            Cell(theme.people / result.wrote if result.wrote else None, Format.PERCENT, derivation=_share(result)),
            _score(result, score, theme.mark),
            _range(rule, None if score is None else score.low, None if score is None else score.high),
            _difference(rule, theme),
            too_few(rule.gap_format) if is_untested(theme) else Cell(drag.value if drag else None, rule.gap_format),
            Cell(None, rule.gap_format, low=drag.low if drag else None, high=drag.high if drag else None),
        ),
        _level(result, theme),
    )


def _level(result: CommentsResult, theme: ThemeFound) -> BaseLevel:
    return BaseLevel.PLAIN if theme.score is None else result.rules.level(theme.score.base)


def _score(result: CommentsResult, score: Score | None, mark: Mark = Mark.UNTESTED) -> Cell:
    if score is None or result.rule is None:
        return Cell(None)
    cell = score_cell(result.rule, score)
    if not is_clear(mark) or cell.shown is not None:
        return cell
    return Cell(cell.value, cell.format, cell.base, tone=tone_of(mark), low=cell.low, high=cell.high)


def _range(rule: Measure, low: float | None, high: float | None) -> Cell:
    return Cell(None, rule.format, low=low, high=high)


def _share(result: CommentsResult) -> Share | None:
    return Share(("", "n"), (ALL_ROWS, "n")) if result.wrote else None


def _uncoded_text(result: CommentsResult) -> Text | None:
    if result.uncoded is None or not result.wrote:
        return None
    share = Number(result.uncoded.people / result.wrote, Format.PERCENT)
    return say_n(
        "1 comment ({share}) has no theme",
        "{count} comments ({share}) have no theme",
        result.uncoded.people,
        share=share,
    )


def _uncoded_list(result: CommentsResult) -> list[Text]:
    text = _uncoded_text(result)
    return [] if text is None else [text]


def _word_text(result: CommentsResult, words: WordsFound, word: WordFound) -> Text:
    facts: dict[str, Label | Number] = {
        "word": word.word,
        "bad": Number(word.bad / words.bad_people, Format.PERCENT),
        "good": Number(word.good / words.good_people, Format.PERCENT),
    }
    if result.rule is not None and result.rule.kind is MeasureKind.NPS:
        return say("“{word}” appears with {bad} of detractors and {good} of promoters.", **facts)
    return say("“{word}” appears in {bad} of comments with poor scores and {good} of those with good scores.", **facts)
