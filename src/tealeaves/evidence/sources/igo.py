"""How many intergovernmental organisations two states are both full members of."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from tealeaves.evidence.base import Source, Table
from tealeaves.evidence.codes import unordered, with_iso3
from tealeaves.evidence.reading import check_unique, read_table

_FILE = "alliances_igos/cow_igo_joint_membership_dyad_year.parquet"

SOURCE = Source(
    id="cow-igo",
    title="Intergovernmental Organizations",
    publisher="Correlates of War Project",
    address="https://correlatesofwar.org/data-sets/igos/",
    version="3.0, dyad-years as in peacesciencer",
    licence="free for research with citation",
    citation="""@article{pevehouse_et_al_2020,
  author = {Pevehouse, Jon C. W. and Nordstrom, Timothy and McManus, Roseanne W. and
            Jamison, Anne Spencer},
  title = {Tracking Organizations in the World: The Correlates of War IGO Version 3.0 Datasets},
  journal = {Journal of Peace Research},
  volume = {57},
  number = {3},
  pages = {492--503},
  year = {2020}
}""",
    covers="number of organisations of which both states are full members, 1816-2014",
    ships="rows",
    files=(_FILE,),
)


def tables(folder: Path) -> list[Table]:
    """Read the counts; every pair of states that the source covers has a row, zeros included.

    Raises
    ------
    TealeavesError
        The file is missing or malformed, or a pair and year occur twice.
    """
    columns = dict.fromkeys(("ccode1", "ccode2", "year", "dyadigos"), pl.Float64)
    frame = read_table(folder, _FILE, columns, required=list(columns)).with_columns(
        pl.col("ccode1", "ccode2").cast(pl.Int64), pl.col("year").cast(pl.Int32)
    )
    check_unique(frame, ["ccode1", "ccode2", "year"], _FILE)
    for code, out in (("ccode1", "a"), ("ccode2", "b")):
        frame = with_iso3(frame, code, out, name=_FILE, outside="drop", one_number=True)
    rows = unordered(frame).select(
        "a",
        "b",
        "year",
        pl.lit("joint_organisations").alias("variable"),
        pl.col("dyadigos").alias("value"),
    )
    return [Table("igo", "pair-year", rows, ("joint_organisations",))]
