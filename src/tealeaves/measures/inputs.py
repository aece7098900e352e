"""What measures read from a store: filtered to the states and years wanted, and read once.

One `Inputs` serves all measures of a pair, so that they share its tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from tealeaves.measures.frames import named, reverse
from tealeaves.measures.vote_scores import Counts, periods

if TYPE_CHECKING:
    from tealeaves.evidence.store import Store


class Inputs:
    """Tables of one store for all states, or only for some, over some years.

    Parameters
    ----------
    store
        An open store.
    years
        First and last year wanted, both included; all when None. One year more is read before
        the first, for changes from a year to the next; whoever asks trims the results.
    states
        ISO codes; only rows about these states (for pairs: both of them); all when None.
    """

    def __init__(
        self,
        store: Store,
        years: tuple[int, int] | None = None,
        states: Sequence[str] | None = None,
    ) -> None:
        self.store = store
        self.years = years
        self.states = None if states is None else tuple(states)
        self._variables: dict[str, pl.DataFrame] = {}

    def _wanted(self, *columns: str) -> list[pl.Expr]:
        wanted = []
        if self.years is not None:
            wanted.append(pl.col("year").is_between(self.years[0] - 1, self.years[1]))
        if self.states is not None:
            wanted += [pl.col(column).is_in(self.states) for column in columns]
        return wanted

    def state_year(self, variable: str) -> pl.DataFrame:
        """Return [state, year, value, low, high, status, source] of a variable."""
        if variable not in self._variables:
            table = self.store.state_year([variable]).filter(
                *self._wanted("state"), pl.col("value").is_not_null()
            )
            self._variables[variable] = table.drop("variable").collect()
        return self._variables[variable]

    def pair_year(self, variable: str) -> pl.DataFrame:
        """Return [a, b, year, value, low, high, status, source] of a variable."""
        return self.pair_years([variable])[0]

    def pair_years(self, variables: Sequence[str]) -> list[pl.DataFrame]:
        """Return the tables of several variables, of which the new ones are read together."""
        new = [variable for variable in variables if variable not in self._variables]
        if new:
            years = None if self.years is None else (self.years[0] - 1, self.years[1])
            rows = self.store.pair_year(new, states=self.states, years=years)
            table = rows.filter(pl.col("value").is_not_null()).collect()
            for variable in new:
                self._variables[variable] = table.filter(variable=variable).drop("variable")
        return [self._variables[variable] for variable in variables]

    @cached_property
    def exports(self) -> pl.DataFrame:
        """Flows [a, b, year, value, status, source]: exports of a to b, USD mn, FOB."""
        table = self.store.trade().filter(*self._wanted("a", "b"), pl.col("usd_mn").is_not_null())
        return table.rename({"usd_mn": "value"}).collect()

    @cached_property
    def imports(self) -> pl.DataFrame:
        """Flows [a, b, year, value, status, source]: imports of a from b, USD mn, FOB."""
        return reverse(self.exports).select(self.exports.columns)

    @cached_property
    def exports_from(self) -> pl.DataFrame:
        """Like `exports`, to every partner and area, of the states wanted."""
        table = self.store.trade().filter(*self._wanted("a"), pl.col("usd_mn").is_not_null())
        return table.rename({"usd_mn": "value"}).collect()

    @cached_property
    def _totals(self) -> pl.DataFrame:
        return self.store.trade_totals().filter(*self._wanted("a")).collect()

    def total(self, column: str) -> pl.DataFrame:
        """Return [a, year, value, status, source, coverage] of a column of the totals.

        ``column`` is "exports", "imports" or "imports_fob" (the world's exports to the state).
        """
        held = self._totals.filter(pl.col(column).is_not_null())
        if column == "imports_fob":
            # Of the same table as the world's exports, whatever the state's own imports come from.
            return held.select("a", "year", pl.col(column).alias("value"), "coverage").join(
                self.world.select("year", "status", "source"), on="year"
            )
        return held.select(
            "a",
            "year",
            pl.col(column).alias("value"),
            pl.col(f"{column}_status").alias("status"),
            pl.col(f"{column}_source").alias("source"),
            "coverage",
        )

    @cached_property
    def world(self) -> pl.DataFrame:
        """Return [year, value, status, source]: exports of the world, USD mn."""
        table = self.store.world_trade().filter(*self._wanted()).collect()
        return table.select(
            "year", pl.col("usd_mn").alias("value"), pl.lit("reported").alias("status"), "source"
        )

    @property
    def vote_counts(self) -> Iterable[Counts]:
        """Votes counted by calendar year; kept when only a few states are wanted."""
        return self._counted_votes() if self.states is None else self._kept_counts

    @cached_property
    def _kept_counts(self) -> list[Counts]:
        return list(self._counted_votes())

    def _counted_votes(self) -> Iterator[Counts]:
        table = self.store.roll_calls().filter(*self._wanted())
        if self.states is None:
            return periods(table.collect())
        # A roll call counts towards coverage whoever took part in it.
        theirs = table.filter(pl.col("state").is_in(self.states)).collect()
        return periods(theirs, calls=self._calls())

    def _calls(self) -> dict[int, int]:
        """Return how many roll calls each year had; read table by table, which is much faster."""
        new = pl.col("rcid").ne_missing(pl.col("rcid").shift(1))  # a table is sorted by roll call
        calls = [
            self.store.table(name)
            .filter(pl.col("session") > 0, *self._wanted())
            .select("year", "rcid")
            .filter(new)
            for name, entry in self.store.manifest.tables.items()
            if entry.shape == "roll-call"
        ]
        return dict(pl.concat(calls).unique().group_by("year").len().collect().iter_rows())

    @cached_property
    def leaders(self) -> pl.DataFrame:
        """Spells [state, start, end, label, value, source, status] of leaders."""
        table = self.store.spells("leader")
        if self.states is not None:
            table = table.filter(pl.col("state").is_in(self.states))
        return table.collect()

    @cached_property
    def leaders_until(self) -> int:
        """The last year whose 31 December the spells of leaders, of whatever state, reach."""
        dates = self.store.spells("leader").select(pl.max_horizontal("start", "end").max())
        last = dates.collect().item()
        return int((last + timedelta(days=1)).year) - 1

    def of_first(self, frame: pl.DataFrame, name: str) -> pl.DataFrame:
        """Name a state-year input and key it by "a", to be joined to pairs."""
        return named(frame.select("state", "year", "value", "status", "source"), name).rename(
            {"state": "a"}
        )

    def of_second(self, frame: pl.DataFrame, name: str) -> pl.DataFrame:
        """Name a state-year input and key it by "b", to be joined to pairs."""
        return self.of_first(frame, name).rename({"a": "b"})
