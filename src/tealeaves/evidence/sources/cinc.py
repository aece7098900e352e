"""National material capabilities: the Composite Index of National Capability and its parts."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from tealeaves.evidence.base import Source, Table
from tealeaves.evidence.codes import with_iso3
from tealeaves.evidence.reading import check_unique, read_table

_FILE = "covariates/cow_nmc.csv"

SOURCE = Source(
    id="cow-nmc",
    title="National Material Capabilities",
    publisher="Correlates of War Project",
    address="https://correlatesofwar.org/data-sets/national-material-capabilities/",
    version="to 2022, as in peacesciencer",
    licence="free for research with citation",
    citation="""@incollection{singer_bremer_stuckey_1972,
  author = {Singer, J. David and Bremer, Stuart and Stuckey, John},
  title = {Capability Distribution, Uncertainty, and Major Power War, 1820--1965},
  booktitle = {Peace, War, and Numbers},
  editor = {Russett, Bruce},
  publisher = {Sage},
  year = {1972},
  pages = {19--48}
}

@article{singer_1987,
  author = {Singer, J. David},
  title = {Reconstructing the Correlates of War Dataset on Material Capabilities of States,
           1816--1985},
  journal = {International Interactions},
  volume = {14},
  pages = {115--132},
  year = {1987}
}""",
    covers=(
        "share of world capability (cinc, 0 to 1) and its parts: milex (thousand current USD, "
        "before 1914 GBP), milper (thousands), irst (thousand tons), pec (thousand tons of coal "
        "equivalent), tpop and upop (thousands), 1816-2022"
    ),
    ships="rows",
    files=(_FILE,),
)

_VARIABLES = ("cinc", "irst", "milex", "milper", "pec", "tpop", "upop")

#: Figures are kept to this many digits; the index is published with no more.
_DIGITS = 8


def tables(folder: Path) -> list[Table]:
    """Read index and components; -9 is the publisher's sign for a gap.

    Raises
    ------
    TealeavesError
        The file is missing or malformed, or a state and year occur twice.
    """
    columns = {"ccode": pl.Float64, "year": pl.Float64} | dict.fromkeys(_VARIABLES, pl.Float64)
    frame = read_table(folder, _FILE, columns, required=["ccode", "year"]).with_columns(
        pl.col("ccode").cast(pl.Int64), pl.col("year").cast(pl.Int32)
    )
    check_unique(frame, ["ccode", "year"], _FILE)
    rows = (
        with_iso3(frame, "ccode", "state", name=_FILE, one_number=True)
        .unpivot(_VARIABLES, index=["state", "year"])
        .filter(pl.col("value").is_not_null() & (pl.col("value") != -9))
        .with_columns(pl.col("value").round_sig_figs(_DIGITS))
    )
    return [Table("cinc", "state-year", rows, tuple(sorted(rows["variable"].unique())))]
