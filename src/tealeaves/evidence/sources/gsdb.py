"""Sanctions in force between states, year by year (Global Sanctions Database, third release).

A row is one case: who is under sanctions, who imposes them, from which year to which. Several
states, or organisations, may stand on either side. An organisation stands for its members of the
year where the list of blocs has them (those named in ``tables/gsdb_names.csv``); the cases of
others, of the United Nations above all, count in the cases against a state but for no pair.
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
from tealeaves.evidence.reading import check_unique, read_table

_FILE = "sanctions/gsdb_v3_cases.csv"

SOURCE = Source(
    id="gsdb",
    title="Global Sanctions Database",
    publisher="Drexel University, WIFO and Konstanz University of Applied Sciences",
    address="https://www.globalsanctionsdatabase.com",
    version="third release, cases to 2022",
    licence="given to researchers on request: not passed on, bring the file yourself",
    citation="""@article{felbermayr_et_al_2020,
  author = {Felbermayr, Gabriel and Kirilakha, Aleksandra and Syropoulos, Constantinos and
            Yalcin, Erdal and Yotov, Yoto V.},
  title = {The Global Sanctions Data Base},
  journal = {European Economic Review},
  volume = {129},
  year = {2020},
  doi = {10.1016/j.euroecorev.2020.103561}
}""",
    covers="cases of sanctions in force, by who imposes them on whom, 1949-2022",
    ships="no",
    files=(_FILE,),
)

_SENDERS, _TARGETS = "sanctioning_state", "sanctioned_state"
_FIRST, _LAST = 1900, 2100


def tables(folder: Path) -> list[Table]:
    """Count the cases in force; a pair-year without a row has none.

    Raises
    ------
    TealeavesError
        The file is missing or malformed, a case occurs twice or ends before it begins, a year is
        out of range, or a name is neither a state's nor in ``tables/gsdb_names.csv``.
    """
    columns = {
        "case_id": pl.Int64, _TARGETS: pl.String, _SENDERS: pl.String,
        "begin": pl.Int32, "end": pl.Int32,
    }  # fmt: skip
    frame = read_table(folder, _FILE, columns, required=list(columns))
    check_unique(frame, ["case_id"], _FILE)
    _check(frame)
    years = frame.with_columns(
        pl.int_ranges("begin", pl.col("end") + 1, dtype=pl.Int32).alias("year")
    ).explode("year")
    targets = _sides(years, _TARGETS, "b")
    cases = targets.join(_sides(years, _SENDERS, "a"), on=["case_id", "year"])
    pairs = _counted(cases.filter(pl.col("a") != pl.col("b")), ["a", "b"], "sanctions_imposed")
    against = _counted(targets.rename({"b": "state"}), ["state"], "sanction_cases")
    return [
        Table("sanctions", "pair-year", pairs, ("sanctions_imposed",), directed=True, zeros=True),
        Table("sanction_cases", "state-year", against, ("sanction_cases",)),
    ]


def _counted(cases: pl.DataFrame, who: list[str], variable: str) -> pl.DataFrame:
    return (
        cases.group_by(*who, "year")
        .agg(pl.col("case_id").n_unique().cast(pl.Float64).alias("value"))
        .with_columns(pl.lit(variable).alias("variable"))
    )


def _check(frame: pl.DataFrame) -> None:
    for column in ("begin", "end"):
        wrong = (~frame[column].is_between(_FIRST, _LAST)).arg_true()
        if len(wrong):
            raise TealeavesError(
                f"the year {frame[column][int(wrong[0])]} is out of range",
                where=f"{_FILE}, row {wrong[0] + 1}, column {column!r}",
                expected=f"a year from {_FIRST} to {_LAST}",
            )
    wrong = (frame["end"] < frame["begin"]).arg_true()
    if len(wrong):
        raise TealeavesError(
            f"the case ends before it begins, in {frame['end'][int(wrong[0])]}",
            where=f"{_FILE}, row {wrong[0] + 1}, column 'end'",
            expected=f"a year not before {frame['begin'][int(wrong[0])]}",
        )


def _sides(years: pl.DataFrame, column: str, out: str) -> pl.DataFrame:
    """Return case_id, year and the states on one side of each case in that year."""
    wanted = years.select(column, "year").unique().sort(column, "year")
    sides = [_members(text, year, column) for text, year in wanted.iter_rows()]
    named = wanted.with_columns(pl.Series(out, sides, dtype=pl.List(pl.String)))
    return (
        years.select("case_id", "year", column)
        .join(named, on=[column, "year"])
        .explode(out)
        .drop_nulls(out)  # a side without a state
        .select("case_id", "year", out)
    )


def _members(text: str, year: int, column: str) -> list[str]:
    found: set[str] = set()
    for name in _split(text):
        for iso3, bloc, first, last in _names().get(name) or [(_iso3(name, column), "", 0, 9999)]:
            if first <= year <= last:
                found |= set(states.bloc(bloc, year) if bloc else [iso3] if iso3 else [])
    return sorted(found)


@cache
def _split(text: str) -> list[str]:
    """Split a list of names at its commas; some names have a comma of their own."""
    parts = [part.strip() for part in text.split(",")]
    names = []
    while parts:
        two = ", ".join(parts[:2])
        take = 2 if len(parts) > 1 and two in _names() else 1
        names.append(two if take == 2 else parts[0])
        parts = parts[take:]
    return names


@cache
def _names() -> dict[str, list[tuple[str, str, int, int]]]:
    """Read the publisher's names that our list of states lacks, finds ambiguous or dates apart."""
    path = resources.files("tealeaves.evidence.sources") / "tables" / "gsdb_names.csv"
    found: dict[str, list[tuple[str, str, int, int]]] = {}
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        span = (row["iso3"], row["bloc"], int(row["from"] or 0), int(row["to"] or 9999))
        found.setdefault(row["name"], []).append(span)
    return found


@cache
def _iso3(name: str, column: str) -> str:
    try:
        return states.resolve(name).iso3
    except TealeavesError as error:
        raise TealeavesError(
            error.what,
            where=f"{_FILE}, column {column!r}",
            expected="a state, or a line in tables/gsdb_names.csv",
            nearest=error.nearest,
        ) from error
