from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures_world import world
from tealeaves import measures
from tealeaves.errors import TealeavesError
from tealeaves.evidence.store import Store
from tealeaves.measures import vote_scores as vs


def _votes(rows: list[tuple[str, int, int]]) -> pl.DataFrame:
    table = pl.DataFrame(rows, schema=["state", "rcid", "vote"], orient="row")
    return table.with_columns(source=pl.lit("one"), year=pl.lit(2000), session=pl.lit(55))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "no votes"),
        ([("AAA", 1, 4)], "vote 4 of AAA in roll call 1; expected 1 yes, 2 abstention, 3 no"),
        ([("AAA", 1, 1), ("AAA", 1, 3)], "AAA votes twice in roll call 1"),
    ],
)
def test_bad_votes(rows: list[tuple[str, int, int]], message: str) -> None:
    table = _votes(rows) if rows else _votes([("AAA", 1, 1)]).clear()
    with pytest.raises(TealeavesError) as error:
        vs.counts(table)
    assert message in str(error.value)


def test_unknown_options() -> None:
    votes = _votes([("AAA", 1, 1), ("BBB", 1, 1)])
    c = vs.counts(votes)
    calls: list[Any] = [
        lambda: vs.counts(votes, absence="ignore"),  # type: ignore[arg-type]
        lambda: list(vs.periods(votes, by="month")),  # type: ignore[arg-type]
        lambda: vs.s_scores(c, distances="cubic"),  # type: ignore[arg-type]
        lambda: vs.pi_scores(c, distances="absolute"),  # type: ignore[arg-type]
        lambda: vs.kappa_scores(c, distances="absolute"),  # type: ignore[arg-type]
    ]
    for call in calls:
        with pytest.raises(TealeavesError, match="is unknown; expected"):
            call()


def test_scores_of_the_small_world(tmp_path: Path) -> None:
    # Japan and France share two of the four roll calls: yes-yes and no-abstain (3 3, 1 2).
    # SAD = 0 + 1, SSD = 1, n = 2; Japan S = 4, SS = 10; France S = 5, SS = 13.
    store = world(tmp_path / "raw")
    found = {
        name: measures.compute(name, "JPN", "FRA", store=store)[0]
        for name in ("agreement", "s_score", "scott_pi", "cohen_kappa")
    }
    assert {figure.coverage for figure in found.values()} == {0.5}
    assert found["agreement"].value == 1 - 1 / 4
    assert found["s_score"].value == 1 - 1 / 2
    assert found["scott_pi"].value == pytest.approx(1 - 1 / (10 + 13 - 81 / 4))
    assert found["cohen_kappa"].value == pytest.approx(1 - 1 / (10 + 13 - 2 * 4 * 5 / 2))


def test_absence_can_count_as_abstention(tmp_path: Path) -> None:
    # With absence as abstention all four roll calls count, also the one in which neither voted:
    # yes-yes, no-abstain, yes-abstain, abstain-abstain: SAD = 0 + 1 + 1 + 0.
    store = world(tmp_path / "raw")
    votes = store.roll_calls().collect()
    every = vs.scores(vs.periods(votes, absence="abstain"), vs.agreement_scores)
    assert every.filter(a="FRA", b="JPN")["value"].to_list() == [1 - 2 / 8]
    two = votes.filter(pl.col("state") != "DEU")
    few = vs.scores(vs.periods(two, absence="abstain", calls={2000: 4}), vs.agreement_scores)
    assert few["value"].to_list() == [1 - 2 / 8]
    assert few["coverage"].to_list() == [1.0]


def test_a_state_without_a_vote_in_the_period_never_abstains() -> None:
    votes = _votes([("AAA", 1, 1), ("BBB", 1, 1)])
    later = _votes([("AAA", 2, 1), ("CCC", 2, 3)]).with_columns(year=pl.lit(2001))
    found = vs.scores(vs.periods(pl.concat([votes, later]), absence="abstain"), vs.agreement_scores)
    assert found.select("a", "b", "year").rows() == [("AAA", "BBB", 2000), ("AAA", "CCC", 2001)]


def test_states_that_never_vary_have_no_chance_corrected_score() -> None:
    c = vs.counts(_votes([("AAA", 1, 1), ("BBB", 1, 1)]))
    assert np.isnan(vs.kappa_scores(c)[0, 1])
    assert np.isnan(vs.pi_scores(c, distances="nominal")[0, 1])
    assert vs.scores([c], vs.kappa_scores).is_empty()


ballots = st.lists(
    st.tuples(st.sampled_from([0, 1, 2, 3]), st.sampled_from([0, 1, 2, 3])), min_size=1, max_size=40
)


