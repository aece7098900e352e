"""Published ideal points of states in the General Assembly (Bailey, Strezhnev & Voeten)."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from tealeaves.evidence.base import Source, Table
from tealeaves.evidence.codes import with_iso3
from tealeaves.evidence.reading import check_unique, read_table

_FILE = "unvotes/idealpoints_july2025.csv"

SOURCE = Source(
    id="ideal-points",
    title="United Nations General Assembly ideal point estimates",
    publisher="Erik Voeten, Anton Strezhnev, Michael Bailey (Harvard Dataverse)",
    address="https://doi.org/10.7910/DVN/LEJUQZ",
    version="July 2025",
    licence="CC0 1.0",
    citation="""@article{bailey_strezhnev_voeten_2017,
  author = {Bailey, Michael A. and Strezhnev, Anton and Voeten, Erik},
  title = {Estimating Dynamic State Preferences from United Nations Voting Data},
  journal = {Journal of Conflict Resolution},
  volume = {61},
  number = {2},
  pages = {430--456},
  year = {2017},
  doi = {10.1177/0022002715595700}
}""",
    covers=(
        "position of each member on the main dimension of votes on final passage, by calendar "
        "year, 1946-2024; low and high are the 5 % and 95 % quantiles of the posterior"
    ),
    ships="rows",
    files=(_FILE,),
)


def tables(folder: Path) -> list[Table]:
    """Read the estimates from votes on final passage; years without enough votes are left out.

    Raises
    ------
    TealeavesError
        The file is missing or malformed, a state and year occur twice, or an interval does not
        hold its estimate.
    """
    frame = read_table(
        folder,
        _FILE,
        {
            "ccode": pl.Int64,
            "year": pl.Float64,
            "idealpointfp": pl.Float64,
            "q5fp": pl.Float64,
            "q95fp": pl.Float64,
        },
        required=["ccode", "year"],
    ).with_columns(pl.col("year").cast(pl.Int32))
    check_unique(frame, ["ccode", "year"], _FILE)
    frame = with_iso3(
        frame.drop_nulls("idealpointfp"),
        "ccode",
        "state",
        name=_FILE,
        outside="nearest",
        one_number=True,
    ).select(
        "state",
        "year",
        pl.lit("ideal_point").alias("variable"),
        pl.col("idealpointfp").alias("value"),
        pl.col("q5fp").alias("low"),
        pl.col("q95fp").alias("high"),
    )
    return [Table("ideal_points", "state-year", frame, ("ideal_point",))]
