"""What every source module hands over: a `Source` that says what it is, and tidy `Table`s.

A source module has two names: ``SOURCE``, a `Source`, and ``tables(folder)``, which reads the
publisher's files below ``folder`` and returns a list of `Table`. The build needs nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

import polars as pl

from tealeaves.errors import TealeavesError, nearest
from tealeaves.figure import STATUSES

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What may be shipped: its rows, only what we reconcile or compute from it, or nothing.
Ships = Literal["rows", "reconciled", "no"]

Shape = Literal[
    "state-year",
    "pair-year",
    "roll-call",
    "spell",
    "trade",
    "trade-totals",
    "world-trade",
    "published-figures",
]

_VALUES: dict[str, pl.DataType] = {
    "variable": pl.String(),
    "value": pl.Float64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "status": pl.String(),
    "source": pl.String(),
}

#: Columns and types of each shape, in the order in which they are stored.
SHAPES: Mapping[str, Mapping[str, pl.DataType]] = {
    "state-year": {"state": pl.String(), "year": pl.Int32(), **_VALUES},
    "pair-year": {"a": pl.String(), "b": pl.String(), "year": pl.Int32(), **_VALUES},
    "roll-call": {
        "state": pl.String(),
        "session": pl.Int16(),
        "year": pl.Int16(),
        "rcid": pl.Int32(),
        "vote": pl.Int8(),
        "source": pl.String(),
    },
    "spell": {
        "state": pl.String(),
        "other": pl.String(),
        "start": pl.Date(),
        "end": pl.Date(),
        "kind": pl.String(),
        "label": pl.String(),
        "value": pl.Float64(),
        "source": pl.String(),
        "status": pl.String(),
    },
    "trade": {
        "a": pl.String(),
        "b": pl.String(),
        "year": pl.Int32(),
        "usd_mn": pl.Float64(),
        "status": pl.String(),
        "source": pl.String(),
    },
    "trade-totals": {
        "a": pl.String(),
        "year": pl.Int32(),
        "exports": pl.Float64(),
        "imports": pl.Float64(),
        "imports_fob": pl.Float64(),
        "exports_status": pl.String(),
        "imports_status": pl.String(),
        "exports_source": pl.String(),
        "imports_source": pl.String(),
        "coverage": pl.Float64(),
    },
    "world-trade": {"year": pl.Int32(), "usd_mn": pl.Float64(), "source": pl.String()},
    "published-figures": {
        "id": pl.String(),
        "topic": pl.String(),
        "subject": pl.String(),
        "object": pl.String(),
        "quantity": pl.String(),
        "unit": pl.String(),
        "year": pl.Int32(),
        "date": pl.String(),
        "value": pl.Float64(),
        "low": pl.Float64(),
        "high": pl.Float64(),
        "title": pl.String(),
        "publisher": pl.String(),
        "address": pl.String(),
        "read_on": pl.String(),
        "note": pl.String(),
    },
}

#: Columns that together may occur once only; they are also the order of the rows.
KEYS: Mapping[str, tuple[str, ...]] = {
    "state-year": ("variable", "state", "year"),
    "pair-year": ("variable", "a", "b", "year"),
    "roll-call": ("rcid", "state"),
    "spell": ("kind", "state", "other", "start", "label"),
    "trade": ("a", "b", "year"),
    "trade-totals": ("a", "year"),
    "world-trade": ("year",),
    "published-figures": ("id",),
}

#: Columns that may be empty; a gap is an absent row, or a null value.
_MAY_BE_NULL: Mapping[str, set[str]] = {
    "state-year": {"value", "low", "high"},
    "pair-year": {"value", "low", "high"},
    "roll-call": set(),
    "spell": {"other", "end", "label", "value"},
    "trade": {"usd_mn"},
    "trade-totals": set(SHAPES["trade-totals"]) - {"a", "year"},
    "world-trade": set(),
    "published-figures": set(SHAPES["published-figures"]) - {"id", "quantity", "publisher"},
}


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader needs to find a data set again, and what may be done with it.

    ``files`` are names relative to the folder of raw files; all must be there for the source to
    be built. ``citation`` is one BibTeX entry. ``covers`` says in one line what and which years.
    """

    id: str
    title: str
    publisher: str
    address: str
    version: str
    licence: str
    citation: str
    covers: str
    ships: Ships
    files: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A tidy table of one of the shapes in `SHAPES`.

    ``frame`` needs the columns of its shape, in any order. Those named ``low``, ``high``,
    ``other``, ``end``, ``status`` and ``source`` may be left out: they become null, null, null,
    null, "reported" and the id of the source. ``variables`` are the names found in the column
    ``variable`` (empty for shapes without it). In an undirected pair-year table a < b. With
    ``zeros`` a row that is absent, between the table's first and last year and for states that
    exist, means zero, because the source lists all that happened; otherwise it means a gap.
    """

    id: str  #: also the name of its file
    shape: Shape
    frame: pl.DataFrame
    variables: tuple[str, ...] = ()
    directed: bool = False
    zeros: bool = False


class SourceModule(Protocol):
    """The two names that a module in ``sources/``, or a plug-in, must have."""

    SOURCE: Source

    def tables(self, folder: Path) -> list[Table]:
        """Read the publisher's files below ``folder``."""
        ...


