"""Run a case forward: many runs, all scenarios, the same random numbers in each."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

import numpy as np

from tealeaves.cases.schema import Case
from tealeaves.errors import TealeavesError
from tealeaves.model.check import check_prior
from tealeaves.model.compile import Equations, History, compile_case
from tealeaves.model.draws import step_normals
from tealeaves.model.kernel import BLOCK, simulate
from tealeaves.model.outcomes import check_outcomes, evaluate
from tealeaves.model.philox import check_seed
from tealeaves.model.prior import draw
from tealeaves.model.result import Result
from tealeaves.model.scenarios import Plan, plans
from tealeaves.model.summary import MAX_RUNS, Tally

__all__ = ["Result", "run"]

CHECKS = ("reject", "report", "skip")


def run(
    case: Case,
    history: History,
    *,
    runs: int = 10_000,
    seed: int = 1,
    scenarios: Sequence[str] | None = None,
    threads: int = 1,
    block: int = BLOCK,
    check: Literal["reject", "report", "skip"] = "reject",
) -> Result:
    """Run a case's links forward from its prior.

    Run k draws its parameters and shocks from seed and k alone; every scenario uses the same ones,
    so that a difference from the baseline is the scenario's doing. The result is the same, bit for
    bit, whatever the number of threads and the size of blocks.

    Parameters
    ----------
    case
        A valid case.
    history
        Years and values of measured quantities (see :func:`compile_case`).
    runs
        1 to 2^28.
    seed
        0 to 2^64 - 1.
    scenarios
        Ids of scenarios; by default all of the case. The baseline is always run.
    threads
        How many threads share the work.
    block
        Runs worked on at once; only memory and speed depend on it.
    check
        What to do about a case whose prior explodes (:func:`tealeaves.model.check.check_prior`):
        refuse it; run it, with the finding in the result's ``check``; or do not look.

    Returns
    -------
    Result
        Quantiles by year, outcome shares, paired differences.

    Raises
    ------
    TealeavesError
        Any of these out of its range, an unknown scenario, a case that cannot be compiled, or one
        that the check of the prior rejects.
    """
    _whole("runs", runs, MAX_RUNS)
    _whole("threads", threads, 1024)
    _whole("block", block, 2**20)
    check_seed(seed)
    equations = compile_case(case, history)
    chosen = plans(equations, scenarios)
    check_outcomes(equations)
    if check not in CHECKS:
        raise TealeavesError(
            f"unknown '{check}'", where="check", expected=f"one of {', '.join(CHECKS)}"
        )
    found = None if check == "skip" else check_prior(equations)
    if found is not None and check == "reject":
        found.raise_if_rejected()
    blocks = range(0, runs, block)

    def share(worker: int) -> Tally:
        tally = _tally(equations, chosen)
        for first in blocks[worker::threads]:
            numbers = np.arange(first, min(first + block, runs), dtype=np.uint64)
            _one_block(equations, chosen, seed, numbers, tally)
        return tally

    workers = min(threads, len(blocks))
    if workers == 1:
        return Result(equations, chosen, share(0), seed, found)
    with ThreadPoolExecutor(workers) as pool:
        first, *rest = pool.map(share, range(workers))
    for tally in rest:
        first.merge(tally)
    return Result(equations, chosen, first, seed, found)


def _whole(name: str, value: int, top: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= top:
        raise TealeavesError(
            f"{value!r} {name}", where=name, expected=f"a whole number from 1 to {top}"
        )


def _tally(equations: Equations, chosen: list[Plan]) -> Tally:
    return Tally(
        len(chosen), len(equations.years), len(equations.names), len(equations.case.outcomes)
    )


def _one_block(
    equations: Equations,
    chosen: list[Plan],
    seed: int,
    numbers: np.ndarray[tuple[int], np.dtype[np.uint64]],
    tally: Tally,
) -> None:
    """Run one block under all scenarios and count it."""
    parameters = draw(equations, seed, numbers)
    noise = list(step_normals(seed, numbers, equations.case.horizon, equations.noise_streams))
    base = simulate(equations, parameters, noise, chosen[0])
    outcomes = [(f"outcome {o.id}", o.expr) for o in equations.case.outcomes]
    before = [evaluate(expr, base[-1], equations, name) for name, expr in outcomes]
    for s, plan in enumerate(chosen):
        z = simulate(equations, parameters, noise, plan) if s else base
        tally.add(s, z, base)
        for o, (name, expr) in enumerate(outcomes):
            now = evaluate(expr, z[-1], equations, name) if s else before[o]
            tally.add_outcome(s, o, now, before[o])
