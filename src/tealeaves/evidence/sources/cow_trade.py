"""Correlates of War, dyadic trade: imports as the importer reports them, 1870-2014.

A row names two states and a year; ``flow1`` is what the first imports from the second, in current
USD million, CIF where the importer reports. Each pair is there in both orders, so only ``flow1``
is read. A zero does not tell "no trade" from "below half a million" or "no report", and a gap is
not filled: rows that are zero or empty are left out.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from tealeaves.errors import TealeavesError
from tealeaves.evidence.base import Source, Table
from tealeaves.evidence.codes import with_iso3
from tealeaves.evidence.reading import check_unique, read_table

FILE = "trade/cow_trade_dyadic_v4.parquet"

SOURCE = Source(
    id="cow-trade",
    title="Correlates of War Project Trade Data Set, Version 4.0",
    publisher="Correlates of War Project",
    address="https://correlatesofwar.org/data-sets/bilateral-trade/",
    version="4.0",
    licence="citation required; figures reconciled and computed here ship with attribution",
    citation=(
        "@article{barbieri2009,\n"
        "  author = {Barbieri, Katherine and Keshk, Omar M. G. and Pollins, Brian M.},\n"
        "  title = {Trading Data: Evaluating our Assumptions and Coding Rules},\n"
        "  journal = {Conflict Management and Peace Science},\n"
        "  volume = {26}, number = {5}, pages = {471--491}, year = {2009},\n"
        "  doi = {10.1177/0738894209343887}\n"
        "}"
    ),
    covers="directed imports of states, 1870-2014",
    ships="reconciled",
    files=(FILE,),
)


def tables(folder: Path) -> list[Table]:  # noqa: ARG001 - the form that every source has
    """Return no table: the rows ship only reconciled, in :mod:`tealeaves.evidence.trade`.

    Examples
    --------
    >>> tables(Path())
    []
    """
    return []


def imports(folder: Path) -> pl.DataFrame:
    """Return importer-reported imports: a (exporter), b (importer), year, usd_mn (CIF), all > 0.

    States are named by ISO code; a number that was no member of the state system in the row's
    year takes the state that had it nearest to that year.

    Raises
    ------
    TealeavesError
        A missing or renamed column, a wrong type, an unknown state number, a duplicate, a value
        below 0, a year out of range.

    Examples
    --------
    >>> imports(Path("nowhere"))
    Traceback (most recent call last):
    tealeaves.errors.TealeavesError: nowhere/...: no such file; expected the table ...
    """
    columns = {"ccode1": pl.Int32, "ccode2": pl.Int32, "year": pl.Int32, "flow1": pl.Float64}
    frame = read_table(folder, FILE, columns, required=("ccode1", "ccode2", "year"))
    check_unique(frame, ["ccode1", "ccode2", "year"], FILE)
    negative = (frame["flow1"] < 0).fill_null(value=False).arg_true()
    if len(negative):
        raise TealeavesError(
            f"the value {frame['flow1'][int(negative[0])]} is impossible",
            where=f"{FILE}, row {negative[0] + 1}, column 'flow1'",
            expected="USD million, 0 or more, or empty",
        )
    outside = (~frame["year"].is_between(1800, 2100)).arg_true()
    if len(outside):
        raise TealeavesError(
            f"the year {frame['year'][int(outside[0])]} is out of range",
            where=f"{FILE}, row {outside[0] + 1}, column 'year'",
            expected="a year from 1800 to 2100",
        )
    frame = frame.filter(pl.col("flow1") > 0)
    frame = with_iso3(frame, "ccode2", "a", name=FILE, outside="nearest")
    frame = with_iso3(frame, "ccode1", "b", name=FILE, outside="nearest")
    return (
        frame.filter(pl.col("a") != pl.col("b"))
        .group_by("a", "b", "year")
        .agg(pl.col("flow1").sum().alias("usd_mn"))
        .sort("a", "b", "year")
    )
