from __future__ import annotations

import math
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures_world import flow, total, world
from tealeaves import measures
from tealeaves.errors import TealeavesError
from tealeaves.evidence.store import Store
from tealeaves.measures.asymmetry import size_parts, tie_parts
from tealeaves.measures.concentration import concentrations
from tealeaves.measures.mutual_trade import of_shares
from tealeaves.measures.share_change import changes, levels
from tealeaves.measures.trade_intensity import intensities
from tealeaves.measures.trade_shares import over_output, shares, trade_shares

amounts = st.floats(0.01, 1e6)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return world(tmp_path_factory.mktemp("world"))


def _values(store: Store, name: str, a: str, b: str) -> dict[int, float | None]:
    return {f.year: f.value for f in measures.compute(name, a, b, store=store)}


def test_a_flow_above_the_total_gives_no_share() -> None:
    assert shares(flow(11.0), total(10.0)).is_empty()
    assert shares(flow(0.0), total(0.0)).is_empty()
    assert shares(flow(0.0), total(10.0))["value"].to_list() == [0.0]


def test_shares_of_the_small_world(store: Store) -> None:
    # Japan to France 2000: 10 of exports of 50; France sends 5 of 25.
    assert _values(store, "export_share", "JPN", "FRA")[2000] == 10 / 50
    assert _values(store, "export_share", "FRA", "JPN")[2000] == 5 / 25
    # Japan's imports from France are France's exports to Japan: 5 of 40.
    assert _values(store, "import_share", "JPN", "FRA")[2000] == 5 / 40
    # Both ways: (10 + 5) of (50 + 40), and of France's (25 + 60).
    assert _values(store, "trade_share", "JPN", "FRA")[2000] == 15 / 90
    assert _values(store, "trade_share", "FRA", "JPN")[2000] == 15 / 85
    # 10 million of a GDP of 1,000 million; 5 million.
    assert _values(store, "market_dependence", "JPN", "FRA") == {2000: 0.01}
    assert _values(store, "supply_dependence", "JPN", "FRA") == {2000: 0.005}


def test_asymmetry_is_size_plus_tie(store: Store) -> None:
    # Y: 1,000 and 500; X: 10 and 5. Market dependence is .01 both ways: size and tie cancel.
    size = _values(store, "asymmetry_size", "JPN", "FRA")[2000]
    tie = _values(store, "asymmetry_tie", "JPN", "FRA")[2000]
    assert size == pytest.approx(math.log(500 / 1000))
    assert tie == pytest.approx(math.log(10 / 5))
    assert size is not None
    assert tie is not None
    assert size + tie == pytest.approx(math.log(0.01 / 0.01), abs=1e-12)


def test_intensity_by_hand(store: Store) -> None:
    # 10 of 50 against (60 - 10) of (550 - 50): .2 against .1.
    assert _values(store, "intensity", "JPN", "FRA") == {2000: pytest.approx(2.0)}
    # ln(.2/.8) - ln(.1/.9) = ln(.25 * 9)
    log_odds = _values(store, "intensity_log_odds", "JPN", "FRA")
    assert log_odds == {2000: pytest.approx(math.log(2.25))}


def test_intensity_needs_parts_below_their_wholes() -> None:
    world_trade = flow(1000.0).drop("a", "b")
    for to, xs in ((30.0, 120.0), (20.0, 120.0), (130.0, 20.0), (130.0, 1000.0), (1000.0, 120.0)):
        assert intensities(flow(30.0), total(xs), total(to, a="BBB"), world_trade).is_empty()


@given(amounts, amounts, amounts, st.floats(0.1, 10))
def test_intensity_does_not_move_when_the_partner_grows_everywhere(
    tie: float, rest: float, others: float, growth: float
) -> None:
    """A partner that buys k times as much of everyone leaves the log odds alone."""

    def log_odds(k: float) -> float:
        x, to = tie * k, (tie + others) * k
        of_a, of_world = rest + x, rest + x + 3 * rest + others * k
        table = intensities(
            flow(x), total(of_a), total(to, a="BBB"), flow(of_world).drop("a", "b"), log_odds=True
        )
        return float(table["value"][0])

    assert log_odds(1.0) == pytest.approx(log_odds(growth), abs=1e-6)


