"""Promises and quarrels: alliance obligations and militarised disputes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from tealeaves.figure import Series
from tealeaves.measures.frames import PAIR, named, result
from tealeaves.measures.inputs import Inputs
from tealeaves.measures.registry import Frames, compute

if TYPE_CHECKING:
    from tealeaves.evidence.store import Store

#: The kinds of obligation that are counted, as variables of the store.
OBLIGATIONS = (
    "alliance_defense",
    "alliance_neutrality",
    "alliance_nonaggression",
    "alliance_consultation",
)


def pair_values(table: pl.DataFrame) -> pl.DataFrame:
    """Return a pair-year variable as a result.

    Parameters
    ----------
    table
        [a, b, year, value, low, high, status, source].

    Examples
    --------
    >>> table = pl.DataFrame({"a": ["AAA"], "b": ["BBB"], "year": [2000], "value": [1.0],
    ...     "low": [None], "high": [None], "status": ["reported"], "source": ["one"]})
    >>> pair_values(table)["value"].to_list()
    [1.0]
    """
    return result(named(table, "x"), pl.col("x"), ["x"], low=pl.col("low"), high=pl.col("high"))


def obligations(kinds: list[pl.DataFrame]) -> pl.DataFrame:
    """Return how many kinds of obligation bind a to b.

    Parameters
    ----------
    kinds
        One table [a, b, year, value, status, source] for each kind, value 1 where a is bound, else
        0. A pair-year that one of them lacks is absent.

    Examples
    --------
    >>> def kind(value):
    ...     return pl.DataFrame({"a": ["AAA"], "b": ["BBB"], "year": [2000], "value": [value],
    ...                          "status": ["reported"], "source": ["one"]})
    >>> obligations([kind(1.0), kind(0.0), kind(1.0)])["value"].to_list()
    [2.0]
    """
    names = [f"x{i}" for i in range(len(kinds))]
    joined: pl.DataFrame | None = None
    for name, kind in zip(names, kinds, strict=True):
        flow = named(kind.select(*PAIR, "value", "status", "source"), name)
        joined = flow if joined is None else joined.join(flow, on=PAIR)
    assert joined is not None  # noqa: S101 - there are four kinds
    return result(joined, pl.sum_horizontal(names), names)


def _alliances(inputs: Inputs) -> pl.DataFrame:
    return obligations(inputs.pair_years(OBLIGATIONS))


FRAMES: Frames = {
    "alliance": _alliances,
    "alliance_defense": lambda inputs: pair_values(inputs.pair_year("alliance_defense")),
    "disputes": lambda inputs: pair_values(inputs.pair_year("dispute_onset")),
}


def alliance(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return how many kinds of obligation bind a to b by treaty.

    Defence, neutrality, non-aggression and consultation, each 0 or 1; offence is not counted. A
    pair of states without a treaty in the years that the source covers counts as 0; years after
    its end are absent.

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
        From 0 to 4.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    Leeds, B. A., Ritter, J. M., Mitchell, S. M. & Long, A. G. (2002), International Interactions
    28(3): 237-260.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> alliance(*(state.iso3 for state in all_states(2000)[:2])).unit
    'kinds of obligation, 0 to 4'
    """
    return compute("alliance", a, b, store=store, years=years)


def alliance_defense(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return whether a treaty in force binds a to defend b.

    A pair of states without a treaty in the years that the source covers counts as 0.

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
        0 or 1.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    Leeds, B. A., Ritter, J. M., Mitchell, S. M. & Long, A. G. (2002), International Interactions
    28(3): 237-260.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> alliance_defense(*(state.iso3 for state in all_states(2000)[:2])).unit
    '1 = bound'
    """
    return compute("alliance_defense", a, b, store=store, years=years)


def disputes(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return how many militarised disputes began between two states.

    Threats, displays and uses of force, by the year of their beginning, of two states on
    opposite sides. A pair without one in the years that the source covers counts as 0.

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
        Disputes begun in the year.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    Palmer, G. et al. (2022), Conflict Management and Peace Science 39(4): 470-482.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> disputes(*(state.iso3 for state in all_states(2000)[:2])).unit
    'disputes begun in the year'
    """
    return compute("disputes", a, b, store=store, years=years)
