"""Who arms whom: the share of a supplier in a state's arms imports, and how much that is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from tealeaves.figure import Series
from tealeaves.measures.frames import named, result, reverse
from tealeaves.measures.inputs import Inputs
from tealeaves.measures.registry import Frames, compute
from tealeaves.measures.security import pair_values

if TYPE_CHECKING:
    from tealeaves.evidence.store import Store


def supplied_share(delivered: pl.DataFrame, imports: pl.DataFrame) -> pl.DataFrame:
    """Return the part of a's arms imports that comes from b.

    Parameters
    ----------
    delivered
        [a, b, year, value, status, source]: what a delivers to b.
    imports
        [state, year, value, status, source]: what a state gets from all suppliers, above 0.

    Examples
    --------
    >>> origin = {"status": ["reported"], "source": ["one"]}
    >>> sent = pl.DataFrame({"a": ["BBB"], "b": ["AAA"], "year": [2000], "value": [30.0]} | origin)
    >>> got = pl.DataFrame({"state": ["AAA"], "year": [2000], "value": [40.0]} | origin)
    >>> supplied_share(sent, got).select("a", "b", "value").row(0)
    ('AAA', 'BBB', 0.75)
    """
    columns = ("year", "value", "status", "source")
    flow = named(reverse(delivered).select("a", "b", *columns), "x")
    total = named(imports.select(pl.col("state").alias("a"), *columns), "m")
    return result(flow.join(total, on=["a", "year"]), pl.col("x") / pl.col("m"), ["x", "m"])


def _share(inputs: Inputs) -> pl.DataFrame:
    return supplied_share(inputs.pair_year("arms_delivered"), inputs.state_year("arms_imports"))


FRAMES: Frames = {
    "arms_import_share": _share,
    "arms_import_volume": lambda inputs: pair_values(reverse(inputs.pair_year("arms_delivered"))),
}


def arms_import_share(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    r"""Return which part of the arms that A imports comes from B.

    .. math:: V_{ba} / V_a

    V is the trend-indicator value of major arms delivered in the year, with those of rebels,
    organisations and unknown suppliers in the total; a deal is split evenly over its years of
    delivery. Years in which A imports none are absent. Read it with `arms_import_volume`: the
    share of a trickle can be 1.

    Parameters
    ----------
    a, b
        The recipient and the supplier: ISO codes, COW numbers or names.
    years
        First and last year, both included; all when None.
    store
        An open store, its folder, or None for the default one, which may lack the source.

    Returns
    -------
    Series
        From 0 to 1.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`; "this store has no ..." without the source.

    References
    ----------
    SIPRI, Arms Transfers Database: Sources and Methods.

    Examples
    --------
    >>> arms_import_share("Nowhereland", "Erewhon")
    Traceback (most recent call last):
    tealeaves.errors.TealeavesError: state: unknown state 'Nowhereland'; expected ...
    """
    return compute("arms_import_share", a, b, store=store, years=years)


def arms_import_volume(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return how much arms B delivers to A, in trend-indicator values.

    A pair of states without a delivery in the years that the source covers counts as 0.

    Parameters
    ----------
    a, b
        The recipient and the supplier: ISO codes, COW numbers or names.
    years
        First and last year, both included; all when None.
    store
        An open store, its folder, or None for the default one, which may lack the source.

    Returns
    -------
    Series
        Million TIV: military worth, not what was paid.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`; "this store has no ..." without the source.

    References
    ----------
    SIPRI, Arms Transfers Database: Sources and Methods.

    Examples
    --------
    >>> arms_import_volume("Nowhereland", "Erewhon")
    Traceback (most recent call last):
    tealeaves.errors.TealeavesError: state: unknown state 'Nowhereland'; expected ...
    """
    return compute("arms_import_volume", a, b, store=store, years=years)
