"""IMF Direction of Trade Statistics: who reports what exports to whom.

Three files. The first holds exports of about 165 reporters by partner (1961-2020; twelve large
exporters are partners only). The second holds the world's exports to, and imports from, every
partner (1961-2022). The third, a later edition, holds one state's own reports and the world's by
partner (2010-2023); there the exports come twice, and the younger edition is taken.

Values are current USD million; exports FOB, imports CIF. Names of partners become codes by the
table ``tables/dots_names.csv``: a state's or area's code, or a kind that says why there is none
(groups of states, "not specified").
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from pathlib import Path

import polars as pl

from tealeaves.errors import TealeavesError, nearest
from tealeaves.evidence.base import Source, Table
from tealeaves.evidence.reading import read_table

BILATERAL = "trade/imf_dots_bilateral_exports_1961_2020.parquet"
WORLD = "trade/imf_dots_world_by_partner_1961_2022.csv"
LATE = "trade/imf_dots_russia_and_world_by_partner_2010_2023.csv"

#: From this year on the own reports in the late file are the publisher's estimates: each partner
#: is scaled alike, though partners' own figures moved apart.
IMPUTED_FROM = 2022

SOURCE = Source(
    id="imf-dots",
    title="Direction of Trade Statistics",
    publisher="International Monetary Fund",
    address="https://data.imf.org/dot",
    version="annual files to 2020, with editions to 2022 and 2023 for totals",
    licence="IMF terms of use; figures reconciled and computed here ship with attribution",
    citation=(
        "@misc{imf_dots,\n"
        "  author = {{International Monetary Fund}},\n"
        "  title = {Direction of Trade Statistics},\n"
        "  year = {2023},\n"
        "  url = {https://data.imf.org/dot}\n"
        "}"
    ),
    covers="exports FOB by partner as reported, 1961-2020; world totals by partner to 2023",
    ships="reconciled",
    files=(BILATERAL, WORLD, LATE),
)

_LATE_EXPORTS = "X_FOB_2023ed"
_LATE_FLOWS = {"X_FOB", _LATE_EXPORTS, "M_CIF"}
_WORLD_FLOWS = {"Exports, FOB": "exports", "Imports, CIF": "imports"}


def tables(folder: Path) -> list[Table]:  # noqa: ARG001 - the form that every source has
    """Return no table: the rows ship only reconciled, in :mod:`tealeaves.evidence.trade`.

    Examples
    --------
    >>> tables(Path())
    []
    """
    return []


@cache
def names() -> pl.DataFrame:
    """Return the table of DOTS names: name, code (null if none), kind, from, to (years).

    ``kind`` is partner (a state, or an area with an ISO code), area (several states that report
    as one), unspecified (counts in totals, belongs to nobody), group (a sum of others) or world.

    Examples
    --------
    >>> sorted(names()["kind"].unique())
    ['area', 'group', 'partner', 'unspecified', 'world']
    """
    path = resources.files("tealeaves.evidence.sources") / "tables" / "dots_names.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    return pl.DataFrame(
        [
            (
                row["name"],
                row["code"] or None,
                row["kind"],
                int(row["from"] or 0),
                int(row["to"] or 9999),
            )
            for row in rows
        ],
        schema={
            "name": pl.String, "code": pl.String, "kind": pl.String,
            "from": pl.Int32, "to": pl.Int32,
        },
        orient="row",
    )  # fmt: skip


def exports(folder: Path) -> pl.DataFrame:
    """Return reported exports: a, b (codes), year, usd_mn (FOB), one row a pair and year.

    Partners without an ISO code (joint or dissolved states) have codes of their own and stay, so
    that shares keep their denominators.

    Raises
    ------
    TealeavesError
        A missing or renamed column, a wrong type, an unknown name, a duplicate, a value below 0.

    Examples
    --------
    >>> exports(Path("nowhere"))
    Traceback (most recent call last):
    tealeaves.errors.TealeavesError: nowhere/...: no such file; expected the table ...
    """
    columns = {"reporter": pl.String, "partner": pl.String, "year": pl.Int32, "usd_mn": pl.Float64}
    frame = read_table(folder, BILATERAL, columns, required=tuple(columns))
    frame = _distinct(frame, BILATERAL)
    _check_values(frame, BILATERAL)
    frame = _with_code(_with_code(frame, "reporter", "a", BILATERAL), "partner", "b", BILATERAL)
    return (
        frame.filter(pl.col("a") != pl.col("b"))
        .group_by("a", "b", "year")
        .agg(pl.col("usd_mn").sum())
        .sort("a", "b", "year")
    )


def world(folder: Path) -> pl.DataFrame:
    """Return the world's trade with every partner: code, kind, year, flow, usd_mn.

    ``flow`` is "exports" (FOB, of the world to the partner) or "imports" (CIF, from it). The year
    after the last of the second file comes from the late file (exports only). Groups and
    "not specified" are left out, and so are the rows that ``tables/dots_doubtful.csv`` lists with
    the reason; the row with kind "world" is the total.

    Raises
    ------
    TealeavesError
        As :func:`exports`; also an unknown flow.

    Examples
    --------
    >>> world(Path("nowhere"))
    Traceback (most recent call last):
    tealeaves.errors.TealeavesError: nowhere/...: no such file; expected the table ...
    """
    columns = {"partner": pl.String, "flow": pl.String, "year": pl.Int32, "usd_mn": pl.Float64}
    frame = read_table(folder, WORLD, columns, required=tuple(columns))
    _check_flow(frame, set(_WORLD_FLOWS), WORLD)
    frame = _distinct(frame, WORLD)
    frame = frame.with_columns(pl.col("flow").replace_strict(_WORLD_FLOWS))
    last = int(frame.select(pl.col("year").max()).item())
    after = (
        _late(folder)
        .filter(
            (pl.col("kind_r") == "world")
            & (pl.col("flow") == _LATE_EXPORTS)
            & (pl.col("year") > last)
        )
        .select("partner", pl.lit("exports").alias("flow"), "year", "usd_mn")
    )
    coded = _with_code(
        pl.concat([frame, after]).with_row_index("row", offset=1),
        "partner", "code", WORLD, kinds=("partner", "area", "world"),
    )  # fmt: skip
    # Only rows that are used: for a state before its union there are negative corrections.
    _check_values(coded, WORLD)
    return (
        coded.group_by("code", "kind", "year", "flow")
        .agg(pl.col("usd_mn").sum())
        .join(_doubtful(), on=["code", "year", "flow"], how="anti")
        .sort("code", "kind", "year", "flow")
    )


def _doubtful() -> pl.DataFrame:
    """Years in which the world's trade with a partner is known to lack a large part."""
    path = resources.files("tealeaves.evidence.sources") / "tables" / "dots_doubtful.csv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return pl.DataFrame(
        [
            (row["code"], row["flow"], year)
            for row in rows
            for year in range(int(row["first"]), int(row["last"]) + 1)
        ],
        schema={"code": pl.String, "flow": pl.String, "year": pl.Int32},
        orient="row",
    )


