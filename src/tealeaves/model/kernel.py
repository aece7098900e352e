"""The reference kernel: one block of runs, year by year, in NumPy.

Only operations that are rounded exactly, links summed in the order of their ids: a run's numbers
do not depend on the block it is in, nor on the machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from tealeaves.model.compile import Equations, LinkTerm
from tealeaves.model.elementary import Floats, phi, tanh
from tealeaves.model.prior import Parameters
from tealeaves.model.scenarios import Plan

BLOCK = 512  #: runs worked on at once: their states fit the processor's cache


def simulate(
    equations: Equations, parameters: Parameters, noise: Iterable[Floats], plan: Plan
) -> Floats:
    """Run one block forward under one scenario.

    ``z_i(t+1) = z_i(t) - r_i z_i(t) + c_i + by_i(t+1) + sigma_i e_i(t+1)
    + sum_j w_ij phi(z_j(t+1-lag)) m``

    where ``phi(z) = 3 tanh(z/3)`` and ``m = 1 + tanh(z_k(t+1-lag))`` for a link modulated by k:
    0 when k is far below its mean, 1 at it, at most 2; without a modulator m = 1. A quantity held
    at a value takes that value.

    Parameters
    ----------
    equations
        A compiled case.
    parameters
        Shapes (quantities, runs) and (links, runs).
    noise
        Standard normals e of each year, each of shape (quantities, runs).
    plan
        What the scenario imposes; its number of years is run.

    Returns
    -------
    array
        z, shape (1 + years, quantities, runs), the start year first.
    """
    years = len(plan.by)
    back = len(equations.past)  # years before the start that lags reach
    z = np.empty((back + 1 + years, *parameters.r.shape))
    for k in range(back):
        z[back - 1 - k] = equations.past[k][:, None]
    z[back] = equations.start[:, None]
    passed = np.empty_like(z)
    passed[: back + 1] = phi(z[: back + 1])
    past = _Past(z, passed, parameters.w)
    delayed: list[tuple[int, LinkTerm]] = []
    instant: dict[int, list[tuple[int, LinkTerm]]] = {}
    for k, link in enumerate(equations.links):
        if k not in plan.off:
            (delayed if link.lag else instant.setdefault(link.effect, [])).append((k, link))
    kept = 1.0 - parameters.r
    for t, shocks in zip(range(years), noise, strict=True):
        now = back + 1 + t
        new = z[now]
        np.multiply(kept, z[now - 1], out=new)
        new += parameters.c
        new += plan.by[t][:, None]
        new += parameters.sigma * shocks
        for k, link in delayed:
            new[link.effect] += past.term(k, link, now)
        held = np.flatnonzero(~np.isnan(plan.to[t]))
        new[held] = plan.to[t, held, None]
        if not instant:
            passed[now] = phi(new)
            continue
        for i in equations.order:  # causes before effects; a held quantity stays as it is
            if i not in held:
                for k, link in instant.get(i, ()):
                    new[i] += past.term(k, link, now)
            passed[now, i] = phi(new[i])
    return z[back:]


@dataclass(frozen=True)
class _Past:
    """What links read: z and phi(z) of all years so far, and the weights."""

    z: Floats
    passed: Floats
    w: Floats

    def term(self, k: int, link: LinkTerm, now: int) -> Floats:
        """Return what a link adds to its effect in a year."""
        term = np.asarray(self.passed[now - link.lag, link.cause] * self.w[k])
        if link.when is not None:
            term *= 1.0 + tanh(self.z[now - link.lag, link.when])
        return term
