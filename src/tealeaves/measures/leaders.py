"""Who leads a state: how old, and how long in office. The series end with their source."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from tealeaves.figure import Series
from tealeaves.measures.frames import STATE, result
from tealeaves.measures.inputs import Inputs
from tealeaves.measures.registry import Frames, compute

if TYPE_CHECKING:
    from tealeaves.evidence.store import Store

_DAYS = 365.25


def in_office(spells: pl.DataFrame, last_year: int) -> pl.DataFrame:
    """Return who leads each state on 31 December of each year.

    Parameters
    ----------
    spells
        [state, start, end, label, value, source, status]: value is the year of birth (null where
        unknown), end is null for who was still in office when the source ended.
    last_year
        The last year whose 31 December the source has seen: nobody is followed beyond it.

    Returns
    -------
    DataFrame
        [state, year, label, start, born, x_status, x_source]. Where two spells hold the day, the
        later one counts.

    Examples
    --------
    >>> from datetime import date
    >>> spells = pl.DataFrame({"state": ["AAA"], "start": [date(1999, 5, 1)], "end": [None],
    ...     "label": ["A leader"], "value": [1950.0], "source": ["one"], "status": ["reported"]},
    ...     schema_overrides={"end": pl.Date})
    >>> in_office(spells, 2001)["year"].to_list()
    [1999, 2000, 2001]
    """
    through = (
        pl.when(pl.col("end").is_null())
        .then(last_year)
        .otherwise(pl.min_horizontal(pl.col("end").dt.offset_by("1d").dt.year() - 1, last_year))
    )
    return (
        spells.with_columns(
            pl.int_ranges(pl.col("start").dt.year(), through + 1, dtype=pl.Int32).alias("year")
        )
        .explode("year")
        .drop_nulls("year")
        .sort("state", "year", "start", maintain_order=True)
        .unique(["state", "year"], keep="last", maintain_order=True)
        .rename({"value": "born", "status": "x_status", "source": "x_source"})
        .drop("end")
    )


def ages(office: pl.DataFrame) -> pl.DataFrame:
    """Return the year less the leader's year of birth.

    Parameters
    ----------
    office
        What `in_office` returns.

    Examples
    --------
    >>> office = pl.DataFrame({"state": ["AAA"], "year": [2001], "born": [1950.0],
    ...                        "x_status": ["reported"], "x_source": ["one"]})
    >>> ages(office)["value"].to_list()
    [51.0]
    """
    return result(office, pl.col("year") - pl.col("born"), ["x"], keys=STATE)


def tenures(office: pl.DataFrame) -> pl.DataFrame:
    """Return the years from the leader's entry into office to 31 December.

    Parameters
    ----------
    office
        What `in_office` returns.

    Examples
    --------
    >>> from datetime import date
    >>> office = pl.DataFrame({"state": ["AAA"], "year": [2001], "start": [date(1999, 12, 31)],
    ...                        "x_status": ["reported"], "x_source": ["one"]})
    >>> tenures(office)["value"].round(2).to_list()
    [2.0]
    """
    days = pl.date(pl.col("year"), 12, 31) - pl.col("start")
    return result(office, days.dt.total_days() / _DAYS, ["x"], keys=STATE)


def _in_office(inputs: Inputs) -> pl.DataFrame:
    return in_office(inputs.leaders, inputs.leaders_until)


FRAMES: Frames = {
    "leader_age": lambda inputs: ages(_in_office(inputs)),
    "leader_tenure": lambda inputs: tenures(_in_office(inputs)),
}


def leader_age(
    state: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return how old the leader is, to the year.

    The year less the year of birth of whoever leads on 31 December.

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
        Years; absent where the year of birth is unknown and after the source's end: who led then
        is not taken to lead still.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    Goemans, H. E., Gleditsch, K. S. & Chiozza, G. (2009), Journal of Peace Research 46(2):
    269-283.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> leader_age(all_states(2000)[0].iso3).unit
    'years'
    """
    return compute("leader_age", state, store=store, years=years)


def leader_tenure(
    state: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return how long the leader has been in office without a break.

    From entry into the present term to 31 December, of whoever leads on that day.

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
        Years; absent after the source's end: who led then is not taken to lead still.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    Goemans, H. E., Gleditsch, K. S. & Chiozza, G. (2009), Journal of Peace Research 46(2):
    269-283.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> leader_tenure(all_states(2000)[0].iso3).unit
    'years'
    """
    return compute("leader_tenure", state, store=store, years=years)
