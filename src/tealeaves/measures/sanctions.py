"""Sanctions that one state has to bear from another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tealeaves.figure import Series
from tealeaves.measures.frames import reverse
from tealeaves.measures.registry import Frames, compute
from tealeaves.measures.security import pair_values

if TYPE_CHECKING:
    from tealeaves.evidence.store import Store

FRAMES: Frames = {
    "sanctions_received": lambda inputs: pair_values(
        reverse(inputs.pair_year("sanctions_imposed"))
    ),
}


def sanctions_received(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return how many cases of sanctions by B against A are in force.

    B alone, with others, or as a member of an organisation whose members the list of blocs has
    (the European Union, NATO, the G7); sanctions of the United Nations and of other organisations
    are not counted for their members. A pair without a case in the years that the source covers
    counts as 0. A count says nothing of how hard a case bites.

    Parameters
    ----------
    a, b
        The state under sanctions and the one that imposes them: ISO codes, COW numbers or names.
    years
        First and last year, both included; all when None.
    store
        An open store, its folder, or None for the default one, which may lack the source.

    Returns
    -------
    Series
        Cases in force at any time of the year.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`; "this store has no ..." without the source.

    References
    ----------
    Felbermayr, G. et al. (2020), European Economic Review 129, 103561.

    Examples
    --------
    >>> sanctions_received("Nowhereland", "Erewhon")
    Traceback (most recent call last):
    tealeaves.errors.TealeavesError: state: unknown state 'Nowhereland'; expected ...
    """
    return compute("sanctions_received", a, b, store=store, years=years)
