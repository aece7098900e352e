"""The measured quantities of a case as plain yearly numbers, for the model."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from tealeaves.cases import expressions as ex
from tealeaves.cases.schema import Case
from tealeaves.claims.evaluate import Context, NotTestable, Yearly, evaluate
from tealeaves.errors import TealeavesError
from tealeaves.figure import Series

if TYPE_CHECKING:
    from tealeaves.evidence.store import Store


def context(case: Case, store: Store | None = None) -> Context:
    """Return where the case's expressions get their values: the measures, over one store."""
    from tealeaves import measures

    @cache
    def series(name: str, args: tuple[str, ...]) -> Series:
        return measures.compute(name, *args, store=store)

    return Context(_quiet(series), measured(case))


def _quiet(series: Callable[[str, tuple[str, ...]], Series]) -> Callable[..., Series]:
    """A store without a source makes a claim untestable, not the brief impossible."""

    def found(name: str, args: tuple[str, ...]) -> Series:
        try:
            return series(name, args)
        except TealeavesError as error:
            if "has no" in error.what:
                raise NotTestable(error.what) from error
            raise

    return found


def measured(case: Case) -> dict[str, ex.Expr]:
    """Return the parsed expression of each measured quantity."""
    return {
        name: quantity.expr
        for name, quantity in case.quantities.items()
        if quantity.expr is not None
    }


def history(case: Case, where: Context) -> dict[str, list[tuple[int, float]]]:
    """Return each measured quantity's years and values; one that no data reach is left out."""
    found: dict[str, list[tuple[int, float]]] = {}
    for name, expr in measured(case).items():
        try:
            value = evaluate(expr, where)
        except NotTestable:
            continue
        if isinstance(value, Yearly) and value.values:
            found[name] = sorted(value.values.items())
    return found
