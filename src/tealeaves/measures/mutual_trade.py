"""Barbieri's interdependence: trade that matters to both sides, and equally."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from tealeaves.figure import Series
from tealeaves.measures.frames import named, result, reverse
from tealeaves.measures.registry import Frames, compute
from tealeaves.measures.trade_shares import trade_share_frame

if TYPE_CHECKING:
    from tealeaves.evidence.store import Store

_A, _B = pl.col("s_a"), pl.col("s_b")
_SALIENCE = (_A * _B).sqrt()
_SYMMETRY = 1 - (_A - _B).abs()


def of_shares(shares: pl.DataFrame, value: pl.Expr) -> pl.DataFrame:
    """Return an expression of the two trade shares of each pair, once, with a < b.

    Parameters
    ----------
    shares
        [a, b, year, value, ..., coverage, status, source]: a's trade share with b, both ways
        round.
    value
        An expression of ``s_a`` (a's share with b) and ``s_b`` (b's with a).

    Returns
    -------
    DataFrame
        [a, b, year, value, low, high, coverage, status, source]; the coverage is the lower one.

    Examples
    --------
    >>> shares = pl.DataFrame({"a": ["AAA", "BBB"], "b": ["BBB", "AAA"], "year": [2000] * 2,
    ...     "value": [0.5, 0.08], "coverage": [1.0, 0.9], "status": ["reported"] * 2,
    ...     "source": ["one"] * 2})
    >>> of_shares(shares, (pl.col("s_a") * pl.col("s_b")).sqrt()).select("value", "coverage").row(0)
    (0.2, 0.9)
    """
    shares = shares.select("a", "b", "year", "value", "coverage", "status", "source")
    one = named(shares, "s_a").filter(pl.col("a") < pl.col("b"))
    two = named(reverse(shares), "s_b").rename({"coverage": "coverage_b"})
    joined = one.join(two, on=["a", "b", "year"])
    lower = pl.min_horizontal("coverage", "coverage_b")
    return result(joined, value, ["s_a", "s_b"], coverage=lower)


FRAMES: Frames = {
    "salience": lambda inputs: of_shares(trade_share_frame(inputs), _SALIENCE),
    "symmetry": lambda inputs: of_shares(trade_share_frame(inputs), _SYMMETRY),
    "interdependence": lambda inputs: of_shares(trade_share_frame(inputs), _SALIENCE * _SYMMETRY),
}


def salience(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return how much the pair's trade matters to both together, ``sqrt(s_ab s_ba)``.

    ``s_ab`` is a's trade share with b (`trade_share`).

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
        From 0 to 1.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    Barbieri, K. (2002), The Liberal Illusion: Does Trade Promote Peace?

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> salience(*(state.iso3 for state in all_states(2000)[:2])).direction
    'undirected'
    """
    return compute("salience", a, b, store=store, years=years)


def symmetry(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return how alike the two trade shares are, ``1 - |s_ab - s_ba|``.

    Close to 1 for every pair that trades little; read it beside `salience`.

    Parameters
    ----------
    a, b, years, store
        As in `salience`.

    Returns
    -------
    Series
        From 0 to 1.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    Barbieri, K. (2002), The Liberal Illusion: Does Trade Promote Peace?

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> symmetry(*(state.iso3 for state in all_states(2000)[:2])).unit
    '1 = equal shares'
    """
    return compute("symmetry", a, b, store=store, years=years)


def interdependence(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return `salience` times `symmetry`.

    Parameters
    ----------
    a, b, years, store
        As in `salience`.

    Returns
    -------
    Series
        From 0 to 1.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    Barbieri, K. (2002), The Liberal Illusion: Does Trade Promote Peace?

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> interdependence(*(state.iso3 for state in all_states(2000)[:2])).unit
    'salience times symmetry'
    """
    return compute("interdependence", a, b, store=store, years=years)
