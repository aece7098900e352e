"""Scenarios as plans: what is added, held or switched off in which year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tealeaves.cases.schema import Scenario
from tealeaves.errors import TealeavesError, nearest
from tealeaves.model.compile import Equations
from tealeaves.model.elementary import Floats

BASELINE = "baseline"


@dataclass(frozen=True)
class Plan:
    """A scenario in rows and years; row t of ``by`` and ``to`` is year ``start_year + 1 + t``."""

    id: str
    title: str
    by: Floats  #: shape (years, quantities): added
    to: Floats  #: shape (years, quantities): value at which it is held, NaN where free
    off: frozenset[int]  #: links switched off

    @property
    def imposes(self) -> bool:
        """Whether anything differs from the baseline."""
        return bool(self.off) or bool(self.by.any()) or not bool(np.isnan(self.to).all())


def nothing(equations: Equations, years: int) -> Plan:
    """Return the plan that imposes nothing."""
    shape = (years, len(equations.names))
    return Plan(BASELINE, "Baseline", np.zeros(shape), np.full(shape, np.nan), frozenset())


def plan(equations: Equations, scenario: Scenario) -> Plan:
    """Turn a scenario of the case into a plan.

    Raises
    ------
    TealeavesError
        An unknown quantity or link, years outside those that are run, one quantity held twice or
        held and shifted in the same year.
    """
    years = equations.years[1:]
    blank = nothing(equations, len(years))
    shifted = np.zeros(blank.by.shape, np.bool_)
    for item in scenario.impose:
        where = f"scenario {scenario.id}, {item.quantity}"
        row = equations.row(item.quantity)
        first, last = item.span(years[-1])
        if first < years[0] or last > years[-1] or first > last:
            raise TealeavesError(
                f"imposed from {first} until {last}",
                where=where,
                expected=f"years within {years[0]}-{years[-1]}, which are run",
            )
        span = slice(first - years[0], last - years[0] + 1)
        held = ~np.isnan(blank.to[span, row])
        if held.any() or (item.to is not None and shifted[span, row].any()):
            raise TealeavesError(
                "held at a value and imposed on otherwise in the same year",
                where=where,
                expected="spans that do not overlap",
            )
        if item.to is not None:
            blank.to[span, row] = item.to
        elif item.by is not None:
            blank.by[span, row] += item.by
            shifted[span, row] = True
    off = frozenset(_link(equations, scenario, link) for link in scenario.without)
    return Plan(scenario.id, scenario.title, blank.by, blank.to, off)


def plans(equations: Equations, ids: Sequence[str] | None = None) -> list[Plan]:
    """Return the baseline's plan, then those of the scenarios asked for, in the case's order.

    Parameters
    ----------
    equations
        A compiled case. One without a scenario named ``baseline`` gets one.
    ids
        Ids of scenarios; by default all.

    Raises
    ------
    TealeavesError
        An unknown id (nearest named), or a baseline that imposes something.
    """
    scenarios = {s.id: s for s in equations.case.scenarios}
    known = [BASELINE, *(i for i in scenarios if i != BASELINE)]
    for wanted in ids or ():
        if wanted not in known:
            raise TealeavesError(
                f"unknown scenario '{wanted}'",
                where="scenario",
                expected=f"one of {', '.join(known)}",
                nearest=nearest(wanted, known),
            )
    base = nothing(equations, equations.case.horizon)
    if BASELINE in scenarios:
        base = plan(equations, scenarios[BASELINE])
        if base.imposes:
            raise TealeavesError(
                "the baseline imposes something", where=f"scenario {BASELINE}", expected="nothing"
            )
    rest = known[1:] if ids is None else [i for i in known[1:] if i in ids]
    return [base, *(plan(equations, scenarios[i]) for i in rest)]


def _link(equations: Equations, scenario: Scenario, link_id: str) -> int:
    known = [link.id for link in equations.links]
    if link_id not in known:
        raise TealeavesError(
            f"unknown link '{link_id}'",
            where=f"scenario {scenario.id}, without",
            nearest=nearest(link_id, known),
        )
    return known.index(link_id)
