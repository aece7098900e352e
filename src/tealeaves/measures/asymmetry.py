"""Who needs whom: what sizes explain of it, and what is left for the relationship."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from tealeaves.figure import Series
from tealeaves.measures.frames import named, result
from tealeaves.measures.registry import Frames, compute

if TYPE_CHECKING:
    from tealeaves.evidence.store import Store


def size_parts(gdp: pl.DataFrame) -> pl.DataFrame:
    """Return ``ln(Y_b / Y_a)`` of all pairs of states with a GDP in the same year.

    Parameters
    ----------
    gdp
        [state, year, value, status, source].

    Examples
    --------
    >>> gdp = pl.DataFrame({"state": ["AAA", "BBB"], "year": [2000] * 2, "value": [1.0, 2.0],
    ...                     "status": ["reported"] * 2, "source": ["one"] * 2})
    >>> size_parts(gdp)["value"].round(4).to_list()
    [0.6931, -0.6931]
    """
    gdp = gdp.select("state", "year", "value", "status", "source").filter(pl.col("value") > 0)
    one = named(gdp, "y_a").rename({"state": "a"})
    two = named(gdp, "y_b").rename({"state": "b"})
    joined = one.join(two, on="year").filter(pl.col("a") != pl.col("b"))
    return result(joined, (pl.col("y_b") / pl.col("y_a")).log(), ["y_a", "y_b"])


def tie_parts(exports: pl.DataFrame, imports: pl.DataFrame) -> pl.DataFrame:
    """Return ``ln(X_ab / X_ba)`` of all pairs that trade both ways.

    Parameters
    ----------
    exports, imports
        Flows [a, b, year, value, status, source] of a to b, and to a from b.

    Examples
    --------
    >>> def flow(value):
    ...     return pl.DataFrame({"a": ["AAA"], "b": ["BBB"], "year": [2000], "value": [value],
    ...                          "status": ["reported"], "source": ["one"]})
    >>> tie_parts(flow(10.0), flow(20.0))["value"].round(4).to_list()
    [-0.6931]
    """
    joined = named(exports, "x").join(named(imports, "m"), on=["a", "b", "year"])
    both = joined.filter(pl.col("x") > 0, pl.col("m") > 0)
    return result(both, (pl.col("x") / pl.col("m")).log(), ["x", "m"])


FRAMES: Frames = {
    "asymmetry_size": lambda inputs: size_parts(inputs.state_year("gdp")),
    "asymmetry_tie": lambda inputs: tie_parts(inputs.exports, inputs.imports),
}


def asymmetry_size(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return the size part of the asymmetry, ``ln(Y_b / Y_a)``.

    The trade of a pair weighs more on the smaller economy: ``ln((T/Y_a) / (T/Y_b))`` is just
    ``ln(Y_b / Y_a)``, whatever the trade. So this part says nothing about the relationship.

    Parameters
    ----------
    a, b
        Two states: ISO codes, COW numbers or names.
    years
        First and last year, both included; all when None.
    store
        An open store, its folder, or None for the default one.

    Returns
    -------
    Series
        A log ratio of current GDPs at market exchange rates: above 0 when b is the larger.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    Hirschman, A. O. (1945), National Power and the Structure of Foreign Trade.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> asymmetry_size(*(state.iso3 for state in all_states(2000)[:2])).unit
    'log ratio'
    """
    return compute("asymmetry_size", a, b, store=store, years=years)


def asymmetry_tie(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return the tie part of the asymmetry, ``ln(X_ab / X_ba)``.

    Market dependence compared, ``ln((X_ab/Y_a) / (X_ba/Y_b))``, is `asymmetry_size` plus this;
    only this part may support a verdict on the relationship.

    Parameters
    ----------
    a, b, years, store
        As in `asymmetry_size`.

    Returns
    -------
    Series
        A log ratio: above 0 when a sells more to b than it buys. Absent without trade both ways.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    Hirschman, A. O. (1945), National Power and the Structure of Foreign Trade.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> asymmetry_tie(*(state.iso3 for state in all_states(2000)[:2])).unit
    'log ratio'
    """
    return compute("asymmetry_tie", a, b, store=store, years=years)
