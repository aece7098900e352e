"""Groups of states whose members changed, and what became of states that ended or split."""

from __future__ import annotations

from functools import cache

from tealeaves.errors import TealeavesError, nearest
from tealeaves.states.names import check_text
from tealeaves.states.resolver import resolve
from tealeaves.states.system import check_year
from tealeaves.states.table import rows, spans


@cache
def _included() -> dict[str, tuple[str, ...]]:
    """Return every bloc, with the blocs whose members are its members too."""
    table = rows("blocs", ("bloc", "title", "includes", "note"))
    return {name: tuple(includes.split()) for name, _, includes, _ in table}


def blocs() -> list[str]:
    """Return the names of all blocs, in alphabetical order.

    Examples
    --------
    >>> blocs() == sorted(blocs())
    True
    """
    return sorted(_included())


def bloc(name: str, year: int) -> list[str]:
    """Return the members of a bloc at the end of a year.

    A state is a member in a year if it was one on 31 December of it, so a state counts in the
    year in which it joined and no longer in the one in which it left.

    Parameters
    ----------
    name
        One of :func:`blocs`, in any case.
    year
        Calendar year.

    Returns
    -------
    list of str
        ISO codes in alphabetical order; empty before the bloc existed.

    Raises
    ------
    TealeavesError
        For an unknown bloc or a year before 1816 or after 2200.

    Examples
    --------
    >>> bloc(blocs()[0], 1850)
    []
    """
    check_text(name, "bloc")
    wanted = name.strip().upper().replace(" ", "_").replace("-", "_")
    if wanted not in _included():
        raise TealeavesError(
            f"unknown bloc {name!r}",
            where="bloc",
            expected=f"one of {', '.join(blocs())}",
            nearest=nearest(wanted, blocs()),
        )
    when = check_year(year)
    parts = {wanted, *_included()[wanted]}
    members = spans("bloc_members", ("bloc", "iso3", "start", "end"))
    return sorted({row.value for row in members if row.key in parts and row.holds(when)})


def successors(iso3: str) -> list[str]:
    """Return the states into which a state went, or that left it.

    Parameters
    ----------
    iso3
        A state: its code, a Correlates of War number, or a name.

    Returns
    -------
    list of str
        ISO codes, in order of the year in which the successor began, then of codes. Where a
        state goes on under its own code though much smaller, the others that came of it.

    Raises
    ------
    TealeavesError
        If there is no such state.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> isinstance(successors(all_states()[0].iso3), list)
    True
    """
    state = resolve(iso3)
    table = rows("successors", ("iso3", "successor", "year"))
    return [
        successor
        for _, successor in sorted(
            (int(year), successor) for before, successor, year in table if before == state.iso3
        )
    ]
