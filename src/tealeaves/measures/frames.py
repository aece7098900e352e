"""The algebra of measures: tables of inputs joined into a table of values that can be cited.

A *flow* is a table [keys, value, status, source]; a *result* has the keys and the columns of
`VALUE_COLUMNS`. A value's status is the weakest of its inputs', its source all of theirs.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from tealeaves.figure import weakest

PAIR = ("a", "b", "year")
STATE = ("state", "year")

#: What every result carries beside its keys.
VALUE_COLUMNS = ("value", "low", "high", "coverage", "status", "source")


def named(frame: pl.DataFrame, name: str, value: str = "value") -> pl.DataFrame:
    """Rename value, status and source of a flow after an input, so that several can be joined.

    Examples
    --------
    >>> flow = pl.DataFrame({"year": [2000], "value": [1.0], "status": ["reported"],
    ...                      "source": ["s"]})
    >>> named(flow, "x").columns
    ['year', 'x', 'x_status', 'x_source']
    """
    return frame.rename({value: name, "status": f"{name}_status", "source": f"{name}_source"})


def reverse(frame: pl.DataFrame) -> pl.DataFrame:
    """Swap the two states of each row.

    Examples
    --------
    >>> reverse(pl.DataFrame({"a": ["AAA"], "b": ["BBB"]})).row(0)
    ('BBB', 'AAA')
    """
    return frame.with_columns(pl.col("b").alias("a"), pl.col("a").alias("b"))


def together(statuses: Sequence[str], sources: Sequence[str]) -> tuple[str, str]:
    """Return the status and source of a value made of several inputs.

    Examples
    --------
    >>> together(["reported", "imputed"], ["one", "two+one"])
    ('imputed', 'one+two')
    """
    ids = {name: None for source in sources for name in source.split("+")}
    return weakest(statuses), "+".join(ids)


def result(
    joined: pl.DataFrame,
    value: pl.Expr,
    inputs: Sequence[str],
    *,
    keys: Sequence[str] = PAIR,
    low: pl.Expr | None = None,
    high: pl.Expr | None = None,
    coverage: pl.Expr | None = None,
) -> pl.DataFrame:
    """Return the result of an expression over joined inputs.

    Rows whose value cannot be computed (a null or a value that is not finite, such as the
    logarithm of zero) are absent from the result.

    Parameters
    ----------
    joined
        Keys and, for each input ``x``, columns x, x_status and x_source.
    value, low, high, coverage
        Expressions over the joined columns; the last three are null if not given.
    inputs
        Names of the inputs that the value rests on.

    Examples
    --------
    >>> joined = pl.DataFrame({"state": ["AAA"], "year": [2000],
    ...     "x": [6.0], "x_status": ["reported"], "x_source": ["one"],
    ...     "y": [3.0], "y_status": ["mirrored"], "y_source": ["two"]})
    >>> result(joined, pl.col("x") / pl.col("y"), ["x", "y"], keys=STATE).row(0)
    ('AAA', 2000, 2.0, None, None, None, 'mirrored', 'one+two')
    """
    origins = [f"{name}_{part}" for name in inputs for part in ("status", "source")]
    nothing = pl.lit(None, dtype=pl.Float64)
    values = joined.select(
        *keys,
        value.cast(pl.Float64).alias("value"),
        (nothing if low is None else low.cast(pl.Float64)).alias("low"),
        (nothing if high is None else high.cast(pl.Float64)).alias("high"),
        (nothing if coverage is None else coverage.cast(pl.Float64)).alias("coverage"),
        *origins,
    ).filter(pl.col("value").is_finite(), pl.all_horizontal(pl.col(origins).is_not_null()))
    return _combined(values, origins).select(*keys, *VALUE_COLUMNS).sort(keys)


def _combined(values: pl.DataFrame, origins: Sequence[str]) -> pl.DataFrame:
    # The distinct combinations are few, so they are worked out once each.
    combinations = values.select(origins).unique()
    worked = [together(row[0::2], row[1::2]) for row in combinations.iter_rows()]
    combinations = combinations.with_columns(
        pl.Series("status", [status for status, _ in worked], dtype=pl.String),
        pl.Series("source", [source for _, source in worked], dtype=pl.String),
    )
    return values.join(combinations, on=list(origins), how="left", maintain_order="left")


def logit(share: pl.Expr) -> pl.Expr:
    """Return the log odds of a share.

    Examples
    --------
    >>> pl.select(logit(pl.lit(0.5))).item()
    0.0
    """
    return (share / (1 - share)).log()
