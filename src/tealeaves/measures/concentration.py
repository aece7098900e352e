"""How few partners the exports of a state go to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from tealeaves.figure import Series
from tealeaves.measures.frames import STATE, named, result, together
from tealeaves.measures.registry import Frames, compute

if TYPE_CHECKING:
    from tealeaves.evidence.store import Store

#: The part of a state's exports whose partners must be known.
MIN_COVERAGE = 0.9


def concentrations(exports: pl.DataFrame, totals: pl.DataFrame) -> pl.DataFrame:
    """Return the normalised Herfindahl-Hirschman index of each state's exports over partners.

    With ``p_j`` the share of partner j in what goes to the n identified partners (states and
    areas), ``(Σ p_j² - 1/n) / (1 - 1/n)``: 0 when all get the same, 1 when one gets all but a
    trace. With one partner it is 1. Where less than `MIN_COVERAGE` of the exports has an
    identified partner the row is absent: a few known flows say nothing about the rest.

    Parameters
    ----------
    exports
        [a, b, year, value, status, source], to every identified partner.
    totals
        [a, year, value, status, source, coverage]: all exports, for the coverage: identified
        partners' part in the total.

    Returns
    -------
    DataFrame
        [state, year, value, low, high, coverage, status, source].

    Examples
    --------
    Shares .75 and .25: (.625 - .5) / .5.

    >>> exports = pl.DataFrame({"a": ["AAA"] * 2, "b": ["BBB", "CCC"], "year": [2000] * 2,
    ...     "value": [75.0, 25.0], "status": ["reported"] * 2, "source": ["one"] * 2})
    >>> totals = pl.DataFrame({"a": ["AAA"], "year": [2000], "value": [100.0],
    ...     "status": ["reported"], "source": ["one"], "coverage": [1.0]})
    >>> concentrations(exports, totals).select("value", "coverage").row(0)
    (0.25, 1.0)
    """
    flows = exports.filter(pl.col("value") > 0)
    # Every flow is an input: its status and source are gathered first, in few combinations.
    origins = flows.select("a", "year", "status", "source").unique().sort("a", "year", "source")
    weights = flows.group_by("a", "year").agg(
        # Σ (p - 1/n)² is Σ p² - 1/n, without a difference of sums.
        (pl.col("value") / pl.col("value").sum() - 1 / pl.len()).pow(2).sum().alias("uneven"),
        pl.len().alias("n"),
    )
    known = totals.filter(pl.col("coverage") >= MIN_COVERAGE)
    joined = (
        weights.join(_gathered(origins), on=["a", "year"])
        .join(named(known, "total"), on=["a", "year"])
        .rename({"a": "state"})
    )
    value = pl.when(pl.col("n") == 1).then(1.0).otherwise(pl.col("uneven") / (1 - 1 / pl.col("n")))
    return result(joined, value, ["x", "total"], keys=STATE, coverage=pl.col("coverage"))


def _gathered(origins: pl.DataFrame) -> pl.DataFrame:
    """Return, for each exporter and year, the weakest status and all sources of its flows."""
    lists = origins.group_by("a", "year", maintain_order=True).agg("status", "source")
    cases = lists.select("status", "source").unique()
    worked = [together(status, source) for status, source in cases.iter_rows()]
    cases = cases.with_columns(
        pl.Series("x_status", [status for status, _ in worked], dtype=pl.String),
        pl.Series("x_source", [source for _, source in worked], dtype=pl.String),
    )
    return lists.join(cases, on=["status", "source"]).drop("status", "source")


FRAMES: Frames = {
    "partner_concentration": lambda inputs: concentrations(
        inputs.exports_from, inputs.total("exports")
    )
}


def partner_concentration(
    state: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return the normalised Herfindahl-Hirschman index of a state's exports over partners.

    ``(Σ p_j² - 1/n) / (1 - 1/n)`` over the n identified partners.

    Parameters
    ----------
    state
        ISO code, COW number or name.
    years
        First and last year, both included; all when None.
    store
        An open store, its folder, or None for the default one.

    Returns
    -------
    Series
        From 0 (all partners get the same) to 1 (one partner). A year in which less than nine
        tenths of the exports have an identified partner is absent.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    Hirschman, A. O. (1964), American Economic Review 54(5): 761-762.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> partner_concentration(all_states(2000)[0].iso3).direction
    'state'
    """
    return compute("partner_concentration", state, store=store, years=years)
