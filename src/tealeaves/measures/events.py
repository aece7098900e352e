"""What states do to each other, as reported event by event."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tealeaves.figure import Series
from tealeaves.measures.registry import Frames, compute
from tealeaves.measures.security import pair_values

if TYPE_CHECKING:
    from tealeaves.evidence.store import Store

FRAMES: Frames = {
    "net_cooperation": lambda inputs: pair_values(inputs.pair_year("net_cooperation")),
}


def net_cooperation(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    r"""Return how cooperative A's reported acts towards B were on average.

    .. math:: C_{ab} = \sum_k w_k n_{abk} / \sum_k n_{abk}

    over four classes k of events: n is their number in the year, w the mean Goldstein weight of
    the codes of the class (verbal cooperation 2.3, material cooperation 4, verbal conflict -4.7,
    material conflict -7.9). A year without a reported event is absent. Talk is most of what is
    reported, so most values lie near 2.3 and a small step down is many hostile acts.

    Parameters
    ----------
    a, b
        The state that acts and the one it acts towards: ISO codes, COW numbers or names.
    years
        First and last year, both included; all when None.
    store
        An open store, its folder, or None for the default one, which may lack the source.

    Returns
    -------
    Series
        From -10 to 10; above 0 when cooperation outweighs conflict.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`; "this store has no ..." without the source.

    References
    ----------
    Goldstein, J. S. (1992), Journal of Conflict Resolution 36(2): 369-385.

    Examples
    --------
    >>> net_cooperation("Nowhereland", "Erewhon")
    Traceback (most recent call last):
    tealeaves.errors.TealeavesError: state: unknown state 'Nowhereland'; expected ...
    """
    return compute("net_cooperation", a, b, store=store, years=years)
