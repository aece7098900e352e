"""Uniform and normal numbers from Philox words."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tealeaves.model.elementary import Floats, log, sincos_turn
from tealeaves.model.philox import Words, words

_UNIT = 2.0**-32


def uniforms(word: Words) -> Floats:
    """Return ``(w + 1/2) / 2^32``: strictly between 0 and 1, exact in double precision.

    Examples
    --------
    >>> float(uniforms(np.array([2**31], np.uint64))[0])
    0.5000000001164153
    """
    u = word.astype(np.float64)
    u += 0.5
    u *= _UNIT
    return u


def normals(first: Words, second: Words) -> tuple[Floats, Floats]:
    """Return two independent standard normals a pair of words.

    ``(sqrt(-2 ln u) cos 2 pi v, sqrt(-2 ln u) sin 2 pi v)``; the largest possible size is 6.8.

    References
    ----------
    Box, G. E. P. & Muller, M. E. (1958). A note on the generation of random normal deviates.
    Annals of Mathematical Statistics 29, 610-611.
    """
    radius = log(uniforms(first))
    radius *= -2.0
    np.sqrt(radius, out=radius)
    sine, cosine = sincos_turn(uniforms(second))
    cosine *= radius
    sine *= radius
    return cosine, sine


def step_normals(seed: int, runs: Words, steps: int, streams: Words) -> Iterator[Floats]:
    """Yield standard normals for steps 0, 1, ..., ``steps`` - 1.

    Parameters
    ----------
    seed, runs, streams
        As in :func:`tealeaves.model.philox.words`.
    steps
        How many steps.

    Yields
    ------
    array
        Shape (streams, runs).
    """
    for block in range(-(-steps // 4)):
        w = words(seed, runs, block, streams)
        four = (*normals(w[0], w[1]), *(normals(w[2], w[3]) if steps > 4 * block + 2 else ()))
        yield from four[: steps - 4 * block]
