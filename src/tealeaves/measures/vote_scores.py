"""How alike two states vote in the UN General Assembly, for all pairs by matrix products.

A vote is coded yes 3, abstention 2, no 1. A pair is compared over the roll calls in which both
voted; ``n`` is their number. With SAD and SSD the sums of absolute and squared differences, S and
SS a state's sums of votes and of squared votes over these roll calls:

- agreement ``1 - SAD / (2 n)``; S ``1 - SAD / n``, or with squared distances ``1 - SSD / (2 n)``;
- Scott's pi ``1 - SSD / (SS_a + SS_b - (S_a + S_b)² / (2 n))``;
- Cohen's kappa ``1 - SSD / (SS_a + SS_b - 2 S_a S_b / n)``;
- nominal pi and kappa ``(P_o - P_e) / (1 - P_e)`` over the three categories.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from tealeaves.errors import TealeavesError, nearest
from tealeaves.measures.frames import PAIR, VALUE_COLUMNS

Matrix = npt.NDArray[np.float64]
Absence = Literal["drop", "abstain"]

#: Roll calls' codes in a store, from yes to no.
YES, ABSTAIN, NO = 1, 2, 3

#: For each combination of two votes, the first one's code of a score and how far apart they are.
_CODE: Matrix = np.repeat([[3.0], [2.0], [1.0]], 3, axis=1)
_APART: Matrix = _CODE - _CODE.T


@dataclass(frozen=True)
class Counts:
    """What all scores of all pairs of a period are made of; each matrix is states by states.

    ``both[c][d][i, j]`` counts the roll calls in which state i cast c and state j cast d, with c
    and d from 0 (yes) to 2 (no).
    """

    period: int
    states: tuple[str, ...]
    roll_calls: int
    source: str
    both: tuple[tuple[Matrix, ...], ...]

    @property
    def n(self) -> Matrix:
        """Roll calls compared."""
        return self._sum(np.ones((3, 3)))

    @property
    def sad(self) -> Matrix:
        """Sum of absolute differences."""
        return self._sum(np.abs(_APART))

    @property
    def ssd(self) -> Matrix:
        """Sum of squared differences."""
        return self._sum(_APART**2)

    @property
    def sums(self) -> Matrix:
        """Sum of the first state's votes."""
        return self._sum(_CODE)

    @property
    def squares(self) -> Matrix:
        """Sum of the first state's squared votes."""
        return self._sum(_CODE**2)

    def margin(self, c: int) -> Matrix:
        """Count the first state's votes of category ``c``."""
        return sum((self.both[c][d] for d in range(3)), np.zeros_like(self.both[0][0]))

    def _sum(self, weights: Matrix) -> Matrix:
        total = np.zeros_like(self.both[0][0])
        for c in range(3):
            for d in range(3):
                if weights[c, d]:
                    total += weights[c, d] * self.both[c][d]
        return total


def counts(
    votes: pl.DataFrame,
    *,
    absence: Absence = "drop",
    calls: pl.Series | None = None,
    period: int = 0,
) -> Counts:
    """Count, for every pair of states, how often they cast each combination of votes.

    Parameters
    ----------
    votes
        [state, rcid, vote, source] of one period, vote 1 yes, 2 abstention, 3 no.
    absence
        "drop": roll calls in which both voted. "abstain": a state that voted at least once in the
        period counts as abstaining wherever it did not vote (the recoding of Häge 2011).
    calls
        The period's roll calls, where ``votes`` may lack some.
    period
        Year or session, kept with the counts.

    Raises
    ------
    TealeavesError
        For a vote that is not 1, 2 or 3, a state voting twice in a roll call, or an unknown
        treatment of absence.

    Examples
    --------
    >>> votes = pl.DataFrame({"state": ["AAA", "BBB"], "rcid": [1, 1], "vote": [1, 3],
    ...                       "source": ["one", "one"]})
    >>> counts(votes).both[0][2].tolist()
    [[0.0, 1.0], [0.0, 0.0]]
    """
    _known("absence", absence, ("drop", "abstain"))
    wrong = votes.filter(~pl.col("vote").is_in([YES, ABSTAIN, NO]))
    if len(wrong):
        row = wrong.row(0, named=True)
        raise TealeavesError(
            f"vote {row['vote']} of {row['state']} in roll call {row['rcid']}",
            expected="1 yes, 2 abstention, 3 no",
        )
    twice = votes.filter(votes.select("state", "rcid").is_duplicated())
    if len(twice):
        row = twice.row(0, named=True)
        raise TealeavesError(f"{row['state']} votes twice in roll call {row['rcid']}")
    states = votes["state"].unique().sort()
    calls = votes["rcid"].unique() if calls is None else calls
    row_of = votes["state"].replace_strict(states, range(len(states)), return_dtype=pl.Int64)
    column_of = votes["rcid"].replace_strict(calls, range(len(calls)), return_dtype=pl.Int64)
    cast = np.zeros((len(states), len(calls)), dtype=np.int8)
    cast[row_of.to_numpy(), column_of.to_numpy()] = votes["vote"].to_numpy()
    if absence == "abstain":
        cast[cast == 0] = ABSTAIN
    # Counts stay far below 2^24, so single precision holds them exactly.
    one_hot = [(cast == code).astype(np.float32) for code in (YES, ABSTAIN, NO)]
    both = tuple(tuple((one @ two.T).astype(np.float64) for two in one_hot) for one in one_hot)
    source = "+".join(votes["source"].unique().sort())
    return Counts(period, tuple(states), len(calls), source, both)


