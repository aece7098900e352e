"""Obligations of states to each other in treaties of alliance (ATOP)."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from tealeaves.evidence.base import Source, Table
from tealeaves.evidence.codes import with_iso3
from tealeaves.evidence.reading import check_unique, read_table

_FILE = "alliances_igos/atop_alliance_dyad_year.parquet"

SOURCE = Source(
    id="atop",
    title="Alliance Treaty Obligations and Provisions",
    publisher="ATOP Project, Rice University",
    address="http://www.atopdata.org",
    version="5.1, directed dyad-years as in peacesciencer",
    licence="free for research with citation",
    citation="""@article{leeds_et_al_2002,
  author = {Leeds, Brett Ashley and Ritter, Jeffrey M. and Mitchell, Sara McLaughlin and
            Long, Andrew G.},
  title = {Alliance Treaty Obligations and Provisions, 1815--1944},
  journal = {International Interactions},
  volume = {28},
  number = {3},
  pages = {237--260},
  year = {2002}
}""",
    covers=(
        "whether a is bound towards b to defend, to join an offence, to stay neutral, not to "
        "attack, to consult (1 or 0), 1815-2018"
    ),
    ships="rows",
    files=(_FILE,),
)

_PLEDGES = {
    "alliance_defense": "atop_defense",
    "alliance_offense": "atop_offense",
    "alliance_neutrality": "atop_neutral",
    "alliance_nonaggression": "atop_nonagg",
    "alliance_consultation": "atop_consul",
}


def tables(folder: Path) -> list[Table]:
    """Read the pledges in force; a pair-year without a row has none.

    Raises
    ------
    TealeavesError
        The file is missing or malformed, or a directed pair and year occur twice.
    """
    columns = dict.fromkeys(("ccode1", "ccode2", "year", *_PLEDGES.values()), pl.Float64)
    frame = read_table(folder, _FILE, columns, required=list(columns)).with_columns(
        pl.col("ccode1", "ccode2").cast(pl.Int64), pl.col("year").cast(pl.Int32)
    )
    check_unique(frame, ["ccode1", "ccode2", "year"], _FILE)
    for code, out in (("ccode1", "a"), ("ccode2", "b")):
        frame = with_iso3(frame, code, out, name=_FILE, outside="drop", one_number=True)
    rows = (
        frame.rename({column: name for name, column in _PLEDGES.items()})
        .unpivot(list(_PLEDGES), index=["a", "b", "year"])
        .filter(pl.col("value") > 0)
    )
    return [Table("atop", "pair-year", rows, tuple(_PLEDGES), directed=True, zeros=True)]
