from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import foldnorm  # type: ignore[import-untyped]

from measures_world import world
from tealeaves import measures
from tealeaves.evidence.store import Store
from tealeaves.measures.ideal_points import distances, folded_normal_quantile
from tealeaves.measures.leaders import ages, in_office, tenures


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return world(tmp_path_factory.mktemp("world"))


def test_youth_unemployment_is_the_mean_of_both_sexes_or_absent(store: Store) -> None:
    series = measures.compute("youth_unemployment", "JPN", store=store)
    assert [(f.year, f.value, f.low, f.high) for f in series] == [(2000, 10.0, 8.0, 12.0)]


def _spells(*rows: tuple[str, date, date | None, float | None]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "state": [row[0] for row in rows],
            "start": [row[1] for row in rows],
            "end": [row[2] for row in rows],
            "label": ["x"] * len(rows),
            "value": [row[3] for row in rows],
            "source": ["one"] * len(rows),
            "status": ["reported"] * len(rows),
        },
        schema_overrides={"end": pl.Date, "value": pl.Float64},
    )


def test_nobody_leads_after_the_source_ends() -> None:
    office = in_office(_spells(("AAA", date(2000, 4, 5), None, 1937.0)), 2002)
    assert office["year"].to_list() == [2000, 2001, 2002]
    assert in_office(_spells(("AAA", date(2003, 4, 5), None, 1937.0)), 2002).is_empty()


def test_the_leader_of_a_year_leads_on_its_last_day() -> None:
    spells = _spells(
        ("AAA", date(2000, 1, 1), date(2001, 12, 30), 1950.0),
        ("AAA", date(2001, 12, 31), date(2002, 12, 31), 1960.0),
        ("AAA", date(2002, 12, 31), date(2003, 6, 1), 1970.0),
        ("BBB", date(2000, 2, 1), date(2000, 3, 1), 1950.0),
    )
    office = in_office(spells, 2010)
    assert office.select("state", "year", "born").rows() == [
        ("AAA", 2000, 1950.0), ("AAA", 2001, 1960.0), ("AAA", 2002, 1970.0),
    ]  # fmt: skip


def test_leaders_of_the_small_world(store: Store) -> None:
    # The source's last date is 2002-03-01: it has not seen the end of 2002.
    age = measures.compute("leader_age", "JPN", store=store)
    assert [(f.year, f.value) for f in age] == [(2000, 63.0), (2001, 59.0)]
    tenure = measures.compute("leader_tenure", "JPN", store=store)
    # 2000-04-05 to 2000-12-31: 270 days; 2001-04-26 to 2001-12-31: 249.
    assert [f.value for f in tenure] == pytest.approx([270 / 365.25, 249 / 365.25])
    # France: no year of birth, but a date of entry.
    assert measures.compute("leader_age", "FRA", store=store).years == ()
    assert measures.compute("leader_tenure", "FRA", store=store).years == (1999, 2000, 2001)


def test_ages_and_tenures_of_the_shipped_store_end_with_their_source() -> None:
    for name in ("leader_age", "leader_tenure"):
        assert measures.compute(name, "RUS").years[-1] == 2020


def test_alliance_counts_kinds_and_knows_none(store: Store) -> None:
    # 2001: defence and consultation bind Japan to France; nothing binds France.
    assert [f.value for f in measures.compute("alliance", "JPN", "FRA", store=store)] == [0.0, 2.0]
    assert [f.value for f in measures.compute("alliance", "FRA", "JPN", store=store)] == [0.0, 0.0]
    assert [f.value for f in measures.compute("alliance", "DEU", "FRA", store=store)] == [4.0, 0.0]
    defence = measures.compute("alliance_defense", "JPN", "FRA", store=store)
    assert [f.value for f in defence] == [0.0, 1.0]


def test_disputes_and_organisations(store: Store) -> None:
    assert [f.value for f in measures.compute("disputes", "JPN", "FRA", store=store)] == [0.0, 2.0]
    shared = measures.compute("joint_organisations", "JPN", "FRA", store=store)
    assert [(f.year, f.value) for f in shared] == [(2000, 30.0)]


def test_distance_of_ideal_points(store: Store) -> None:
    figure = measures.compute("ideal_point_distance", "JPN", "FRA", store=store)[0]
    # Each s.d. is .1 / 1.6449, so the distance is 2 -+ 1.6449 sqrt(2) (.1 / 1.6449).
    assert figure.value == 2.0
    assert figure.low == pytest.approx(2 - 0.1 * np.sqrt(2), abs=1e-9)
    assert figure.high == pytest.approx(2 + 0.1 * np.sqrt(2), abs=1e-9)


def test_distance_without_intervals_has_none() -> None:
    points = pl.DataFrame(
        {"state": ["AAA", "BBB"], "year": [2000] * 2, "value": [0.0, 1.0], "low": [None, 0.5],
         "high": [None, 1.5], "status": ["reported"] * 2, "source": ["one"] * 2},
        schema_overrides={"low": pl.Float64, "high": pl.Float64},
    )  # fmt: skip
    assert distances(points).select("value", "low", "high").row(0) == (1.0, None, None)


@given(st.floats(0, 5), st.floats(0.01, 2), st.sampled_from([0.05, 0.5, 0.95]))
def test_quantiles_of_a_folded_normal_hold_their_share(mean: float, sd: float, p: float) -> None:
    found = folded_normal_quantile(p, np.array([mean]), np.array([sd]))[0]
    assert foldnorm.cdf(found / sd, mean / sd) == pytest.approx(p, abs=1e-6)


def test_ages_and_tenures_need_only_their_columns() -> None:
    office = in_office(_spells(("AAA", date(1999, 12, 31), None, 1950.0)), 2000)
    assert ages(office)["value"].to_list() == [49.0, 50.0]
    assert tenures(office)["value"].to_list() == pytest.approx([0.0, 366 / 365.25])
