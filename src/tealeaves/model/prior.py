"""The prior: what each run believes about rates, drifts, noise and the weights of links.

A run's parameters depend on the seed, the run's number and the element's name alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tealeaves.model.compile import Equations
from tealeaves.model.draws import normals, uniforms
from tealeaves.model.elementary import Floats, exp, log
from tealeaves.model.philox import Words, words

RATE_MEAN = 0.1  #: mean of Beta(2, 18), the prior of r: a tenth of a departure fades each year
DRIFT_SD = 0.3
NOISE_SCALE = 0.5
WEIGHT_SPREAD = 0.5  #: s.d. of a weight as a share of the weight its word stands for
RESPONSE_YEARS = 5


@dataclass(frozen=True)
class Parameters:
    """Parameters of some runs: ``r``, ``c``, ``sigma`` (quantities, runs); ``w`` (links, runs)."""

    r: Floats
    c: Floats
    sigma: Floats
    w: Floats


def weight(response: float) -> float:
    """Return the yearly weight that a five-year response stands for.

    A cause that moves by one s.d. and stays there adds w each year, of which 1 - r̄ remains a year
    later: after five years ``w (1 + (1-r̄) + ... + (1-r̄)^4) = w (1-(1-r̄)^5) / r̄``. Hence
    ``w = response r̄ / (1-(1-r̄)^5)``, with r̄ = 0.1.

    Parameters
    ----------
    response
        In s.d., signed.

    Examples
    --------
    With ``1 - 0.9^5 = 0.40951``, a strong link weighs ``0.1 / 0.40951``:

    >>> round(weight(1.0), 4), round(weight(-0.25), 4)
    (0.2442, -0.061)
    """
    remaining = 1.0
    for _ in range(RESPONSE_YEARS):
        remaining *= 1.0 - RATE_MEAN
    return response * RATE_MEAN / (1.0 - remaining)


def draw(equations: Equations, seed: int, runs: Words) -> Parameters:
    """Draw the parameters of some runs.

    - ``r ~ Beta(2, 18)``: mean 0.1, s.d. 0.065; as ``1 - u^(1/18) v^(1/19)``, since Beta(18, 2) is
      the product of a Beta(18, 1) and a Beta(19, 1).
    - ``c ~ N(0, 0.3^2)``; ``sigma`` half-normal with scale 0.5.
    - ``w = sign * N(w0, (w0/2)^2)`` cut off at zero, so that no run contradicts the author's sign;
      w0 is :func:`weight` of the link's word. The mean is ``w0 (1 + n(2)/N(2) / 2) = 1.028 w0``.

    Parameters
    ----------
    equations
        A compiled case.
    seed
        0 to 2^64 - 1.
    runs
        Numbers of the runs, shape (runs,).

    Returns
    -------
    :class:`Parameters`
        All strictly within their ranges.
    """
    u, v, x, y = words(seed, runs, 0, equations.parameter_streams)
    c, sigma = normals(x, y)
    kept = log(uniforms(u))
    kept /= 18.0
    kept += log(uniforms(v)) / 19.0
    size = _above(seed, runs, equations.link_streams, -1.0 / WEIGHT_SPREAD)
    w0 = np.array([weight(link.response) for link in equations.links], np.float64)
    return Parameters(
        r=1.0 - exp(kept),
        c=DRIFT_SD * c,
        sigma=NOISE_SCALE * np.abs(sigma),
        w=w0[:, None] * (1.0 + WEIGHT_SPREAD * size),
    )


def _above(seed: int, runs: Words, streams: Words, floor: float) -> Floats:
    """Return, of each stream's and run's sequence of normals, the first above a floor."""
    found = np.full((len(streams), len(runs)), np.nan)
    for block in range(64):  # four tries a block; with a floor of -2, one block nearly always does
        for candidate in _four(seed, runs, block, streams):
            np.copyto(found, candidate, where=np.isnan(found) & (candidate > floor))
        if not np.isnan(found).any():
            break
    return found


def _four(seed: int, runs: Words, block: int, streams: Words) -> tuple[Floats, ...]:
    w = words(seed, runs, block, streams)
    return (*normals(w[0], w[1]), *normals(w[2], w[3]))
