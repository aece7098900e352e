"""A claim confronted with figures: its verdict, how firm it is, and what would change it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tealeaves.cases import expressions as ex
from tealeaves.cases.schema import Case, Claim, DatedFact
from tealeaves.claims.evaluate import Context, NotTestable, evaluate, number
from tealeaves.figure import Figure

VERDICTS = ("supported", "mostly", "mixed", "contradicted", "not testable")

#: Shares of the varied tests that hold, from which each verdict is given.
SUPPORTED, MOSTLY, MIXED = 0.95, 2 / 3, 1 / 3


@dataclass(frozen=True)
class Verdict:
    """What the data say of one claim.

    ``left`` and ``right`` are the two sides of the claim's first comparison; ``lowest`` and
    ``highest`` the smallest and largest difference between them over all varied tests.
    """

    claim: str
    verdict: str
    reason: str = ""
    left: float | None = None
    right: float | None = None
    op: str = ""
    lowest: float | None = None
    highest: float | None = None
    holds: int = 0
    tried: int = 0
    figures: tuple[Figure, ...] = field(default=())

    @property
    def effect(self) -> float | None:
        """Left side less right side, as the claim has them."""
        if self.left is None or self.right is None:
            return None
        return self.left - self.right

    def to_dict(self) -> dict[str, object]:
        """Return the documented JSON fields."""
        return {
            "claim": self.claim,
            "verdict": self.verdict,
            "reason": self.reason,
            "left": self.left,
            "op": self.op,
            "right": self.right,
            "effect": self.effect,
            "lowest": self.lowest,
            "highest": self.highest,
            "holds": self.holds,
            "tried": self.tried,
            "figures": [f.id for f in self.figures],
        }


def check_claim(claim: Claim, context: Context) -> Verdict:
    """Give the verdict on one claim.

    The test is run as written and again with each year it names moved by -1, 0 and +1, all
    combinations where it names one or two years, one at a time and all together where more; a
    variant that asks for years without data is left out and not counted.  With ``h`` the share of
    variants that hold: *supported* from 0.95, *mostly* from 2/3, *mixed* above 1/3,
    *contradicted* below.  If the test as written cannot be run, the claim is *not testable*.

    Parameters
    ----------
    claim
        A claim of a case: with a test, a dated fact, or the reason why neither is possible.
    context
        Where measures and quantities get their values.
    """
    if claim.fact is not None:
        return _dated(claim, claim.fact)
    test = claim.expr
    if test is None:
        return Verdict(claim.id, "not testable", reason=claim.untestable or "no test is stated")
    context.used.clear()
    try:
        evaluate(test, context)
        left, op, right = _sides(test, context)
    except NotTestable as stop:
        return Verdict(claim.id, "not testable", reason=str(stop))
    figures = tuple(context.used.values())
    truths: list[bool] = []
    effects: list[float] = []
    for variant in _variants(test):
        try:
            truths.append(evaluate(variant, context) is True)
            low, _, high = _sides(variant, context)
        except NotTestable:
            continue
        if low is not None and high is not None:
            effects.append(low - high)
    share = sum(truths) / len(truths)
    verdict = (
        "supported"
        if share >= SUPPORTED
        else "mostly"
        if share >= MOSTLY
        else "mixed"
        if share > MIXED
        else "contradicted"
    )
    return Verdict(
        claim.id,
        verdict,
        left=left,
        right=right,
        op=op,
        lowest=min(effects, default=None),
        highest=max(effects, default=None),
        holds=sum(truths),
        tried=len(truths),
        figures=figures,
    )


def check(case: Case, context: Context) -> list[Verdict]:
    """Give the verdict on every claim of a case, in the case's order."""
    return [check_claim(claim, context) for claim in case.claims]


def _dated(claim: Claim, fact: DatedFact) -> Verdict:
    reason = f"asserted {fact.asserted}; found {fact.found} ({fact.publisher})"
    holds = fact.agrees
    return Verdict(
        claim.id,
        "supported" if holds else "contradicted",
        reason=reason,
        holds=int(holds),
        tried=1,
    )


def _sides(test: ex.Expr, context: Context) -> tuple[float | None, str, float | None]:
    """Both sides of the first comparison; of a chain of and/or, its first member's."""
    while isinstance(test, ex.Bool | ex.Unary):
        test = test.items[0] if isinstance(test, ex.Bool) else test.x
    if not isinstance(test, ex.Compare):
        return None, "", None
    op, right = test.rest[0]
    return number(test.left, context), op, number(right, context)


def _years(expr: ex.Expr) -> list[int]:
    """Every year that a test names, sorted, each once."""
    found: set[int] = set()
    for node in walk(expr):
        if isinstance(node, ex.Measure) and node.year is not None:
            found.add(node.year)
        elif isinstance(node, ex.Call):
            found.update(int(a.value) for a in node.args[1:] if isinstance(a, ex.Number))
    return sorted(found)


def _variants(test: ex.Expr) -> Iterator[ex.Expr]:
    years = _years(test)
    shifts: list[tuple[int, ...]]
    if len(years) <= 2:
        shifts = list(itertools.product((0, -1, 1), repeat=len(years)))
    else:
        one = [
            tuple(d if i == j else 0 for i in range(len(years)))
            for j in range(len(years))
            for d in (-1, 1)
        ]
        shifts = [(0,) * len(years), (-1,) * len(years), (1,) * len(years), *one]
    for shift in shifts:
        moved = {year: year + d for year, d in zip(years, shift, strict=True)}
        if sorted(moved.values()) == sorted(set(moved.values())):
            yield _move(test, moved)


def walk(expr: ex.Expr) -> Iterator[ex.Expr]:
    """Yield an expression and all its parts."""
    yield expr
    match expr:
        case ex.Call():
            children: tuple[ex.Expr, ...] = tuple(expr.args)
        case ex.Unary():
            children = (expr.x,)
        case ex.Binary():
            children = (expr.l, expr.r)
        case ex.Compare():
            children = (expr.left, *(side for _, side in expr.rest))
        case ex.Bool():
            children = tuple(expr.items)
        case _:
            children = ()
    for child in children:
        yield from walk(child)


def _move(expr: ex.Expr, moved: dict[int, int]) -> ex.Expr:
    """The same expression with its years moved."""
    match expr:
        case ex.Measure():
            return expr if expr.year is None else replace(expr, year=moved[expr.year])
        case ex.Call():
            head, *years = expr.args
            shifted = [
                replace(a, value=float(moved[int(a.value)])) if isinstance(a, ex.Number) else a
                for a in years
            ]
            return replace(expr, args=(_move(head, moved), *shifted))
        case ex.Unary():
            return replace(expr, x=_move(expr.x, moved))
        case ex.Binary():
            return replace(expr, l=_move(expr.l, moved), r=_move(expr.r, moved))
        case ex.Compare():
            rest = tuple((op, _move(side, moved)) for op, side in expr.rest)
            return replace(expr, left=_move(expr.left, moved), rest=rest)
        case ex.Bool():
            return replace(expr, items=tuple(_move(item, moved) for item in expr.items))
    return expr
