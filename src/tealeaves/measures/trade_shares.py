"""Shares of trade and of output: how much of what one state earns or buys is with another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from tealeaves.figure import Series
from tealeaves.measures.frames import named, result
from tealeaves.measures.inputs import Inputs
from tealeaves.measures.registry import Frames, compute

if TYPE_CHECKING:
    from tealeaves.evidence.store import Store

#: GDP is in dollars, trade in millions of them.
_MILLION = 1e6


def shares(flows: pl.DataFrame, totals: pl.DataFrame) -> pl.DataFrame:
    """Return each flow as a share of its state's total.

    Parameters
    ----------
    flows
        [a, b, year, value, status, source]: what a sends to (or gets from) b.
    totals
        [a, year, value, status, source, coverage]: what a sends (or gets) in all, in the same
        unit, partners without a code included.

    Returns
    -------
    DataFrame
        [a, b, year, value, low, high, coverage, status, source]. A flow larger than the total
        (the two come from different reporters then) or a total of zero gives no share: the row is
        absent.

    Examples
    --------
    >>> flows = pl.DataFrame({"a": ["AAA"], "b": ["BBB"], "year": [2000], "value": [30.0],
    ...                       "status": ["mirrored"], "source": ["one"]})
    >>> totals = pl.DataFrame({"a": ["AAA"], "year": [2000], "value": [120.0],
    ...                        "status": ["reported"], "source": ["one"], "coverage": [0.9]})
    >>> shares(flows, totals).row(0)
    ('AAA', 'BBB', 2000, 0.25, None, None, 0.9, 'mirrored', 'one')
    """
    joined = named(flows, "x").join(named(totals, "total"), on=["a", "year"])
    possible = joined.filter(pl.col("total") > 0, pl.col("x") <= pl.col("total"))
    return result(
        possible, pl.col("x") / pl.col("total"), ["x", "total"], coverage=pl.col("coverage")
    )


def trade_shares(
    exports: pl.DataFrame,
    imports: pl.DataFrame,
    export_totals: pl.DataFrame,
    import_totals: pl.DataFrame,
) -> pl.DataFrame:
    """Return the trade of each pair, both ways, as a share of all trade of its first state.

    Parameters
    ----------
    exports, imports
        Flows as in `shares`; a pair-year needs both.
    export_totals, import_totals
        Totals as in `shares`; the coverage is that of the exports.

    Examples
    --------
    >>> flow = pl.DataFrame({"a": ["AAA"], "b": ["BBB"], "year": [2000], "value": [30.0],
    ...                      "status": ["reported"], "source": ["one"]})
    >>> total = pl.DataFrame({"a": ["AAA"], "year": [2000], "value": [120.0],
    ...                       "status": ["reported"], "source": ["one"], "coverage": [1.0]})
    >>> trade_shares(flow, flow, total, total)["value"].to_list()
    [0.25]
    """
    joined = (
        named(exports, "x")
        .join(named(imports, "m"), on=["a", "b", "year"])
        .join(named(export_totals, "xs"), on=["a", "year"])
        .join(named(import_totals.drop("coverage"), "ms"), on=["a", "year"])
    )
    trade, total = pl.col("x") + pl.col("m"), pl.col("xs") + pl.col("ms")
    possible = joined.filter(total > 0, trade <= total)
    return result(possible, trade / total, ["x", "m", "xs", "ms"], coverage=pl.col("coverage"))


def over_output(flows: pl.DataFrame, gdp: pl.DataFrame) -> pl.DataFrame:
    """Return each flow as a share of its first state's GDP.

    Parameters
    ----------
    flows
        [a, b, year, value, status, source], USD mn.
    gdp
        [a, year, gdp, gdp_status, gdp_source], USD of the same year.

    Examples
    --------
    >>> flows = pl.DataFrame({"a": ["AAA"], "b": ["BBB"], "year": [2000], "value": [30.0],
    ...                       "status": ["reported"], "source": ["one"]})
    >>> gdp = pl.DataFrame({"a": ["AAA"], "year": [2000], "gdp": [6e8],
    ...                     "gdp_status": ["reported"], "gdp_source": ["two"]})
    >>> over_output(flows, gdp).select("value", "source").row(0)
    (0.05, 'one+two')
    """
    joined = named(flows, "x").join(gdp.filter(pl.col("gdp") > 0), on=["a", "year"])
    return result(joined, pl.col("x") * _MILLION / pl.col("gdp"), ["x", "gdp"])


def trade_share_frame(inputs: Inputs) -> pl.DataFrame:
    """Return `trade_share` for all pairs of some inputs."""
    totals = inputs.total("exports"), inputs.total("imports")
    return trade_shares(inputs.exports, inputs.imports, *totals)


def _gdp(inputs: Inputs) -> pl.DataFrame:
    return inputs.of_first(inputs.state_year("gdp"), "gdp")


FRAMES: Frames = {
    "export_share": lambda inputs: shares(inputs.exports, inputs.total("exports")),
    "import_share": lambda inputs: shares(inputs.imports, inputs.total("imports")),
    "trade_share": trade_share_frame,
    "market_dependence": lambda inputs: over_output(inputs.exports, _gdp(inputs)),
    "supply_dependence": lambda inputs: over_output(inputs.imports, _gdp(inputs)),
}


def export_share(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return the share of a's exports that go to b, ``X_ab / X_a``.

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
        From 0 to 1. ``X_a`` includes partners without a code of their own; the coverage is the
        part of ``X_a`` whose partner is identified. A rising share may be the tie, or only b's
        growth: see `intensity` and `share_split`.

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
    >>> export_share(*(state.iso3 for state in all_states(2000)[:2])).unit
    "share of A's exports"
    """
    return compute("export_share", a, b, store=store, years=years)


