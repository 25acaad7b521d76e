"""How respondents are weighted: by a column of the file, or so that groups have the shares that are known for them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Margin:
    """The known shares of a segment question's answers: ``targets[code]`` is a share 0..1 of everybody.

    People without an answer to the question keep the share that they have among the respondents.
    """

    question: str
    targets: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Weighting:
    """``column`` is the question with the weights ("" for none); otherwise ``margins`` are met by raking.

    ``cap`` is the largest weight that raking may give, as a multiple of the mean weight; 0 means no cap.
    """

    column: str = ""
    margins: tuple[Margin, ...] = ()
    cap: float = 5.0
