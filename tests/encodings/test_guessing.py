"""The encoding of short survey text is right at least 96 times in 100 without asking, and else one click away."""

import codecs
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from cxdesk.job import Unattended
from cxdesk.reading.encoding import Candidate, candidates, find_encoding
from cxdesk.reading.origin import from_memory
from tests.unit.reading.containers.reading import folder_of

from .samples import FAMILIES, Sample, samples
from .sentences import PROOF, TUNING

GOAL = 0.96
LABELS = {
    "sample-arabic-1": "cp1256",
    "sample-greek": "cp1253",
    "sample-french-1": "cp1252",
    "sample-russian": "mac-cyrillic",
}


@cache
def guessed(content: bytes) -> str:
    """The text that a person would see."""
    encoding = find_encoding(from_memory("survey.csv", content), None, Unattended())
    return content[encoding.skip :].decode(encoding.codec, "replace")


@cache
def offered(content: bytes) -> tuple[Candidate, ...]:
    """What a person may choose from."""
    return tuple(candidates(content))


def truth(sample: Sample) -> str:
    return sample.text.removeprefix("\ufeff")


def test_the_halves_share_no_sentence() -> None:
    for language, proof in PROOF.items():
        assert not set(proof) & set(TUNING[language])


@pytest.mark.parametrize("length", [60, 200, 1000])
def test_short_survey_text_is_read_right_without_asking(length: int) -> None:
    all_samples = list(samples(PROOF, length))
    assert len(all_samples) >= 150
    assert all(any(byte > 127 for byte in sample.content) for sample in all_samples)
    right = Counter(sample.family for sample in all_samples if guessed(sample.content) == truth(sample))
    total = Counter(sample.family for sample in all_samples)
    assert right.total() >= GOAL * total.total()
    for family in FAMILIES:
        assert right[family] >= 0.9 * total[family], family


@pytest.mark.parametrize("length", [60, 200, 1000])
def test_one_click_puts_the_rest_right(length: int) -> None:
    for sample in samples(PROOF, length):
        choices = offered(sample.content)
        shown = [truth(sample).removesuffix("\ufffd").startswith(candidate.sample) for candidate in choices]
        assert len({candidate.sample for candidate in choices}) == len(choices) <= 3
        assert any(shown), (sample.language, sample.codec)
        if guessed(sample.content) != truth(sample):
            chosen = choices[shown.index(True)]
            again = find_encoding(from_memory("survey.csv", sample.content), chosen.codec, Unattended())
            assert sample.content[again.skip :].decode(again.codec, "replace") == truth(sample)


@pytest.mark.parametrize("length", [60, 200, 1000])
def test_western_text_never_becomes_east_asian(length: int) -> None:
    for sample in samples(PROOF, length):
        if sample.family in ("Western", "Central European"):
            assert not any("\u3000" <= char <= "\ud7ff" for char in guessed(sample.content))


def test_the_first_candidate_is_what_is_read_without_asking() -> None:
    for sample in samples(PROOF, 200):
        first = offered(sample.content)[0]
        assert guessed(sample.content).removesuffix("\ufffd").startswith(first.sample)
        assert 0.9 <= first.right_share <= 1.0


def test_a_wrong_reading_looks_less_usual_than_the_right_one() -> None:
    content = "序号,推荐分数,原因\n1,10,服务很好，下次还来\n2,3,物流太慢，等了一个星期\n".encode("gb18030")
    first, *others = candidates(content)
    assert first.name == "GB18030"
    assert first.sample.startswith("序号,推荐分数")
    assert all(other.right_share < first.right_share for other in others)


def test_plain_ascii_has_one_candidate() -> None:
    assert [candidate.name for candidate in candidates(b"id,score\n1,10\n")] == ["UTF-8"]


@pytest.mark.parametrize(("length", "goal"), [(60, 0.9), (200, 0.94), (1000, 0.96), (None, 0.96)])
def test_files_that_others_labelled(length: int | None, goal: float) -> None:
    """Web pages, subtitles and mail in 60 encodings; those of ASCII alone and of unknown label are left out."""
    right = total = 0
    for label, whole in labelled():
        content = whole if length is None else beginning(whole, label, length)
        true = content.decode(label, "replace").removeprefix("\ufeff")
        right += guessed(content) == true
        total += 1
    assert total >= 90
    assert right >= goal * total


def labelled() -> Iterator[tuple[str, bytes]]:
    root = folder_of("CXDESK_BADINPUT")
    for folder in ("chardet_enc", "charset_normalizer_enc", "uchardet_enc"):
        for path in sorted((root / folder).iterdir()):
            name = path.name.split("__")
            words = name[2].split(".")[0] if folder == "uchardet_enc" and len(name) > 2 else name[1]
            stem = words.removesuffix(".txt.csv")
            label = LABELS.get(stem, "utf-8") if folder == "charset_normalizer_enc" else known(stem.casefold())
            content = path.read_bytes()
            if label is not None and label != "ascii" and not (content.isascii() and b"\x1b$" not in content):
                yield label, content


def known(words: str) -> str | None:
    for name in (words, words.rsplit("-", 1)[0]):
        try:
            return codecs.lookup(name).name
        except LookupError:
            continue
    return None


def beginning(content: bytes, label: str, length: int) -> bytes:
    """Some bytes from the first line on that holds more than ASCII."""
    if label.startswith(("utf-16", "utf-32")):
        return content[:length]
    first = next(place for place, byte in enumerate(content) if byte > 127 or byte == 27)
    start = content.rfind(b"\n", 0, first) + 1
    return content[start : start + length]
