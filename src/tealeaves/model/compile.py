"""From a case and its measured history to equations: names to rows, words to numbers, starts.

Nothing here is random. What a case says wrongly is refused here, once, with the element's name.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from tealeaves.cases.schema import Case, Quantity
from tealeaves.errors import TealeavesError, nearest
from tealeaves.model import elementary
from tealeaves.model.elementary import Floats
from tealeaves.model.philox import Words, streams

#: Years and values of each measured quantity, in the measure's own unit.
History: TypeAlias = Mapping[str, Sequence[tuple[int, float]]]

MIN_VALUES = 5  #: fewer values in the window do not fix a scale


@dataclass(frozen=True)
class Scale:
    """How a measured quantity was standardised: ``z = (f(x) - mean) / sd``."""

    transform: str
    mean: float
    sd: float
    first: int  #: first and last year of the values used, and their number
    last: int
    n: int

    def back(self, z: Floats) -> Floats:
        """Return values in the measure's own unit.

        Examples
        --------
        >>> Scale("identity", 10.0, 2.0, 2000, 2010, 11).back(np.array([0.0, -1.5]))
        array([10.,  7.])
        """
        x = self.mean + self.sd * z
        if self.transform == "log":
            return elementary.exp(x)
        if self.transform == "logit":
            return 1.0 / (1.0 + elementary.exp(-x))
        return x


@dataclass(frozen=True)
class LinkTerm:
    """A link as a term of its effect's equation; quantities are rows."""

    id: str
    cause: int
    effect: int
    lag: int
    when: int | None
    response: float  #: signed, after five years, in s.d.


@dataclass(frozen=True)
class Equations:
    """A compiled case. Rows are quantities in the case's order; links are sorted by id.

    ``past[k]`` holds z of the year ``start_year - 1 - k``: the value known for that year, else the
    start value. ``unmeasured`` says why a quantity that declares a measure runs as a latent one.
    """

    case: Case
    names: tuple[str, ...]
    scales: Mapping[str, Scale]
    unmeasured: Mapping[str, str]
    start_year: int
    start: Floats
    start_from: tuple[int | None, ...]  #: year of the value a quantity starts from; None: latent
    past: Floats
    links: tuple[LinkTerm, ...]
    order: tuple[int, ...]  #: rows, causes before effects along links without lag
    noise_streams: Words
    parameter_streams: Words
    link_streams: Words

    @property
    def years(self) -> tuple[int, ...]:
        """The start year and the years run."""
        return tuple(range(self.start_year, self.start_year + self.case.horizon + 1))

    def row(self, name: str) -> int:
        """Return the row of a quantity.

        Raises
        ------
        TealeavesError
            The case has no such quantity.
        """
        return _row(name, self.names, "quantity")


def compile_case(case: Case, history: History) -> Equations:
    """Turn a case into equations.

    ``z_i(t+1) = z_i(t) + c_i - r_i z_i(t) + sum_j w_ij phi(z_j(t+1-lag)) m + imposed + sigma_i e``

    Parameters
    ----------
    case
        A valid case.
    history
        Values of measured quantities by year, in the measure's unit. A quantity that is absent, or
        has fewer than five values in the case's window, no spread or no value up to the year of the
        vantage date, starts at 0 like a latent one; ``unmeasured`` says so.

    Returns
    -------
    Equations
        With z standardised by mean and sample s.d. of the transformed values in the window.

    Raises
    ------
    TealeavesError
        Names that do not fit, values the transform cannot take, circles of links without lag, two
        names that would share random numbers.
    """
    names = tuple(case.quantities)
    _check_history(case, history)
    year = case.vantage.year
    links = _links(case, names)
    scales: dict[str, Scale] = {}
    unmeasured: dict[str, str] = {}
    known: list[dict[int, float]] = []
    for name, quantity in case.quantities.items():
        known.append({})
        if quantity.latent:
            continue
        z = _standardise(name, quantity, history.get(name, ()), case.window, year)
        if isinstance(z, str):
            unmeasured[name] = z
        else:
            scales[name], known[-1] = z
    start_from = tuple(max((y for y in k if y <= year), default=None) for k in known)
    start = np.array(
        [0.0 if y is None else k[y] for k, y in zip(known, start_from, strict=True)], np.float64
    )
    reach = max((link.lag for link in links), default=1) - 1
    past = np.tile(start, (max(reach, 0), 1))
    for back, row in enumerate(past):
        for i, values in enumerate(known):
            row[i] = values.get(year - 1 - back, row[i])
    n, m = len(names), len(links)
    hashes = streams([*names, *(f"parameters of {q}" for q in names), *(k.id for k in links)])
    return Equations(
        case=case,
        names=names,
        scales=scales,
        unmeasured=unmeasured,
        start_year=year,
        start=start,
        start_from=start_from,
        past=past,
        links=links,
        order=_order(names, links),
        noise_streams=hashes[:n],
        parameter_streams=hashes[n : 2 * n],
        link_streams=hashes[2 * n : 2 * n + m],
    )


