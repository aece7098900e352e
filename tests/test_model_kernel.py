"""The kernel against arithmetic by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from model_helpers import compiled, deterministic, link, make, scenario
from tealeaves.model import compile_case
from tealeaves.model.elementary import phi, tanh
from tealeaves.model.kernel import simulate
from tealeaves.model.prior import Parameters, weight
from tealeaves.model.scenarios import plans

XY = ["AAA.x", "AAA.y"]


def held(value: float) -> dict[str, object]:
    return {"quantity": "AAA.x", "to": value, "from": 2025}


@pytest.mark.parametrize(("word", "response"), [("weak", 0.25), ("moderate", 0.5), ("strong", 1.0)])
@pytest.mark.parametrize("sign", ["+", "-"])
def test_five_years_of_a_lasting_change_give_the_word(
    word: str, response: float, sign: str
) -> None:
    """One link, no noise, r = .1, x held at d from 2025 on; y answers from 2026 on.

    y(2026) = w f, y(2027) = w f + .9 w f, ..., after the fifth year, 2030,
    y = w f (1 + .9 + .81 + .729 + .6561) = w f 4.0951, and w = word .1 / .40951 = word / 4.0951,
    so y(2030) = word f, where f = phi(d), which is d itself to 1e-9 for d = 1e-4.
    """
    d = 1e-4
    equations = compiled(XY, [link("AAA.x -> AAA.y", sign, word)], [scenario("s", held(d))])
    z = deterministic(equations, plans(equations)[1])
    expected = response if sign == "+" else -response
    assert z[6, 1, 0] / d == pytest.approx(expected, rel=1e-9)
    assert z[1, 1, 0] == 0.0
    assert z[2, 1, 0] / d == pytest.approx(expected / 4.0951, rel=1e-9)


def test_a_whole_standard_deviation_is_a_little_less_than_linear() -> None:
    # phi(1) = 3 tanh(1/3) = 3 (.32151) = .96454: that much of the word
    equations = compiled(XY, [link("AAA.x -> AAA.y", "+", "strong")], [scenario("s", held(1.0))])
    z = deterministic(equations, plans(equations)[1])
    assert z[6, 1, 0] == pytest.approx(3 * math.tanh(1 / 3), rel=1e-14)


def test_departures_fade() -> None:
    # by 2 in 2025 alone: 2, 2 .9, 2 .81, ...
    equations = compiled(
        ["AAA.x"], scenarios=[scenario("s", {"quantity": "AAA.x", "by": 2, "from": 2025})]
    )
    z = deterministic(equations, plans(equations)[1])[:, 0, 0]
    np.testing.assert_allclose(z, [0.0, *(2 * 0.9**k for k in range(10))], rtol=1e-14)


def test_shifts_of_a_span_add_up() -> None:
    # 1 in 2026 and 2027: 0, 0, 1, 1.9, 1.71
    equations = compiled(
        ["AAA.x"],
        scenarios=[scenario("s", {"quantity": "AAA.x", "by": 1, "from": 2026, "until": 2027})],
    )
    z = deterministic(equations, plans(equations)[1])[:, 0, 0]
    np.testing.assert_allclose(z[:5], [0.0, 0.0, 1.0, 1.9, 1.71], rtol=1e-14)


def test_one_step_with_everything_by_hand() -> None:
    # z = 1 (x) and 0 (y); y' = 0 - .2 0 + .3 + .5 2 + w phi(1)
    points = [(2000 + k, float(v)) for k, v in enumerate([-1, 1, -1, 1, 0])]
    case = make(
        {"AAA.x": {"measure": "military_burden(AAA)"}, "AAA.y": {}},
        [link("AAA.x -> AAA.y")],
        horizon=1,
    )
    # mean 0, variance 4/4 = 1: z is x
    equations = compile_case(case, {"AAA.x": [*points, (2024, 0.0)]})
    equations = replace(equations, start=np.array([1.0, 0.0]))
    two = np.ones((2, 1))
    parameters = Parameters(r=0.2 * two, c=0.3 * two, sigma=0.5 * two, w=np.array([[0.7]]))
    z = simulate(equations, parameters, [2.0 * two], plans(equations)[0])
    assert z[1, 0, 0] == pytest.approx(0.8 * 1 + 0.3 + 1.0, rel=1e-15)
    assert z[1, 1, 0] == pytest.approx(0.3 + 1.0 + 0.7 * 3 * math.tanh(1 / 3), rel=1e-15)


@pytest.mark.parametrize("lag", [0, 1, 2, 5])
def test_lags_count_years(lag: int) -> None:
    pulse = {"quantity": "AAA.x", "to": 1.0, "from": 2025, "until": 2025}
    equations = compiled(XY, [link("AAA.x -> AAA.y", lag=lag)], [scenario("s", pulse)])
    y = deterministic(equations, plans(equations)[1])[:, 1, 0]
    assert not y[: 1 + lag].any()
    assert y[1 + lag] == pytest.approx(weight(0.5) * float(phi(1.0)), rel=1e-14)


def test_a_lag_reaches_back_into_history() -> None:
    points = [(2015 + k, float(k % 2)) for k in range(10)]  # 2015: 0, 2016: 1, ..., 2024: 1
    case = make(
        {"AAA.x": {"measure": "military_burden(AAA)"}, "AAA.y": {}},
        [link("AAA.x -> AAA.y", lag=4)],
    )
    equations = compile_case(case, {"AAA.x": points})
    # five zeros and five ones: mean .5, variance 10 .25 / 9; z = ±.5 / .52705 = ±.94868
    y = deterministic(equations)[:, 1, 0]
    # 2025 reads 2021, a year of 0, while the start, 2024, is a year of 1: z = -.94868
    assert y[1] == pytest.approx(-weight(0.5) * float(phi(0.5 / math.sqrt(2.5 / 9))), rel=1e-14)


def test_instant_links_pass_through_a_chain_in_one_year() -> None:
    # written against their order, z <- y <- x
    names = ["AAA.z", "AAA.y", "AAA.x"]
    links = [link("AAA.y -> AAA.z", lag=0), link("AAA.x -> AAA.y", lag=0)]
    equations = compiled(names, links, [scenario("s", held(1.0))])
    z = deterministic(equations, plans(equations)[1])[1, :, 0]
    w = weight(0.5)
    y = w * float(phi(1.0))
    np.testing.assert_allclose(z, [w * float(phi(y)), y, 1.0], rtol=1e-14)


def test_a_held_quantity_passes_on_what_it_is_held_at() -> None:
    names = ["AAA.x", "AAA.y", "AAA.z"]
    links = [link("AAA.x -> AAA.y", lag=0), link("AAA.y -> AAA.z", lag=0)]
    both = scenario("s", held(1.0), {"quantity": "AAA.y", "to": -2.0, "from": 2025})
    equations = compiled(names, links, [both])
    z = deterministic(equations, plans(equations)[1])
    assert (z[1:, 1, 0] == -2.0).all()
    assert z[1, 2, 0] == pytest.approx(weight(0.5) * float(phi(-2.0)), rel=1e-14)


@pytest.mark.parametrize("m", [-50.0, -1.0, 0.0, 1.0, 50.0])
def test_modulators(m: float) -> None:
    names = ["AAA.x", "AAA.y", "AAA.m"]
    both = scenario("s", held(1.0), {"quantity": "AAA.m", "to": m, "from": 2025})
    equations = compiled(names, [link("AAA.x -> AAA.y", when="AAA.m")], [both])
    y = deterministic(equations, plans(equations)[1])[2, 1, 0]
    factor = 1.0 + math.tanh(m)  # 0, .238, 1, 1.762, 2
    assert y == pytest.approx(weight(0.5) * float(phi(1.0)) * factor, rel=1e-14)


def test_a_link_switched_off_does_nothing() -> None:
    links = [link("AAA.x -> AAA.y"), link("AAA.y -> AAA.x", "-")]
    equations = compiled(XY, links, [scenario("s", held(1.0), without=["AAA.x -> AAA.y"])])
    z = deterministic(equations, plans(equations)[1])
    assert not z[:, 1].any()


def test_an_independent_loop_in_plain_python_agrees() -> None:
    names = [f"AAA.q{i}" for i in range(5)]
    links = [
        link("AAA.q0 -> AAA.q1", "+", "strong"),
        link("AAA.q1 -> AAA.q2", "-", "weak", lag=3),
        link("AAA.q2 -> AAA.q0", "-", 0.8),
        link("AAA.q3 -> AAA.q0", "+", "moderate", lag=2, when="AAA.q4"),
        link("AAA.q4 -> AAA.q3", "+", "moderate"),
    ]
    equations = compiled(names, links)
    rng = np.random.default_rng(5)
    start = rng.normal(size=5)
    equations = replace(equations, start=start, past=np.tile(start, (2, 1)))
    p = Parameters(
        r=rng.uniform(0.05, 0.3, (5, 4)),
        c=rng.normal(0, 0.3, (5, 4)),
        sigma=rng.uniform(0, 1, (5, 4)),
        w=rng.normal(0, 0.3, (5, 4)),
    )
    noise = list(rng.normal(size=(10, 5, 4)))
    z = simulate(equations, p, noise, plans(equations)[0])
    for run in range(4):
        path = [list(start)] * 3
        for t in range(10):
            new = []
            for i in range(5):
                value = path[-1][i] * (1 - p.r[i, run]) + p.c[i, run]
                value += p.sigma[i, run] * noise[t][i, run]
                for k, term in enumerate(equations.links):
                    if term.effect == i:
                        then = path[len(path) - term.lag]
                        m = 1 if term.when is None else 1 + math.tanh(then[term.when])
                        value += p.w[k, run] * 3 * math.tanh(then[term.cause] / 3) * m
                new.append(value)
            path.append(new)
        np.testing.assert_allclose(z[:, :, run], path[2:], rtol=1e-12, atol=1e-13)


def test_functions_of_the_kernel_are_our_own() -> None:
    assert phi.__module__ == tanh.__module__ == "tealeaves.model.elementary"
