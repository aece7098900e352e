"""Intensity: an export share with the partner's size taken out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from tealeaves.figure import Series
from tealeaves.measures.frames import logit, named, result
from tealeaves.measures.inputs import Inputs
from tealeaves.measures.registry import Frames, compute

if TYPE_CHECKING:
    from tealeaves.evidence.store import Store


def intensities(
    flows: pl.DataFrame,
    totals: pl.DataFrame,
    world_to: pl.DataFrame,
    world: pl.DataFrame,
    *,
    log_odds: bool = False,
) -> pl.DataFrame:
    """Return each state's export share with a partner against the partner's share of the rest.

    The rest is the exports of the world without the exporter. The world's exports to the partner
    and in all are those of one table, so that what it lacks is lacking above and below.

    Parameters
    ----------
    flows
        [a, b, year, value, status, source]: exports of a to b.
    totals
        [a, year, value, status, source, coverage]: exports of a.
    world_to
        [a, year, value, status, source, ...]: exports of the world to a.
    world
        [year, value, status, source]: exports of the world.
    log_odds
        Return the difference of the log odds of the two shares instead of their ratio.

    Returns
    -------
    DataFrame
        [a, b, year, value, low, high, coverage, status, source]; absent where a share cannot be
        formed because a part exceeds its whole.

    Examples
    --------
    AAA sends 30 of 120 to BBB, all others 100 of 880: .25 against .1136.

    >>> origin = {"status": ["reported"], "source": ["one"]}
    >>> flows = pl.DataFrame({"a": ["AAA"], "b": ["BBB"], "year": [2000], "value": [30.0]} | origin)
    >>> totals = pl.DataFrame({"a": ["AAA"], "year": [2000], "value": [120.0], "coverage": [1.0]}
    ...                       | origin)
    >>> to = pl.DataFrame({"a": ["BBB"], "year": [2000], "value": [130.0]} | origin)
    >>> world = pl.DataFrame({"year": [2000], "value": [1000.0]} | origin)
    >>> round(intensities(flows, totals, to, world)["value"][0], 3)
    2.2
    """
    columns = ["year", "value", "status", "source"]
    joined = (
        named(flows, "x")
        .join(named(totals, "xs"), on=["a", "year"])
        .join(
            named(world_to.select("a", *columns), "to").rename({"a": "b"}),
            on=["b", "year"],
        )
        .join(named(world.select(columns), "world"), on="year")
    )
    own = pl.col("x") / pl.col("xs")
    others = (pl.col("to") - pl.col("x")) / (pl.col("world") - pl.col("xs"))
    possible = joined.filter(
        pl.col("xs") > 0,
        pl.col("x") <= pl.col("xs"),
        pl.col("to") > pl.col("x"),
        pl.col("world") > pl.col("xs"),
        others < 1,
    )
    value = logit(own) - logit(others) if log_odds else own / others
    return result(possible, value, ["x", "xs", "to", "world"], coverage=pl.col("coverage"))


def _frame(inputs: Inputs, *, log_odds: bool = False) -> pl.DataFrame:
    return intensities(
        inputs.exports,
        inputs.total("exports"),
        inputs.total("imports_fob"),
        inputs.world,
        log_odds=log_odds,
    )


FRAMES: Frames = {
    "intensity": _frame,
    "intensity_log_odds": lambda inputs: _frame(inputs, log_odds=True),
}


def intensity(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return a's export share with b against b's share of the exports of the world without a.

    ``(X_ab / X_a) / ((M_b - X_ab) / (X_w - X_a))``, where ``M_b`` is the world's exports to b and
    ``X_w`` the world's exports, all free on board. 1 means that b buys of a's exports what its
    weight would have one expect; a share that grows only because b grows leaves it unchanged.

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
        A ratio from 0; bounded above by the inverse of b's share, hence `intensity_log_odds`.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    Kojima, K. (1964), Hitotsubashi Journal of Economics 5(1): 19-36. Iapadre, L. (2006), in De
    Lombaerde (ed.), Assessment and Measurement of Regional Integration.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> intensity(*(state.iso3 for state in all_states(2000)[:2])).direction
    'directed'
    """
    return compute("intensity", a, b, store=store, years=years)


def intensity_log_odds(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return the log odds of a's export share with b less those of b's share of the rest.

    ``logit(X_ab / X_a) - logit((M_b - X_ab) / (X_w - X_a))``.

    Parameters
    ----------
    a, b, years, store
        As in `intensity`.

    Returns
    -------
    Series
        0 as expected from b's weight; absent where there is no trade.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    Iapadre, L. (2006), in De Lombaerde (ed.), Assessment and Measurement of Regional Integration.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> intensity_log_odds(*(state.iso3 for state in all_states(2000)[:2])).channel
    'economic'
    """
    return compute("intensity_log_odds", a, b, store=store, years=years)
