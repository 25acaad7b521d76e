"""Texts and code numbers of one survey: the same people, counted once."""

from __future__ import annotations

from cxdesk.reading.doubles import same_answers, without_doubles
from cxdesk.survey.counting import Sample
from tests.unit.reading.halves import agrees_with_its_columns, rows_of
from tests.unit.reading.opening import needs_corpus, notes, opened


@needs_corpus
def test_texts_and_code_numbers_of_one_survey_do_not_count_people_twice() -> None:
    texts, numbers = opened("wjx-800-text.xls"), opened("wjx-800-seq.xls")
    assert same_answers(texts, numbers)
    assert same_answers(numbers, texts)
    assert not same_answers(texts, texts)
    for files in ([texts, numbers], [numbers, texts]):
        (one,) = without_doubles(files)
        assert one.respondents == 800
        asked = {question.text: question for question in one.questions}
        assert asked["手机部数"].options == ("1部", "2部", "3部", "4部及以上")
        assert asked["爱好投入占收入比重"].options[0] == "没有投入"
        assert asked["兴趣爱好"].options[:3] == ("运动", "阅读", "影视")
        ticked = dict(zip(asked["兴趣爱好"].options, Sample(one).ticked(asked["兴趣爱好"].id)[:, 1], strict=True))
        assert (ticked["运动"], ticked["美食"], ticked["旅游"]) == (479, 492, 478)
        assert "are counted once" in notes(one)["same_answers"]
        assert agrees_with_its_columns(one) == []


@needs_corpus
def test_code_numbers_of_other_people_are_another_file() -> None:
    texts, numbers = opened("wjx-800-text.xls"), opened("wjx-800-seq.xls")
    others = rows_of(numbers, [*range(400, 800), *range(400)], "others.xls")
    assert not same_answers(texts, others)
    assert len(without_doubles([texts, others])) == 2
