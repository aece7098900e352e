"""From the name of a measure to its values: for one state or pair, or for all at once."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from tealeaves import states
from tealeaves.errors import TealeavesError
from tealeaves.figure import Figure, Series, SourceRef
from tealeaves.measures.declarations import Declaration, declaration
from tealeaves.measures.frames import PAIR, STATE, VALUE_COLUMNS
from tealeaves.measures.inputs import Inputs

if TYPE_CHECKING:
    from tealeaves.evidence.store import Store

_log = logging.getLogger("tealeaves")
_log.addHandler(logging.NullHandler())  # silent unless whoever uses the library asks

#: Years that can be asked for: the state system of the Correlates of War begins in 1816.
FIRST_YEAR, LAST_YEAR = 1816, 2100

#: What a family module offers: for each of its measures, all values that some inputs allow.
Frames = Mapping[str, Callable[[Inputs], pl.DataFrame]]

_IMPOSSIBLE = "left out: the source's value is outside the range that the measure can take"
_SLACK = 1e-9  # of floating-point sums, at the ends of a declared range


def compute(
    name: str,
    *args: str | int,
    store: Store | Path | str | None = None,
    years: tuple[int, int] | None = None,
) -> Series:
    """Return one measure for one state or pair.

    Parameters
    ----------
    name
        A declared measure.
    *args
        One state, or two for a measure of pairs: ISO codes, COW numbers or names.
    store
        An open store, its folder, or None for the default one.
    years
        First and last year, both included; all when None.

    Returns
    -------
    Series
        In the measure's declared unit; a year for which an input is lacking is absent, and one
        for which the source has what cannot be has a figure without a value.

    Raises
    ------
    TealeavesError
        For an unknown measure or state, a wrong number of states, a pair of one state with
        itself, years reversed or outside 1816 to 2100, or a store without what the measure needs.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> compute("gdp", all_states(2000)[0].iso3, years=(2000, 2001)).unit
    'current US dollars'
    """
    declared = declaration(name)
    names = resolved(declared, args)
    inputs = Inputs(opened(store), checked(years), states=names)
    return series(declared, names, values(declared, inputs), inputs.store)


def frame(
    name: str,
    store: Store | Path | str | None = None,
    years: tuple[int, int] | None = None,
) -> pl.DataFrame:
    """Return one measure for all states or pairs at once.

    Returns
    -------
    DataFrame
        Columns state, year (or a, b, year), value, low, high, coverage, status, source. The rows
        of an undirected measure have a < b.

    Raises
    ------
    TealeavesError
        As for `compute`.

    Examples
    --------
    >>> frame("gdp", years=(2000, 2000)).columns[:3]
    ['state', 'year', 'value']
    """
    declared = declaration(name)
    return values(declared, Inputs(opened(store), checked(years)))


def values(declared: Declaration, inputs: Inputs) -> pl.DataFrame:
    """Return all values of a measure that some inputs allow, within their years.

    A value outside the measure's declared range is null, and a warning is logged.

    Raises
    ------
    TealeavesError
        If the store lacks something.
    """
    keys = STATE if declared.subject == "state" else PAIR
    found = _frames(declared)[declared.name](inputs).select(*keys, *VALUE_COLUMNS)
    if inputs.years is not None:
        found = found.filter(pl.col("year").is_between(*inputs.years))
    if declared.subject == "pair" and not declared.directed:
        found = found.filter(pl.col("a") < pl.col("b"))
    return _possible(found, declared)


def series(
    declared: Declaration, names: Sequence[str], found: pl.DataFrame, store: Store
) -> Series:
    """Return the series of some resolved states from values of a measure that hold them.

    Parameters
    ----------
    declared
        The measure.
    names
        ISO codes, in the order asked for.
    found
        What `values` returns.
    store
        Where the values come from, for the citations.
    """
    columns = ("state",) if declared.subject == "state" else ("a", "b")
    sought = names if declared.directed else sorted(names)
    rows = found.filter(
        pl.col(column) == value for column, value in zip(columns, sought, strict=True)
    )
    figures = []
    before: tuple[str, str] | None = None
    for row in rows.sort("year").iter_rows(named=True):
        origin = (row["status"], row["source"])
        figures.append(
            Figure(
                measure=declared.name,
                args=tuple(names),
                year=row["year"],
                value=row["value"],
                unit=declared.unit,
                status=row["status"],
                source=row["source"],
                low=row["low"],
                high=row["high"],
                coverage=row["coverage"],
                after_break=before is not None and origin != before,
                note=_IMPOSSIBLE if row["value"] is None else "",
            )
        )
        before = origin
    return Series(
        measure=declared.name,
        args=tuple(names),
        unit=declared.unit,
        direction=declared.direction,
        channel=declared.channel,
        title=declared.title,
        figures=tuple(figures),
        sources=cited((figure.source for figure in figures), store),
        reference=declared.reference,
        notes=(declared.says, f"Formula: {declared.formula}."),
    )


def cited(sources: Iterable[str], store: Store) -> tuple[SourceRef, ...]:
    """Return what is needed to cite some "+"-joined source ids, each once, in first-seen order."""
    ids = {name: None for joined in sources for name in joined.split("+")}
    return tuple(store.sources[name] for name in ids)


def opened(store: Store | Path | str | None) -> Store:
    """Return an open store: the one given, the one in a folder, or the default one."""
    if store is None or isinstance(store, (str, Path)):
        from tealeaves.evidence.store import Store

        return Store.open(store)
    return store


def resolved(
    declared: Declaration, args: Sequence[str | int], where: str | None = None
) -> tuple[str, ...]:
    """Return the ISO codes of the states that a measure is asked for.

    Raises
    ------
    TealeavesError
        For a wrong number of states, an unknown or ambiguous one, or the same one twice.

    Examples
    --------
    >>> resolved(declaration("gdp"), [])
    Traceback (most recent call last):
    tealeaves.errors.TealeavesError: gdp: got 0 states; expected one state
    """
    if len(args) != declared.arity:
        number = "1 state" if len(args) == 1 else f"{len(args)} states"
        raise TealeavesError(
            f"got {number}",
            where=where or declared.name,
            expected="one state" if declared.arity == 1 else "two states",
        )
    if declared.arity == 1:
        return (states.resolve(args[0]).iso3,)
    first, second = states.resolve_pair(args[0], args[1])
    return first.iso3, second.iso3


def checked(years: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return years after a check.

    Raises
    ------
    TealeavesError
        For years that are reversed or outside the years that can be asked for.

    Examples
    --------
    >>> checked((2020, 1990))
    Traceback (most recent call last):
    tealeaves.errors.TealeavesError: years: 2020 is after 1990; expected the first year first
    """
    if years is None:
        return None
    first, last = years
    for year in (first, last):
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise TealeavesError(
                f"{year} is out of range", where="years", expected=f"{FIRST_YEAR} to {LAST_YEAR}"
            )
    if first > last:
        raise TealeavesError(
            f"{first} is after {last}", where="years", expected="the first year first"
        )
    return first, last


def _frames(declared: Declaration) -> Frames:
    """Return the table of functions of the module that a measure is declared to live in."""
    shipped = "." not in declared.module
    home = f"tealeaves.measures.{declared.module}" if shipped else declared.module
    frames: Frames = importlib.import_module(home).FRAMES
    if declared.name not in frames:
        raise TealeavesError(f"{home} does not compute {declared.name!r}")
    return frames


def _possible(found: pl.DataFrame, declared: Declaration) -> pl.DataFrame:
    """Empty the values that cannot be, such as a share above the whole: publishers err, too."""
    wrong = pl.lit(value=False)
    if declared.low is not None:
        wrong |= pl.col("value") < declared.low - _SLACK
    if declared.high is not None:
        wrong |= pl.col("value") > declared.high * (1 + _SLACK)
    outside = found.filter(wrong)
    if outside.is_empty():
        return found
    _log.warning(
        "%s: %d values outside %s to %s are left out, first %s",
        declared.name, len(outside), declared.low, declared.high, outside.row(0),
    )  # fmt: skip
    return found.with_columns(
        pl.when(wrong).then(None).otherwise(pl.col(name)).alias(name)
        for name in ("value", "low", "high")
    )