def test_split_of_a_share_by_hand(store: Store) -> None:
    # 2000 to 2001: the tie from 10 to 20, the others from 40 to 60.
    assert _values(store, "tie_growth", "JPN", "FRA")[2001] == pytest.approx(math.log(2))
    assert _values(store, "others_loss", "JPN", "FRA")[2001] == pytest.approx(-math.log(1.5))
    # 2001 to 2002: 20 to 40, and 60 to 40: the others are lost.
    assert _values(store, "others_loss", "JPN", "FRA")[2002] == pytest.approx(math.log(1.5))
    assert _values(store, "share_split", "JPN", "FRA")[2002] == pytest.approx(math.log(3))


def test_no_change_is_computed_across_a_break(store: Store) -> None:
    assert set(_values(store, "share_split", "JPN", "FRA")) == {2001, 2002}
    split = measures.split_over("JPN", "FRA", 2000, 2003, store=store)
    assert split.change.value is None
    assert split.change.after_break
    assert (
        split.change.note
        == "not computed: 2000 is reported (trade), 2003 is published figure (hand)"
    )


def test_split_over_a_window(store: Store) -> None:
    split = measures.split_over("JPN", "FRA", 2000, 2002, store=store)
    # 10 to 40, and 40 to 40.
    assert split.tie_growth.value == pytest.approx(math.log(4))
    assert split.others_loss.value == pytest.approx(0)
    assert split.change.value == pytest.approx(math.log(4))
    assert split.to_dict()["tie_growth"]["note"] == "change from 2000"


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        (2001, 2001, "different years"),
        (2002, 2000, "after"),
        (1990, 2000, "no exports of JPN to FRA"),
    ],
)
def test_bad_windows(start: int, end: int, message: str, store: Store) -> None:
    with pytest.raises(TealeavesError, match=message):
        measures.split_over("JPN", "FRA", start, end, store=store)


@given(st.lists(st.tuples(amounts, amounts), min_size=2, max_size=2))
def test_the_parts_of_a_split_add_to_the_change_of_the_log_odds(
    ends: list[tuple[float, float]],
) -> None:
    exports = pl.concat(flow(x, year=2000 + i) for i, (x, _) in enumerate(ends))
    totals = pl.concat(total(x + rest, year=2000 + i) for i, (x, rest) in enumerate(ends))
    table = levels(exports, totals)
    whole, tie, others = (
        changes(table, part)["value"][0] for part in ("share_split", "tie_growth", "others_loss")
    )
    (x0, rest0), (x1, rest1) = ends
    assert tie + others == pytest.approx(whole, abs=1e-9)
    assert whole == pytest.approx(math.log(x1 / rest1) - math.log(x0 / rest0), abs=1e-6)


@given(amounts, amounts)
def test_asymmetries_change_sign_with_the_order(one: float, two: float) -> None:
    there = tie_parts(flow(one), flow(two))["value"][0]
    back = tie_parts(flow(two), flow(one))["value"][0]
    assert there == pytest.approx(-back)
    gdp = pl.DataFrame(
        {"state": ["AAA", "BBB"], "year": [2000] * 2, "value": [one, two],
         "status": ["reported"] * 2, "source": ["one"] * 2}
    )  # fmt: skip
    assert size_parts(gdp)["value"].sum() == pytest.approx(0)


def test_no_trade_has_no_logarithm() -> None:
    assert tie_parts(flow(0.0), flow(2.0)).is_empty()
    assert levels(flow(0.0), total(2.0)).is_empty()
    assert levels(flow(2.0), total(2.0)).is_empty()


