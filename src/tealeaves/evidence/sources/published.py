"""Published figures: hand-collected values, each with publisher, address and the day it was read.

The file ships with the package. It fills the years that bulk sources do not reach. A row's
``variable`` says which variable of the store the quantity is, where it is the same thing; the
table of the store leaves that column out, and :func:`trade_figures` and :func:`state_figures`
use it.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Hashable, Iterator, Mapping
from importlib import resources
from pathlib import Path

import polars as pl

from tealeaves import states
from tealeaves.errors import TealeavesError, nearest
from tealeaves.evidence.base import SHAPES, Source, Table

FILE = "published_figures.csv"

SOURCE = Source(
    id="published-figures",
    title="Published figures, collected by hand",
    publisher="The tealeaves authors; each row names its own publisher",
    address="tealeaves/evidence/published/published_figures.csv (in the package)",
    version="2026-11-24",
    licence="facts, each with its publisher and address",
    citation=(
        "@misc{tealeaves_published,\n"
        "  author = {{The tealeaves authors}},\n"
        "  title = {Published figures, collected by hand, each with publisher and address},\n"
        "  year = {2026}\n"
        "}"
    ),
    covers="trade, energy, defence, population, summits and opinion, mostly 2019-2025",
    ships="rows",
    files=(),
)

#: What a trade variable says: (who is the exporter, valuation, kind of figure).
TRADE: Mapping[str, tuple[str, str, str]] = {
    "exports_fob": ("subject", "fob", "flow"),
    "exports_mirrored_cif": ("object", "cif", "flow"),
    "exports_mirrored_fob": ("object", "fob", "flow"),
    "total_exports_fob": ("subject", "fob", "exports"),
    "total_imports_cif": ("subject", "cif", "imports"),
    "total_imports_fob": ("subject", "fob", "imports"),
}

#: State-year variables and the unit in which the file holds them.
STATE: Mapping[str, str] = {"gdp_growth": "percent", "military_burden": "percent"}

_COLUMNS = (*SHAPES["published-figures"], "variable")
_REQUIRED = ("id", "topic", "subject", "quantity", "unit", "title", "publisher", "read_on")
_GROUPS = ("WLD", "EUU", "EUROPE", "CENTRAL_ASIA")  # subjects that are no states
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DATE = re.compile(r"(\d{4})(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?|-Q[1-4])?")
_FIRST, _LAST = 1900, 2035


def tables(folder: Path) -> list[Table]:  # noqa: ARG001 - the file ships with the package
    """Return the table ``published_figures``, and the figures that are state-year variables.

    Raises
    ------
    TealeavesError
        As :func:`read`.

    Examples
    --------
    >>> tables(Path())[0].id
    'published_figures'
    """
    frame = read()
    by_state = state_figures(frame).with_columns(status=pl.lit("published figure"))
    variables = tuple(by_state["variable"].unique().sort())
    return [
        Table("published_figures", "published-figures", frame.drop("variable")),
        Table("published_states", "state-year", by_state, variables),
    ]


def read(path: Path | None = None) -> pl.DataFrame:
    """Read and check a file of published figures (the shipped one when ``path`` is None).

    Returns
    -------
    DataFrame
        The columns of the shape "published-figures", and ``variable`` (null where the quantity
        is no variable of the store).

    Raises
    ------
    TealeavesError
        Naming file, line and column: a missing column, an empty required field, a value that is
        no number or outside its interval, a share outside 0 to 100, an unknown state, a date that
        does not fit the year, a year out of range, a repeated id, an address missing without the
        note "weak source", an unknown variable, two rows for one variable.

    Examples
    --------
    >>> read()["id"].is_unique().all()
    True
    """
    if path is None:
        path = Path(str(resources.files("tealeaves.evidence") / "published" / FILE))
    known = {state.iso3 for state in states.all_states()} | set(_GROUPS)
    records: list[dict[str, object]] = []
    ids: dict[Hashable, int] = {}
    keys: dict[Hashable, int] = {}
    for line, row in _rows(path):
        where = f"{path.name}, line {line}"
        record = _record(row, where, known)
        _once(ids, row["id"], line, f"{where}, column 'id'", f"the id {row['id']!r}")
        if record["variable"]:
            key = tuple(record[name] for name in ("variable", "subject", "object", "year"))
            said = f"a figure for {', '.join(map(str, key))}"
            _once(keys, key, line, f"{where}, column 'variable'", said)
        records.append(record)
    return pl.DataFrame(
        records, schema={**SHAPES["published-figures"], "variable": pl.String}, orient="row"
    )


def trade_figures(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the figures that are trade: kind, a, b, year, usd_mn, basis, by.

    ``kind`` is "flow" (exports of a to b), "exports" or "imports" (totals of a; b null); ``basis``
    is "fob" or "cif"; ``by`` is "exporter" or "importer", whose figure it is.

    Raises
    ------
    TealeavesError
        A trade figure in another unit than USD bn, or without a value.

    Examples
    --------
    >>> sorted(trade_figures(read())["basis"].unique())
    ['cif', 'fob']
    """
    rows = []
    for row in frame.filter(pl.col("variable").is_in(list(TRADE))).iter_rows(named=True):
        exporter, basis, kind = TRADE[row["variable"]]
        if row["unit"] != "USD bn" or row["value"] is None:
            raise TealeavesError(
                f"a trade figure in {row['unit']!r} with the value {row['value']}",
                where=f"{FILE}, row {row['id']}, column 'unit'",
                expected="a value in USD bn",
            )
        own = exporter == "subject"
        a = row["subject"] if own or kind != "flow" else row["object"]
        b = None if kind != "flow" else row["object"] if own else row["subject"]
        by = "importer" if not own or kind == "imports" else "exporter"
        rows.append((kind, a, b, row["year"], row["value"] * 1000, basis, by))
    return pl.DataFrame(
        rows,
        schema={
            "kind": pl.String, "a": pl.String, "b": pl.String, "year": pl.Int32,
            "usd_mn": pl.Float64, "basis": pl.String, "by": pl.String,
        },
        orient="row",
    )  # fmt: skip