@given(ballots)
def test_matrix_products_equal_the_definitions(cast: list[tuple[int, int]]) -> None:
    rows = [("AAA", i, x) for i, (x, _) in enumerate(cast) if x]
    rows += [("BBB", i, y) for i, (_, y) in enumerate(cast) if y]
    both = [(4 - x, 4 - y) for x, y in cast if x and y]
    if not both:
        return
    c = vs.counts(_votes(rows))
    x, y = (np.array(column, dtype=float) for column in zip(*both, strict=True))
    n, sad, ssd = len(both), np.abs(x - y).sum(), ((x - y) ** 2).sum()
    assert c.n[0, 1] == n
    assert vs.agreement_scores(c)[0, 1] == pytest.approx(1 - sad / (2 * n))
    assert vs.s_scores(c)[0, 1] == pytest.approx(1 - sad / n)
    assert vs.s_scores(c, distances="squared")[0, 1] == pytest.approx(1 - ssd / (2 * n))
    pooled = (x**2).sum() + (y**2).sum() - (x.sum() + y.sum()) ** 2 / (2 * n)
    own = (x**2).sum() + (y**2).sum() - 2 * x.sum() * y.sum() / n
    for found, chance in ((vs.pi_scores(c), pooled), (vs.kappa_scores(c), own)):
        if abs(chance) > 1e-9:
            assert found[0, 1] == pytest.approx(1 - ssd / chance)
        else:
            assert np.isnan(found[0, 1])
    # Measures do not depend on who comes first.
    for score in (vs.agreement_scores, vs.pi_scores, vs.kappa_scores):
        np.testing.assert_allclose(score(c), score(c).T)


Reference = tuple[int, str, str, int, tuple[float, ...]]

# n, then agreement, S absolute, S squared, kappa and pi squared, kappa and pi nominal: worked out
# with R's irr on the same votes.
REFERENCE: list[Reference] = [
    (74, "USA", "RUS", 87, (0.2874, -0.4253, -0.3448, -0.1918, -0.5020, -0.1273, -0.3516)),
    (74, "CHN", "RUS", 87, (0.8736, 0.7471, 0.8276, 0.7096, 0.7016, 0.5108, 0.5004)),
    (74, "USA", "JPN", 91, (0.4780, -0.0440, 0.1264, 0.1909, -0.0672, 0.1074, -0.0954)),
    (74, "CHN", "IND", 89, (0.8933, 0.7865, 0.8596, 0.6187, 0.6184, 0.4544, 0.4503)),
    (30, "USA", "RUS", 70, (0.4357, -0.1286, 0.0786, -0.2882, -0.4637, -0.1174, -0.2335)),
]


def _all_scores(c: vs.Counts, a: str, b: str) -> list[float]:
    i, j = c.states.index(a), c.states.index(b)
    found = [
        vs.agreement_scores(c),
        vs.s_scores(c),
        vs.s_scores(c, distances="squared"),
        vs.kappa_scores(c),
        vs.pi_scores(c),
        vs.kappa_scores(c, distances="nominal"),
        vs.pi_scores(c, distances="nominal"),
    ]
    return [c.n[i, j], *(round(float(score[i, j]), 4) for score in found)]


@pytest.mark.parametrize("reference", REFERENCE)
def test_reference_values(reference: Reference) -> None:
    session, a, b, n, expected = reference
    votes = Store.open().roll_calls().filter(pl.col("session") == session).collect()
    c = next(vs.periods(votes, by="session"))
    assert _all_scores(c, a, b) == [n, *expected]


@pytest.mark.data
@pytest.mark.skipif("TEALEAVES_DATA" not in os.environ, reason="needs TEALEAVES_DATA")
def test_reference_values_with_absence_as_abstention() -> None:
    file = Path(os.environ["TEALEAVES_DATA"]) / "unvotes" / "un_roll_calls.csv"
    calls = pl.read_csv(file, columns=["rcid", "session", "para"], infer_schema_length=None)
    kept = calls.filter(pl.col("session") == 60, pl.col("para").is_null())["rcid"].cast(pl.Int32)
    # The reference has one joint yes fewer than the 75 votes on final passage; which one of them
    # makes no difference to any score.
    kept = kept.filter(kept != 4666)
    votes = Store.open().roll_calls().filter(pl.col("rcid").is_in(kept.implode())).collect()
    c = next(vs.periods(votes, by="session", absence="abstain"))
    expected = [74, 0.8784, 0.7568, 0.8649, 0.5952, 0.5840, 0.3964, 0.3727]
    assert _all_scores(c, "CHN", "RUS") == expected
