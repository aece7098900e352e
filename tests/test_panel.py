"""A panel has one row for every state or pair that exists, and nulls for gaps."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from evidence_helpers import demo_store
from tealeaves.errors import TealeavesError
from tealeaves.evidence.existence import pair_years, state_years
from tealeaves.evidence.panel import panel
from tealeaves.evidence.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return demo_store(tmp_path)


def test_bad_input(store: Store) -> None:
    with pytest.raises(TealeavesError, match="the first year 2001 is after the last 2000"):
        panel("states", (2001, 2000), ["gdp"], store)
    with pytest.raises(TealeavesError, match="unknown panel 'state'"):
        panel(cast("Any", "state"), (2000, 2001), ["gdp"], store)
    with pytest.raises(TealeavesError, match="'gdp' is given twice"):
        panel("states", (2000, 2001), ["gdp", "gdp"], store)
    with pytest.raises(TealeavesError, match="no variable 'dispute_onset'"):
        panel("states", (2000, 2001), ["dispute_onset"], store)
    with pytest.raises(TealeavesError, match="no variable 'x'"):
        panel("pairs", (2000, 2001), ["x"], store)


def test_states(store: Store) -> None:
    frame = panel("states", (2000, 2002), ["gdp"], store)
    assert frame.columns == ["state", "year", "gdp", "gdp_status"]
    assert len(frame) == len(state_years(2000, 2002))
    assert frame.filter(state="JPN")["gdp"].to_list() == [5.0, 5.25, 7.5]
    assert frame.filter(state="FRA")["gdp"].to_list() == [1.5, None, None]


def test_pairs(store: Store) -> None:
    frame = panel("pairs", (2001, 2001), ["dispute_onset", "gdp"], store)
    assert len(frame) == pair_years(2001, 2001, directed=False).collect().height
    row = frame.filter(a="FRA", b="JPN").row(0, named=True)
    assert (row["dispute_onset"], row["gdp_a"], row["gdp_b"]) == (0.0, None, 5.25)


def test_directed_pairs_hold_undirected_values_in_both_orders(store: Store) -> None:
    frame = panel("pairs", (2000, 2001), ["alliance_defense", "dispute_onset"], store)
    both = frame.filter(a="JPN", b="FRA").rows(), frame.filter(a="FRA", b="JPN").rows()
    assert both == (
        [("JPN", "FRA", 2000, None, None, 2.0, "reported"),
         ("JPN", "FRA", 2001, 1.0, "reported", 0.0, "reported")],
        [("FRA", "JPN", 2000, None, None, 2.0, "reported"),
         ("FRA", "JPN", 2001, None, None, 0.0, "reported")],
    )  # fmt: skip


def test_states_come_and_go() -> None:
    years = state_years(1988, 1993)
    assert years.filter(state="UKR")["year"].min() == 1991
    assert years.filter(state="DDR")["year"].max() == 1990
    assert years.filter(state="RUS").height == 6
    assert not years.is_duplicated().any()
