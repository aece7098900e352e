"""Who governed, from when to when: Archigos to 2015, REIGN from there to March 2021."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from tealeaves.evidence.base import Source, Table
from tealeaves.evidence.codes import with_iso3
from tealeaves.evidence.reading import check_unique, read_table

_ARCHIGOS = "covariates/archigos.csv"
_REIGN = "covariates/reign_leaderlist_3_21.csv"

SOURCE = Source(
    id="leaders",
    title="Spells of leaders: Archigos and REIGN",
    publisher="Goemans, Gleditsch & Chiozza; One Earth Future (REIGN)",
    address="https://www.rochester.edu/college/faculty/hgoemans/data.htm",
    version="Archigos 4.1 (to 2015); REIGN March 2021",
    licence="Archigos: free for research with citation; REIGN: MIT",
    citation="""@article{goemans_gleditsch_chiozza_2009,
  author = {Goemans, Henk E. and Gleditsch, Kristian Skrede and Chiozza, Giacomo},
  title = {Introducing Archigos: A Dataset of Political Leaders},
  journal = {Journal of Peace Research},
  volume = {46},
  number = {2},
  pages = {269--283},
  year = {2009}
}

@misc{bell_2016,
  author = {Bell, Curtis},
  title = {The Rulers, Elections, and Irregular Governance Dataset (REIGN)},
  publisher = {OEF Research},
  year = {2016}
}""",
    covers=(
        "effective leaders, 1840 to March 2021, with year of birth; who was in office when the "
        "list ended has no end, and who came later is a gap"
    ),
    ships="rows",
    files=(_ARCHIGOS, _REIGN),
)

#: States of the nineteenth and early twentieth century in the publisher's list of states only.
_UNLISTED = (563, 564, 711, 815)

#: The last day of Archigos; whoever is in office then is taken over by REIGN.
_SEAM = pl.date(2015, 12, 31)


def tables(folder: Path) -> list[Table]:
    """Join the two lists: Archigos for spells that end by 2015, REIGN for those that go on.

    REIGN gives the month in which a spell ends. Its end is then the day on which the next one
    starts, if that is in the same month, and else the last day of the month, with the status
    "interpolated". The same holds for a start that was moved so as not to run into the spell
    before, where the two lists name different offices. A leader in office at the end of Archigos
    whose state REIGN lacks is cut there, with that status too.

    Raises
    ------
    TealeavesError
        A file is missing or malformed, or a spell occurs twice.
    """
    archigos = _archigos(folder)
    reign = _reign(folder)
    closed = archigos.filter(~pl.col("open")).drop("open")
    cut = (
        archigos.filter("open")
        .drop("open")
        .join(reign, on="state", how="anti")
        .with_columns(status=pl.lit("interpolated"))
    )
    last = closed.group_by("state").agg(pl.col("end").max().alias("before"))
    later = (
        reign.join(last, on="state", how="left")
        .filter(pl.col("before").is_null() | pl.col("end").is_null() | (pl.col("end") > _SEAM))
        .with_columns(
            start=pl.max_horizontal("start", "before"),
            status=pl.when(pl.col("start") < pl.col("before"))
            .then(pl.lit("interpolated"))
            .otherwise("status"),
        )
        .filter(pl.col("end").is_null() | (pl.col("start") <= pl.col("end")))
        .drop("before")
    )
    rows = pl.concat([closed, cut, later.select(closed.columns)]).with_columns(
        kind=pl.lit("leader"), other=pl.lit(None, dtype=pl.String)
    )
    return [Table("leaders", "spell", rows)]


def _archigos(folder: Path) -> pl.DataFrame:
    frame = read_table(
        folder,
        _ARCHIGOS,
        {
            "gwcode": pl.Float64,
            "leader": pl.String,
            "yrborn": pl.Float64,
            "startdate": pl.Date,
            "enddate": pl.Date,
            "exit": pl.String,
        },
        required=["gwcode", "leader", "startdate", "enddate", "exit"],
    ).with_columns(pl.col("gwcode").cast(pl.Int64), year=pl.col("startdate").dt.year())
    check_unique(frame, ["gwcode", "leader", "startdate"], _ARCHIGOS)
    frame = with_iso3(
        frame,
        "gwcode",
        "state",
        name=_ARCHIGOS,
        system="gw",
        outside="nearest",
        leave_out=_UNLISTED,
    )
    return frame.select(
        "state",
        pl.col("startdate").alias("start"),
        pl.col("enddate").alias("end"),
        pl.col("leader").str.strip_chars().alias("label"),
        _birth_year("yrborn"),
        pl.lit("reported").alias("status"),
        (pl.col("exit") == "Still in Office").alias("open"),
    )


def _reign(folder: Path) -> pl.DataFrame:
    numbers = ("sdate", "smonth", "syear", "emonth", "eyear", "birthyear")
    frame = read_table(
        folder,
        _REIGN,
        {"ccode": pl.Int64, "leader": pl.String} | dict.fromkeys(numbers, pl.Float64),
        required=["ccode", "leader", *numbers[:3]],
    ).with_columns(pl.col(numbers[:5]).cast(pl.Int32))
    frame = frame.with_columns(
        start=pl.date("syear", "smonth", "sdate"),
        month_end=pl.date("eyear", "emonth", 1).dt.month_end(),
        year=pl.col("syear"),
    )
    check_unique(frame, ["ccode", "leader", "start"], _REIGN)
    frame = with_iso3(frame, "ccode", "state", name=_REIGN, outside="nearest").sort(
        "state", "start", "leader"
    )
    following = pl.col("start").shift(-1).over("state")
    same_month = following.dt.month_end() == pl.col("month_end")
    return frame.select(
        "state",
        "start",
        pl.when(same_month).then(following).otherwise("month_end").alias("end"),
        pl.col("leader").str.strip_chars().alias("label"),
        _birth_year("birthyear"),
        pl.when(same_month | pl.col("month_end").is_null())
        .then(pl.lit("reported"))
        .otherwise(pl.lit("interpolated"))
        .alias("status"),
    )


def _birth_year(column: str) -> pl.Expr:
    """Take the year of birth; the lists write negative numbers where they do not know it."""
    return pl.when(pl.col(column) > 0).then(column).alias("value")