def own_reports(folder: Path) -> pl.DataFrame:
    """Return what single states report in the late file: state, other, flow, year, usd_mn, status.

    ``flow`` is "exports" (FOB) or "imports" (CIF), of ``state``; ``other`` is null in the state's
    own total. ``status`` is "imputed" from `IMPUTED_FROM` on, "reported" before.

    Raises
    ------
    TealeavesError
        As :func:`exports`.

    Examples
    --------
    >>> own_reports(Path("nowhere"))
    Traceback (most recent call last):
    tealeaves.errors.TealeavesError: nowhere/...: no such file; expected the table ...
    """
    frame = _late(folder).filter(
        (pl.col("kind_r") != "world") & pl.col("flow").is_in([_LATE_EXPORTS, "M_CIF"])
    )
    coded = _with_code(frame, "partner", "other", LATE, kinds=("partner", "area", "world"))
    return (
        coded.filter(pl.col("other").ne_missing(pl.col("state")))
        .with_columns(
            pl.when(pl.col("flow") == "M_CIF").then(pl.lit("imports")).otherwise(pl.lit("exports"))
            .alias("flow"),
            pl.when(pl.col("year") >= IMPUTED_FROM).then(pl.lit("imputed"))
            .otherwise(pl.lit("reported")).alias("status"),
        )
        .group_by("state", "other", "flow", "year", "status")
        .agg(pl.col("usd_mn").sum())
        .sort("state", "other", "flow", "year")
    )  # fmt: skip


