"""A build is whole or not at all, and gives the same bytes for the same inputs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from evidence_helpers import demo_modules, demo_raw, demo_store, pair_rows, source, state_rows
from tealeaves.errors import TealeavesError
from tealeaves.evidence import build as building
from tealeaves.evidence import commands
from tealeaves.evidence.base import Shape, Table, tidy
from tealeaves.evidence.build import build, ship
from tealeaves.evidence.store import Store

GOOD = [("JPN", 2000, "gdp", 1.0), ("FRA", 2000, "gdp", 2.0)]


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_no_raw_folder(tmp_path: Path) -> None:
    with pytest.raises(TealeavesError, match="expected a folder named by TEALEAVES_DATA or by --f"):
        build(tmp_path / "nowhere", tmp_path / "store", modules=demo_modules())


def test_a_raw_folder_without_any_file(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    with pytest.raises(TealeavesError, match=r"missing are gdp\.csv"):
        build(tmp_path / "raw", tmp_path / "store", modules=demo_modules())
    assert not (tmp_path / "store" / "current").exists()


def test_no_variable_and_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEALEAVES_DATA", raising=False)
    with pytest.raises(TealeavesError, match=r"TEALEAVES_DATA or --from DIR.*wdi_long"):
        commands.data_build()


def test_absent_sources_are_listed(tmp_path: Path) -> None:
    def never(folder: Path) -> list[Table]:
        raise AssertionError(folder)

    modules = dict(demo_modules()) | {"gone": source("gone", never, files=("a/gone.csv",))}
    store = build(demo_raw(tmp_path / "raw"), tmp_path / "store", modules=modules)
    assert store.manifest.absent == {"gone": ("a/gone.csv",)}
    assert "gone" not in store.manifest.sources
    row = next(row for row in commands.data_list(store) if row["id"] == "gone")
    assert row["missing"] == ["a/gone.csv"]
    assert "- gone: a/gone.csv was missing" in commands.sources_markdown(store)


def check(frame: pl.DataFrame, shape: Shape = "state-year", **options: bool) -> pl.DataFrame:
    names = tuple(frame["variable"].unique()) if "variable" in frame.columns else ()
    return tidy(Table("t", shape, frame, names, **options), "s")


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (state_rows(GOOD).rename({"state": "stat"}), "no column 'state'.*nearest: stat"),
        (state_rows(GOOD).with_columns(x=pl.lit(1)), "a column 'x' too many"),
        (state_rows([*GOOD, GOOD[0]]), "2 rows share a key, first .*'FRA'|'JPN'"),
        (state_rows(GOOD).with_columns(year=pl.lit("MM")), "table t of source s: conversion"),
        (state_rows(GOOD).with_columns(state=pl.lit(None)), "column 'state' is empty"),
        (state_rows(GOOD).with_columns(value=pl.lit(float("nan"))), "'value' is not finite"),
        (state_rows(GOOD).with_columns(status=pl.lit("guessed")), "unknown status 'guessed'"),
    ],
)
def test_tables_that_are_not_tidy(frame: pl.DataFrame, said: str) -> None:
    with pytest.raises(TealeavesError, match=said):
        check(frame)


def test_pairs_out_of_order() -> None:
    rows = pair_rows([("JPN", "FRA", 2000, "x", 1.0)])
    with pytest.raises(TealeavesError, match="expected a before b"):
        check(rows, "pair-year")
    assert len(check(rows, "pair-year", directed=True)) == 1
    with pytest.raises(TealeavesError, match="expected two different states"):
        check(pair_rows([("JPN", "JPN", 2000, "x", 1.0)]), "pair-year", directed=True)


def test_variables_must_be_those_declared() -> None:
    with pytest.raises(TealeavesError, match=r"differ from those declared: \['gdp', 'gpd'\]"):
        tidy(Table("t", "state-year", state_rows(GOOD), ("gpd",)), "s")


def test_two_tables_of_one_name(tmp_path: Path) -> None:
    table = Table("t", "state-year", state_rows(GOOD), ("gdp",))
    modules = {"s": source("s", lambda _: [table, table], files=("gdp.csv",))}
    with pytest.raises(TealeavesError, match="a second table 't'"):
        build(demo_raw(tmp_path / "raw"), tmp_path / "store", modules=modules)


def test_same_inputs_same_bytes(tmp_path: Path) -> None:
    one = demo_store(tmp_path)
    other = build(tmp_path / "raw", tmp_path / "other", modules=demo_modules())
    assert files(one.path.parent) == files(other.path.parent)
    assert one.manifest.version in one.path.name


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    one = demo_store(tmp_path)
    lines = (tmp_path / "raw" / "gdp.csv").read_text().splitlines()
    (tmp_path / "raw" / "gdp.csv").write_text("\n".join([lines[0], *reversed(lines[1:])]) + "\n")
    other = build(tmp_path / "raw", tmp_path / "other", modules=demo_modules())
    assert one.hashes == other.hashes


def test_building_again_keeps_the_generation(tmp_path: Path) -> None:
    one = demo_store(tmp_path)
    before = files(one.path.parent)
    demo_store(tmp_path)
    assert files(one.path.parent) == before


def test_a_new_generation_keeps_the_one_before(tmp_path: Path) -> None:
    one = demo_store(tmp_path)
    (tmp_path / "raw" / "gdp.csv").write_text("state,year,value\nJPN,2000,6.0\n")
    two = build(tmp_path / "raw", tmp_path / "store", modules=demo_modules())
    assert two.path != one.path
    assert Store.open(tmp_path / "store").path == two.path
    one.verify()  # whoever had it open still can
    (tmp_path / "raw" / "gdp.csv").write_text("state,year,value\nJPN,2000,7.0\n")
    build(tmp_path / "raw", tmp_path / "store", modules=demo_modules())
    assert not one.path.exists()


def test_a_damaged_generation_is_replaced(tmp_path: Path) -> None:
    one = demo_store(tmp_path)
    path = one.path / "gdp.parquet"
    path.write_bytes(path.read_bytes()[:-3])
    two = build(tmp_path / "raw", tmp_path / "store", modules=demo_modules())
    two.verify()
    assert Store.open(tmp_path / "store").path == two.path


def test_malformed_input_leaves_the_old_store(tmp_path: Path) -> None:
    before = demo_store(tmp_path)
    (tmp_path / "raw" / "gdp.csv").write_text("state,year,value\nJPN,2000,lots\n")
    with pytest.raises(
        TealeavesError, match=r"gdp\.csv, row 1, column 'value': 'lots' is no Float"
    ):
        build(tmp_path / "raw", tmp_path / "store", modules=demo_modules())
    assert Store.open(tmp_path / "store").path == before.path
    assert [path.name for path in (tmp_path / "store").iterdir() if path.name[0] == "."] == []


@pytest.mark.parametrize("at", ["write_manifest", "_place", "write", "_remove_old"])
def test_stopped_at_any_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    before = demo_store(tmp_path)
    (tmp_path / "raw" / "gdp.csv").write_text("state,year,value\nJPN,2000,6.0\n")

    def stop(*_args: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(building, at, stop)
    with pytest.raises(KeyboardInterrupt):
        build(tmp_path / "raw", tmp_path / "store", modules=demo_modules())
    before.verify()
    now = Store.open(tmp_path / "store")
    now.verify()
    assert (now.path == before.path) == (at != "_remove_old")


KILLED = """
import os, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from evidence_helpers import demo_modules, source
from tealeaves.evidence.build import build
modules = dict(demo_modules()) | {{"z": source("z", lambda folder: os._exit(9))}}
build(Path({raw!r}), Path({out!r}), modules=modules)
"""


def test_killed_in_the_middle(tmp_path: Path) -> None:
    before = demo_store(tmp_path)
    code = KILLED.format(
        tests=str(Path(__file__).parent), raw=str(tmp_path / "raw"), out=str(tmp_path / "store")
    )
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == 9
    left = list((tmp_path / "store").glob(".building-*"))
    assert len(left) == 1  # the unfinished folder is there, and nothing looks at it
    now = Store.open(tmp_path / "store")
    now.verify()
    assert now.path == before.path


def test_what_ships(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "registry", demo_modules)
    folder = tmp_path / "shipped"
    store = ship(demo_raw(tmp_path / "raw"), folder)
    # "others" ships reconciled: cited, but without its rows; "second" does not ship at all.
    assert set(store.manifest.tables) == {"gdp", "disputes", "pacts"}
    assert set(store.manifest.sources) == {"gdp", "pairs", "others"}
    store.verify()
    before = files(folder)
    assert {name.rsplit("-", 1)[0] for name in before} == {
        "gdp",
        "disputes",
        "pacts",
        "manifest.json",
    }

    (tmp_path / "raw" / "gdp.csv").write_text("state,year,value\nJPN,2000,6.0\n")
    ship(tmp_path / "raw", folder).verify()
    after = files(folder)
    assert len(after) == len(before)
    assert {name for name in before if before[name] != after.get(name)} == {
        "manifest.json",
        next(name for name in before if name.startswith("gdp-")),
    }


def test_commands_list_and_verify(tmp_path: Path) -> None:
    store = demo_store(tmp_path)
    rows = {row["id"]: row for row in commands.data_list(store)}
    assert rows["gdp"]["rows"] == 3
    assert (rows["others"]["first_year"], rows["others"]["last_year"]) == (2000, 2022)
    assert commands.data_verify(store) == store.hashes
    assert "```bibtex\n@misc{gdp}\n```" in commands.sources_markdown(store)
