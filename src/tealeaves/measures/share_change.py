"""Where a rising share comes from: the tie grew, or the others were lost.

With ``s = X_ab / X_a`` and ``X_a,-b = X_a - X_ab``, ``logit s = ln X_ab - ln X_a,-b``. So a change
of the log odds is the growth of the tie plus the loss of the others, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from tealeaves.errors import TealeavesError
from tealeaves.figure import Figure, Series
from tealeaves.measures.declarations import declaration
from tealeaves.measures.frames import PAIR, named, result
from tealeaves.measures.inputs import Inputs
from tealeaves.measures.registry import Frames, checked, compute, opened, resolved

if TYPE_CHECKING:
    from tealeaves.evidence.store import Store

Part = Literal["share_split", "tie_growth", "others_loss"]

_VALUE: dict[Part, pl.Expr] = {
    "tie_growth": pl.col("tie") - pl.col("tie_before"),
    "others_loss": pl.col("others_before") - pl.col("others"),
}
_VALUE["share_split"] = _VALUE["tie_growth"] + _VALUE["others_loss"]


def levels(exports: pl.DataFrame, totals: pl.DataFrame) -> pl.DataFrame:
    """Return the logarithms of each state's exports to a partner and to all others.

    Parameters
    ----------
    exports
        [a, b, year, value, status, source]: exports of a to b.
    totals
        [a, year, value, status, source, coverage]: all exports of a, in the same unit.

    Returns
    -------
    DataFrame
        [a, b, year, tie, others, coverage, status, source]; absent where either is not above 0.

    Examples
    --------
    >>> origin = {"status": ["reported"], "source": ["one"]}
    >>> exports = pl.DataFrame({"a": ["AAA"], "b": ["BBB"], "year": [2000], "value": [1.0]}
    ...                        | origin)
    >>> totals = pl.DataFrame({"a": ["AAA"], "year": [2000], "value": [2.0], "coverage": [1.0]}
    ...                       | origin)
    >>> levels(exports, totals).select("tie", "others").row(0)
    (0.0, 0.0)
    """
    joined = named(exports, "x").join(named(totals, "xs"), on=["a", "year"])
    both = joined.filter(pl.col("x") > 0, pl.col("xs") > pl.col("x"))
    share = result(both, pl.col("x") / pl.col("xs"), ["x", "xs"], coverage=pl.col("coverage"))
    return share.join(both.select(*PAIR, "x", "xs"), on=PAIR).select(
        *PAIR,
        pl.col("x").log().alias("tie"),
        (pl.col("xs") - pl.col("x")).log().alias("others"),
        "coverage",
        "status",
        "source",
    )


def changes(table: pl.DataFrame, part: Part, *, step: int = 1) -> pl.DataFrame:
    """Return the change of the share's log odds, or one part of it, over ``step`` years.

    A change across a break (another source or status at its end than at its start) would mix the
    difference of two accounts with what happened, so it is absent.

    Parameters
    ----------
    table
        What `levels` returns.
    part
        "share_split" for the whole change, "tie_growth" or "others_loss" for a part.
    step
        Years between start and end; the change stands in the year of the end.

    Returns
    -------
    DataFrame
        [a, b, year, value, low, high, coverage, status, source]; coverage is the lower one.

    Examples
    --------
    >>> table = pl.DataFrame({"a": ["AAA"] * 2, "b": ["BBB"] * 2, "year": [2000, 2001],
    ...     "tie": [1.0, 1.5], "others": [3.0, 2.8], "coverage": [1.0, 1.0],
    ...     "status": ["reported"] * 2, "source": ["one"] * 2})
    >>> [changes(table, part)["value"].round(6).item()
    ...  for part in ("share_split", "tie_growth", "others_loss")]
    [0.7, 0.5, 0.2]
    """
    before = table.select(
        "a",
        "b",
        pl.col("year") + step,
        *(pl.col(name).alias(f"{name}_before") for name in ("tie", "others", "coverage")),
        "status",
        "source",
    )
    unbroken = table.join(before, on=[*PAIR, "status", "source"]).rename(
        {"status": "x_status", "source": "x_source"}
    )
    lower = pl.min_horizontal("coverage", "coverage_before")
    return result(unbroken, _VALUE[part], ["x"], coverage=lower)


def _frame(inputs: Inputs, part: Part) -> pl.DataFrame:
    return changes(levels(inputs.exports, inputs.total("exports")), part)


FRAMES: Frames = {
    "share_split": lambda inputs: _frame(inputs, "share_split"),
    "tie_growth": lambda inputs: _frame(inputs, "tie_growth"),
    "others_loss": lambda inputs: _frame(inputs, "others_loss"),
}


@dataclass(frozen=True)
class Split:
    """A change of a share in log odds, and its two parts, as figures of the window's last year.

    Where the source or status changes between the ends, the values are None and the note says so.
    """

    start: int
    end: int
    change: Figure
    tie_growth: Figure
    others_loss: Figure

    def to_dict(self) -> dict[str, Any]:
        """Return plain fields."""
        return {
            "start": self.start,
            "end": self.end,
            "change": self.change.to_dict(),
            "tie_growth": self.tie_growth.to_dict(),
            "others_loss": self.others_loss.to_dict(),
        }


def split_over(
    a: str | int,
    b: str | int,
    start: int,
    end: int,
    *,
    store: Store | Path | str | None = None,
) -> Split:
    """Split the change of a's export share with b between two years into tie and others.

    ``logit s(end) - logit s(start) = [ln X_ab(end) - ln X_ab(start)] + [ln X_a,-b(start) -
    ln X_a,-b(end)]``.

    Parameters
    ----------
    a, b
        Two states: ISO codes, COW numbers or names.
    start, end
        Years, the first before the last.
    store
        An open store, its folder, or None for the default one.

    Returns
    -------
    Split
        In log points; the parts add to the change.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`, for two equal years, or where a year has no trade.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> split_over(*(state.iso3 for state in all_states(2000)[:2]), 2000, 2000)
    Traceback (most recent call last):
    tealeaves.errors.TealeavesError: years: 2000 is not after 2000; expected two different years
    """
    checked((start, end))
    if start == end:
        raise TealeavesError(
            f"{end} is not after {start}", where="years", expected="two different years"
        )
    declared = declaration("share_split")
    names = resolved(declared, (a, b))
    inputs = Inputs(opened(store), (start, end), states=names)
    table = levels(inputs.exports, inputs.total("exports"))
    table = table.filter(
        pl.col("a") == names[0], pl.col("b") == names[1], pl.col("year").is_in([start, end])
    )
    for year in (start, end):
        if year not in table["year"]:
            raise TealeavesError(
                f"no exports of {names[0]} to {names[1]} and to others in {year}",
                where="share_split",
            )
    figures = {part: _figure(table, part, names, start, end) for part in _VALUE}
    return Split(start, end, figures["share_split"], figures["tie_growth"], figures["others_loss"])


def _figure(
    table: pl.DataFrame, part: Part, names: tuple[str, ...], start: int, end: int
) -> Figure:
    unit = declaration(part).unit
    found = changes(table, part, step=end - start)
    if len(found):
        row = found.row(0, named=True)
        return Figure(
            part, names, end, row["value"], unit, row["status"], row["source"],
            coverage=row["coverage"], note=f"change from {start}",
        )  # fmt: skip
    one, two = table.sort("year").select("status", "source").iter_rows()
    note = f"not computed: {start} is {one[0]} ({one[1]}), {end} is {two[0]} ({two[1]})"
    return Figure(part, names, end, None, unit, two[0], two[1], after_break=True, note=note)


def share_split(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return the yearly change of the log odds of a's export share with b.

    ``Δ logit s_ab = Δ ln X_ab - Δ ln (X_a - X_ab)``: `tie_growth` plus `others_loss`. Not yet net
    of what befell exporters of the same products: a fall in oil prices is not a loss of friends.

    Parameters
    ----------
    a, b
        Two states: ISO codes, COW numbers or names.
    years
        First and last year, both included; all when None.
    store
        An open store, its folder, or None for the default one.

    Returns
    -------
    Series
        Log points; a year after a change of source or status is absent.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    See Also
    --------
    split_over : the same between any two years.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> share_split(*(state.iso3 for state in all_states(2000)[:2])).unit
    'change in log odds'
    """
    return compute("share_split", a, b, store=store, years=years)


def tie_growth(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return the yearly growth of a's exports to b, ``Δ ln X_ab``: one part of `share_split`.

    Parameters
    ----------
    a, b, years, store
        As in `share_split`.

    Returns
    -------
    Series
        Log points of current dollars.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> tie_growth(*(state.iso3 for state in all_states(2000)[:2])).unit
    'log change'
    """
    return compute("tie_growth", a, b, store=store, years=years)


def others_loss(
    a: str | int,
    b: str | int,
    *,
    years: tuple[int, int] | None = None,
    store: Store | Path | str | None = None,
) -> Series:
    """Return the yearly loss of a's other exports, ``-Δ ln (X_a - X_ab)``: the rest of the split.

    Parameters
    ----------
    a, b, years, store
        As in `share_split`.

    Returns
    -------
    Series
        Log points of current dollars; above 0 when exports to all others fell.

    Raises
    ------
    TealeavesError
        As `tealeaves.measures.compute`.

    Examples
    --------
    >>> from tealeaves.states import all_states
    >>> others_loss(*(state.iso3 for state in all_states(2000)[:2])).unit
    'log change'
    """
    return compute("others_loss", a, b, store=store, years=years)
