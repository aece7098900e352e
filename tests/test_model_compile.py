"""From cases to equations: scales, starts, weights, and what is refused."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from model_helpers import compiled, link, make
from tealeaves.errors import TealeavesError
from tealeaves.model import compile as comp
from tealeaves.model import compile_case
from tealeaves.model.draws import normals
from tealeaves.model.philox import streams
from tealeaves.model.prior import draw, weight

MEASURED = {"measure": "military_burden(AAA)"}
POINTS = [(2000, 1.0), (2001, 2.0), (2002, 3.0), (2003, 4.0), (2004, 5.0)]


def one(points: list[tuple[int, float]], **quantity: Any) -> comp.Equations:
    case = make({"AAA.x": {**MEASURED, **quantity}})
    return compile_case(case, {"AAA.x": points})


@pytest.mark.parametrize(
    ("history", "message"),
    [
        ({"AAA.y": POINTS}, "unknown quantity 'AAA.y'; nearest: AAA.x"),
        ({"AAA.latent": POINTS}, "history of AAA.latent: the quantity is latent"),
        ({"AAA.x": [*POINTS, (2001, 7.0)]}, "a year comes twice"),
        ({"AAA.x": [*POINTS, (2005, math.nan)]}, "nan in 2005"),
        ({"AAA.x": [*POINTS, (2005, math.inf)]}, "inf in 2005"),
    ],
)
def test_bad_history(history: dict[str, list[tuple[int, float]]], message: str) -> None:
    case = make({"AAA.x": MEASURED, "AAA.latent": {}})
    with pytest.raises(TealeavesError) as caught:
        compile_case(case, history)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("transform", "value"), [("log", 0.0), ("log", -1.0), ("logit", 0.0), ("logit", 1.0)]
)
def test_a_transform_refuses_what_it_cannot_take(transform: str, value: float) -> None:
    with pytest.raises(TealeavesError, match=rf"quantity AAA.x: {transform} of {value:g} in 2000"):
        one([(2000, value), *((y, 0.5) for y in range(2001, 2010))], transform=transform)


def test_standardisation_by_hand() -> None:
    # 1..5: mean 3, sample variance (4+1+0+1+4)/4 = 2.5; the last value is (5-3)/sqrt(2.5)
    equations = one(POINTS)
    scale = equations.scales["AAA.x"]
    assert (scale.mean, scale.sd, scale.n) == (3.0, math.sqrt(2.5), 5)
    assert equations.start[0] == pytest.approx(2 / math.sqrt(2.5), rel=1e-15)
    assert equations.start_from == (2004,)


def test_values_outside_the_window_set_no_scale_and_later_ones_no_start() -> None:
    # 1990 lies before the window, 2025 after the vantage date of May 2024
    equations = one([(1990, 100.0), *POINTS, (2025, 9.0)])
    assert equations.scales["AAA.x"].mean == 3.0
    assert equations.start_from == (2004,)


def test_transforms_and_back() -> None:
    logs = one([(2000 + k, math.e**k) for k in range(5)], transform="log")
    # logs are 0..4: mean 2
    assert logs.scales["AAA.x"].mean == pytest.approx(2.0, rel=1e-15)
    assert logs.scales["AAA.x"].back(logs.start)[0] == pytest.approx(math.e**4, rel=1e-14)
    shares = [0.1, 0.2, 0.3, 0.2, 0.25]
    logits = one([(2000 + k, s) for k, s in enumerate(shares)], transform="logit")
    assert logits.scales["AAA.x"].back(logits.start)[0] == pytest.approx(0.25, rel=1e-14)
    # logit(.1) = ln(1/9) = -2.197
    expected = sum(math.log(s / (1 - s)) for s in shares) / 5
    assert logits.scales["AAA.x"].mean == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        ([], "0 values in 2000-2024"),
        (POINTS[:4], "4 values in 2000-2024, fewer than 5"),
        ([(y, 0.1) for y in range(2000, 2010)], "the same value throughout"),
    ],
)
def test_a_quantity_without_a_scale_is_said_to_be_so(
    points: list[tuple[int, float]], reason: str
) -> None:
    equations = one(points)
    assert reason in equations.unmeasured["AAA.x"]
    assert equations.start[0] == 0.0
    assert equations.start_from == (None,)
    assert not equations.scales


def test_no_value_up_to_the_vantage_year() -> None:
    case = make({"AAA.x": MEASURED}, window=[2025, 2034])
    equations = compile_case(case, {"AAA.x": [(2025 + k, float(k)) for k in range(6)]})
    assert equations.unmeasured == {"AAA.x": "no value up to 2024"}


def test_the_past_that_lags_reach() -> None:
    # 2021, 2023 known, 2022 a gap; 2024 is the start. z = (x - mean) / sd
    points = [*POINTS, (2021, 6.0), (2023, 8.0), (2024, 9.0)]
    case = make({"AAA.x": MEASURED, "AAA.y": {}}, [link("AAA.x -> AAA.y", lag=4)])
    equations = compile_case(case, {"AAA.x": points})
    scale = equations.scales["AAA.x"]
    back = scale.back(equations.past[:, 0])
    # years 2023, 2022, 2021: the gap stands at the start value
    np.testing.assert_allclose(back, [8.0, 9.0, 6.0], rtol=1e-14)
    assert not equations.past[:, 1].any()


def test_weights_by_hand() -> None:
    # 1 - .9^5 = 1 - .59049 = .40951
    assert weight(1.0) == pytest.approx(0.1 / 0.40951, rel=1e-12)
    assert weight(0.5) == pytest.approx(0.05 / 0.40951, rel=1e-12)
    assert weight(-0.25) == pytest.approx(-0.025 / 0.40951, rel=1e-12)


def test_links_do_not_depend_on_their_order_in_the_file() -> None:
    links = [link("AAA.x -> AAA.y"), link("AAA.y -> AAA.z", "-"), link("AAA.x -> AAA.z")]
    names = ["AAA.x", "AAA.y", "AAA.z"]
    assert compiled(names, links).links == compiled(names, links[::-1]).links


def test_an_instant_circle_is_refused() -> None:
    links = [link("AAA.x -> AAA.y", lag=0), link("AAA.y -> AAA.x", lag=0)]
    with pytest.raises(
        TealeavesError, match=r"links without lag run in a circle through AAA.x, AAA.y"
    ):
        compiled(["AAA.x", "AAA.y", "AAA.z"], links)


@pytest.mark.parametrize(
    "bad", [link("AAA.x -> AAA.yy"), link("AAA.xx -> AAA.y"), link("AAA.x -> AAA.y", when="AAA.z")]
)
def test_a_link_to_nothing_is_refused(bad: dict[str, Any]) -> None:
    with pytest.raises(TealeavesError, match=r"unknown quantity"):
        compiled(["AAA.x", "AAA.y"], [bad])


def test_the_prior_has_the_moments_it_declares() -> None:
    equations = compiled(["AAA.x", "AAA.y"], [link("AAA.x -> AAA.y", "-", "strong")])
    p = draw(equations, 3, np.arange(40_000, dtype=np.uint64))
    assert ((p.r > 0) & (p.r < 1)).all()
    # Beta(2, 18): mean 2/20, variance .1 .9 / 21 = .004286; s.d. .0655
    assert p.r.mean() == pytest.approx(0.1, abs=5 * 0.0655 / math.sqrt(80_000))
    assert p.r.std() == pytest.approx(0.06547, rel=0.02)
    # P(r < .05) = 1 - .95^18 (.95 + 19 .05) = 1 - .3972 1.9 = .2453
    assert np.mean(p.r < 0.05) == pytest.approx(0.2453, abs=0.008)
    assert p.c.mean() == pytest.approx(0.0, abs=0.006)
    assert p.c.std() == pytest.approx(0.3, rel=0.02)
    # half-normal: mean .5 sqrt(2/pi) = .3989, median .5 .6745
    assert (p.sigma > 0).all()
    assert p.sigma.mean() == pytest.approx(0.3989, rel=0.02)
    assert np.median(p.sigma) == pytest.approx(0.3372, rel=0.02)
    # sign as written; mean 1 + .5 n(2)/N(2) = 1 + .5 .05399/.97725 = 1.0276 of the word's weight
    assert (p.w < 0).all()
    assert p.w.mean() == pytest.approx(-1.0276 * 0.1 / 0.40951, rel=0.02)
    assert np.median(p.w) == pytest.approx(-weight(1.0), rel=0.03)
    assert abs(np.corrcoef(np.vstack([p.r, p.c, p.sigma, p.w])) - np.eye(7)).max() < 0.025


def test_a_weight_is_the_first_normal_above_the_cut() -> None:
    # one stream, looked at by hand: of its numbers, the first above -2
    equations = compiled(["AAA.x", "AAA.y"], [link("AAA.x -> AAA.y", strength=1.0)])
    runs = np.arange(2_000, dtype=np.uint64)
    from tealeaves.model.philox import words

    w = words(9, runs, 0, streams(["AAA.x -> AAA.y"]))
    first, second = normals(w[0], w[1])
    chosen = np.where(first > -2, first, second)[0]
    fine = chosen > -2
    assert fine.sum() > 1_950
    expected = weight(1.0) * (1.0 + 0.5 * chosen)
    np.testing.assert_array_equal(draw(equations, 9, runs).w[0][fine], expected[fine])
    assert (first[0] <= -2).any()
