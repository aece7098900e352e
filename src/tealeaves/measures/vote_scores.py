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

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
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

    ``both[c, d, i, j]`` counts the roll calls in which state i cast c and state j cast d, with c
    and d from 0 (yes) to 2 (no).
    """

    period: int
    states: tuple[str, ...]
    roll_calls: int
    source: str
    both: Matrix

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
        total: Matrix = self.both[c].sum(axis=0)
        return total

    def _sum(self, weights: Matrix) -> Matrix:
        total: Matrix = np.tensordot(weights, self.both, axes=2)
        return total


def counts(votes: pl.DataFrame, *, absence: Absence = "drop") -> Counts:
    """Count, for every pair of states, how often they cast each combination of votes.

    Parameters
    ----------
    votes
        [state, rcid, vote, source] of one period, vote 1 yes, 2 abstention, 3 no.
    absence
        "drop": roll calls in which both voted. "abstain": a state that voted at least once in the
        period counts as abstaining wherever it did not vote (the recoding of Häge 2011).

    Raises
    ------
    TealeavesError
        For no votes, a vote that is not 1, 2 or 3, a state voting twice in a roll call, or an
        unknown treatment of absence.

    Examples
    --------
    >>> votes = pl.DataFrame({"state": ["AAA", "BBB"], "rcid": [1, 1], "vote": [1, 3],
    ...                       "source": ["one", "one"]})
    >>> counts(votes).both[0, 2].tolist()
    [[0.0, 1.0], [0.0, 0.0]]
    """
    if votes.is_empty():
        raise TealeavesError("no votes", expected="at least one")
    return next(iter(periods(votes.with_columns(year=pl.lit(0)), absence=absence)))


def agreement_scores(c: Counts) -> Matrix:
    """Return ``1 - SAD / (2 n)``; NaN where n is 0.

    Examples
    --------
    >>> votes = pl.DataFrame({"state": ["AAA", "BBB"] * 2, "rcid": [1, 1, 2, 2],
    ...                       "vote": [1, 2, 3, 3], "source": ["one"] * 4})
    >>> float(agreement_scores(counts(votes))[0, 1])
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
    return _beyond_chance(
        c, sum((((m + m.T) / 2) ** 2 for m in margins), np.zeros_like(c.both[0, 0]))
    )


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
    return _beyond_chance(c, sum((m * m.T for m in margins), np.zeros_like(c.both[0, 0])))


def periods(
    votes: pl.DataFrame,
    *,
    by: Literal["year", "session"] = "year",
    absence: Absence = "drop",
    calls: Mapping[int, int] | None = None,
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
        How many roll calls each period had, where ``votes`` may lack some.

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
    _known("absence", absence, ("drop", "abstain"))
    _check(votes)
    states = tuple(votes["state"].unique().sort())
    votes = votes.sort(by, maintain_order=True)
    rows = votes["state"].cast(pl.Enum(states)).to_physical().to_numpy()
    rcid, vote, period = (votes[name].to_numpy() for name in ("rcid", "vote", by))
    changes = np.flatnonzero(np.diff(period)) + 1
    starts: list[int] = [0, *changes.tolist()] if len(votes) else []
    source = "+".join(votes["source"].unique().sort())
    for start, end in pairwise([*starts, len(votes)]):
        part, now = slice(start, end), int(period[start])
        held, columns = np.unique(rcid[part], return_inverse=True)
        cast = np.zeros((len(states), len(held)), dtype=np.int8)
        cast[rows[part], columns] = vote[part]
        total = len(held) if calls is None else calls[now]
        if absence == "abstain":
            # Roll calls that none of these states took part in are abstentions of all of them.
            cast = np.pad(cast, ((0, 0), (0, total - len(held))))
            cast[(cast == 0) & cast.any(axis=1, keepdims=True)] = ABSTAIN
        # Counts stay far below 2^24, so single precision holds them exactly.
        one_hot = np.stack([cast == code for code in (YES, ABSTAIN, NO)]).astype(np.float32)
        both = one_hot[:, None] @ one_hot.transpose(0, 2, 1)[None]
        yield Counts(now, states, total, source, both.astype(np.float64))


def _check(votes: pl.DataFrame) -> None:
    wrong = votes.filter(~pl.col("vote").is_in([YES, ABSTAIN, NO]))
    if len(wrong):
        row = wrong.row(0, named=True)
        raise TealeavesError(
            f"vote {row['vote']} of {row['state']} in roll call {row['rcid']}",
            expected="1 yes, 2 abstention, 3 no",
        )
    twice = votes.select("state", "rcid").is_duplicated()
    if twice.any():
        row = votes.filter(twice).row(0, named=True)
        raise TealeavesError(f"{row['state']} votes twice in roll call {row['rcid']}")


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
    states: tuple[str, ...] = ()
    source = ""
    parts: dict[str, list[npt.NDArray[Any]]] = {
        name: [] for name in ("a", "b", "year", "value", "coverage")
    }
    for c in counted:
        states, source = c.states, c.source
        values, n = score(c), c.n
        i, j = np.nonzero(np.triu(np.isfinite(values) & (n > 0), k=1))
        found = (i, j, np.full(len(i), c.period), values[i, j], n[i, j] / c.roll_calls)
        for part, column in zip(parts.values(), found, strict=True):
            part.append(column)
    names = pl.Series(states, dtype=pl.String)
    table = {name: np.concatenate([np.empty(0), *part]) for name, part in parts.items()}
    return (
        pl.DataFrame(
            {side: names.gather(table.pop(side).astype(np.int64)) for side in ("a", "b")} | table
        )
        .with_columns(
            pl.col("year").cast(pl.Int32),
            pl.lit(None, dtype=pl.Float64).alias("low"),
            pl.lit(None, dtype=pl.Float64).alias("high"),
            pl.lit("reported").alias("status"),
            pl.lit(source).alias("source"),
        )
        .select(*PAIR, *VALUE_COLUMNS)
        .sort(PAIR)
    )


def _ratio(above: Matrix, below: Matrix) -> Matrix:
    """Divide; NaN where the divisor is 0."""
    return np.divide(above, below, out=np.full_like(above, np.nan), where=below != 0)


def _beyond_chance(c: Counts, expected: Matrix) -> Matrix:
    observed = _ratio(np.trace(c.both), c.n)
    return _ratio(observed - expected, 1 - expected)


def _known(where: str, given: str, known: tuple[str, ...]) -> None:
    if given not in known:
        raise TealeavesError(
            f"{given!r} is unknown",
            where=where,
            expected=" or ".join(map(repr, known)),
            nearest=nearest(given, known),
        )
