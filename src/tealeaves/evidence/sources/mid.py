"""Militarized interstate disputes: threats, displays and uses of force between two states."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from tealeaves.evidence.base import Source, Table
from tealeaves.evidence.codes import unordered, with_iso3
from tealeaves.evidence.reading import check_unique, read_table

_FILE = "alliances_igos/cow_mid_ddydisps.csv"

SOURCE = Source(
    id="cow-mid",
    title="Militarized Interstate Disputes",
    publisher="Correlates of War Project",
    address="https://correlatesofwar.org/data-sets/mids/",
    version="5.0, dyad-years as in peacesciencer",
    licence="free for research with citation",
    citation="""@article{palmer_et_al_2022,
  author = {Palmer, Glenn and McManus, Roseanne W. and D'Orazio, Vito and Kenwick, Michael R. and
            Karstens, Mikaela and Bloch, Chase and Dietrich, Nick and Kahn, Kayla and
            Ritter, Kellan and Soules, Michael J.},
  title = {The {MID5} Dataset, 2011--2014: Procedures, Coding Rules, and Description},
  journal = {Conflict Management and Peace Science},
  volume = {39},
  number = {4},
  pages = {470--482},
  year = {2022}
}""",
    covers=(
        "disputes that began in a year, and the highest hostility of any under way (1 none, "
        "2 threat, 3 display, 4 use of force, 5 war; 0 without a dispute), 1816-2014"
    ),
    ships="rows",
    files=(_FILE,),
)


def tables(folder: Path) -> list[Table]:
    """Count disputes of each pair; a pair-year without a row has none.

    Raises
    ------
    TealeavesError
        The file is missing or malformed, or a dispute, directed pair and year occur twice.
    """
    names = ("dispnum", "ccode1", "ccode2", "year", "cowmidonset", "hostlev")
    frame = read_table(
        folder, _FILE, dict.fromkeys(names, pl.Float64), required=names
    ).with_columns(pl.col("ccode1", "ccode2").cast(pl.Int64), pl.col("year").cast(pl.Int32))
    check_unique(frame, ["dispnum", "ccode1", "ccode2", "year"], _FILE)
    for code, out in (("ccode1", "a"), ("ccode2", "b")):
        frame = with_iso3(frame, code, out, name=_FILE, outside="drop")
    # The file has each dispute once for a against b and once for b against a.
    counts = (
        unordered(frame)
        .group_by("a", "b", "year", "dispnum")
        .agg(pl.col("cowmidonset").max(), pl.col("hostlev").max())
        .group_by("a", "b", "year")
        .agg(
            pl.col("cowmidonset").sum().alias("dispute_onset"),
            pl.col("hostlev").max().alias("dispute_hostility"),
        )
    )
    rows = counts.unpivot(["dispute_onset", "dispute_hostility"], index=["a", "b", "year"]).filter(
        pl.col("value") > 0
    )
    variables = ("dispute_onset", "dispute_hostility")
    return [Table("mid", "pair-year", rows, variables, zeros=True)]
