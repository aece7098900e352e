"""From the numbers of the Correlates of War project and of Gleditsch and Ward to states."""

from __future__ import annotations

from functools import cache

from tealeaves.errors import TealeavesError
from tealeaves.states.names import shown, whole
from tealeaves.states.system import code_spans


@cache
def _by_number(system: str) -> dict[int, list[tuple[str, int, int | None]]]:
    """Return the rows of a list by number."""
    found: dict[int, list[tuple[str, int, int | None]]] = {}
    for span in code_spans(system):
        assert span.start is not None  # noqa: S101 - the tables' tests say so
        found.setdefault(int(span.key), []).append((span.value, span.start, span.end))
    return found


def _lookup(system: str, code: int, year: int) -> str | None:
    number, when = _whole(code, f"{system.upper()} number"), _whole(year, "year")
    for iso3, start, end in _by_number(system).get(number, []):
        if start <= when and (end is None or when <= end):
            return iso3
    return None


def _whole(value: object, where: str) -> int:
    number = whole(value)
    if number is None:
        raise TealeavesError(f"{shown(value)} is no number", where=where, expected="a whole number")
    return number


def from_cow(code: int, year: int) -> str | None:
    """Return the ISO code of the state that has a Correlates of War number in a year.

    Parameters
    ----------
    code
        Number in the Correlates of War list.
    year
        Calendar year; a state counts in each year of which it was a member for a part.

    Returns
    -------
    str or None
        None if no state has that number in that year.

    Raises
    ------
    TealeavesError
        If one of the two is no whole number.

    References
    ----------
    Correlates of War Project (2017), State System Membership List, version 2016.

    Examples
    --------
    >>> cow, iso3, start, _ = cow_table()[0]
    >>> from_cow(cow, start) == iso3, from_cow(cow, start - 1)
    (True, None)
    """
    return _lookup("cow", code, year)


def from_gw(code: int, year: int) -> str | None:
    """Return the ISO code of the state that has a Gleditsch-Ward number in a year.

    Parameters
    ----------
    code
        Number in the list of Gleditsch and Ward, or in the few rows that the Uppsala Conflict Data
        Program adds to it.
    year
        Calendar year; a state counts in each year of which it was independent for a part.

    Returns
    -------
    str or None
        None if no state has that number in that year.

    Raises
    ------
    TealeavesError
        If one of the two is no whole number.

    References
    ----------
    Gleditsch, K. S. and Ward, M. D. (1999), A revised list of independent states since the
    Congress of Vienna, International Interactions 25(4).

    Examples
    --------
    >>> gw, iso3, start, _ = gw_table()[0]
    >>> from_gw(gw, start) == iso3
    True
    """
    return _lookup("gw", code, year)


def _table(system: str) -> list[tuple[int, str, int, int | None]]:
    return [
        (code, iso3, start, end)
        for code, found in _by_number(system).items()
        for iso3, start, end in found
    ]


def cow_table() -> list[tuple[int, str, int, int | None]]:
    """Return the Correlates of War list as rows: number, ISO code, first year, last year.

    Returns
    -------
    list of tuple
        Sorted by number and year, for joins of whole columns. One number never stands for two
        states in one year. One state may have two numbers in the year in which they changed.

    Examples
    --------
    >>> cow_table()[0][0]
    2
    """
    return _table("cow")


def gw_table() -> list[tuple[int, str, int, int | None]]:
    """Return the Gleditsch-Ward list as rows: number, ISO code, first year, last year.

    Returns
    -------
    list of tuple
        As those of :func:`cow_table`. They include what the Uppsala Conflict Data Program adds to
        the list: a princely state of 1947-48, and the old number of a state whose list number
        changed in 2006.

    Examples
    --------
    >>> gw_table()[0][0]
    2
    """
    return _table("gw")
