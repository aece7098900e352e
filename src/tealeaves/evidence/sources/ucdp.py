"""Armed conflicts in which governments fight (UCDP/PRIO)."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from tealeaves.evidence.base import Source, Table
from tealeaves.evidence.codes import with_iso3
from tealeaves.evidence.existence import state_years
from tealeaves.evidence.reading import check_unique, read_table

_FILE = "covariates/ucdp_prio_acd_v25_1.csv"

SOURCE = Source(
    id="ucdp",
    title="UCDP/PRIO Armed Conflict Dataset",
    publisher="Uppsala Conflict Data Program; Peace Research Institute Oslo",
    address="https://ucdp.uu.se/downloads/",
    version="25.1",
    licence="CC BY 4.0",
    citation="""@article{gleditsch_et_al_2002,
  author = {Gleditsch, Nils Petter and Wallensteen, Peter and Eriksson, Mikael and
            Sollenberg, Margareta and Strand, H{\\aa}vard},
  title = {Armed Conflict 1946--2001: A New Dataset},
  journal = {Journal of Peace Research},
  volume = {39},
  number = {5},
  pages = {615--637},
  year = {2002}
}

@article{davies_et_al_2025,
  author = {Davies, Shawn and Pettersson, Therese and Sollenberg, Margareta and
            {\\"O}berg, Magnus},
  title = {Organized Violence 1989--2024},
  journal = {Journal of Peace Research},
  year = {2025}
}""",
    covers=(
        "conflicts in which a government is a main party (conflict_count), the highest level of "
        "any (conflict_intensity: 0 none, 1 from 25 deaths, 2 from 1,000 deaths in the year), and "
        "those it only joins with troops (conflict_support_count), 1946-2024"
    ),
    ships="rows",
    files=(_FILE,),
)

#: A princely state that fought in 1947 and 1948, in the publisher's list of states only.
_UNLISTED = (751,)

_VARIABLES = ("conflict_count", "conflict_intensity", "conflict_support_count")


def tables(folder: Path) -> list[Table]:
    """Count the conflicts of each government; the list is complete, so who is not in it has 0.

    Raises
    ------
    TealeavesError
        The file is missing or malformed, or a conflict and year occur twice.
    """
    sides = ("gwno_a", "gwno_b", "gwno_a_2nd", "gwno_b_2nd")
    frame = read_table(
        folder,
        _FILE,
        {"conflict_id": pl.Int64, "year": pl.Int32, "intensity_level": pl.Float64}
        | dict.fromkeys(sides, pl.String),
        required=["conflict_id", "year", "intensity_level", "gwno_a"],
    )
    check_unique(frame, ["conflict_id", "year"], _FILE)
    main = _parties(frame, sides[:2])
    support = _parties(frame, sides[2:]).join(main, on=["conflict_id", "year", "state"], how="anti")
    key = ["state", "year"]
    counts = (
        main.group_by(key)
        .agg(
            pl.len().cast(pl.Float64).alias("conflict_count"),
            pl.col("intensity_level").max().alias("conflict_intensity"),
        )
        .join(
            support.group_by(key).agg(pl.len().cast(pl.Float64).alias("conflict_support_count")),
            on=key,
            how="full",
            coalesce=True,
        )
    )
    years = frame["year"]
    every = state_years(int(years.min()), int(years.max()))  # type: ignore[arg-type]
    rows = (
        pl.concat([counts.select(key), every.select(key)])
        .unique()
        .join(counts, on=key, how="left")
        .with_columns(pl.col(*_VARIABLES).fill_null(0.0))
        .unpivot(_VARIABLES, index=key)
    )
    return [Table("ucdp", "state-year", rows, _VARIABLES)]


def _parties(frame: pl.DataFrame, columns: tuple[str, ...]) -> pl.DataFrame:
    """Return one row for each conflict, year and government named in ``columns``."""
    listed = pl.concat(
        frame.select(
            "conflict_id",
            "year",
            "intensity_level",
            pl.col(column).str.split(",").alias("code"),
        ).drop_nulls("code")
        for column in columns
    ).explode("code")
    coded = listed.with_columns(pl.col("code").str.strip_chars().cast(pl.Int64))
    return (
        with_iso3(
            coded, "code", "state", name=_FILE, system="gw", outside="nearest", leave_out=_UNLISTED
        )
        .drop("code")
        .unique()
    )