def _late(folder: Path) -> pl.DataFrame:
    columns = {
        "reporter": pl.String, "partner": pl.String, "flow": pl.String,
        "year": pl.Int32, "usd_mn": pl.Float64,
    }  # fmt: skip
    frame = read_table(folder, LATE, columns, required=tuple(columns))
    _check_flow(frame, _LATE_FLOWS, LATE)
    frame = _distinct(frame, LATE)
    _check_values(frame, LATE)
    coded = _with_code(frame, "reporter", "state", LATE, kinds=("partner", "area", "world"))
    return coded.rename({"kind": "kind_r"})


def _with_code(
    frame: pl.DataFrame,
    column: str,
    out: str,
    file: str,
    *,
    kinds: tuple[str, ...] = ("partner", "area"),
) -> pl.DataFrame:
    """Add ``out`` and ``kind`` by name and year; keep only rows of ``kinds``."""
    table = names()
    known = table["name"].implode()
    unknown = (~frame[column].is_in(known)).arg_true()
    if len(unknown):
        name = str(frame[column][int(unknown[0])])
        raise TealeavesError(
            f"unknown name {name!r}",
            where=f"{file}, row {unknown[0] + 1}, column {column!r}",
            expected="a name from tables/dots_names.csv",
            nearest=nearest(name, table["name"].to_list()),
        )
    joined = frame.drop("kind", strict=False).join(
        table.rename({"name": column, "code": out}), on=column, how="left"
    )
    return joined.filter(
        pl.col("year").is_between(pl.col("from"), pl.col("to")) & pl.col("kind").is_in(list(kinds))
    ).drop("from", "to")


def _distinct(frame: pl.DataFrame, file: str) -> pl.DataFrame:
    """Drop rows that repeat another entirely (one partner's are there twice); refuse others."""
    keys = [name for name in frame.columns if name != "usd_mn"]
    values = pl.col("usd_mn").n_unique().over(keys)
    wrong = (frame.select(values > 1).to_series()).arg_true()
    if len(wrong):
        row = frame.select(keys).row(int(wrong[-1]), named=True)
        raise TealeavesError(
            "a second row with another value for "
            + ", ".join(f"{key}={value}" for key, value in row.items()),
            where=f"{file}, row {wrong[-1] + 1}, column 'usd_mn'",
            expected=f"one value for each {', '.join(keys)}",
        )
    return frame.unique(maintain_order=True)


def _check_flow(frame: pl.DataFrame, flows: set[str], file: str) -> None:
    wrong = (~frame["flow"].is_in(sorted(flows))).arg_true()
    if len(wrong):
        raise TealeavesError(
            f"unknown flow {frame['flow'][int(wrong[0])]!r}",
            where=f"{file}, row {wrong[0] + 1}, column 'flow'",
            expected=", ".join(sorted(flows)),
        )


def _check_values(frame: pl.DataFrame, file: str) -> None:
    if "row" not in frame.columns:
        frame = frame.with_row_index("row", offset=1)
    usual = pl.col("usd_mn").is_finite() & (pl.col("usd_mn") >= 0)
    for row in frame.filter(~usual).head(1).iter_rows(named=True):
        raise TealeavesError(
            f"the value {row['usd_mn']} is impossible",
            where=f"{file}, row {row['row']}, column 'usd_mn'",
            expected="USD million, 0 or more",
        )
    for row in frame.filter(~pl.col("year").is_between(1900, 2100)).head(1).iter_rows(named=True):
        raise TealeavesError(
            f"the year {row['year']} is out of range",
            where=f"{file}, row {row['row']}, column 'year'",
            expected="a year from 1900 to 2100",
        )