def agreement_scores(c: Counts) -> Matrix:
    """Return ``1 - SAD / (2 n)``; NaN where n is 0.

    Examples
    --------
    >>> votes = pl.DataFrame({"state": ["AAA", "BBB"] * 2, "rcid": [1, 1, 2, 2],
    ...                       "vote": [1, 2, 3, 3], "source": ["one"] * 4})
    >>> agreement_scores(counts(votes))[0, 1]
    0.75
    """
    return 1 - _ratio(c.sad, 2 * c.n)


def s_scores(c: Counts, *, distances: Literal["absolute", "squared"] = "absolute") -> Matrix:
    """Return Signorino and Ritter's S with equal weights.

    Parameters
    ----------
    distances
        "absolute" ``1 - SAD / n`` (the variant of the measure `s_score`), or "squared"
        ``1 - SSD / (2 n)``; both run from -1 to 1.

    Examples
    --------
    >>> votes = pl.DataFrame({"state": ["AAA", "BBB"] * 2, "rcid": [1, 1, 2, 2],
    ...                       "vote": [1, 2, 3, 3], "source": ["one"] * 4})
    >>> float(s_scores(counts(votes))[0, 1])
    0.5
    >>> float(s_scores(counts(votes), distances="squared")[0, 1])
    0.75
    """
    _known("distances", distances, ("absolute", "squared"))
    return 1 - (_ratio(c.sad, c.n) if distances == "absolute" else _ratio(c.ssd, 2 * c.n))


def pi_scores(c: Counts, *, distances: Literal["squared", "nominal"] = "squared") -> Matrix:
    """Return Scott's pi: chance is what two states with the same average votes would show.

    Parameters
    ----------
    distances
        "squared" (the variant of the measure `scott_pi`), or "nominal": any two categories are
        equally far apart.

    Examples
    --------
    >>> votes = pl.DataFrame({"state": ["AAA", "BBB"] * 2, "rcid": [1, 1, 2, 2],
    ...                       "vote": [1, 1, 3, 3], "source": ["one"] * 4})
    >>> float(pi_scores(counts(votes))[0, 1])
    1.0
    """
    _known("distances", distances, ("squared", "nominal"))
    if distances == "squared":
        pooled = _ratio((c.sums + c.sums.T) ** 2, 2 * c.n)
        return 1 - _ratio(c.ssd, c.squares + c.squares.T - pooled)
    margins = [_ratio(c.margin(k), c.n) for k in range(3)]
    return _beyond_chance(c, sum((((m + m.T) / 2) ** 2 for m in margins), np.zeros_like(c.n)))


def kappa_scores(c: Counts, *, distances: Literal["squared", "nominal"] = "squared") -> Matrix:
    """Return Cohen's kappa: chance is what the two states' own average votes would show.

    Parameters
    ----------
    distances
        As in `pi_scores`.

    Examples
    --------
    >>> votes = pl.DataFrame({"state": ["AAA", "BBB"] * 2, "rcid": [1, 1, 2, 2],
    ...                       "vote": [1, 3, 3, 1], "source": ["one"] * 4})
    >>> float(kappa_scores(counts(votes))[0, 1])
    -1.0
    """
    _known("distances", distances, ("squared", "nominal"))
    if distances == "squared":
        own = _ratio(2 * c.sums * c.sums.T, c.n)
        return 1 - _ratio(c.ssd, c.squares + c.squares.T - own)
    margins = [_ratio(c.margin(k), c.n) for k in range(3)]
    return _beyond_chance(c, sum((m * m.T for m in margins), np.zeros_like(c.n)))


