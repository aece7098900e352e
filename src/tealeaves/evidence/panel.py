"""State-years and pair-years as a query over a store, for the states that exist."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import polars as pl

from tealeaves.errors import TealeavesError
from tealeaves.evidence.existence import check_years, pair_years, state_years
from tealeaves.evidence.store import Store


def panel(
    kind: Literal["states", "pairs"],
    years: tuple[int, int],
    variables: Sequence[str],
    store: Store,
) -> pl.DataFrame:
    """Return one row for every state, or pair of states, in every year that it exists.

    Parameters
    ----------
    kind
        ``"states"`` for state, year; ``"pairs"`` for a, b, year, in both orders if any of the
        variables is directed and once with a < b if none is.
    years
        First and last year, both included.
    variables
        Names in the store, each a column with its value and a column ``NAME_status``. In pairs, a
        variable of states gives ``NAME_a`` and ``NAME_b``. A gap is null.
    store
        Where the values come from.

    Returns
    -------
    DataFrame
        Sorted by the states and the year.

    Raises
    ------
    TealeavesError
        Unknown kind or variable, a variable given twice, a variable of pairs in a panel of states,
        or years reversed.
    """
    check_years(*years)
    if kind not in {"states", "pairs"}:
        raise TealeavesError(f"unknown panel {kind!r}", where="panel", expected="states or pairs")
    twice = {name for name in variables if list(variables).count(name) > 1}
    if twice:
        raise TealeavesError(f"{min(twice)!r} is given twice", where="panel")
    of_states = set(store.variables("state-year"))
    of_pairs = set(store.variables("pair-year")) if kind == "pairs" else set()
    if kind == "states":
        frame = state_years(*years).lazy()
        for name in variables:
            frame = frame.join(_of_state(store, name, years), on=["state", "year"], how="left")
        return frame.sort("state", "year").collect()
    directed = any(store.directed(name) for name in variables if name in of_pairs)
    pairs = pair_years(*years, directed=directed)
    for name in variables:
        if name in of_states and name not in of_pairs:
            for side in ("a", "b"):
                values = _of_state(store, name, years).rename(
                    {
                        "state": side,
                        name: f"{name}_{side}",
                        f"{name}_status": f"{name}_{side}_status",
                    }
                )
                pairs = pairs.join(values, on=[side, "year"], how="left")
        else:
            values = _of_pair(store, name, years, both=directed and not store.directed(name))
            pairs = pairs.join(values, on=["a", "b", "year"], how="left")
    return pairs.sort("a", "b", "year").collect()


def _of_state(store: Store, name: str, years: tuple[int, int]) -> pl.LazyFrame:
    rows = store.state_year([name]).filter(pl.col("year").is_between(*years))
    return rows.select("state", "year", *_columns(name))


def _of_pair(store: Store, name: str, years: tuple[int, int], *, both: bool) -> pl.LazyFrame:
    rows = store.pair_year([name], years=years).select("a", "b", "year", *_columns(name))
    if not both:
        return rows
    turned = rows.rename({"a": "b", "b": "a"}).select(rows.collect_schema().names())
    return pl.concat([rows, turned])


def _columns(name: str) -> list[pl.Expr]:
    return [pl.col("value").alias(name), pl.col("status").alias(f"{name}_status")]