def test_barbieri_by_hand(store: Store) -> None:
    one, two = 15 / 90, 15 / 85
    assert _values(store, "salience", "JPN", "FRA")[2000] == pytest.approx(math.sqrt(one * two))
    assert _values(store, "symmetry", "JPN", "FRA")[2000] == pytest.approx(1 - (two - one))
    assert _values(store, "interdependence", "JPN", "FRA")[2000] == pytest.approx(
        math.sqrt(one * two) * (1 - (two - one))
    )


@given(st.floats(0, 1), st.floats(0, 1))
def test_barbieri_stays_within_bounds(one: float, two: float) -> None:
    table = pl.concat([flow(one), flow(two, a="BBB", b="AAA")]).with_columns(coverage=pl.lit(1.0))
    product = (pl.col("s_a") * pl.col("s_b")).sqrt() * (1 - (pl.col("s_a") - pl.col("s_b")).abs())
    assert 0 <= of_shares(table, product)["value"][0] <= 1


def test_status_is_the_weakest_and_sources_are_joined(store: Store) -> None:
    figure = measures.compute("trade_share", "JPN", "FRA", store=store)[0]
    assert (figure.status, figure.source) == ("mirrored", "trade")
    figure = measures.compute("market_dependence", "JPN", "FRA", store=store)[0]
    assert figure.source == "trade+states"
    gdp = pl.DataFrame({"a": ["AAA"], "year": [2000], "gdp": [0.0], "gdp_status": ["reported"],
                        "gdp_source": ["two"]})  # fmt: skip
    assert over_output(flow(1.0), gdp).is_empty()


def test_concentration_by_hand(store: Store) -> None:
    # 2000: Japan sends 10 and 30, shares 1/4 and 3/4: (10/16 - 1/2) / (1/2).
    series = measures.compute("partner_concentration", "JPN", store=store)
    assert series.at(2000).value == pytest.approx(0.25)  # type: ignore[union-attr]
    assert series.at(2000).coverage == 0.95  # type: ignore[union-attr]
    # Later, of one partner in two at most it is known what it gets.
    assert series.years == (2000,)
    assert concentrations(flow(8.0), total(8.0))["value"].to_list() == [1.0]


@given(st.lists(amounts, min_size=2, max_size=30))
def test_concentration_runs_from_even_to_one_partner(sold: list[float]) -> None:
    flows = pl.concat(flow(x, b=f"P{i}") for i, x in enumerate(sold))
    value = concentrations(flows, total(sum(sold)))["value"][0]
    assert 0 <= value <= 1 + 1e-9
    even = flows.with_columns(value=pl.lit(7.0))
    assert concentrations(even, total(7.0 * len(sold)))["value"][0] == pytest.approx(0, abs=1e-12)


def test_trade_shares_need_both_flows() -> None:
    assert trade_shares(flow(1.0), flow(1.0, b="CCC"), total(9.0), total(9.0)).is_empty()


@pytest.mark.parametrize(
    ("year", "share", "intensity"),
    [(1992, 0.0686, 3.19), (1995, 0.0443, 1.55), (2008, 0.0452, 0.70), (2013, 0.0676, 0.76),
     (2020, 0.1469, 1.44)],
)  # fmt: skip
def test_russian_exports_to_china(year: int, share: float, intensity: float) -> None:
    """The shipped store: China's part of Russia's exports, and what is left without its size."""
    found = measures.compute("export_share", "RUS", "CHN", years=(year, year))
    assert found[0].value == pytest.approx(share, abs=5e-5)
    assert found[0].status == "reported"
    found = measures.compute("intensity", "RUS", "CHN", years=(year, year))
    assert found[0].value == pytest.approx(intensity, abs=5e-3)


def test_the_last_years_of_russian_exports_follow_a_marked_break() -> None:
    series = measures.compute("export_share", "RUS", "CHN", years=(2014, 2024))
    assert series.at(2014).value == pytest.approx(0.0754, abs=5e-5)  # type: ignore[union-attr]
    published = [figure for figure in series if figure.status == "published figure"]
    assert published
    assert published[0].after_break
    assert not Path(published[0].source).suffix
