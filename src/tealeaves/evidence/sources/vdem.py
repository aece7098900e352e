"""Varieties of Democracy: how democratic a state is, with the coders' uncertainty."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from tealeaves.evidence.base import Source, Table
from tealeaves.evidence.codes import with_iso3
from tealeaves.evidence.reading import check_unique, read_table

_FILE = "covariates/democracy_vdem_simple.parquet"

SOURCE = Source(
    id="v-dem",
    title="Varieties of Democracy: country-year dataset",
    publisher="V-Dem Institute, University of Gothenburg",
    address="https://www.v-dem.net/data/the-v-dem-dataset/",
    version="to 2024, as in democracyData",
    licence="CC BY-SA 4.0",
    citation="""@article{pemstein_et_al_vdem,
  author = {Pemstein, Daniel and Marquardt, Kyle L. and Tzelgov, Eitan and Wang, Yi-ting and
            Medzihorsky, Juraj and Krusell, Joshua and Miri, Farhad and von R{\\"o}mer, Johannes},
  title = {The V-Dem Measurement Model: Latent Variable Analysis for Cross-National and
           Cross-Temporal Expert-Coded Data},
  journal = {V-Dem Working Paper},
  volume = {21},
  year = {2025}
}

@misc{coppedge_et_al_vdem,
  author = {Coppedge, Michael and Gerring, John and Knutsen, Carl Henrik and Lindberg, Staffan I.
            and Teorell, Jan and others},
  title = {V-Dem Country-Year Dataset},
  publisher = {Varieties of Democracy (V-Dem) Project},
  year = {2025}
}""",
    covers=(
        "electoral (democracy) and liberal democracy, 0 to 1, of states, 1816-2024; low and high "
        "are the published bounds of the measurement model, about 68 %"
    ),
    ships="rows",
    files=(_FILE,),
)

_INDICES = {"democracy": "v2x_polyarchy", "liberal_democracy": "v2x_libdem"}


def tables(folder: Path) -> list[Table]:
    """Read the two indices of every state-year that is in the list of states.

    Raises
    ------
    TealeavesError
        The file is missing or malformed, or a state and year occur twice.
    """
    columns = {"vdem_cowcode": pl.Float64, "year": pl.Float64}
    for index in _INDICES.values():
        columns |= dict.fromkeys((index, f"{index}_codelow", f"{index}_codehigh"), pl.Float64)
    frame = (
        read_table(folder, _FILE, columns, required=["year"])
        .drop_nulls("vdem_cowcode")
        .with_columns(pl.col("vdem_cowcode").cast(pl.Int64), pl.col("year").cast(pl.Int32))
    )
    check_unique(frame, ["vdem_cowcode", "year"], _FILE)
    # Colonies and parts of states have a number too; in those years they are no states.
    frame = with_iso3(frame, "vdem_cowcode", "state", name=_FILE, outside="drop", one_number=True)
    rows = pl.concat(
        frame.select(
            "state",
            "year",
            pl.lit(name).alias("variable"),
            pl.col(index).alias("value"),
            pl.col(f"{index}_codelow").alias("low"),
            pl.col(f"{index}_codehigh").alias("high"),
        ).drop_nulls("value")
        for name, index in _INDICES.items()
    )
    return [Table("vdem", "state-year", rows, tuple(rows["variable"].unique().sort()))]
