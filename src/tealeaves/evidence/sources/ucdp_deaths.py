"""Deaths in fighting on a state's territory, as compiled from UCDP by Our World in Data."""

from __future__ import annotations

import csv
from importlib import resources
from pathlib import Path

import polars as pl

from tealeaves import states
from tealeaves.errors import TealeavesError
from tealeaves.evidence.base import Source, Table
from tealeaves.evidence.reading import check_unique, read_table

_FILE = "covariates/owid_ucdp_conflict_deaths_country.csv"
_COLUMN = "Violent deaths in conflicts and one-sided violence (UCDP 2019)"

SOURCE = Source(
    id="ucdp-deaths",
    title="Conflict deaths by country (UCDP 2019)",
    publisher="Our World in Data, from the Uppsala Conflict Data Program",
    address="https://github.com/owid/owid-datasets",
    version="UCDP 2019",
    licence="CC BY 4.0",
    citation="""@article{sundberg_melander_2013,
  author = {Sundberg, Ralph and Melander, Erik},
  title = {Introducing the {UCDP} Georeferenced Event Dataset},
  journal = {Journal of Peace Research},
  volume = {50},
  number = {4},
  pages = {523--532},
  year = {2013}
}""",
    covers=(
        "deaths in conflicts and in violence against civilians, by where they happened and not by "
        "the side of the dead, 1989-2018"
    ),
    ships="rows",
    files=(_FILE,),
)


def tables(folder: Path) -> list[Table]:
    """Read the deaths by state.

    Raises
    ------
    TealeavesError
        The file is missing or malformed, a state and year occur twice, or a name is neither a
        state's nor in ``tables/owid_names.csv`` (where a name without a code is no state).
    """
    frame = read_table(
        folder,
        _FILE,
        {"Entity": pl.String, "Year": pl.Int32, _COLUMN: pl.Float64},
        required=["Entity", "Year"],
    )
    check_unique(frame, ["Entity", "Year"], _FILE)
    names = _names()
    codes = {name: _iso3(name, names) for name in frame["Entity"].unique().sort()}
    rows = frame.select(
        pl.col("Entity").replace_strict(codes, return_dtype=pl.String).alias("state"),
        pl.col("Year").alias("year"),
        pl.lit("battle_deaths").alias("variable"),
        pl.col(_COLUMN).alias("value"),
    ).drop_nulls(["state", "value"])
    return [Table("ucdp_deaths", "state-year", rows, ("battle_deaths",))]


def _names() -> dict[str, str | None]:
    """Read the publisher's names that our list of states does not know, or finds ambiguous."""
    path = resources.files("tealeaves.evidence.sources") / "tables" / "owid_names.csv"
    with path.open(encoding="utf-8") as file:
        return {row["name"]: row["iso3"] or None for row in csv.DictReader(file)}


def _iso3(name: str, names: dict[str, str | None]) -> str | None:
    if name in names:
        return names[name]
    try:
        return states.resolve(name).iso3
    except TealeavesError as error:
        raise TealeavesError(
            str(error),
            where=f"{_FILE}, column 'Entity'",
            expected="a state, or a line in the table",
        ) from error
