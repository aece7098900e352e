"""What a simulation found: fans, outcomes, and paired differences from the baseline."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from tealeaves.errors import TealeavesError, nearest
from tealeaves.model.check import PriorCheck
from tealeaves.model.compile import Equations
from tealeaves.model.elementary import Floats
from tealeaves.model.scenarios import Plan
from tealeaves.model.summary import QUANTILES, Tally

#: What every likelihood of the model is.
WORDING = "likelihood under the author's assumptions"


@dataclass(frozen=True)
class Fan:
    """One quantity under one scenario: a value a year, the start year first.

    In s.d. of the reference window, or in the measure's unit where :meth:`Result.fan` was asked
    for it (means then are not given: a mean does not pass through a transform).
    """

    quantity: str
    scenario: str
    years: tuple[int, ...]
    quantiles: dict[float, tuple[float, ...]]  #: by :data:`QUANTILES`
    mean: tuple[float, ...] | None


@dataclass(frozen=True)
class OutcomeShare:
    """How often an outcome comes about, and how often the scenario decides it.

    ``gained`` is the share of runs that have the outcome under the scenario and not under the
    baseline, ``lost`` the reverse, ``flips`` their sum, ``difference`` gained less lost; the runs
    share their random numbers, so no other chance is in them. Errors are Monte-Carlo standard
    errors: of the number of runs only, not of the assumptions.
    """

    outcome: str
    scenario: str
    probability: float
    error: float
    gained: float
    lost: float
    difference: float
    difference_error: float

    @property
    def flips(self) -> float:
        """Share of runs in which the outcome differs from the baseline's."""
        return self.gained + self.lost


@dataclass(frozen=True)
class Shift:
    """Mean difference of a quantity from the baseline, run by run, by year, in s.d."""

    quantity: str
    scenario: str
    years: tuple[int, ...]
    mean: tuple[float, ...]
    error: tuple[float, ...]


class Result:
    """The summary of a simulation.

    Parameters
    ----------
    equations, plans, tally
        What was run, and its counts; the baseline comes first.
    seed
        As given.
    check
        The check of the prior, None where it was not asked for.
    """

    def __init__(
        self,
        equations: Equations,
        plans: list[Plan],
        tally: Tally,
        seed: int,
        check: PriorCheck | None,
    ) -> None:
        self.equations = equations
        self.seed = seed
        self.check = check
        self.runs = tally.runs
        self.years = equations.years
        self.quantities = equations.names
        self.scenarios = tuple(p.id for p in plans)
        self.outcomes = tuple(o.id for o in equations.case.outcomes)
        self._titles = tuple(p.title for p in plans)
        self._tally = tally
        self._quantiles = tally.quantiles()
        self._means = tally.means()
        self._errors = tally.difference_errors()

    def fan(self, quantity: str, scenario: str = "baseline", *, unit: bool = False) -> Fan:
        """Return quantiles by year.

        Parameters
        ----------
        quantity, scenario
            Names.
        unit
            In the measure's unit instead of s.d.; only for a quantity with a scale.
        """
        s, q = self._scenario(scenario), self.equations.row(quantity)
        values = self._quantiles[s, :, q]
        if unit:
            if quantity not in self.equations.scales:
                raise TealeavesError(f"'{quantity}' has no unit: it is latent here", where="unit")
            values = self.equations.scales[quantity].back(values)
        return Fan(
            quantity=quantity,
            scenario=scenario,
            years=self.years,
            quantiles={p: _plain(values[:, k]) for k, p in enumerate(QUANTILES)},
            mean=None if unit else _plain(self._means[s, :, q]),
        )

    def shift(self, quantity: str, scenario: str) -> Shift:
        """Return the mean paired difference from the baseline by year."""
        s, q = self._scenario(scenario), self.equations.row(quantity)
        difference = self._means[s, :, q] - self._means[0, :, q]
        return Shift(
            quantity, scenario, self.years, _plain(difference), _plain(self._errors[s, :, q])
        )

    def outcome(self, outcome: str, scenario: str = "baseline") -> OutcomeShare:
        """Return the share of runs with an outcome, and of those that the scenario flips.

        With n runs, ``error = sqrt(p (1-p) / n)`` and ``difference_error =
        sqrt((gained + lost - difference^2) / n)``.
        """
        if outcome not in self.outcomes:
            raise TealeavesError(
                f"unknown outcome '{outcome}'",
                where="outcome",
                nearest=nearest(outcome, self.outcomes),
            )
        s, o, n = self._scenario(scenario), self.outcomes.index(outcome), self.runs
        p = int(self._tally.hits[s, o]) / n
        gained, lost = int(self._tally.gained[s, o]) / n, int(self._tally.lost[s, o]) / n
        difference = gained - lost
        return OutcomeShare(
            outcome=outcome,
            scenario=scenario,
            probability=p,
            error=math.sqrt(p * (1.0 - p) / n),
            gained=gained,
            lost=lost,
            difference=difference,
            difference_error=math.sqrt(max(gained + lost - difference * difference, 0.0) / n),
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the documented JSON form."""
        eq = self.equations
        return {
            "schema": 1,
            "case": eq.case.id,
            "case_hash": eq.case.content_hash,
            "wording": WORDING,
            "runs": self.runs,
            "seed": self.seed,
            "years": list(self.years),
            "quantities": [self._quantity(i, name) for i, name in enumerate(eq.names)],
            "scenarios": [self._scenario_dict(s, name) for s, name in enumerate(self.scenarios)],
        }

    def _quantity(self, row: int, name: str) -> dict[str, Any]:
        scale = self.equations.scales.get(name)
        return {
            "name": name,
            "start": float(self.equations.start[row]),
            "start_from": self.equations.start_from[row],
            "unmeasured": self.equations.unmeasured.get(name),
            "scale": None
            if scale is None
            else {
                "transform": scale.transform,
                "mean": scale.mean,
                "sd": scale.sd,
                "first": scale.first,
                "last": scale.last,
                "n": scale.n,
            },
        }

    def _scenario_dict(self, s: int, name: str) -> dict[str, Any]:
        fans, shifts = {}, {}
        for quantity in self.quantities:
            fan = self.fan(quantity, name)
            fans[quantity] = {
                **{f"q{round(100 * p):02d}": list(v) for p, v in fan.quantiles.items()},
                "mean": list(fan.mean or ()),
            }
            shift = self.shift(quantity, name)
            shifts[quantity] = {"mean": list(shift.mean), "error": list(shift.error)}
        outcomes = {}
        for outcome in self.outcomes:
            share = self.outcome(outcome, name)
            outcomes[outcome] = {
                "probability": share.probability,
                "error": share.error,
                "flips": share.flips,
                "gained": share.gained,
                "lost": share.lost,
                "difference": share.difference,
                "difference_error": share.difference_error,
            }
        return {
            "id": name,
            "title": self._titles[s],
            "fans": fans,
            "shifts": shifts,
            "outcomes": outcomes,
        }

    def _scenario(self, scenario: str) -> int:
        if scenario not in self.scenarios:
            raise TealeavesError(
                f"scenario '{scenario}' was not run",
                where="scenario",
                expected=f"one of {', '.join(self.scenarios)}",
                nearest=nearest(scenario, self.scenarios),
            )
        return self.scenarios.index(scenario)


def _plain(values: Floats) -> tuple[float, ...]:
    return tuple(float(v) for v in np.asarray(values))
