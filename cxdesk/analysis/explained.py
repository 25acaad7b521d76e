"""How was this number made? Each kind of figure worked out in plain sentences, with the survey's own numbers."""

from __future__ import annotations

from dataclasses import dataclass

from cxdesk.analysis.drivers_values import DriversResult
from cxdesk.analysis.groups import Split, segment_questions, split
from cxdesk.analysis.links import links
from cxdesk.analysis.measure import Measure, MeasureKind, Score, headline_measure, measure, measure_name
from cxdesk.analysis.scored import known_by
from cxdesk.analysis.wording import confidence_text, distance_text, is_clear, mean_name
from cxdesk.blocks.table import Mark
from cxdesk.job import Job
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.text import Format, Number, Param, Text, say, say_n


@dataclass(frozen=True, slots=True)
class Explanation:
    """One kind of figure: what it is about, and the sentences that work it out, in order."""

    key: str
    title: Text
    lines: tuple[Text, ...]


def explained(sample: Sample, rules: Rules, job: Job) -> tuple[Explanation, ...]:
    """Work out what the survey is known by, its range, a difference, a link, weights and small groups.

    Only what the survey has is explained; () without any scored question. Raises `Cancelled` if the job says so.
    """
    found: list[Explanation] = []
    measured = []
    for question in known_by(sample.dataset):
        job.check()
        rule = headline_measure(question, rules)
        score = measure(rule, sample.answers(question.id), rules)
        if score.value is not None:
            measured.append((rule, score))
            found.append(Explanation(rule.kind.value, measure_name(rule), _worked_out(sample, rule, score)))
    if not measured:
        return ()
    rule, score = measured[0]
    if score.low is not None and score.high is not None:
        found.append(Explanation("range", say("The range"), _range(rule, score, rules)))
    job.check()
    compared = next((one for one in _splits(sample, rule, rules) if one.comparisons), None)
    if compared is not None:
        found.append(Explanation("difference", say("▲ and ▼: differences"), _difference(compared)))
    job.check()
    linked = links(sample, rule.question, rules, job)
    if linked.drivers:
        found.append(Explanation("link", say("Links"), _link(linked)))
    if score.base.effective is not None:
        found.append(Explanation("weight", say("Weights"), _weight(score)))
    found.append(Explanation("small", say("Small groups"), _small(rules)))
    return tuple(found)


def _splits(sample: Sample, rule: Measure, rules: Rules) -> list[Split]:
    """Every segment; those with a clear difference first, because an example should show one."""
    found = [split(sample, question, rule, rules) for question in segment_questions(sample.dataset)]
    return sorted(found, key=lambda one: not any(is_clear(group.mark) for group in one.groups))


def _worked_out(sample: Sample, rule: Measure, score: Score) -> tuple[Text, ...]:
    whole = max(score.whole, 1e-9)
    facts: dict[str, Param] = {
        "good": round(score.good),
        "bad": round(score.bad),
        "n": round(score.whole),
        "best": rule.points(good=True),
        "worst": rule.points(good=False),
        "good_share": Number(score.good / whole, Format.PERCENT),
        "bad_share": Number(score.bad / whole, Format.PERCENT),
        "value": Number(score.value, rule.format),
    }
    lines: list[Text] = []
    match rule.kind:
        case MeasureKind.NPS | MeasureKind.NET:
            lines.append(
                say(
                    "{good} of {n} answers are {best} ({good_share}), and {bad} are {worst} ({bad_share}).",
                    **facts,
                )
            )
            lines.append(
                say(
                    "{good_share} minus {bad_share} gives {value}. It is worked out before rounding, so it can differ "
                    "by 1 from the difference of the rounded shares.",
                    **facts,
                )
            )
        case MeasureKind.TOP:
            lines.append(say("{good} of {n} answers are {best}: that is {good_share}.", **facts))
        case MeasureKind.MEAN:
            total = (score.value or 0.0) * score.whole
            lines.append(
                say(
                    "{name}: all {n} answers add up to {total}; divided by {n} that is {value}.",
                    name=mean_name(rule),
                    total=Number(total, Format.COUNT),
                    n=round(score.whole),
                    value=Number(score.value, rule.format),
                )
            )
    if score.base.no_answer:
        lines.append(
            say_n(
                "1 person gave no usable answer to this question and does not count in it.",
                "{count} people gave no usable answer to this question and do not count in it.",
                score.base.no_answer,
            )
        )
    if sample.weighted:
        lines.append(say("People count here with their weights."))
    return tuple(lines)