def import_share(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return the share of a's imports that come from b, ``M_ab / M_a``.

    Imports are what the others export to a, valued free on board, so that the shares of both
    sides rest on the same flows.

    Parameters
    ----------
    a, b, years, store
        As in `export_share`.

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
    Hirschman, A. O. (1945), National Power and the Structure of Foreign Trade.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> import_share(*(state.iso3 for state in all_states(2000)[:2])).direction
    'directed'
    """
    return compute("import_share", a, b, store=store, years=years)


def trade_share(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return the share of a's trade that is with b, ``(X_ab + M_ab) / (X_a + M_a)``.

    Parameters
    ----------
    a, b, years, store
        As in `export_share`.

    Returns
    -------
    Series
        From 0 to 1; the coverage is that of the exports.

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
    >>> trade_share(*(state.iso3 for state in all_states(2000)[:2])).channel
    'economic'
    """
    return compute("trade_share", a, b, store=store, years=years)


def market_dependence(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return a's exports to b as a share of a's output, ``X_ab / Y_a``.

    Parameters
    ----------
    a, b, years, store
        As in `export_share`.

    Returns
    -------
    Series
        A share of GDP at market exchange rates; above 1 is possible where goods pass through.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    Oneal, J. R. & Russett, B. M. (1997), International Studies Quarterly 41(2): 267-294.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> market_dependence(*(state.iso3 for state in all_states(2000)[:2])).unit
    "share of A's GDP"
    """
    return compute("market_dependence", a, b, store=store, years=years)


def supply_dependence(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return a's imports from b as a share of a's output, ``M_ab / Y_a``.

    Parameters
    ----------
    a, b, years, store
        As in `export_share`.

    Returns
    -------
    Series
        A share of GDP; imports are b's exports to a, valued free on board.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    Oneal, J. R. & Russett, B. M. (1997), International Studies Quarterly 41(2): 267-294.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> supply_dependence(*(state.iso3 for state in all_states(2000)[:2])).unit
    "share of A's GDP"
    """
    return compute("supply_dependence", a, b, store=store, years=years)