def tidy(table: Table, source: str) -> pl.DataFrame:
    """Return the frame of ``table`` with all columns of its shape, typed, checked and sorted.

    Raises
    ------
    TealeavesError
        For a column that is missing, unknown or of a type that cannot be cast without loss, a null
        where a value must be, a duplicate key, an undirected pair out of order, or a difference
        between the variables declared and found.

    Examples
    --------
    >>> import polars as pl
    >>> rows = pl.DataFrame({"state": ["BBB", "AAA"], "year": [2000, 2000],
    ...                      "variable": ["gdp", "gdp"], "value": [2.0, 1.0]})
    >>> tidy(Table("t", "state-year", rows, ("gdp",)), "demo")["state"].to_list()
    ['AAA', 'BBB']
    """
    where = f"table {table.id} of source {source}"
    shape = SHAPES[table.shape]
    frame = _with_defaults(table.frame, shape, source)
    missing = [name for name in shape if name not in frame.columns]
    unknown = [name for name in frame.columns if name not in shape]
    if missing or unknown:
        wrong = f"no column {missing[0]!r}" if missing else f"a column {unknown[0]!r} too many"
        raise TealeavesError(
            wrong,
            where=where,
            expected=", ".join(shape),
            nearest=nearest((missing or unknown)[0], frame.columns if missing else shape),
        )
    try:
        frame = frame.select(pl.col(name).cast(dtype) for name, dtype in shape.items())
    except pl.exceptions.PolarsError as error:
        raise TealeavesError(str(error).splitlines()[0], where=where) from error
    _check_rows(frame, table, where)
    return frame.sort(KEYS[table.shape], maintain_order=True)


def _with_defaults(
    frame: pl.DataFrame, shape: Mapping[str, pl.DataType], source: str
) -> pl.DataFrame:
    defaults: dict[str, str | None] = {
        "low": None, "high": None, "other": None, "end": None,
        "status": "reported", "source": source,
    }  # fmt: skip
    return frame.with_columns(
        pl.lit(value, dtype=shape[name]).alias(name)
        for name, value in defaults.items()
        if name in shape and name not in frame.columns
    )


def _check_rows(frame: pl.DataFrame, table: Table, where: str) -> None:
    for name in frame.columns:
        if name not in _MAY_BE_NULL[table.shape] and frame[name].null_count():
            row = frame.filter(pl.col(name).is_null()).row(0)
            raise TealeavesError(f"column {name!r} is empty in the row {row}", where=where)
    for name, dtype in frame.schema.items():
        if dtype.is_float() and not frame[name].drop_nulls().is_finite().all():
            row = frame.filter(~pl.col(name).is_finite()).row(0)
            raise TealeavesError(f"column {name!r} is not finite in the row {row}", where=where)
    for name in (column for column in frame.columns if column.endswith("status")):
        strange = set(frame[name].drop_nulls().unique()) - set(STATUSES)
        if strange:
            raise TealeavesError(
                f"unknown status {min(strange)!r}", where=where, expected=", ".join(STATUSES)
            )
    keys = list(KEYS[table.shape])
    twice = frame.filter(frame.select(keys).is_duplicated())
    if len(twice):
        raise TealeavesError(
            f"{len(twice)} rows share a key, first {twice.row(0)}",
            where=where,
            expected=f"one row for each {', '.join(keys)}",
        )
    if table.shape in {"pair-year", "trade"}:
        wrong = frame.filter(
            pl.col("a") == pl.col("b") if table.directed else pl.col("a") >= pl.col("b")
        )
        if len(wrong):
            raise TealeavesError(
                f"a wrong pair, first {wrong.row(0)}",
                where=where,
                expected="two different states" if table.directed else "a before b",
            )
    if "variable" in frame.columns:
        found, said = set(frame["variable"].unique()), set(table.variables)
        # Where a row that is absent means zero, a variable may have no rows at all.
        if found - said or (said - found and not table.zeros):
            raise TealeavesError(
                f"variables differ from those declared: {sorted(found ^ said)}", where=where
            )
