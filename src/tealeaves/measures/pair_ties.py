"""Every measure of one pair, from inputs that are read once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from tealeaves.errors import TealeavesError
from tealeaves.figure import Series
from tealeaves.measures.declarations import declarations
from tealeaves.measures.frames import PAIR, VALUE_COLUMNS
from tealeaves.measures.inputs import Inputs
from tealeaves.measures.registry import checked, opened, resolved, series, values

if TYPE_CHECKING:
    from tealeaves.evidence.store import Store

#: The order in which channels are shown; others follow by name.
CHANNELS = ("economic", "political", "security", "technology")

#: How the first note of a series begins that is empty because the store lacks its source.
ABSENT = "not in this store"

_NOTHING = pl.DataFrame(schema=[*PAIR, *VALUE_COLUMNS])


def ties(
    a: str | int,
    b: str | int,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> list[Series]:
    """Return every measure of a pair, by channel; directed ones both ways, a to b first.

    Parameters
    ----------
    a, b
        Two states: ISO codes, COW numbers or names.
    years
        First and last year, both included; all when None.
    store
        An open store, its folder, or None for the default one.

    Returns
    -------
    list of Series
        In the order of channels, within one as declared. A measure without a value in these years
        is an empty series; so is one for which the store has no source, and the first of its notes
        says so, beginning with `ABSENT`.

    Raises
    ------
    TealeavesError
        For an unknown state, a pair of one state with itself, years reversed or out of range, or
        a store that has changed since it was written.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> pair = [state.iso3 for state in all_states(2000)[:2]]
    >>> sorted({one.channel for one in ties(*pair)}) == sorted({*CHANNELS[:3]})
    True
    """
    pairs = [declared for declared in declarations().values() if declared.subject == "pair"]
    names = resolved(pairs[0], (a, b), where="ties")
    inputs = Inputs(opened(store), checked(years), states=names)
    found = []
    for declared in sorted(pairs, key=lambda declared: _rank(declared.channel)):
        ways = (names, names[::-1]) if declared.directed else (names,)
        try:
            table = values(declared, inputs)
        except TealeavesError as error:
            if not error.what.startswith("this store has no"):
                raise
            note = f"{ABSENT}: {error.what}"
            none = [series(declared, way, _NOTHING, inputs.store) for way in ways]
            found += [replace(one, notes=(note, *one.notes)) for one in none]
            continue
        found += [series(declared, way, table, inputs.store) for way in ways]
    return found


def _rank(channel: str) -> tuple[int, str]:
    known = channel in CHANNELS
    return CHANNELS.index(channel) if known else len(CHANNELS), channel
