"""Voting alike in the UN General Assembly, by calendar year; unanimous votes are kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tealeaves.figure import Series
from tealeaves.measures.registry import Frames, compute
from tealeaves.measures.vote_scores import (
    agreement_scores,
    kappa_scores,
    pi_scores,
    s_scores,
    scores,
)

if TYPE_CHECKING:
    from tealeaves.evidence.store import Store

FRAMES: Frames = {
    "agreement": lambda inputs: scores(inputs.vote_counts, agreement_scores),
    "s_score": lambda inputs: scores(inputs.vote_counts, s_scores),
    "scott_pi": lambda inputs: scores(inputs.vote_counts, pi_scores),
    "cohen_kappa": lambda inputs: scores(inputs.vote_counts, kappa_scores),
}


def agreement(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return how alike two states vote, ``1 - Σ|v_a - v_b| / (2 n)``.

    Votes are yes 3, abstention 2, no 1, over the n roll calls of the year in which both voted;
    absence is left out. Other periods, treatments of absence and distances:
    `tealeaves.measures.vote_scores`.

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
        From 0 (always opposed) to 1 (always alike). The coverage is the part of the year's roll
        calls in which both voted.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    Lijphart, A. (1963), American Political Science Review 57(4): 902-917.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> agreement(*(state.iso3 for state in all_states(2000)[:2])).unit
    'share, 1 = always alike'
    """
    return compute("agreement", a, b, store=store, years=years)


def s_score(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return S of two states' votes, ``1 - Σ|v_a - v_b| / n``.

    The variant with absolute distances and equal weights, which is twice `agreement` less one;
    not corrected for chance. Squared distances: `tealeaves.measures.vote_scores.s_scores`.

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
        From -1 (always opposed) to 1 (always alike). The coverage is the part of the year's roll
        calls in which both voted.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    Signorino, C. S. & Ritter, J. M. (1999), International Studies Quarterly 43(1): 115-144.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> s_score(*(state.iso3 for state in all_states(2000)[:2])).unit
    '-1 to 1, 1 = always alike'
    """
    return compute("s_score", a, b, store=store, years=years)


def scott_pi(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return Scott's pi of two states' votes, with squared distances.

    ``1 - SSD / (SS_a + SS_b - (S_a + S_b)² / (2 n))``: agreement beyond what two states with
    the same average vote would show by chance. Absence is left out; as abstention, or over
    nominal categories: `tealeaves.measures.vote_scores`.

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
        0 as by chance, 1 always alike; absent where neither ever varied. The coverage is the part
        of the year's roll calls in which both voted.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    Häge, F. M. (2011), Political Analysis 19(3): 287-305.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> scott_pi(*(state.iso3 for state in all_states(2000)[:2])).unit
    '0 = as by chance, 1 = always alike'
    """
    return compute("scott_pi", a, b, store=store, years=years)


def cohen_kappa(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return Cohen's kappa of two states' votes, with squared distances.

    ``1 - SSD / (SS_a + SS_b - 2 S_a S_b / n)``: agreement beyond what the two states' own
    average votes would show by chance. Absence is left out; as abstention, or over nominal
    categories: `tealeaves.measures.vote_scores`.

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
        0 as by chance, 1 always alike; absent where neither ever varied. The coverage is the part
        of the year's roll calls in which both voted.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    Häge, F. M. (2011), Political Analysis 19(3): 287-305.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> cohen_kappa(*(state.iso3 for state in all_states(2000)[:2])).unit
    '0 = as by chance, 1 = always alike'
    """
    return compute("cohen_kappa", a, b, store=store, years=years)