def _range(rule: Measure, score: Score, rules: Rules) -> tuple[Text, ...]:
    ends = {"low": Number(score.low, rule.format), "high": Number(score.high, rule.format)}
    half = ((score.high or 0.0) - (score.low or 0.0)) / 2
    return (
        say(
            "Other people could have answered by chance. With {n} answers this can move {name} ({value}) to anywhere "
            "from {low} to {high}.",
            n=score.base.n,
            name=measure_name(rule),
            value=Number(score.value, rule.format),
            **ends,
        ),
        say(
            "{level} means: of 20 such ranges about {right} hold what everyone would have said.",
            level=confidence_text(rules),
            right=round(20 * rules.confidence),
        ),
        say(
            "The range is about {distance} to either side. Four times as many answers ({many}) would make it half as "
            "wide.",
            distance=distance_text(rule, half),
            many=4 * score.base.n,
        ),
        say("It covers chance only: not who chose to answer, how the question was worded, or errors in the file."),
    )


def _difference(compared: Split) -> tuple[Text, ...]:
    rule = compared.rule
    tested = [group for group in compared.groups if group.gap is not None and group.gap.low is not None]
    example = max(tested, key=lambda group: (is_clear(group.mark), abs(group.gap.value) if group.gap else 0.0))
    gap = example.gap
    if gap is None:
        return ()
    facts: dict[str, Param] = {
        "group": example.name,
        "segment": compared.by.text,
        "score": Number(example.score.value, rule.format),
        "n": example.score.base.n,
        "gap": Number(gap.value, rule.gap_format),
        "low": Number(gap.low, rule.gap_format),
        "high": Number(gap.high, rule.gap_format),
    }
    first = say(
        "{group} ({segment}) is at {score} (n = {n}). Everyone else is compared with it, never a total that contains "
        "it: the difference is {gap}, most likely between {low} and {high}.",
        **facts,
    )
    second = say_n(
        "There was 1 comparison in this table.",
        "There were {count} comparisons in this table. The more one compares, the more often chance looks like a "
        "difference; the marks allow for that.",
        compared.comparisons,
    )
    third = {
        Mark.ABOVE: say("It is still clear after that, and large enough to matter: ▲."),
        Mark.BELOW: say("It is still clear after that, and large enough to matter: ▼."),
        Mark.SLIGHT: say("It is clear, but smaller than {floor}: no mark.", floor=distance_text(rule, rule.floor)),
    }.get(example.mark, say("After that it could be chance: no mark."))
    return first, second, third


def _link(linked: DriversResult) -> tuple[Text, ...]:
    strongest = linked.drivers[0]
    return (
        say(
            "{people} people answered the score and all {topics} topics. Together the topics go with {explained} of "
            "the differences between their scores.",
            people=linked.people,
            topics=len(linked.drivers),
            explained=Number(linked.r2, Format.PERCENT),
        ),
        say(
            "Of that, {share} goes with “{topic}”, most likely between {low} and {high}: the answers were drawn again "
            "many times to see how much this moves.",
            share=Number(strongest.share, Format.PERCENT),
            topic=strongest.topic.text,
            low=Number(strongest.low, Format.PERCENT),
            high=Number(strongest.high, Format.PERCENT),
        ),
        say("A link is not proof of cause: something else may move both."),
    )


def _weight(score: Score) -> tuple[Text, ...]:
    return (
        say("Some people count more and others less, so that groups have the shares that are known for them."),
        say(
            "That costs precision: the {n} answers are worth as much as {effective} that count equally. "
            "Ranges, tests and the limits for small groups use that number.",
            n=score.base.n,
            effective=round(score.base.effective or 0.0),
        ),
    )


def _small(rules: Rules) -> tuple[Text, ...]:
    return (
        say(
            "Under {least} answers there is no score, from {least} a group is shown with **, from {tested} it is "
            "compared and has *, from {plain} it has no mark.",
            least=rules.hide_below,
            tested=rules.test_from,
            plain=rules.plain_from,
        ),
        say(
            "In a group of {least}, one answer moves NPS by {least_step} to {most_step} points.",
            least=rules.hide_below,
            least_step=round(100 / rules.hide_below),
            most_step=round(200 / rules.hide_below),
        ),
    )
