"""Small cases for tests of the model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tealeaves.cases.schema import Case
from tealeaves.model.compile import Equations, compile_case
from tealeaves.model.elementary import Floats
from tealeaves.model.kernel import simulate
from tealeaves.model.prior import Parameters, weight
from tealeaves.model.scenarios import Plan, nothing

ADDED = {"origin": "added"}


def link(
    text: str, sign: str = "+", strength: str | float = "moderate", **more: Any
) -> dict[str, Any]:
    """A link of a case file."""
    return {"link": text, "sign": sign, "strength": strength, **ADDED, **more}


def scenario(name: str, *impose: dict[str, Any], without: Sequence[str] = ()) -> dict[str, Any]:
    """A scenario of a case file."""
    return {"id": name, "title": name, "impose": list(impose), "without": list(without), **ADDED}


def outcome(name: str, when: str) -> dict[str, Any]:
    """An outcome of a case file."""
    return {"id": name, "title": name, "when": when, **ADDED}


def make(
    quantities: Sequence[str] | dict[str, dict[str, Any]],
    links: Sequence[dict[str, Any]] = (),
    scenarios: Sequence[dict[str, Any]] = (),
    outcomes: Sequence[dict[str, Any]] = (),
    **more: Any,
) -> Case:
    """A case that starts in 2024 and runs ten years."""
    if not isinstance(quantities, dict):
        quantities = {name: {} for name in quantities}
    data: dict[str, Any] = {
        "schema": 1,
        "id": "test",
        "title": "t",
        "question": "q",
        "pair": ["AAA", "BBB"],
        "vantage": "2024-05-22",
        "source": {"author": "a", "title": "t"},
        "paragraphs": 1,
        "window": [2000, 2024],
        "horizon": 10,
        "actors": {"AAA": {"name": "A"}},
        "quantities": {k: {"title": k, **ADDED, **v} for k, v in quantities.items()},
        "links": list(links),
        "scenarios": list(scenarios),
        "outcomes": list(outcomes),
    }
    return Case.model_validate({**data, **more})


def deterministic(
    equations: Equations, plan: Plan | None = None, *, r: float = 0.1, runs: int = 1
) -> Floats:
    """Run without noise and drift, all rates at r and all weights at what their words say."""
    n = len(equations.names)
    w = np.array([weight(k.response) for k in equations.links], np.float64)
    still = np.zeros((n, runs))
    parameters = Parameters(r=still + r, c=still, sigma=still, w=np.tile(w[:, None], (1, runs)))
    chosen = nothing(equations, equations.case.horizon) if plan is None else plan
    return simulate(equations, parameters, [still] * len(chosen.by), chosen)


def compiled(*args: Any, **more: Any) -> Equations:
    """A case of :func:`make`, compiled without history."""
    return compile_case(make(*args, **more), {})
