"""Arms delivered by states to each other: the register of SIPRI, in trend-indicator values.

A row is one deal. What was delivered of it is split evenly over the years of delivery that the
register names, since it does not say how much came when; a value with a part of such a split is
*interpolated*. Trend-indicator values (TIV, million) measure military worth, not what was paid.

Names with an asterisk are rebels or organisations, and a few others are no states either: they
make no pair, but what they deliver counts in a state's imports, so that shares keep their whole.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from pathlib import Path

import polars as pl

from tealeaves import states
from tealeaves.errors import TealeavesError
from tealeaves.evidence.base import Source, Table
from tealeaves.evidence.reading import read_table

_FILE = "arms/sipri_trade_register.csv"

SOURCE = Source(
    id="sipri-arms",
    title="SIPRI Arms Transfers Database, trade register",
    publisher="Stockholm International Peace Research Institute",
    address="https://www.sipri.org/databases/armstransfers",
    version="register generated on 18 May 2026",
    licence="SIPRI's terms: not passed on, bring the file yourself",
    citation="""@misc{sipri_arms,
  author = {{Stockholm International Peace Research Institute}},
  title = {{SIPRI} Arms Transfers Database},
  year = {2026},
  url = {https://www.sipri.org/databases/armstransfers}
}""",
    covers="major conventional arms delivered, by supplier and recipient, 1950-2025",
    ships="no",
    files=(_FILE,),
)

_YEARS = r"^\d{4}(; ?\d{4})*$"
_FIRST, _LAST = 1900, 2100


def tables(folder: Path) -> list[Table]:
    """Read what was delivered; a pair-year without a row had no delivery.

    Raises
    ------
    TealeavesError
        The file is missing or malformed, a name is unknown, a value is negative, years of delivery
        are no list of years, or something was delivered in no year.
    """
    columns = {
        "recipient": pl.String, "supplier": pl.String,
        "delivery_years": pl.String, "tiv_delivered": pl.Float64,
    }  # fmt: skip
    frame = read_table(
        folder, _FILE, columns, required=("recipient", "supplier", "tiv_delivered")
    ).with_row_index("row", offset=1)
    _check(frame)
    split = (
        frame.filter(pl.col("tiv_delivered") > 0)
        .with_columns(pl.col("delivery_years").str.extract_all(r"\d{4}").alias("year"))
        .with_columns(
            (pl.col("tiv_delivered") / pl.col("year").list.len()).alias("value"),
            (pl.col("year").list.len() > 1).alias("split"),
        )
        .explode("year")
        .with_columns(pl.col("year").cast(pl.Int32))
    )
    for column, out in (("supplier", "a"), ("recipient", "b")):
        split = _with_state(split, column, out)
    pairs = split.drop_nulls(["a", "b"]).filter(pl.col("a") != pl.col("b"))
    totals = split.drop_nulls("b").rename({"b": "state"})
    return [
        Table(
            "arms_delivered", "pair-year", _summed(pairs, ["a", "b", "year"], "arms_delivered"),
            ("arms_delivered",), directed=True, zeros=True,
        ),
        Table(
            "arms_imports", "state-year", _summed(totals, ["state", "year"], "arms_imports"),
            ("arms_imports",),
        ),
    ]  # fmt: skip


def _summed(split: pl.DataFrame, keys: list[str], variable: str) -> pl.DataFrame:
    status = pl.when(pl.col("split").any()).then(pl.lit("interpolated"))
    return split.group_by(keys).agg(
        # In the order of the register, so that the sum is the same to the last bit.
        pl.col("value").sort_by("row").sum(),
        status.otherwise(pl.lit("reported")).alias("status"),
        pl.lit(variable).first().alias("variable"),
    )


def _check(frame: pl.DataFrame) -> None:
    delivered, years = pl.col("tiv_delivered"), pl.col("delivery_years")
    listed = years.str.extract_all(r"\d{4}").list.eval(pl.element().cast(pl.Int32, strict=False))
    within = listed.list.eval(pl.element().is_between(_FIRST, _LAST)).list.all()
    for column, wrong, what, expected in (
        ("tiv_delivered", ~(delivered.is_finite() & (delivered >= 0)),
         "the value {} is impossible", "million TIV, 0 or more"),
        ("delivery_years", years.is_not_null() & ~years.str.contains(_YEARS),
         "{!r} is no list of years", "years such as 1960; 1961"),
        ("delivery_years", years.is_not_null() & ~within,
         "{!r} has a year out of range", f"years from {_FIRST} to {_LAST}"),
        ("delivery_years", years.is_null() & (delivered > 0),
         "no year of a delivery", "at least one year where something was delivered"),
    ):  # fmt: skip
        for row in frame.filter(wrong).head(1).iter_rows(named=True):
            raise TealeavesError(
                what.format(row[column]),
                where=f"{_FILE}, row {row['row']}, column {column!r}",
                expected=expected,
            )


def _with_state(split: pl.DataFrame, column: str, out: str) -> pl.DataFrame:
    """Add the ISO code by name and year, null for what is no state."""
    wanted = split.select(column, "year").unique().sort(column, "year")
    codes = [_iso3(name, year, column) for name, year in wanted.iter_rows()]
    named = wanted.with_columns(pl.Series(out, codes, dtype=pl.String))
    return split.join(named, on=[column, "year"], how="left", maintain_order="left")


@cache
def _names() -> dict[str, list[tuple[str | None, int, int]]]:
    """Read the publisher's names that our list of states lacks, finds ambiguous or dates apart."""
    path = resources.files("tealeaves.evidence.sources") / "tables" / "sipri_names.csv"
    found: dict[str, list[tuple[str | None, int, int]]] = {}
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        span = (row["iso3"] or None, int(row["from"] or 0), int(row["to"] or 9999))
        found.setdefault(row["name"], []).append(span)
    return found


@cache
def _iso3(name: str, year: int, column: str) -> str | None:
    if name in _names():
        return next(iso3 for iso3, first, last in _names()[name] if first <= year <= last)
    if name.endswith("*"):
        return None
    try:
        return states.resolve(name).iso3
    except TealeavesError as error:
        raise TealeavesError(
            error.what,
            where=f"{_FILE}, column {column!r}",
            expected="a state, a name with an asterisk, or a line in tables/sipri_names.csv",
            nearest=error.nearest,
        ) from error
