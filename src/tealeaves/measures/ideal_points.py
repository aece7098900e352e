"""Positions in the UN General Assembly, and how far apart two states stand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.special import ndtr, ndtri  # type: ignore[import-untyped]

from tealeaves.figure import Series
from tealeaves.measures.frames import named, result
from tealeaves.measures.published import as_published
from tealeaves.measures.registry import Frames, compute

if TYPE_CHECKING:
    from tealeaves.evidence.store import Store

Vector = npt.NDArray[np.float64]

#: The store's interval of an ideal point runs from the 5th to the 95th percentile.
_TAIL = 0.05


def distances(points: pl.DataFrame) -> pl.DataFrame:
    """Return the distance between the ideal points of all pairs of states in a year.

    Parameters
    ----------
    points
        [state, year, value, low, high, status, source], low and high being the 5th and the 95th
        percentile of the posterior (null where unknown).

    Returns
    -------
    DataFrame
        [a, b, year, value, low, high, coverage, status, source] with a < b. The interval takes
        each position as normal with the s.d. that its percentiles imply and the two as
        independent, and holds the middle 90 % of ``|θ_a - θ_b|`` (a folded normal).

    Examples
    --------
    >>> points = pl.DataFrame({"state": ["AAA", "BBB"], "year": [2000] * 2, "value": [0.5, -1.0],
    ...     "low": [0.4, -1.1], "high": [0.6, -0.9], "status": ["reported"] * 2,
    ...     "source": ["one"] * 2})
    >>> distances(points).select("value", "low", "high").row(0)[0]
    1.5
    """
    columns = ["state", "year", "value", "status", "source", "sd"]
    width = (pl.col("high") - pl.col("low")) / (2 * float(ndtri(1 - _TAIL)))
    points = points.with_columns(width.cast(pl.Float64).alias("sd")).select(columns)
    one = named(points, "x").rename({"state": "a", "sd": "sd_a"})
    two = named(points, "y").rename({"state": "b", "sd": "sd_b"})
    joined = one.join(two, on="year").filter(pl.col("a") < pl.col("b"))
    apart = (joined["x"] - joined["y"]).abs().to_numpy()
    sd = joined.select((pl.col("sd_a").pow(2) + pl.col("sd_b").pow(2)).sqrt())
    low, high = (
        folded_normal_quantile(p, apart, sd.to_series().fill_null(np.nan).to_numpy())
        for p in (_TAIL, 1 - _TAIL)
    )
    joined = joined.with_columns(
        pl.Series("low", low, nan_to_null=True), pl.Series("high", high, nan_to_null=True)
    )
    distance = (pl.col("x") - pl.col("y")).abs()
    return result(joined, distance, ["x", "y"], low=pl.col("low"), high=pl.col("high"))


def folded_normal_quantile(p: float, mean: Vector, sd: Vector) -> Vector:
    """Return the ``p`` quantile of ``|N(mean, sd²)|``, by bisection.

    Parameters
    ----------
    p
        Between 0 and 1.
    mean, sd
        Arrays of one shape; NaN where ``sd`` is, ``|mean|`` where it is 0.

    Examples
    --------
    Of ``|N(0, 1)|`` the 90th percentile is the 95th of N(0, 1).

    >>> folded_normal_quantile(0.9, np.array([0.0]), np.array([1.0])).round(4).tolist()
    [1.6449]
    """
    centre = np.abs(mean)
    found: Vector = centre + sd * float(ndtri(p))  # all but exact where nothing is folded over
    near = (sd > 0) & (centre < 6 * sd)
    centre, spread = centre[near], sd[near]
    low, high = np.zeros_like(centre), centre + 8 * spread
    for _ in range(50):
        middle = (low + high) / 2
        below = ndtr((middle - centre) / spread) - ndtr((-middle - centre) / spread) < p
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    found[near] = (low + high) / 2
    return found


FRAMES: Frames = {
    "ideal_point": as_published("ideal_point"),
    "ideal_point_distance": lambda inputs: distances(inputs.state_year("ideal_point")),
}


def ideal_point(
    state: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return a state's ideal point.

    The posterior mean of the published dynamic model of votes on final passage, from the 5th to
    the 95th percentile; comparable over the years since repeated resolutions bridge them.

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
        Standard deviations of ideal points; higher is the liberal, Western end.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    Bailey, M. A., Strezhnev, A. & Voeten, E. (2017), Journal of Conflict Resolution 61(2):
    430-456.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> ideal_point(all_states(2000)[0].iso3).unit
    'standard deviations of ideal points'
    """
    return compute("ideal_point", state, store=store, years=years)


def ideal_point_distance(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return how far apart two states' ideal points are, ``|θ_a - θ_b|``.

    The interval (middle 90 %) takes the two positions as independent.

    Parameters
    ----------
    a, b
        Two states: ISO codes, COW numbers or names; their order does not matter.
    years
        First and last year, both included; all when None.
    store
        An open store, its folder, or None for the default one.

    Returns
    -------
    Series
        Standard deviations of ideal points, from 0.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    Bailey, M. A., Strezhnev, A. & Voeten, E. (2017), Journal of Conflict Resolution 61(2):
    430-456.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> ideal_point_distance(*(state.iso3 for state in all_states(2000)[:2])).unit
    'standard deviations of ideal points'
    """
    return compute("ideal_point_distance", a, b, store=store, years=years)
