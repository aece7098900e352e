"""Elementary functions from + - * / and square roots alone: the same bits on every machine.

The mathematical libraries of systems differ in the last bits, and vectorised ones by processor;
a run would then depend on where it is made. Here every operation is one that IEEE 754 rounds
exactly, in a fixed order; exponents are read and written as integers, which is exact. The
polynomials are the Taylor series, long enough for double precision on the reduced range.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]

_LN2_HIGH = 0.6931471803691238  #: ln 2 to 32 bits, so that its small multiples are exact
_LN2_LOW = 1.9082149292705877e-10  #: the rest of ln 2
_LOG2_E = 1.4426950408889634
_TURN = 6.283185307179586
_SQRT_HALF_BITS = np.int64(0x3FE6A09E667F3BCD)  #: bits of sqrt(1/2)
_ONE_BITS = np.int64(1023)
_MANTISSA = np.int64(52)

# 1/k!, from the highest power down: expm1(r)/r, sin(x)/x and cos(x) as polynomials
_EXP = [1.0]
for _k in range(2, 14):
    _EXP.append(_EXP[-1] / _k)
_EXP.reverse()
_SIN = [1.0]
for _k in range(2, 17, 2):
    _SIN.append(-_SIN[-1] / (_k * (_k + 1)))
_SIN.reverse()
_COS = [1.0]
for _k in range(1, 17, 2):
    _COS.append(-_COS[-1] / (_k * (_k + 1)))
_COS.reverse()
# 2 atanh(s) = 2 s (1 + s^2/3 + s^4/5 + ...)
_ATANH = [2.0 / (2 * k + 1) for k in range(11, -1, -1)]


def _horner(x: Floats, coefficients: list[float]) -> Floats:
    """Evaluate a polynomial, highest power first, in place on one new array."""
    y = x * coefficients[0]
    for coefficient in coefficients[1:-1]:
        y += coefficient
        y *= x
    y += coefficients[-1]
    return y


def _reduce(x: Floats) -> tuple[Floats, Floats]:
    """Split ``x = k ln 2 + r`` with whole ``k``; return 2^k and expm1(r)."""
    k = np.rint(x * _LOG2_E)
    r = x - k * _LN2_HIGH
    r -= k * _LN2_LOW
    power = ((k.astype(np.int64) + _ONE_BITS) << _MANTISSA).view(np.float64)
    tail = _horner(r, _EXP)
    tail *= r
    return power, tail


def exp(x: ArrayLike) -> Floats:
    """Return e^x, relative error below 1e-15.

    Parameters
    ----------
    x
        Any shape, each between -700 and 700; the kernel's arguments are far inside.

    Examples
    --------
    >>> float(exp(0.0))
    1.0
    """
    power, tail = _reduce(np.asarray(x, np.float64))
    tail += 1.0
    tail *= power
    return tail


def log(x: ArrayLike) -> Floats:
    """Return ln x, error below 1e-15 relative or 1e-16 absolute.

    ``x = 2^k m`` with m from sqrt(1/2) to sqrt(2), ``s = (m-1)/(m+1)``,
    ``ln x = k ln 2 + 2 atanh(s)``.

    Parameters
    ----------
    x
        Any shape, positive and not subnormal.

    Examples
    --------
    >>> float(log(1.0))
    0.0
    """
    bits = np.atleast_1d(np.asarray(x, np.float64)).view(np.int64)
    k = (bits - _SQRT_HALF_BITS) >> _MANTISSA
    m = (bits - (k << _MANTISSA)).view(np.float64)
    s = (m - 1.0) / (m + 1.0)
    y = _horner(s * s, _ATANH)
    y *= s
    whole = k.astype(np.float64)
    y += whole * _LN2_LOW
    y += whole * _LN2_HIGH
    return y.reshape(np.shape(x))


def sincos_turn(u: ArrayLike) -> tuple[Floats, Floats]:
    """Return the sine and cosine of ``2 pi u``, absolute error below 3e-16.

    Parameters
    ----------
    u
        Angles in turns, any shape, from 0 to 1; the reduction to an eighth of a turn is exact.

    Examples
    --------
    >>> [float(value) for value in sincos_turn(0.0)], float(sincos_turn(0.25)[0])
    ([0.0, 1.0], 1.0)
    """
    turns = np.asarray(u, np.float64)
    quarter = np.rint(4.0 * turns)
    angle = turns - 0.25 * quarter
    angle *= _TURN
    square = angle * angle
    sine, cosine = _horner(square, _SIN), _horner(square, _COS)
    sine *= angle
    q = quarter.astype(np.int64)
    odd = (q & 1) == 1
    s, c = np.where(odd, cosine, sine), np.where(odd, sine, cosine)
    s *= 1.0 - (q & 2)
    c *= 1.0 - ((q + 1) & 2)
    return s, c


def tanh(x: ArrayLike) -> Floats:
    """Return the hyperbolic tangent, relative error below 1e-15.

    With ``m = expm1(2|x|)``, ``tanh |x| = m / (m + 2)``: no digits are lost near zero. From 20 on
    the result is 1 in double precision, so larger arguments are taken as 20.

    Parameters
    ----------
    x
        Any shape, any finite value.

    Examples
    --------
    >>> float(tanh(0.0)), float(tanh(-400.0))
    (0.0, -1.0)
    """
    value = np.asarray(x, np.float64)
    double = np.minimum(np.abs(value), 20.0)
    double += double
    power, m = _reduce(double)
    m *= power
    power -= 1.0
    m += power
    return np.copysign(m / (m + 2.0), value)


def phi(z: ArrayLike) -> Floats:
    """Return ``3 tanh(z/3)``: what a cause of ``z`` s.d. passes on.

    Near zero it is z; it never leaves -3 to 3, so that no cause works beyond three s.d.

    Examples
    --------
    >>> round(float(phi(1.0)), 4), round(float(phi(100.0)), 4)
    (0.9645, 3.0)
    """
    return 3.0 * tanh(np.asarray(z, np.float64) / 3.0)
