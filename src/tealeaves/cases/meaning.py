"""What an expression means: whether its names exist and its parts fit together."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tealeaves.cases import expressions as ex
from tealeaves.errors import TealeavesError, nearest

if TYPE_CHECKING:
    from tealeaves.measures.declarations import Declaration

#: Where an expression stands: in a quantity's measure, a claim's test, an outcome's condition.
Role = Literal["measure", "test", "outcome"]
Kind = Literal["number", "series", "truth"]

_WANTED: dict[Role, tuple[Kind, str]] = {
    "measure": ("series", "a series: a measure without a year, or arithmetic on one"),
    "test": ("truth", "a comparison, true or false"),
    "outcome": ("truth", "a comparison, true or false"),
}


class Lookup:
    """Looks up near names, a limited number of times: thousands of wrong ones take no minutes."""

    def __init__(self, limit: int = 60) -> None:
        self.left = limit

    def near(self, name: str, known: Collection[str]) -> list[str]:
        """Return the names nearest to one, or for a quantity some of the same actor.

        Examples
        --------
        >>> Lookup().near("AAA.foo", ["AAA.war_burden", "BBB.x"])
        ['AAA.war_burden']
        """
        if self.left <= 0:
            return []
        self.left -= 1
        actor, dot, _ = name.partition(".")
        known = sorted(known)
        same = [other for other in known if dot and other.startswith(actor + dot)]
        return nearest(name[:100], known) or same[:3]


@dataclass(frozen=True)
class Names:
    """The names an expression of a case may use."""

    quantities: Collection[str] = ()
    latent: Collection[str] = ()  #: of them, those without a measure
    groups: Collection[str] = ()  #: actors that are no states
    measures: Mapping[str, Declaration] | None = None
    lookup: Lookup = field(default_factory=Lookup)

    def declared(self) -> Mapping[str, Declaration]:
        """Return the declared measures."""
        if self.measures is not None:
            return self.measures
        from tealeaves.measures.declarations import declarations

        return declarations()


def check(text: str, role: Role, names: Names) -> list[ex.ExpressionError]:
    """Return everything wrong with an expression, in its place.

    Parameters
    ----------
    text
        The expression.
    role
        Where it stands. The measure of a quantity is a series over measures; a test is true or
        false, over measures and measured quantities; an outcome is true or false, over quantities
        at the horizon and their ``start``.
    names
        What names exist.

    Examples
    --------
    >>> [e.what for e in check("gpd(AAA) > 1", "test", Names(measures={}))]
    ["unknown measure or function 'gpd'"]
    """
    try:
        expr = ex.parse(text)
    except ex.ExpressionError as error:
        return [error]
    checker = _Checker(text, role, names)
    kind = checker.kind(expr)
    wanted, words = _WANTED[role]
    if not checker.errors and kind != wanted:
        found = {"number": "one number", "series": "a series", "truth": "a comparison"}
        checker.fail(expr, f"this gives {found[kind or 'number']}", words)
    leaves = (ex.Quantity,) if role == "outcome" else (ex.Quantity, ex.Measure)
    if not checker.errors and not any(isinstance(part, leaves) for part in ex.walk(expr)):
        what = "quantity" if role == "outcome" else "measure"
        checker.fail(expr, f"no {what} in this expression", f"at least one {what}")
    return checker.errors


def used(expr: ex.Expr) -> Iterator[str]:
    """Yield the names of the quantities in an expression.

    Examples
    --------
    >>> sorted(used(ex.parse("AAA.x > start(AAA.y)")))
    ['AAA.x', 'AAA.y']
    """
    return (part.name for part in ex.walk(expr) if isinstance(part, ex.Quantity))


class _Checker:
    def __init__(self, text: str, role: Role, names: Names) -> None:
        self.text = text
        self.role = role
        self.names = names
        self.errors: list[ex.ExpressionError] = []

    def fail(
        self,
        part: ex.Expr,
        what: str,
        expected: str | None = None,
        near: list[str] | tuple[str, ...] = (),
        span: tuple[int, int] | None = None,
    ) -> None:
        col, end = span or (part.col, part.end_col)
        self.errors.append(
            ex.ExpressionError(what, self.text, col, end, expected=expected, nearest=near)
        )

    def kind(self, expr: ex.Expr) -> Kind | None:
        """Return what an expression gives; None where an error makes it unknown."""
        match expr:
            case ex.Number():
                return "number"
            case ex.Quantity():
                return self.quantity(expr)
            case ex.Measure():
                return self.measure(expr)
            case ex.Call():
                return self.call(expr)
            case ex.Unary(op="not", x=x):
                self.want(x, ("truth",), "not takes a comparison")
                return "truth"
            case ex.Unary(x=x):
                return self.want(x, ("number", "series"), "a sign before a comparison")
            case ex.Binary(l=left, r=right):
                sides = [
                    self.want(side, ("number", "series"), "arithmetic on a comparison")
                    for side in (left, right)
                ]
                return None if None in sides else "series" if "series" in sides else "number"
            case ex.Compare(left=left, rest=rest):
                for side in (left, *(side for _, side in rest)):
                    self.want(side, ("number",), "only numbers can be compared")
                return "truth"
            case ex.Bool(items=items):
                for item in items:
                    self.want(item, ("truth",), f"{expr.op} joins comparisons")
                return "truth"

    def want(self, part: ex.Expr, kinds: tuple[Kind, ...], what: str) -> Kind | None:
        """Return the kind of a part, with an error if it is not among ``kinds``."""
        kind = self.kind(part)
        if kind is None or kind in kinds:
            return kind
        if kind == "series":
            hint = "a year, as in measure(AAA, 2020), or trend, mean, change, min, max, latest"
            self.fail(part, f"{what}, and '{ex.to_text(part)}' is a series", hint)
        else:
            self.fail(part, what)
        return None

    def quantity(self, part: ex.Quantity) -> Kind | None:
        if part.name not in self.names.quantities:
            near = self.names.lookup.near(part.name, self.names.quantities)
            self.fail(part, f"unknown quantity '{part.name}'", "a quantity of this case", near)
            return None
        if self.role == "outcome":
            return "number"
        if self.role == "measure":
            self.fail(part, f"the quantity '{part.name}' in a measure", "measures only")
            return None
        if part.name in self.names.latent:
            self.fail(part, f"'{part.name}' is latent, so no data can test it", "measures")
            return None
        return "series"

    def measure(self, part: ex.Measure) -> Kind | None:
        declared = self.names.declared()
        span = (part.col, part.col + len(part.name))
        if part.name not in declared:
            known = [*declared, *ex.FUNCTIONS]
            what = f"unknown measure or function '{part.name}'"
            self.fail(part, what, near=self.names.lookup.near(part.name, known), span=span)
            return None
        if self.role == "outcome":
            self.fail(
                part,
                f"the measure '{part.name}' in an outcome, which lies in the future",
                "quantities, and start(ACTOR.name)",
            )
            return None
        arity = declared[part.name].arity
        before = len(self.errors)
        if len(part.args) != arity:
            form = f"{part.name}({', '.join(['AAA', 'BBB'][:arity])})"
            count = f"{len(part.args)} state{'s' * (len(part.args) != 1)}"
            self.fail(part, f"{part.name} with {count}", form)
        for code, col in zip(part.args, part.arg_cols, strict=True):
            problem = self.state(code)
            if problem:
                self.fail(part, problem[0], problem[1], problem[2], span=(col, col + len(code)))
        if arity == 2 and len(part.args) == 2 and part.args[0] == part.args[1]:
            self.fail(part, f"{part.name} of {part.args[0]} with itself", "two different states")
        if len(self.errors) > before:
            return None
        return "series" if part.year is None else "number"

    def state(self, code: str) -> tuple[str, str, tuple[str, ...]] | None:
        """Return what is wrong with a state's code, what was expected, and the nearest."""
        if code in self.names.groups:
            return f"'{code}' is a group of this case", "a state, by ISO code", ()
        return unknown_state(code)

    def call(self, part: ex.Call) -> Kind | None:
        if part.func == "start":
            if self.role != "outcome":
                self.fail(part, "start() outside an outcome", "trend, mean, change, latest")
                return None
            return self.kind(part.args[0])
        if self.role == "outcome":
            self.fail(
                part,
                f"{part.func}() in an outcome, which is read at the horizon",
                "quantities, and start(ACTOR.name)",
            )
            return None
        series = self.kind(part.args[0])
        if series is not None and series != "series":
            self.fail(part.args[0], f"{part.func} takes a series", "a measure without a year")
            return None
        return None if series is None else "number"


def unknown_state(code: str) -> tuple[str, str, tuple[str, ...]] | None:
    """Return None for the ISO code of a state; else what is wrong, expected and nearest."""
    from tealeaves import states

    try:
        states.get(code)
    except TealeavesError as error:
        near = error.nearest
        with contextlib.suppress(TealeavesError):
            near = (states.resolve(code).iso3,)
        return f"unknown state '{code}'", "a state, by ISO code", near
    return None
