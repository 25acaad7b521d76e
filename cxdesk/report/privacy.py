"""What a report says about personal data: which columns are kept out, and how many items inside comments are masked."""

from __future__ import annotations

from collections.abc import Sequence

from cxdesk.report.report import DataColumn
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.role import Role
from cxdesk.text import Text, say, say_n


def private_columns(dataset: Dataset) -> int:
    """How many columns of the file hold personal data and therefore appear on no sheet."""
    return sum(len(question.columns) for question in dataset.with_role(Role.PRIVATE))


def masked_items(data: Sequence[DataColumn]) -> int:
    """How many phone numbers, addresses and the like are masked in the texts of the Data sheet."""
    return sum(column.masked for column in data)


def privacy_items(dataset: Dataset, data: Sequence[DataColumn]) -> list[tuple[Text, Text]]:
    """The lines of the Notes sheet; none if there was nothing to keep out or to mask."""
    items: list[tuple[Text, Text]] = []
    columns, masked = private_columns(dataset), masked_items(data)
    if columns:
        items.append((say("Personal data"), kept_out(columns)))
    if masked:
        items.append((say("Personal data"), hidden(masked)))
    return items


def kept_out(columns: int) -> Text:
    """How many columns are not in the report."""
    return say_n(
        "1 column with personal data is kept out of this report.",
        "{count} columns with personal data are kept out of this report.",
        columns,
    )


def hidden(masked: int) -> Text:
    """How many items are masked."""
    return say_n(
        "1 phone number, address or other personal item inside comments is masked.",
        "{count} phone numbers, addresses and other personal items inside comments are masked.",
        masked,
    )
