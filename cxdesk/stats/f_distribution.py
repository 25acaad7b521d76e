"""The F distribution, for tests of several means or shares at once and for the range of Cronbach's alpha."""

from __future__ import annotations

import math
from dataclasses import dataclass

from cxdesk.stats.beta import incomplete_beta


@dataclass(frozen=True, slots=True)
class FTest:
    """A test of "all groups are the same" with an F value: both degrees of freedom may be fractions.

    ``p`` is None if nothing varies or too few groups answered.
    """

    statistic: float
    df: float
    df_error: float
    p: float | None


def f_tail(value: float, df: float, df_error: float) -> float:
    """The probability that an F value with these degrees of freedom (> 0) is ``value`` or more."""
    if value <= 0:
        return 1.0
    whole = df_error + df * value
    return incomplete_beta(df_error / 2, df / 2, df_error / whole, df * value / whole)


def f_quantile(share: float, df: float, df_error: float) -> float:
    """The F value below which ``share`` (0..1, exclusive) of the distribution lies.

    The logarithm is bisected. Raises `ValueError` for a share outside 0..1.
    """
    if not 0 < share < 1:
        raise ValueError("a quantile belongs to a share between 0 and 1")
    low, high = -60.0, 60.0
    for _ in range(64):
        middle = (low + high) / 2
        low, high = (middle, high) if 1 - f_tail(math.exp(middle), df, df_error) < share else (low, middle)
    return math.exp((low + high) / 2)
