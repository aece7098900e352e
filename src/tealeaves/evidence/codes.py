"""From the codes of a publisher to the project's states, a column at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import polars as pl

from tealeaves import states
from tealeaves.errors import TealeavesError

#: What happens to a row whose code exists, but not in the row's year.
Outside = Literal["error", "drop", "nearest"]


def with_iso3(
    frame: pl.DataFrame,
    code: str,
    out: str,
    *,
    name: str,
    year: str = "year",
    system: Literal["cow", "gw"] = "cow",
    outside: Outside = "error",
    one_number: bool = False,
    leave_out: Sequence[int] = (),
) -> pl.DataFrame:
    """Add the column ``out`` with the ISO code of the state numbered ``code`` in ``year``.

    Parameters
    ----------
    frame
        Rows with an integer ``code`` and a ``year``.
    name
        The publisher's file, for errors.
    system
        Correlates of War or Gleditsch-Ward numbers.
    outside
        For a state that is in the list of states but not in that year: ``"error"``, ``"drop"`` the
        row, or take the state that had the number ``"nearest"`` to that year (members of the
        United Nations that were not independent, governments in exile).
    one_number
        In the year of a unification a state has two numbers, with a row for each; keep only the
        rows with the number that goes on.
    leave_out
        Numbers known to the publisher, but not to the list of states: their rows are left out.

    Raises
    ------
    TealeavesError
        A number that no state ever had, or, with ``"error"``, had in another year only.

    Examples
    --------
    >>> cow, iso3, start, _ = states.cow_table()[0]
    >>> with_iso3(pl.DataFrame({"c": [cow], "year": [start]}), "c", "x", name="f")["x"][0] == iso3
    True
    """
    table = list(states.cow_table() if system == "cow" else states.gw_table())
    spans = pl.DataFrame(
        table, schema=["__code", "__iso3", "__start", "__end"], orient="row"
    ).with_columns(pl.col("__code").cast(pl.Int64), pl.col("__end").fill_null(9999))
    frame = frame.filter(~pl.col(code).is_in(list(leave_out))) if leave_out else frame
    wanted = frame.select(pl.col(code).cast(pl.Int64).alias("__code"), pl.col(year).alias("__year"))
    unknown = wanted.join(spans, on="__code", how="anti").drop_nulls("__code")
    if len(unknown):
        number, when = unknown.row(0)
        raise TealeavesError(
            f"no state has the {system.upper()} number {number} (year {when}, {len(unknown)} rows)",
            where=f"{name}, column {code!r}",
            expected="a number from the list of states",
        )
    # Distance in years from the row's year to the span: 0 inside it.
    distance = pl.max_horizontal(
        pl.col("__start") - pl.col("__year"), pl.col("__year") - pl.col("__end"), pl.lit(0)
    )
    found = (
        wanted.unique()
        .join(spans, on="__code")
        .with_columns(distance.alias("__distance"))
        .sort("__code", "__year", "__distance", "__start")
        .unique(["__code", "__year"], keep="first", maintain_order=True)
    )
    if outside == "error":
        wrong = found.filter(pl.col("__distance") > 0)
        if len(wrong):
            row = wrong.row(0, named=True)
            raise TealeavesError(
                f"{system.upper()} number {row['__code']} is no state in {row['__year']}",
                where=f"{name}, column {code!r}",
                expected=f"a year from {row['__start']} to {row['__end']}",
            )
    if outside == "drop":
        found = found.filter(pl.col("__distance") == 0)
    if one_number:
        found = found.sort("__distance", "__start", descending=[False, True]).unique(
            ["__iso3", "__year"], keep="first", maintain_order=True
        )
    joined = frame.with_columns(wanted["__code"], wanted["__year"]).join(
        found.select("__code", "__year", pl.col("__iso3").alias(out)),
        on=["__code", "__year"],
        how="inner" if outside == "drop" or one_number else "left",
        maintain_order="left",
    )
    return joined.drop("__code", "__year")


def unordered(frame: pl.DataFrame, a: str = "a", b: str = "b") -> pl.DataFrame:
    """Put the two states of each row into alphabetical order.

    Examples
    --------
    >>> unordered(pl.DataFrame({"a": ["BBB"], "b": ["AAA"]})).row(0)
    ('AAA', 'BBB')
    """
    return frame.with_columns(pl.min_horizontal(a, b).alias(a), pl.max_horizontal(a, b).alias(b))