def _row(name: str, names: Sequence[str], where: str) -> int:
    if name not in names:
        raise TealeavesError(
            f"unknown quantity '{name}'", where=where, nearest=nearest(name, names)
        )
    return names.index(name)


def _check_history(case: Case, history: History) -> None:
    for name, points in history.items():
        _row(name, tuple(case.quantities), "history")
        where = f"history of {name}"
        if case.quantities[name].latent:
            raise TealeavesError("the quantity is latent", where=where, expected="no values")
        years = [year for year, _ in points]
        if len(set(years)) != len(years):
            raise TealeavesError("a year comes twice", where=where, expected="each year once")
        for year, value in points:
            if not math.isfinite(value):
                raise TealeavesError(
                    f"{value} in {year}", where=where, expected="a number; leave a gap's year out"
                )


def _links(case: Case, names: tuple[str, ...]) -> tuple[LinkTerm, ...]:
    terms = [
        LinkTerm(
            id=link.id,
            cause=_row(link.cause, names, f"link {link.id}"),
            effect=_row(link.effect, names, f"link {link.id}"),
            lag=link.lag,
            when=None if link.when is None else _row(link.when, names, f"link {link.id}"),
            response=link.response,
        )
        for link in case.links
    ]
    # sorted, so that the order of lines in a file changes no bit of a sum
    return tuple(sorted(terms, key=lambda term: term.id))


def _standardise(
    name: str,
    quantity: Quantity,
    points: Sequence[tuple[int, float]],
    window: tuple[int, int],
    year: int,
) -> tuple[Scale, dict[int, float]] | str:
    """Return the scale and z by year, or why there is none."""
    values = {y: _transform(name, quantity.transform, y, x) for y, x in sorted(points)}
    inside = {y: v for y, v in values.items() if window[0] <= y <= window[1]}
    if len(inside) < MIN_VALUES:
        return f"{len(inside)} values in {window[0]}-{window[1]}, fewer than {MIN_VALUES}"
    if min(values) > year:
        return f"no value up to {year}"
    mean = math.fsum(inside.values()) / len(inside)
    squares = math.fsum((v - mean) * (v - mean) for v in inside.values())
    sd = math.sqrt(squares / (len(inside) - 1))
    if sd <= 1e-12 * max(1.0, abs(mean)):
        return f"the same value throughout {window[0]}-{window[1]}"
    scale = Scale(quantity.transform, mean, sd, min(inside), max(inside), len(inside))
    return scale, {y: (v - mean) / sd for y, v in values.items()}


def _transform(name: str, transform: str, year: int, x: float) -> float:
    if transform == "identity":
        return float(x)
    top = math.inf if transform == "log" else 1.0
    if not 0.0 < x < top:
        raise TealeavesError(
            f"{transform} of {x:g} in {year}",
            where=f"quantity {name}",
            expected="values above 0" if transform == "log" else "values between 0 and 1",
        )
    return float(elementary.log(x if transform == "log" else x / (1.0 - x)))


def _order(names: tuple[str, ...], links: tuple[LinkTerm, ...]) -> tuple[int, ...]:
    """Rows with causes (and modulators) before effects, along links without lag."""
    before: dict[int, set[int]] = {i: set() for i in range(len(names))}
    for link in links:
        if link.lag == 0:
            before[link.effect] |= {link.cause} | ({link.when} if link.when is not None else set())
    order: list[int] = []
    while before:
        free = [i for i, causes in before.items() if not causes]
        if not free:
            circle = ", ".join(names[i] for i in before)
            raise TealeavesError(
                f"links without lag run in a circle through {circle}",
                where="links",
                expected="a lag of at least 1 on one of them",
            )
        order += free
        for i in free:
            del before[i]
        for causes in before.values():
            causes.difference_update(free)
    return tuple(order)
