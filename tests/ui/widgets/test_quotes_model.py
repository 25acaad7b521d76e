"""The groups beside the search say how many of the comments that were found belong to each of them."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from cxdesk.analysis.comments import Comments
from cxdesk.blocks.quote import BAD, GOOD, Quotes
from cxdesk.job import Unattended
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.text import Translator
from cxdesk.ui.widgets.quotes_model import EVERY, QuotesModel
from tests.builders import survey


def quotes() -> Quotes:
    dataset = survey(
        recommend=[2] * 20 + [8] * 30 + [10] * 40,
        comment=["slow till"] * 20 + ["fine"] * 20 + ["quick till"] * 20 + ["kind staff"] * 30,
    )
    page = Comments()
    spec = page.default(dataset)
    section = page.present(spec, page.compute(Sample(dataset), Rules(), spec, Unattended()))
    return next(block for block in section.blocks() if isinstance(block, Quotes))


def test_counts_follow_the_search_and_not_the_group(qtbot: QtBot) -> None:
    model = QuotesModel()
    model.show_quotes(quotes(), Translator("en"))
    assert model.counts() == (90, 20, 30, 40)
    model.narrow(search="till")
    assert model.counts() == (40, 20, 10, 10)
    model.narrow(group=BAD)
    assert (model.rowCount(), model.counts()) == (20, (40, 20, 10, 10))
    model.narrow(group=GOOD)
    assert model.rowCount() == 10
    model.narrow(group=EVERY, search="")
    assert (model.rowCount(), model.counts()) == (90, (90, 20, 30, 40))