def periods(
    votes: pl.DataFrame,
    *,
    by: Literal["year", "session"] = "year",
    absence: Absence = "drop",
    calls: pl.DataFrame | None = None,
) -> Iterator[Counts]:
    """Count the votes of each calendar year or session.

    Parameters
    ----------
    votes
        [state, session, year, rcid, vote, source]; perhaps of some states only.
    by
        Calendar years or sessions.
    absence
        As in `counts`.
    calls
        [session, year, rcid]: all roll calls, where ``votes`` may lack some.

    Raises
    ------
    TealeavesError
        As `counts`.

    Examples
    --------
    >>> votes = pl.DataFrame({"state": ["AAA", "BBB"], "session": [1, 1], "year": [2000, 2000],
    ...                       "rcid": [1, 1], "vote": [1, 2], "source": ["one", "one"]})
    >>> [c.period for c in periods(votes)]
    [2000]
    """
    _known("by", by, ("year", "session"))
    calls = votes if calls is None else calls
    held = {period: part["rcid"].unique() for period, part in _parts(calls, by)}
    for period, part in sorted(_parts(votes, by), key=lambda found: found[0]):
        yield counts(part, absence=absence, calls=held[period], period=period)


def _parts(table: pl.DataFrame, by: str) -> list[tuple[int, pl.DataFrame]]:
    return [(int(part[by][0]), part) for part in table.partition_by(by)]


def scores(counted: Iterable[Counts], score: Callable[[Counts], Matrix]) -> pl.DataFrame:
    """Return a score of all pairs, period by period.

    Parameters
    ----------
    counted
        What `periods` yields.
    score
        One of the four functions above, or a function of `Counts` made from them.

    Returns
    -------
    DataFrame
        [a, b, year, value, low, high, coverage, status, source] with a < b, year being the period;
        coverage is the part of the period's roll calls that is compared. A pair without a common
        vote, or whose score divides by zero (neither ever varied), is absent.

    Examples
    --------
    >>> votes = pl.DataFrame({"state": ["AAA", "BBB"], "session": [1, 1], "year": [2000, 2000],
    ...                       "rcid": [1, 1], "vote": [1, 2], "source": ["one", "one"]})
    >>> scores(periods(votes), agreement_scores).select("year", "value", "coverage").row(0)
    (2000, 0.5, 1.0)
    """
    columns: dict[str, list[pl.Series]] = {"a": [], "b": []}
    numbers: dict[str, list[npt.NDArray[Any]]] = {"year": [], "value": [], "coverage": []}
    sources: list[str] = []
    for c in counted:
        values, n = score(c), c.n
        i, j = np.nonzero(np.triu(np.isfinite(values) & (n > 0), k=1))
        names = pl.Series(c.states, dtype=pl.String)
        columns["a"].append(names.gather(i))
        columns["b"].append(names.gather(j))
        numbers["year"].append(np.full(len(i), c.period, dtype=np.int32))
        numbers["value"].append(values[i, j])
        numbers["coverage"].append(n[i, j] / c.roll_calls)
        sources += [c.source] * len(i)
    empty = np.empty(0)
    return (
        pl.DataFrame(
            {
                name: pl.concat([pl.Series(dtype=pl.String), *parts])
                for name, parts in columns.items()
            }
            | {name: np.concatenate([empty, *parts]) for name, parts in numbers.items()}
            | {"source": pl.Series(sources, dtype=pl.String)}
        )
        .with_columns(
            pl.col("year").cast(pl.Int32),
            pl.lit(None, dtype=pl.Float64).alias("low"),
            pl.lit(None, dtype=pl.Float64).alias("high"),
            pl.lit("reported").alias("status"),
        )
        .select(*PAIR, *VALUE_COLUMNS)
        .sort(PAIR)
    )


def _ratio(above: Matrix, below: Matrix) -> Matrix:
    """Divide; NaN where the divisor is 0."""
    return np.divide(above, below, out=np.full_like(above, np.nan), where=below != 0)


def _beyond_chance(c: Counts, expected: Matrix) -> Matrix:
    observed = _ratio(c.both[0][0] + c.both[1][1] + c.both[2][2], c.n)
    return _ratio(observed - expected, 1 - expected)


def _known(where: str, given: str, known: tuple[str, ...]) -> None:
    if given not in known:
        raise TealeavesError(
            f"{given!r} is unknown",
            where=where,
            expected=" or ".join(map(repr, known)),
            nearest=nearest(given, known),
        )
