"""Small sources and stores for the tests of evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import polars as pl

from tealeaves.evidence.base import Ships, Source, SourceModule, Table
from tealeaves.evidence.build import build
from tealeaves.evidence.reading import read_table
from tealeaves.evidence.store import Store


def source(
    name: str,
    tables: Callable[[Path], list[Table]],
    files: tuple[str, ...] = (),
    ships: Ships = "rows",
) -> SourceModule:
    """Make a source module."""
    about = Source(
        id=name,
        title=f"Title of {name}",
        publisher="Publisher",
        address="https://example.org",
        version="1",
        licence="CC0",
        citation=f"@misc{{{name}}}",
        covers="what it covers",
        ships=ships,
        files=files,
    )
    return cast("SourceModule", SimpleNamespace(SOURCE=about, tables=tables))


def state_rows(rows: list[tuple[str, int, str, float]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["state", "year", "variable", "value"], orient="row")


def pair_rows(rows: list[tuple[str, str, int, str, float]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["a", "b", "year", "variable", "value"], orient="row")


def _gdp(folder: Path) -> list[Table]:
    frame = read_table(
        folder, "gdp.csv", {"state": pl.String, "year": pl.Int32, "value": pl.Float64}
    )
    return [Table("gdp", "state-year", frame.with_columns(variable=pl.lit("gdp")), ("gdp",))]


def _second(folder: Path) -> list[Table]:  # noqa: ARG001
    rows = state_rows([("JPN", 2001, "gdp", 99.0), ("JPN", 2002, "gdp", 7.5)])
    rows = rows.with_columns(status=pl.lit("published figure"))
    return [Table("second", "state-year", rows, ("gdp",))]


def _pairs(folder: Path) -> list[Table]:  # noqa: ARG001
    disputes = pair_rows(
        [("FRA", "JPN", 2000, "dispute_onset", 2.0), ("DEU", "JPN", 2003, "dispute_onset", 1.0)]
    )
    pacts = pair_rows([("JPN", "FRA", 2001, "alliance_defense", 1.0)])
    return [
        Table("disputes", "pair-year", disputes, ("dispute_onset",), zeros=True),
        Table("pacts", "pair-year", pacts, ("alliance_defense",), directed=True),
    ]


def _others(folder: Path) -> list[Table]:  # noqa: ARG001
    votes = pl.DataFrame(
        {"state": ["JPN", "FRA", "JPN"], "session": [55, 55, -11], "year": [2000, 2000, 2022],
         "rcid": [1, 1, 2], "vote": [1, 3, 1]}
    )  # fmt: skip
    leaders = pl.DataFrame(
        {"state": ["JPN", "JPN"], "start": ["2000-04-05", "2001-04-26"],
         "end": ["2001-04-26", None], "kind": ["leader", "leader"], "label": ["One", "Two"],
         "value": [1937.0, 1942.0]}
    ).with_columns(pl.col("start", "end").str.to_date())  # fmt: skip
    return [Table("votes", "roll-call", votes), Table("leaders", "spell", leaders)]


def demo_modules() -> Mapping[str, SourceModule]:
    modules = [
        source("gdp", _gdp, files=("gdp.csv",)),
        source("pairs", _pairs),
        source("others", _others, ships="reconciled"),
        source("second", _second, ships="no"),
    ]
    return {module.SOURCE.id: module for module in modules}


def demo_raw(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    text = "state,year,value\nJPN,2000,5.0\nFRA,2000,1.5\nJPN,2001,5.25\n"
    (folder / "gdp.csv").write_text(text)
    return folder


def demo_store(folder: Path, **options: Any) -> Store:
    return build(demo_raw(folder / "raw"), folder / "store", modules=demo_modules(), **options)
