"""A state's people: how many, of what age, at work or not, coming or going."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from tealeaves.figure import Series
from tealeaves.measures.frames import STATE, named, result
from tealeaves.measures.published import as_published
from tealeaves.measures.registry import Frames, compute

if TYPE_CHECKING:
    from tealeaves.evidence.store import Store

FRAMES: Frames = {
    "population": as_published("population"),
    "working_age_share": as_published("working_age_share"),
    "unemployment": as_published("unemployment"),
    "youth_unemployment_male": as_published("youth_unemployment_male"),
    "youth_unemployment_female": as_published("youth_unemployment_female"),
    "net_migration": as_published("net_migration"),
    "youth_unemployment": lambda inputs: mean_of_sexes(
        inputs.state_year("youth_unemployment_male"),
        inputs.state_year("youth_unemployment_female"),
    ),
}


def mean_of_sexes(male: pl.DataFrame, female: pl.DataFrame) -> pl.DataFrame:
    """Return the simple mean of two rates, with an interval from the lower to the higher.

    Parameters
    ----------
    male, female
        [state, year, value, status, source].

    Returns
    -------
    DataFrame
        [state, year, value, low, high, coverage, status, source].

    Examples
    --------
    >>> def rate(value):
    ...     return pl.DataFrame({"state": ["AAA"], "year": [2000], "value": [value],
    ...                          "status": ["reported"], "source": ["one"]})
    >>> mean_of_sexes(rate(10.0), rate(16.0)).select("value", "low", "high").row(0)
    (13.0, 10.0, 16.0)
    """
    columns = ["state", "year", "value", "status", "source"]
    joined = named(male.select(columns), "m").join(named(female.select(columns), "f"), on=STATE)
    return result(
        joined,
        (pl.col("m") + pl.col("f")) / 2,
        ["m", "f"],
        keys=STATE,
        low=pl.min_horizontal("m", "f"),
        high=pl.max_horizontal("m", "f"),
    )


def population(
    state: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return the population.

    As published, at mid-year, all residents counted.

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
        Persons.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    World Bank, World Development Indicators, SP.POP.TOTL.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> population(all_states(2000)[0].iso3).unit
    'persons'
    """
    return compute("population", state, store=store, years=years)


def working_age_share(
    state: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return the share of people aged 15 to 64.

    As published.

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
        Per cent of the population.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    World Bank, World Development Indicators, SP.POP.1564.TO.ZS.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> working_age_share(all_states(2000)[0].iso3).unit
    '% of population'
    """
    return compute("working_age_share", state, store=store, years=years)


def unemployment(
    state: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return unemployment.

    As published: the model estimate of the ILO, comparable between states.

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
        Per cent of the labour force.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    World Bank, World Development Indicators, SL.UEM.TOTL.ZS.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> unemployment(all_states(2000)[0].iso3).unit
    '% of labour force'
    """
    return compute("unemployment", state, store=store, years=years)


def youth_unemployment(
    state: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return unemployment at ages 15 to 24, the simple mean of men and women.

    ``(male + female) / 2``. The true total weights the two by their labour forces, which the
    source lacks, so it lies between them: the interval runs from the lower to the higher rate.

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
        Per cent of the labour force aged 15 to 24; a year without both sexes is absent.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    World Bank, World Development Indicators, SL.UEM.1524.MA.ZS and SL.UEM.1524.FE.ZS.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> youth_unemployment(all_states(2000)[0].iso3).unit
    '% of labour force aged 15 to 24'
    """
    return compute("youth_unemployment", state, store=store, years=years)


def youth_unemployment_male(
    state: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return unemployment of men aged 15 to 24.

    As published: the model estimate of the ILO.

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
        Per cent of the male labour force aged 15 to 24.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    World Bank, World Development Indicators, SL.UEM.1524.MA.ZS.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> youth_unemployment_male(all_states(2000)[0].iso3).unit
    '% of male labour force aged 15 to 24'
    """
    return compute("youth_unemployment_male", state, store=store, years=years)


def youth_unemployment_female(
    state: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return unemployment of women aged 15 to 24.

    As published: the model estimate of the ILO.

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
        Per cent of the female labour force aged 15 to 24.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    World Bank, World Development Indicators, SL.UEM.1524.FE.ZS.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> youth_unemployment_female(all_states(2000)[0].iso3).unit
    '% of female labour force aged 15 to 24'
    """
    return compute("youth_unemployment_female", state, store=store, years=years)


def net_migration(
    state: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return arrivals less departures.

    As published, refugees included: no measure of who leaves for lack of prospects.

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
        Persons a year.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    World Bank, World Development Indicators, SM.POP.NETM.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> net_migration(all_states(2000)[0].iso3).unit
    'persons a year'
    """
    return compute("net_migration", state, store=store, years=years)