def state_figures(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the figures that are state-year variables: state, year, variable, value, low, high.

    Examples
    --------
    >>> state_figures(read()).columns[:3]
    ['state', 'year', 'variable']
    """
    return (
        frame.filter(pl.col("variable").is_in(list(STATE)))
        .select(pl.col("subject").alias("state"), "year", "variable", "value", "low", "high")
        .sort("variable", "state", "year")
    )


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    if not path.is_file():
        raise TealeavesError("no such file", where=str(path), expected=f"the table {FILE}")
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            present = reader.fieldnames or []
            missing = [name for name in _COLUMNS if name not in present]
            if missing:
                raise TealeavesError(
                    f"no column {missing[0]!r}",
                    where=f"{path.name}, line 1",
                    expected=f"the columns {', '.join(_COLUMNS)}",
                    nearest=nearest(missing[0], present),
                )
            for row in reader:
                if None in row or None in row.values():
                    raise TealeavesError(
                        "the row has too many or too few fields",
                        where=f"{path.name}, line {reader.line_num}",
                        expected=f"{len(present)} fields",
                    )
                yield reader.line_num, {name: (row[name] or "").strip() for name in _COLUMNS}
    except (csv.Error, UnicodeDecodeError) as error:
        raise TealeavesError(
            f"cannot be read as CSV: {error}", where=str(path), expected="UTF-8 text"
        ) from error


def _record(row: dict[str, str], where: str, known: set[str]) -> dict[str, object]:
    for name in _REQUIRED:
        if not row[name]:
            raise _bad("empty", where, name, "a text in every row")
    if not _ID.fullmatch(row["id"]):
        raise _bad(f"{row['id']!r} is no id", where, "id", "lower-case words joined by hyphens")
    for name in ("subject", "object"):
        if row[name] and row[name] not in known:
            raise TealeavesError(
                f"unknown state {row[name]!r}",
                where=f"{where}, column {name!r}",
                expected=f"an ISO 3166 alpha-3 code, {' or '.join(_GROUPS)}, or empty",
                nearest=nearest(row[name], known),
            )
    if not row["address"] and "weak source" not in row["note"]:
        raise _bad("empty", where, "address", "an address, or 'weak source' in the note")
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", row["read_on"]):
        raise _bad(f"{row['read_on']!r} is no day", where, "read_on", "YYYY-MM-DD")
    year = _year(row, where)
    value, low, high = (_number(row, name, where) for name in ("value", "low", "high"))
    if value is not None and (
        (low is not None and value < low) or (high is not None and value > high)
    ):
        raise _bad(f"{value} is outside {low} to {high}", where, "value", "low <= value <= high")
    is_share = row["unit"] == "percent" and re.search(r"\bshare\b", row["quantity"])
    if is_share and value is not None and not 0 <= value <= 100:
        raise _bad(f"a share of {value} percent", where, "value", "0 to 100")
    variable = row["variable"]
    if variable and variable not in {*TRADE, *STATE}:
        raise TealeavesError(
            f"unknown variable {variable!r}",
            where=f"{where}, column 'variable'",
            expected=", ".join([*TRADE, *STATE]),
            nearest=nearest(variable, [*TRADE, *STATE]),
        )
    empty_is_null = {name: row[name] or None for name in _COLUMNS}
    return {**empty_is_null, "year": year, "value": value, "low": low, "high": high}


def _year(row: dict[str, str], where: str) -> int:
    if not re.fullmatch(r"\d{4}", row["year"]) or not _FIRST <= int(row["year"]) <= _LAST:
        raise _bad(f"{row['year']!r} is no year here", where, "year", f"{_FIRST} to {_LAST}")
    if row["date"]:
        found = _DATE.fullmatch(row["date"])
        if found is None:
            raise _bad(
                f"{row['date']!r} is no date", where, "date", "YYYY, YYYY-MM, YYYY-MM-DD or YYYY-Qn"
            )
        if found[1] != row["year"]:
            raise _bad(f"{row['date']} is not in {row['year']}", where, "date", "the row's year")
    return int(row["year"])


def _number(row: dict[str, str], name: str, where: str) -> float | None:
    if not row[name]:
        return None
    try:
        value = float(row[name])
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise _bad(f"{row[name]!r} is no number", where, name, "a finite number or nothing")
    return value


def _once(seen: dict[Hashable, int], key: Hashable, line: int, where: str, said: str) -> None:
    if key in seen:
        raise TealeavesError(
            f"{said} is there twice",
            where=where,
            expected=f"one row; the other is line {seen[key]}",
        )
    seen[key] = line


def _bad(what: str, where: str, column: str, expected: str) -> TealeavesError:
    return TealeavesError(what, where=f"{where}, column {column!r}", expected=expected)
