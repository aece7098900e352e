"""What two states belong to together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tealeaves.figure import Series
from tealeaves.measures.registry import Frames, compute
from tealeaves.measures.security import pair_values

if TYPE_CHECKING:
    from tealeaves.evidence.store import Store

FRAMES: Frames = {
    "joint_organisations": lambda inputs: pair_values(inputs.pair_year("joint_organisations")),
}


def joint_organisations(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return in how many intergovernmental organisations both are full members.

    As counted from the source's memberships; it grows with every state's own memberships, so
    compare it with other pairs of the same year.

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
        Organisations.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    References
    ----------
    Pevehouse, J. et al. (2020), Journal of Peace Research 57(3): 492-503.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> joint_organisations(*(state.iso3 for state in all_states(2000)[:2])).unit
    'organisations'
    """
    return compute("joint_organisations", a, b, store=store, years=years)
