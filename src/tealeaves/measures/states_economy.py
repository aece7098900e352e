"""A state's economy: size, growth, energy, technology, remittances."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tealeaves.figure import Series
from tealeaves.measures.published import as_published
from tealeaves.measures.registry import Frames, compute

if TYPE_CHECKING:
    from tealeaves.evidence.store import Store

FRAMES: Frames = {
    "gdp": as_published("gdp"),
    "gdp_growth": as_published("gdp_growth"),
    "remittances_received": as_published("remittances_received"),
    "remittances_paid": as_published("remittances_paid"),
    "fuel_export_share": as_published("fuel_export_share"),
    "high_tech_export_share": as_published("high_tech_export_share"),
    "net_energy_imports": as_published("net_energy_imports"),
    "research_spending": as_published("research_spending"),
}


def gdp(
    state: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return the gross domestic product, in current US dollars.

    At market exchange rates: it moves with the currency as well as with output.

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
        US dollars of the year.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    World Bank, World Development Indicators, NY.GDP.MKTP.CD.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> gdp(all_states(2000)[0].iso3).unit
    'current US dollars'
    """
    return compute("gdp", state, store=store, years=years)


def gdp_growth(
    state: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return the growth of real gross domestic product.

    As published, at constant prices of the national currency.

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
        Per cent a year.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    World Bank, World Development Indicators, NY.GDP.MKTP.KD.ZG.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> gdp_growth(all_states(2000)[0].iso3).unit
    '% a year'
    """
    return compute("gdp_growth", state, store=store, years=years)


def remittances_received(
    state: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return the personal remittances that people abroad send home.

    As published: personal transfers and pay of short-term workers.

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
        Current US dollars.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    World Bank, World Development Indicators, BX.TRF.PWKR.CD.DT.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> remittances_received(all_states(2000)[0].iso3).unit
    'current US dollars'
    """
    return compute("remittances_received", state, store=store, years=years)


def remittances_paid(
    state: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return the personal remittances that foreigners in the state send abroad.

    As published: personal transfers and pay of short-term workers. The store that ships lacks
    it, so that asking is an error; a store of one's own may have it.

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
        Current US dollars.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    World Bank, World Development Indicators, BM.TRF.PWKR.CD.DT.

    Examples
    --------
    >>> from tealeaves.measures import declaration
    >>> declaration("remittances_paid").unit
    'current US dollars'
    """
    return compute("remittances_paid", state, store=store, years=years)


def fuel_export_share(
    state: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return the share of fuels in merchandise exports.

    As published (SITC section 3); it moves with the price of oil as well as with quantities.

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
        Per cent of merchandise exports.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    World Bank, World Development Indicators, TX.VAL.FUEL.ZS.UN.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> fuel_export_share(all_states(2000)[0].iso3).unit
    '% of merchandise exports'
    """
    return compute("fuel_export_share", state, store=store, years=years)


def high_tech_export_share(
    state: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return the share of high technology in manufactured exports.

    As published; the assembly of parts made elsewhere counts in full.

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
        Per cent of manufactured exports.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    World Bank, World Development Indicators, TX.VAL.TECH.MF.ZS.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> high_tech_export_share(all_states(2000)[0].iso3).unit
    '% of manufactured exports'
    """
    return compute("high_tech_export_share", state, store=store, years=years)


def net_energy_imports(
    state: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return net energy imports as a share of energy use.

    As published: energy use less own production, in oil equivalents.

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
        Per cent of energy use; below 0 for exporters.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    World Bank, World Development Indicators, EG.IMP.CONS.ZS.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> net_energy_imports(all_states(2000)[0].iso3).unit
    '% of energy use'
    """
    return compute("net_energy_imports", state, store=store, years=years)


def research_spending(
    state: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return spending on research and development.

    As published, by all sectors.

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
        Per cent of GDP.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    World Bank, World Development Indicators, GB.XPD.RSDV.GD.ZS.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> research_spending(all_states(2000)[0].iso3).unit
    '% of GDP'
    """
    return compute("research_spending", state, store=store, years=years)
