"""CEPII BACI, totals of pairs: exports FOB of nineteen large economies to each other, 2005-2021.

BACI makes one figure of what exporter and importer report of a flow: freight is estimated and
taken out of imports, and the two are weighted by how reliable each reporter is. So its figures
are FOB and nobody's own report.

The copy that is read holds totals over products. Its column says USD million and holds USD
thousand, as BACI itself does; the other columns (results of a gravity model) are not read.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from tealeaves import states
from tealeaves.errors import TealeavesError, nearest
from tealeaves.evidence.base import Source, Table
from tealeaves.evidence.reading import check_unique, read_table

FILE = "trade/baci_totals_19economies_2005_2021.csv"

#: The name is wrong by a factor of a thousand.
_VALUE = "trade_value_usd_millions"
_THOUSANDS_A_MILLION = 1000.0

SOURCE = Source(
    id="baci",
    title="BACI: International Trade Database at the Product-Level",
    publisher="CEPII",
    address="https://www.cepii.fr/CEPII/en/bdd_modele/bdd_modele_item.asp?id=37",
    version="totals of pairs among large economies, 2005-2021",
    licence="Etalab 2.0; figures reconciled here ship with attribution",
    citation=(
        "@techreport{gaulier2010,\n"
        "  author = {Gaulier, Guillaume and Zignago, Soledad},\n"
        "  title = {{BACI}: International Trade Database at the Product-Level. "
        "The 1994-2007 Version},\n"
        "  institution = {CEPII}, type = {Working Paper}, number = {2010-23}, year = {2010}\n"
        "}"
    ),
    covers="exports FOB of nineteen large economies to each other, 2005-2021",
    ships="reconciled",
    files=(FILE,),
)


def tables(folder: Path) -> list[Table]:  # noqa: ARG001 - the form that every source has
    """Return no table: the rows ship only reconciled, in :mod:`tealeaves.evidence.trade`.

    Examples
    --------
    >>> tables(Path())
    []
    """
    return []


def flows(folder: Path) -> pl.DataFrame:
    """Return exports: a (exporter), b (importer), year, usd_mn (FOB, USD million), all > 0.

    Raises
    ------
    TealeavesError
        A missing or renamed column, a wrong type, an unknown code, a pair of one state with
        itself, a duplicate, a value below 0, a year out of range.

    Examples
    --------
    >>> flows(Path("nowhere"))
    Traceback (most recent call last):
    tealeaves.errors.TealeavesError: nowhere/...: no such file; expected the table ...
    """
    columns = {"iso_o": pl.String, "iso_d": pl.String, "year": pl.Int32, _VALUE: pl.Float64}
    frame = read_table(folder, FILE, columns, required=tuple(columns))
    check_unique(frame, ["iso_o", "iso_d", "year"], FILE)
    _check(
        frame,
        ~(pl.col(_VALUE).is_finite() & (pl.col(_VALUE) >= 0)),
        _VALUE,
        "the value {} is impossible",
        "USD thousand, 0 or more",
    )
    _check(
        frame,
        ~pl.col("year").is_between(1900, 2100),
        "year",
        "the year {} is out of range",
        "a year from 1900 to 2100",
    )
    _check(
        frame,
        pl.col("iso_o") == pl.col("iso_d"),
        "iso_d",
        "{} trades with itself",
        "two different states",
    )
    for column in ("iso_o", "iso_d"):
        _check_codes(frame, column)
    return (
        frame.filter(pl.col(_VALUE) > 0)
        .select(
            pl.col("iso_o").alias("a"),
            pl.col("iso_d").alias("b"),
            "year",
            (pl.col(_VALUE) / _THOUSANDS_A_MILLION).alias("usd_mn"),
        )
        .sort("a", "b", "year")
    )


def _check(frame: pl.DataFrame, wrong: pl.Expr, column: str, what: str, expected: str) -> None:
    rows = frame.select(wrong).to_series().arg_true()
    if len(rows):
        raise TealeavesError(
            what.format(frame[column][int(rows[0])]),
            where=f"{FILE}, row {rows[0] + 1}, column {column!r}",
            expected=expected,
        )


def _check_codes(frame: pl.DataFrame, column: str) -> None:
    known = {state.iso3 for state in states.all_states()}
    for code in frame[column].unique().sort():
        if code not in known and states.area_code(code) != code:
            row = int(frame.select(pl.col(column) == code).to_series().arg_true()[0])
            raise TealeavesError(
                f"unknown code {code!r}",
                where=f"{FILE}, row {row + 1}, column {column!r}",
                expected="an ISO code of a state or an area",
                nearest=nearest(code, known),
            )
