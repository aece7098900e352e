"""A state's arms, wars and rule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tealeaves.figure import Series
from tealeaves.measures.published import as_published
from tealeaves.measures.registry import Frames, compute

if TYPE_CHECKING:
    from tealeaves.evidence.store import Store

FRAMES: Frames = {
    "military_burden": as_published("military_burden"),
    "battle_deaths": as_published("battle_deaths"),
    "conflict_intensity": as_published("conflict_intensity"),
    "capability": as_published("cinc"),
    "democracy": as_published("democracy"),
}


def military_burden(
    state: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return military expenditure as a share of output.

    As published; estimates for states that hide what they spend.

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
    World Bank, World Development Indicators, MS.MIL.XPND.GD.ZS (SIPRI).

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> military_burden(all_states(2000)[0].iso3).unit
    '% of GDP'
    """
    return compute("military_burden", state, store=store, years=years)


def battle_deaths(
    state: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return deaths in battle.

    As published, counted where the fighting is, not by the side of the dead; a year without a
    figure is absent, not peaceful.

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
        Deaths in the year.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    Sundberg, R. & Melander, E. (2013), Journal of Peace Research 50(4): 523-532.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> battle_deaths(all_states(2000)[0].iso3).unit
    'deaths'
    """
    return compute("battle_deaths", state, store=store, years=years)


def conflict_intensity(
    state: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return the level of the state's worst armed conflict of the year.

    As coded: 0 none, 1 from 25 battle deaths in the year, 2 from 1,000.

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
        0, 1 or 2.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    Gleditsch, N. P. et al. (2002), Journal of Peace Research 39(5): 615-637.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> conflict_intensity(all_states(2000)[0].iso3).unit
    '0 none, 1 from 25 deaths, 2 from 1,000 deaths'
    """
    return compute("conflict_intensity", state, store=store, years=years)


def capability(
    state: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return the composite index of national capability (CINC).

    The mean of a state's shares of the world in military expenditure and personnel, iron and
    steel, energy, total and urban population: people and steel, neither quality nor technology.

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
        From 0 to 1.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    Singer, J. D., Bremer, S. & Stuckey, J. (1972), in Russett (ed.), Peace, War, and Numbers.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> capability(all_states(2000)[0].iso3).unit
    "share of the world's capabilities"
    """
    return compute("capability", state, store=store, years=years)


def democracy(
    state: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return electoral democracy.

    V-Dem's polyarchy index, as published with its interval.

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
        From 0 to 1.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    Teorell, J., Coppedge, M., Lindberg, S. & Skaaning, S.-E. (2019), Studies in Comparative
    International Development 54(1): 71-95.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> democracy(all_states(2000)[0].iso3).unit
    'index from 0 to 1'
    """
    return compute("democracy", state, store=store, years=years)
