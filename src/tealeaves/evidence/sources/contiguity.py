"""Direct contiguity of states: by land, or how much water lies between (Correlates of War)."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from tealeaves.errors import TealeavesError
from tealeaves.evidence.base import Source, Table
from tealeaves.evidence.codes import unordered, with_iso3
from tealeaves.evidence.reading import check_unique, read_table

_FILE = "alliances_igos/cow_contdir.csv"

SOURCE = Source(
    id="cow-contiguity",
    title="Direct Contiguity",
    publisher="Correlates of War Project",
    address="https://correlatesofwar.org/data-sets/direct-contiguity/",
    version="3.2, spells as in peacesciencer",
    licence="free for research with citation",
    citation="""@article{stinnett_et_al_2002,
  author = {Stinnett, Douglas M. and Tir, Jaroslav and Schafer, Philip and Diehl, Paul F. and
            Gochman, Charles},
  title = {The Correlates of War Project Direct Contiguity Data, Version 3},
  journal = {Conflict Management and Peace Science},
  volume = {19},
  number = {2},
  pages = {59--67},
  year = {2002}
}""",
    covers=(
        "type of contiguity (1 land or river border; water of at most 2 twelve, 3 twenty-four, "
        "4 a hundred and fifty, 5 four hundred miles; 0 more), 1816-2016"
    ),
    ships="rows",
    files=(_FILE,),
)

_KEYS = ("ccode1", "ccode2", "stdate")
_TYPES = (0, 5)


def tables(folder: Path) -> list[Table]:
    """Read the spells as pair-years; a pair-year without a row is not contiguous (0).

    A year counts from the first to the last in which a spell ran; where two meet in one year, the
    closer is taken.

    Raises
    ------
    TealeavesError
        The file is missing or malformed, a type is none of 0 to 5, a spell ends before it begins,
        or a directed pair and first date occur twice.
    """
    columns = {
        "ccode1": pl.Float64, "ccode2": pl.Float64, "conttype": pl.Float64,
        "stdate": pl.Date, "enddate": pl.Date,
    }  # fmt: skip
    frame = read_table(folder, _FILE, columns, required=list(columns))
    check_unique(frame, _KEYS, _FILE)
    _check(frame)
    years = pl.int_ranges(
        pl.col("stdate").dt.year(), pl.col("enddate").dt.year() + 1, dtype=pl.Int32
    )
    frame = (
        frame.filter(pl.col("conttype") > 0)
        .with_columns(pl.col("ccode1", "ccode2").cast(pl.Int64), years.alias("year"))
        .explode("year")
    )
    for code, out in (("ccode1", "a"), ("ccode2", "b")):
        frame = with_iso3(frame, code, out, name=_FILE, outside="drop", one_number=True)
    # The file has each spell once for a towards b and once for b towards a.
    rows = (
        unordered(frame)
        .group_by("a", "b", "year")
        .agg(pl.col("conttype").min().alias("value"))
        .with_columns(pl.lit("contiguity").alias("variable"))
    )
    return [Table("contiguity", "pair-year", rows, ("contiguity",), zeros=True)]


def _check(frame: pl.DataFrame) -> None:
    kind = pl.col("conttype")
    wrong = frame.select(~kind.is_between(*_TYPES) | (kind != kind.round())).to_series().arg_true()
    if len(wrong):
        raise TealeavesError(
            f"unknown type {frame['conttype'][int(wrong[0])]}",
            where=f"{_FILE}, row {wrong[0] + 1}, column 'conttype'",
            expected="a whole number from 0 to 5",
        )
    wrong = (frame["enddate"] < frame["stdate"]).arg_true()
    if len(wrong):
        raise TealeavesError(
            f"the spell ends before it begins, on {frame['enddate'][int(wrong[0])]}",
            where=f"{_FILE}, row {wrong[0] + 1}, column 'enddate'",
            expected=f"a day not before {frame['stdate'][int(wrong[0])]}",
        )
