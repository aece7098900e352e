"""What the sections of a brief draw on: the case, its verdicts, the pair's series, the runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from tealeaves.cases.schema import Case
from tealeaves.claims import Verdict
from tealeaves.figure import Figure, Series

if TYPE_CHECKING:
    from tealeaves.model.run import Result

#: The measures of a pair that "who needs whom" reads, each in both directions.
NEEDED = (
    "export_share",
    "market_dependence",
    "supply_dependence",
    "intensity",
    "asymmetry_size",
    "asymmetry_tie",
)


@dataclass
class Inputs:
    """Everything known when a brief is written; sections read it and change nothing."""

    case: Case
    names: dict[str, str]  #: names of the states of the pair, by code
    series: dict[tuple[str, str, str], Series]  #: by measure and directed pair
    verdicts: Sequence[Verdict]
    result: Result

    @cached_property
    def by_claim(self) -> dict[str, Verdict]:
        """The verdict on each claim, by the claim's id."""
        return {v.claim: v for v in self.verdicts}

    @property
    def a(self) -> str:
        """First state of the pair."""
        return self.case.pair[0]

    @property
    def b(self) -> str:
        """Second state of the pair."""
        return self.case.pair[1]

    def shown(self, measure: str, a: str, b: str) -> list[Figure]:
        """Return a series within the case's window; nothing in a brief rests on imputed rows."""
        first, final = self.case.window
        return [f for f in self.series[measure, a, b] if f.usable and first <= f.year <= final]

    def count(self, what: str, n: int, unit: str = "count") -> Figure:
        """Make the figure of something counted in the case or its verdicts."""
        year = int(str(self.case.vantage)[:4])
        return Figure(what, (self.case.id,), year, float(n), unit, source="case")


def derived(figure: Figure, measure: str, value: float | None, unit: str) -> Figure:
    """Make a figure computed from one other, with its years, status and source kept."""
    return replace(figure, measure=measure, value=value, unit=unit, low=None, high=None)


def bulk(figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures that come from bulk data, reported or mirrored."""
    return [f for f in figures if f.status in ("reported", "mirrored")]


def last(figures: Sequence[Figure]) -> Figure | None:
    """Return the last figure that comes from bulk data."""
    good = bulk(figures)
    return good[-1] if good else None


def published(figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures that rest on published figures."""
    return [f for f in figures if f.status == "published figure"]
