"""Which states, and which pairs of them, exist in which years."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from tealeaves import states
from tealeaves.errors import TealeavesError


def check_years(first: int, last: int) -> None:
    """Raise an error for years that are reversed.

    Examples
    --------
    >>> check_years(1990, 1990)
    """
    if first > last:
        raise TealeavesError(
            f"the first year {first} is after the last {last}",
            where="years",
            expected="first:last, such as 1990:2020",
        )


def state_years(first: int, last: int, only: Sequence[str] | None = None) -> pl.DataFrame:
    """Return one row for every state in every year, from ``first`` to ``last``, that it exists.

    Parameters
    ----------
    first, last
        Years, both included.
    only
        ISO codes of the states wanted; all when None.

    Returns
    -------
    DataFrame
        Columns state (str) and year (i32), sorted.

    Examples
    --------
    >>> state_years(2000, 2001)["year"].unique().to_list()
    [2000, 2001]
    """
    check_years(first, last)
    wanted = states.all_states() if only is None else [states.get(iso3) for iso3 in only]
    rows = [
        (state.iso3, max(start, first), last if end is None else min(end, last))
        for state in wanted
        for start, end in state.spans
    ]
    spans = pl.DataFrame(
        rows, schema={"state": pl.String, "from": pl.Int32, "to": pl.Int32}, orient="row"
    ).filter(pl.col("from") <= pl.col("to"))
    return (
        spans.select("state", pl.int_ranges("from", pl.col("to") + 1, dtype=pl.Int32).alias("year"))
        .explode("year")
        .unique()
        .sort("state", "year")
    )


def pair_years(
    first: int, last: int, *, directed: bool, only: Sequence[str] | None = None
) -> pl.LazyFrame:
    """Return one row for every pair of states in every year in which both exist.

    Parameters
    ----------
    first, last
        Years, both included.
    directed
        Both orders of each pair, or only the one with a < b.
    only
        ISO codes; only pairs among these states.

    Returns
    -------
    LazyFrame
        Columns a, b (str) and year (i32), in no order. Lazy, since there are two million such
        rows and most who ask want few.

    Examples
    --------
    >>> pairs = pair_years(2000, 2000, directed=False).collect()
    >>> bool((pairs["a"] < pairs["b"]).all())
    True
    """
    one = state_years(first, last, only).lazy()
    two = one.join(one.rename({"state": "b"}), on="year").rename({"state": "a"})
    keep = pl.col("a") != pl.col("b") if directed else pl.col("a") < pl.col("b")
    return two.filter(keep).select("a", "b", "year")
