"""From what people write to a state: names, ISO codes, numbers."""

from __future__ import annotations

from functools import cache

from tealeaves.errors import TealeavesError, nearest
from tealeaves.states.areas import area_code
from tealeaves.states.codes import cow_table, gw_table
from tealeaves.states.names import check_text, normalise, shown, whole
from tealeaves.states.system import State, by_iso3, check_year, get
from tealeaves.states.table import Span, spans

_EXPECTED = "an ISO 3166 alpha-3 code, a Correlates of War number or a name"


@cache
def _names() -> dict[str, tuple[Span, ...]]:
    """Return what each name, in normal form, stands for."""
    found: dict[str, list[Span]] = {}
    for state in by_iso3().values():
        found.setdefault(normalise(state.name), []).append(Span(state.name, state.iso3, None, None))
    for row in spans("names", ("name", "iso3", "first", "last")):
        found.setdefault(normalise(row.key), []).append(row)
    return {name: tuple(rows) for name, rows in found.items()}


def _candidates(name: str, year: int | None) -> list[str]:
    """Return the ISO codes of the states that a normal name may mean, in that year if given."""
    rows = _names().get(name, ())
    if year is None:
        meant = [row for row in rows if row.end is None] or rows
    else:
        # A name's meaning in some years goes before its meaning in general.
        meant = [row for row in rows if row.start is not None and row.holds(year)]
        meant = meant or [row for row in rows if row.start is None] or rows
    return sorted({row.value for row in meant})


def _label(iso3: str) -> str:
    return f"{iso3} ({by_iso3()[iso3].name})"


def _from_number(number: int, year: int | None, system: str | None) -> State:
    """Return the state with a number: of the named list, else of COW, else of Gleditsch-Ward."""
    tables = {"cow": cow_table(), "gw": gw_table()}
    for name in ("cow", "gw") if system is None else (system,):
        found = [row for row in tables[name] if row[0] == number]
        if not found:
            continue
        if year is None:
            # Without a year the number means the state that had it last.
            return get(max(found, key=lambda row: row[2])[1])
        for _, iso3, start, end in found:
            if start <= year and (end is None or year <= end):
                return get(iso3)
        held = ", ".join(f"{iso3} {start}-{end or ''}" for _, iso3, start, end in found)
        raise TealeavesError(
            f"{name.upper()} number {number} is no state in {year}", where="state", expected=held
        )
    raise TealeavesError(
        f"no state has the {'COW' if system is None else system.upper()} number {shown(number)}",
        where="state",
        expected=_EXPECTED,
    )


def _parse_number(text: str) -> tuple[int, str | None] | None:
    """Return the number and the list that text such as "12" or "gw:12" names, else None."""
    system, colon, rest = text.strip().casefold().rpartition(":")
    if colon and system not in {"cow", "gw"}:
        return None
    rest = rest.strip()
    if not (rest.isascii() and rest.removeprefix("-").isdigit()):
        return None
    return int(rest), system or None


def resolve(text: str | int, year: int | None = None) -> State:
    """Return the state that a code, number or name means.

    Parameters
    ----------
    text
        ISO 3166 alpha-3 code, Correlates of War number (as a number or as digits), or name, in
        any case, with or without accents. A number that only the Gleditsch-Ward list has is
        taken from there; ``"gw:12"`` or ``"cow:12"`` say which list is meant.
    year
        The year in which the state is meant: the name may have meant another state then, and the
        state must have existed. Without it names mean the states of today, if there is one.

    Returns
    -------
    State
        The one state that is meant.

    Raises
    ------
    TealeavesError
        If the text is no name or code, if several states have the name (all are listed as
        nearest), if none has it (the most similar names are listed), if it means an area that is
        no state, or if the state was no member of the system in ``year``.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> state = all_states(2000)[0]
    >>> resolve(state.name.upper()) == resolve(state.iso3.lower()) == resolve(state.cow) == state
    True
    """
    when = None if year is None else check_year(year)
    number = whole(text)
    if number is not None:
        return _from_number(number, when, None)
    name = check_text(text)
    coded = _parse_number(name)
    if coded is not None:
        return _from_number(coded[0], when, coded[1])
    state = by_iso3().get(normalise(name).upper()) or _from_name(name, when)
    if when is not None and not _existed(state, when):
        raise TealeavesError(
            f"{_label(state.iso3)} was no member of the state system in {when}",
            where="state",
            expected=f"a year in {state.years()}" if state.spans else None,
        )
    return state


def _existed(state: State, year: int) -> bool:
    """Return whether a state existed, by the only list that has it if the first one does not."""
    if state.spans:
        return state.exists(year)
    return any(
        iso3 == state.iso3 and start <= year and (end is None or year <= end)
        for _, iso3, start, end in gw_table()
    )


def _from_name(text: str, year: int | None) -> State:
    """Return the one state with a name, or raise the error that helps most."""
    name = normalise(text)
    found = _candidates(name, year)
    if len(found) == 1:
        return get(found[0])
    if found:
        raise TealeavesError(
            f"{text!r} may mean {len(found)} states",
            where="state",
            expected="one of them by its code",
            nearest=[_label(iso3) for iso3 in found],
        )
    if area_code(text) is not None:
        raise TealeavesError(
            f"{text!r} is a statistical area ({area_code(text)}) and no state",
            where="state",
            expected=_EXPECTED,
        )
    known = {iso3.casefold(): iso3 for iso3 in by_iso3()}
    known |= {other: rows[0].value for other, rows in _names().items()}
    similar = dict.fromkeys(known[other] for other in nearest(name, known))
    raise TealeavesError(
        f"unknown state {text!r}",
        where="state",
        expected=_EXPECTED,
        nearest=[_label(iso3) for iso3 in similar],
    )


def resolve_pair(a: str | int, b: str | int) -> tuple[State, State]:
    """Return two different states, in the order given.

    Parameters
    ----------
    a, b
        Codes, numbers or names, as for :func:`resolve`.

    Raises
    ------
    TealeavesError
        If either is not one state, or both are the same.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> one, two = all_states()[:2]
    >>> resolve_pair(one.name, two.iso3) == (one, two)
    True
    """
    first, second = resolve(a), resolve(b)
    if first == second:
        raise TealeavesError(
            f"{_label(first.iso3)} with itself", where="pair", expected="two different states"
        )
    return first, second
