"""A small world for the tests of measures: three states, four years, round numbers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from evidence_helpers import pair_rows, source, state_rows
from tealeaves.evidence.base import Table
from tealeaves.evidence.build import build
from tealeaves.evidence.store import Store


def flow(
    value: float, a: str = "AAA", b: str = "BBB", year: int = 2000, **other: str
) -> pl.DataFrame:
    """Return one row of a flow."""
    origin = {"status": ["reported"], "source": ["one"]} | {k: [v] for k, v in other.items()}
    return pl.DataFrame({"a": [a], "b": [b], "year": [year], "value": [value]} | origin)


def total(value: float, a: str = "AAA", year: int = 2000, **other: str) -> pl.DataFrame:
    """Return one row of totals."""
    return flow(value, a=a, year=year, **other).drop("b").with_columns(coverage=pl.lit(0.9))


def _trade(folder: Path) -> list[Table]:  # noqa: ARG001
    rows = [
        # Japan sends France 10, 20, 40; in 2003 only a published figure is left.
        ("JPN", "FRA", 2000, 10.0, "reported", "trade"),
        ("JPN", "FRA", 2001, 20.0, "reported", "trade"),
        ("JPN", "FRA", 2002, 40.0, "reported", "trade"),
        ("JPN", "FRA", 2003, 50.0, "published figure", "hand"),
        ("FRA", "JPN", 2000, 5.0, "mirrored", "trade"),
        ("JPN", "DEU", 2000, 30.0, "reported", "trade"),
        ("JPN", "DEU", 2001, 30.0, "reported", "trade"),
    ]
    trade = pl.DataFrame(
        rows, schema=["a", "b", "year", "usd_mn", "status", "source"], orient="row"
    )
    totals = pl.DataFrame(
        {
            "a": ["JPN", "JPN", "JPN", "JPN", "FRA"],
            "year": [2000, 2001, 2002, 2003, 2000],
            "exports": [50.0, 80.0, 80.0, 100.0, 25.0],
            "imports": [40.0, 50.0, 50.0, None, 60.0],
            "imports_fob": [40.0, 50.0, 50.0, 50.0, 60.0],
            "exports_status": ["reported"] * 3 + ["published figure", "mirrored"],
            "imports_status": ["reported"] * 3 + [None, "reported"],
            "exports_source": ["trade"] * 3 + ["hand", "trade"],
            "imports_source": ["trade"] * 3 + [None, "trade"],
            "coverage": [0.95, 0.625, 0.5, 0.5, 0.2],
        }
    )
    world = pl.DataFrame({"year": [2000, 2001], "usd_mn": [550.0, 600.0]})
    return [
        Table("trade", "trade", trade, directed=True),
        Table("trade_totals", "trade-totals", totals),
        Table("world_trade", "world-trade", world),
    ]


def _hand(folder: Path) -> list[Table]:  # noqa: ARG001
    return [
        Table("hand", "state-year", state_rows([("JPN", 2000, "population", 1.0)]), ("population",))
    ]


def _states(folder: Path) -> list[Table]:  # noqa: ARG001
    values = [
        ("JPN", 2000, "gdp", 1e9),
        ("FRA", 2000, "gdp", 5e8),
        ("JPN", 2000, "youth_unemployment_male", 8.0),
        ("JPN", 2000, "youth_unemployment_female", 12.0),
        ("JPN", 2001, "youth_unemployment_male", 8.0),
        ("JPN", 2000, "fuel_export_share", 0.5),
        ("JPN", 2001, "fuel_export_share", 491.0),
    ]
    names = tuple(sorted({name for _, _, name, _ in values}))
    points = state_rows([("JPN", 2000, "ideal_point", 1.0), ("FRA", 2000, "ideal_point", -1.0)])
    points = points.with_columns(low=pl.col("value") - 0.1, high=pl.col("value") + 0.1)
    return [
        Table("values", "state-year", state_rows(values), names),
        Table("points", "state-year", points, ("ideal_point",)),
    ]


def _pairs(folder: Path) -> list[Table]:  # noqa: ARG001
    kinds = ("defense", "neutrality", "nonaggression", "consultation")
    names = tuple(f"alliance_{kind}" for kind in kinds)
    pacts = [("JPN", "FRA", 2001, name, 1.0) for name in (names[0], names[3])]
    pacts += [("DEU", "FRA", 2000, name, 1.0) for name in names]
    disputes = pair_rows(
        [("FRA", "JPN", 2001, "dispute_onset", 2.0), ("DEU", "FRA", 2000, "dispute_onset", 1.0)]
    )
    shared = pair_rows([("FRA", "JPN", 2000, "joint_organisations", 30.0)])
    return [
        Table("pacts", "pair-year", pair_rows(pacts), names, directed=True, zeros=True),
        Table("disputes", "pair-year", disputes, ("dispute_onset",), zeros=True),
        Table("shared", "pair-year", shared, ("joint_organisations",)),
    ]


def _votes(folder: Path) -> list[Table]:  # noqa: ARG001
    cast = [
        ("JPN", 1, 1), ("FRA", 1, 1), ("DEU", 1, 3),
        ("JPN", 2, 3), ("FRA", 2, 2), ("DEU", 2, 3),
        ("JPN", 3, 1), ("DEU", 3, 2),
        ("DEU", 4, 1),
    ]  # fmt: skip
    votes = pl.DataFrame(cast, schema=["state", "rcid", "vote"], orient="row")
    votes = votes.with_columns(session=pl.lit(55), year=pl.lit(2000))
    return [Table("votes", "roll-call", votes)]


def _leaders(folder: Path) -> list[Table]:  # noqa: ARG001
    spells = pl.DataFrame(
        {
            "state": ["JPN", "JPN", "FRA"],
            "start": [date(2000, 4, 5), date(2001, 4, 26), date(1999, 12, 31)],
            "end": [date(2001, 4, 26), None, date(2002, 3, 1)],
            "kind": ["leader"] * 3,
            "label": ["One", "Two", "Three"],
            "value": [1937.0, 1942.0, None],
        },
        schema_overrides={"end": pl.Date},
    )
    return [Table("leaders", "spell", spells)]


def world(folder: Path) -> Store:
    """Build the store."""
    readers = {
        "trade": _trade, "hand": _hand, "states": _states, "pairs": _pairs, "votes": _votes,
        "leaders": _leaders,
    }  # fmt: skip
    folder.mkdir(exist_ok=True)
    (folder / "world.txt").write_text("A build needs at least one raw file.\n")
    modules = {name: source(name, reader, ("world.txt",)) for name, reader in readers.items()}
    return build(folder, folder / "store", modules=modules)
