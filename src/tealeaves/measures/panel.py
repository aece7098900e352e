"""Measures of all states or all pairs side by side, a row a state-year or pair-year."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import polars as pl

from tealeaves.errors import TealeavesError, nearest
from tealeaves.evidence.existence import pair_years, state_years
from tealeaves.measures.declarations import Declaration, declaration, declarations
from tealeaves.measures.frames import PAIR, STATE, reverse
from tealeaves.measures.inputs import Inputs
from tealeaves.measures.registry import checked, opened, values

if TYPE_CHECKING:
    from tealeaves.evidence.store import Store


def panel_measures(
    kind: Literal["states", "pairs"],
    names: Sequence[str],
    *,
    years: tuple[int, int],
    store: Store | Path | str | None = None,
) -> pl.DataFrame:
    """Return measures of all states or all pairs that exist, in columns.

    Parameters
    ----------
    kind
        "states" or "pairs".
    names
        Measures of that kind.
    years
        First and last year, both included.
    store
        An open store, its folder, or None for the default one.

    Returns
    -------
    DataFrame
        state, year (or a, b, year), then for each measure ``NAME`` with the value, ``NAME_status``,
        ``NAME_coverage`` and ``NAME_source``. A gap is null. Pairs stand in both orders if any of
        the measures is directed, and once with a < b if none is.

    Raises
    ------
    TealeavesError
        For no measure, an unknown one, one given twice or of the other kind, years reversed or out
        of range, or a store without what a measure needs.

    Examples
    --------
    >>> panel_measures("states", ["export_share"], years=(2000, 2001))
    Traceback (most recent call last):
    tealeaves.errors.TealeavesError: panel: 'export_share' is a measure of pairs; expected ...
    """
    declared = _chosen(kind, names)
    span = checked(years)
    if span is None:
        raise TealeavesError("no years", where="panel", expected="the first and the last year")
    inputs = Inputs(opened(store), span)
    directed = any(one.directed for one in declared)
    keys = STATE if kind == "states" else PAIR
    table = (
        state_years(*span) if kind == "states" else pair_years(*span, directed=directed).collect()
    )
    for one in declared:
        found = values(one, inputs)
        if kind == "pairs" and directed and not one.directed:
            found = pl.concat([found, reverse(found)])
        columns = (
            pl.col(part).alias(one.name if part == "value" else f"{one.name}_{part}")
            for part in ("value", "status", "coverage", "source")
        )
        table = table.join(found.select(*keys, *columns), on=keys, how="left")
    return table.sort(keys)


def _chosen(kind: str, names: Sequence[str]) -> list[Declaration]:
    if kind not in {"states", "pairs"}:
        raise TealeavesError(f"unknown kind {kind!r}", where="panel", expected="states or pairs")
    if not names:
        raise TealeavesError("no measures", where="panel", expected="at least one name")
    declared = [declaration(name) for name in names]
    for position, one in enumerate(declared):
        if f"{one.subject}s" != kind:
            same = [other.name for other in declarations().values() if other.subject != one.subject]
            raise TealeavesError(
                f"{one.name!r} is a measure of {one.subject}s",
                where="panel",
                expected=f"measures of {kind}",
                nearest=nearest(one.name, same),
            )
        if one in declared[:position]:
            raise TealeavesError(f"{one.name!r} is given twice", where="panel")
    return declared
