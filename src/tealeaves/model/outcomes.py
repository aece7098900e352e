"""Outcomes: conditions on the state at the horizon, evaluated for many runs at once."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tealeaves.cases import expressions as ex
from tealeaves.errors import TealeavesError
from tealeaves.model.compile import Equations
from tealeaves.model.elementary import Floats

Truths: TypeAlias = NDArray[np.bool_]

_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}
_ORDER: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def check_outcomes(equations: Equations) -> None:
    """Refuse, before anything runs, an outcome that cannot be evaluated.

    Raises
    ------
    TealeavesError
        A condition that is a number, an unknown quantity, a measure or a function of years: the
        state at the horizon is all there is.
    """
    zero = np.zeros((len(equations.names), 1))
    for outcome in equations.case.outcomes:
        evaluate(outcome.expr, zero, equations, f"outcome {outcome.id}", dry=True)


def evaluate(
    expr: ex.Expr, z: Floats, equations: Equations, where: str = "outcome", *, dry: bool = False
) -> Truths:
    """Return for each run whether a condition holds.

    Parameters
    ----------
    expr
        Comparisons of numbers, quantities and ``start(quantity)``, with arithmetic, and/or/not.
    z
        State at the horizon in s.d., shape (quantities, runs); start values come from the
        equations.
    where
        What to name in an error.
    dry
        Look at names and kinds only; values, and so divisions by zero, do not count.

    Returns
    -------
    array of bool
        Shape (runs,).
    """
    return np.broadcast_to(_Evaluator(z, equations, where, dry).truth(expr), z.shape[1:])


class _Evaluator:
    def __init__(self, z: Floats, equations: Equations, where: str, dry: bool) -> None:
        self.z, self.equations, self.where, self.dry = z, equations, where, dry

    def fail(self, expr: ex.Expr, expected: str) -> TealeavesError:
        return TealeavesError(
            f"'{ex.to_text(expr)}' cannot stand here", where=self.where, expected=expected
        )

    def truth(self, expr: ex.Expr) -> Truths:
        match expr:
            case ex.Compare():
                sides = [self.number(expr.left), *(self.number(side) for _, side in expr.rest)]
                result = np.ones(self.z.shape[1:], np.bool_)
                for (op, _), left, right in zip(expr.rest, sides, sides[1:], strict=False):
                    result &= _ORDER[op](left, right)
                return result
            case ex.Bool():
                truths = [self.truth(item) for item in expr.items]
                join = np.logical_and if expr.op == "and" else np.logical_or
                return np.asarray(join.reduce(truths))
            case ex.Unary(op="not"):
                return ~self.truth(expr.x)
        raise self.fail(expr, "a comparison, as in ACTOR.name > 1")

    def number(self, expr: ex.Expr) -> Floats | float:
        match expr:
            case ex.Number():
                return expr.value
            case ex.Quantity():
                return np.asarray(self.z[self.row(expr)])
            case ex.Call(func="start"):
                start: float = self.equations.start[self.row(expr.args[0])]
                return start
            case ex.Unary(op="-" | "+"):
                value = self.number(expr.x)
                return -value if expr.op == "-" else value
            case ex.Binary():
                left, right = self.number(expr.l), self.number(expr.r)
                return (
                    self.divide(expr, left, right)
                    if expr.op == "/"
                    else (_ARITHMETIC[expr.op](left, right))
                )
        raise self.fail(expr, "numbers, quantities, start(quantity) and arithmetic on them")

    def divide(self, expr: ex.Expr, left: Floats | float, right: Floats | float) -> Floats | float:
        if self.dry:
            return left
        if not np.all(right):
            raise TealeavesError(
                f"'{ex.to_text(expr)}' divides by zero", where=self.where, expected="no zero below"
            )
        return left / right

    def row(self, expr: ex.Expr) -> int:
        if not isinstance(expr, ex.Quantity):
            raise self.fail(expr, "start(ACTOR.name)")
        try:
            return self.equations.row(expr.name)
        except TealeavesError as error:
            raise TealeavesError(error.what, where=self.where, nearest=error.nearest) from None
