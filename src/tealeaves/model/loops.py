"""Loops of links that reinforce themselves, the strongest first."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tealeaves.model.compile import Equations
from tealeaves.model.prior import RATE_MEAN, weight


@dataclass(frozen=True)
class Loop:
    """A circle of links that reinforces itself: an even number of them are negative.

    ``gain`` is the geometric mean over its links of ``|w| / r̄``: above 1 the loop feeds a departure
    faster than it fades.
    """

    links: tuple[int, ...]
    names: tuple[str, ...]
    gain: float

    def __str__(self) -> str:
        return " -> ".join((*self.names, self.names[0]))


#: A path so far: sum of log weights, links, rows passed.
_Path = tuple[float, tuple[int, ...], frozenset[int]]


def reinforcing_loops(equations: Equations, target: int, limit: int = 12) -> list[Loop]:
    """Return strong self-reinforcing loops from which links lead to a quantity.

    From each quantity paths grow link by link; of those that end at the same quantity with the same
    sign only the strongest grows on. This takes about (quantities)^2 (links) steps however many
    circles there are, and finds the strongest loops but for rare cases where the best start of a
    path blocks its own way home.

    Parameters
    ----------
    equations
        A compiled case.
    target
        Row of the quantity that the loops must reach.
    limit
        How many at most, the largest gain first.

    Returns
    -------
    list of Loop
        No quantity comes twice in a loop.
    """
    reach = _leading_to(equations, target)
    edges = [
        (link.cause, link.effect, link.response < 0, math.log(abs(weight(link.response))), k)
        for k, link in enumerate(equations.links)
        if link.cause in reach and link.effect in reach
    ]
    found: dict[frozenset[int], Loop] = {}
    for start in sorted(reach):
        paths: dict[tuple[int, bool], _Path] = {(start, False): (0.0, (), frozenset())}
        while paths:
            longer: dict[tuple[int, bool], _Path] = {}
            for cause, effect, flips, log_weight, k in edges:
                for lowered in (False, True):
                    if (path := paths.get((cause, lowered))) is None or effect in path[2]:
                        continue
                    end = (effect, lowered != flips)
                    if end not in longer or path[0] + log_weight > longer[end][0]:
                        longer[end] = (path[0] + log_weight, (*path[1], k), path[2] | {effect})
            home = longer.pop((start, False), None)
            longer.pop((start, True), None)
            if home is not None:
                names = tuple(equations.names[equations.links[k].cause] for k in home[1])
                gain = math.exp(home[0] / len(home[1])) / RATE_MEAN
                found.setdefault(frozenset(home[1]), Loop(home[1], names, gain))
            paths = longer
    return sorted(found.values(), key=lambda loop: (-loop.gain, len(loop.links)))[:limit]


def _leading_to(equations: Equations, target: int) -> set[int]:
    """Rows from which links lead to the target, itself among them."""
    reach, fresh = {target}, {target}
    while fresh:
        fresh = {link.cause for link in equations.links if link.effect in fresh} - reach
        reach |= fresh
    return reach
