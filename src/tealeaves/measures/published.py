"""Measures that a source publishes as they are: read, never changed."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from tealeaves.measures.frames import STATE, named, result
from tealeaves.measures.inputs import Inputs


def as_published(variable: str) -> Callable[[Inputs], pl.DataFrame]:
    """Return a function that gives a state-year variable of the store as a measure.

    Examples
    --------
    >>> as_published("gdp").__name__
    'gdp'
    """

    def frame(inputs: Inputs) -> pl.DataFrame:
        return of_variable(inputs.state_year(variable))

    frame.__name__ = variable
    return frame


def of_variable(table: pl.DataFrame) -> pl.DataFrame:
    """Return a state-year variable as a result.

    Parameters
    ----------
    table
        [state, year, value, low, high, status, source].

    Examples
    --------
    >>> table = pl.DataFrame({"state": ["AAA"], "year": [2000], "value": [1.0], "low": [0.5],
    ...     "high": [2.0], "status": ["reported"], "source": ["one"]})
    >>> of_variable(table).row(0)
    ('AAA', 2000, 1.0, 0.5, 2.0, None, 'reported', 'one')
    """
    return result(
        named(table, "x"),
        pl.col("x"),
        ["x"],
        keys=STATE,
        low=pl.col("low"),
        high=pl.col("high"),
    )
