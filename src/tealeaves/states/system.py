"""The state system: which states there are, their codes and their years."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tealeaves.errors import TealeavesError, nearest
from tealeaves.states.names import check_text, shown, whole
from tealeaves.states.table import Span, rows, spans

#: Years that any question about the state system may name: the system's first year, and later
#: than any forecast runs.
FIRST, LAST = 1816, 2200


@dataclass(frozen=True)
class State:
    """A member of the state system.

    Attributes
    ----------
    iso3
        ISO 3166 alpha-3 code; a code of our own for states that ended before there was one.
    name
        Short English name.
    cow, gw
        Its number in the lists of the Correlates of War project and of Gleditsch and Ward, the
        present or the last one if it had several; None if the list does not have it.
    spans
        Years of membership in the Correlates of War state system, first and last included; None
        as the last means to this day. Empty for a state that only the other list has.

    Examples
    --------
    >>> State("AAA", "A", 1, None, ((1900, 1910), (1920, None))).exists(1915)
    False
    """

    iso3: str
    name: str
    cow: int | None
    gw: int | None
    spans: tuple[tuple[int, int | None], ...]

    def exists(self, year: int) -> bool:
        """Return whether the state is a member of the system in any part of ``year``.

        Examples
        --------
        >>> State("AAA", "A", 1, None, ((1900, None),)).exists(1900)
        True
        """
        return any(start <= year and (end is None or year <= end) for start, end in self.spans)

    def years(self) -> str:
        """Return the years of membership as words.

        Examples
        --------
        >>> State("AAA", "A", 1, None, ((1900, 1910), (1920, None))).years()
        '1900-1910, 1920-'
        """
        return ", ".join(f"{start}-{'' if end is None else end}" for start, end in self.spans)


def check_year(year: object) -> int:
    """Return a year as an int, or raise an error if it is no whole number from 1816 to 2200.

    Examples
    --------
    >>> check_year(1990)
    1990
    """
    number = whole(year)
    if number is None or not FIRST <= number <= LAST:
        raise TealeavesError(
            f"{shown(year)} is no year of the state system",
            where="year",
            expected=f"a whole number from {FIRST} to {LAST}",
        )
    return number


def code_spans(system: str) -> tuple[Span, ...]:
    """Return the rows of the list of ``system``, "cow" or "gw": number, ISO code, years.

    Examples
    --------
    >>> code_spans("gw")[0].start
    1816
    """
    return spans(system, (system, "iso3", "start", "end"))


def _joined(pieces: list[tuple[int, int | None]]) -> tuple[tuple[int, int | None], ...]:
    """Return spans in order, with those that touch or overlap made one."""
    joined: list[tuple[int, int | None]] = []
    for start, end in sorted(pieces, key=lambda piece: piece[0]):
        if joined and (joined[-1][1] is None or start <= joined[-1][1] + 1):
            before, until = joined[-1]
            joined[-1] = (before, None if until is None or end is None else max(until, end))
        else:
            joined.append((start, end))
    return tuple(joined)


@cache
def by_iso3() -> dict[str, State]:
    """Return all states by their ISO code, in alphabetical order of codes.

    Examples
    --------
    >>> list(by_iso3()) == sorted(by_iso3())
    True
    """
    pieces: dict[str, list[tuple[int, int | None]]] = {}
    for span in code_spans("cow"):
        pieces.setdefault(span.value, []).append((span.start or FIRST, span.end))
    return {
        iso3: State(
            iso3,
            name,
            int(cow) if cow else None,
            int(gw) if gw else None,
            _joined(pieces.get(iso3, [])),
        )
        for iso3, name, cow, gw in sorted(rows("states", ("iso3", "name", "cow", "gw")))
    }


def get(iso3: str) -> State:
    """Return the state with exactly this ISO code.

    Parameters
    ----------
    iso3
        Three capital letters.

    Raises
    ------
    TealeavesError
        If no state has that code; use :func:`resolve` for names and other codes.

    Examples
    --------
    >>> state = all_states()[0]
    >>> get(state.iso3) == state
    True
    """
    check_text(iso3)
    states = by_iso3()
    if iso3 not in states:
        raise TealeavesError(
            f"no state has the code {iso3!r}",
            where="state",
            expected="an ISO 3166 alpha-3 code",
            nearest=nearest(iso3, states),
        )
    return states[iso3]


def all_states(year: int | None = None) -> list[State]:
    """Return all states, or those of one year, in alphabetical order of codes.

    Parameters
    ----------
    year
        Only members of the Correlates of War state system in any part of that year.

    Returns
    -------
    list of State
        Without a year every state since 1816, also those that the system never had but the list
        of Gleditsch and Ward has.

    Raises
    ------
    TealeavesError
        For a year before 1816 or after 2200.

    References
    ----------
    Correlates of War Project (2017), State System Membership List, version 2016.

    Examples
    --------
    >>> len(all_states(1816))
    23
    """
    if year is None:
        return list(by_iso3().values())
    wanted = check_year(year)
    return [state for state in by_iso3().values() if state.exists(wanted)]
