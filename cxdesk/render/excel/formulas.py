"""Live formulas over the counts that stand beside a number, so that a manager can check every share and score.

A formula is only written if it gives the number that the program computed; otherwise the number stands alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from cxdesk.blocks.table import Derivation, Minus, Net, NetGap, Ref, Share, ShareGap, Sum
from cxdesk.text import Format

_CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class Term:
    """Part of a formula: how it is written, and what it is worth."""

    formula: str
    value: float


Resolve = Callable[[Ref], Term | None]
"""Finds the cell that a reference names, with its address and value; None if it is not on the sheet or not a number."""


def formula_for(derivation: Derivation, value: float, form: Format, resolve: Resolve) -> str:
    """The formula for a derived number (``value`` as the workbook shows it), or "" if it cannot be a live one."""
    try:
        term = _term(derivation, resolve)
    except ZeroDivisionError:
        return ""
    if term is None:
        return ""
    if form is Format.PERCENT_GAP:
        term = Term(f"100*({term.formula})", 100 * term.value)
    return f"={term.formula}" if math.isclose(term.value, value, rel_tol=_CLOSE, abs_tol=_CLOSE) else ""


def _term(derivation: Derivation, resolve: Resolve) -> Term | None:
    match derivation:
        case Sum(cells):
            found = _all(cells, resolve)
            return _sum(found) if found else None
        case Share(part, whole):
            found = _all((part, whole), resolve)
            return _share(*found) if found else None
        case Net(positive, negative, whole):
            found = _all((positive, negative, whole), resolve)
            return _net(*found) if found else None
        case Minus(value, less):
            found = _all((value, less), resolve)
            return Term(f"{found[0].formula}-{found[1].formula}", found[0].value - found[1].value) if found else None
        case ShareGap():
            found = _all((derivation.part, derivation.whole, derivation.all_part, derivation.all_whole), resolve)
            return _share_gap(*found) if found else None
        case NetGap():
            names = (derivation.positive, derivation.negative, derivation.whole)
            all_names = (derivation.all_positive, derivation.all_negative, derivation.all_whole)
            found = _all(names + all_names, resolve)
            return _net_gap(*found) if found else None


def _all(refs: tuple[Ref, ...], resolve: Resolve) -> list[Term]:
    terms = [resolve(ref) for ref in refs]
    return [] if any(term is None for term in terms) else [term for term in terms if term is not None]


def _sum(cells: list[Term]) -> Term:
    return Term(f"SUM({','.join(cell.formula for cell in cells)})", math.fsum(cell.value for cell in cells))


def _share(part: Term, whole: Term) -> Term:
    return Term(f"{part.formula}/{whole.formula}", part.value / whole.value)


def _net(positive: Term, negative: Term, whole: Term) -> Term:
    value = 100 * (positive.value - negative.value) / whole.value
    return Term(f"100*({positive.formula}-{negative.formula})/{whole.formula}", value)


def _share_gap(part: Term, whole: Term, all_part: Term, all_whole: Term) -> Term:
    others = (all_part.value - part.value) / (all_whole.value - whole.value)
    rest = f"({all_part.formula}-{part.formula})/({all_whole.formula}-{whole.formula})"
    return Term(f"{part.formula}/{whole.formula}-{rest}", part.value / whole.value - others)


def _net_gap(pos: Term, neg: Term, whole: Term, all_pos: Term, all_neg: Term, all_whole: Term) -> Term:
    own = (pos.value - neg.value) / whole.value
    net_rest = (all_pos.value - pos.value) - (all_neg.value - neg.value)
    others = net_rest / (all_whole.value - whole.value)
    own_formula = f"({pos.formula}-{neg.formula})/{whole.formula}"
    rest = f"(({all_pos.formula}-{pos.formula})-({all_neg.formula}-{neg.formula}))"
    return Term(f"100*({own_formula}-{rest}/({all_whole.formula}-{whole.formula}))", 100 * (own - others))
