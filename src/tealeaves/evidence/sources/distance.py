"""Distances between states in kilometres (CEPII GeoDist), as of the cities of about 2004.

Distances do not change with the years, so each is one spell, from the first year in which both
states exist to the last. Two kinds: ``distance`` runs between the two most populous cities,
``distance_capitals`` between the capitals. The population-weighted distances of the file lack
many pairs and are not read.
"""

from __future__ import annotations

import csv
from datetime import date
from importlib import resources
from pathlib import Path

import polars as pl

from tealeaves import states
from tealeaves.errors import TealeavesError, nearest
from tealeaves.evidence.base import Source, Table
from tealeaves.evidence.reading import check_unique, read_table

_FILE = "trade/dist_cepii.csv"

SOURCE = Source(
    id="cepii-geodist",
    title="GeoDist: the CEPII's distances and geographical database",
    publisher="CEPII",
    address="https://www.cepii.fr/CEPII/en/bdd_modele/bdd_modele_item.asp?id=6",
    version="2011, as in the package cepiigeodist",
    licence="CC0 (package cepiigeodist); cite the authors",
    citation="""@techreport{mayer_zignago_2011,
  author = {Mayer, Thierry and Zignago, Soledad},
  title = {Notes on {CEPII}'s distances measures: the {GeoDist} Database},
  institution = {CEPII},
  type = {Working Paper},
  number = {2011-25},
  year = {2011}
}""",
    covers="kilometres between the most populous cities, and between the capitals, of two states",
    ships="rows",
    files=(_FILE,),
)

#: Kinds of spell and the columns that they are read from.
_KINDS = {"distance": "dist", "distance_capitals": "distcap"}
_LONGEST = 20_100.0  # kilometres: a little over half the earth's girth
_SAME = 1e-6  # relative: the two directions of a pair may differ by rounding


def tables(folder: Path) -> list[Table]:
    """Read the distances of every two states that ever exist together.

    Raises
    ------
    TealeavesError
        The file is missing or malformed, a code is unknown, a pair occurs twice, a distance is
        not positive or longer than half the earth's girth, or a pair's two directions differ.
    """
    columns = {"iso_o": pl.String, "iso_d": pl.String} | dict.fromkeys(_KINDS.values(), pl.Float64)
    frame = read_table(folder, _FILE, columns, required=list(columns))
    check_unique(frame, ["iso_o", "iso_d"], _FILE)
    _check_values(frame)
    for column, out in (("iso_o", "a"), ("iso_d", "b")):
        frame = _with_code(frame, column, out)
    _check_directions(frame)
    pairs = frame.filter(pl.col("a") < pl.col("b"))
    rows = (
        pairs.join(_lives("a"), on="a")
        .join(_lives("b"), on="b")
        .with_columns(
            pl.max_horizontal("from_a", "from_b").alias("start"),
            pl.min_horizontal("to_a", "to_b").alias("end"),  # null where neither has ended
        )
        .filter(pl.col("end").is_null() | (pl.col("start") <= pl.col("end")))
        .rename({column: kind for kind, column in _KINDS.items()})
        .unpivot(list(_KINDS), index=["a", "b", "start", "end"], variable_name="kind")
        .rename({"a": "state", "b": "other"})
        .with_columns(pl.lit(None, dtype=pl.String).alias("label"))
    )
    return [Table("distance", "spell", rows)]


def _lives(name: str) -> pl.DataFrame:
    """Return the first and last day of every state, from its first span to its last."""
    rows = []
    for state in states.all_states():
        if not state.spans:  # known by name, never a member of the state system
            continue
        ends = [end for _, end in state.spans if end is not None]
        last = date(max(ends), 12, 31) if len(ends) == len(state.spans) else None
        rows.append((state.iso3, date(min(start for start, _ in state.spans), 1, 1), last))
    names = {name: pl.String, f"from_{name}": pl.Date, f"to_{name}": pl.Date}
    return pl.DataFrame(rows, schema=names, orient="row")


def _with_code(frame: pl.DataFrame, column: str, out: str) -> pl.DataFrame:
    """Add the ISO code; the publisher has older ones of some states."""
    path = resources.files("tealeaves.evidence.sources") / "tables" / "cepii_codes.csv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    older = {row["code"]: row["iso3"] for row in rows}
    known = {state.iso3 for state in states.all_states()}
    for code in frame[column].unique().sort():
        iso3 = older.get(code, code)
        if iso3 not in known and states.area_code(iso3) != iso3:
            row = int((frame[column] == code).arg_true()[0])
            raise TealeavesError(
                f"unknown code {code!r}",
                where=f"{_FILE}, row {row + 1}, column {column!r}",
                expected="an ISO code, or one from tables/cepii_codes.csv",
                nearest=nearest(code, [*known, *older]),
            )
    return frame.with_columns(pl.col(column).replace(older).alias(out))


def _check_values(frame: pl.DataFrame) -> None:
    for column in _KINDS.values():
        value = pl.col(column)
        usual = value.is_finite() & (value > 0) & (value <= _LONGEST)
        wrong = (~frame.select(usual).to_series()).arg_true()
        if len(wrong):
            raise TealeavesError(
                f"the distance {frame[column][int(wrong[0])]} is impossible",
                where=f"{_FILE}, row {wrong[0] + 1}, column {column!r}",
                expected=f"kilometres, above 0 and at most {_LONGEST:.0f}",
            )


def _check_directions(frame: pl.DataFrame) -> None:
    numbered = frame.with_row_index("row", offset=1)
    back = frame.select(pl.col("b").alias("a"), pl.col("a").alias("b"), *_KINDS.values())
    both = numbered.join(back, on=["a", "b"], suffix="_back", maintain_order="left")
    for column in _KINDS.values():
        gap = (pl.col(column) / pl.col(f"{column}_back") - 1).abs()
        for row in both.filter(gap > _SAME).head(1).iter_rows(named=True):
            raise TealeavesError(
                f"{row[column]} from {row['a']} to {row['b']}, but {row[f'{column}_back']} back",
                where=f"{_FILE}, row {row['row']}, column {column!r}",
                expected="the same distance both ways",
            )
