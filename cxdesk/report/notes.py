"""The Notes sheet: everything that a reader needs to check the numbers, once, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from cxdesk.analysis.targets import targets_items
from cxdesk.analysis.wording import confidence_text, joined
from cxdesk.blocks.section import Row, Section
from cxdesk.blocks.table import Cell, ColumnType, Table, TableColumn, TableRow
from cxdesk.report.privacy import privacy_items
from cxdesk.report.report import DataColumn
from cxdesk.report.weighting import weighting_items
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.role import Role, Sure, role_name
from cxdesk.text import Text, say, say_n


def notes_section(
    sample: Sample,
    rules: Rules,
    sections: tuple[Section, ...],
    version: str,
    data: Sequence[DataColumn] = (),
) -> Section:
    """One row per item: source, filter, rules of each measure, comparisons, doubts, words used, limits, version."""
    items: list[tuple[Text, Text]] = [
        (say("Source file"), _source(sample)),
        (say("Filters"), sample.selection.describe(sample.dataset.question)),
        *weighting_items(sample),
        *targets_items(sample.dataset, rules),
    ]
    for section in sections:
        items.extend(note for note in section.notes if note not in items)
    items += _columns(sample)
    items += privacy_items(sample.dataset, data)
    items += [
        (
            say("Words used"),
            say(
                "“clearly”: the difference passes the test after adjustment and is large enough to matter (3 points, "
                "2 percentage points, or 2% of the scale). “possibly”: it passes before adjustment, not after. "
                "Otherwise: “could be chance”."
            ),
        ),
        (say("Small groups"), _small_groups(rules, data)),
        (
            say("Limits"),
            say(
                "The ranges cover chance only. They do not cover who chose to answer, how questions were worded, or "
                "errors in the source file."
            ),
        ),
        (
            say("Settings"),
            say(
                "Confidence level {level}; satisfied = the top {points} points of a 5-point scale.",
                level=confidence_text(rules),
                points=rules.satisfied_points,
            ),
        ),
        (
            say("Made with"),
            say(
                "CX Desk {version}, offline. Fingerprint of the file: {digest}.",
                version=version,
                digest=_digest(sample),
            ),
        ),
    ]
    columns = (
        TableColumn("item", say("Item"), ColumnType.NAME),
        TableColumn("detail", say("Detail"), ColumnType.TEXT),
    )
    rows = tuple(TableRow(f"note{index}", (Cell(item), Cell(detail))) for index, (item, detail) in enumerate(items))
    title = say("Notes on method")
    table = Table("notes", title, columns, rows)
    return Section("notes", title, title, say("For readers who want to check the numbers"), (Row((table,)),))


def _small_groups(rules: Rules, data: Sequence[DataColumn]) -> Text:
    """How small groups are shown, and what a Data sheet means for those who are hidden elsewhere."""
    told = say(
        "Under {least} answers: no score, and none of larger groups from which these could be worked out. "
        "Under {tested}: shown, marked **, not compared. Under {plain}: marked *, read with care.",
        least=rules.hide_below,
        tested=rules.test_from,
        plain=rules.plain_from,
    )
    if not data:
        return told
    rows = say("The Data sheet holds every row. Whoever has it can count the groups that the other sheets do not show.")
    return say("{first} {second}", first=told, second=rows)


def _source(sample: Sample) -> Text:
    dataset = sample.dataset
    parts = [say("{name}", name=dataset.source.name)]
    if dataset.receipt.platform_name:
        parts.append(say("{platform} export", platform=dataset.receipt.platform_name))
    if dataset.receipt.sheet is not None:
        parts.append(say("sheet “{sheet}”", sheet=dataset.receipt.sheet))
    if dataset.receipt.encoding is not None:
        parts.append(say("text encoding {encoding}", encoding=dataset.receipt.encoding))
    parts.append(say_n("1 row", "{count} rows", dataset.receipt.rows))
    parts.append(say_n("1 column", "{count} columns", dataset.receipt.columns))
    return joined(parts)


def _columns(sample: Sample) -> list[tuple[Text, Text]]:
    """The readings that are not sure: named here, because a report has nobody to ask."""
    items = []
    for question in sample.dataset.questions:
        if question.sure is not Sure.SURE and question.role is not Role.IGNORE:
            items.append(
                (
                    say("Please check"),
                    say(
                        "“{column}” is read as: {role}. {why}",
                        column=question.text,
                        role=role_name(question.role),
                        why=question.why,
                    ),
                )
            )
    return items


def _digest(sample: Sample) -> str:
    return sample.dataset.source.digest[:12]
