"""Own elementary functions against the mathematical library."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tealeaves.model import elementary as el


def close(got: float, expected: float, relative: float = 1e-15) -> bool:
    return abs(got - expected) <= relative * abs(expected)


@given(st.floats(-700, 700))
def test_exp(x: float) -> None:
    assert close(float(el.exp(x)), math.exp(x))


@given(st.floats(1e-300, 1e300))
def test_log(x: float) -> None:
    assert abs(float(el.log(x)) - math.log(x)) <= max(1e-15 * abs(math.log(x)), 1e-16)


@given(st.floats(2.0**-33, 2.0))
def test_log_where_uniforms_are(x: float) -> None:
    assert abs(float(el.log(x)) - math.log(x)) <= max(1e-15 * abs(math.log(x)), 1e-16)


@given(st.integers(0, 2**33))
def test_sine_and_cosine_of_turns(numerator: int) -> None:
    u = numerator / 2**33
    sine, cosine = el.sincos_turn(u)
    # 2 pi u is itself rounded by up to 4.4e-16 before the library sees it
    assert abs(float(sine) - math.sin(2 * math.pi * u)) < 1e-15
    assert abs(float(cosine) - math.cos(2 * math.pi * u)) < 1e-15
    assert close(float(sine * sine + cosine * cosine), 1.0)


@given(st.floats(-1e300, 1e300))
def test_tanh(x: float) -> None:
    assert close(float(el.tanh(x)), math.tanh(x))


@given(st.floats(-30, 30), st.floats(-30, 30))
def test_tanh_is_odd_and_rises(x: float, y: float) -> None:
    assert float(el.tanh(-x)) == -float(el.tanh(x))
    low, high = sorted((x, y))
    # neighbours may be swapped in the last digit, no more
    assert float(el.tanh(low)) <= float(el.tanh(high)) + 4e-16


@given(st.floats(-1e6, 1e6))
def test_phi_stays_within_three(z: float) -> None:
    assert abs(float(el.phi(z))) <= 3.0
    assert close(float(el.phi(z)), 3 * math.tanh(z / 3), 2e-15)


def test_known_values() -> None:
    assert float(el.exp(1.0)) == pytest.approx(math.e, rel=2e-16)
    assert float(el.log(2.0)) == pytest.approx(0.6931471805599453, rel=2e-16)
    assert [float(v) for v in el.sincos_turn(0.5)] == [0.0, -1.0]
    # (e^2 - 1) / (e^2 + 1) = 6.3890561 / 8.3890561
    assert float(el.tanh(1.0)) == pytest.approx(0.7615941559557649, rel=2e-16)


def test_same_bits_alone_and_in_any_array() -> None:
    x = np.linspace(-6.0, 6.0, 1001)
    for function in (el.exp, el.tanh, el.phi, lambda v: el.log(np.abs(v) + 0.5)):
        whole = function(x)
        assert whole.shape == x.shape
        np.testing.assert_array_equal(whole, [float(function(v)) for v in x])
        np.testing.assert_array_equal(whole[7:], function(x[7:]))


def test_arguments_are_left_as_they_were() -> None:
    x = np.linspace(0.1, 0.9, 9)
    before = x.copy()
    for function in (el.exp, el.log, el.sincos_turn, el.tanh, el.phi):
        function(x)
        np.testing.assert_array_equal(x, before)
