"""The store that comes with the package is whole, small, and only what licences allow."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest

from tealeaves.evidence import commands
from tealeaves.evidence.build import ship
from tealeaves.evidence.sources import registry
from tealeaves.evidence.store import Store, shipped

ROOT = Path(__file__).resolve().parents[1]

#: State-year and pair-year variables that measures and cases rely on.
STATES = (
    "gdp,gdp_growth,population,working_age_share,old_age_share,unemployment,"
    "youth_unemployment_male,youth_unemployment_female,net_migration,remittances_received,"
    "fuel_export_share,high_tech_export_share,net_energy_imports,military_burden,battle_deaths,"
    "research_spending,trade_openness,fdi_inflow,cinc,milex,milper,irst,pec,tpop,upop,democracy,"
    "liberal_democracy,ideal_point,conflict_count,conflict_intensity"
)
PAIRS = (
    "alliance_defense,alliance_nonaggression,alliance_neutrality,alliance_consultation,"
    "joint_organisations,dispute_onset,dispute_hostility"
)


@pytest.fixture(scope="module")
def store() -> Store:
    return Store.open(shipped())


def test_it_is_whole_and_small(store: Store) -> None:
    store.verify()
    assert sum(table.bytes for table in store.manifest.tables.values()) < 25 * 2**20
    named = {table.file for table in store.manifest.tables.values()} | {"manifest.json"}
    assert {path.name for path in store.path.iterdir()} == named


def test_every_source_was_built_and_may_ship(store: Store) -> None:
    assert store.manifest.absent == {}
    known = {name for name, module in registry().items() if module.SOURCE.ships != "no"}
    assert set(store.sources) == known
    for table in store.manifest.tables.values():
        assert store.manifest.sources[table.source].ships == "rows"


def test_the_sources_of_every_row_can_be_cited(store: Store) -> None:
    for name, table in store.manifest.tables.items():
        columns = [c for c in store.table(name).collect_schema().names() if c.endswith("source")]
        for column in columns:
            found = store.table(name).select(pl.col(column).drop_nulls().unique()).collect()
            for ids in found[column]:
                assert set(ids.split("+")) <= set(store.sources), (name, table.source, ids)


def test_it_has_the_variables_that_measures_need(store: Store) -> None:
    assert set(STATES.split(",")) <= set(store.variables("state-year"))
    assert set(PAIRS.split(",")) <= set(store.variables("pair-year"))
    for rows in (store.trade(), store.trade_totals(), store.world_trade(), store.roll_calls(),
                 store.spells("leader")):  # fmt: skip
        assert len(rows.head(1).collect()) == 1


def test_sources_md_is_made_from_the_manifest(store: Store) -> None:
    written = (ROOT / "SOURCES.md").read_text(encoding="utf-8")
    assert written == commands.sources_markdown(store)


@pytest.mark.data
def test_building_it_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    given = os.environ.get("TEALEAVES_DATA")
    if not given:
        pytest.skip("TEALEAVES_DATA is not set")
    built = ship(Path(given), tmp_path / "shipped")
    assert built.hashes == store.hashes
