"""Parsed expressions evaluated on measures: numbers and series, with the figures behind them.

A value is only ever made of figures that exist and are not imputed; where one lacks, evaluation
stops with :class:`NotTestable` and its reason, and the caller reports that instead of a verdict.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tealeaves.cases import expressions as ex
from tealeaves.figure import Figure, Series

_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
_ORDER: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


class NotTestable(Exception):  # noqa: N818 - a finding, not an error
    """The data do not reach what the expression asks; the message says where they stop."""


@dataclass(frozen=True)
class Yearly:
    """A series as years to values, with the figures used."""

    values: Mapping[int, float]
    figures: Mapping[int, tuple[Figure, ...]]
    label: str

    def window(self, first: int, last: int) -> list[tuple[int, float]]:
        """Return the values of a window that lies within the data, or refuse."""
        if not self.values:
            raise NotTestable(f"no figures for {self.label}")
        if first < min(self.values) or last > max(self.values):
            raise NotTestable(
                f"{self.label} has figures for {min(self.values)}-{max(self.values)}, "
                f"the test asks for {first}-{last}"
            )
        return [(y, v) for y, v in sorted(self.values.items()) if first <= y <= last]

    def at(self, year: int) -> float:
        """Return the value of one year, or refuse."""
        if year in self.values:
            return self.values[year]
        if not self.values:
            raise NotTestable(f"no figures for {self.label}")
        raise NotTestable(
            f"{self.label} has no figure for {year} (it has {min(self.values)}-{max(self.values)})"
        )


@dataclass
class Context:
    """Where names get their values: a function from a measure and its states to a series."""

    series: Callable[[str, tuple[str, ...]], Series]
    quantities: Mapping[str, ex.Expr] = field(default_factory=dict)
    used: dict[str, Figure] = field(default_factory=dict)

    def note(self, figures: Sequence[Figure]) -> None:
        """Remember the figures a value rests on."""
        for figure in figures:
            self.used[figure.id] = figure


def evaluate(expr: ex.Expr, context: Context) -> float | bool | Yearly:
    """Evaluate an expression.

    Parameters
    ----------
    expr
        What :func:`tealeaves.cases.expressions.parse` returned.
    context
        Source of series, and of the expressions bound to quantities.

    Returns
    -------
    float, bool or Yearly
        A number, a truth value or a series, as the expression has it.

    Raises
    ------
    NotTestable
        A figure that the expression needs is missing or imputed, or a division is by zero.
    """
    match expr:
        case ex.Number():
            return expr.value
        case ex.Measure():
            return _measure(expr, context)
        case ex.Quantity():
            if expr.name not in context.quantities:
                raise NotTestable(f"{expr.name} is latent: nothing measures it")
            return evaluate(context.quantities[expr.name], context)
        case ex.Call():
            return _call(expr, context)
        case ex.Unary():
            return _unary(expr, context)
        case ex.Binary():
            return _binary(expr, context)
        case ex.Compare():
            return _compare(expr, context)
        case ex.Bool():
            truths = [_truth(item, context) for item in expr.items]
            return all(truths) if expr.op == "and" else any(truths)
    raise NotTestable(f"cannot evaluate {type(expr).__name__}")


def holds(left: float, op: str, right: float) -> bool:
    """Return whether a comparison holds.

    Examples
    --------
    >>> holds(1.0, "<", 2.0)
    True
    """
    return _ORDER[op](left, right)


def number(expr: ex.Expr, context: Context) -> float:
    """Evaluate an expression that must give one number."""
    value = evaluate(expr, context)
    if isinstance(value, Yearly):
        raise NotTestable(f"{value.label} is a series; name a year or a function of it")
    return float(value)


def _measure(expr: ex.Measure, context: Context) -> float | Yearly:
    series = context.series(expr.name, tuple(expr.args))
    good = {f.year: f for f in series if f.usable}
    label = f"{expr.name}({', '.join(expr.args)})"
    yearly = Yearly(
        {year: float(f.value) for year, f in good.items() if f.value is not None},
        {year: (f,) for year, f in good.items()},
        label,
    )
    if expr.year is None:
        return yearly
    value = yearly.at(expr.year)
    context.note(yearly.figures[expr.year])
    return value


def _yearly(expr: ex.Expr, context: Context, what: str) -> Yearly:
    value = evaluate(expr, context)
    if not isinstance(value, Yearly):
        raise NotTestable(f"{what}() takes a series, not a number")
    return value


def _call(expr: ex.Call, context: Context) -> float:
    if expr.func == "start":
        raise NotTestable("start() is a quantity of the model, not of the data")
    series = _yearly(expr.args[0], context, expr.func)
    years = [int(number(arg, context)) for arg in expr.args[1:]]
    if expr.func == "latest":
        if not series.values:
            raise NotTestable(f"no figures for {series.label}")
        last = max(series.values)
        context.note(series.figures[last])
        return series.values[last]
    first, last = years
    points = series.window(first, last)
    if expr.func == "change":
        difference = series.at(last) - series.at(first)
        context.note(series.figures[first] + series.figures[last])
        return difference
    for year, _ in points:
        context.note(series.figures[year])
    if expr.func == "trend":
        return _slope(points, series.label)
    if not points:
        raise NotTestable(f"no figures for {series.label} in {first}-{last}")
    values = [v for _, v in points]
    if expr.func == "mean":
        return sum(values) / len(values)
    return min(values) if expr.func == "min" else max(values)


def _slope(points: Sequence[tuple[int, float]], label: str) -> float:
    """Ordinary least squares slope per year; below three points a line tests nothing."""
    if len(points) < 3:
        raise NotTestable(f"{label} has only {len(points)} figures in the window; a trend needs 3")
    mean_year = sum(y for y, _ in points) / len(points)
    mean_value = sum(v for _, v in points) / len(points)
    spread = sum((y - mean_year) ** 2 for y, _ in points)
    return sum((y - mean_year) * (v - mean_value) for y, v in points) / spread


def _unary(expr: ex.Unary, context: Context) -> float | bool | Yearly:
    if expr.op == "not":
        return not _truth(expr.x, context)
    value = evaluate(expr.x, context)
    if expr.op == "+":
        return value
    if isinstance(value, Yearly):
        negated = {y: -v for y, v in value.values.items()}
        return Yearly(negated, value.figures, f"-{value.label}")
    return -value


def _divide(left: float, right: float, op: str) -> float:
    if op == "/" and right == 0:
        raise NotTestable("division by zero")
    return _ARITHMETIC[op](left, right)


def _binary(expr: ex.Binary, context: Context) -> float | Yearly:
    left, right = evaluate(expr.l, context), evaluate(expr.r, context)
    if not isinstance(left, Yearly) and not isinstance(right, Yearly):
        return _divide(float(left), float(right), expr.op)
    # a number meets a series as that number in each of its years
    years = set.intersection(*(set(s.values) for s in (left, right) if isinstance(s, Yearly)))

    def take(side: float | bool | Yearly, year: int) -> tuple[float, tuple[Figure, ...]]:
        if isinstance(side, Yearly):
            return side.values[year], side.figures[year]
        return float(side), ()

    values, figures = {}, {}
    for year in sorted(years):
        (x, f), (y, g) = take(left, year), take(right, year)
        values[year], figures[year] = _divide(x, y, expr.op), f + g
    return Yearly(values, figures, f"{_label(left)} {expr.op} {_label(right)}")


def _label(side: float | bool | Yearly) -> str:
    return side.label if isinstance(side, Yearly) else f"{side:g}"


def _compare(expr: ex.Compare, context: Context) -> bool:
    left = number(expr.left, context)
    for op, side in expr.rest:
        right = number(side, context)
        if not holds(left, op, right):
            return False
        left = right
    return True


def _truth(expr: ex.Expr, context: Context) -> bool:
    value = evaluate(expr, context)
    if not isinstance(value, bool):
        raise NotTestable("a comparison was expected, a number was found")
    return value
