"""Summaries that accumulate while runs are made: integers only, so any order gives the same bits.

Values are counted in bins and summed in fixed point; memory does not grow with the runs.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tealeaves.errors import TealeavesError
from tealeaves.model.elementary import Floats

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
BINS = 512
LIMIT = 256.0  #: s.d. beyond which a run is taken to have no meaning
MAX_RUNS = 2**28  #: up to which no integer below overflows
_REACH = 8.0
_FIRST = 2.0**26  #: fixed point of sums: 2^8 (limit) 2^28 (runs) 2^26 < 2^63
_SECOND = 2.0**16  #: of sums of squares: 2^18 2^28 2^16 < 2^63


def edges() -> Floats:
    """Return the edges of the bins in s.d.

    Bins are equal in ``t = z / (1 + |z|/8)``, from -8 to 8: 0.03 s.d. wide at 0, 0.08 at 5, and
    without end. ``z = t / (1 - |t|/8)``.

    Examples
    --------
    >>> middle = edges()[256:258]
    >>> float(middle[0]), round(float(middle[1]), 3)
    (0.0, 0.031)
    """
    t = np.arange(-BINS // 2, BINS // 2 + 1) * (2 * _REACH / BINS)
    with np.errstate(divide="ignore"):
        return np.asarray(t / (1.0 - np.abs(t) / _REACH))


class Tally:
    """Counts and sums over runs, by scenario, year and quantity; the baseline is scenario 0.

    Parameters
    ----------
    scenarios, years, quantities, outcomes
        How many of each; years include the start year.
    """

    def __init__(self, scenarios: int, years: int, quantities: int, outcomes: int) -> None:
        cells = (scenarios, years, quantities)
        self.runs = 0
        self.counts = np.zeros((*cells, BINS), np.int32)
        self.sums = np.zeros(cells, np.int64)
        self.squares = np.zeros(cells, np.int64)  # of differences from the baseline
        self.lows = np.full(cells, np.inf)
        self.highs = np.full(cells, -np.inf)
        self.hits = np.zeros((scenarios, outcomes), np.int64)
        self.gained = np.zeros((scenarios, outcomes), np.int64)
        self.lost = np.zeros((scenarios, outcomes), np.int64)
        self._offsets = (np.arange(quantities) * BINS)[:, None]

    def add(self, scenario: int, z: Floats, base: Floats) -> None:
        """Count one block of one scenario.

        Parameters
        ----------
        scenario
            Its number.
        z, base
            Shape (years, quantities, runs), of the scenario and of the baseline.
        """
        if scenario == 0:
            self.runs += z.shape[2]
        if not bool((np.abs(z) < LIMIT).all()):
            raise TealeavesError(
                f"runs leave ±{LIMIT:g} s.d.", where="model", expected="links or values that do not"
            )
        self.sums[scenario] += _fixed(z, _FIRST)
        if scenario:
            difference = z - base
            difference *= difference
            self.squares[scenario] += _fixed(difference, _SECOND)
        np.minimum(self.lows[scenario], z.min(axis=2), out=self.lows[scenario])
        np.maximum(self.highs[scenario], z.max(axis=2), out=self.highs[scenario])
        for year, values in enumerate(z):
            t = np.abs(values)
            t *= 1.0 / _REACH
            t += 1.0
            np.divide(values, t, out=t)
            t *= BINS / (2 * _REACH)
            t += BINS / 2
            cell = t.astype(np.int64)
            cell += self._offsets
            flat = np.bincount(cell.ravel(), minlength=self.counts[scenario, year].size)
            self.counts[scenario, year] += flat.reshape(-1, BINS)

    def add_outcome(
        self, scenario: int, outcome: int, now: NDArray[np.bool_], base: NDArray[np.bool_]
    ) -> None:
        """Count one outcome of one block: its runs, and those that flip against the baseline."""
        self.hits[scenario, outcome] += np.count_nonzero(now)
        self.gained[scenario, outcome] += np.count_nonzero(now & ~base)
        self.lost[scenario, outcome] += np.count_nonzero(base & ~now)

    def merge(self, other: Tally) -> None:
        """Add another tally of the same shape."""
        self.runs += other.runs
        for name in ("counts", "sums", "squares", "hits", "gained", "lost"):
            getattr(self, name)[...] += getattr(other, name)
        np.minimum(self.lows, other.lows, out=self.lows)
        np.maximum(self.highs, other.highs, out=self.highs)

    def means(self) -> Floats:
        """Return mean z, shape (scenarios, years, quantities)."""
        return np.asarray(self.sums / _FIRST / self.runs)

    def difference_errors(self) -> Floats:
        """Return the Monte-Carlo standard errors of the mean differences from the baseline."""
        means = self.means()
        difference = means - means[0]
        variance = self.squares / _SECOND / self.runs - difference * difference
        return np.asarray(np.sqrt(np.maximum(variance, 0.0) / self.runs))

    def quantiles(self) -> Floats:
        """Return the quantiles of :data:`QUANTILES`, shape (scenarios, years, quantities, 5).

        The q-quantile is where ``q runs`` values lie below, interpolated within its bin and kept
        within the smallest and largest value seen: off by less than the bin's width, for smooth
        distributions by far less, and exact where all runs have one value.
        """
        edge = edges()
        edge[0], edge[-1] = -LIMIT, LIMIT
        flat = self.counts.reshape(-1, BINS)
        above = np.cumsum(flat, axis=1, dtype=np.int64)
        result = np.empty((len(flat), len(QUANTILES)))
        rows = np.arange(len(flat))
        for k, q in enumerate(QUANTILES):
            target = q * self.runs
            cell = np.argmax(above >= target, axis=1)
            inside = flat[rows, cell]
            share = (target - (above[rows, cell] - inside)) / inside
            result[:, k] = edge[cell] + share * (edge[cell + 1] - edge[cell])
        shape = self.lows.shape
        kept = result.reshape(*shape, len(QUANTILES))
        return np.clip(kept, self.lows[..., None], self.highs[..., None])


def _fixed(values: Floats, unit: float) -> NDArray[np.int64]:
    return np.asarray(np.rint(values * unit).astype(np.int64).sum(axis=2))
