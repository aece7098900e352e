"""Prior predictive check: whether the argument, taken at its word, stays within reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from tealeaves.errors import TealeavesError
from tealeaves.model.compile import Equations
from tealeaves.model.draws import step_normals
from tealeaves.model.elementary import Floats
from tealeaves.model.kernel import BLOCK, simulate
from tealeaves.model.loops import Loop, reinforcing_loops
from tealeaves.model.prior import draw
from tealeaves.model.scenarios import nothing

YEARS = 20
BOUND = 5.0
ALLOWED = 0.05


@dataclass(frozen=True)
class PriorCheck:
    """How often the prior takes each quantity beyond ±5 s.d. within 20 years.

    ``worst`` leaves most often. If it leaves too often, ``loop`` is the loop to blame and
    ``without_loop`` the share left with it cut; if no loop is, ``causes`` are the links into it.
    """

    runs: int
    shares: Mapping[str, float]
    worst: str
    loop: Loop | None = None
    without_loop: float | None = None
    causes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether no quantity leaves in more than 5 % of runs."""
        return self.shares[self.worst] <= ALLOWED

    def raise_if_rejected(self) -> None:
        """Raise the error that names the loop to blame, unless all is well."""
        if self.ok:
            return
        what = (
            f"taken at their word, the links drive {self.worst} beyond ±{BOUND:g} s.d. "
            f"within {YEARS} years in {self.shares[self.worst]:.0%} of runs"
        )
        if self.loop is not None:
            what += f"; to blame is the loop {self.loop} ({self.without_loop:.0%} with it cut)"
        else:
            what += f"; no loop is to blame, its causes add up: {', '.join(self.causes)}"
        raise TealeavesError(
            what,
            where="links",
            expected=f"at most {ALLOWED:.0%}, so weaker or fewer of these links",
        )


def check_prior(equations: Equations, runs: int = 2 * BLOCK, seed: int = 0) -> PriorCheck:
    """Run the links 20 years ahead at their prior and count what leaves ±5 s.d.

    The links are judged, so nothing else may carry a quantity that far: drifts are zero, and noise
    is such that each quantity, left alone, varies by one s.d., as a standardised one does:
    ``sigma^2 = r (2 - r)``. (Drift and noise at their own priors take a quantity without any link
    beyond ±5 in about 17 % of runs, which no author could mend.) A run counts if any of its 20
    years lies beyond.

    Parameters
    ----------
    equations
        A compiled case.
    runs
        How many; with 1,024 the share 0.05 has a standard error of 0.007.
    seed
        Fixed by default, so that a case is always judged alike.

    Returns
    -------
    PriorCheck
        Of up to twelve strong self-reinforcing loops that lead to the worst quantity, the one
        blamed is that whose cutting lowers its share most for each link cut; those that lower it
        by less than a quarter are not blamed.
    """
    shares = _shares(equations, runs, seed, frozenset())
    worst = int(np.argmax(shares))
    found = PriorCheck(
        runs=runs,
        shares={name: float(p) for name, p in zip(equations.names, shares, strict=True)},
        worst=equations.names[worst],
    )
    if found.ok:
        return found
    cuts = [
        (float(_shares(equations, runs, seed, frozenset(loop.links))[worst]), loop)
        for loop in reinforcing_loops(equations, worst)
    ]
    helpful = [cut for cut in cuts if cut[0] <= 0.75 * shares[worst]]
    if helpful:
        # by link cut: a long loop helps just by taking many links away
        left, loop = max(helpful, key=lambda cut: (shares[worst] - cut[0]) / len(cut[1].links))
        return replace(found, loop=loop, without_loop=left)
    causes = [link for link in equations.links if link.effect == worst]
    causes.sort(key=lambda link: -abs(link.response))
    return replace(found, causes=tuple(link.id for link in causes))


def _shares(equations: Equations, runs: int, seed: int, off: frozenset[int]) -> Floats:
    """Share of runs in which each quantity leaves the bound."""
    plan = replace(nothing(equations, YEARS), off=off)
    left = np.zeros(len(equations.names), np.int64)
    for first in range(0, runs, BLOCK):
        numbers = np.arange(first, min(first + BLOCK, runs), dtype=np.uint64)
        drawn = draw(equations, seed, numbers)
        unit = np.sqrt(drawn.r * (2.0 - drawn.r))
        parameters = replace(drawn, c=np.zeros_like(drawn.c), sigma=unit)
        noise = step_normals(seed, numbers, YEARS, equations.noise_streams)
        z = simulate(equations, parameters, noise, plan)
        left += (np.abs(z) > BOUND).any(axis=0).sum(axis=1)
    return np.asarray(left / runs)
